"""A session over days: dates that are kept, moved and waited for, and a group that is done before them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.formulation import acts
from bot.formulation.calendar import evening_after, evenings_after
from bot.formulation.moving import MOST_EVENINGS
from bot.formulation.posts import PostKey, Version
from bot.formulation.walk import progress
from tests.formulation.evening import (
    ACCOUNT,
    AMA,
    BEN,
    CARE,
    CLEO,
    DAN,
    DAY,
    FACILITATOR,
    INCIDENT,
    MEMBERS,
    OUTSIDER,
    PRESENTER,
    RATERS,
    REVERSAL,
    SIX,
    TIETZE,
    ZONE,
    Evening,
    evening_at,
    key_of,
    library,
    talking,
)

SLOW = [SIX, INCIDENT, TIETZE]
ALL = (PRESENTER, *RATERS)


def slow(kind: str = "arrive", named: str = SIX) -> Evening:
    return evening_at(kind, mode="slow", named=named)


def day(evening: Evening) -> str:
    """The weekday and hour that a step is due, on the group's own clock."""
    due = evening.session.due_at
    assert due is not None
    return datetime.fromtimestamp(due, ZoneInfo(ZONE)).strftime("%a %d %H:%M")


def all_done(evening: Evening, users: tuple[int, ...] = ALL) -> None:
    here = evening.here
    for user in users:
        evening.act(user, acts.DoneHere(here))


def nudged(evening: Evening) -> set[str]:
    return {key.ref for key in evening.posts() if key.kind == "nudge"}


# Dates


def test_each_step_has_an_evening_of_its_own() -> None:
    """Weekdays after the day on which the step begins, as the protocol says; nothing at the weekend."""
    evening = Evening(mode="slow", account=None)
    dates: dict[str, str] = {}
    while evening.session.status == "open":
        step = evening.session.step
        dates[step] = day(evening)
        match step:
            case "telling":
                evening.act(PRESENTER, acts.Tell(ACCOUNT))
            case "ratings" | "second-ratings":
                for user in RATERS[:4]:
                    done_with(evening, user)
            case "answer":
                evening.act(PRESENTER, acts.Respond((), something_else=False, text="thank you"))
            case "step":
                evening.act(PRESENTER, acts.Decide("watch"))
        if evening.session.step == step:
            evening.wake()
    # The account comes on Tuesday; the second ratings, the answer and the step at once on the Thursday.
    assert dates == {
        "arrive": "Tue 22 19:00",
        "telling": "Wed 23 19:00",
        "facts": "Wed 23 19:00",
        "ratings": "Fri 25 19:00",
        "reveal": "Mon 28 19:00",
        "talk": "Thu 01 19:00",
        "second-ratings": "Fri 02 19:00",
        "answer": "Fri 02 19:00",
        "step": "Fri 02 19:00",
        "close": "Fri 02 19:00",
    }


@pytest.mark.parametrize("named", SLOW)
def test_dates_alone_bring_a_session_to_its_close(named: str) -> None:
    """Nobody writes a word after the telling: every step waits for its date, some a day more, and ends."""
    evening = slow(named=named)
    due = evening.session.due_at or 0
    steps = [evening.session.step]
    while evening.session.status == "open":
        assert evening.script.wakes_at(evening.session) == evening.session.due_at
        evening.wake()
        if evening.session.status == "open":
            assert (evening.session.due_at or 0) > due
            due = evening.session.due_at or 0
            steps.append(evening.session.step)
    passed = dict.fromkeys(steps)
    assert list(passed) == [step.id for step in evening.script.steps[:-1] if step.id in passed]
    # The telling is over with its account, and without topics there is no second rating.
    assert {step.id for step in evening.script.steps[:-1]} - set(passed) <= {"telling", "second-ratings"}
    assert not evening.session.ended_early


def test_the_clock_does_nothing_before_the_date() -> None:
    """A second early is too early; and a date that is over belongs to the step that had it."""
    evening = slow("facts")
    due = evening.session.due_at or 0
    before = evening.session
    assert evening.act(None, acts.TimeUp(evening.here), due - 1 - evening.now) == before
    assert evening.act(None, acts.TimeUp("arrive.0"), 1) == before
    assert evening.act(None, acts.TimeUp("facts.0")).step == "ratings"
    once = evening.session
    assert evening.act(None, acts.TimeUp("facts.0"), 60) == once


def test_after_an_outage_a_step_has_its_whole_time() -> None:
    """The clock comes three days late: the next date counts from then."""
    evening = slow("facts")
    evening.act(None, acts.TimeUp("facts.0"), 4 * DAY)
    assert evening.session.due_at == evening_after(evening.now, 2, ZONE)


@pytest.mark.parametrize(
    ("kind", "named"), [("ratings", SIX), ("second-ratings", SIX), ("positions", INCIDENT), ("ideas", TIETZE)]
)
def test_fewer_than_four_have_a_day_more_once(kind: str, named: str) -> None:
    """At its date a step that three are done with waits until the next evening, and no longer."""
    evening = (talking(mode="slow") if kind == "second-ratings" else slow(named=named)).until(kind)
    due = evening.session.due_at or 0
    for user in RATERS[:3]:
        done_with(evening, user)
    evening.wake()
    assert (evening.session.step, evening.session.graced) == (kind, True)
    assert evening.session.due_at == evening_after(due, 1, ZONE)
    evening.wake()
    assert evening.session.step != kind


@pytest.mark.parametrize(
    ("kind", "named"), [("ratings", SIX), ("second-ratings", SIX), ("positions", INCIDENT), ("ideas", TIETZE)]
)
def test_four_are_enough_at_the_date(kind: str, named: str) -> None:
    """The fifth had as long as everyone."""
    evening = (talking(mode="slow") if kind == "second-ratings" else slow(named=named)).until(kind)
    for user in RATERS[:4]:
        done_with(evening, user)
    evening.wake()
    assert evening.session.step != kind


def done_with(evening: Evening, user: int) -> None:
    match evening.kind:
        case "ratings":
            evening.rate(user, {CARE: 1, REVERSAL: 2})
            evening.act(user, acts.FinishWalk())
        case "second-ratings":
            for topic in evening.session.talked_about:
                evening.act(user, acts.RateAgain(topic, 2))
        case _:
            evening.act(user, acts.DoneHere(evening.here))


def test_a_small_group_needs_all_of_its_few() -> None:
    """Three raters are as many as there are: with two of them done it waits a day, with three it goes on."""
    evening = Evening(mode="slow", members=(AMA, BEN)).until("ratings")
    for user in (AMA, BEN):
        done_with(evening, user)
    assert evening.wake().graced
    done_with(evening, FACILITATOR)
    assert evening.kind == "reveal"


@pytest.mark.parametrize(
    ("kind", "named"),
    [("answer", SIX), ("step", SIX), ("restate", TIETZE), ("choose", TIETZE), ("answer", INCIDENT)],
)
def test_the_presenter_has_a_day_more_once(kind: str, named: str) -> None:
    """Then the group goes on without it."""
    evening = slow(kind, named)
    assert (evening.wake().step, evening.session.graced) == (kind, True)
    assert evening.wake().step != kind


@pytest.mark.parametrize("kind", ["facts", "reveal", "talk", "close"])
def test_where_nothing_is_missing_the_date_is_the_end(kind: str) -> None:
    """Reading, asking and talking are over when their time is."""
    evening = slow(kind)
    assert evening.wake().step != kind


# Waiting


def test_a_session_waits_for_people() -> None:
    """Two are too few to begin: a day more, then no date at all; the third who comes begins it."""
    evening = Evening(mode="slow", members=())
    assert evening.wake().graced
    evening.wake()
    assert (evening.kind, evening.session.due_at) == ("arrive", None)
    assert evening.script.wakes_at(evening.session) is None
    evening.act(AMA, acts.Join(key_of(AMA)), 10 * DAY)
    assert (evening.kind, evening.session.due_at) == ("facts", evening_after(evening.now, 1, ZONE))
    assert evening.session.told


def test_a_session_waits_for_its_account() -> None:
    """It is all that there is to think about; with it the facts begin."""
    evening = Evening(mode="slow", account=None)
    evening.wake()
    assert evening.kind == "telling"
    assert evening.wake().graced
    assert evening.wake().due_at is None
    evening.act(PRESENTER, acts.Tell("at last"), 10 * DAY)
    assert (evening.kind, evening.session.due_at) == ("facts", evening_after(evening.now, 1, ZONE))


def test_while_it_waits_there_is_no_date_to_move() -> None:
    """And none in a live session."""
    evening = Evening(mode="slow", members=())
    evening.wake()
    evening.wake()
    later = evenings_after(evening.now, 1, ZONE)[0]
    assert evening.refusal(FACILITATOR, acts.MoveDate(evening.here, later)) == "no-date-here"
    live = evening_at("facts")
    assert live.refusal(FACILITATOR, acts.MoveDate(live.here, later)) == "no-date-here"


# Done before the date


@pytest.mark.parametrize("kind", ["facts", "reveal", "talk"])
def test_a_step_ends_when_all_say_so(kind: str) -> None:
    """The last one moves the group on; the presenter is asked as well."""
    evening = slow(kind)
    all_done(evening, ALL[1:])
    assert evening.kind == kind
    evening.act(PRESENTER, acts.DoneHere(evening.here))
    assert evening.kind != kind


@pytest.mark.parametrize(("kind", "named"), [("positions", INCIDENT), ("ideas", TIETZE)])
def test_where_the_group_writes_the_presenter_is_not_waited_for(kind: str, named: str) -> None:
    """They listen."""
    evening = slow(kind, named)
    all_done(evening, RATERS)
    assert evening.session.step != kind


def test_ratings_end_when_all_have_finished() -> None:
    """Cards alone say nothing of being done: over days one may come back to them."""
    evening = slow("ratings")
    cards = [mechanism.id for mechanism in library().mechanisms]
    for user in RATERS:
        evening.rate(user, dict.fromkeys(cards, 2))
        for card in cards:
            evening.act(user, acts.Observe(card, "for", "against"))
    assert evening.kind == "ratings"
    for user in RATERS:
        evening.act(user, acts.FinishWalk())
    assert evening.kind == "reveal"


def test_what_the_presenter_gives_ends_their_step() -> None:
    """Answer and step take no longer than the presenter does."""
    evening = slow("answer")
    evening.act(PRESENTER, acts.Respond((CARE,), something_else=False, text="yes"))
    assert evening.kind == "step"
    evening.act(PRESENTER, acts.Decide("watch"))
    assert evening.kind == "close"
    for user in ALL:
        evening.act(user, acts.SayGoodbye("well", None))
    assert (evening.session.status, evening.session.ended_early) == ("closed", False)


def test_a_question_put_anew_and_a_way_chosen_lead_on() -> None:
    """Each at once."""
    evening = slow("restate", TIETZE)
    evening.act(PRESENTER, acts.Restate("How can I wait?"))
    assert evening.kind == "choose"
    evening.act(FACILITATOR, acts.ChooseWay("hypotheses"))
    assert evening.session.step == "ideas"


def test_a_second_rating_of_nothing_is_no_step() -> None:
    """A group that went round has no topics: from the talk it comes to the answer."""
    evening = slow("talk")
    assert evening.session.topics == ()
    all_done(evening)
    assert evening.kind == "answer"


def test_who_listens_or_left_is_not_waited_for() -> None:
    """Neither an observer nor one who stepped out; leaving may be what the others waited for."""
    evening = Evening(mode="slow", room=6)
    evening.act(OUTSIDER, acts.Join(key_of(OUTSIDER)))
    evening.until("facts")
    all_done(evening, (PRESENTER, FACILITATOR, AMA, BEN))
    assert evening.kind == "facts"
    evening.act(CLEO, acts.StepOut())
    assert evening.kind == "facts"
    evening.act(DAN, acts.Forget())
    assert evening.kind == "ratings"


def test_two_alone_do_not_hurry_on() -> None:
    """Where hardly anyone is left, the dates remain."""
    evening = slow("facts")
    for user in MEMBERS:
        evening.act(user, acts.StepOut())
    all_done(evening, (PRESENTER, FACILITATOR))
    assert evening.kind == "facts"
    evening.wake()
    assert evening.kind == "ratings"


def test_being_done_is_for_the_step_that_was_seen() -> None:
    """Once for each; the next step asks anew, and in a live session nobody is asked."""
    evening = slow("facts")
    once = evening.act(AMA, acts.DoneHere(evening.here))
    assert evening.act(AMA, acts.DoneHere(evening.here)) == once
    assert evening.act(BEN, acts.DoneHere("talk.0")) == once
    all_done(evening)
    assert (evening.kind, evening.session.done) == ("ratings", ())
    live = evening_at("facts")
    before = live.session
    assert live.act(AMA, acts.DoneHere(live.here)) == before


def test_the_board_says_how_many_are_done_in_a_word() -> None:
    """Never who, and never a number."""
    evening = slow("facts")
    words = []
    for user in ALL[:-1]:
        evening.act(user, acts.DoneHere(evening.here))
        words.append(progress(evening.session, evening.script.step(evening.session)))
    assert words == ["some", "some", "some", "most", "most"]


# By hand


def test_a_date_can_be_moved_once() -> None:
    """To an evening that is offered, sooner or later; the step that follows may be moved again."""
    evening = slow("facts")
    offered = evenings_after(evening.now, MOST_EVENINGS, ZONE)
    evening.act(FACILITATOR, acts.MoveDate(evening.here, offered[5]))
    assert evening.session.due_at == offered[5]
    assert evening.refusal(FACILITATOR, acts.MoveDate(evening.here, offered[6])) == "date-moved-already"
    again = evening.session
    assert evening.act(FACILITATOR, acts.MoveDate(evening.here, offered[5])) == again
    assert evening.wake().step == "ratings"
    assert evening.now == offered[5]
    sooner = evenings_after(evening.now, MOST_EVENINGS, ZONE)[0]
    assert evening.act(FACILITATOR, acts.MoveDate(evening.here, sooner)).due_at == sooner


@pytest.mark.parametrize("off", [-1, 1, -DAY * 30, DAY * 30])
def test_a_date_is_an_evening_that_comes_soon(off: int) -> None:
    """Any other instant is from a button that is out of date."""
    evening = slow("facts")
    evening.now += 3_600
    date = evenings_after(evening.now, MOST_EVENINGS, ZONE)[3] + off
    assert evening.refusal(FACILITATOR, acts.MoveDate(evening.here, date)) == "control-stale"
    before = evening.session
    assert evening.act(FACILITATOR, acts.MoveDate("telling.0", date)) == before


def test_the_facilitator_may_go_on_before_the_date() -> None:
    """And back, where there is still something to do."""
    evening = slow("facts")
    evening.next()
    assert evening.kind == "ratings"
    evening.act(FACILITATOR, acts.GoBack(evening.here))
    assert evening.kind == "facts"


def test_back_to_what_everyone_is_done_with_leads_nowhere() -> None:
    """The account is told: a press on back neither moves the group nor its date."""
    evening = slow("facts")
    all_done(evening, (AMA, BEN))
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here), 2 * DAY) == "nothing-before"
    evening = slow("answer")
    evening.act(PRESENTER, acts.Respond((), something_else=False, text=""))
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here)) == "nothing-before"


def test_a_pause_moves_the_date() -> None:
    """By as long as it was held, to an evening of a weekday; meanwhile no date comes."""
    evening = slow("facts")
    due = evening.session.due_at or 0
    evening.act(PRESENTER, acts.Pause(on=True))
    assert evening.script.wakes_at(evening.session) is None
    before = evening.session
    assert evening.act(None, acts.TimeUp(evening.here), 3 * DAY) == before
    evening.act(PRESENTER, acts.Pause(on=False))
    # Due on Tuesday, held for three days: Friday.
    assert evening.session.due_at == due + 3 * DAY
    assert day(evening) == "Fri 25 19:00"
    evening.act(PRESENTER, acts.Pause(on=True))
    evening.act(PRESENTER, acts.Pause(on=False), DAY)
    assert day(evening) == "Mon 28 19:00"


def test_a_held_session_goes_on_when_it_is_let_go() -> None:
    """All are done while it is held: it moves then, and not before."""
    evening = slow("facts")
    evening.act(PRESENTER, acts.Pause(on=True))
    all_done(evening)
    assert evening.kind == "facts"
    evening.act(PRESENTER, acts.Pause(on=False), 60)
    assert evening.kind == "ratings"


# A word in the morning


def test_only_who_asked_and_is_not_done_is_nudged() -> None:
    """On the morning of the day, once, and each alone."""
    evening = slow("facts")
    for user in (AMA, BEN, PRESENTER):
        evening.act(user, acts.WantNudge(on=True))
    evening.act(BEN, acts.WantNudge(on=False))
    evening.act(PRESENTER, acts.DoneHere(evening.here))
    assert nudged(evening) == set()
    evening.wake()
    assert day(evening).endswith("19:00")
    assert datetime.fromtimestamp(evening.now, ZoneInfo(ZONE)).strftime("%H:%M") == "10:00"
    assert nudged(evening) == {f"{key_of(AMA)}.facts"}
    assert evening.posts()[PostKey("nudge", f"{key_of(AMA)}.facts")] == Version((evening.session.due_at,))
    evening.act(AMA, acts.DoneHere(evening.here))
    assert nudged(evening) == set()
    evening.wake()
    assert (evening.kind, nudged(evening)) == ("ratings", set())


def test_nobody_asked_and_nobody_is_told() -> None:
    """The clock does not even wake in the morning."""
    evening = slow("facts")
    assert evening.wake().step == "ratings"


def test_who_listens_is_never_nudged() -> None:
    """Nothing is asked of them."""
    evening = Evening(mode="slow", room=6)
    evening.act(OUTSIDER, acts.Join(key_of(OUTSIDER)))
    evening.act(OUTSIDER, acts.WantNudge(on=True))
    evening.until("facts").wake()
    assert evening.session.nudged
    assert nudged(evening) == set()


def test_a_wish_for_a_nudge_is_nobody_s_business() -> None:
    """Neither the board nor anything else shows it, whoever wishes."""
    evening = slow("facts")
    before = evening.posts()
    for user in (AMA, FACILITATOR, PRESENTER):
        once = evening.act(user, acts.WantNudge(on=True))
        assert evening.act(user, acts.WantNudge(on=True)) == once
    assert evening.posts() == before


def test_a_moved_date_has_a_morning_of_its_own() -> None:
    """Who was nudged for the old one is told again when the new one comes."""
    evening = slow("facts")
    evening.act(AMA, acts.WantNudge(on=True))
    evening.wake()
    later = evenings_after(evening.now, MOST_EVENINGS, ZONE)[2]
    evening.act(FACILITATOR, acts.MoveDate(evening.here, later))
    assert nudged(evening) == set()
    evening.wake()
    assert nudged(evening) == {f"{key_of(AMA)}.facts"}
    assert evening.now == later - 9 * 3_600


def test_a_step_that_began_today_nudges_nobody_in_the_morning() -> None:
    """Its morning was over before it began."""
    evening = slow("step")
    evening.act(PRESENTER, acts.WantNudge(on=True))
    due = evening.session.due_at or 0
    assert due - evening.now < 9 * 3_600
    assert evening.script.wakes_at(evening.session) == due
