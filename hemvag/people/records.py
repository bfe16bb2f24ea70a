"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

RECORDS = [
    Record(
        "people.TokenSet",
        kind="state",
        keep="dossier",
        why="a child must be found again within its committee, without names in the database",
        deletable=True,
    )
]
