"""Days and times in running text, in English and German; where in doubt, nothing is found."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import time

_WEEKDAYS = (
    r"mondays?|montags?",
    r"tuesdays?|dienstags?",
    r"wednesdays?|mittwochs?",
    r"thursdays?|donnerstags?",
    r"fridays?|freitags?",
    r"saturdays?|samstags?|sonnabends?",
    r"sundays?|sonntags?",
)
_SHORT = (r"mon", r"tues?", r"Wed|WED", r"thu(?:rs?)?", r"fri", r"Sat|SAT", r"Sun|SUN")
"""Those with a capital are words of their own without it."""
_SHORT_GERMAN = "Mo Di Mi Do Fr Sa So".split()
"""Words of their own in one of the languages; they count where a date or a time follows at once."""
_MONTHS = (
    "jan(?:uary|uar)?|jänner",
    "feb(?:ruary|ruar)?",
    "mar(?:ch)?|märz|maerz|mär",
    "apr(?:il)?",
    "may|mai",
    "june?|juni",
    "july?|juli",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?|okt(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?|dez(?:ember)?",
)
_MORNING = r"mornings?|morgens?|früh|vormittags?"
_LATER = r"afternoons?|evenings?|nachmittags?|abends?"
_DATE, _TIME = "#", "@"
"""What stands in the text for a date or a time that has been read."""
_NOON = 12
_LAST_UNCLEAR_HOUR = 6
_LEAP_YEAR = 2024
_THIS_CENTURY = 2000

_ANY_WEEKDAY = "|".join((*_WEEKDAYS, *(each.lower() for each in _SHORT)))
_ANY_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:,?\s+(?P<y>20\d\d)\b)?"
_NO_TIME = r"(?![\d:.]|\s*(?:[ap]\.?m\b|uhr\b))"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)(?:T(?=\d))?",
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>20\d\d)|(?P<yy>\d\d))?(?![\d:])",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<name>{_ANY_MONTH})\b\.?{_YEAR}",
        rf"\b(?P<name>{_ANY_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_NO_TIME}{_YEAR}",
        r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>20\d\d)(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?P<at>\b(?:at|um|gegen|around)\s+)?"
    r"(?<![\w:.,/€$£–-])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?(?!\d)"
    r"(?:\s*(?P<mark>[ap]\.?m\b\.?|uhr\b|h\b|o['’]?clock\b))?(?:(?<=uhr)\s+(?P<past>[0-5]\d)\b(?![:.]\d))?"
    r"(?:\s*(?:-|–|—|to|till|until|bis)\s*(?P<until>\d{1,2})(?:[:.]\d\d)?(?!\d)"
    r"(?:\s*(?P<until_mark>[ap]\.?m\b\.?|uhr\b))?)?"
    rf"(?:\s+(?:in\s+the\s+)?(?:(?P<morning>{_MORNING})|(?P<later>{_LATER}))\b)?"
    r"(?!\s*(?:%|€|\$|£|euros?\b|min|years?\b|days?\b|weeks?\b|times?\b|jahre|tage|wochen|mal\b))",
    re.IGNORECASE,
)
_NOT_AT = re.compile(
    r"\b(?:half|halb|quarter|viertel|dreiviertel|past|to|before|after|vor|nach)\s+$", re.IGNORECASE
)
_NOON_WORD = re.compile(r"\b(?:noon|midday)\b", re.IGNORECASE)
_OTHER_WEEK = re.compile(
    r"\bübernächst|\bin\s+\w+\s+(?:weeks|wochen)\b|\bweek\s+after\s+next\b|\bfortnight\b"
    rf"|\b(?:last|letzten?)\s+(?:{_ANY_WEEKDAY})\b",
    re.IGNORECASE,
)
_PARTED = re.compile(
    rf"\b(?:today|tomorrow|heute|morgen|(?:{_ANY_WEEKDAY})\.?),?\s*(?:(?P<morning>{_MORNING})|(?P<later>{_LATER}))\b"
    r"|\b(?P<tonight>tonight)\b",
    re.IGNORECASE,
)
_AHEAD = (
    (2, re.compile(r"\b(?:the\s+)?day\s+after\s+tomorrow\b|\bübermorgen\b", re.IGNORECASE)),
    (0, re.compile(r"\b(?:today|tonight|heute)\b", re.IGNORECASE)),
    (1, re.compile(r"\btomorrow\b", re.IGNORECASE)),
)
_MORGEN = re.compile(
    rf"(?<!\w)(?P<before>(?:guten|am|jeden|diesen|heute|gestern|{_ANY_WEEKDAY})\.?,?\s+)?(?P<word>morgen)\b"
    rf"(?P<at>,?\s*(?:früh|vormittag|nachmittag|abend)?\s*(?:um\s+)?{_TIME})?",
    re.IGNORECASE,
)


@dataclass
class Said:
    """What a text names. ``days`` are (year or None, (month, day)); ``ahead`` is counted in days."""

    times: set[time] = field(default_factory=set[time])
    days: set[tuple[int | None, tuple[int, int]]] = field(
        default_factory=set[tuple[int | None, tuple[int, int]]]
    )
    weekdays: set[int] = field(default_factory=set[int])
    ahead: set[int] = field(default_factory=set[int])


def read(text: str) -> Said | None:
    """What ``text`` names of days and times, or None where some of it can't be read for certain."""
    if _OTHER_WEEK.search(text):
        return None
    said = Said()
    rest = _read_dates(text.replace(_DATE, " ").replace(_TIME, " "), said)
    if rest is None:
        return None
    parts = {_later(found) for found in _PARTED.finditer(rest)}
    rest = _read_times(rest, said, later=parts.pop() if len(parts) == 1 else None)
    if rest is None:
        return None
    _read_weekdays(rest, said)
    _read_ahead(rest, said)
    return said


def _later(found: re.Match[str]) -> bool:
    return found["morning"] is None


def _read_dates(text: str, said: Said) -> str | None:
    for pattern in _DATES:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            if "a" in parts:
                # Day first or month first: it depends on the country.
                first, second = int(parts["a"]), int(parts["b"])
                if first != second and max(first, second) <= _NOON:
                    return None
                day, month = max(first, second), min(first, second)
            else:
                day = int(parts["d"])
                month = _month(parts["name"]) if parts.get("name") else int(parts["m"])
            year = int(parts["y"]) if parts["y"] else None
            if parts.get("yy"):
                year = _THIS_CENTURY + int(parts["yy"])
            if not 1 <= month <= _NOON or not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
                return None
            said.days.add((year, (month, day)))
        text = pattern.sub(f" {_DATE} ", text)
    return text


def _month(name: str) -> int:
    return 1 + next(i for i, each in enumerate(_MONTHS) if re.fullmatch(each, name, re.IGNORECASE))


def _read_times(text: str, said: Said, *, later: bool | None) -> str | None:
    rest, end = "", 0
    for found in _CLOCK.finditer(text):
        if not (found["at"] or found["minute"] or found["mark"] or found["until_mark"]):
            continue
        at = _time(found, later=later)
        if at is None or _NOT_AT.search(text[: found.start()]):
            return None
        said.times.add(at)
        rest, end = f"{rest}{text[end : found.start()]} {_TIME} ", found.end()
    rest += text[end:]
    if _NOON_WORD.search(rest):
        said.times.add(time(_NOON))
    return _NOON_WORD.sub(f" {_TIME} ", rest)


def _time(found: re.Match[str], *, later: bool | None) -> time | None:
    """The time that was found, None where it is none or not clear; ``later``: the day's second half."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["past"] or 0)
    mark = (found["mark"] or "")[:1].lower()
    if not mark and found["until_mark"]:
        # "3–4 pm" are both in the afternoon; "11–1 pm" are not.
        mark = found["until_mark"][:1].lower()
        if mark in {"a", "p"} and hour >= int(found["until"]):
            return None
    if found["morning"] or found["later"]:
        later = _later(found)
    if mark in {"a", "p"}:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if mark == "p" else 0)
    elif later and hour < _NOON:
        hour += _NOON
    elif later is None and 1 <= hour <= _LAST_UNCLEAR_HOUR and not found["hour"].startswith("0"):
        return None
    return time(hour, minute) if hour < 2 * _NOON and minute < 60 else None  # noqa: PLR2004


def _read_weekdays(text: str, said: Said) -> None:
    for number, (full, short, german) in enumerate(zip(_WEEKDAYS, _SHORT, _SHORT_GERMAN, strict=True)):
        flags = re.NOFLAG if short[0].isupper() else re.IGNORECASE
        if (
            re.search(rf"\b(?:{full})(?:['’]s|{_MORNING}|{_LATER})?\b", text, re.IGNORECASE)
            or re.search(rf"\b(?:{short})\b", text, flags)
            or re.search(rf"\b{german}\b\.?,?\s*(?:den\s+)?(?:um\s+)?[{_DATE}{_TIME}]", text)
        ):
            said.weekdays.add(number)


def _read_ahead(text: str, said: Said) -> None:
    for days, pattern in _AHEAD:
        if pattern.search(text):
            said.ahead.add(days)
            text = pattern.sub(" ", text) if days == 2 else text  # noqa: PLR2004
    for found in _MORGEN.finditer(text):
        # "Morgen" is the morning too: after a day, in a greeting, and with a capital within a sentence.
        begins = not text[: found.start()].strip()
        if not found["before"] and (found["word"] == "morgen" or found["at"] or begins):
            said.ahead.add(1)
