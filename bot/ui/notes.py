"""A note as it arrives, which gives nothing away, and as it is once it is opened."""

from dataclasses import dataclass
from typing import Final, get_args

from bot.content.library import Library
from bot.content.texts import Texts
from bot.reminders.reminder import How, Note, Reminder
from bot.reminders.snooze import offered
from bot.ui.control import Control
from bot.ui.parts import Row, Style, View, button, date, day_and_time, row, screen
from bot.ui.reminders import kept_until, standing
from bot.ui.strategies import body

HOWS: Final[tuple[How, ...]] = get_args(How)


@dataclass(frozen=True)
class Arrived:
    """What anyone may see of a note who looks at the screen. ``at`` is when it was due (seconds UTC)."""

    at: int
    late: bool
    farewell: bool
    in_channel: bool = False


def arrival(note: Arrived, show: Control, texts: Texts) -> View:
    """The note as it lies in an inbox, or in a channel."""
    if note.farewell:
        return screen(
            texts("note-farewell", place="channel" if note.in_channel else "inbox"),
            row(button(texts("note-about-it"), show)),
        )
    place = "channel" if note.in_channel else "inbox"
    return screen(
        texts("note-arrived", place=place),
        f"-# {texts('note-late', at=day_and_time(note.at))}" if note.late else None,
        row(button(texts("note-show"), show, Style.primary)),
    )


def opened(
    reminder: Reminder,
    note: Note,
    library: Library,
    now: int,
    *,
    said: str | None = None,
) -> View:
    """A note after the tap, to one person alone: its strategy, and what can have become of it."""
    say = library.texts
    first = [
        said,
        say("note-late", at=day_and_time(note.at)) if note.late else None,
        say("note-skipped", count=note.skipped) if note.skipped else None,
    ]
    before = "\n".join(each for each in first if each)
    shown = body(library.strategy(note.strategy), library)
    if reminder.user is None:
        return screen(before or None, *shown, f"-# {say('note-for-all')}")
    argument = str(note.number)
    answers = [
        button(
            say("note-how", how=how),
            Control(reminder.token, "n-how", f"{argument}.{how}"),
            Style.primary if how == "did" else Style.secondary,
        )
        for how in HOWS
    ]
    another = Control(reminder.token, "n-another", f"{argument}.{note.strategy}")
    return screen(
        before or None,
        *shown,
        say("note-answered", how=note.how) if note.how is not None else None,
        row(*answers),
        _later(reminder, note, now, say),
        row(
            button(say("note-another"), another),
            button(say("note-stop"), Control(reminder.token, "n-stop", argument))
            if reminder.state == "running"
            else None,
        ),
    )


def _later(reminder: Reminder, note: Note, now: int, say: Texts) -> Row | None:
    if reminder.state in ("paused", "stopped"):
        # It would not come before the reminder goes on.
        return None
    rule = reminder.rule
    return row(
        *(
            button(say("note-snooze", how=how), Control(reminder.token, "n-snooze", f"{note.number}.{how}"))
            for how in offered(now, rule.zone, rule.quiet_from, rule.quiet_to)
        )
    )


def ended(reminder: Reminder, say: Texts) -> View:
    """The last note: why there are no more, and the way back."""
    again = button(say("note-start-again"), Control(reminder.token, "r-resume"), Style.primary)
    place = "channel" if reminder.user is None else "inbox"
    return screen(
        say("note-ended", place=place),
        f"-# {standing(reminder, say)}" if reminder.state == "running" else None,
        row(again) if reminder.state == "stopped" else None,
    )


def stopped(reminder: Reminder, say: Texts) -> View:
    """Its owner wants no more of these."""
    again = button(say("note-start-again"), Control(reminder.token, "r-resume"), Style.primary)
    return screen(
        say("note-stopped", until=date(kept_until(reminder))),
        row(again if reminder.state != "over" else None),
    )
