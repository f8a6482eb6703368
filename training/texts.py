"""The texts that the reader learns from and is measured with, and their form.

A file of texts holds many: a line ``=== id | tags``, then the text, in which ``[[KIND:words]]`` marks what
identifies somebody. SAFE marks what looks so and points to nobody, NEUTRAL what counts neither way.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = (
    "PERSON",
    "PLACE",
    "ORG",
    "DATE",
    "AGE",
    "CONTACT",
    "HANDLE",
    "ID",
    "PROFESSION",
    "FAMILY",
)
_MARK = re.compile(rf"\[\[({'|'.join(KINDS)}|SAFE|NEUTRAL):(.*?)\]\]", re.DOTALL)
_HEADER = re.compile(r"^=== ", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text and what it is marked as; None for what is not marked."""

    text: str
    kind: str | None


@dataclass(frozen=True)
class MarkedText:
    """One text, in the pieces of which it is made."""

    id: str
    tags: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The text as it was typed."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def clean(self) -> bool:
        """Whether nothing in it identifies anybody."""
        return "clean" in self.tags

    def as_gold(self) -> dict[str, Any]:
        """The text with its spans, in the form that the score reads."""
        spans: dict[str, list[dict[str, Any]]] = {"spans": [], "safe_spans": [], "neutral_spans": []}
        start = 0
        for piece in self.pieces:
            end = start + len(piece.text)
            if piece.kind is not None:
                group = {"SAFE": "safe_spans", "NEUTRAL": "neutral_spans"}.get(piece.kind, "spans")
                spans[group].append({"start": start, "end": end, "text": piece.text, "type": piece.kind})
            start = end
        return {"id": self.id, "text": self.text, "lang": "en", "clean": self.clean, **spans}


def read(path: Path) -> list[MarkedText]:
    """The texts of the file at ``path``. ValueError where a mark is left open."""
    texts: list[MarkedText] = []
    for block in _HEADER.split(path.read_text(encoding="utf-8"))[1:]:
        header, _, body = block.partition("\n")
        name, _, tags = header.partition("|")
        pieces: list[Piece] = []
        body, last = body.strip(), 0
        for mark in _MARK.finditer(body):
            pieces += [Piece(body[last : mark.start()], None), Piece(mark.group(2), mark.group(1))]
            last = mark.end()
        pieces.append(Piece(body[last:], None))
        text = MarkedText(name.strip(), tuple(tag.strip() for tag in tags.split(",")), tuple(pieces))
        if "[[" in text.text or "]]" in text.text:
            raise ValueError(f"{path.name}, {text.id}: a mark is left open")
        texts.append(text)
    return texts
