import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Step
from bot.formulation import acts
from bot.formulation.script import Moment, Script, moment
from bot.formulation.session import Reveal
from tests.formulation.evening import (
    BEGIN,
    CARE,
    FACILITATOR,
    KINDS,
    MEMBERS,
    OWN_SIDE,
    REVERSAL,
    Evening,
    evening_at,
    new_session,
    protocol,
)

LENGTHS = (45, 60, 90)
MINUTES = {
    45: [3, 4, 4, 6, 2, 9, 5, 5, 3, 0],
    60: [4, 5, 5, 8, 2, 14, 6, 6, 4, 0],
    90: [9, 8, 7, 12, 4, 21, 8, 8, 5, 0],
}


@pytest.mark.parametrize("length", LENGTHS)
def test_the_steps_of_an_evening(length: int) -> None:
    """Ten steps in their order; the second rating is not part of the text mode."""
    script = Script(protocol(), length)
    assert tuple(step.kind for step in script.steps) == KINDS
    assert [step.minutes[length] for step in script.steps] == MINUTES[length]


def test_a_step_without_minutes_is_left_out() -> None:
    """A length may do without a step; the handout takes no time and stays."""

    def without_facts(step: Step) -> Step:
        return step.model_copy(update={"minutes": {45: 0}}) if step.kind == "facts" else step

    shorter = protocol().model_copy(update={"steps": tuple(map(without_facts, protocol().steps))})
    kinds = tuple(step.kind for step in Script(shorter, 45).steps)
    assert kinds == tuple(kind for kind in KINDS if kind != "facts")


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("topics", [(), (CARE,), (CARE, REVERSAL), (CARE, REVERSAL, OWN_SIDE)])
def test_every_moment_of_an_evening(length: int, topics: tuple[str, ...]) -> None:
    """From step to step and, within the talk, from topic to topic; after the handout there is no more."""
    script = Script(protocol(), length)
    session = new_session(length).model_copy(update={"reveal": Reveal(seed="seed", topics=topics)})
    passed = [moment(session)]
    while (following := script.next_moment(session)) is not None:
        session = session.model_copy(update={"step": following.step, "topic": following.topic})
        passed.append(following)

    expected = [
        Moment(kind, topic) for kind in KINDS for topic in range(max(len(topics), 1) if kind == "talk" else 1)
    ]
    assert passed == expected
    assert script.number(session) == len(KINDS)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_real_evening_takes_the_same_way(length: int) -> None:
    """What the script announces is where *next* leads."""
    evening = Evening(length)
    while (following := evening.script.next_moment(evening.session)) is not None:
        if evening.kind == "ratings":
            for user in MEMBERS:
                evening.rate(user, {CARE: 1, REVERSAL: 3})
        evening.next()
        if evening.kind != "talk" or evening.session.topic:
            assert moment(evening.session) == following
    assert evening.session.status == "closed"


def test_a_moment_is_written_as_buttons_carry_it() -> None:
    """Step and topic, so that a late press can be told apart."""
    assert str(Moment("talk", 1)) == "talk.1"
    assert str(moment(new_session())) == "arrive.0"


def test_steps_are_numbered_from_one() -> None:
    """The board says "step 4 of 9"."""
    evening = evening_at("ratings")
    assert evening.script.number(evening.session) == 4


@pytest.mark.parametrize("length", LENGTHS)
def test_every_step_runs_until_its_minutes_are_over(length: int) -> None:
    """Minutes count from when the step began, not from when it should have begun."""
    evening = Evening(length)
    for kind in KINDS[:-1]:
        evening.until(kind)
        assert evening.script.until(evening.session) == (
            evening.session.step_began_at + evening.script.step(evening.session).minutes[length] * 60
        )
    assert evening.script.until(evening.until("handout").session) is None


def test_topics_share_the_minutes_of_the_talk() -> None:
    """Fourteen minutes for two topics are seven for each."""
    evening = evening_at("ratings")
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 3})
    evening.until("talk")

    assert evening.script.seconds(evening.session) == 7 * 60
    evening.next()
    assert moment(evening.session) == Moment("talk", 1)
    assert evening.script.until(evening.session) == evening.now + 7 * 60


def test_going_round_takes_the_whole_talk() -> None:
    """A small group has no topics and all the minutes."""
    evening = evening_at("talk")
    assert evening.script.seconds(evening.session) == 14 * 60


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=4))
def test_pauses_move_the_step_and_not_the_end(pauses: list[tuple[int, int]]) -> None:
    """A step ends later by as long as it was held; the evening ends when it was going to."""
    evening = evening_at("telling")
    begin = evening.session.step_began_at
    for waited, held in pauses:
        evening.act(FACILITATOR, acts.Pause(on=True), waited)
        assert evening.script.until(evening.session) is None
        evening.act(FACILITATOR, acts.Pause(on=False), held)

    assert evening.script.until(evening.session) == begin + 5 * 60 + sum(held for _, held in pauses)
    assert evening.script.ends_at(evening.session) == BEGIN + 60 * 60


@pytest.mark.parametrize("length", LENGTHS)
def test_the_end_is_fixed(length: int) -> None:
    """One time for everyone to plan by, from the first step to the last."""
    evening = Evening(length)
    for kind in KINDS:
        assert evening.script.ends_at(evening.until(kind).session) == BEGIN + length * 60


@pytest.mark.parametrize("act", [acts.End(), acts.Strand()])
def test_an_evening_that_is_over_has_no_minutes_left(act: acts.Act) -> None:
    """Nobody is told of time that runs out afterwards."""
    evening = evening_at("telling")
    evening.act(None if isinstance(act, acts.Strand) else FACILITATOR, act)
    assert evening.script.until(evening.session) is None


@pytest.mark.parametrize(("length", "room"), [(45, 2), (60, 2), (90, 3)])
def test_how_many_topics_there_is_time_for(length: int, room: int) -> None:
    """Two in the shorter evenings, three in the long one."""
    assert Script(protocol(), length).topics_in_time() == room


def test_without_a_talk_there_is_no_topic() -> None:
    """A protocol need not have one."""
    silent = protocol().model_copy(
        update={"steps": tuple(step for step in protocol().steps if step.kind != "talk")}
    )
    assert Script(silent, 60).topics_in_time() == 0
