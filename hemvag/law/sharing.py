"""Who must, should or may tell whom what about a person, on a day. No rule means no."""

import bisect
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from hemvag.law import codes, reading, rules
from hemvag.law.rules import Rule

Verdict = Literal["must", "should", "may", "consent", "deidentified", "ask", "no", "no_duty"]
Why = Literal["not_yet", "no_longer", "other_sender", "other_receiver", "other_subject", "other_situation"]

_OTHER: Mapping[str, Why] = {
    "sender": "other_sender",
    "receiver": "other_receiver",
    "subject": "other_subject",
    "situation": "other_situation",
}
_KIND = {"sender": "authority", "receiver": "authority", "subject": "subject", "situation": "situation"}
_REFUSALS = frozenset({"no", "no_duty"})
_TELLS = frozenset({"must", "should", "may", "consent", "deidentified"})
_SURENESS = "HML"


@dataclass(frozen=True, slots=True)
class Bearing:
    """A rule that bears on a question. `verdict` is `ask` when the rule lets somebody tell but is not surely known."""

    rule: Rule
    verdict: Verdict
    on_request: bool
    record: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that does not bear on a question, and every reason why not."""

    rule: Rule
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `rules` are those that bear on it, the strongest first; `others` those that do not, the nearest
    first, with why; `record` the codes of what is written down when something is told on the strongest rule, empty when
    nothing may be.
    """

    sender: str
    receiver: str
    subject: str
    situation: str
    on: dt.date
    verdict: Verdict
    rules: tuple[Bearing, ...]
    others: tuple[Passed, ...]
    record: tuple[str, ...]

    @property
    def may_tell(self) -> bool:
        """Whether something may be told, with what the verdict demands."""
        return self.verdict in _TELLS


@lru_cache(maxsize=32_768)
def share(
    sender: str, receiver: str, subject: str, situation: str, on: dt.date, *, pack: str = rules.DEFAULT
) -> Answer:
    """What the law said on the day to `sender` who is about to tell `receiver` of a `subject` in a `situation`.

    The verdict is the strongest of the rules that bear on the question: `must`, `should`, `may`, `consent` (only with
    the person's agreement), `deidentified` (only without identity), `ask` (what would let you tell is not surely
    known), `no`, `no_duty`. When no rule bears on it the verdict is `no`. It says what is lawful; a person decides.

    Codes and their words: `codes.codes()`. Raises `codes.UnknownCode`, `packs.UnknownPack` and `rules.BrokenRules`.
    """
    found = _found(sender, receiver, subject, situation, (bisect.bisect(_turns(pack), on), pack))
    return Answer(sender, receiver, subject, situation, on, *found)


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """Every rule of sharing, by table. Raises `rules.BrokenRules`, naming file, table and key."""
    known = codes.codes(pack)
    authority = reading.some_of({**known.authority, **known.groups["authority"]})
    own = {
        "sender": authority,
        "receiver": authority,
        "subject": reading.some_of(known.subject),
        "situation": reading.some_of({**known.situation, **known.groups["situation"]}),
        "verdict": reading.one_of(known.verdict),
        "on_request": reading.flag,
        "record": reading.optional(reading.some_of(known.record)),
    }
    return rules.read("sharing.toml", pack, own=own)


@lru_cache(maxsize=16)
def every(pack: str = rules.DEFAULT) -> tuple[Rule, ...]:
    """Every rule of sharing of every time."""
    return tuple(rule for found in tables(pack).values() for rule in found)


def bearing(rule: Rule) -> Bearing:
    """What a rule of sharing says where it bears on a question."""
    said: Verdict = rule.own["verdict"]
    unsure = rule.confidence == "L" and said not in _REFUSALS
    record = tuple(rule.own.get("record", ()))
    return Bearing(rule, "ask" if unsure else said, bool(rule.own.get("on_request")), record)


_Found = tuple[Verdict, tuple[Bearing, ...], tuple[Passed, ...], tuple[str, ...]]


@lru_cache(maxsize=32_768)
def _found(sender: str, receiver: str, subject: str, situation: str, when: tuple[int, str]) -> _Found:
    """Verdict, rules, others and record by a pack's rules: the same on every day between two turns of the law."""
    turn, pack = when
    known, on = codes.codes(pack), (dt.date.min, *_turns(pack))[turn]
    asked = {"sender": sender, "receiver": receiver, "subject": subject, "situation": situation}
    for name, code in asked.items():
        known.check(_KIND[name], code)
    bears: list[Bearing] = []
    passed: list[Passed] = []
    for rule in every(pack):
        why = tuple(_why_not(rule, asked, on, pack))
        if why:
            passed.append(_passed(rule.id, why, pack))
        else:
            bears.append(bearing(rule))
    order = tuple(known.verdict)
    bears.sort(key=lambda one: (order.index(one.verdict), _SURENESS.index(one.rule.confidence), one.rule.id))
    passed.sort(key=lambda one: (len(one.why), one.rule.id))
    verdict: Verdict = bears[0].verdict if bears else "no"
    record = (*known.always, *bears[0].record) if verdict in _TELLS else ()
    return verdict, tuple(bears), tuple(passed), record


@lru_cache(maxsize=16)
def _turns(pack: str) -> tuple[dt.date, ...]:
    """Every day on which some rule of sharing begins or ends."""
    days = {day for rule in every(pack) for day in (rule.valid_from, rule.valid_to) if day}
    return tuple(sorted(days))


def _why_not(rule: Rule, asked: Mapping[str, str], on: dt.date, pack: str) -> Iterator[Why]:
    if on < rule.valid_from:
        yield "not_yet"
    elif not rule.held_on(on):
        yield "no_longer"
    reach = _reach(pack)[rule.id]
    for name, why in _OTHER.items():
        if asked[name] not in reach[name]:
            yield why


@lru_cache(maxsize=16)
def _reach(pack: str) -> Mapping[str, Mapping[str, frozenset[str]]]:
    known = codes.codes(pack)
    return {rule.id: {name: known.members(_KIND[name], rule.own[name]) for name in _OTHER} for rule in every(pack)}


@lru_cache(maxsize=8192)
def _passed(rule: str, why: tuple[Why, ...], pack: str) -> Passed:
    return Passed(next(one for one in every(pack) if one.id == rule), why)
