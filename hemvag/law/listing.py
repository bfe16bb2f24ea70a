"""Every rule of every family: those of a day, what changed between two days, one rule through time."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hemvag.law import deadlines, extension, packs, protected, provisions, reporters, retention, rules, secrecy, sharing
from hemvag.law.rules import Rule, Words

FAMILIES: Mapping[str, tuple[Words, Callable[[str], rules.Tables]]] = {
    "sharing": (Words("Vem får berätta vad", "Who may tell what"), sharing.tables),
    "deadlines": (Words("Lagens tider", "Statutory clocks"), deadlines.tables),
    "extensions": (Words("Längre tid", "Longer time"), extension.tables),
    "reporting": (Words("Vem ska anmäla", "Who must report"), reporters.duties),
    "provisions": (Words("Arbetet med barn", "Work with children"), provisions.tables),
    "retention": (Words("Hur länge något sparas", "How long things are kept"), retention.tables),
    "secrecy": (Words("Sekretess", "Secrecy"), secrecy.tables),
    "data_protection": (Words("Personuppgifter", "Personal data"), secrecy.data_protection),
    "protected": (Words("Skyddade personuppgifter", "Protected personal data"), protected.tables),
}


class UnknownRule(LookupError):
    """No rule has this id."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule and the family it belongs to."""

    family: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Change:
    """A story that is told differently on two days: `before` is None for what began, `after` for what ended."""

    family: str
    table: str
    before: Rule | None
    after: Rule | None


@lru_cache(maxsize=16)
def every(pack: str = rules.DEFAULT) -> tuple[Listed, ...]:
    """Every rule of every time, family by family. Raises `rules.BrokenRules` when two have the same id."""
    found: dict[str, Listed] = {}
    for family, (_, tables) in FAMILIES.items():
        for table in tables(pack).values():
            for rule in table:
                if rule.id in found:
                    raise rules.BrokenRules(f"{family}.toml", rule.table, "id", f"{rule.id} is used twice")
                found[rule.id] = Listed(family, rule)
    return tuple(found.values())


def rules_on(day: dt.date, pack: str = rules.DEFAULT) -> tuple[Listed, ...]:
    """Every rule in force on the day. Raises `packs.UnknownPack`."""
    return tuple(listed for listed in every(pack) if listed.rule.held_on(day))


def diff(before: dt.date, after: dt.date, pack: str = rules.DEFAULT) -> tuple[Change, ...]:
    """What was told differently on the two days, story by story. Raises `packs.UnknownPack`."""
    earlier = {(one.family, one.rule.table): one.rule for one in rules_on(before, pack)}
    later = {(one.family, one.rule.table): one.rule for one in rules_on(after, pack)}
    stories = dict.fromkeys((one.family, one.rule.table) for one in every(pack))
    changes = (Change(*story, earlier.get(story), later.get(story)) for story in stories)
    return tuple(change for change in changes if change.before is not change.after)


def find(rule: str, pack: str = rules.DEFAULT) -> Listed:
    """The rule with this id. Raises `UnknownRule`."""
    for listed in every(pack):
        if listed.rule.id == rule:
            return listed
    raise UnknownRule(rule)


def story(rule: str, pack: str = rules.DEFAULT) -> tuple[Rule, ...]:
    """The rule and those that came before and after it, in order of time. Raises `UnknownRule`."""
    listed = find(rule, pack)
    return FAMILIES[listed.family][1](pack)[listed.rule.table]


def asking(question: str, pack: str = rules.DEFAULT) -> tuple[Listed, ...]:
    """Every rule that an open question is about."""
    return tuple(listed for listed in every(pack) if listed.rule.question == question)


def questions(pack: str = rules.DEFAULT) -> Mapping[str, packs.Question]:
    """Every open question of a pack, by key."""
    return packs.questions(packs.folders(pack)[-1])
