"""A worker with a password."""

import pytest

from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.staff.signing_in import PASSWORD


@pytest.fixture
def worker(town: Town) -> Worker:
    found = town.workers["social_worker"]
    found.set_password(PASSWORD)
    found.save()
    return found
