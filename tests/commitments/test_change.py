"""What becomes of a commitment: by single acts, and whatever happens to it."""

from collections.abc import Callable
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commitments import acts
from bot.commitments.acts import Act
from bot.commitments.change import change, dates_of
from bot.commitments.commitment import BACK_SECONDS, NOTE_SECONDS, OPEN_SECONDS, Commitment, Timing
from bot.commitments.posts import posts
from bot.refusal import Refusal
from bot.reminders.lateness import STILL_SENT
from bot.reminders.walls import is_quiet
from tests.commitments.plans import BEGIN, DAY, HOUR, TIMINGS, plan, some_act, timing

THURSDAY = BEGIN - (16 * HOUR + 13 * 60 + 20) + 3 * DAY + 15 * HOUR
"""Three in the afternoon, in Berlin, of the first Thursday after ``BEGIN``."""


def reminded(when: str = "Thursday 15:00", now: int = BEGIN) -> Commitment:
    return change(plan(), acts.Remind(timing(when), now))


def due(commitment: Commitment, now: int) -> Commitment:
    return change(commitment, acts.ComeDue(now))


def refused(commitment: Commitment, act: Act) -> str:
    with pytest.raises(Refusal) as refusal:
        change(commitment, act)
    return refusal.value.key


def test_ten_minutes_before_and_a_week_after() -> None:
    """The two dates of a cue that names its time."""
    commitment = reminded()
    assert (commitment.nudge_at, commitment.back_at) == (THURSDAY - 600, THURSDAY + 7 * DAY)
    assert plan().next_at is None


def test_only_coming_back() -> None:
    """Without a time it comes back alone, after a week."""
    assert dates_of(timing(""), BEGIN) == (None, BEGIN + BACK_SECONDS)


def test_neither_date_is_in_quiet_hours() -> None:
    """Before the moment it comes earlier, after it later."""
    late = reminded("Monday 21:30")
    monday = THURSDAY - 3 * DAY
    assert late.nudge_at == monday + 6 * HOUR - 60
    assert late.back_at == monday + 7 * DAY + 16 * HOUR


@given(TIMINGS, st.integers(BEGIN, BEGIN + 300 * DAY))
@settings(max_examples=150)
def test_dates_are_to_come_and_never_quiet(asked: Timing, now: int) -> None:
    """Whatever is asked for: later than now, out of quiet hours, the week after the moment."""
    try:
        nudge, back = dates_of(asked, now)
    except Refusal:
        # Its one day is too far off.
        assert "September" in asked.when
        return
    for at in (nudge, back):
        if at is not None:
            assert at > now
            assert not is_quiet(at, ZoneInfo(asked.zone), asked.quiet_from, asked.quiet_to)
    assert back >= now + BACK_SECONDS
    assert nudge is None or nudge < back


def test_a_note_is_due_once() -> None:
    """Handed out twice it is one note, and with the clock set back it is not due again."""
    sent = due(reminded(), THURSDAY - 600)
    assert [note.kind for note in sent.notes] == ["cue"]
    assert due(sent, THURSDAY - 600) == sent
    assert due(sent, BEGIN) == sent
    assert posts(sent).keys() == posts(due(sent, THURSDAY)).keys()


def test_after_an_outage() -> None:
    """Late it says so; too late it does not come, and it still comes back."""
    late = due(reminded(), THURSDAY + HOUR)
    assert [note.late for note in late.notes] == [True]
    never = due(reminded(), THURSDAY - 600 + STILL_SENT)
    assert never.notes == ()
    assert never.next_at == THURSDAY + 7 * DAY
    both = due(reminded(), THURSDAY + 7 * DAY)
    assert [note.kind for note in both.notes] == ["back"]


def test_two_unopened_then_a_farewell() -> None:
    """And nothing after it; one that was opened begins the count again."""
    commitment, kinds, now = reminded(), list[str](), BEGIN
    for _ in range(3):
        assert commitment.next_at is not None
        now = commitment.next_at
        commitment = due(commitment, now)
        kinds.append(commitment.notes[-1].kind)
    assert kinds == ["cue", "back", "farewell"]
    assert (commitment.status, commitment.next_at) == ("open", None)
    opened = change(due(reminded(), THURSDAY - 600), acts.Open(1))
    assert (opened.unopened, opened.notes[0].opened) == (0, True)


@pytest.mark.parametrize(
    ("act", "status"), [(acts.Keep("a line", THURSDAY), "kept"), (acts.Drop("a line", THURSDAY), "dropped")]
)
def test_closed(act: Act, status: str) -> None:
    """With its line, once; nothing comes any more, and nothing else can become of it."""
    closed = change(reminded(), act)
    assert (closed.status, closed.line, closed.closed_at, closed.next_at) == (
        status,
        "a line",
        THURSDAY,
        None,
    )
    assert change(closed, act) == closed
    assert closed.ends_at == THURSDAY + 14 * DAY
    other = acts.Drop("", THURSDAY) if status == "kept" else acts.Keep("", THURSDAY)
    rewritten = acts.Rewrite("a", "b", THURSDAY)
    for late in (other, acts.NotYet(THURSDAY), rewritten, acts.Remind(timing(), BEGIN)):
        assert refused(closed, late) == "commitment-closed"


def test_the_moment_did_not_come() -> None:
    """The next Thursday; pressed twice the same; never to-morrow again where it was to-morrow."""
    sent = due(reminded(), THURSDAY - 600)
    again = change(sent, acts.NotYet(THURSDAY))
    assert again.nudge_at == THURSDAY + 7 * DAY - 600
    assert change(again, acts.NotYet(THURSDAY + 60)).nudge_at == again.nudge_at
    for once in ("tomorrow at 15:00", "24 September, 15:00"):
        past = change(reminded(once), acts.NotYet(THURSDAY + DAY))
        assert past.nudge_at is None
        assert past.back_at == THURSDAY + 8 * DAY


def test_changed() -> None:
    """Where the notes came by its words they come by the new ones; where a time was set, that stays."""
    by_words = change(plan(), acts.Remind(timing("it is Thursday 15:00"), BEGIN))
    friday = change(by_words, acts.Rewrite("it is Friday 15:00", "wait", BEGIN))
    assert friday.nudge_at == THURSDAY + DAY - 600
    untimed = change(by_words, acts.Rewrite("she asks", "wait", BEGIN))
    assert (untimed.nudge_at, untimed.back_at) == (None, BEGIN + BACK_SECONDS)
    set_time = change(plan(), acts.Remind(timing("Thursday 15:00"), BEGIN))
    assert change(set_time, acts.Rewrite("she asks", "wait", BEGIN)).nudge_at == THURSDAY - 600
    assert refused(plan(), acts.Rewrite(" ", "wait", BEGIN)) == "nothing-written"


def test_refused() -> None:
    """Each with its sentence, and nothing changed."""
    assert refused(plan(), acts.Remind(timing("some day"), BEGIN)) == "commitment-no-time"
    assert refused(plan(), acts.Open(1)) == "note-gone"
    stopped = change(due(reminded(), THURSDAY - 600), acts.StopReminding(THURSDAY))
    assert refused(stopped, acts.Snooze(1, THURSDAY + DAY)) == "commitment-not-reminding"


def test_it_fades() -> None:
    """Notes after two weeks; the whole of it a while after its owner last did something about it."""
    sent = due(reminded(), THURSDAY - 600)
    assert sent.fades_at == THURSDAY - 600 + NOTE_SECONDS
    faded = change(sent, acts.Fade(THURSDAY - 600 + NOTE_SECONDS))
    assert faded.notes == ()
    assert plan().ends_at == plan().fades_at == BEGIN + OPEN_SECONDS


def test_at_a_visit() -> None:
    """Half a day after it was made, and half a day after it was last shown."""
    assert not plan().comes_back(BEGIN + 11 * HOUR)
    assert plan().comes_back(BEGIN + 12 * HOUR)
    shown = change(plan(), acts.Offered(BEGIN + 12 * HOUR))
    assert not shown.comes_back(BEGIN + 13 * HOUR)
    assert shown.comes_back(BEGIN + DAY)


def test_a_note_that_could_not_be_delivered() -> None:
    """It is remembered until its owner has heard of it."""
    sent = change(due(reminded(), THURSDAY - 600), acts.Undelivered(1))
    assert sent.unreached
    assert not change(sent, acts.Told()).unreached
    assert not change(plan(), acts.Undelivered(1)).unreached


HOLDS: tuple[Callable[[Commitment, Commitment, int], bool], ...] = (
    lambda _, after, __: after.status == "open" or (after.next_at is None and after.closed_at is not None),
    lambda _, after, __: after.timing is not None or after.next_at is None,
    lambda before, after, _: after.sent - before.sent in (0, 1),
    lambda _, after, __: len({note.number for note in after.notes}) == len(after.notes),
    lambda before, after, _: before.status in ("open", after.status),
    lambda _, after, __: after.ends_at >= after.fades_at,
)


@given(st.data())
@settings(max_examples=150)
def test_whatever_happens(data: st.DataObject) -> None:
    """Any acts in any order, the clock going back at times: no note twice, none unasked."""
    commitment, now = plan(), BEGIN
    for _ in range(data.draw(st.integers(1, 25))):
        now += data.draw(st.sampled_from([-HOUR, 0, 60, HOUR, DAY, 7 * DAY]))
        act = data.draw(some_act(now))
        try:
            after = change(commitment, act)
        except Refusal:
            continue
        assert all(each(commitment, after, now) for each in HOLDS), act
        if after.sent > commitment.sent:
            assert isinstance(act, acts.ComeDue)
            assert commitment.next_at is not None
            assert commitment.next_at <= now
            assert after.notes[-1].at <= now
            assert now - after.notes[-1].at < STILL_SENT
        if isinstance(act, acts.ComeDue):
            assert after.next_at is None or after.next_at > now
        if not isinstance(act, acts.Snooze):
            assert change(after, act) == after or isinstance(act, acts.NotYet | acts.Remind)
        commitment = after


def test_every_act_happens_here() -> None:
    """A new act comes among those at random."""
    drawn = set[type[Act]]()

    @given(some_act(BEGIN))
    @settings(max_examples=300, database=None)
    def draw(act: Act) -> None:
        drawn.add(type(act))

    draw()
    assert drawn == set(get_args(Act))


def test_an_outage_that_ends_in_quiet_hours() -> None:
    """What is late comes back in the morning, and asks how it went: its moment is over by then."""
    late = change(plan(), acts.Remind(timing("Thursday 20:00"), BEGIN))
    silent = due(late, THURSDAY + 8 * HOUR)
    assert silent.notes == ()
    assert silent.next_at == THURSDAY + 16 * HOUR
    (note,) = due(silent, THURSDAY + 16 * HOUR).notes
    assert (note.kind, note.late) == ("back", False)
