"""The door at a chosen hour, the demo's or the real one: its clock is moved by HEMVAG_TEST_CLOCK_MOVED seconds."""

import datetime as dt
import importlib
import os

import time_machine

_MOVED = dt.timedelta(seconds=float(os.environ["HEMVAG_TEST_CLOCK_MOVED"]))
time_machine.travel(dt.datetime.now(dt.UTC) + _MOVED, tick=True).start()

wsgi = importlib.import_module(
    "hemvag.config.demo.wsgi" if "demo" in os.environ["DJANGO_SETTINGS_MODULE"] else "hemvag.config.wsgi"
)
application = wsgi.application
