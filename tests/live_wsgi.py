"""The demo's door at a chosen hour: the server's clock runs as ever, moved by HEMVAG_TEST_CLOCK_MOVED seconds."""

import datetime as dt
import os

import time_machine

_MOVED = dt.timedelta(seconds=float(os.environ["HEMVAG_TEST_CLOCK_MOVED"]))
time_machine.travel(dt.datetime.now(dt.UTC) + _MOVED, tick=True).start()

from hemvag.config.demo.wsgi import application

__all__ = ["application"]
