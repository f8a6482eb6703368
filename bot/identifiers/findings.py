"""What the review of a text reports."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "link", "mention", "file"]
Severity = Literal["block", "warn"]


@dataclass(frozen=True, order=True)
class Finding:
    """A span of a text, ``start`` to ``end`` in characters of the text as given.

    ``kind`` also names the sentence in ``prompts/`` that says why (``finding-<kind>``).
    """

    start: int
    end: int
    kind: Kind
    severity: Severity
