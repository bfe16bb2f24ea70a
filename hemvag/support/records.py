"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [
    Record("support.SupportStep", kind="state", keep="dossier", why="SoL 14:3: which step was taken, when and by whom"),
]
