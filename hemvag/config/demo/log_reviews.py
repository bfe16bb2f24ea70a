"""Draw samples from the invented town's read log, week by week, and let its leads review them, some of them late."""

import datetime as dt
from typing import Final

from hemvag.audit.models import Purpose
from hemvag.concerns.models import ConcernReport
from hemvag.config.demo.stage import Stage
from hemvag.dossiers import record
from hemvag.lib import clock
from hemvag.oversight import draw, found, review
from hemvag.oversight.models import Remark, Review
from hemvag.staff.models import Worker

WEEKS: Final = 6
DRAWN_AT: Final = dt.timedelta(hours=4, minutes=23)
OUTCOMES: Final = [Remark.Outcome.FINE] * 12 + [Remark.Outcome.TALKED] * 2 + [Remark.Outcome.PASSED_ON]


def live(stage: Stage, rows: list[ConcernReport]) -> None:
    """Draw the last whole weeks of every unit; those drawn long ago are signed, all but a few."""
    _work_late(stage, rows)
    last = draw.last_whole_week(stage.now)
    for ago in reversed(range(WEEKS)):
        week = last - ago * found.A_WEEK
        for unit in stage.cast.units.values():
            at = found.starts(week + found.A_WEEK) + DRAWN_AT
            if at <= stage.now:
                draw.draw(unit, week=week, by=None, at=at, chance=stage.chance)
    known = {worker.id: worker for workers in stage.cast.workers.values() for worker in workers}
    for row in Review.objects.select_related("dossier").order_by("at", "dossier__reference"):
        if row.lead_id is not None:
            _review(stage, row, known[row.lead_id], known[row.worker_id])


def _work_late(stage: Stage, rows: list[ConcernReport]) -> None:
    """Some workers open cases of their own late in the evening."""
    recent = [row for row in rows if stage.now - row.registered_at < WEEKS * found.A_WEEK]
    mine = [row for row in recent if _worker(stage, row) is not None]
    for row in stage.chance.sample(mine, min(6, len(mine))):
        worker = _worker(stage, row)
        day = clock.local(row.registered_at) + dt.timedelta(days=stage.chance.randint(1, 5))
        at = day.replace(hour=22, minute=stage.chance.randint(5, 55))
        if worker is not None and at < stage.now:
            record.open_dossier(row.dossier_id, by=worker, purpose=Purpose.HANDLE, at=at)


def _worker(stage: Stage, row: ConcernReport) -> Worker | None:
    row.dossier.refresh_from_db(fields=["worker", "unit"])
    unit = stage.cast.units[row.dossier.unit_id]
    for role in ("social_worker", "protected_desk"):
        for worker in stage.cast.workers.get((unit.id, role), []):
            if worker.id == row.dossier.worker_id:
                return worker
    return None


def _review(stage: Stage, row: Review, lead: Worker, worker: Worker) -> None:
    at = row.at + dt.timedelta(days=stage.chance.uniform(0.2, 12))
    if at > stage.now or stage.chance.random() < 0.08:
        return
    if stage.chance.random() < 0.2:
        review.ask(row.id, by=lead, at=at)
        at += dt.timedelta(days=stage.chance.uniform(0.5, 3))
        if at > stage.now:
            return
        answer = stage.chance.choice([Remark.Answer.MINE, Remark.Answer.COVERED, Remark.Answer.MISTAKE])
        review.answer(row.id, code=answer, by=worker, at=at)
        at += dt.timedelta(days=stage.chance.uniform(0.1, 2))
    if at <= stage.now:
        review.sign(row.id, outcome=stage.chance.choice(OUTCOMES), by=lead, at=at)
