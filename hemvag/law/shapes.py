"""What the law module answers as plain data, the same on the command line and for programs."""

from typing import Any

from hemvag.law.deadlines import Due
from hemvag.law.listing import Change, Listed
from hemvag.law.retention import Keeping
from hemvag.law.rules import Rule, Words
from hemvag.law.sharing import Answer


def words(said: Words | None) -> dict[str, str] | None:
    """A text in both languages."""
    return {"sv": said.sv, "en": said.en} if said else None


def rule(one: Rule) -> dict[str, Any]:
    """A rule: `source` is the address where it was read, days are ISO, `valid_to` the first day it no longer held."""
    return {
        "id": one.id,
        "provision": one.provision,
        "source": one.address,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "confidence": one.confidence,
        "text": words(one.text),
        "note": words(one.note),
        "question": one.question or None,
    }


def answer(said: Answer) -> dict[str, Any]:
    """An answer about sharing, with the rules that bear on it and those that nearly did."""
    return {
        "from": said.sender,
        "to": said.receiver,
        "about": said.subject,
        "situation": said.situation,
        "on": said.on.isoformat(),
        "verdict": said.verdict,
        "rules": [
            {**rule(one.rule), "verdict": one.verdict, "on_request": one.on_request, "record": list(one.record)}
            for one in said.rules
        ],
        "others": [{"id": one.rule.id, "why": list(one.why)} for one in said.others],
        "record": list(said.record),
    }


def due(said: Due) -> dict[str, Any]:
    """When a step is due; every day is null where the law sets no time."""
    days = {name: getattr(said, name) for name in ("start", "strict", "target", "latest", "strict_at")}
    return {
        "step": said.step,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "provision": said.provision,
        "source": said.address,
        "rule": said.rule,
        "valid_from": said.valid_from.isoformat(),
        "valid_to": said.valid_to.isoformat() if said.valid_to else None,
        "confidence": said.confidence,
        "text": words(said.text),
        "note": words(said.note),
    }


def keeping(said: Keeping) -> dict[str, Any]:
    """How long a record is kept; `provision` and `source` are those of the rule that decided."""
    return {
        "record": said.record,
        "municipality": said.municipality,
        "on": said.on.isoformat(),
        "kept": said.is_kept,
        "for_ever": said.for_ever,
        "until": said.until.isoformat() if said.until else None,
        "finished_by": said.finished_by.isoformat() if said.finished_by else None,
        "ask": said.ask,
        "why": said.why,
        "missing": list(said.missing),
        "provision": said.rule.provision if said.rule else None,
        "source": said.rule.address if said.rule else None,
        "rule": said.rule.id if said.rule else None,
        "rules": [rule(one) for one in said.rules],
    }


def listed(one: Listed) -> dict[str, Any]:
    """A rule with its family."""
    return {"family": one.family, **rule(one.rule)}


def change(one: Change) -> dict[str, Any]:
    """What was told differently on two days; `before` or `after` is null for what began or ended."""
    return {
        "family": one.family,
        "table": one.table,
        "before": rule(one.before) if one.before else None,
        "after": rule(one.after) if one.after else None,
    }
