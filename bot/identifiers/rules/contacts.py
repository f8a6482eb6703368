"""What reaches a person: addresses, numbers, links, mentions, names of files."""

import re
from collections.abc import Iterator

from bot.identifiers.findings import Kind, Span
from bot.identifiers.plain import lowered
from bot.identifiers.rules.phones import find_phones, find_spoken_phones

# "anna@example.org", also with "(at)" and "[dot]". A full stop with a space after it ends a sentence,
# and what follows is no part of the address.
_AT = r"\s?(?:@|[(\[{]\s?at\s?[)\]}])\s?"
_DOT = r"(?:\.|\s\.\s?|\s?[(\[{]\s?dot\s?[)\]}]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+%-])[\w.+%-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[^\W\d_]{{2,}}", re.IGNORECASE)
# The same in words: "j dot hollis at gmail dot com", "ana arroba correo punto es".
_ENDS = (
    r"(?:com|org|net|edu|gov|info|co|uk|ie|de|at|ch|nl|be|fr|es|it|eu|dk|se|no|fi|pl|cz|hu|ro|gr|pt|ua|ru|"
    r"tr|il|lb|eg|"
    r"za|ng|ke|gh|ug|zw|in|pk|lk|np|sg|my|ph|hk|jp|kr|cn|au|nz|ca|us|mx|br|ar|io|me|app|example|test)"
)
_AT_WORDS = (
    r"(?:at(?:[ ]sign)?|ät|arroba|arobase|chiocciola|małpa|malpa|klammeraffe|apestaart(?:je)?|snabel-?a|"
    r"kukac|a?\s?rond)"
)
_DOT_WORDS = r"(?:dot|point|punkt|punto|ponto|punct|punt|kropka|nokta|tečka|piste|prikk)"
_SPELT_AT = re.compile(rf"(?P<closed>\s?[(\[{{<]\s?{_AT_WORDS}\s?[)\]}}>]\s?)|\s{_AT_WORDS}\s{{1,2}}|\s?@\s?")
_SPELT_DOT = rf"(?:,?\s?[(\[{{<]\s?{_DOT_WORDS}\s?[)\]}}>]\s?|\s{{1,2}}{_DOT_WORDS}\s{{1,2}})"
_SPELT_DOMAIN = re.compile(
    rf"(?!(?:an?|the|this|that|some|any|her|his|my|our)\s)[\w-]+(?:[ ,]{{1,2}}(?!{_DOT_WORDS}\b)"
    rf"[\w-]+){{0,3}}"
    rf"(?:(?:{_SPELT_DOT}|\.)[\w-]+){{0,2}}?{_SPELT_DOT}{_ENDS}(?:(?:{_SPELT_DOT}|\.){_ENDS})?\b"
)
_PROVIDER = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|proton(?:mail)?|gmx|web|aol|btinternet|"
    r"mail)\."
    rf"{_ENDS}(?:\.{_ENDS})?\b"
)
_CLOSED_DOMAIN = re.compile(rf"[\w-]+(?:\.[\w-]+){{0,2}}?\.{_ENDS}\b")
_SPELT_LOCAL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]+(?:\s(?:{_DOT_WORDS}|underscore|dash|hyphen|minus|plus|guion|guión)\s[\w-]+"
    r"(?:\s(?:ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)?)*$"
)
_LONGEST_LOCAL = 64
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
    rf"|(?<![\w@-])(?<![\w-]\.)(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|app|{_TWO_LETTERS})"
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
_EXTENSION = re.compile(r"\.[a-z\d]{3,5}\b", re.IGNORECASE)
# What a text must have for its pattern to be worth trying.
_PATTERNS: tuple[tuple[str, Kind, re.Pattern[str], re.Pattern[str]], ...] = (
    ("email", "contact", re.compile(r"@|[(\[{]\s?at\s?[)\]}]", re.IGNORECASE), _EMAIL),
    ("mention", "handle", re.compile("[@#/]"), _MENTION),
    ("link", "contact", re.compile(r"://|[\w-]\.[\w-]"), _LINK),
    ("file", "id", _EXTENSION, _FILE),
)


def find_contacts(text: str) -> Iterator[Span]:
    """E-mail addresses, phone numbers, links, mentions and file names in ``text``. Each blocks."""
    for why, kind, sign, pattern in _PATTERNS:
        if sign.search(text):
            for match in pattern.finditer(text):
                yield Span(*match.span(), kind, "block", why)
    lower = lowered(text)
    for start, end in _spelt_emails(lower):
        yield Span(start, end, "contact", "block", "email")
    for start, end in (*find_phones(text), *find_spoken_phones(lower)):
        yield Span(start, end, "contact", "block", "phone")


def _spelt_emails(lower: str) -> Iterator[tuple[int, int]]:
    for at in _SPELT_AT.finditer(lower):
        domain = _SPELT_DOMAIN.match(lower, at.end()) or _PROVIDER.match(lower, at.end())
        if domain is None and at["closed"]:
            domain = _CLOSED_DOMAIN.match(lower, at.end())
        if domain is None:
            continue
        before = lower[max(0, at.start() - _LONGEST_LOCAL) : at.start()]
        local = _SPELT_LOCAL.search(before)
        if local is not None:
            yield at.start() - (len(before) - local.start()), domain.end()
