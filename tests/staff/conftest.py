"""A worker with a password, and no wrong tries from before."""

import pytest
from django.core.cache import cache

from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.staff.signing_in import PASSWORD


@pytest.fixture(autouse=True)
def no_old_attempts() -> None:
    cache.clear()


@pytest.fixture
def worker(town: Town) -> Worker:
    found = town.workers["social_worker"]
    found.set_password(PASSWORD)
    found.save()
    return found
