"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS: list[Record] = []
