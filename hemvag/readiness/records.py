"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS: list[Record] = [
    Record("readiness.Exercise", kind="append_only", keep="always", why="that an exercise was held, and of what form"),
    Record("readiness.ExerciseReport", kind="append_only", keep="always", why="what an exercise showed"),
    Record("readiness.ExerciseGap", kind="append_only", keep="always", why="what was missing when it was tried"),
    Record("readiness.GapOwner", kind="append_only", keep="always", why="which function answers for a gap"),
    Record("readiness.GapClosed", kind="append_only", keep="always", why="how a gap was seen to be closed"),
    Record("readiness.SpaceErased", kind="append_only", keep="always", why="that a space is erased, and by whom"),
]
