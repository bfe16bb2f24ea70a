"""Work out a calculation, as the job does it: tell how far it has come, and keep what was answered."""

import uuid
from contextlib import suppress

from django.db import IntegrityError, transaction

from hemvag.estimate import estimate, work
from hemvag.lib import clock
from hemvag.picture import kept
from hemvag.picture.models import Outcome, Run


def work_out(run_id: uuid.UUID) -> None:
    """Work it out, unless that is done: twice is as once, since the seed is the same."""
    run = Run.objects.select_related("table").get(pk=run_id)
    if Outcome.objects.filter(run=run).exists():
        return
    Run.objects.filter(pk=run.pk).update(begun_at=clock.now(), share=0)
    told = 0

    def tell(done: float) -> None:
        nonlocal told
        if (share := min(int(done * 100), 100)) > told:
            told = share
            Run.objects.filter(pk=run.pk).update(share=share)

    cores = max(1, work.cores() - 1)  # one is left for the pages; the answer is the same on any number
    report = estimate(run.table.lists(), replicates=run.replicates, seed=run.seed, progress=tell, cores=cores)
    with suppress(IntegrityError), transaction.atomic():
        Outcome.objects.create(run=run, report=kept.report(report, run.table.lists()), at=clock.now())
