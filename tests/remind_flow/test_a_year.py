"""A year of one group's reminders: a restart every week, an outage every month."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from simcord.http.client import FakeHTTPClient

from bot.rehearsal.stage import text_of
from tests.delivery.wire import Sent, Wire
from tests.remind_flow.inbox import SILENT, Inboxes

HOUR, DAY = 3_600, 86_400
WEEK = 7 * DAY
STILL_SENT = 6 * HOUR
OUTAGES = (2 * HOUR, 30 * HOUR, 5 * HOUR, 4 * DAY)
"""How long they last, in turn."""
TUESDAY, THURSDAY, SUNDAY = 1, 3, 6


@dataclass
class Schedule:
    """Whose it is, how it is typed, and on which local dates it comes: by the calendar alone."""

    who: str | None
    how: str
    zone: str
    typed: dict[str, Any]
    comes_on: Callable[[date], bool]
    opened_every: int
    """Weeks after which its notes are opened."""
    expected: list["Due"] = field(default_factory=list["Due"])


@dataclass(frozen=True)
class Due:
    """When something is sent (seconds UTC), whether it says that it is late, and what was skipped before."""

    at: int
    late: bool = False
    skipped: int = 0


def monthly(day: int) -> Callable[[date], bool]:
    """On this date; on the last of a month that lacks it."""
    return lambda each: each.day == day or (each.day < day and (each + timedelta(days=1)).month != each.month)


def schedules(first: date) -> list[Schedule]:
    fortnight = first - timedelta(days=first.weekday())
    return [
        Schedule(
            "Bea",
            "week",
            "Europe/Berlin",
            {"days": [str(TUESDAY)], "time": "19:00", "quiet": "21:00–7:00"},
            lambda day: day.weekday() == TUESDAY,
            2,
        ),
        Schedule(
            "Cem",
            "week",
            "Asia/Kathmandu",
            {"days": ["0", str(THURSDAY)], "time": "7.30", "quiet": "none"},
            lambda day: day.weekday() in (0, THURSDAY),
            1,
        ),
        Schedule(
            "Dag",
            "date",
            "America/New_York",
            {"day": "31", "time": "6:15 pm", "quiet": ""},
            monthly(31),
            1,
        ),
        Schedule(
            "Eli",
            "nth",
            "Australia/Lord_Howe",
            {"which": "2", "weekday": str(TUESDAY), "time": "20:45", "quiet": "none"},
            lambda day: day.weekday() == TUESDAY and 8 <= day.day <= 14,
            1,
        ),
        # In spring there is no half past two on one of these Sundays, and in autumn there are two.
        Schedule(
            "Fay",
            "rrule",
            "Europe/Berlin",
            {"rrule": "FREQ=WEEKLY;BYDAY=SU", "time": "2:30", "quiet": "none"},
            lambda day: day.weekday() == SUNDAY,
            2,
        ),
        Schedule(
            None,
            "week",
            "Europe/Berlin",
            {"weeks": ["2"], "days": [str(THURSDAY)], "time": "12:00", "quiet": "none"},
            lambda day: day.weekday() == THURSDAY and (day - fortnight).days // 7 % 2 == 0,
            1,
        ),
    ]


def first_minute(day: date, wall: str, zone: ZoneInfo) -> int:
    """The first minute of UTC at which a clock there shows this time, or one after it: found by walking."""
    hour, minute = map(int, wall.split(":"))
    wanted = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a wall clock has no zone
    at = int(wanted.replace(tzinfo=UTC).timestamp()) - 16 * HOUR
    while datetime.fromtimestamp(at, zone).replace(tzinfo=None) < wanted:
        at += 60
    return at


WALLS = {"7.30": "7:30", "6:15 pm": "18:15"}


def due_in(schedule: Schedule, begin: int, end: int) -> list[int]:
    zone = ZoneInfo(schedule.zone)
    typed = str(schedule.typed["time"])
    first = datetime.fromtimestamp(begin, zone).date()
    days = [first + timedelta(days=each) for each in range((end - begin) // DAY + 2)]
    found = [first_minute(day, WALLS.get(typed) or typed, zone) for day in days if schedule.comes_on(day)]
    return [at for at in found if begin < at < end]


def outages(of: Schedule, begin: int, end: int) -> list[tuple[int, int]]:
    """One a month, from half an hour before one of these is due."""
    firsts: dict[tuple[int, int], int] = {}
    for at in due_in(of, begin + 3 * DAY, end - 10 * DAY):
        moment = datetime.fromtimestamp(at, UTC)
        firsts.setdefault((moment.year, moment.month), at)
    return [
        (at - HOUR // 2, at - HOUR // 2 + OUTAGES[number % len(OUTAGES)])
        for number, at in enumerate(firsts.values())
    ]


def end_of_quiet(schedule: Schedule, at: int) -> int:
    """``at``, or seven in the morning there where it lies in quiet hours: only these are typed here."""
    zone = ZoneInfo(schedule.zone)
    here = datetime.fromtimestamp(at, zone)
    if "–" not in schedule.typed["quiet"] or 7 <= here.hour < 21:
        return at
    day = here.date() if here.hour < 7 else here.date() + timedelta(days=1)
    return first_minute(day, "7:00", zone)


def expect(schedule: Schedule, begin: int, end: int, silences: list[tuple[int, int]]) -> list[Due]:
    """What must be sent, by what the issue says about outages and by nothing else."""
    due, expected, skipped = due_in(schedule, begin, end), list[Due](), 0
    for at in due:
        silence = next(((start, stop) for start, stop in silences if start < at < stop), None)
        if silence is None:
            expected.append(Due(at, skipped=skipped))
            skipped = 0
        elif silence[1] - at < STILL_SENT and at == max(each for each in due if each < silence[1]):
            morning = end_of_quiet(schedule, silence[1])
            late = morning == silence[1]
            expected.append(Due(morning, late=late, skipped=skipped))
            skipped = 0
        else:
            skipped += 1
    return expected


async def test_a_year_of_reminders(inboxes: Inboxes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each comes at its local minute, none twice, none missed; after an outage once, late, or counted."""
    stage = inboxes.stage
    wire, request = Wire(stage), FakeHTTPClient.request

    async def carried(client: FakeHTTPClient, route: Any, **options: Any) -> Any:
        return await wire.carry(request, client, route, **options)

    monkeypatch.setattr(FakeHTTPClient, "request", carried)
    begin, looked_at = inboxes.now, set[int]()
    end = begin + 365 * DAY
    group = schedules(datetime.fromtimestamp(begin, ZoneInfo("Europe/Berlin")).date())
    for schedule in group:
        who = inboxes[schedule.who or "Mo"]
        command = "remind me" if schedule.who is not None else "remind channel"
        await who.command(command, how=schedule.how, zone=schedule.zone)
        await who.fill(**schedule.typed)
        await who.press("r-keep")
    silences = outages(group[0], begin, end)
    assert len(silences) >= 11

    weeks = [begin + number * WEEK + DAY for number in range(1, 52)]
    ends = sorted([*((week, None) for week in weeks), *silences, (end, None)], key=lambda each: each[0])
    for start, stop in ends:
        await stage.pass_time(max(start - inboxes.now, 0))
        if stop is not None:
            await stage.bot.stop_loops()
            await stage.env.advance_time(stop - inboxes.now)
        await stage.restart()
        await stage.pass_time(0)
        for schedule in group:
            await open_newest(inboxes, schedule, (start - begin) // WEEK, looked_at)

    for schedule in group:
        sent = notes_to(inboxes, wire, schedule)
        expected = expect(schedule, begin, end, silences)
        assert len(expected) >= 11
        came, due = [due_of(note) for note in sent], [(each.at // 60, each.late) for each in expected]
        assert set(came) ^ set(due) == set(), schedule.who
        assert came == due
        assert all(note.body["flags"] & SILENT for note in sent)
        assert await kept_counts(inboxes, schedule, expected)


async def open_newest(inboxes: Inboxes, schedule: Schedule, week: int, looked_at: set[int]) -> None:
    """Whoever it is for opens their newest note once, in the weeks in which they do."""
    if week % schedule.opened_every:
        return
    who = inboxes[schedule.who or "Bea"]
    lying = [
        note for note in (inboxes.posts() if schedule.who is None else who.inbox) if not note.flags.ephemeral
    ]
    if lying and lying[-1].id not in looked_at:
        looked_at.add(lying[-1].id)
        await who.press("n-show", on=lying[-1])


def notes_to(inboxes: Inboxes, wire: Wire, schedule: Schedule) -> list[Sent]:
    where = inboxes[schedule.who].member.user.dm_channel if schedule.who else inboxes.stage.channel
    sent = wire.of("POST", rf"/channels/{where.id}/messages")
    notes = [note for note in sent if ":n-show:" in str(note.body)]
    assert all(before.at < after.at for before, after in pairwise(notes))
    return notes


def due_of(note: Sent) -> tuple[int, bool]:
    """The minute in which a note was sent, and whether it says that it is late."""
    return int(note.at) // 60, "late" in text_of(note.body["components"])


async def kept_counts(inboxes: Inboxes, schedule: Schedule, expected: list[Due]) -> bool:
    """Whether the notes that are still kept count what was skipped before them."""
    reminder = await inboxes.only(inboxes[schedule.who] if schedule.who else None)
    kept = {note.number: note.skipped for note in reminder.notes}
    return all(kept.get(number, due.skipped) == due.skipped for number, due in enumerate(expected, start=1))
