"""The tables of readiness, one file a part."""

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

__all__ = [
    "OWNER_WITHIN",
    "REPORT_WITHIN",
    "Exercise",
    "ExerciseGap",
    "ExerciseReport",
    "Format",
    "GapClosed",
    "GapOwner",
    "SpaceErased",
]
