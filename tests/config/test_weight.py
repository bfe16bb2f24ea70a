"""What a process of the staff door carries with it in memory."""

import os
import subprocess
import sys

LOADED = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"scipy", "numpy"}))
"""


def test_no_page_brings_scipy_which_weighs_80_megabytes() -> None:
    """The estimate is worked out in a job; the pages read counts, and numpy is enough for them."""
    asked = subprocess.run(
        [sys.executable, "-c", LOADED], env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == ["numpy"]
