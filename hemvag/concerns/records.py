"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [
    Record(
        "concerns.ConcernReport", kind="state", keep="dossier", why="SoL 20:1–2 §§: that a report came in, and when"
    ),
    Record("concerns.Step", kind="state", keep="dossier", why="SoL 14:3: which step was taken, when and by whom"),
    Record("concerns.Decision", kind="append_only", keep="dossier", why="SoL 14:3: a signed decision is never changed"),
    Record("concerns.Print", kind="append_only", keep="dossier", why="the decision as it was printed"),
    Record("concerns.LateReason", kind="append_only", keep="dossier", why="why a step was late, for those who lead"),
    Record("concerns.Merge", kind="append_only", keep="dossier", why="who said, and who confirmed, that two are one"),
]
