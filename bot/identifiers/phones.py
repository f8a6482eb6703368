"""Phone numbers, told apart from the dates, scores and doses that fill a clinical text.

``phonenumbers`` knows which numbers exist. It also knows that "12 14 13 11 10" is one somewhere, so
a number must look like one as well: a country code, a leading 0, or groups as people write them.
"""

import re
from collections.abc import Iterator

import phonenumbers

_RUN = re.compile(r"\+?\(?\d+(?:[ ().\-/\u2010-\u2015\u2212]{1,3}\d+)*")
_GROUP = re.compile(r"\+?\(?\d+")
_DATE = re.compile(
    r"(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\1(?:(?:19|20)\d\d|\d\d)(?!\1?\d)"
    r"|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}(?!\2?\d))"
)
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
_DIGITS = range(9, 16)
_DIGITS_WITH_COUNTRY = range(8, 16)
# Digits in the groups of a number without a leading 0: 212 736 5000, 1 212 736 5000, 333 1234567. The
# third is no phone number: social security numbers look so, and nothing clinical does.
_SHAPES = frozenset({(3, 3, 4), (1, 3, 3, 4), (3, 2, 4), (3, 7), (6, 4)})
# Spain and Poland dial without a 0: 612 345 678. Doses look so too, but begin lower.
_SHAPES_OF_NINE = frozenset({(3, 3, 3), (3, 2, 2, 2), (3, 6)})
_PAIRS = 5


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where the phone numbers of ``text`` begin and end, in order and apart from each other."""
    # As many letters: the rest keeps its place, and the numbers around a date don't grow together.
    undated = _DATE.sub(lambda date: "x" * len(date.group()), text)
    for run in _RUN.finditer(undated):
        groups = [group.span() for group in _GROUP.finditer(undated, run.start(), run.end())]
        first = 0
        while first < len(groups):
            last = _longest(undated, groups, first)
            if last is None:
                first += 1
            else:
                yield groups[first][0], groups[last][1]
                first = last + 1


def _longest(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The last group of the longest phone number that begins with ``first``."""
    start = groups[first][0]
    for last in reversed(range(first, min(first + _DIGITS.stop, len(groups)))):
        if _is_phone(text[start : groups[last][1]]):
            return last
    return None


def _is_phone(written: str) -> bool:
    groups = re.findall(r"\d+", written)
    sizes = tuple(map(len, groups))
    if written.startswith("+"):
        return sum(sizes) in _DIGITS_WITH_COUNTRY and _is_possible(written)
    if sum(sizes) not in _DIGITS:
        return False
    if groups[0].startswith("0"):
        return _looks_dialled(written, sizes) and _is_valid(written)
    if sizes in _SHAPES_OF_NINE:
        return groups[0][0] in "456789" and _is_valid(written)
    return (len(sizes) == 1 or sizes in _SHAPES) and _is_valid(written)


def _looks_dialled(written: str, sizes: tuple[int, ...]) -> bool:
    """Whether a number with a leading 0 is written as one, and no row of figures or dates."""
    if written.startswith(("0.", "0-", "0/")):
        return False
    if set(sizes) == {2}:
        # In pairs as in France: five of them, and the same sign between them all.
        return len(sizes) == _PAIRS and len(set(re.findall(r"\D+", written))) == 1
    return sizes[0] > 1 or sizes.count(1) == 1


def _is_possible(written: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(written))
    except phonenumbers.NumberParseException:
        return False


def _is_valid(written: str) -> bool:
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
    return False
