"""Reminders on screen, in private: when they come, and what can be done about them."""

from collections.abc import Callable, Sequence
from datetime import date as Date  # noqa: N812 - ``date`` is an instant shown as a date here
from zoneinfo import ZoneInfo

from bot.content.texts import Texts
from bot.reminders.recurrence import Occurrence
from bot.reminders.reminder import NOTE_SECONDS, RESTING_SECONDS, Reminder
from bot.reminders.rules import ByRrule, MonthlyDate, MonthlyWeekday, Once, Rule, Weekly
from bot.reminders.typed import WAYS, WORKING_DAYS, Way
from bot.reminders.walls import MINUTE, wall_at
from bot.ui.control import Control
from bot.ui.parts import Button, Row, Style, View, button, choice, date, row, rule, screen, shortened

LONGEST_LINE = 150
"""Characters of one reminder among several."""
_OPTION_CHARACTERS = 100
_SHORTEST_MONTH = 28
_WEEK = 7


def place_of(user: int | None) -> str:
    """Where a reminder of ``user``'s comes, or the group's; texts choose by it."""
    return "inbox" if user is not None else "channel"


def local_date(day: Date) -> str:
    """A local date as it is typed too: it belongs to no instant."""
    return f"{day:%d.%m.%Y}"


def wall(minute: int) -> str:
    """A minute of the local day as a time."""
    return f"{minute // 60:02}:{minute % 60:02}"


def long_time(seconds: int) -> str:
    """An instant (seconds UTC) that each reader's client shows with its weekday."""
    return f"<t:{seconds}:F>"


def every(named: Rule, say: Texts) -> str:
    """On which days a rule comes."""
    match named.every:
        case Weekly():
            return _weekly(named.every, say)
        case MonthlyDate():
            late = "yes" if named.every.day > _SHORTEST_MONTH else "no"
            return say("remind-date", day=named.every.day, late=late)
        case MonthlyWeekday():
            day = say("remind-weekday", day=named.every.weekday)
            return say("remind-nth", which=named.every.ordinal, day=day)
        case ByRrule():
            # A backtick would end the frame that it stands in.
            return say("remind-rrule", rule=named.every.text.replace("`", "'"))
        case Once():
            return say("remind-once", day=local_date(named.start))


def _weekly(each: Weekly, say: Texts) -> str:
    if each.weeks == 1 and len(each.weekdays) == _WEEK:
        return say("remind-every-day")
    if each.weeks == 1 and each.weekdays == WORKING_DAYS:
        return say("remind-weekdays")
    days = [say("remind-weekday", day=day) for day in sorted(each.weekdays)]
    named = say("remind-and", most=", ".join(days[:-1]), last=days[-1]) if len(days) > 1 else days[0]
    return say("remind-weekly", weeks=each.weeks, days=named)


def words(named: Rule, say: Texts) -> str:
    """A rule in a few words."""
    time = wall(named.hour * 60 + named.minute)
    return say("remind-at", every=every(named, say), time=time, zone=named.zone)


def quiet(named: Rule, say: Texts) -> str:
    """A rule's quiet hours."""
    if named.quiet_from is None or named.quiet_to is None:
        return say("remind-quiet-none")
    # ``from`` is no name that Python lets one write.
    return say("remind-quiet", **{"from": wall(named.quiet_from), "to": wall(named.quiet_to)})


def ways(zone: str, place: str, control: Callable[[Way], Control], say: Texts) -> View:
    """The five kinds of rhythm, each with the form that ``control`` opens."""
    made = [
        button(say("remind-way", way=way), control(way), Style.primary if way == "week" else Style.secondary)
        for way in WAYS
    ]
    return screen(say("remind-ways", place=place, zone=zone), row(*made[:2]), row(*made[2:]))


def preview(draft: str, named: Rule, coming: Sequence[Occurrence], place: str, say: Texts) -> View:
    """Before anything is kept: when it comes, where, and what will show."""
    return screen(
        *_coming(named, coming, say),
        rule(),
        f"{say('remind-where', place=place)}\n{say('remind-seen', place=place)}",
        row(
            button(say("remind-keep"), Control(draft, "r-keep"), Style.primary),
            button(say("remind-change"), Control(draft, "edit")),
            button(say("given-back-discard"), Control(draft, "discard")),
        ),
    )


def coming(reminder: Reminder, ones: Sequence[Occurrence], say: Texts) -> View:
    """The next ones of a reminder that is kept."""
    back = button(say("remind-back"), Control(reminder.token, "r-more"), Style.primary)
    return screen(*_coming(reminder.rule, ones, say), row(back))


def _coming(named: Rule, ones: Sequence[Occurrence], say: Texts) -> tuple[str, str]:
    """The dates, and what they follow from: apart, or the list would take it in."""
    moved = any(_is_moved(each, named) for each in ones)
    dates = [say("remind-preview", count=len(ones)), *(f"- {long_time(each.at)}" for each in ones)]
    follow_from = [
        shortened(words(named, say), 2 * LONGEST_LINE),
        f"-# {quiet(named, say)}",
        f"-# {say('remind-moved')}" if moved else "",
    ]
    return "\n".join(dates), "\n".join(line for line in follow_from if line)


def _is_moved(each: Occurrence, named: Rule) -> bool:
    at = wall_at(each.at - each.at % MINUTE, ZoneInfo(named.zone))
    return at.isoformat(timespec="minutes") != each.key


def kept(reminder: Reminder, say: Texts) -> View:
    """It is kept."""
    first = reminder.next_at
    said = say("remind-kept", words=words(reminder.rule, say), next=long_time(first) if first else "–")
    show = button(say("remind-show-next"), Control(reminder.token, "r-preview"), Style.primary)
    return screen(said, row(show))


def line(reminder: Reminder, say: Texts) -> str:
    """A reminder in one line: its words, and when it comes next or until when it is kept."""
    return f"{shortened(words(reminder.rule, say), LONGEST_LINE)} · {standing(reminder, say)}"


def standing(reminder: Reminder, say: Texts) -> str:
    """When it comes next, or how it rests and until when it is kept."""
    upcoming = reminder.next_at
    if upcoming is not None:
        return say("remind-next", next=long_time(upcoming))
    state = reminder.state if reminder.state != "running" else "over"
    return say("remind-state", state=state, until=date(kept_until(reminder)))


def kept_until(reminder: Reminder) -> int:
    """When nothing of a reminder that rests, or is over, is left (seconds UTC)."""
    if reminder.resting_since is not None:
        return reminder.resting_since + RESTING_SECONDS
    last = max((note.at for note in reminder.notes), default=None)
    return last + NOTE_SECONDS if last is not None else reminder.handled_until


def listing(mine: Sequence[Reminder], channels: Sequence[Reminder], pick: Control, say: Texts) -> View:
    """One's own, and the channel's; each can be chosen."""
    everyone = [*mine, *channels]
    return screen(
        "\n".join([say("remind-list"), *(f"- {line(each, say)}" for each in mine)]) if mine else None,
        "\n".join([say("remind-list-channel"), *(f"- {line(each, say)}" for each in channels)])
        if channels
        else None,
        _pick(everyone, pick, say) if everyone else say("remind-list-none"),
    )


def to_choose(reminders: Sequence[Reminder], pick: Control, say: Texts) -> View:
    """Several that a command could mean."""
    return screen(say("remind-choose-head"), _pick(reminders, pick, say))


def _pick(reminders: Sequence[Reminder], pick: Control, say: Texts) -> Row:
    options = [
        (
            each.token,
            shortened(words(each.rule, say), _OPTION_CHARACTERS),
            say("remind-place", place=place_of(each.user)),
        )
        for each in reminders
    ]
    return choice(say("remind-choose"), pick, options)


def one(reminder: Reminder, say: Texts, said: str | None = None) -> View:
    """A reminder, with all that can be done about it; ``said``: what has just happened."""
    token, rests = reminder.token, reminder.state in ("paused", "stopped")
    running = reminder.state == "running"
    skips = reminder.next_at
    first: list[Button | None] = [
        button(say("remind-pause"), Control(token, "r-pause"), Style.primary) if running else None,
        button(say("remind-resume"), Control(token, "r-resume"), Style.primary) if rests else None,
        button(say("remind-skip"), Control(token, "r-skip", str(skips))) if skips is not None else None,
        button(say("remind-show-next"), Control(token, "r-preview")) if running else None,
    ]
    times = Style.secondary if running or rests else Style.primary
    unposted = reminder.user is None and reminder.unreached
    return screen(
        said,
        rule() if said is not None else None,
        f"{line(reminder, say)}\n-# {say('remind-place', place=place_of(reminder.user))}",
        say("remind-unposted") if unposted else None,
        row(*first),
        row(
            button(say("remind-times"), Control(token, "r-times"), times),
            button(say("remind-other-way"), Control(token, "r-ways")),
            button(say("remind-remove"), Control(token, "r-remove")),
        ),
    )


def remove_question(reminder: Reminder, say: Texts) -> View:
    """Before a reminder is removed."""
    return screen(
        say("remind-remove-question"),
        line(reminder, say),
        row(
            button(say("remind-remove-now"), Control(reminder.token, "r-remove-now"), Style.danger),
            button(say("remind-back"), Control(reminder.token, "r-more"), Style.primary),
        ),
    )
