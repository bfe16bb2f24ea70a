"""Texts in two languages without gettext's programs: `python -m hemvag.web.messages extract|compile|check`.

The source texts in templates and Python are Swedish; each room's `locale/en/LC_MESSAGES/django.po` holds its English.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HOUSE: Final = Path(__file__).parent.parent
PLACE: Final = Path("locale/en/LC_MESSAGES/django.po")
HEAD: Final = """msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
CONTEXT_FIRST: Final = frozenset({"pgettext", "npgettext"})
PLURAL: Final = frozenset({"ngettext", "npgettext"})
CALLS: Final = frozenset({"_", "gettext"}) | CONTEXT_FIRST | PLURAL
STRING: Final = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL: Final = re.compile(
    rf"\b(?:_|gettext|n?p?gettext)\(\s*{STRING}(?:\s*,\s*{STRING})*(?:\s*,\s*count)?\s*\)"
)


def rooms() -> list[Path]:
    """Return the folder of each app of the house that has files with texts."""
    folders = [*HOUSE.glob("*"), *HOUSE.glob("*/*")]
    return sorted(folder for folder in folders if _is_app(folder))


def extract(room: Path) -> Catalog:
    """Return every text of a room as an empty catalogue."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for source in _sources(room):
        where = source.relative_to(HOUSE.parent).as_posix()
        for line, name, texts in _calls(source):
            context = texts.pop(0) if name in CONTEXT_FIRST else None
            text = (texts[0], texts[1]) if name in PLURAL else texts[0]
            catalogue.add(text, locations=[(where, line)], context=context)
    return catalogue


def update(room: Path) -> None:
    """Write the room's catalogue anew: new texts empty, kept texts with their translation, gone texts gone."""
    fresh, kept = extract(room), _read(room)
    if not len(fresh):
        return
    for message in fresh:
        known = kept.get(message.id, message.context) if message.id else None
        if known and not known.fuzzy:
            message.string = known.string
    out = io.BytesIO()
    write_po(out, fresh, width=110, omit_header=True, sort_output=True)
    # A place names the file only: with line numbers every edit would touch the catalogue.
    body = re.sub(r"(?m)^#: .*$", lambda found: re.sub(r":\d+", "", found[0]), out.getvalue().decode())
    body = re.sub(r"(?m)^#: (.*)$", lambda found: "#: " + " ".join(dict.fromkeys(found[1].split())), body)
    target = room / PLACE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(HEAD + body.strip() + "\n", encoding="utf-8")


def compile_catalogues() -> int:
    """Write each stale or missing .mo file, and return how many were written."""
    written = 0
    for source in sorted(HOUSE.glob(f"**/{PLACE.as_posix()}")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as read:
            catalogue = read_po(read, locale="en", charset="utf-8")
        part = target.with_suffix(".mo.part")
        with part.open("wb") as out:
            write_mo(out, catalogue)
        part.replace(target)
        written += 1
    return written


def faults(room: Path) -> Iterator[str]:
    """Yield what is wrong with the room's English: missing, left over, untranslated, unsure, broken placeholders."""
    fresh, kept = extract(room), _read(room)
    for message in fresh:
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        if known is None:
            yield f"{room.name}: missing: {_first(message)!r}"
        elif known.fuzzy or not all(_strings(known)):
            yield f"{room.name}: untranslated: {_first(message)!r}"
        else:
            yield from (f"{room.name}: {error}: {_first(message)!r}" for error in known.check(kept))
    for message in kept:
        if message.id and fresh.get(message.id, message.context) is None:
            yield f"{room.name}: no longer used: {_first(message)!r}"


def main(arguments: list[str]) -> int:
    """Run one of the three commands; `extract` and `check` take names of rooms, else do all."""
    command, names = (arguments or [""])[0], set(arguments[1:])
    chosen = [room for room in rooms() if not names or room.name in names]
    if command == "extract":
        for room in chosen:
            update(room)
        return 0
    if command == "compile":
        compile_catalogues()
        return 0
    if command == "check":
        found = [fault for room in chosen for fault in faults(room)]
        sys.stdout.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    sys.stderr.write("Usage: python -m hemvag.web.messages extract|compile|check [room …]\n")
    return 2


def _is_app(folder: Path) -> bool:
    return (folder / "apps.py").exists() or (folder / "templates").is_dir()


def _sources(room: Path) -> Iterator[Path]:
    """Yield the room's templates and Python files, without those of an app inside it."""
    inner = [folder for folder in room.glob("*") if _is_app(folder)]
    for pattern in ("**/*.html", "**/*.txt", "**/*.py"):
        for path in sorted(room.glob(pattern)):
            if "migrations" not in path.parts and not any(path.is_relative_to(other) for other in inner):
                yield path


def _calls(source: Path) -> Iterator[tuple[int, str, list[str]]]:
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".py":
        yield from _python_calls(ast.parse(text), 0)
        return
    shown = templatize(text)
    for found in TEMPLATE_CALL.finditer(shown):
        yield from _python_calls(ast.parse(found[0].strip()), shown.count("\n", 0, found.start()))


def _python_calls(tree: ast.AST, before: int) -> Iterator[tuple[int, str, list[str]]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        name = called.removesuffix("_lazy")
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in CALLS and texts:
            yield before + node.lineno, name, texts


def _read(room: Path) -> Catalog:
    source = room / PLACE
    if not source.exists():
        return Catalog(locale="en", charset="utf-8")
    with source.open("rb") as read:
        return read_po(read, locale="en", charset="utf-8")


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
