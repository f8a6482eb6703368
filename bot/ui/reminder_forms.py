"""The forms of a reminder, one for each way of coming round."""

import discord

from bot.content.texts import Texts
from bot.reminders.habits import Habits
from bot.reminders.patterns import LONGEST_RRULE
from bot.reminders.rules import ByRrule, MonthlyDate, MonthlyWeekday, Rule, Weekly
from bot.reminders.typed import ORDINALS, WEEKS, Way
from bot.ui.answers import Fields, chosen_in, text_in
from bot.ui.parts import Modal, field, modal, one_of, pick, several_of
from bot.ui.reminders import local_date, place_of, wall

_SHORT = 80


def usual(habits: Habits, say: Texts) -> dict[str, str | list[str]]:
    """What stands in a form that is opened for a new reminder."""
    return {"weeks": "1", "quiet": _quiet(habits.quiet_from, habits.quiet_to, say)}


def of_rule(rule: Rule, say: Texts) -> dict[str, str | list[str]]:
    """What somebody would have typed for this rule."""
    start = local_date(rule.start)
    span = say("remind-form-span-from", start=start)
    if rule.end is not None:
        span = say("remind-form-span-both", start=start, end=local_date(rule.end))
    typed: dict[str, str | list[str]] = {
        "weeks": "1",
        "time": wall(rule.hour * 60 + rule.minute),
        "span": span,
        "quiet": _quiet(rule.quiet_from, rule.quiet_to, say),
    }
    match rule.every:
        case Weekly():
            weekdays = [str(day) for day in sorted(rule.every.weekdays)]
            return {**typed, "weeks": str(rule.every.weeks), "days": weekdays}
        case MonthlyDate():
            return {**typed, "day": str(rule.every.day)}
        case MonthlyWeekday():
            return {**typed, "which": str(rule.every.ordinal), "weekday": str(rule.every.weekday)}
        case ByRrule():
            return {**typed, "rrule": rule.every.text}
        case _:
            return typed


def _quiet(quiet_from: int | None, quiet_to: int | None, say: Texts) -> str:
    if quiet_from is None or quiet_to is None:
        return say("remind-form-none")
    return f"{wall(quiet_from)}–{wall(quiet_to)}"


def times(way: Way, zone: str, user: int | None, filled: Fields, say: Texts) -> Modal:
    """When a reminder of ``user``'s comes, or the group's; ``filled`` is what stands in each field."""
    return modal(
        say("remind-form", place=place_of(user)),
        *_days(way, filled, say),
        field(
            "time",
            say("remind-form-time"),
            hint=say("remind-form-time-hint", zone=zone),
            example="19:00",
            filled=text_in(filled, "time"),
            most=20,
        ),
        field(
            "span",
            say("remind-form-span"),
            hint=say("remind-form-span-hint"),
            example=say("remind-form-span-both", start="24.11.2026", end="1.3.2027"),
            filled=text_in(filled, "span"),
            required=False,
            most=_SHORT,
        ),
        field(
            "quiet",
            say("remind-form-quiet"),
            hint=say("remind-form-quiet-hint"),
            example="21:00–7:00",
            filled=text_in(filled, "quiet"),
            required=False,
            most=_SHORT,
        ),
    )


def _days(way: Way, filled: Fields, say: Texts) -> tuple[discord.ui.Label[Modal], ...]:
    weekdays = [(str(day), say("remind-weekday", day=day)) for day in range(7)]
    match way:
        case "week":
            weeks = [(str(each), say("remind-form-weeks-option", weeks=each), "") for each in WEEKS]
            chosen = next(iter(chosen_in(filled, "weeks")), "")
            return (
                pick("weeks", say("remind-form-weeks"), weeks, filled=chosen),
                several_of("days", say("remind-form-days"), weekdays, filled=chosen_in(filled, "days")),
            )
        case "days":
            return ()
        case "date":
            hint = say("remind-form-day-hint")
            day = text_in(filled, "day")
            return (field("day", say("remind-form-day"), hint=hint, example="15", filled=day, most=10),)
        case "nth":
            which = [(str(each), say("remind-form-which-option", which=each)) for each in ORDINALS]
            return (
                one_of("which", say("remind-form-which"), which, filled=text_in(filled, "which")),
                one_of("weekday", say("remind-form-weekday"), weekdays, filled=text_in(filled, "weekday")),
            )
        case "rrule":
            return (
                field(
                    "rrule",
                    say("remind-form-rrule"),
                    hint=say("remind-form-rrule-hint"),
                    example="FREQ=MONTHLY;BYDAY=2TU",
                    filled=text_in(filled, "rrule"),
                    most=LONGEST_RRULE,
                ),
            )
