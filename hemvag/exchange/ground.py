"""May this be told, and what must be written down first? The law is asked; a person decides."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hemvag.counsel.models import Position
from hemvag.dossiers import agreement
from hemvag.dossiers.models import Agreement, Compartment
from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts
from hemvag.law import codes, sharing
from hemvag.law.sharing import Answer
from hemvag.lib import clock
from hemvag.people import identities

SENDER: Final = "social_services"
ADULT_FROM: Final = 18
YOUNG_UNTIL: Final = 21


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who is to be told, in which situation, about a person of which age, by the law of which day."""

    receiver: str
    situation: str
    subject: str
    on: dt.date

    def answer(self) -> Answer:
        """Return what the law says. Raises `law.codes.UnknownCode`."""
        return sharing.share(SENDER, self.receiver, self.subject, self.situation, self.on)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a disclosure rests on: the law's answer, the agreement or the lawyer's position where it needs one."""

    answer: Answer
    agreement: Agreement | None = None
    position: Position | None = None
    tests: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The id of the rule relied upon."""
        return self.answer.rules[0].rule.id


def subject_of(opened: Opened, on: dt.date) -> str:
    """Return the age that the law is asked with: child, young or adult; when it is not known, by the compartment."""
    years = identities.age(identities.current(opened), on) if opened.read(identities.KIND) else None
    if years is None:
        return "child" if opened.dossier.compartment == Compartment.CHILD else "adult"
    if years < ADULT_FROM:
        return "child"
    return "young" if years < YOUNG_UNTIL else "adult"


def ask(opened: Opened, *, receiver: str, situation: str, at: dt.datetime) -> Answer:
    """Return what the law of that day says of telling `receiver` about the person of the opened dossier."""
    day = clock.local(at).date()
    return Question(receiver=receiver, situation=situation, subject=subject_of(opened, day), on=day).answer()


def tests_of(answer: Answer) -> Sequence[str]:
    """Return the codes of the tests that must be written in words: what the rule names beyond what every line holds.

    The agreement is looked up, not written.
    """
    always = codes.codes().always
    named = answer.rules[0].record if answer.rules else ()
    return [code for code in named if code not in always and code != "agreement"]


def stand_on(
    opened: Opened | None, answer: Answer, *, identifies: bool, tests: Mapping[str, str], at: dt.datetime
) -> Ground:
    """Return what the disclosure rests on. `identifies` says whether anything chosen points at a person.

    Raises Forbidden, NoAgreement, NoPosition, WouldIdentify and TestMissing. A rule that is not surely known stops
    nobody for whom the municipality's lawyer has taken a position.
    """
    if answer.verdict in {"no", "no_duty"}:
        raise facts.Forbidden(answer)
    if answer.verdict == "deidentified" and identifies:
        raise facts.WouldIdentify
    agreed = position = None
    if answer.verdict == "consent":
        found = agreement.allows(opened, receiver=answer.receiver, at=at) if opened else ()
        if not found:
            raise facts.NoAgreement
        agreed = found[0]
    if answer.verdict == "ask":
        position = _position(answer)
    demanded = tests_of(answer)
    missing = [code for code in demanded if not tests.get(code, "").strip()]
    if missing:
        raise facts.TestMissing(missing)
    kept = {code: tests[code].strip() for code in demanded if code in tests}
    return Ground(answer=answer, agreement=agreed, position=position, tests=kept)


def _position(answer: Answer) -> Position:
    """Return the newest position on what is open in the strongest rule."""
    found = Position.objects.on([bearing.rule.question for bearing in answer.rules if bearing.rule.question])
    for bearing in answer.rules:
        if held := found.get(bearing.rule.question):
            return held[0]
    raise facts.NoPosition
