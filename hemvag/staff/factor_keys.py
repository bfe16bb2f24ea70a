"""Second factors lie sealed straight under the keyring: when its secret is changed, they are sealed anew."""

import base64
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from hemvag.staff.sign_in import PLACE, PURPOSE
from hemvag.vault import lasting
from hemvag.vault.installed import keyring

_SEALED: Final = ("secret", "seed")
"""What django-allauth hands to be sealed, in the data of an authenticator: of an app, and of recovery codes."""


def by_generation() -> Counter[int]:
    """Return how many second factors lie under each generation of the secret."""
    rows = Authenticator.objects.values_list("data", flat=True)
    return Counter(lasting.generation(base64.b64decode(text)) for data in rows for text in _texts(data))


def seal_anew() -> int:
    """Seal under the present secret what lies under an older one; return how many authenticators. May be run again."""
    now, done = keyring().generation, 0
    for factor_id in Authenticator.objects.order_by("id").values_list("id", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(id=factor_id).first()
            if factor is None or all(lasting.generation(base64.b64decode(text)) == now for text in _texts(factor.data)):
                continue
            factor.data = factor.data | {
                name: _anew(factor.data[name]) for name in _SEALED if isinstance(factor.data.get(name), str)
            }
            factor.save(update_fields=["data"])
        done += 1
    return done


def _texts(data: dict[str, Any]) -> Iterator[str]:
    return (data[name] for name in _SEALED if isinstance(data.get(name), str))


def _anew(text: str) -> str:
    content = lasting.unseal(keyring(), PURPOSE, base64.b64decode(text), PLACE)
    return base64.b64encode(lasting.seal(keyring(), PURPOSE, content, PLACE)).decode()
