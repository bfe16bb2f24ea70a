"""Everything that runs by itself, in one file. Each may run twice, or late, without harm; clocks never depend on it."""

import datetime as dt
from typing import Final

import structlog
from procrastinate.contrib.django import app

from hemvag.lib import clock
from hemvag.staff import counted
from hemvag.web import once

log = structlog.get_logger()
FORM_TOKENS_LAST: Final = dt.timedelta(days=2)


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
