"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [
    Record("counsel.Position", kind="append_only", keep="always", why="what the city held the law to be, on which day"),
]
