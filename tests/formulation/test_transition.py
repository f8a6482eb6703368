"""Going on and back, holding and ending: what moves a session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation import acts
from bot.formulation.session import FEWEST_PEOPLE, MOST_PEOPLE, Reveal, Session
from bot.formulation.transition import transition
from tests.formulation.evening import (
    ACCOUNT,
    AMA,
    CARE,
    FACILITATOR,
    KINDS,
    MEMBERS,
    PRESENTER,
    REVERSAL,
    Evening,
    evening_at,
    full_evening,
    key_of,
    library,
    new_session,
    protocol,
    talking,
)

# Going on


def test_next_begins_the_next_step_now() -> None:
    """Its minutes begin at the press, whatever was paused or had run out before."""
    evening = evening_at("telling")
    evening.act(FACILITATOR, acts.Pause(on=True), 10)
    evening.act(FACILITATOR, acts.Pause(on=False), 10)
    evening.act(None, acts.TimeUp(evening.here), 600)
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
    late = acts.Next(evening.here)
    before = evening.next()
    assert evening.act(FACILITATOR, late, 1) == before


@pytest.mark.parametrize("stale", ["", "talk", "talk.7", "nowhere.0", "facts.0"])
def test_a_moment_that_is_not_now_moves_nothing(stale: str) -> None:
    """Not even where the group is paused, which would be the wrong answer to an old button."""
    evening = evening_at("telling")
    evening.act(FACILITATOR, acts.Pause(on=True))
    before = evening.session
    assert evening.act(FACILITATOR, acts.Next(stale)) == before


@pytest.mark.parametrize("go_on", [acts.Next, acts.Skip])
@pytest.mark.parametrize("left", [acts.StepOut(), acts.Forget()])
def test_too_few_can_t_begin(go_on: type[acts.Next | acts.Skip], left: acts.Act) -> None:
    """It takes a presenter and two who think with them; whoever has left is not one of them."""
    evening = Evening(members=(AMA,))
    evening.act(AMA, left)
    assert len(evening.session.present) < FEWEST_PEOPLE
    assert evening.refusal(FACILITATOR, go_on(evening.here)) == "too-few-people"


def test_three_can_begin() -> None:
    """A presenter, a facilitator and a member."""
    evening = Evening(members=(AMA,))
    assert evening.next().step == "telling"


@pytest.mark.parametrize("account", [None, ""])
def test_the_telling_needs_an_account(account: str | None) -> None:
    """It can be written in the step itself."""
    evening = Evening(account=account).until("telling")
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "account-missing"
    evening.act(PRESENTER, acts.Tell(ACCOUNT))
    assert evening.next().step == "facts"


def test_without_any_rating_there_is_nothing_to_reveal() -> None:
    """An idea or an observation alone is no rating; a single can't tell is."""
    evening = evening_at("ratings")
    evening.act(AMA, acts.Suppose("an idea"))
    evening.act(AMA, acts.Observe(CARE, "for", ""))
    evening.act(AMA, acts.FinishWalk())
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "nobody-rated"

    evening.act(AMA, acts.Rate(CARE, None))
    assert evening.next().reveal is not None


def test_the_account_shows_from_the_telling_on() -> None:
    """What was written before stays with the presenter until then."""
    evening = Evening()
    assert not evening.session.told
    assert evening.next().told


def test_the_topics_are_chosen_when_the_talk_begins() -> None:
    """At the reveal the presenter may still say what may be talked about; afterwards they stay."""
    evening = evening_at("ratings")
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 4})
    assert evening.next().reveal == Reveal(seed="seed", topics=())
    talked = evening.next().reveal
    assert talked == Reveal(seed="seed", topics=(REVERSAL, CARE))
    assert evening.until("answer").session.reveal == talked


def test_topics_stay_as_they_were_chosen() -> None:
    """Also where somebody is forgotten in the middle of the talk, and no figures are left."""
    evening = evening_at("ratings")
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 4})
    chosen = evening.until("talk").session.reveal
    evening.act(AMA, acts.Forget())
    assert evening.next().reveal == chosen
    assert evening.here == "talk.1"


def test_the_last_next_closes() -> None:
    """By itself, not early, and once."""
    evening = evening_at("close")
    closed = evening.next()
    assert (closed.status, closed.closed_at, closed.ended_early) == ("closed", evening.now, False)
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "session-over"


def test_skipping_goes_on_whatever_is_missing() -> None:
    """No account, no rating: the group may know why, and the presses are apart."""
    evening = Evening(account=None).until("telling")
    assert evening.act(FACILITATOR, acts.Skip(evening.here)).step == "facts"
    evening.next()
    before = evening.session
    assert evening.act(FACILITATOR, acts.Skip("facts.0")) == before
    assert evening.act(FACILITATOR, acts.Skip(evening.here)).step == "reveal"


# Going back


@pytest.mark.parametrize("kind", ["arrive", "reveal", "answer"])
def test_there_is_no_way_behind_what_was_opened(kind: str) -> None:
    """Nor before the beginning."""
    evening = evening_at(kind)
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here)) == "nothing-before"


def test_going_back_begins_the_moment_before_anew() -> None:
    """With its minutes, and with all that was given; a second press does nothing."""
    evening = evening_at("ratings")
    evening.rate(AMA, {CARE: 1})
    evening.wake()
    act = acts.GoBack(evening.here)
    back = evening.act(FACILITATOR, act)
    assert (back.step, back.step_began_at, back.time_up) == ("facts", evening.now, False)
    assert back.walks[key_of(AMA)].fits == {CARE: 1}
    assert evening.act(FACILITATOR, act, 5) == back
    assert evening.next().step == "ratings"


def test_within_the_talk_back_leads_to_the_topic_before() -> None:
    """And from the second rating, while it is still private, to the last topic."""
    evening = talking(90).until("second-ratings")
    passed = []
    while evening.kind != "reveal":
        evening.act(FACILITATOR, acts.GoBack(evening.here))
        passed.append(evening.here)
    assert passed == ["talk.2", "talk.1", "talk.0", "reveal.0"]


def test_a_group_that_is_held_does_not_go_back() -> None:
    """Neither does one that is over."""
    evening = evening_at("facts")
    evening.act(FACILITATOR, acts.Pause(on=True))
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here)) == "paused"
    assert evening.refusal(FACILITATOR, acts.Skip(evening.here)) == "paused"
    evening.act(FACILITATOR, acts.End())
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here)) == "session-over"


# Holding and ending


def test_a_pause_holds_the_group() -> None:
    """Nothing goes on until the clock does; forms stay open."""
    evening = evening_at("ratings")
    evening.act(FACILITATOR, acts.Pause(on=True))
    evening.rate(AMA, {CARE: 1})
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "paused"
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


@pytest.mark.parametrize("handout", [True, False])
def test_an_end_with_or_without_a_handout(handout: bool) -> None:
    """The facilitator says which; a later press on the other changes nothing."""
    evening = evening_at("talk")
    ended = evening.act(FACILITATOR, acts.End(handout=handout))
    assert ended.handout_withheld is not handout
    assert evening.act(FACILITATOR, acts.End(handout=not handout)) == ended


def test_time_is_called_when_the_minutes_are_over() -> None:
    """Not a second before, not while the group is held, not for a step that is over, and once."""
    evening = evening_at("telling")
    now = evening.here
    assert not evening.act(None, acts.TimeUp(now), 5 * 60 - 1).time_up
    assert not evening.act(None, acts.TimeUp("arrive.0"), 1).time_up
    evening.act(FACILITATOR, acts.Pause(on=True))
    assert not evening.act(None, acts.TimeUp(now), 1000).time_up
    evening.act(FACILITATOR, acts.Pause(on=False))
    called = evening.act(None, acts.TimeUp(now))
    assert called.time_up
    assert evening.act(None, acts.TimeUp(now), 60) == called


def test_a_live_step_never_moves_on_by_itself() -> None:
    """However long nobody presses anything: at zero the facilitator is told, and that is all."""
    evening = evening_at("talk")
    before = evening.session
    after = evening.act(None, acts.TimeUp(evening.here), 10_000)
    called = {"time_up": True, "reserve_called": True, "facilitator_seen_at": evening.now}
    assert after == before.model_copy(update=called)
    assert evening.act(None, acts.TimeUp(evening.here), 10_000) == after


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


def test_a_session_of_before_can_still_be_read() -> None:
    """One that was stored without a mode was in writing, and had room for all."""
    stored = new_session().model_dump(
        exclude={"mode", "zone", "seed", "room", "due_at", "lines", "set_aside"}
    )
    session = Session.model_validate(stored)
    assert (session.mode, session.room, session.due_at, session.lines) == ("text", MOST_PEOPLE, None, ())
