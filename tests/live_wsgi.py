"""The door of any kind at a chosen hour: its clock is moved by HEMVAG_TEST_CLOCK_MOVED seconds."""

import datetime as dt
import importlib
import os

import time_machine

_MOVED = dt.timedelta(seconds=float(os.environ["HEMVAG_TEST_CLOCK_MOVED"]))
time_machine.travel(dt.datetime.now(dt.UTC) + _MOVED, tick=True).start()

_SETTINGS = os.environ["DJANGO_SETTINGS_MODULE"]
_OWN = [kind for kind in ("demo", "exercise") if f".{kind}." in _SETTINGS]
wsgi = importlib.import_module(f"hemvag.config.{_OWN[0]}.wsgi" if _OWN else "hemvag.config.wsgi")
application = wsgi.application
