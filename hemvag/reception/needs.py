"""What a task may need to be told: items of a dossier, and facts of the plan. Each is ticked by a person and asked of
the law before it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hemvag.law.reading import Words


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing that can be needed. `identifies` says whether somebody can be recognised by it."""

    label: Words
    identifies: bool = True


OF_DOSSIER: Final[Mapping[str, Need]] = {
    "age": Need(label=Words("Ålder", "Age"), identifies=False),
    "languages": Need(label=Words("Språk", "Languages"), identifies=False),
    "name": Need(label=Words("Namn", "Name")),
    "birth": Need(label=Words("Födelsedatum", "Date of birth")),
    "number": Need(label=Words("Personnummer", "Personal number")),
    "guardians": Need(label=Words("Vårdnadshavare", "Guardians")),
    "guardians_contact": Need(label=Words("Kontaktuppgifter till vårdnadshavare", "How to reach the guardians")),
    "whereabouts": Need(label=Words("Var personen är", "Where the person is")),
    "goals": Need(label=Words("Målen i planen", "The goals of the support plan")),
    "measures": Need(label=Words("Insatserna i planen", "The measures of the support plan")),
    "report": Need(label=Words("Anmälan", "The report")),
    "protection_assessment": Need(label=Words("Skyddsbedömning", "The protection assessment")),
    "decision": Need(label=Words("Beslut", "The decision")),
}
"""Codes as in `exchange.items`; the last three there have a number after them."""

OF_PLAN: Final[Mapping[str, Need]] = {
    "how_many": Need(label=Words("Hur många barn", "How many children"), identifies=False),
    "ages": Need(label=Words("Barnens åldrar", "The children's ages"), identifies=False),
    "arrival": Need(label=Words("Dag för ankomst, och hur säker den är", "Day of arrival, how sure"), identifies=False),
    "from_date": Need(label=Words("Från vilken dag", "From which day"), identifies=False),
    "district": Need(label=Words("Område", "District"), identifies=False),
    "contact": Need(label=Words("Vem som svarar på frågor", "Who answers questions"), identifies=False),
    "siblings": Need(label=Words("Syskon som ska bo tillsammans", "Siblings to be kept together"), identifies=False),
    "rooms": Need(label=Words("Bostadens storlek", "Size of the home"), identifies=False),
    "consent": Need(label=Words("Vem som samtycker, och till vad", "Who consents, and to what")),
    "text": Need(label=Words("Den godkända texten", "The approved text"), identifies=False),
    "flight": Need(label=Words("Flyg och plats för ankomst", "Flight and place of arrival")),
    "health": Need(label=Words("Kända sjukdomar och skador", "Known illness and injuries")),
    "home": Need(label=Words("Var barnen bor", "Where the children live")),
    "kinship": Need(label=Words("Släktskap, och hur säkert det är", "Kinship, and how sure")),
    "travelled": Need(label=Words("Var barnen har varit, för vården", "Where the children have been, for health care")),
    "support": Need(label=Words("Stöd som barnet behöver", "Support the child needs")),
    "observed": Need(label=Words("Vad som har märkts och berättats", "What has been noticed and told")),
    "escort": Need(label=Words("Vem som följer barnet", "Who escorts the child")),
    "papers": Need(label=Words("Handlingar som finns", "Papers there are")),
    "protected": Need(label=Words("Om uppgifterna är skyddade", "Whether the data are protected")),
    "threat": Need(label=Words("Vad hotet är", "What the threat is")),
}

KNOWN: Final[Mapping[str, Need]] = {**OF_DOSSIER, **OF_PLAN}
