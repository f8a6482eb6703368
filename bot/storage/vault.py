"""Encryption of stored text, and the check that a key file belongs to a database.

AES-256-GCM (NIST SP 800-38D) with random nonces of 96 bits, as `cryptography` provides it. A stored value
is one byte of key number, the nonce, then ciphertext and tag. It is bound to its column and row: moved to
another one it does not open. The 2^32 values that one key may seal with random nonces are out of reach
of a bot that writes a few a second at most.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.storage.keys import KeyRing, same_keys
from bot.storage.problems import KeyProblem
from bot.storage.tables import SEALED

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
CHECK_COLUMN: Final = "key_check.value"
CHECK_TEXT: Final = b"Sixfold opens this with the right key."

_COLUMNS: Final = frozenset({CHECK_COLUMN, *map(str, SEALED)})


class VaultError(Exception):
    """A stored value could not be opened. The message names its column and nothing else."""


class WrongKey(VaultError):
    """The key that sealed this value is not in the key file."""


class Tampered(VaultError):
    """The value is not what was sealed for this column and row under this key."""


class Vault:
    """Seals text for one column of one row, and opens it there and nowhere else.

    A column is named as ``"sessions.document"``; only those in ``tables.SEALED`` are taken, since
    those are what a key rotation goes through. ``token`` is the random key of the row.
    """

    def __init__(self, ring: KeyRing) -> None:
        self.adopt(ring)

    @property
    def ring(self) -> KeyRing:
        """The keys now in use."""
        return self._ring

    def adopt(self, ring: KeyRing) -> None:
        """Use ``ring`` from now on, for everyone who holds this vault."""
        self._ring = ring
        self._ciphers = {number: AESGCM(key) for number, key in ring.text.keys.items()}

    def seal(self, column: str, token: str, plain: bytes | str) -> bytes:
        """Encrypt ``plain`` (text as UTF-8) with the current text key. The same text never looks the same."""
        bound = _bound(column, token)
        number = self._ring.text.current
        nonce = secrets.token_bytes(NONCE_BYTES)
        data = plain.encode() if isinstance(plain, str) else plain
        return bytes([number]) + nonce + self._ciphers[number].encrypt(nonce, data, bound)

    def open(self, column: str, token: str, sealed: bytes) -> bytes:
        """Return what was sealed for this column and token. Raises WrongKey or Tampered."""
        bound = _bound(column, token)
        if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
            raise Tampered(column)
        cipher = self._ciphers.get(sealed[0])
        if cipher is None:
            raise WrongKey(column)
        try:
            return cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], bound)
        except InvalidTag:
            raise Tampered(column) from None

    def open_text(self, column: str, token: str, sealed: bytes) -> str:
        """Return the text that was sealed for this column and token. Raises WrongKey or Tampered."""
        return self.open(column, token, sealed).decode()


class KeyCheck(NamedTuple):
    """One row of ``key_check``: proof that a key belongs to this database. It does not hold the key."""

    kind: Literal["text", "seal"]
    number: int
    value: bytes


def missing_checks(rows: Iterable[tuple[str, int, bytes]], ring: KeyRing) -> list[KeyCheck]:
    """Compare the rows of ``key_check`` with ``ring`` and return those to be added for its current keys.

    A row says that something in this database may need this key. Raises KeyProblem: ``wrong-file`` if a
    key is another one than the database knows, ``outdated`` if the rest is right and a key is absent.
    """
    vault = Vault(ring)
    absent = False
    wrong = False
    seen: set[tuple[str, int]] = set()
    for kind, number, value in rows:
        seen.add((kind, number))
        if kind == "seal":
            key = ring.seal.keys.get(number)
            absent |= key is None
            wrong |= key is not None and not hmac.compare_digest(_fingerprint(number, key), value)
        else:
            try:
                wrong |= vault.open(CHECK_COLUMN, f"text:{number}", value) != CHECK_TEXT
            except WrongKey:
                absent = True
            except Tampered:
                wrong = True
    if wrong or (absent and not _any_right(seen, ring)):
        raise KeyProblem("wrong-file", ring.path)
    if absent:
        raise KeyProblem("outdated", ring.path)
    text, seal = ring.text.current, ring.seal.current
    current = [
        KeyCheck("text", text, vault.seal(CHECK_COLUMN, f"text:{text}", CHECK_TEXT)),
        KeyCheck("seal", seal, _fingerprint(seal, ring.seal.keys[seal])),
    ]
    return [row for row in current if (row.kind, row.number) not in seen]


def extends(ring: KeyRing, old: KeyRing) -> bool:
    """Whether ``ring`` opens all that ``old`` opens, and makes and knows the same seals."""
    return (
        same_keys(old.text, ring.text)
        and same_keys(old.seal, ring.seal)
        and ring.seal.current == old.seal.current
    )


def _any_right(seen: set[tuple[str, int]], ring: KeyRing) -> bool:
    return any(number in (ring.seal if kind == "seal" else ring.text).keys for kind, number in seen)


def _fingerprint(number: int, key: bytes) -> bytes:
    return hmac.new(key, f"{CHECK_COLUMN}:seal:{number}".encode(), hashlib.sha256).digest()


def _bound(column: str, token: str) -> bytes:
    if column not in _COLUMNS or not token:
        message = f"not a sealed column, or no token: {column}"
        raise ValueError(message)
    return f"{column}:{token}".encode()
