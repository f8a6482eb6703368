"""Randomness, handed in."""

import secrets
from typing import Protocol

TOKEN_CHARACTERS = 16


class Chance(Protocol):
    """Where tokens and salts come from. Tests hand in one that repeats."""

    def token(self) -> str:
        """A fresh public token: ``TOKEN_CHARACTERS`` lower-case hexadecimal digits."""
        ...

    def salt(self, size: int) -> bytes:
        """``size`` fresh random bytes."""
        ...


class SystemChance:
    """Randomness that nobody can predict."""

    def token(self) -> str:
        """As the protocol says."""
        return secrets.token_hex(TOKEN_CHARACTERS // 2)

    def salt(self, size: int) -> bytes:
        """As the protocol says."""
        return secrets.token_bytes(size)
