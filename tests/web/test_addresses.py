"""An address made from the pattern is the one that Django would make."""

import uuid

import pytest
from django.urls import reverse

from hemvag.web.addresses import address


@pytest.mark.parametrize("name", ["concerns:case", "concerns:assign", "concerns:closing"])
def test_it_is_djangos_own(name: str) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    assert [address(name, key) for key in (first, second)] == [reverse(name, args=[key]) for key in (first, second)]
