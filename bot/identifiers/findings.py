"""What the review of a text reports."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "person",
    "place",
    "organisation",
    "date",
    "age",
    "contact",
    "id",
    "handle",
    "profession",
    "family",
]
Severity = Literal["block", "warn"]


NAMING: Final[frozenset[Kind]] = frozenset({"person", "place", "organisation"})
"""The kinds that are told by a name."""


@dataclass(frozen=True, order=True)
class Suggestion:
    """What could stand there instead: ``key`` of a sentence in ``prompts/``, and what it names."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, order=True)
class Finding:
    """A span of a text, ``start`` to ``end`` in characters of the text as given.

    ``why`` is the key of the sentence that says why it was found. A finding that blocks must be changed, or
    be marked as no identifier, before the text goes on; one that warns may stay.
    """

    start: int
    end: int
    kind: Kind
    severity: Severity
    why: str
    suggestion: Suggestion


@dataclass(frozen=True, order=True)
class Span:
    """What one rule found: ``start`` to ``end`` in characters of the folded text."""

    start: int
    end: int
    kind: Kind
    severity: Severity
    why: str
