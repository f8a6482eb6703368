"""Coming in, going on, holding and ending: what moves a session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation import acts
from bot.formulation.script import moment
from bot.formulation.session import FEWEST_PEOPLE, MOST_PEOPLE, Person
from bot.formulation.transition import transition
from bot.refusal import Refusal
from tests.formulation.evening import (
    ACCOUNT,
    CARE,
    FACILITATOR,
    KINDS,
    MEMBERS,
    OUTSIDER,
    PRESENTER,
    REVERSAL,
    Evening,
    evening_at,
    full_evening,
    key_of,
    library,
    new_session,
    protocol,
)

AMA, BEN = MEMBERS[0], MEMBERS[1]


def seen(evening: Evening) -> str:
    return str(moment(evening.session))


# Coming in


def test_who_joins_is_a_member() -> None:
    """They get the key that was drawn for them, and everybody else stays who they were."""
    evening = Evening()
    before = evening.session.people
    after = evening.act(OUTSIDER, acts.Join("fresh")).people
    assert after == (*before, Person(key="fresh", user=OUTSIDER, role="member"))


def test_nobody_comes_in_twice() -> None:
    """A second press on the invitation changes neither role nor key."""
    evening = Evening()
    for user in (PRESENTER, FACILITATOR, AMA):
        before = evening.session
        assert evening.act(user, acts.Join("another")) == before


def test_a_full_session_takes_nobody_in() -> None:
    """Twenty-five are as many as fit; those who are in may press again."""
    evening = Evening(members=range(100, 100 + MOST_PEOPLE - 2))
    assert len(evening.session.people) == MOST_PEOPLE

    assert evening.refusal(OUTSIDER, acts.Join("fresh")) == "session-full"
    assert evening.act(100, acts.Join("fresh")) == evening.session


def test_whoever_comes_late_rates_only_before_the_reveal() -> None:
    """They may join in the ratings, and may talk later on."""
    evening = evening_at("ratings")
    evening.act(OUTSIDER, acts.Join(key_of(OUTSIDER)))
    evening.rate(OUTSIDER, {CARE: 2})
    assert evening.session.walk(evening.session.people[-1]).fits == {CARE: 2}

    evening.until("talk").act(4, acts.Join("later"))
    assert evening.refusal(4, acts.Rate(CARE, 2)) == "step-moved-on"


def without_facilitator(*users: int) -> Evening:
    evening = Evening()
    evening.session = new_session(users=users)
    return evening


def test_a_member_takes_the_role_that_nobody_has() -> None:
    """They keep their place and their key."""
    evening = without_facilitator(AMA, BEN)
    evening.act(AMA, acts.Facilitate("fresh"))
    assert evening.session.people[1] == Person(key=key_of(AMA), user=AMA, role="facilitator")


def test_an_outsider_comes_in_as_facilitator() -> None:
    """One press is enough."""
    evening = without_facilitator(AMA)
    evening.act(OUTSIDER, acts.Facilitate("fresh"))
    assert evening.session.holder("facilitator") == Person(key="fresh", user=OUTSIDER, role="facilitator")


def test_the_role_is_taken_once() -> None:
    """Of two who press at once, the second is told; the first may press again."""
    evening = without_facilitator(AMA, BEN)
    evening.act(AMA, acts.Facilitate("one"))
    for user in (BEN, OUTSIDER, PRESENTER):
        assert evening.refusal(user, acts.Facilitate("two")) == "facilitator-taken"
    assert evening.act(AMA, acts.Facilitate("three")) == evening.session


def test_the_presenter_can_t_facilitate() -> None:
    """Whoever brings the case has enough to do."""
    evening = without_facilitator(AMA)
    assert evening.refusal(PRESENTER, acts.Facilitate("fresh")) == "presenter-cannot-facilitate"


def test_nobody_slips_into_a_full_session_to_facilitate() -> None:
    """Members of it still may."""
    evening = without_facilitator(*range(100, 100 + MOST_PEOPLE - 1))
    assert evening.refusal(OUTSIDER, acts.Facilitate("fresh")) == "session-full"
    assert evening.act(100, acts.Facilitate("fresh")).holder("facilitator") is not None


def test_when_the_facilitator_is_forgotten_another_may_take_over() -> None:
    """No session is stuck with nobody."""
    evening = evening_at("talk")
    evening.act(FACILITATOR, acts.Forget())
    assert evening.session.holder("facilitator") is None
    evening.act(BEN, acts.Facilitate("fresh"))
    evening.act(BEN, acts.Next(seen(evening), "seed"))
    assert evening.kind == "answer"


# Going on


def test_next_begins_the_next_step_now() -> None:
    """Its minutes begin at the press, whatever was paused or had run out before."""
    evening = evening_at("telling")
    evening.act(FACILITATOR, acts.Pause(on=True), 10)
    evening.act(FACILITATOR, acts.Pause(on=False), 10)
    evening.act(None, acts.TimeUp(seen(evening)), 600)
    assert (evening.session.time_up, evening.session.paused_seconds) == (True, 10)

    evening.next(30)
    assert (evening.kind, evening.session.step_began_at) == ("facts", evening.now)
    assert (evening.session.time_up, evening.session.paused_seconds) == (False, 0)


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_late_press_moves_nothing(kind: str) -> None:
    """Two press at once: the group goes on once. So does a button of yesterday."""
    evening = evening_at(kind)
    if kind == "ratings":
        evening.rate(AMA, {CARE: 1})
    late = acts.Next(seen(evening), "another seed")
    before = evening.next()
    assert evening.act(FACILITATOR, late, 1) == before


@pytest.mark.parametrize("stale", ["", "talk", "talk.7", "nowhere.0", "facts.0"])
def test_a_moment_that_is_not_now_moves_nothing(stale: str) -> None:
    """Not even where the group is paused, which would be the wrong answer to an old button."""
    evening = evening_at("telling")
    evening.act(FACILITATOR, acts.Pause(on=True))
    before = evening.session
    assert evening.act(FACILITATOR, acts.Next(stale, "seed")) == before


@pytest.mark.parametrize("people", range(1, FEWEST_PEOPLE))
def test_too_few_can_t_begin(people: int) -> None:
    """It takes a presenter and two who think with them."""
    evening = without_facilitator()
    evening.act(FACILITATOR, acts.Facilitate("fresh"))
    evening.session = evening.session.model_copy(update={"people": evening.session.people[-people:]})
    with pytest.raises(Refusal) as refused:
        evening.next()
    assert (refused.value.key, refused.value.values) == ("too-few-people", {"fewest": FEWEST_PEOPLE})


def test_three_can_begin() -> None:
    """A presenter, a facilitator and a member."""
    evening = Evening(members=(AMA,))
    assert evening.next().step == "telling"


def test_a_group_that_has_shrunk_goes_on() -> None:
    """Only the beginning asks how many there are."""
    evening = evening_at("talk")
    for user in MEMBERS:
        evening.act(user, acts.Forget())
    evening.until("handout")
    assert evening.session.status == "closed"


@pytest.mark.parametrize("account", [None, ""])
def test_the_telling_needs_an_account(account: str | None) -> None:
    """It can be written in the step itself."""
    evening = Evening(account=account).until("telling")
    assert evening.refusal(FACILITATOR, acts.Next(seen(evening), "seed")) == "account-missing"
    evening.act(PRESENTER, acts.Tell(ACCOUNT))
    assert evening.next().step == "facts"


def test_without_any_rating_there_is_nothing_to_reveal() -> None:
    """An idea or an observation alone is no rating; a single can't tell is."""
    evening = evening_at("ratings")
    evening.act(AMA, acts.Suppose("an idea"))
    evening.act(AMA, acts.Observe(CARE, "for", ""))
    evening.act(AMA, acts.FinishWalk())
    assert evening.refusal(FACILITATOR, acts.Next(seen(evening), "seed")) == "nobody-rated"

    evening.act(AMA, acts.Rate(CARE, None))
    assert evening.next().reveal is not None


def test_the_account_shows_from_the_telling_on() -> None:
    """What was written before stays with the presenter until then."""
    evening = Evening()
    assert not evening.session.told
    assert evening.next().told


def test_the_reveal_keeps_its_seed() -> None:
    """It is drawn at the reveal, and the topics are chosen when the talk begins."""
    evening = evening_at("ratings")
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 4})
    revealed = evening.next(seed="drawn").reveal
    assert revealed is not None
    assert (revealed.seed, revealed.topics) == ("drawn", ())

    talked = evening.next(seed="another").reveal
    assert talked is not None
    assert (talked.seed, talked.topics) == ("drawn", (REVERSAL, CARE))
    assert evening.next(seed="a third").reveal == talked


def test_topics_stay_as_they_were_chosen() -> None:
    """Also where somebody is forgotten in the middle of the talk, and no figures are left."""
    evening = evening_at("ratings")
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 4})
    chosen = evening.until("talk").session.reveal
    evening.act(AMA, acts.Forget())
    assert evening.next().reveal == chosen
    assert seen(evening) == "talk.1"


def test_the_last_next_closes() -> None:
    """By itself, not early, and once."""
    evening = evening_at("close")
    closed = evening.next()
    assert (closed.status, closed.closed_at, closed.ended_early) == ("closed", evening.now, False)
    assert evening.refusal(FACILITATOR, acts.Next(seen(evening), "seed")) == "session-over"


# Holding and ending


def test_a_pause_holds_the_group() -> None:
    """Nothing goes on until the clock does; forms stay open."""
    evening = evening_at("ratings")
    evening.act(FACILITATOR, acts.Pause(on=True))
    evening.rate(AMA, {CARE: 1})
    assert evening.refusal(FACILITATOR, acts.Next(seen(evening), "seed")) == "paused"
    evening.act(FACILITATOR, acts.Pause(on=False))
    assert evening.next().step == "reveal"


@given(st.lists(st.tuples(st.booleans(), st.integers(-50, 500)), max_size=12))
def test_pauses_add_up(presses: list[tuple[bool, int]]) -> None:
    """However often pause and go on are pressed, what counts is the time between; a clock set back none."""
    evening = evening_at("telling")
    held, since = 0, None
    for on, after in presses:
        evening.act(FACILITATOR, acts.Pause(on=on), after)
        if on and since is None:
            since = evening.now
        elif not on and since is not None:
            held, since = held + max(evening.now - since, 0), None
        assert (evening.session.paused_at, evening.session.paused_seconds) == (since, held)


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_session_can_be_ended_anywhere(kind: str) -> None:
    """It closes at once, says that it was early, and shows nothing that was not shown before."""
    evening = evening_at(kind)
    evening.act(FACILITATOR, acts.Pause(on=True))
    before = evening.session
    ended = evening.act(FACILITATOR, acts.End(), 5)

    assert (ended.status, ended.ended_early, ended.closed_at) == ("closed", True, evening.now)
    assert (ended.step, ended.topic, ended.paused_at) == ("handout", 0, None)
    assert (ended.told, ended.reveal, ended.walks) == (before.told, before.reveal, before.walks)
    assert evening.act(FACILITATOR, acts.End(), 5) == ended


def test_ending_what_closed_by_itself_does_not_make_it_early() -> None:
    """A late press on the end is nothing new."""
    closed = full_evening()
    before = closed.session
    assert closed.act(FACILITATOR, acts.End(), 5) == before
    assert not before.ended_early


def test_time_is_called_when_the_minutes_are_over() -> None:
    """Not a second before, not while the group is held, not for a step that is over, and once."""
    evening = evening_at("telling")
    now = seen(evening)
    assert not evening.act(None, acts.TimeUp(now), 5 * 60 - 1).time_up
    assert not evening.act(None, acts.TimeUp("arrive.0"), 1).time_up
    evening.act(FACILITATOR, acts.Pause(on=True))
    assert not evening.act(None, acts.TimeUp(now), 1000).time_up
    evening.act(FACILITATOR, acts.Pause(on=False))
    called = evening.act(None, acts.TimeUp(now))
    assert called.time_up
    assert evening.act(None, acts.TimeUp(now), 60) == called


def test_a_live_step_never_moves_on_by_itself() -> None:
    """At zero the facilitator is told, and nothing else happens."""
    evening = evening_at("talk")
    before = evening.session
    after = evening.act(None, acts.TimeUp(seen(evening)), 10_000)
    assert after == before.model_copy(update={"time_up": True})


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_session_strands_with_all_that_was_given(kind: str) -> None:
    """Its thread is gone: it stays where it is, and keeps everything until its date."""
    evening = evening_at(kind)
    evening.act(FACILITATOR, acts.Pause(on=True))
    before = evening.session
    stranded = evening.act(None, acts.Strand(), 7)
    changed = {"status": "stranded", "closed_at": evening.now, "paused_at": None}
    assert stranded == before.model_copy(update=changed)
    assert evening.act(None, acts.Strand(), 7) == stranded


def test_what_is_closed_does_not_strand() -> None:
    """A thread that goes after the end is no trouble."""
    evening = full_evening()
    before = evening.session
    assert evening.act(None, acts.Strand()) == before


# The function itself


def test_equal_arguments_give_equal_sessions() -> None:
    """Nothing is drawn, and no clock is looked at."""
    session = full_evening().session
    copy = type(session).model_validate_json(session.model_dump_json())
    arguments = (acts.Forget(), AMA, 5, protocol(), library().mechanisms)
    assert transition(session, *arguments) == transition(copy, *arguments)


def test_an_evening_survives_being_stored() -> None:
    """What comes back from the database is the session that went there."""
    for minutes in (45, 60, 90):
        session = full_evening(minutes).session
        assert type(session).model_validate_json(session.model_dump_json()) == session
