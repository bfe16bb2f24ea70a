"""What this room keeps, for how long, and who may write it. Counts only; there is no column for a person."""

from hemvag.web.records import Record

RECORDS = [
    Record("picture.Population", kind="append_only", keep="always", why="what was counted, as it was said on that day"),
    Record("picture.Statement", kind="append_only", keep="always", why="which number was given, by whom and how made"),
]
