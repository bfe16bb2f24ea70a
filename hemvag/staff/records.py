"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [
    Record(
        "staff.Worker",
        kind="state",
        keep="access_log",
        why="who did what must be readable as long as the read log",
    ),
    Record("staff.Membership", kind="state", keep="access_log", why="who was entitled to what, on which day"),
    Record("staff.Proposal", kind="state", keep="access_log", why="which two persons gave somebody access"),
    Record("staff.Tie", kind="state", keep="access_log", why="who signs in by the municipality's own", deletable=True),
    Record("staff.Change", kind="append_only", keep="access_log", why="who changed whose access, for who reviews it"),
    Record(
        "staff.Counted",
        kind="state",
        keep="two_days",
        why="wrong tries are counted for all processes together, and across a restart",
        deletable=True,
    ),
    Record(
        "staff.Absence",
        kind="state",
        keep="contact_log",
        why="who could be reached; no reason is kept",
        deletable=True,
    ),
]
