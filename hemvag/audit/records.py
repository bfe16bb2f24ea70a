"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [
    Record("audit.Entry", kind="log", keep="access_log", why="SoLPuL 10 §: access is logged and reviewed"),
    Record("audit.Batch", kind="seal", keep="for_ever", why="the chain that shows whether the read log was changed"),
    Record("audit.Seal", kind="seal", keep="for_ever", why="each row's place in the chain; an erased one's hash"),
]
