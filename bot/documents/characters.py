"""Which characters can be printed, and what becomes of the others."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from typing import Final

LEFT_OUT: Final = "[…]"
"""Stands where characters could not be drawn: visible, and not a box."""

_NEWLINES: Final = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_EMPTY_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_RUN_OF_LEFT_OUT: Final = re.compile(re.escape(LEFT_OUT) + r"(?:\s*" + re.escape(LEFT_OUT) + r")+")
_UNBROKEN: Final = re.compile(r"\S{37,}")
_PIECE: Final = 24
_BREAK_HERE: Final = "\u200b"

# https://learn.microsoft.com/typography/opentype/spec/cmap
_SEGMENTS: Final = 4
_GROUPS: Final = 12


def clean(text: str) -> str:
    r"""Return the text without what could hide or reorder it.

    Bidirectional controls, control characters and halves of surrogate pairs go; every kind of line end
    becomes "\n", the only control left, and a tab a space.
    """
    text = _NEWLINES.sub("\n", text).replace("\t", " ")
    return "".join(
        character
        for character in text
        if character == "\n"
        or (character not in _DIRECTIONS and unicodedata.category(character) not in {"Cc", "Cs"})
    )


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a clean text: parted by empty lines, single line ends kept, none empty."""
    return [part for part in (_trimmed(part) for part in _EMPTY_LINES.split(text)) if part]


def _trimmed(paragraph: str) -> str:
    return "\n".join(line.strip() for line in paragraph.strip().split("\n"))


def characters_of(font: bytes) -> frozenset[str]:
    """Return the characters that an OpenType font maps to a glyph.

    Reads subtables of formats 4 and 12, which between them every current font with Unicode text has.
    Raises ValueError for bytes that are no such font.
    """
    try:
        start = _table(font, b"cmap")
        (count,) = struct.unpack_from(">H", font, start + 2)
        found: set[int] = set()
        for number in range(count):
            platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * number)
            if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}:
                found.update(_mapped(font, start + offset))
    except struct.error:
        raise ValueError("the font ends in the middle of its character map") from None
    return frozenset(map(chr, found))


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError("the font has no character map")


def _mapped(font: bytes, at: int) -> Iterator[int]:
    (layout,) = struct.unpack_from(">H", font, at)
    if layout == _GROUPS:
        (count,) = struct.unpack_from(">I", font, at + 12)
        for number in range(count):
            first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
            yield from (code for code in range(first, last + 1) if glyph + code - first)
    elif layout == _SEGMENTS:
        yield from _segments(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    ends, starts = at + 14, at + 16 + doubled
    deltas, offsets = starts + doubled, starts + 2 * doubled
    for place in range(0, doubled, 2):
        (last,) = struct.unpack_from(">H", font, ends + place)
        (first,) = struct.unpack_from(">H", font, starts + place)
        (delta,) = struct.unpack_from(">H", font, deltas + place)
        (offset,) = struct.unpack_from(">H", font, offsets + place)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets + place + offset + 2 * (code - first))
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield code


class Alphabet:
    """The characters that a set of fonts can draw, and the spelling of any text in them."""

    def __init__(self, drawable: frozenset[str]) -> None:
        self._drawable = drawable | {"\n", " "}

    def undrawable(self, text: str) -> frozenset[str]:
        """Return the visible characters of the text that would be left out."""
        return frozenset(character for character in _visible(text) if character not in self._drawable)

    def spell(self, text: str) -> str:
        """Return the text as it can be printed: clean, composed, with LEFT_OUT for what has no glyph.

        Neighbouring characters without a glyph become one LEFT_OUT. Very long words may break.
        """
        spelled = "".join(
            character if character in self._drawable else LEFT_OUT for character in _visible(text)
        )
        spelled = _RUN_OF_LEFT_OUT.sub(LEFT_OUT, spelled)
        return _UNBROKEN.sub(_breakable, spelled)


def _visible(text: str) -> str:
    """Compose letters with their marks and drop what only steers how neighbours join."""
    kept = (
        " " if unicodedata.category(character) == "Zs" and character not in "\u00a0\u202f" else character
        for character in unicodedata.normalize("NFC", clean(text))
        if character not in _INVISIBLE and not _is_variation(character)
    )
    return "".join(kept)


def _is_variation(character: str) -> bool:
    # Selectors, tags and the like change the look of the character before them and have none themselves.
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0000" <= character <= "\U000e0fff"


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return _BREAK_HERE.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
