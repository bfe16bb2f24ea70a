"""What can be told from an opened dossier, item by item, the smallest first: a school needs ages, not why."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from hemvag.dossiers.opened import Opened
from hemvag.people import identities, words
from hemvag.people.identities import Identity
from hemvag.support import plan

DECISION: Final = "decision"
REPORT: Final = "report"
PROTECTION: Final = "protection_assessment"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that can be told. `rows` are label and value as they will leave; `identifies` says whether somebody
    can be recognised by it."""

    code: str
    label: str
    rows: Sequence[tuple[str, str]]
    identifies: bool = True

    def as_data(self) -> dict[str, object]:
        """Return what is sealed of what was told."""
        return {"code": self.code, "label": self.label, "rows": [list(row) for row in self.rows]}


def available(opened: Opened, on: dt.date) -> list[Item]:
    """Return what the dossier holds that can be told, the smallest first. What is empty is not offered."""
    found: list[Item] = []
    if opened.read(identities.KIND):
        found += _of_person(identities.current(opened), on)
    for make in (_plan, _reports, _assessments, _decisions):
        found += make(opened)
    return [item for item in found if item.rows]


def chosen(opened: Opened, codes: Sequence[str], on: dt.date) -> list[Item]:
    """Return the items of those codes, in the order they are offered; one that is not offered is left out."""
    return [item for item in available(opened, on) if item.code in codes]


def written(label: str, text: str) -> Item:
    """Return an item in the worker's own words: nobody knows but she whether it points at somebody, so it does."""
    return Item(code="own_words", label=label, rows=[("", text.strip())])


def _of_person(identity: Identity, on: dt.date) -> Iterator[Item]:
    years = identities.age(identity, on)
    age = [(_("Ålder"), _("%(years)s år") % {"years": years})] if years is not None else []
    yield Item(code="age", label=_("Ålder"), rows=age, identifies=False)
    spoken = [(_("Språk"), identity.languages)] if identity.languages else []
    yield Item(code="languages", label=_("Språk"), rows=spoken, identifies=False)
    yield Item(code="name", label=_("Namn"), rows=[(_("Namn"), words.name(name)) for name in identity.names])
    yield Item(code="birth", label=_("Födelsedatum"), rows=[(_("Född"), words.birth(identity.birth))])
    if identity.number.value:
        yield Item(code="number", label=_("Personnummer"), rows=[(_("Nummer"), words.number(identity.number))])
    guardians = [(guardian.relation or _("Vårdnadshavare"), guardian.name) for guardian in identity.guardians]
    yield Item(code="guardians", label=_("Vårdnadshavare"), rows=guardians)
    reached = [(guardian.name, guardian.contact) for guardian in identity.guardians if guardian.contact]
    yield Item(code="guardians_contact", label=_("Kontaktuppgifter till vårdnadshavare"), rows=reached)
    yield Item(code="whereabouts", label=_("Var personen är"), rows=[(_("Var"), words.whereabouts(identity))])


def _plan(opened: Opened) -> Iterator[Item]:
    newest = opened.read(plan.KIND)[-1:]
    for content in newest:
        measures = [
            (str(plan.Measure(row.measure).label), " ".join(part for part in (row.who, row.until) if part) or "–")
            for row in plan.rows_of(content)
        ]
        yield Item(code="goals", label=_("Målen i planen"), rows=[(_("Mål"), content.data["goals"])])
        yield Item(code="measures", label=_("Insatserna i planen"), rows=measures)


def _reports(opened: Opened) -> Iterator[Item]:
    yield from _texts(opened, REPORT, _("Anmälan"), lambda data: [(_("Vad som sägs"), data["text"])])


def _assessments(opened: Opened) -> Iterator[Item]:
    told = _("Skyddsbedömning")
    yield from _texts(opened, PROTECTION, told, lambda data: [(_("Bedömning"), data.get("reasons", ""))])


def _decisions(opened: Opened) -> Iterator[Item]:
    yield from _texts(opened, DECISION, _("Beslut"), lambda data: [(_("Skäl"), data.get("reasons", ""))])


def _texts(
    opened: Opened, kind: str, label: str, rows: Callable[[dict[str, str]], list[tuple[str, str]]]
) -> Iterator[Item]:
    for number, content in enumerate(opened.read(kind), start=1):
        kept = [(name, value) for name, value in rows(content.data) if value]
        yield Item(code=f"{kind}-{number}", label=label, rows=kept)
