"""A reminder's rule as it is stored: local wall time in a zone. Frozen; ``recurrence.check`` judges it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MINUTES_A_DAY = 24 * 60
MOST_WEEKS = 52

Weekday = Annotated[int, Field(ge=0, le=6)]
"""0 is Monday."""
Minute = Annotated[int, Field(ge=0, lt=MINUTES_A_DAY)]
"""A minute of the local day, 0 to 1439."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weekly(_Frozen):
    """On ``weekdays`` of every ``weeks``-th week, counted from that of ``Rule.start``; Monday begins them."""

    kind: Literal["weekly"] = "weekly"
    weeks: int = Field(default=1, ge=1, le=MOST_WEEKS)
    weekdays: frozenset[Weekday] = Field(min_length=1)


class MonthlyDate(_Frozen):
    """On one date of every month: on its last day where it lacks the date, as people expect of a 31st."""

    kind: Literal["monthly-date"] = "monthly-date"
    day: int = Field(ge=1, le=31)


class MonthlyWeekday(_Frozen):
    """On the first to fourth, or with -1 the last, of one weekday in every month."""

    kind: Literal["monthly-weekday"] = "monthly-weekday"
    ordinal: Literal[1, 2, 3, 4, -1]
    weekday: Weekday


class ByRrule(_Frozen):
    """As an RRULE of RFC 5545 says, for those who know it; ``patterns.read_rrule`` says what it may hold."""

    kind: Literal["rrule"] = "rrule"
    text: str


class Once(_Frozen):
    """On ``Rule.start``, and never again."""

    kind: Literal["once"] = "once"


Every = Annotated[Weekly | MonthlyDate | MonthlyWeekday | ByRrule | Once, Field(discriminator="kind")]


class Rule(_Frozen):
    """When a reminder comes.

    ``hour`` and ``minute`` are local wall time in ``zone`` (IANA). ``start`` and ``end`` are the first and
    the last local date that it may name. Quiet hours are local minutes of the day, from ``quiet_from`` up to,
    but without, ``quiet_to``; they may pass midnight. What would come in them comes when they end, after
    ``end`` too.
    """

    every: Every
    hour: int = Field(ge=0, le=23)
    minute: int = Field(ge=0, le=59)
    zone: str
    start: date
    end: date | None = None
    quiet_from: Minute | None = None
    quiet_to: Minute | None = None
