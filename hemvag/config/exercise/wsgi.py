"""The staff door of an exercise's space. Refuses a database that was not made as an exercise's."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "hemvag.config.exercise.settings"

from django.core.wsgi import get_wsgi_application

from hemvag.config import start

application = get_wsgi_application()
start.check()
start.settle()
