"""The tables of readiness, one file a part."""

from hemvag.readiness.models.checklist import ItemGrade
from hemvag.readiness.models.draft import Draft
from hemvag.readiness.models.exercise import (
    OWNER_WITHIN,
    REPORT_WITHIN,
    Exercise,
    ExerciseGap,
    ExerciseReport,
    Format,
    GapClosed,
    GapOwner,
    SpaceErased,
)
from hemvag.readiness.models.horizon import (
    Feed,
    FeedFailure,
    HorizonItem,
    Outcome,
    Removal,
    Triage,
    TriageReason,
)
from hemvag.readiness.models.level import Check, CheckMark, LevelDecision
from hemvag.readiness.models.play import InjectGiven, Play, PlayFigure, PlayNote
from hemvag.readiness.models.reinforcement import Reinforcement, ReinforcementFollowUp
from hemvag.readiness.models.resource import Gap, GapClosing, Paper, Resource, Secrecy, Version

__all__ = [
    "OWNER_WITHIN",
    "REPORT_WITHIN",
    "Check",
    "CheckMark",
    "Draft",
    "Exercise",
    "ExerciseGap",
    "ExerciseReport",
    "Feed",
    "FeedFailure",
    "Format",
    "Gap",
    "GapClosed",
    "GapClosing",
    "GapOwner",
    "HorizonItem",
    "InjectGiven",
    "ItemGrade",
    "LevelDecision",
    "Outcome",
    "Paper",
    "Play",
    "PlayFigure",
    "PlayNote",
    "Reinforcement",
    "ReinforcementFollowUp",
    "Removal",
    "Resource",
    "Secrecy",
    "SpaceErased",
    "Triage",
    "TriageReason",
    "Version",
]
