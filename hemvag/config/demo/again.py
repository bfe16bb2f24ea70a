"""Some children are reported again, in another spelling: some are known again by now, the latest wait to be."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.concerns import merge, report
from hemvag.concerns.models import ConcernReport
from hemvag.config.demo import cases, reports, times
from hemvag.config.demo.stage import Stage
from hemvag.dossiers import record
from hemvag.dossiers.models import Sight
from hemvag.people import identities
from hemvag.people.identities import Identity, Name, Number

SHARE = 0.05
WAITING = 3
"""How many of the reports lie there not yet known again."""


def live(stage: Stage, rows: Sequence[ConcernReport], progress: Callable[[str, int, int], None]) -> None:
    """Report a twentieth of the children again; the last three lately, for somebody to find."""
    chosen = [row for row in rows if _may_be_known_again(stage, row)]
    chosen = stage.chance.sample(chosen, min(len(chosen), round(len(rows) * SHARE) + WAITING))
    for number, row in enumerate(chosen, start=1):
        is_last = number > len(chosen) - WAITING
        _again(stage, row, is_known=not is_last)
        progress("Anmälda igen", number, len(chosen))


def _may_be_known_again(stage: Stage, row: ConcernReport) -> bool:
    unit = stage.cast.units[row.dossier.unit_id]
    reception = stage.cast.of_kind(Unit.Kind.RECEPTION)
    is_old = stage.now - row.received_at > dt.timedelta(days=60)
    return is_old and unit.kind == Unit.Kind.CHILDREN and unit.authority_id == reception.authority_id


def _again(stage: Stage, row: ConcernReport, *, is_known: bool) -> None:
    """A report about the same child, named otherwise, and added to the known dossier when two persons have seen it."""
    chance = stage.chance
    reception = stage.cast.of_kind(Unit.Kind.RECEPTION)
    registrar = stage.cast.one(reception, "registrar", chance)
    days = 30 if is_known else (stage.now - row.received_at).days - 4
    received_at = min(times.later(chance, row.received_at, days, days + 2), stage.now - dt.timedelta(hours=2))
    known = record.open_dossier(
        row.dossier_id, by=registrar, purpose=Purpose.MATCH, at=received_at, sight=Sight.IDENTITY
    )
    identity = identities.current(known)
    said = stage.inventor.said(identity.names[0].given)
    [new] = report.receive(
        children=[report.Child(identity=_otherwise(stage, identity), district=row.dossier.district)],
        reporter=reports.reporter(said),
        text=said.text,
        channel="written",
        received_at=received_at,
        feedback_asked_at=None,
        municipality=stage.municipality,
        by=registrar,
        at=received_at + dt.timedelta(minutes=20),
    )
    if is_known:
        seen_at = received_at + dt.timedelta(minutes=40)
        on_call = stage.cast.one(stage.cast.of_kind(Unit.Kind.ON_CALL), "on_call", chance)
        suggested = merge.suggest(new.dossier_id, into=row.dossier_id, by=registrar, at=seen_at)
        merge.confirm(suggested.id, by=on_call, at=seen_at + dt.timedelta(minutes=20))
        cases.live(stage, ConcernReport.objects.select_related("dossier").get(id=new.id))


def _otherwise(stage: Stage, identity: Identity) -> Identity:
    """Return the child as another reporter knows it: the name as it sounds, and no number."""
    first = identity.names[0]
    given = stage.inventor.other_spelling(first.given)
    return replace(
        identity, names=[Name(given=given, family=first.family)], number=Number(reason="not_known"), guardians=[]
    )
