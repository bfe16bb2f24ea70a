"""Everything that runs by itself, in one file. Each may run twice, or late, without harm; clocks never depend on it."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from hemvag.agencies.models import Municipality
from hemvag.audit import roots, seal
from hemvag.dossiers import rotate
from hemvag.lib import clock
from hemvag.oversight import draw
from hemvag.picture import calculate, work_out
from hemvag.readiness import desk, printed_list
from hemvag.readiness.horizon import collect, feeds
from hemvag.staff import counted
from hemvag.web import once

log = structlog.get_logger()
FORM_TOKENS_LAST: Final = dt.timedelta(days=2)
LOOKED_BACK: Final = dt.timedelta(days=2)
TYPED_LASTS: Final = dt.timedelta(days=7)


@app.periodic(cron="17 3 * * *", periodic_id="nightly")
@app.task(name="forget_form_tokens", queueing_lock="forget_form_tokens", pass_context=False)
def forget_form_tokens(timestamp: int) -> int:  # noqa: ARG001
    """Forget the once-tokens of forms sent two days ago or more; return how many."""
    forgotten = once.forget(before=clock.now() - FORM_TOKENS_LAST)
    log.info("form tokens forgotten", count=forgotten)
    return forgotten


@app.periodic(cron="27 3 * * *", periodic_id="nightly")
@app.task(name="forget_wrong_tries", queueing_lock="forget_wrong_tries", pass_context=False)
def forget_wrong_tries(timestamp: int) -> int:  # noqa: ARG001
    """Forget what was counted of sign-ins and counts no longer; return how many."""
    forgotten = counted.forget(before=clock.now())
    log.info("wrong tries forgotten", count=forgotten)
    return forgotten


@app.periodic(cron="*/2 * * * *", periodic_id="often")
@app.task(name="seal_read_log", queueing_lock="seal_read_log", pass_context=False)
def seal_read_log(timestamp: int) -> int:  # noqa: ARG001
    """Seal the read log's rows of the last days that wait; return how many batches."""
    return _sealed(since=clock.now() - LOOKED_BACK)


@app.periodic(cron="41 2 * * *", periodic_id="nightly")
@app.task(name="seal_whole_read_log", queueing_lock="seal_whole_read_log", pass_context=False)
def seal_whole_read_log(timestamp: int) -> int:  # noqa: ARG001
    """Seal every row of the read log that waits, however old it says that it is; return how many batches."""
    return _sealed(since=None)


def _sealed(since: dt.datetime | None) -> int:
    made = seal.seal(at=clock.now(), since=since)
    for batch in made:  # the program's log is a copy outside the database
        log.info("read log sealed", batch=batch.number, rows=batch.rows, root=roots.short(bytes(batch.root)))
    return len(made)


@app.periodic(cron="37 3 * * *", periodic_id="nightly")
@app.task(name="forget_former_keys", queueing_lock="forget_former_keys", pass_context=False)
def forget_former_keys(timestamp: int) -> int:  # noqa: ARG001
    """Destroy the keys that dossiers had before their present ones, a day after the change; return how many."""
    forgotten = rotate.forget_former(at=clock.now())
    log.info("former keys forgotten", count=forgotten)
    return forgotten


@app.task(name=calculate.TASK, pass_context=False)
def work_out_estimate(run_id: str) -> None:
    """Work out how many there are from the lists of a calculation that the coordinator started."""
    work_out.work_out(uuid.UUID(run_id))


@app.periodic(cron="23 4 * * *", periodic_id="nightly")
@app.task(name="draw_log_samples", queueing_lock="draw_log_samples", pass_context=False)
def draw_log_samples(timestamp: int) -> int:  # noqa: ARG001
    """Draw each unit's sample of the last whole week, if it is not drawn; return how many units were."""
    at = clock.now()
    draw.hand_over(at=at)
    return draw.draw_all(at=at)


@app.periodic(cron="47 3 * * *", periodic_id="nightly")
@app.task(name="forget_typed_services", queueing_lock="forget_typed_services", pass_context=False)
def forget_typed_services(timestamp: int) -> int:  # noqa: ARG001
    """Forget what was typed of services and left for a week; return how many forms."""
    forgotten = desk.forget(before=clock.now() - TYPED_LASTS)
    log.info("typed services forgotten", count=forgotten)
    return forgotten


@app.periodic(cron="7 4 * * *", periodic_id="nightly")
@app.task(name="lay_printed_list", queueing_lock="lay_printed_list", pass_context=False)
def lay_printed_list(timestamp: int) -> int:  # noqa: ARG001
    """Lay the printed list of services where HEMVAG_PRINTED_LIST says, if it does; return how many entries it holds."""
    if not settings.HEMVAG_PRINTED_LIST:
        return 0
    town = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    laid = printed_list.lay(Path(settings.HEMVAG_PRINTED_LIST), town, at=clock.now())
    log.info("printed list laid", entries=laid)
    return laid


@app.periodic(cron="13 * * * *", periodic_id="hourly")
@app.task(name="ask_for_feeds", queueing_lock="ask_for_feeds", pass_context=False)
def ask_for_feeds(timestamp: int) -> int:  # noqa: ARG001
    """Ask for every feed of the horizon that is not paused, each as a job of its own; return how many."""
    return feeds.ask_all(at=clock.now())


@app.task(name=feeds.TASK, pass_context=False)
def fetch_feed(feed_id: str) -> int:
    """Fetch one feed of the horizon and keep what is new in it; return how many items."""
    return collect.collect(uuid.UUID(feed_id), at=clock.now())
