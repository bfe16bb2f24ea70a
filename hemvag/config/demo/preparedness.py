"""What the invented town's coordinator has decided and read: a level kept and raised, its checklist, and some news.

No feed is followed: the demo calls nobody. The coordinator adds one to try.
"""

import datetime as dt
from typing import Final

from hemvag.agencies.models import Unit
from hemvag.config.demo.stage import Stage
from hemvag.lib import clock
from hemvag.readiness import checklist, decide
from hemvag.readiness.horizon import judge
from hemvag.readiness.models import Check, CheckMark, LevelDecision, Outcome

DECISIONS: Final = (
    (200, 1, "Ingen myndighet har sagt något. Exempel."),
    (60, 1, "Ingen anledning att höja nu: ett uttalande, men ingen dag och ingen ort. Exempel."),
    (28, 2, "Ett departement har sagt att familjer kan komma hem i år. Exempel."),
)
"""Days ago, level, reasons. The last one waits to be reviewed in a few days."""
NEWS: Final = (
    (5, True, "Utrikesdepartementet (exempel)", "Samtal om barn i läger fortsätter", Outcome.ACT, "Pröva jourlistan."),
    (4, False, "En dagstidning (exempel)", "Ett grannland har tagit hem en grupp", Outcome.WATCH, ""),
    (3, False, "En dagstidning (exempel)", "Debatt om stöd till kommuner", Outcome.IGNORE, ""),
    (1, False, "FN-nyheter (exempel)", "Experter ber stater ta hem barn", "", ""),
)
DONE: Final = ("arrival_routine", "lvu_roster", "interpreters", "cve_contact")


def live(stage: Stage) -> None:
    """Let the coordinator decide three times, tick what is done, and judge most of the news."""
    unit = stage.cast.of_kind(Unit.Kind.COORDINATION)
    by = stage.cast.all(unit, "coordinator")[0]
    before: LevelDecision | None = None
    for days, level, reasons in DECISIONS:
        at = stage.now - dt.timedelta(days=days)
        before = decide.decide(
            authority=unit.authority_id,
            after=before.pk if before else None,
            level=level,
            reasons=reasons,
            decider="Socialchefen (påhittad)",
            decided_on=clock.local(at).date(),
            review_on=None,
            by=by,
            at=at,
        )
    for row in Check.objects.filter(authority=unit.authority_id, code__in=DONE).standing():
        checklist.mark(row, state=CheckMark.State.DONE, owner="Mottagningen", due=None, note="", by=by, at=stage.now)
    for days, is_official, source, title, outcome, reason in NEWS:
        at = stage.now - dt.timedelta(days=days)
        item = judge.enter(
            authority=unit.authority_id,
            is_official=is_official,
            source=source,
            title=title,
            summary="",
            link="",
            day=clock.local(at).date(),
            answered=(),
            by=by,
            at=at,
        )
        if outcome:
            judge.judge(item.pk, outcome=outcome, reason=reason, by=by, at=at)
