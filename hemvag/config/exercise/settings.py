"""Settings of an exercise's space: as the demo's, with a key, a secret, cookies and a database of its own.

Whoever opens the space gives its addresses and secrets (`opening.environment`): none of the real installation's.
"""

from hemvag.config.exercise.place import DATABASE
from hemvag.config.plain import Told
from hemvag.config.settings import *  # noqa: F403
from hemvag.config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

if not all(entry["NAME"].startswith(DATABASE) for entry in DATABASES.values()):
    raise Told(f"An exercise's database has a name that begins with {DATABASE}. Open the space with hemvag exercise.")

HEMVAG_KIND = "exercise"

INSTALLED_APPS = [*INSTALLED_APPS, "hemvag.config.exercise"]
MIDDLEWARE = [name for name in MIDDLEWARE if name != "hemvag.staff.sign_in.SecondFactor"]
ROOT_URLCONF = "hemvag.config.exercise.urls"
WSGI_APPLICATION = "hemvag.config.exercise.wsgi.application"
LOGIN_URL = "demo_choose"
SESSION_COOKIE_NAME = "exercise_session"  # cookies know no ports: the real ones on the same host stay as they are
CSRF_COOKIE_NAME = "exercise_csrf"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
CSRF_TRUSTED_ORIGINS = []
SECURE_HSTS_SECONDS = 0
SECURE_SSL_REDIRECT = False
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
