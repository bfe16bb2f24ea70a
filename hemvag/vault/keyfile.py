"""Where the key-encryption secret comes from, and when the program must refuse to start."""

import base64
import stat
from pathlib import Path

from hemvag.vault import box


class UnsafeKey(Exception):
    """The key-encryption secret is missing, readable by others, or kept beside the data that it protects."""


def parse(text: str) -> bytes:
    """Return the secret from its base64 text. Raises UnsafeKey when it is not 32 bytes or more."""
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise UnsafeKey("The key-encryption secret is not base64.") from error
    if len(secret) < box.KEY_BYTES:
        raise UnsafeKey("The key-encryption secret is shorter than 32 bytes.")
    return secret


def read(path: Path, *, data: Path | None) -> bytes:
    """Return the secret in `path`. Raises UnsafeKey when others may read it or it lies under `data`.

    `data` is None in the demo, whose key protects invented people only.
    """
    if not path.is_file():
        raise UnsafeKey(f"There is no key file at {path}.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeKey(f"Others may read the key file {path}: run chmod 600 on it.")
    if data is not None and path.resolve().is_relative_to(data.resolve()):
        raise UnsafeKey(f"The key file {path} lies under the data directory {data}: one stolen disk would hold both.")
    return parse(path.read_text())


def make(path: Path) -> None:
    """Write a new secret to `path`, readable by its owner only. An existing file is never overwritten."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(base64.b64encode(box.new_key()).decode() + "\n")
