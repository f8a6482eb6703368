"""Rules for every text a person reads, whichever file it stands in."""

import re
import unicodedata

_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\ufeff\u2028\u2029")
_UNPRINTABLE_CATEGORIES = frozenset({"Cc", "Cn", "Co", "Cs"})

_MENTION = re.compile(r"@\w|<[@#][!&]?\d")
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://|\bwww\.|\b[a-z0-9-]+\.(?:app|co|com|de|dev|eu|gg|info|io|net|org|uk)\b",
    re.IGNORECASE,
)


def count_words(text: str) -> int:
    """Count the words of a text the way a reader would.

    A word is a run without white space that holds at least one letter or digit, so a dash standing
    alone counts nothing and "half-hour" counts one.
    """
    return sum(any(character.isalnum() for character in run) for run in text.split())


def fault(text: str, *, lines: bool = False) -> str | None:
    """Say what to change in a text, or None if it may be shown as it stands.

    Refused are control, bidirectional and private-use characters, anything Discord could turn into
    a mention, and web addresses. Line breaks are allowed only where ``lines`` is true.
    """
    for position, character in enumerate(text, start=1):
        if character == "\n":
            if lines:
                continue
            return "Write this on one line."
        if character in _BIDIRECTIONAL:
            return (
                f"Take out the character U+{ord(character):04X} at position {position}; "
                "it can turn the direction of the text."
            )
        if character in _INVISIBLE or unicodedata.category(character) in _UNPRINTABLE_CATEGORIES:
            return (
                f"Take out the character U+{ord(character):04X} at position {position}; it cannot be shown."
            )
    if found := _MENTION.search(text):
        return f"Write this without “{found.group()}”; Discord could turn it into a mention."
    if found := _ADDRESS.search(text):
        return f"Write this without a web address (“{found.group()}”); say in words where to look."
    return None
