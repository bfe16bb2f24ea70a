"""The staff door, for a municipality's own server. Refuses a demo database."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")

from django.core.wsgi import get_wsgi_application

from hemvag.config import start

application = get_wsgi_application()
start.check()
start.settle()
