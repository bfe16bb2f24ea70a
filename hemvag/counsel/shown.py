"""The law module's answers in one language and with the city's positions, as the pages show them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.counsel.models import Position
from hemvag.law import codes, listing, rules, sharing
from hemvag.law.rules import Rule
from hemvag.law.sharing import Answer, Passed

_ICONS = {"must": "now", "should": "now", "may": "done", "consent": "soon", "deidentified": "soon", "ask": "late"}
_CALLOUTS = {"must": "info", "should": "info", "may": "done"}

Positions = Mapping[str, Sequence[Position]]


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in the reader's language. `sure` says in words how it is known; `positions` are the newest first."""

    id: str
    row: str
    provision: str
    address: str
    text: str
    note: str
    valid_from: dt.date
    valid_to: dt.date | None
    confidence: str
    sure: str
    question: str
    question_text: str
    positions: Sequence[Position]
    verdict: str = ""
    verdict_icon: str = "info"
    on_request: bool = False
    tests: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShownOther:
    """A rule that nearly bears on a question, and why it does not."""

    rule: ShownRule
    why: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer in the reader's language."""

    verdict: str
    label: str
    meaning: str
    icon: str
    callout: str
    on: dt.date
    rules: Sequence[ShownRule]
    others: Sequence[ShownOther]
    record: Sequence[str]
    asked: Sequence[tuple[str, str]]

    @property
    def strongest(self) -> ShownRule | None:
        """The rule that gives the verdict."""
        return self.rules[0] if self.rules else None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """What is not known, the rules it is about, and what the city holds, the newest first."""

    key: str
    text: str
    rules: Sequence[Rule]
    positions: Sequence[Position]


def answer(said: Answer) -> ShownAnswer:
    """The answer as it is shown. Rules that fail on one thing only are its neighbours: they say what would differ."""
    known, language = codes.codes(), _language()
    near = [one for one in said.others if len(one.why) == 1]
    positions = held([one.rule for one in said.rules])
    return ShownAnswer(
        verdict=said.verdict,
        label=known.verdict[said.verdict].said_in(language),
        meaning=known.meaning[said.verdict].said_in(language),
        icon=_ICONS.get(said.verdict, "lock"),
        callout=_CALLOUTS.get(said.verdict, "soon"),
        on=said.on,
        rules=[rule(one.rule, positions) for one in said.rules],
        others=[ShownOther(rule(one.rule, {}), _why(one)) for one in near],
        record=[known.record[code].said_in(language) for code in said.record],
        asked=[
            (_("Vem berättar"), known.authority[said.sender].said_in(language)),
            (_("För vem"), known.authority[said.receiver].said_in(language)),
            (_("Om vem"), known.subject[said.subject].said_in(language)),
            (_("Vad har hänt"), known.situation[said.situation].said_in(language)),
        ],
    )


def ask(sender: str, receiver: str, subject: str, situation: str, on: dt.date) -> ShownAnswer:
    """Ask the law and show the answer. Raises `codes.UnknownCode`."""
    return answer(sharing.share(sender, receiver, subject, situation, on))


def held(shown_rules: Iterable[Rule]) -> Positions:
    """The city's positions on the questions of these rules."""
    return Position.objects.on(rule.question for rule in shown_rules)


def rule(one: Rule, positions: Positions) -> ShownRule:
    """A rule as it is shown, with the positions on its question."""
    language = _language()
    question = listing.questions()[one.question].text.said_in(language) if one.question else ""
    return ShownRule(
        id=one.id,
        row=one.row,
        provision=one.provision,
        address=one.address,
        text=one.text.said_in(language),
        note=one.note.said_in(language) if one.note else "",
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        confidence=one.confidence,
        sure=sure(one.confidence),
        question=one.question,
        question_text=question,
        positions=positions.get(one.question, ()),
        **_told(one),
    )


def questions() -> list[ShownQuestion]:
    """Every open question, with the city's positions. One query."""
    known = listing.questions()
    positions = Position.objects.on(known)
    return [
        ShownQuestion(
            key, one.text.said_in(_language()), [each.rule for each in listing.asking(key)], positions.get(key, ())
        )
        for key, one in known.items()
    ]


def family(code: str) -> str:
    """The name of a family of rules."""
    return listing.FAMILIES[code][0].said_in(_language())


def sure(confidence: str) -> str:
    """How surely a rule is known, in words."""
    return rules.CONFIDENCE[confidence].said_in(_language())


def choices(kind: str) -> list[tuple[str, str]]:
    """The codes of a kind with their words, as a form offers them."""
    labels: Mapping[str, rules.Words] = getattr(codes.codes(), kind)
    return [(code, words.said_in(_language())) for code, words in labels.items()]


def _told(one: Rule) -> dict[str, Any]:
    """What a rule of sharing says beside its words."""
    if "verdict" not in one.own:
        return {}
    known, said = codes.codes(), sharing.bearing(one)
    return {
        "verdict": known.verdict[said.verdict].said_in(_language()),
        "verdict_icon": _ICONS.get(said.verdict, "lock"),
        "on_request": said.on_request,
        "tests": [known.record[code].said_in(_language()) for code in said.record],
    }


def _why(one: Passed) -> str:
    return {
        "not_yet": _("Gällde inte än."),
        "no_longer": _("Gäller inte längre."),
        "other_sender": _("Gäller när någon annan berättar."),
        "other_receiver": _("Gäller när någon annan får veta."),
        "other_subject": _("Gäller en person i en annan ålder."),
        "other_situation": _("Gäller när något annat har hänt."),
    }[one.why[0]]


def _language() -> str:
    return get_language() or "sv"
