"""Draw a PDF with typst: the one place that does, so that no paper leaves an exercise without saying what it is."""

import json
import re
from typing import Final

import typst
from django.conf import settings

_TITLE: Final = re.compile(rb"(#set document\(\s*title: )")
_MARK: Final = """
#set page(
  background: rotate(-35deg, text(size: 90pt, weight: "bold", fill: luma(225))[ÖVNING]),
  foreground: place(top + center, dy: 8mm, text(size: 11pt, weight: "bold")[ÖVNING – påhittade personer]),
)
""".encode()


def pdf(template: bytes, **inputs: object) -> bytes:
    """Return the PDF that a template draws of `inputs`, which it reads as JSON from `sys.inputs`.

    Words come in as data and are set as text, never read as markup. Nothing of the machine's own is read: fonts come
    with Hemväg. In an exercise each page and the title say so.
    """
    if settings.HEMVAG_KIND == "exercise":
        template = _MARK + _TITLE.sub('\\1"ÖVNING · " + '.encode(), template)
    words = {name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()}
    made: bytes = typst.compile(template, format="pdf", sys_inputs=words)
    return made
