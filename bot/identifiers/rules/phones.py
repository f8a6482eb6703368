"""Phone numbers, told apart from the dates, scores and doses that fill a clinical text.

``phonenumbers`` knows which numbers exist. It also knows that "12 14 13 11 10" is one somewhere, so
a number must look like one as well: a country code, a leading 0, or groups as people write them.
"""

import re
from collections.abc import Iterator
from typing import Final

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
_NEVER_FIRST = frozenset({2, 4, 7, 8})
_AFTER_A_SINGLE = 3
# Spain and Poland dial without a 0: 612 345 678. Doses look so too, but begin lower.
_SHAPES_OF_NINE = frozenset({(3, 3, 3), (3, 2, 2, 2), (3, 6)})
# India and Greece: 98765 43210.
_INDIAN = (5, 5)
_PAIR, _PAIRS = 2, 5
_LEAST = 8
_MOST = 100
# After a word that announces one, also numbers of a form that scores have.
_CUE = re.compile(
    r"\b(?:tel|phone|phones|phoned|mobile|mob|cell|call|calls|called|ring|rings|rang|text|texts|texted|"
    r"whatsapp|fax|"
    r"line|handy|telefon|dial|dials)\b[^\d\n]{0,24}?(?P<number>\+?\(?\d{2,6}\)?(?:[ -]\d{1,5}){1,4})"
    r"(?![\w.:,/-]*\d)",
    re.IGNORECASE,
)
_DIGITS_AFTER_CUE = range(8, 14)
# "O77OO-9OO-5I3"
_LETTERED = re.compile(r"(?<![\w.-])[Oo0][\dOoIl]{2,}(?:[ -][\dOoIl]{2,}){1,4}(?![\w-])")
_LEAST_DIGITS = 5


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where the phone numbers of ``text`` begin and end, in order and apart from each other."""
    # As many letters: the rest keeps its place, and the numbers around a date don't grow together.
    undated = _DATE.sub(lambda date: "x" * len(date.group()), text)
    tried = _Tried()
    for run in _RUN.finditer(undated):
        if run.end() - run.start() < _LEAST:
            continue
        groups = [group.span() for group in _GROUP.finditer(undated, run.start(), run.end())]
        first = 0
        while first < len(groups):
            last = _longest(undated, groups, first, tried)
            if last is None:
                first += 1
            else:
                yield groups[first][0], groups[last][1]
                first = last + 1
    for cue in _CUE.finditer(undated):
        sizes = tuple(map(len, re.findall(r"\d+", cue["number"])))
        if sum(sizes) in _DIGITS_AFTER_CUE and (max(sizes) > _PAIR or set(sizes) == {_PAIR}):
            yield cue.span("number")
    for match in _LETTERED.finditer(text):
        if len(re.findall(r"\d", match.group())) >= _LEAST_DIGITS and re.search("[OoIl]", match.group()):
            yield match.span()


class _Tried:
    """How many numbers of a text were looked up. Nobody writes so many: beyond, each that looks so is one."""

    def __init__(self) -> None:
        self._count = 0

    def is_valid(self, written: str) -> bool:
        self._count += 1
        return self._count > _MOST or _is_valid(written)


def _longest(text: str, groups: list[tuple[int, int]], first: int, tried: _Tried) -> int | None:
    """The last group of the longest phone number that begins with ``first``."""
    start = groups[first][0]
    if text[start] not in "+(0":
        size = groups[first][1] - start
        after = groups[first + 1] if first + 1 < len(groups) else (0, 0)
        if size in _NEVER_FIRST or (size == 1 and after[1] - after[0] != _AFTER_A_SINGLE):
            return None
    sizes: list[int] = []
    total = 0
    for group_start, group_end in groups[first : first + _DIGITS.stop]:
        size = group_end - group_start
        while not text[group_end - size].isdigit():
            size -= 1
        if total + size >= _DIGITS.stop:
            break
        total += size
        sizes.append(size)
    while total >= _LEAST:
        last = first + len(sizes) - 1
        if _is_phone(text[start : groups[last][1]], tuple(sizes), tried):
            return last
        total -= sizes.pop()
    return None


def _is_phone(written: str, sizes: tuple[int, ...], tried: _Tried) -> bool:
    if written.startswith("+"):
        return sum(sizes) in _DIGITS_WITH_COUNTRY and _is_possible(written)
    if sum(sizes) not in _DIGITS:
        return False
    if written.lstrip("(").startswith("0"):
        return _looks_dialled(written, sizes) and tried.is_valid(written)
    if sizes in _SHAPES_OF_NINE:
        return written.lstrip("(")[0] in "456789" and tried.is_valid(written)
    if sizes == _INDIAN:
        return written[0] in "26789" and not written.endswith("00")
    return (len(sizes) == 1 or sizes in _SHAPES) and tried.is_valid(written)


def _looks_dialled(written: str, sizes: tuple[int, ...]) -> bool:
    """Whether a number with a leading 0 is written as one, and no row of figures or dates."""
    if written.startswith(("0.", "0-", "0/")):
        return False
    if set(sizes) == {_PAIR}:
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


_WORDED: Final[dict[str, str]] = (
    {
        word: str(digit)
        for words in (
            "zero one two three four five six seven eight nine",
            "oh wan twa thri fower five sax seiven eicht nine",
            "zéro un deux trois quatre cinq six sept huit neuf",
            "null eins zwei drei vier fünf sechs sieben acht neun",
            "nul een twee drie vier vijf zes zeven acht negen",
            "cero uno dos tres cuatro cinco seis siete ocho nueve",
            "zero uno due tre quattro cinque sei sette otto nove",
        )
        for digit, word in enumerate(words.split())
    }
    | {
        f"{word}hundred": f"{digit}00"
        for digit, word in enumerate("one two three four five six seven eight nine".split(), 1)
    }
    | {
        "o": "0",
        "nought": "0",
        "naught": "0",
        "nil": "0",
        "zwo": "2",
        "nowt": "0",
        "hundred": "00",
        "hunner": "00",
    }
)
_TENS: Final[dict[str, str]] = {
    word: str(10 * number)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {
    word: str(number)
    for number, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TIMES: Final = {"double": 2, "dubble": 2, "triple": 3, "treble": 3}
_BETWEEN: Final = frozenset({"then", "and"})
_TOKEN = re.compile(r"[^\W_]+")
_TWO_DIGITS = re.compile(r"\b(?:oh|o|zero|nought|nil|nowt|double|treble|triple|null|nul|zéro|cero|o?0\d+)\b")
_GAP = re.compile(r"[ ,.–—-]{1,3}")
_LEAST_SPOKEN = 7
_LEAST_MIXED = 9
_LEAST_WORDS = 4


def find_spoken_phones(lower: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand as they are read aloud ("oh seven double nine …") in a text in lower case."""
    if _TWO_DIGITS.search(lower) is None:
        return
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(lower):
        word = token.group()
        spoken = word in _WORDED or word in _TIMES or word in _TENS or word.removeprefix("o").isdecimal()
        if run and not _GAP.fullmatch(lower, run[-1].end(), token.start()):
            yield from _spoken_phone(run)
            run = []
        if spoken or (run and word in _BETWEEN):
            run.append(token)
        elif run:
            yield from _spoken_phone(run)
            run = []
    yield from _spoken_phone(run)


def _spoken_phone(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    while run and run[-1].group() in _BETWEEN:
        run = run[:-1]
    words = [token.group() for token in run]
    digits, times, worded = "", 1, 0
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        if word in _BETWEEN:
            continue
        worded += not word[-1].isdecimal()
        digits += (_WORDED.get(word) or _TENS.get(word) or word.replace("o", "0")) * times
        times = 1
    told = digits.startswith("0") or any(word in _TIMES or _WORDED.get(word) == "0" for word in words)
    counted = any(digits[at : at + 5] in _COUNTED for at in range(len(digits)))
    if not told or counted or len(digits) > _DIGITS.stop + 3:
        return
    if (len(digits) >= _LEAST_SPOKEN and worded >= _LEAST_WORDS) or (
        len(digits) >= _LEAST_MIXED and worded and words[0].startswith(("0", "o"))
    ):
        start = run[0].start()
        yield start - 5 if run[0].string.endswith("plus ", 0, start) else start, run[-1].end()


_COUNTED: Final = frozenset(
    {
        "01234",
        "12345",
        "23456",
        "34567",
        "45678",
        "56789",
        "54321",
        "43210",
        "98765",
        "87654",
        "76543",
        "65432",
    }
)
