"""Where wrong tries are counted: one table for all processes, which a restart does not empty.

It is a cache as Django and django-allauth know it. What was tried and from where stands in it as a keyed hash only, and
values are JSON, since a pickle from a table would let whoever writes the table run code.
"""

import datetime as dt
import hashlib
import hmac
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction

from hemvag.lib import clock
from hemvag.staff.models import Counted
from hemvag.vault.installed import keyring

FOR_EVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class Counts(BaseCache):
    """A cache in the table `staff.Counted`."""

    def __init__(self, _place: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store the value unless one is there that still holds; say whether it was stored. Of two at once one wins."""
        hashed = self._hashed(key, version)
        Counted.objects.filter(key=hashed, until__lte=clock.now()).delete()
        try:
            with transaction.atomic():
                Counted.objects.create(key=hashed, value=value, until=self._until(timeout))
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or `default` when there is none that still holds."""
        row = Counted.objects.filter(key=self._hashed(key, version), until__gt=clock.now()).first()
        return default if row is None else row.value

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store the value until its time is over."""
        facts = {"value": value, "until": self._until(timeout)}
        Counted.objects.update_or_create(key=self._hashed(key, version), defaults=facts)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Remove the value; say whether there was one."""
        return Counted.objects.filter(key=self._hashed(key, version)).delete()[0] > 0

    def clear(self) -> None:
        """Remove everything."""
        Counted.objects.all().delete()

    def _hashed(self, key: str, version: int | None) -> str:
        whole = self.make_key(key, version=version).encode()
        return hmac.new(keyring().derive("wrong tries"), whole, hashlib.sha256).hexdigest()

    def _until(self, timeout: Any) -> dt.datetime:
        ends = self.get_backend_timeout(timeout)
        return FOR_EVER if ends is None else dt.datetime.fromtimestamp(ends, dt.UTC)


def forget(*, before: dt.datetime) -> int:
    """Delete what no longer held at a moment, and return how many there were."""
    return Counted.objects.filter(until__lt=before).delete()[0]
