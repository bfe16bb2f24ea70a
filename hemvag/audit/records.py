"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [Record("audit.Entry", kind="log", keep="access_log", why="SoLPuL 10 §: access is logged and reviewed")]
