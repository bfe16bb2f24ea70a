"""Settings of the tests: the real ones, with secrets made for this run and a database made by `conftest.py`."""

import base64
import os
import secrets

os.environ.update(
    {
        "HEMVAG_SECRET_KEY": secrets.token_urlsafe(40),
        "HEMVAG_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "HEMVAG_HOSTS": "testserver,127.0.0.1,localhost",
        "HEMVAG_MUNICIPALITY": "malmo",
        "HEMVAG_ROLE": "staff",
    }
)
os.environ.pop("HEMVAG_KEY_FILE", None)

from hemvag.config.settings import *  # noqa: F403
