"""What runs by itself does what it says, as the role that runs it, and says when."""

import datetime as dt
import uuid

from django.db import connections
from procrastinate.contrib.django import app

from hemvag.config import addresses, schedule
from hemvag.lib import clock
from hemvag.web.models import Once


def test_only_old_form_tokens_are_forgotten_and_the_job_role_may(own_database: str) -> None:
    for days in (0, 1, 3, 9):
        Once.objects.create(
            token=uuid.uuid4(), worker=uuid.uuid4(), at=clock.now() - dt.timedelta(days=days), location=""
        )
    connections["default"].close()
    connections["default"].settings_dict.update(addresses.address("job"), NAME=own_database)
    try:
        assert schedule.forget_form_tokens(0) == 2
        assert schedule.forget_form_tokens(0) == 0
        assert Once.objects.count() == 2
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(addresses.address("staff"), NAME=own_database)


def test_each_runs_when_it_should() -> None:
    app.perform_import_paths()
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons == {
        "forget_form_tokens": "17 3 * * *",
        "forget_wrong_tries": "27 3 * * *",
        "seal_read_log": "*/2 * * * *",
        "seal_whole_read_log": "41 2 * * *",
        "forget_former_keys": "37 3 * * *",
        "draw_log_samples": "23 4 * * *",
        "forget_typed_services": "47 3 * * *",
        "lay_printed_list": "7 4 * * *",
        "ask_for_feeds": "13 * * * *",
    }
