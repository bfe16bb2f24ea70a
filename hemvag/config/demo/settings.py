"""Settings of the demo: plain HTTP on loopback, one button a role instead of sign-in, a key made on the spot."""

import os
from pathlib import Path

os.environ.setdefault("HEMVAG_SECRET_KEY", "demo " * 12)
os.environ.setdefault("HEMVAG_HOSTS", "127.0.0.1,localhost,[::1]")

from hemvag.config.settings import *  # noqa: F403
from hemvag.config.settings import HEMVAG_DATA, HEMVAG_KEY, HEMVAG_KEY_FILE, INSTALLED_APPS, MIDDLEWARE
from hemvag.vault import keyfile

HEMVAG_KIND = "demo"
if not HEMVAG_KEY and not HEMVAG_KEY_FILE:
    HEMVAG_KEY_FILE = str(Path(HEMVAG_DATA) / "demo.key")
    if not Path(HEMVAG_KEY_FILE).exists():
        keyfile.make(Path(HEMVAG_KEY_FILE))

INSTALLED_APPS = [*INSTALLED_APPS, "hemvag.config.demo"]
MIDDLEWARE = [name for name in MIDDLEWARE if name != "hemvag.staff.sign_in.SecondFactor"]
ROOT_URLCONF = "hemvag.config.demo.urls"
WSGI_APPLICATION = "hemvag.config.demo.wsgi.application"
LOGIN_URL = "demo_choose"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
CSRF_TRUSTED_ORIGINS = []
SECURE_HSTS_SECONDS = 0
SECURE_SSL_REDIRECT = False
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
