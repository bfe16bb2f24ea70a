"""What this room keeps, for how long, and who may write it. There is no column for a person helped."""

from hemvag.web.records import Record

SERVICES = "what the town could offer on a day, and who said so; public facts about services"
RECORDS: list[Record] = [
    Record("readiness.Exercise", kind="append_only", keep="always", why="that an exercise was held, and of what form"),
    Record("readiness.ExerciseReport", kind="append_only", keep="always", why="what an exercise showed"),
    Record("readiness.ExerciseGap", kind="append_only", keep="always", why="what was missing when it was tried"),
    Record("readiness.GapOwner", kind="append_only", keep="always", why="which function answers for a gap"),
    Record("readiness.GapClosed", kind="append_only", keep="always", why="how a gap was seen to be closed"),
    Record("readiness.SpaceErased", kind="append_only", keep="always", why="that a space is erased, and by whom"),
    Record("readiness.Resource", kind="state", keep="always", why="which services there are, and who answers for each"),
    Record("readiness.Version", kind="append_only", keep="always", why=SERVICES),
    Record("readiness.Gap", kind="append_only", keep="always", why="what was missing, whose it was to mend, by when"),
    Record("readiness.GapClosing", kind="append_only", keep="always", why="that what was missing is mended, and how"),
    Record("readiness.ItemGrade", kind="append_only", keep="always", why="how ready each unit said that it was"),
    Record(
        "readiness.Draft", kind="state", keep="seven_days", why="what is typed of a service survives", deletable=True
    ),
    Record(
        "readiness.LevelDecision",
        kind="append_only",
        keep="always",
        why="which level of preparedness was decided, why, by whom and on what",
    ),
    Record("readiness.Check", kind="append_only", keep="always", why="what the raised level asked for"),
    Record("readiness.CheckMark", kind="append_only", keep="always", why="what was done, by whom and when"),
    Record("readiness.Play", kind="state", keep="erased_with_space", why="the exercise of this space; empty elsewhere"),
    Record("readiness.InjectGiven", kind="append_only", keep="erased_with_space", why="what was given to the players"),
    Record("readiness.PlayNote", kind="append_only", keep="erased_with_space", why="what the leader saw"),
    Record("readiness.PlayFigure", kind="append_only", keep="erased_with_space", why="what the leader counted"),
    Record("readiness.Feed", kind="state", keep="always", why="which feeds are followed, by whom, and how they go"),
    Record("readiness.FeedFailure", kind="append_only", keep="always", why="when a feed failed, and why"),
    Record(
        "readiness.HorizonItem",
        kind="state",
        keep="always",
        why="news and notices; one that is about a person after all goes for good",
        deletable=True,
    ),
    Record("readiness.Triage", kind="append_only", keep="always", why="what was thought of an item, by whom and when"),
    Record(
        "readiness.TriageReason",
        kind="state",
        keep="always",
        why="why an item asks for an act; goes with its item",
        deletable=True,
    ),
    Record("readiness.Removal", kind="append_only", keep="always", why="that an item was removed, not which"),
    Record(
        "readiness.Reinforcement", kind="append_only", keep="always", why="which districts got posts, why, and on what"
    ),
    Record("readiness.ReinforcementFollowUp", kind="append_only", keep="always", why="how a reinforcement went"),
]
