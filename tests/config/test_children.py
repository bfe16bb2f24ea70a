"""The processes that serve end together, and with the one that started them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from hemvag.config.children import Child, stop, watch

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = """
import os, sys, time
from hemvag.config.children import Child
child = Child([sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""


def test_a_needed_child_that_ends_ends_the_watch() -> None:
    others = Child(SLEEPER, os.environ)
    needed = Child([sys.executable, "-c", "raise SystemExit(3)"], os.environ)
    others.start()
    needed.start()
    try:
        assert watch([others, needed]) == 3
    finally:
        stop([others, needed])
    assert others.status() is not None


def test_children_end_with_a_parent_that_was_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 10
    while _lives(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except FileNotFoundError:
        return False
