"""Keyed one-way seals.

A seal answers "is this click by the person who made it?" and never "who made it?". It is bound to
one thing (a draft, a vignette) by that thing's token and a salt of its own, so that equal people
leave unequal seals, and a table of seals says nothing without the key file.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

SALT_BYTES = 16


@dataclass(frozen=True)
class SealKeys:
    """Every seal key that may still be needed, by version; new seals take ``current``.

    Seal keys are never rotated while a seal of theirs lives: a lost version makes its seals mute.
    """

    keys: Mapping[int, bytes] = field(repr=False)
    current: int


@dataclass(frozen=True)
class Seal:
    """A salt of ``SALT_BYTES`` bytes, the 32-byte mark made with it, and the version of the key."""

    salt: bytes
    mark: bytes
    key_version: int


@dataclass(frozen=True)
class Stop:
    """A refusal to take anything more from whoever made ``seal`` about ``subject``, for a while.

    It keeps that seal alive until ``ends_at`` (aware UTC), also when its subject is gone.
    """

    subject: str
    seal: Seal
    ends_at: datetime


def _mark(key: bytes, *parts: bytes) -> bytes:
    # The length before each part: without it ("ab", "c") and ("a", "bc") would be one message.
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(key, message, hashlib.sha256).digest()


def seal(user: int, subject: str, salt: bytes, keys: SealKeys) -> Seal:
    """Seal ``user`` as the owner of ``subject``; ``salt`` is fresh randomness for this one seal."""
    if len(salt) != SALT_BYTES:
        message = f"a salt has {SALT_BYTES} bytes"
        raise ValueError(message)
    version = keys.current
    return Seal(salt, _mark(keys.keys[version], b"seal", salt, subject.encode(), str(user).encode()), version)


def opens(user: int, subject: str, sealed: Seal, keys: SealKeys) -> bool:
    """Whether ``user`` made this seal about ``subject``; False too where its key is gone."""
    key = keys.keys.get(sealed.key_version)
    if key is None:
        return False
    expected = _mark(key, b"seal", sealed.salt, subject.encode(), str(user).encode())
    return hmac.compare_digest(expected, sealed.mark)


def is_stopped(user: int, stops: Iterable[Stop], now: datetime, keys: SealKeys) -> bool:
    """Whether any stop that has not ended at ``now`` (aware UTC) is about something ``user`` made.

    Every stop is looked at whatever the answer, so that its timing tells nothing.
    """
    found = False
    for stop in stops:
        found |= opens(user, stop.subject, stop.seal, keys) and now < stop.ends_at
    return found


def mark_in_group(user: int, group: str, keys: SealKeys) -> bytes:
    """The keyed mark under which a group remembers that ``user`` accepted its charter.

    The same person has the same mark within one group and unlike ones in two groups. It is made
    with the oldest key, since seal keys outlive the memberships they mark.
    """
    return _mark(keys.keys[min(keys.keys)], b"member", group.encode(), str(user).encode())


def words_key(group: str, keys: SealKeys) -> bytes:
    """The key with which a group's lists of words are marked, another one for each group.

    Of the oldest seal key, as ``mark_in_group``, and for the same reason: a mark can't be made anew, since
    nobody has the word any more. The text key, which rotates, would make every list mute.
    """
    return _mark(keys.keys[min(keys.keys)], b"words", group.encode())
