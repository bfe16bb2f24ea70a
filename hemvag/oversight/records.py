"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

WHY = "SoLPuL 10 §: that the read log is reviewed, again and again, must be possible to show"
RECORDS = [
    Record("oversight.Draw", kind="append_only", keep="access_log", why=WHY),
    Record("oversight.Review", kind="state", keep="access_log", why=WHY),
    Record(
        "oversight.Remark", kind="append_only", keep="access_log", why="who said what in a review, and how it ended"
    ),
]
