"""Change the installation's key-encryption secret: bring everything under the newest, and take the old one away.

Each step can be stopped anywhere and run again: what lies under which secret stands in the rows.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from hemvag.agencies.models import Authority
from hemvag.audit import keys, log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers import rotate
from hemvag.line import return_code
from hemvag.people import rekey
from hemvag.staff import factor_keys, ties
from hemvag.vault.installed import held_now, keyring
from hemvag.vault.keyfile import Secrets

Show = Callable[[str, int, int], None]
KEPT: Final = (keys.MAC, keys.SEAL, ties.PURPOSE)
"""Purposes whose keys are kept when their secret is taken away: what they signed must still be verified, and what they
hashed is known to nobody here."""
WRAPPED: Final = "wrapped keys of dossiers"
FACTORS: Final = "second factors"
TOKENS: Final = "dossiers' tokens"
CODES: Final = "return codes"


class StillInUse(Exception):
    """Something lies under a secret that should be taken away, or under one that is not held. The message names it."""


def uses(*, at: dt.datetime) -> Mapping[str, Counter[int]]:
    """Return what lies under the secrets, and how many of it by generation."""
    return {
        WRAPPED: rotate.by_generation(),
        FACTORS: factor_keys.by_generation(),
        TOKENS: rekey.by_generation(),
        CODES: return_code.by_generation(at=at),
    }


def move(*, at: dt.datetime, show: Show) -> None:
    """Bring everything under the present secret. Raises StillInUse, before anything, for what no held secret opens."""
    _demand_all_held(at)
    total = rotate.behind().count()
    rotate.rewrap(at=at, progress=lambda done: show(WRAPPED, done, total))
    log.write(Act.ROTATED, worker=None, dossiers=[], purpose=Purpose.KEYS, at=at, door="machine")
    done = factor_keys.seal_anew()
    show(FACTORS, done, done)
    left = rekey.behind().count()
    rekey.make_anew(at=at, progress=lambda done: show(TOKENS, done, left))


def without(held: Secrets, generation: int, *, at: dt.datetime) -> Secrets:
    """Return what is held without an old secret, its keys of the log and of living return codes kept.

    Raises StillInUse.
    """
    demand_unused(generation, at=at)
    ring, kept = keyring(), dict(held.kept)
    places = [(purpose, b"") for purpose in KEPT]
    if return_code.by_generation(at=at)[generation]:
        contexts = Authority.objects.values_list("id", flat=True)
        places += [(return_code.PURPOSE, authority.bytes) for authority in contexts]
    kept |= {(generation, *place): ring.derive(*place, generation) for place in places}
    secrets = {number: secret for number, secret in held.secrets.items() if number != generation}
    return Secrets(secrets=secrets, kept=kept)


def demand_unused(generation: int, *, at: dt.datetime) -> None:
    """Raise StillInUse, naming it, when something lies under the secret that can be brought under another."""
    left = {what: found[generation] for what, found in uses(at=at).items() if found[generation] and what != CODES}
    if left:
        named = ", ".join(f"{count} {what}" for what, count in left.items())
        raise StillInUse(f"Secret {generation} is still in use by {named}. Run: hemvag keys rotate")


def _demand_all_held(at: dt.datetime) -> None:
    ring = keyring()
    for what, found in uses(at=at).items():
        held = set(ring.generations)
        if what == CODES:
            held |= {number for number in found if _is_kept(number)}
        for number in sorted(set(found) - held):
            raise StillInUse(
                f"{found[number]} {what} lie under secret {number}, which is not held. Put it back from its safe copy; "
                "nothing was changed."
            )


def _is_kept(generation: int) -> bool:
    return any(number == generation and purpose == return_code.PURPOSE for number, purpose, _ in held_now().kept)
