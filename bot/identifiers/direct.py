"""Direct identifiers: what points at a person, an account or a document by itself."""

import re
import unicodedata
from collections.abc import Iterator

import phonenumbers

from bot.identifiers.findings import Finding, Kind

_EMAIL = re.compile(
    r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+", re.IGNORECASE
)
_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:)\d{15,21}>|(?<![\w@])@[\w.]{2,32}\b")
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S+"
    r"|\bwww\.\S+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|info|io|app|gg|me|uk|ie|de|at|ch|nl|be|fr|es|it|dk|se|no|fi|pl|au|nz|ca|us|eu)"
    r"(?:/\S*)?(?![\w@])",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"(?<!\S)[\w()+-][\w .()+-]{0,80}\."
    r"(?:pdf|docx?|odt|rtf|pages|xlsx?|csv|txt|jpe?g|png|gif|heic|webp|mp[34]|m4a|ogg|wav|mov|zip)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?\(?\d(?:[ \u00a0().\-/]{0,3}\d){8,14}")
# A number is tried as each of these would dial it; a number with a country code needs none of them.
_REGIONS = (
    "GB",
    "IE",
    "US",
    "AU",
    "NZ",
    "DE",
    "AT",
    "CH",
    "NL",
    "BE",
    "FR",
    "ES",
    "IT",
    "DK",
    "SE",
    "NO",
    "FI",
    "PL",
)


def find_direct(text: str) -> tuple[Finding, ...]:
    """E-mail addresses, phone numbers, links, mentions and file names in ``text``, in order.

    Each blocks. Offsets are characters of ``text`` as given; where spans overlap, the one that
    begins first stands, and of those the longest.
    """
    found = sorted(_all(text), key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return tuple(kept)


def _all(text: str) -> Iterator[Finding]:
    plain = _same_length_plain(text)
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("email", _EMAIL),
        ("mention", _MENTION),
        ("link", _LINK),
        ("file", _FILE),
    )
    for kind, pattern in patterns:
        for match in pattern.finditer(plain):
            yield Finding(match.start(), match.end(), kind, "block")
    for match in _DIGITS.finditer(plain):
        if _is_phone(match.group()):
            yield Finding(match.start(), match.end(), "phone", "block")


def _is_phone(digits: str) -> bool:
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
    return False


def _same_length_plain(text: str) -> str:
    """Look-alike signs folded one for one, so that offsets stay those of ``text``."""
    return "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
