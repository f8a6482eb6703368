"""From what was typed in a form to a rule. What is unclear is asked for again, never guessed."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal, cast, get_args

from bot.refusal import Refusal
from bot.reminders.rules import ByRrule, Every, MonthlyDate, MonthlyWeekday, Once, Rule, Weekly
from bot.reminders.words import Said, read

Way = Literal["week", "days", "date", "nth", "rrule"]
"""Every n weeks, on weekdays, monthly by date, monthly by weekday, by an RRULE."""
WAYS: Final[tuple[Way, ...]] = get_args(Way)
WEEKS: Final = (1, 2, 3, 4, 6, 8)
ORDINALS: Final = (1, 2, 3, 4, -1)
WORKING_DAYS: Final = frozenset(range(5))

Fields = Mapping[str, str | Sequence[str]]

_LONGEST = 80
_NOON, _MIDNIGHT, _MINUTES = 12, 24, 60
_YEARS_AHEAD = 9
_CENTURIES = range(2000, 3000)
_TIME = re.compile(
    r"(?:at|um)?\s*(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>[0-5]\d))?"
    r"\s*(?P<mark>[ap]\.?\s*m\.?|uhr|h|o['’]?clock)?(?:(?<=uhr)\s*(?P<past>[0-5]\d))?",
    re.IGNORECASE,
)
_NONE = frozenset({"", "none", "no", "-", "–", "—", "keine", "kein", "nein"})
_BETWEEN_TIMES = re.compile(r"\s*(?:-|–|—|\b(?:to|until|till|til|bis)\b)\s*", re.IGNORECASE)
_BETWEEN_DATES = re.compile(r"\s+(?:-|–|—)\s+|\s*[–—]\s*|\s*\b(?:to|until|till|til|bis)\b\s*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|ab|von|starting|since)\b|\bon\b", re.IGNORECASE)


def way_of(every: Every) -> Way:
    """The form in which a kind of rule is typed."""
    match every:
        case Weekly():
            return "days" if every.weeks == 1 and every.weekdays == WORKING_DAYS else "week"
        case MonthlyDate():
            return "date"
        case MonthlyWeekday():
            return "nth"
        case ByRrule() | Once():
            return "rrule"


def rule_in(way: Way, fields: Fields, zone: str, today: date) -> Rule:
    """The rule that a form of this ``way`` says; ``today`` is the local date.

    ``fields``: ``weeks`` and ``days``, or ``day``, or ``which`` and ``weekday``, or ``rrule``; and for all
    ``time``, ``span`` and ``quiet``. Raises ``Refusal`` ``reminder-no-day``, ``reminder-day``,
    ``reminder-time``, ``reminder-date`` or ``reminder-hours`` for what can't be read; whether it can be kept,
    ``recurrence.check`` says.
    """
    every = _every(way, fields)
    hour, minute = time_in(_text(fields, "time"))
    start, end = span_in(_text(fields, "span"), today)
    quiet_from, quiet_to = quiet_in(_text(fields, "quiet"))
    return Rule(
        every=every,
        hour=hour,
        minute=minute,
        zone=zone,
        start=start,
        end=end,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
    )


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    return (value if isinstance(value, str) else next(iter(value), "")).strip()


def _number(fields: Fields, name: str, known: Sequence[int]) -> int | None:
    """What was chosen, or None where nothing was, or nothing that is offered."""
    text = _text(fields, name)
    return next((each for each in known if str(each) == text), None)


def _every(way: Way, fields: Fields) -> Every:
    match way:
        case "week":
            chosen = fields.get("days", ())
            named = [chosen] if isinstance(chosen, str) else chosen
            weekdays = frozenset(int(each) for each in named if re.fullmatch("[0-6]", each))
            if not weekdays:
                raise Refusal("reminder-no-day")
            return Weekly(weeks=_number(fields, "weeks", WEEKS) or 1, weekdays=weekdays)
        case "days":
            return Weekly(weeks=1, weekdays=WORKING_DAYS)
        case "date":
            day = re.fullmatch(r"(?P<day>[0-9]{1,2})\s*(?:\.|st|nd|rd|th)?", _text(fields, "day").lower())
            if day is None or not 1 <= int(day["day"]) <= 31:  # noqa: PLR2004
                raise Refusal("reminder-day")
            return MonthlyDate(day=int(day["day"]))
        case "nth":
            which, weekday = _number(fields, "which", ORDINALS), _number(fields, "weekday", range(7))
            if which is None or weekday is None:
                raise Refusal("reminder-no-day")
            return MonthlyWeekday(ordinal=cast("Literal[1, 2, 3, 4, -1]", which), weekday=weekday)
        case "rrule":
            return ByRrule(text=_text(fields, "rrule"))


def time_in(text: str) -> tuple[int, int]:
    """The hour and the minute of "19:00", "7 pm", "19.30" or "19h"; ``Refusal`` ``reminder-time``."""
    found = _time(text, bare_from=_NOON + 1)
    if found is None or found == (_MIDNIGHT, 0):
        raise Refusal("reminder-time")
    return found


def quiet_in(text: str) -> tuple[int | None, int | None]:
    """The two minutes of the local day in "21:00–7:00", Nones for "none"; ``Refusal`` ``reminder-hours``."""
    if text.strip().casefold() in _NONE:
        return None, None
    parts = _BETWEEN_TIMES.split(_FROM.sub(" ", text[:_LONGEST]).strip())
    times = [_time(part, bare_from=0) for part in parts]
    minutes = [(each[0] * _MINUTES + each[1]) % (_MIDNIGHT * _MINUTES) for each in times if each is not None]
    if len(minutes) != 2 or len(times) != 2:  # noqa: PLR2004
        raise Refusal("reminder-hours")
    return minutes[0], minutes[1]


def _time(text: str, bare_from: int) -> tuple[int, int] | None:
    """A time of day, "24:00" too; an hour with nothing to it counts from ``bare_from`` on."""
    said = text.strip().casefold()
    if said in ("noon", "midday"):
        return _NOON, 0
    if said == "midnight":
        return _MIDNIGHT, 0
    found = _TIME.fullmatch(said)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["past"] or 0)
    mark = (found["mark"] or "")[:1]
    if mark in ("a", "p"):
        if not 1 <= hour <= _NOON:
            return None
        return hour % _NOON + (_NOON if mark == "p" else 0), minute
    if not (mark or found["minute"]) and hour < bare_from:
        return None
    if hour == _MIDNIGHT:
        return (hour, 0) if minute == 0 else None
    return (hour, minute) if hour < _MIDNIGHT else None


def span_in(text: str, today: date) -> tuple[date, date | None]:
    """The first and the last date of "24.11.2026 – 1 March", "until 1 March" or nothing; from today on.

    A date without a year is the next one of its kind, the last one after the first. ``Refusal``
    ``reminder-date`` for what can't be read.
    """
    if not text.strip():
        return today, None
    if len(text) > _LONGEST:
        raise Refusal("reminder-date")
    parts = _BETWEEN_DATES.split(_FROM.sub(" ", text).strip())
    if len(parts) > 2:  # noqa: PLR2004
        raise Refusal("reminder-date")
    start = _date(parts[0], today) if parts[0].strip() else today
    return start, _date(parts[1], max(start, today)) if len(parts) > 1 else None


def _date(text: str, earliest: date) -> date:
    said = read(text.strip(" ,;()"))
    if said is None or said.times or len(said.days) + len(said.ahead) != 1:
        raise Refusal("reminder-date")
    found = _named(said, earliest) if said.days else earliest + timedelta(days=next(iter(said.ahead)))
    if found is None or said.weekdays - {found.weekday()}:
        raise Refusal("reminder-date")
    return found


def _named(said: Said, earliest: date) -> date | None:
    ((year, (month, day)),) = said.days
    if year is not None and year not in _CENTURIES:
        return None
    for each in (year,) if year is not None else range(earliest.year, earliest.year + _YEARS_AHEAD):
        if day <= monthrange(each, month)[1]:
            found = date(each, month, day)
            if year is not None or found >= earliest:
                return found
    return None
