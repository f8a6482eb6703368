"""Direct identifiers: what points at a person, an account or a document by itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.identifiers.findings import Finding, Kind
from bot.identifiers.phones import find_phones
from bot.identifiers.plain import Plain

# "anna@example.org", also with "(at)" and "[dot]". A full stop with a space after it ends a sentence,
# and what follows is no part of the address.
_AT = r"\s?(?:@|[(\[{]\s?at\s?[)\]}])\s?"
_DOT = r"(?:\.|\s\.\s?|\s?[(\[{]\s?dot\s?[)\]}]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+%-])[\w.+%-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[^\W\d_]{{2,}}", re.IGNORECASE)
# The same in words, where it ends as an address does: "j dot hollis at gmail dot com".
_SPELT_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+(?: dot [\w-]+)* at [\w-]+(?: dot [\w-]+)*"
    r" dot (?:com|org|net|edu|uk|ie|de|at|ch|nl|fr|es|it|eu)\b",
    re.IGNORECASE,
)
# "@10am" and "@10:30" are times of day. "name#1234" is how Discord wrote people once.
_MENTION = re.compile(
    r"<(?:@[!&]?|#|/[^:>]{1,100}:)\d{15,21}>"
    r"|(?<![\w@])@(?!\d{1,4}(?:am|pm|h)?\b)[\w.]{2,32}\b"
    r"|\b[\w.]{2,32}#\d{4}(?!\w)",
    re.IGNORECASE,
)
# "home.It was late" is a sentence that begins without a space, and no link.
_TWO_LETTERS = (
    r"(?!(?-i:[A-Z][a-z]\b))"
    r"(?:uk|ie|de|at|ch|nl|be|fr|es|it|dk|se|no|fi|pl|pt|cz|lu|li|au|nz|ca|us|eu|io|me|gg)"
)
_TO_THE_END = r"""\S*[^\s.,;:!?)\]}>"'»”’]"""
_LINK = re.compile(
    rf"\b[a-z][a-z0-9+.-]{{1,20}}://{_TO_THE_END}"
    rf"|\bwww\.{_TO_THE_END}"
    rf"|(?<![\w@-])(?<!\w\.)(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|app|{_TWO_LETTERS})"
    rf"(?:/(?:{_TO_THE_END})?)?(?![\w@])",
    re.IGNORECASE,
)
# A name with spaces is taken as far back as its words begin with a capital or a digit: otherwise the
# sentence before it would be part of it.
_FILE = re.compile(
    r"(?<![\w.()+-])(?:(?-i:[A-ZÀ-ÖØ-Þ\d])[\w()+-]{0,30} ){0,5}[\w(+-][\w.()+-]{0,80}"
    r"\.(?:pdf|docx?|odt|rtf|pages|xlsx?|csv|txt|jpe?g|png|gif|heic|webp|mp[34]|m4a|ogg|wav|mov|zip)\b",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", _EMAIL),
    ("email", _SPELT_EMAIL),
    ("mention", _MENTION),
    ("link", _LINK),
    ("file", _FILE),
)


def find_direct(text: str) -> tuple[Finding, ...]:
    """E-mail addresses, phone numbers, links, mentions and file names in ``text``, in order.

    Each blocks. Offsets are characters of ``text`` as given. Spans that overlap become one, of the
    kind that begins first, and of those the longest.
    """
    found = sorted(_all(Plain.of(text)), key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if kept and finding.start < kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, finding.end))
        else:
            kept.append(finding)
    return tuple(kept)


def _all(plain: Plain) -> Iterator[Finding]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain.text):
            yield Finding(*plain.span(match.start(), match.end()), kind, "block")
    for start, end in find_phones(plain.text):
        yield Finding(*plain.span(start, end), "phone", "block")
