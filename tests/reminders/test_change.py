"""What can happen to a reminder, whatever comes in whichever order."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.reminders import acts
from bot.reminders.acts import Act, Repertoire
from bot.reminders.change import change
from bot.reminders.lateness import STILL_SENT
from bot.reminders.recurrence import occurrences
from bot.reminders.reminder import NOTE_SECONDS, SECONDS_A_DAY, Reminder
from bot.reminders.rules import Rule, Weekly
from bot.reminders.walls import instant_at, wall_at

ZONE = ZoneInfo("Europe/Berlin")
LIBRARY = Repertoire(("a", "b", "c", "d", "e"))
DAY, HOUR = SECONDS_A_DAY, 3_600
RULE = Rule(
    every=Weekly(weekdays=frozenset(range(7))),
    hour=19,
    minute=0,
    zone="Europe/Berlin",
    start=date(2026, 3, 1),
)
ENDING = RULE.model_copy(update={"end": date(2026, 3, 9)})
OTHER = RULE.model_copy(update={"hour": 8, "minute": 30})
BEGIN = instant_at(wall_at(1_772_400_000, ZONE).replace(hour=12, minute=0, second=0), ZONE)


def reminder(rule: Rule = RULE, **more: object) -> Reminder:
    new = Reminder(token="0" * 16, group="1" * 16, user=5, rule=rule, seed="seed", handled_until=BEGIN)
    return new.model_copy(update=more)


def evening(day: int) -> int:
    """Seven in the evening, days after the reminder began."""
    wall = wall_at(BEGIN + day * DAY, ZONE)
    return instant_at(wall.replace(hour=19, minute=0, second=0), ZONE)


def after(begun: Reminder, *happened: Act) -> Reminder:
    for act in happened:
        begun = change(begun, act)
    return begun


def due(*days: int) -> list[Act]:
    return [acts.ComeDue(evening(day) + 5, LIBRARY) for day in days]


MOMENTS = st.integers(BEGIN - DAY, BEGIN + 12 * DAY)
NUMBERS = st.integers(1, 9)
ANYTHING: st.SearchStrategy[Act] = st.one_of(
    st.builds(acts.ComeDue, MOMENTS, st.just(LIBRARY)),
    st.builds(acts.Fade, st.integers(BEGIN, BEGIN + 40 * DAY)),
    st.builds(acts.Open, NUMBERS),
    st.builds(acts.Answer, NUMBERS, st.sampled_from(["did", "adapted", "not-yet", "let-go"])),
    st.builds(acts.Another, NUMBERS, st.sampled_from(LIBRARY.strategies), st.just(LIBRARY)),
    st.builds(acts.Snooze, NUMBERS, MOMENTS),
    st.builds(acts.Pause, MOMENTS),
    st.builds(acts.Resume, MOMENTS),
    st.builds(acts.Skip, st.integers(0, 12).map(evening)),
    st.builds(acts.Stop, MOMENTS),
    st.builds(acts.ChangeRule, st.sampled_from([RULE, ENDING, OTHER]), MOMENTS),
    st.builds(acts.Undelivered, NUMBERS),
    st.builds(acts.Told),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([RULE, ENDING]), st.lists(ANYTHING, max_size=40))
def test_whatever_happens(rule: Rule, happens: list[Act]) -> None:
    """What must hold holds after each act; what is refused changed nothing; twice is once."""
    now = reminder(rule)
    for act in happens:
        try:
            then = change(now, act)
        except Refusal as refusal:
            assert refusal.key in {"note-gone", "reminder-over", "reminder-rests"}  # noqa: PT017
            continue
        assert Reminder.model_validate_json(then.model_dump_json()) == then
        assert (then.resting_since is not None) == (then.state in ("paused", "stopped"))
        numbers = [note.number for note in then.notes]
        assert numbers == sorted(set(numbers))
        assert then.sent >= max(numbers, default=0)
        assert then.sent - now.sent in ((0, 1) if isinstance(act, acts.ComeDue) else (0,))
        assert then.handled_until >= now.handled_until
        if then.state != "running":
            assert then.next_at is None
        if now.state != "running" and isinstance(act, acts.ComeDue):
            assert then == now
        if then.sent > now.sent:
            note = then.notes[-1]
            assert isinstance(act, acts.ComeDue)
            assert act.now - STILL_SENT < note.at <= act.now
            assert note.farewell == (now.unopened >= 2) == (then.state == "stopped")
            assert note.farewell or note.strategy in LIBRARY.strategies
        assert change(then, act) == then if not isinstance(act, acts.Skip) else True
        now = then


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([RULE, ENDING]), st.lists(MOMENTS, max_size=25), st.data())
def test_nothing_is_due_twice(rule: Rule, moments: list[int], data: st.DataObject) -> None:
    """The clock goes on, stands still or is set back: each occurrence is sent once, or skipped."""
    now, sent = reminder(rule), list[int]()
    for moment in moments:
        before = now.sent
        now = change(now, acts.ComeDue(moment, LIBRARY))
        if now.sent > before:
            sent.append(now.notes[-1].at)
            if data.draw(st.booleans()):
                now = change(now, acts.Open(now.sent))
    assert sent == sorted(set(sent))
    named = (
        {each.at for each in occurrences(rule, BEGIN) if each.at <= BEGIN + 20 * DAY} if rule.end else None
    )
    assert named is None or set(sent) <= named


@settings(max_examples=100, deadline=None)
@given(st.lists(MOMENTS, max_size=8), st.integers(10, 400))
def test_never_after_it_was_over(moments: list[int], days: int) -> None:
    """Its last day has come: whatever the clock says then, nothing comes."""
    over = after(reminder(ENDING), acts.ComeDue(evening(days), LIBRARY))
    assert over.state == "over"
    assert after(over, *(acts.ComeDue(each, LIBRARY) for each in moments)) == over
    with pytest.raises(Refusal, match="reminder-over"):
        change(over, acts.Resume(BEGIN + days * DAY))


def test_two_unopened_then_a_farewell() -> None:
    """Once, and nothing after it, until it is asked for again."""
    stopped = after(reminder(), *due(0, 1, 2, 3, 4))
    assert [note.farewell for note in stopped.notes] == [False, False, True]
    assert stopped.state == "stopped"
    again = after(stopped, acts.Resume(evening(6) + 60), *due(6, 7))
    assert [note.farewell for note in again.notes] == [False, False, True, False]
    assert again.notes[-1].at == evening(7)


@pytest.mark.parametrize(
    "touches",
    [
        lambda _: acts.Open(2),
        lambda _: acts.Answer(1, "did"),
        lambda now: acts.Another(2, now.notes[1].strategy, LIBRARY),
        lambda _: acts.Snooze(1, evening(9)),
    ],
)
def test_whatever_is_done_with_one_it_was_opened(touches: Callable[[Reminder], Act]) -> None:
    """The count of those that stayed closed begins again."""
    two = after(reminder(), *due(0, 1))
    opened = change(two, touches(two))
    assert opened.unopened == 0
    assert not after(opened, *due(2, 3)).notes[-1].farewell


def test_put_off_until_one_comes_anyway() -> None:
    """One note with what was put off; nothing is said to have been missed."""
    first = after(reminder(), *due(0))
    strategy = first.notes[0].strategy
    second = after(first, acts.Snooze(1, evening(1)), *due(1))
    assert len(second.notes) == 2
    assert (second.notes[1].strategy, second.notes[1].skipped) == (strategy, 0)


def test_two_put_off_until_the_same_instant() -> None:
    """One comes then, the other the next time: neither is lost."""
    two = after(reminder(), *due(0), acts.Snooze(1, evening(2)), *due(1), acts.Snooze(2, evening(2)))
    wanted = {note.strategy for note in two.notes}
    four = after(two, *due(2), acts.Open(3), *due(3))
    assert {note.strategy for note in four.notes[2:]} == wanted
    assert [note.skipped for note in four.notes] == [0, 0, 0, 0]


def test_another_is_another_also_where_this_one_comes_back() -> None:
    """*The moment didn't come* keeps it for the next time; *another one* now is a different one."""
    first = after(reminder(), *due(0))
    seen = first.notes[0].strategy
    other = after(first, acts.Answer(1, "not-yet"), acts.Another(1, seen, LIBRARY))
    assert other.notes[0].strategy != seen
    assert after(other, acts.Another(1, seen, LIBRARY)) == other
    assert after(other, *due(1)).notes[1].strategy == seen


def test_what_is_let_go_stays_away() -> None:
    """While there are others; where all were let go they come again."""
    now = reminder()
    for day in range(10):
        now = after(now, *due(day), acts.Answer(day + 1, "let-go"))
    strategies = [note.strategy for note in now.notes]
    assert sorted(strategies[:5]) == sorted(LIBRARY.strategies)
    assert set(strategies[5:]) <= set(LIBRARY.strategies)


def test_left_out_and_pressed_again() -> None:
    """The one that was meant does not come, and the next one does."""
    once = change(reminder(), acts.Skip(evening(0)))
    assert once.next_at == evening(1)
    assert change(once, acts.Skip(evening(0))) == once
    assert [note.at for note in after(once, *due(0, 1)).notes] == [evening(1)]
    assert change(reminder(ENDING, handled_until=evening(7)), acts.Skip(evening(8))).state == "over"


def test_rest_skips_what_was_due_meanwhile() -> None:
    """Put off until then, too; and it is not counted as missed."""
    resting = after(reminder(), *due(0), acts.Snooze(1, evening(1) + HOUR), acts.Pause(evening(0) + HOUR))
    assert after(resting, *due(1, 2)) == resting
    for go_on in (acts.Resume(evening(3) + HOUR), acts.ChangeRule(OTHER, evening(3) + HOUR)):
        on = change(resting, go_on)
        assert (on.state, on.snoozed) == ("running", ())
        sent = change(
            on,
            acts.ComeDue(evening(4) + 5, LIBRARY)
            if on.rule == RULE
            else acts.ComeDue(on.next_at or 0, LIBRARY),
        )
        assert [note.skipped for note in sent.notes] == [0, 0]


def test_after_an_outage() -> None:
    """The newest comes, marked, with how many did not; the oldest alone are counted for the next."""
    late = change(reminder(), acts.ComeDue(evening(3) + 5 * HOUR, LIBRARY))
    (note,) = late.notes
    assert (note.at, note.late, note.skipped) == (evening(3), True, 3)
    none = change(reminder(), acts.ComeDue(evening(3) + 7 * HOUR, LIBRARY))
    assert (none.notes, none.missed) == ((), 4)
    assert after(none, *due(4)).notes[0].skipped == 4


def test_notes_go_after_a_fortnight() -> None:
    """The reminder stays, and counts on."""
    now = after(reminder(), *due(0, 1), acts.Open(2))
    left = change(now, acts.Fade(evening(0) + NOTE_SECONDS))
    assert [note.number for note in left.notes] == [2]
    with pytest.raises(Refusal, match="note-gone"):
        change(left, acts.Open(1))
    assert after(left, *due(2)).notes[-1].number == 3


def test_an_outage_that_ends_in_quiet_hours() -> None:
    """What is late comes when they end, once, and the next comes as always."""
    quiet = RULE.model_copy(update={"quiet_from": 21 * 60, "quiet_to": 7 * 60})
    back_at = evening(1) + 4 * HOUR
    silent = change(reminder(quiet, handled_until=evening(0)), acts.ComeDue(back_at, LIBRARY))
    assert silent.notes == ()
    morning = evening(1) + 12 * HOUR
    assert silent.next_at == morning
    woken = change(silent, acts.ComeDue(morning, LIBRARY))
    (note,) = woken.notes
    assert (note.at, note.late, note.skipped) == (morning, False, 0)
    assert note.strategy in LIBRARY.strategies
    assert woken.next_at == evening(2)
