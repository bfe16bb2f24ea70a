"""Where the key-encryption secrets come from, and when the program must refuse to start.

A key file is one secret in base64, or words of the form `NUMBER:SECRET`, the highest number being the present one, and
`NUMBER/PURPOSE/CONTEXT:KEY` for a key that is kept of a secret that is gone. A line that begins with # says nothing.
"""

import base64
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hemvag.vault import box
from hemvag.vault.keyring import FIRST, Kept

_WORD: Final = re.compile(r"(?P<number>[1-9]\d{0,3})(?:/(?P<purpose>[a-z_-]+)/(?P<context>(?:[0-9a-f]{2})*))?")


class UnsafeKey(Exception):
    """The key-encryption secret is missing, readable by others, or kept beside the data that it protects."""


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What a key file holds: secrets by generation, and keys kept of generations that are gone. Never printed."""

    secrets: Mapping[int, bytes] = field(repr=False)
    kept: Kept = field(default_factory=dict, repr=False)


def parse(text: str) -> Secrets:
    """Return the secrets from their text. Raises UnsafeKey when one is not base64 or not 32 bytes or more."""
    words = [word for line in text.splitlines() if not line.lstrip().startswith("#") for word in line.split()]
    if len(words) == 1 and ":" not in words[0]:
        return Secrets(secrets={FIRST: _decoded(words[0])})
    secrets: dict[int, bytes] = {}
    kept: dict[tuple[int, str, bytes], bytes] = {}
    for word in words:
        name, _, code = word.partition(":")
        found = _WORD.fullmatch(name)
        if not found:
            raise UnsafeKey("The key-encryption secrets are not of the form NUMBER:SECRET.")
        number, key = int(found["number"]), _decoded(code)
        if found["purpose"]:
            kept[number, found["purpose"].replace("_", " "), bytes.fromhex(found["context"])] = key
        elif number in secrets:
            raise UnsafeKey(f"Two key-encryption secrets have the number {number}.")
        else:
            secrets[number] = key
    if not secrets:
        raise UnsafeKey("There is no key-encryption secret.")
    return Secrets(secrets=secrets, kept=kept)


class TwoAlready(Exception):
    """An older secret is held still: it is taken away before another new one is made."""


def with_new(held: Secrets) -> Secrets:
    """Return what is held with a new secret, the present one from now on. Raises TwoAlready."""
    if len(held.secrets) > 1:
        raise TwoAlready
    numbers = [*held.secrets, *(number for number, _, _ in held.kept)]
    return Secrets(secrets={**held.secrets, max(numbers) + 1: box.new_key()}, kept=held.kept)


def written(held: Secrets) -> str:
    """Return the text of a key file that holds this. Raises UnsafeKey rather than give one that cannot be read back."""
    lines = [f"{number}:{_encoded(secret)}" for number, secret in sorted(held.secrets.items(), reverse=True)]
    for (number, purpose, context), key in sorted(held.kept.items()):
        lines.append(f"{number}/{purpose.replace(' ', '_')}/{context.hex()}:{_encoded(key)}")
    text = "\n".join(lines) + "\n"
    if parse(text) != held:
        raise UnsafeKey("What the key file should hold cannot be written so that it is read back.")
    return text


def read(path: Path, *, data: Path | None) -> Secrets:
    """Return the secrets in `path`. Raises UnsafeKey when others may read or replace it, or when it lies under `data`.

    `data` is None in the demo and in an exercise, whose keys protect invented people only.
    """
    if not path.is_file():
        raise UnsafeKey(f"There is no key file at {path}.")
    place = path.resolve()
    if place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeKey(f"Others may read the key file {path}: run chmod 600 on it.")
    if data is not None:
        if under := _under(path, data.resolve()):
            raise UnsafeKey(
                f"The key file {under} lies under the data directory {data}: one stolen disk would hold both."
            )
        for directory in {path.absolute().parent, place.parent}:
            _demand_that_none_replaces(directory)
    return parse(place.read_text(encoding="utf-8"))


def make(path: Path) -> None:
    """Write a new secret to `path`, readable by its owner only. An existing file is never overwritten."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(_encoded(box.new_key()) + "\n", encoding="utf-8")


def replace(path: Path, held: Secrets) -> None:
    """Put `held` in the key file's place, whole or not at all; a reader at the same moment sees the old or the new."""
    place = path.resolve()
    new = place.with_name(f".{place.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        before = place.stat()
        if os.geteuid() == 0:
            os.fchown(handle, before.st_uid, before.st_gid)
        file.write(written(held))
        file.flush()
        os.fsync(handle)
    new.replace(place)
    directory = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _under(path: Path, data: Path) -> Path | None:
    """Return the file or the link that lies under the data, if one does: a link there tells a thief where to look."""
    return next((place for place in (path.absolute(), path.resolve()) if place.is_relative_to(data)), None)


def _demand_that_none_replaces(directory: Path) -> None:
    """Raise UnsafeKey where another account could put another file, or another directory, in the key file's place."""
    for place in (directory, *directory.parents):
        found = place.stat()
        if found.st_uid not in {0, os.geteuid()}:
            raise UnsafeKey(f"Another account owns {place}, and so may replace the key file in it.")
        if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX:
            raise UnsafeKey(f"Others may replace the key file: run chmod go-w on {place}.")


def _decoded(code: str) -> bytes:
    try:
        secret = base64.b64decode(code.strip(), validate=True)
    except ValueError as error:
        raise UnsafeKey("A key-encryption secret is not base64.") from error
    if len(secret) < box.KEY_BYTES:
        raise UnsafeKey("A key-encryption secret is shorter than 32 bytes.")
    return secret


def _encoded(secret: bytes) -> str:
    return base64.b64encode(secret).decode()
