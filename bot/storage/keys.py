"""The key file: what opens the database, and what makes the seals.

It lies beside the database, so that both are found, and is backed up apart from it, so that neither
alone is of use to anyone.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.aliases import SealKeys
from bot.storage.files import keep_private, locked, make_private_folder, write_private
from bot.storage.problems import KeyProblem

KEY_FILE: Final = "keys.json"
DATABASE_FILE: Final = "sixfold.db"
KEY_BYTES: Final = 32
KEY_IDS: Final = 256


@dataclass(frozen=True)
class Keys:
    """Keys of one kind by number (0 to 255, ``KEY_BYTES`` bytes each). New work takes ``current``.

    Not shown in a repr, so that no traceback or log carries one.
    """

    current: int
    keys: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", MappingProxyType(dict(self.keys)))


@dataclass(frozen=True)
class KeyRing:
    """All keys of one installation, as read from ``path``; ``created`` if they were made just now."""

    path: Path
    text: Keys
    seal: Keys
    created: bool = field(default=False, compare=False)

    @property
    def seal_keys(self) -> SealKeys:
        """The seal keys in the shape that ``bot.aliases`` takes."""
        return SealKeys(self.seal.keys, self.seal.current)


def open_keys(folder: Path, database: Path | None = None) -> KeyRing:
    """Read the key file in ``folder``, or make both, for their owner alone, if this is the first run.

    ``database`` (``DATABASE_FILE`` in ``folder`` unless given) tells a first run from a lost key file:
    if it is there and the key file is not, nothing is made. Raises KeyProblem.
    """
    path = folder / KEY_FILE
    database = database or folder / DATABASE_FILE
    try:
        if not folder.exists() and database.exists():
            raise KeyProblem("lost", path)
        make_private_folder(folder)
        with locked(folder):
            if path.exists() or path.is_symlink():
                return _read(path)
            if database.exists():
                raise KeyProblem("lost", path)
            ring = KeyRing(path, _first(), _first(), created=True)
            _write(ring)
            return ring
    except OSError as error:
        raise KeyProblem("unwritable", path) from error


def rotate_text_key(ring: KeyRing) -> KeyRing:
    """Add a fresh text key to the key file and make it the current one; the older ones stay.

    ``reseal`` then moves the stored text to it. Raises KeyProblem, and then the old file stands.
    """
    # Onwards from the current number, so that a retired one comes back as late as can be.
    onwards = (number % KEY_IDS for number in range(ring.text.current + 1, ring.text.current + KEY_IDS))
    number = next((number for number in onwards if number not in ring.text.keys), None)
    if number is None:
        raise KeyProblem("used-up", ring.path)
    return _replace(ring, Keys(number, {**ring.text.keys, number: secrets.token_bytes(KEY_BYTES)}))


def retire_text_keys(ring: KeyRing) -> KeyRing:
    """Drop all text keys but the current one from the key file. Only after ``reseal`` has come to its end.

    What is still under an older key, an old backup too, can't be read any more. Raises KeyProblem.
    """
    current = ring.text.current
    return _replace(ring, Keys(current, {current: ring.text.keys[current]}))


def same_keys(one: Keys, other: Keys) -> bool:
    """Whether every key of ``one`` is in ``other`` under the same number."""
    return all(hmac.compare_digest(key, other.keys.get(number, b"")) for number, key in one.keys.items())


class _KeysOnDisk(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    current: int
    keys: dict[str, str] = Field(min_length=1, max_length=KEY_IDS)


class _KeyFile(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    format: Literal[1]
    text: _KeysOnDisk
    seal: _KeysOnDisk


def _first() -> Keys:
    return Keys(1, {1: secrets.token_bytes(KEY_BYTES)})


def _read(path: Path) -> KeyRing:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KeyProblem("unreadable", path) from error
    keep_private(path)
    try:
        file = _KeyFile.model_validate_json(content)
    except ValidationError:
        file = None
    # Raised out here, so that nothing that quotes the file is attached as the context.
    if file is None:
        raise KeyProblem("malformed", path)
    return KeyRing(path, _parse(file.text, path), _parse(file.seal, path))


def _parse(disk: _KeysOnDisk, path: Path) -> Keys:
    numbers = {str(number): number for number in range(KEY_IDS)}
    keys: dict[int, bytes] = {}
    for name, text in disk.keys.items():
        if name not in numbers:
            raise KeyProblem("malformed", path)
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            key = None
        if key is None:
            raise KeyProblem("malformed", path)
        if len(key) != KEY_BYTES:
            raise KeyProblem("wrong-length", path)
        keys[numbers[name]] = key
    if disk.current not in keys:
        raise KeyProblem("malformed", path)
    return Keys(disk.current, keys)


def _replace(ring: KeyRing, text: Keys) -> KeyRing:
    changed = replace(ring, text=text, created=False)
    try:
        with locked(ring.path.parent):
            if _read(ring.path) != ring:
                raise KeyProblem("changed", ring.path)
            _write(changed)
    except OSError as error:
        raise KeyProblem("unwritable", ring.path) from error
    return changed


def _write(ring: KeyRing) -> None:
    def on_disk(keys: Keys) -> _KeysOnDisk:
        encoded = {str(number): base64.b64encode(key).decode() for number, key in sorted(keys.keys.items())}
        return _KeysOnDisk(current=keys.current, keys=encoded)

    file = _KeyFile(format=1, text=on_disk(ring.text), seal=on_disk(ring.seal))
    write_private(ring.path, f"{file.model_dump_json(indent=2)}\n".encode())
