"""The demo's staff door. Refuses a database that was not made as a demo."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "hemvag.config.demo.settings"

from django.core.wsgi import get_wsgi_application

from hemvag.config import start

application = get_wsgi_application()
start.check()
start.settle()
