"""A protocol as one session runs it: its steps, its minutes, and what is kept free for the presenter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Step
from bot.formulation import acts
from bot.formulation.script import Moment, Script, moment
from bot.formulation.session import Mode, Reveal
from bot.refusal import Refusal
from tests.formulation.evening import (
    AMA,
    BALINT,
    BEGIN,
    CARE,
    FACILITATOR,
    INCIDENT,
    KINDS,
    OWN_SIDE,
    PRESENTER,
    PROTOCOLS,
    REVERSAL,
    SIX,
    TIETZE,
    Evening,
    evening_at,
    new_session,
    protocol,
    talking,
)

LENGTHS = (45, 60, 90)
LIVE: tuple[Mode, ...] = ("voice", "text")
MINUTES = {
    45: [3, 4, 4, 6, 2, 9, 5, 5, 3, 0],
    60: [4, 5, 5, 8, 2, 14, 1, 6, 6, 4, 0],
    90: [9, 8, 7, 12, 4, 21, 3, 8, 8, 5, 0],
}
TWO_TOPICS = ({CARE: 1, REVERSAL: 3},) * 4


def kinds_of(script: Script) -> tuple[str, ...]:
    return tuple(step.kind for step in script.steps)


# Which steps there are


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("mode", LIVE)
def test_the_steps_of_an_evening(length: int, mode: Mode) -> None:
    """In their order; the shortest evening has no time for a second rating."""
    script = Script(protocol(), mode, length)
    assert [step.minutes[length] for step in script.steps] == MINUTES[length]
    assert kinds_of(script) == tuple(kind for kind in KINDS if length > 45 or kind != "second-ratings")


@pytest.mark.parametrize("named", [SIX, INCIDENT, TIETZE])
def test_the_steps_of_a_slow_session(named: str) -> None:
    """Each that has days, whatever minutes it would have; and the handout, which takes none."""
    script = Script(protocol(named), "slow", 0)
    assert script.steps == protocol(named).steps
    assert all(step.days is not None for step in script.steps[:-1])


def test_a_step_without_time_is_left_out() -> None:
    """Without minutes in a length of evening, without days in slow mode; the handout needs neither."""

    def without_facts(step: Step) -> Step:
        return step.model_copy(update={"minutes": {45: 0}, "days": None}) if step.kind == "facts" else step

    shorter = protocol().model_copy(update={"steps": tuple(map(without_facts, protocol().steps))})
    for mode in ("voice", "text", "slow"):
        script = Script(shorter, mode, 45)
        assert "facts" not in kinds_of(script)
        assert kinds_of(script)[-1] == "handout"


def test_what_a_step_asks_for_hangs_on_the_time_there_is() -> None:
    """How many topics, and which fits want to be explained."""
    asked = [
        (script.topics, script.evidence)
        for script in (Script(protocol(), "text", 45), Script(protocol(), "voice", 60))
    ]
    assert asked == [(2, "highest"), (2, "highest")]
    long, slow = Script(protocol(), "text", 90), Script(protocol(), "slow", 0)
    assert (long.topics, long.evidence) == (3, "claimed")
    assert (slow.topics, slow.evidence) == (3, "all")


@pytest.mark.parametrize(
    ("named", "rates"), [(SIX, True), (BALINT, False), (INCIDENT, False), (TIETZE, False)]
)
def test_only_the_six_are_rated(named: str, rates: bool) -> None:
    """The others have no topics either."""
    script = Script(protocol(named), "text", 60)
    assert (script.rates, script.topics > 0) == (rates, rates)


@pytest.mark.parametrize(
    ("mode", "field"), [("voice", "voice_guide"), ("text", "guide"), ("slow", "slow_guide")]
)
def test_the_board_guides_in_the_way_people_meet(mode: Mode, field: str) -> None:
    """Spoken, written, or over days."""
    evening = evening_at("talk", mode=mode)
    assert evening.script.guide(evening.session) == getattr(protocol().step("talk"), field)


@pytest.mark.parametrize("mode", ["voice", "text", "slow"])
def test_a_guide_without_another_wording_serves_all(mode: Mode) -> None:
    """The close of a slow session reads as any other."""
    evening = evening_at("step", mode=mode)
    assert evening.script.guide(evening.session) == protocol().step("step").guide


# From moment to moment


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("topics", [(), (CARE,), (CARE, REVERSAL), (CARE, REVERSAL, OWN_SIDE)])
def test_every_moment_of_an_evening(length: int, topics: tuple[str, ...]) -> None:
    """From step to step and, within the talk, from topic to topic; after the handout there is no more."""
    script = Script(protocol(), "text", length)
    session = new_session(length).model_copy(update={"reveal": Reveal(seed="seed", topics=topics)})
    passed = [moment(session)]
    while (following := script.next_moment(session)) is not None:
        session = session.model_copy(update={"step": following.step, "topic": following.topic})
        passed.append(following)

    expected = [
        Moment(step.id, topic)
        for step in script.steps
        for topic in range(max(len(topics), 1) if step.kind == "talk" else 1)
    ]
    assert passed == expected
    assert script.number(session) == len(script.steps)


def test_a_slow_talk_is_one_moment() -> None:
    """Over days the topics are open side by side."""
    evening = talking(mode="slow")
    assert len(evening.session.topics) == 3
    assert evening.script.next_moment(evening.session) == Moment("second-ratings", 0)


@pytest.mark.parametrize("named", PROTOCOLS)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_real_evening_takes_the_announced_way(named: str, length: int) -> None:
    """Where the script says that *next* leads is where it leads, to the close."""
    evening = Evening(length, named=named)
    while (following := evening.script.next_moment(evening.session)) is not None:
        if evening.kind == "ratings":
            evening.rated(*TWO_TOPICS)
        evening.next()
        assert moment(evening.session) == following
    assert evening.session.status == "closed"


def test_back_leads_where_next_came_from() -> None:
    """Moment by moment, to what was hidden until now or to the beginning."""
    evening = talking(90)
    while evening.script.moment_before(evening.session) is not None:
        before = evening.act(FACILITATOR, acts.GoBack(evening.here))
        again = evening.next()
        assert (before.step, before.topic) != (again.step, again.topic)
        evening.act(FACILITATOR, acts.GoBack(evening.here))
    assert evening.kind == "reveal"

    evening = evening_at("ratings")
    back = []
    while evening.script.moment_before(evening.session) is not None:
        back.append(evening.act(FACILITATOR, acts.GoBack(evening.here)).step)
    assert back == ["facts", "telling", "arrive"]


def test_a_moment_is_written_as_buttons_carry_it() -> None:
    """Step and topic, so that a late press can be told apart."""
    assert str(Moment("talk", 1)) == "talk.1"
    assert str(moment(new_session())) == "arrive.0"


def test_steps_are_numbered_from_one() -> None:
    """The board says "step 4 of 10"."""
    evening = evening_at("ratings")
    assert evening.script.number(evening.session) == 4


# How long


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("named", PROTOCOLS)
def test_every_step_runs_until_its_minutes_are_over(named: str, length: int) -> None:
    """Minutes count from when the step began, not from when it should have begun."""
    evening = Evening(length, named=named)
    for step in evening.script.steps[:-1]:
        evening.until(step.id)
        assert evening.until_now == evening.session.step_began_at + step.minutes[length] * 60
    assert evening.until("handout").until_now is None


def test_topics_share_the_minutes_of_the_talk() -> None:
    """Fourteen minutes for two topics are seven for each."""
    evening = evening_at("ratings").rated(*TWO_TOPICS).until("talk")
    assert evening.until_now == evening.now + 7 * 60
    evening.next()
    assert moment(evening.session) == Moment("talk", 1)
    assert evening.until_now == evening.now + 7 * 60


def test_what_the_first_topic_takes_the_last_one_lacks() -> None:
    """Whatever is pressed and however late it gets, the presenter's time begins when it was going to."""
    evening = evening_at("ratings").rated(*TWO_TOPICS).until("reveal")
    evening.next(BEGIN + 30 * 60 - evening.now)
    # Half past; the second rating begins at 43: thirteen minutes for two.
    assert evening.until_now == BEGIN + 36 * 60 + 30
    evening.act(FACILITATOR, acts.MoreTime(evening.here))
    assert evening.until_now == BEGIN + 38 * 60 + 30
    evening.next(BEGIN + 39 * 60 - evening.now)
    assert evening.until_now == BEGIN + 43 * 60


def test_going_round_takes_the_whole_talk() -> None:
    """A small group has no topics and all the minutes."""
    evening = evening_at("talk")
    assert evening.session.topics == ()
    assert evening.until_now == evening.now + 14 * 60


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=3))
def test_pauses_move_the_step_and_not_the_end(pauses: list[tuple[int, int]]) -> None:
    """A step ends later by as long as it was held; the evening ends when it was going to."""
    evening = evening_at("telling")
    begin = evening.session.step_began_at
    for waited, held in pauses:
        evening.act(FACILITATOR, acts.Pause(on=True), waited)
        assert evening.until_now is None
        evening.act(FACILITATOR, acts.Pause(on=False), held)

    assert evening.until_now == begin + 5 * 60 + sum(held for _, held in pauses)
    assert evening.script.ends_at(evening.session) == BEGIN + 60 * 60


@pytest.mark.parametrize("act", [acts.End(), acts.Strand()])
def test_an_evening_that_is_over_has_no_minutes_left(act: acts.Act) -> None:
    """Nobody is told of time that runs out afterwards."""
    evening = evening_at("telling")
    evening.act(None if isinstance(act, acts.Strand) else FACILITATOR, act)
    assert evening.until_now is None
    assert evening.script.wakes_at(evening.session) is None


# The presenter's end


RESERVE = {
    (SIX, 45): 13,
    (SIX, 60): 16,
    (SIX, 90): 21,
    (BALINT, 45): 8,
    (BALINT, 60): 11,
    (BALINT, 90): 16,
    (INCIDENT, 45): 11,
    (INCIDENT, 60): 14,
    (INCIDENT, 90): 21,
    (TIETZE, 45): 12,
    (TIETZE, 60): 16,
    (TIETZE, 90): 23,
}


@pytest.mark.parametrize(("named", "length"), RESERVE)
def test_the_last_minutes_are_the_presenters(named: str, length: int) -> None:
    """Added up by hand from the protocols: answer, step and close."""
    evening = Evening(length, named=named)
    kept = evening.script.ends_at(evening.session) - (evening.script.reserve_begins(evening.session) or 0)
    assert kept == RESERVE[named, length] * 60


MOST = {
    "arrive": 23,
    "telling": 28,
    "facts": 33,
    "ratings": 41,
    "reveal": 43,
    "talk": 43,
    "second-ratings": 44,
    "answer": 50,
    "step": 56,
    "close": 60,
}
"""Minutes after the beginning of an hour until which a step may last at most."""


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_step_may_last_into_the_talk_and_no_further(kind: str) -> None:
    """More time for anything comes out of the talk; all else, and the presenter's end, stay whole."""
    evening = evening_at(kind)
    assert evening.script.latest(evening.session) == BEGIN + MOST[kind] * 60


def test_a_talk_of_several_parts_may_take_from_all_of_them() -> None:
    """In the incident method positions, comparing and advice give what the facts take."""
    evening = evening_at("facts", named=INCIDENT)
    assert evening.script.latest(evening.session) == BEGIN + 46 * 60
    assert evening.script.latest(evening.until("advice").session) == BEGIN + 46 * 60


def pressed_often(evening: Evening, presses: list[tuple[str, int]]) -> None:
    for what, after in presses:
        here = evening.here
        by, act = {
            "more": (FACILITATOR, acts.MoreTime(here)),
            "next": (FACILITATOR, acts.Skip(here)),
            "back": (FACILITATOR, acts.GoBack(here)),
            "aside": (PRESENTER, acts.SetTopicAside(here)),
            "hold": (PRESENTER, acts.Pause(on=evening.session.paused_at is None)),
            "clock": (None, acts.TimeUp(here)),
        }[what]
        try:
            evening.act(by, act, after)
        except Refusal:
            assert what != "clock"


@given(
    st.sampled_from(sorted(RESERVE)),
    st.integers(0, 6),
    st.lists(
        st.tuples(
            st.sampled_from(["more", "more", "next", "back", "aside", "hold", "clock"]),
            st.sampled_from([0, 1, 60, 130, 600]),
        ),
        max_size=25,
    ),
)
def test_the_presenters_time_is_untouched_whatever_is_pressed(
    script: tuple[str, int], raters: int, presses: list[tuple[str, int]]
) -> None:
    """No step before it is given a second of it, and the end of the evening never moves."""
    named, length = script
    evening = Evening(length, named=named)
    end, reserve = BEGIN + length * 60, BEGIN + (length - RESERVE[script]) * 60
    if evening.script.rates and raters:
        evening.until("ratings").rated(*({CARE: each, REVERSAL: 4 - each % 5} for each in range(raters - 1)))
    for number in range(len(presses) + 1):
        pressed_often(evening, presses[number - 1 : number])
        until = evening.until_now
        assert evening.script.ends_at(evening.session) == end
        assert evening.script.reserve_begins(evening.session) == reserve
        if until is not None:
            assert until <= (end if evening.script.step(evening.session).reserve else reserve)


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_two_minutes_more_until_there_are_none(kind: str) -> None:
    """Two each time, then what is left, then a no; never a second into what is kept."""
    evening = evening_at(kind)
    latest = evening.script.latest(evening.session)
    while (until := evening.until_now or 0) < latest:
        evening.act(FACILITATOR, acts.MoreTime(evening.here))
        assert evening.until_now == min(until + 120, latest)
    assert evening.refusal(FACILITATOR, acts.MoreTime(evening.here)) == "no-minutes-left"


def test_two_more_minutes_come_out_of_the_talk() -> None:
    """Used up to the last second, they are missing there and nowhere else."""
    evening = Evening(60)
    evening.wake()
    evening.next(0)
    for _ in range(4):
        evening.act(FACILITATOR, acts.MoreTime(evening.here))
    spans = []
    while not evening.script.step(evening.session).reserve:
        if evening.kind == "ratings":
            evening.rated({CARE: 1})
        evening.wake()
        spans.append((evening.kind, evening.now - evening.session.step_began_at))
        evening.next(0)
    # Eight minutes more, five of which nobody had been promised.
    assert dict(spans) == {
        "telling": 13 * 60,
        "facts": 5 * 60,
        "ratings": 8 * 60,
        "reveal": 2 * 60,
        "talk": 11 * 60,
        "second-ratings": 60,
    }
    assert evening.now == BEGIN + 44 * 60


@pytest.mark.parametrize("named", PROTOCOLS)
@pytest.mark.parametrize("presses", [0, 1, 3])
def test_what_a_step_leaves_for_the_talk_is_what_the_talk_has(named: str, presses: int) -> None:
    """Said when more time is taken, and kept when every step in between runs as long as it was meant to."""
    evening = Evening(60, named=named).until("telling")
    for _ in range(presses):
        evening.act(FACILITATOR, acts.MoreTime(evening.here))
    said = evening.script.left_to_give(evening.session)
    while evening.kind not in ("talk", "gather"):
        if evening.kind == "ratings":
            evening.rated(*TWO_TOPICS)
        evening.wake()
        evening.next(0)
    assert said == evening.script.latest(evening.session) - evening.now


def test_without_a_clock_nothing_is_left_to_give() -> None:
    """Over days, while the group is held, and after the close."""
    slow = evening_at("facts", mode="slow")
    assert slow.script.left_to_give(slow.session) == 0
    evening = evening_at("facts")
    evening.act(PRESENTER, acts.Pause(on=True))
    assert evening.script.left_to_give(evening.session) == 0
    assert evening.script.left_to_give(evening_at("handout").session) == 0


def test_minutes_that_are_over_are_not_paid_back() -> None:
    """Asked for three minutes late, two more begin at the press, and the facilitator is called anew."""
    evening = evening_at("telling")
    evening.wake()
    assert evening.session.time_up
    evening.act(FACILITATOR, acts.MoreTime(evening.here), 180)
    assert evening.until_now == evening.now + 120
    assert not evening.session.time_up
    assert evening.act(None, acts.TimeUp(evening.here), 119).time_up is False
    assert evening.act(None, acts.TimeUp(evening.here), 1).time_up is True


def test_more_time_is_for_the_moment_that_was_seen() -> None:
    """A button of a step that is over gives nothing to the one that is running."""
    evening = evening_at("facts")
    before = evening.session
    assert evening.act(FACILITATOR, acts.MoreTime("telling.0")) == before


def test_a_held_clock_and_a_date_are_not_stretched() -> None:
    """While the group is held there is nothing to add to, and days are moved by their date."""
    evening = evening_at("facts")
    evening.act(PRESENTER, acts.Pause(on=True))
    assert evening.refusal(FACILITATOR, acts.MoreTime(evening.here)) == "paused"
    slow = evening_at("facts", mode="slow")
    assert slow.refusal(FACILITATOR, acts.MoreTime(slow.here)) == "no-clock-here"


# When the clock speaks


def test_the_clock_speaks_twice_of_a_talk_that_goes_on() -> None:
    """When its minutes are over, and when the presenter's own time begins; then no more."""
    evening = evening_at("talk")
    assert evening.script.wakes_at(evening.session) == evening.until_now
    evening.wake()
    assert (evening.session.time_up, evening.session.reserve_called) == (True, False)
    assert evening.script.wakes_at(evening.session) == BEGIN + 44 * 60
    evening.wake()
    assert (evening.session.time_up, evening.session.reserve_called) == (True, True)
    assert evening.script.wakes_at(evening.session) is None


def test_in_their_own_time_the_presenter_is_called_once_a_step() -> None:
    """The reserve has begun already: there is nothing more to say of it."""
    evening = evening_at("answer")
    evening.wake()
    assert evening.script.wakes_at(evening.session) is None
    assert not evening.session.reserve_called


def test_a_group_that_is_late_hears_both_at_once() -> None:
    """The presenter's time had begun before the talk did."""
    evening = evening_at("reveal")
    evening.next(3_000)
    assert (evening.until_now or 0) < evening.now
    evening.act(None, acts.TimeUp(evening.here))
    assert (evening.session.time_up, evening.session.reserve_called) == (True, True)


def test_a_held_group_hears_nothing() -> None:
    """Not before it goes on."""
    evening = evening_at("talk")
    evening.act(PRESENTER, acts.Pause(on=True))
    assert evening.script.wakes_at(evening.session) is None
    evening.act(PRESENTER, acts.Pause(on=False), 5_000)
    assert evening.script.wakes_at(evening.session) is not None


def test_whoever_asks_for_no_nudge_has_one_date() -> None:
    """Over days the clock speaks in the evening, and in the morning where somebody wants it to."""
    evening = Evening(mode="slow")
    due = evening.session.due_at or 0
    assert evening.script.wakes_at(evening.session) == due
    evening.act(AMA, acts.WantNudge(on=True))
    assert evening.script.wakes_at(evening.session) == due - 9 * 3600
