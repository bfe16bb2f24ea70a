"""Fill the demo's town with invented people, laid around today: contacts and cases over three years, and a few adults.

The same seed and moment give the same town. Everything goes through the verbs that a worker's own page calls, so that
journal, read log and routing are as they would have been.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from django.db import connections, transaction

from hemvag.agencies.models import District, Municipality
from hemvag.concerns.models import ConcernReport
from hemvag.config.demo import (
    adults,
    again,
    cases,
    contacts,
    log_reviews,
    pictures,
    preparedness,
    receptions,
    reports,
    services,
    staff,
    times,
)
from hemvag.config.demo.invented import Inventor
from hemvag.config.demo.stage import Stage
from hemvag.lib import clock
from hemvag.staff.models import Worker

SEED: Final = "hemväg"
CONTACTS: Final = 300
REPORTS: Final = 255
"""With brothers and sisters, and what comes from the line, these make about four hundred children's cases."""

Progress = Callable[[str, int, int], None]


def load(
    municipality: str,
    progress: Progress = lambda *_: None,
    *,
    at: dt.datetime | None = None,
    scale: float = 1.0,
    seed: str = SEED,
) -> None:
    """Load the town in one transaction, with the connections of the staff role; nothing happens when it is loaded.

    `progress` is told what is being done, how much is done and how much there is. `at` is the moment the town is laid
    around, by default this one; `scale` 0.1 makes a tenth of the contacts and cases.
    """
    if Worker.objects.filter(email__endswith=f"@{staff.DOMAIN}").exists():
        return
    now = at or clock.now()
    with _quickly(), transaction.atomic():
        stage = _stage(Municipality.objects.get(code=municipality), now, seed)
        _fill(stage, progress, scale=scale)


def _stage(municipality: Municipality, now: dt.datetime, seed: str) -> Stage:
    today = clock.local(now).date()
    inventor = Inventor(seed, today)
    since = today - dt.timedelta(days=365 * times.YEARS + 60)
    districts = District.objects.on(today).filter(municipality=municipality).order_by("code")
    return Stage(
        municipality=municipality,
        districts=list(districts),
        cast=staff.hire(municipality, inventor, since=since, at=now),
        inventor=inventor,
        now=now,
    )


def _fill(stage: Stage, progress: Progress, *, scale: float) -> None:
    today = clock.local(stage.now).date()
    days = times.arrivals(stage.chance, round(CONTACTS * scale), today=today)
    rows: list[ConcernReport] = []
    for number, day in enumerate(days, start=1):
        rows += contacts.live(stage, day)
        progress("Samtal på stödtelefonen", number, len(days))
    days = times.arrivals(stage.chance, round(REPORTS * scale), today=today)
    for number, day in enumerate(days, start=1):
        rows += reports.receive(stage, day)
        progress("Orosanmälningar", number, len(days))
    rows.sort(key=lambda row: (row.registered_at, row.dossier.reference))
    for number, row in enumerate(rows, start=1):
        cases.live(stage, row)
        progress("Barns ärenden", number, len(rows))
    again.live(stage, rows, progress)
    adults.live(stage)
    log_reviews.live(stage, rows)
    pictures.live(stage)
    receptions.live(stage)
    services.live(stage)
    preparedness.live(stage)


@contextlib.contextmanager
def _quickly() -> Iterator[None]:
    """Let the commits of the read log not wait for the disk while the town is made: it can be made anew."""
    chosen = [connections["default"], connections["log"]]
    for connection in chosen:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        for connection in chosen:
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")
