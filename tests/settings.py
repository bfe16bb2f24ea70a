"""Settings of the tests: the real ones, with secrets made for this run and a database made by `tests/database.py`."""

import base64
import os
import secrets

from hemvag.config import env
from hemvag.config.database import places, roles

TEST_PREFIX = roles.PREFIX


def _own_server(address: str) -> str:
    """Give each role a password of this run on the server at `address`; parallel test processes inherit them."""
    prefix = "hemvag_test_"
    place = address.split("@", 1)[-1]
    for role in roles.ROLES:
        name = f"HEMVAG_DATABASE_{role.upper()}_URL"
        os.environ.setdefault(name, f"postgresql://{prefix}{role}:{secrets.token_urlsafe(24)}@{place}")
    return prefix


os.environ.update(
    {
        "HEMVAG_SECRET_KEY": secrets.token_urlsafe(40),
        "HEMVAG_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "HEMVAG_HOSTS": "testserver,127.0.0.1,localhost",
        "HEMVAG_MUNICIPALITY": "malmo",
        "HEMVAG_ROLE": "staff",
        "HEMVAG_SSL_REDIRECT": "no",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in the thread that also asks the database
    }
)
OWN_PLACES = (
    *("HEMVAG_ROLES", "HEMVAG_LINE_CONTENT", "HEMVAG_RECEPTION"),
    *("HEMVAG_READINESS_CONTENT", "HEMVAG_PRINTED_LIST"),
)
for unwanted in ("HEMVAG_KEY_FILE", "HEMVAG_DATA", *OWN_PLACES):
    os.environ.pop(unwanted, None)
os.environ["HEMVAG_DATA"] = f"{places.home()}-test"
if env.text("HEMVAG_TEST_DATABASE_URL"):
    TEST_PREFIX = _own_server(env.text("HEMVAG_TEST_DATABASE_URL"))

from hemvag.config.settings import *  # noqa: F403

STATIC_ROOT = None  # nothing is collected for tests; the finders serve what the pages ask for
