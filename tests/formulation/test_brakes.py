"""The brakes: holding, slowing down, setting aside, taking back. None of them asks for a reason."""

import pytest

from bot.formulation import acts
from bot.formulation.posts import PostKey
from bot.formulation.reveal import Observation, gathered, own_lines, revealed
from bot.formulation.session import Mode
from bot.formulation.walk import progress
from tests.formulation.evening import (
    ACCOUNT,
    AMA,
    BEN,
    CARE,
    FACILITATOR,
    INCIDENT,
    KINDS,
    OUTSIDER,
    OWN_SIDE,
    PRESENTER,
    PROTOCOLS,
    RATERS,
    REVERSAL,
    TIETZE,
    Evening,
    evening_at,
    full_evening,
    library,
    protocol,
    says,
    talking,
    texts_in,
)

EVERY_STEP = [
    (named, step.id, mode)
    for named in PROTOCOLS
    for mode in ("text", "slow")
    for step in protocol(named).steps[:-1]
    if mode == "text" or (protocol(named).can_be_slow and step.kind not in ("telling", "second-ratings"))
]


def shown_lines(evening: Evening) -> dict[str, str]:
    """The id of each line at the reveal, by its text."""
    assert evening.session.reveal is not None
    shown = revealed(evening.session, library().mechanisms, evening.session.reveal.seed)
    return {each.text: each.id for each in shown.observations}


def observed() -> Evening:
    """A talk after Ama and Ben wrote an idea, a for and an against each."""
    evening = evening_at("ratings").rated({CARE: 1}, {CARE: 2, REVERSAL: 4})
    for user in (AMA, BEN):
        evening.act(user, acts.Suppose(f"idea of {user}"))
        evening.act(user, acts.Observe(REVERSAL, f"for of {user}", f"against of {user}"))
    return evening.until("talk")


# Slow down, and pause


@pytest.mark.parametrize(("named", "step", "mode"), EVERY_STEP)
def test_the_brakes_hold_in_every_step(named: str, step: str, mode: Mode) -> None:
    """Pause and slower, by those who may, whatever the group is doing; and the case goes from anywhere."""
    evening = evening_at(step, mode=mode, named=named)
    here = evening.here
    assert evening.act(AMA, acts.SlowDown(here)).slower
    assert evening.act(PRESENTER, acts.Pause(on=True)).paused_at == evening.now
    assert evening.act(BEN, acts.SlowDown(here)).slower
    assert evening.here == here
    assert evening.act(PRESENTER, acts.TakeCaseBack()).taken_back
    assert evening.session.status == "closed"


def test_slower_is_for_this_moment_and_nobody_s() -> None:
    """It stays on the board until the group goes on, and no trace says who asked."""
    evening = talking()
    sessions = [evening.act(FACILITATOR, acts.SlowDown(evening.here))]
    for user in (AMA, PRESENTER):
        again = talking()
        sessions.append(again.act(user, acts.SlowDown(again.here)))
    forgetful = [each.model_copy(update={"facilitator_seen_at": 0}) for each in sessions]
    assert forgetful[0] == forgetful[1] == forgetful[2]
    assert not evening.next().slower


def test_a_late_wish_for_slower_is_for_the_step_that_is_over() -> None:
    """The group that went on meanwhile is not told of it."""
    evening = talking()
    before = evening.session
    assert evening.act(AMA, acts.SlowDown("ratings.0")) == before


def test_slower_tells_the_board_and_nothing_else() -> None:
    """One edit, and none for a second wish."""
    evening = talking()
    before = evening.posts()
    evening.act(AMA, acts.SlowDown(evening.here))
    after = evening.posts()
    assert {key for key in after if after[key] != before[key]} == {PostKey("board")}
    evening.act(BEN, acts.SlowDown(evening.here))
    assert evening.posts() == after


def test_presenter_and_facilitator_hold_the_clock() -> None:
    """Either may let it go on; a member asks for slower."""
    evening = evening_at("facts")
    assert evening.refusal(AMA, acts.Pause(on=True)) == "only-leading"
    evening.act(PRESENTER, acts.Pause(on=True))
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "paused"
    assert evening.act(FACILITATOR, acts.Pause(on=False)).paused_at is None


# Set aside


def test_a_line_that_is_set_aside_is_nowhere() -> None:
    """Neither a post nor anything drawn from the reveal holds it; all others stay where they were."""
    evening = observed()
    lines = shown_lines(evening)
    text = f"for of {AMA}"
    before = [each for each in lines if each != text]
    evening.act(PRESENTER, acts.SetAside(lines[text]))
    assert not says(evening, text)
    assert list(shown_lines(evening)) == before
    evening.until("handout")
    assert not says(evening, text)


@pytest.mark.parametrize("text", [f"idea of {AMA}", f"against of {BEN}"])
def test_ideas_and_doubts_can_be_set_aside_too(text: str) -> None:
    """Whatever stands there to be read, at the reveal and long after."""
    evening = observed().until("close")
    evening.act(PRESENTER, acts.SetAside(shown_lines(evening)[text]))
    assert not says(evening, text)


def test_the_same_words_of_two_are_set_aside_together() -> None:
    """One of them left standing would be read all the same."""
    evening = evening_at("ratings").rated({CARE: 1})
    for user in (AMA, BEN):
        evening.act(user, acts.Suppose("she is tired"))
        evening.act(user, acts.Observe(CARE, "she is tired", ""))
    evening.until("reveal")
    ideas = [line for line in revealed_lines(evening) if line.side == "idea"]
    assert len(ideas) == 2
    evening.act(PRESENTER, acts.SetAside(ideas[0].id))
    assert [line.side for line in revealed_lines(evening)] == ["for", "for"]


def revealed_lines(evening: Evening) -> tuple[Observation, ...]:
    assert evening.session.reveal is not None
    return revealed(evening.session, library().mechanisms, evening.session.reveal.seed).observations


def test_a_gathered_line_can_be_set_aside() -> None:
    """As soon as it can be read, and no sooner."""
    evening = evening_at("ideas", named=TIETZE)
    evening.act(AMA, acts.Contribute("one", "leave it"))
    evening.act(BEN, acts.Contribute("two", "ask her"))
    line = next(each for each in gathered(evening.session, "ideas") if each.text == "leave it")
    evening.act(PRESENTER, acts.SetAside(line.id))
    assert [each.text for each in gathered(evening.session, "ideas")] == ["ask her"]
    assert not says(evening, "leave it")

    hidden = evening_at("positions", named=INCIDENT)
    hidden.act(AMA, acts.Contribute("one", "leave it"))
    line = gathered(hidden.session, "positions")[0]
    assert hidden.refusal(PRESENTER, acts.SetAside(line.id)) == "control-stale"
    hidden.until("group-alone").act(PRESENTER, acts.SetAside(line.id))
    assert not says(hidden, "leave it")


def test_only_what_stands_there_can_be_set_aside() -> None:
    """A line of yesterday's list, or none at all; twice is as good as once."""
    evening = observed()
    lines = shown_lines(evening)
    assert evening.refusal(PRESENTER, acts.SetAside("nothing")) == "control-stale"
    evening.act(PRESENTER, acts.SetAside(lines[f"for of {AMA}"]))
    before = evening.session
    assert evening.act(PRESENTER, acts.SetAside(lines[f"for of {AMA}"])) == before
    evening.act(BEN, acts.TakeBack("idea"))
    assert evening.refusal(PRESENTER, acts.SetAside(lines[f"idea of {BEN}"])) == "control-stale"
    assert evening.refusal(FACILITATOR, acts.SetAside(lines[f"idea of {AMA}"])) == "only-presenter"


def test_before_the_reveal_nothing_can_be_set_aside() -> None:
    """Not even by one who guessed what its name would be: nothing tells that it is there."""
    evening = evening_at("ratings").rated({CARE: 1})
    evening.act(AMA, acts.Suppose("an idea"))
    line = revealed(evening.session, library().mechanisms, evening.session.seed).ideas[0]
    assert evening.refusal(PRESENTER, acts.SetAside(line.id)) == "control-stale"


def test_a_topic_that_is_set_aside_is_left_at_once() -> None:
    """The group goes on to the next, or from the last to the next step."""
    evening = talking()
    first, second, third = evening.session.topics
    evening.act(PRESENTER, acts.SetTopicAside(evening.here))
    assert (evening.here, evening.session.topic_now) == ("talk.1", second)
    evening.next()
    assert evening.session.topic_now == third
    evening.act(PRESENTER, acts.SetTopicAside(evening.here))
    assert evening.kind == "second-ratings"
    assert evening.session.talked_about == (second,)
    assert first not in evening.session.talked_about


def test_a_topic_is_set_aside_once() -> None:
    """A second press on the same button leaves the next topic alone."""
    evening = talking()
    act = acts.SetTopicAside(evening.here)
    once = evening.act(PRESENTER, act)
    assert evening.act(PRESENTER, act) == once


def test_nobody_comes_back_to_a_topic_that_was_set_aside() -> None:
    """Neither by going back nor by beginning the talk again."""
    evening = talking()
    first, second, _ = evening.session.topics
    evening.act(PRESENTER, acts.SetTopicAside(evening.here))
    evening.act(FACILITATOR, acts.GoBack(evening.here))
    assert evening.kind == "reveal"
    evening.next()
    assert evening.session.topic_now == second
    while evening.kind == "talk":
        assert evening.session.topic_now != first
        evening.next()
    evening.act(FACILITATOR, acts.GoBack(evening.here))
    assert evening.session.topic_now not in (None, first)


def test_a_topic_that_was_set_aside_is_not_rated_again() -> None:
    """Nobody is asked for it or waits for it, and nothing shows of it."""
    evening = talking()
    aside = evening.session.topics[0]
    evening.act(PRESENTER, acts.SetTopicAside(evening.here))
    evening.until("second-ratings")
    for user in RATERS:
        assert evening.refusal(user, acts.RateAgain(aside, 2)) == "control-stale"
        for topic in evening.session.talked_about:
            evening.act(user, acts.RateAgain(topic, 2))
    assert progress(evening.session, evening.script.step(evening.session)) == "all"
    evening.until("answer")
    shown = repr(evening.posts()[PostKey("change")])
    assert aside not in shown
    assert any(topic in shown for topic in evening.session.talked_about)


def test_chosen_anew_the_topics_are_without_it() -> None:
    """The presenter takes back their leave at the reveal: another topic takes a place, never that one."""
    evening = evening_at("ratings", 90)
    for user in RATERS:
        evening.rate(user, {each.id: user % 5 for each in library().mechanisms})
    evening.until("reveal").act(PRESENTER, acts.AllowOwnSide(allowed=True))
    first = evening.until("talk").session.topics[0]
    evening.act(PRESENTER, acts.SetTopicAside(evening.here))
    evening.act(FACILITATOR, acts.GoBack(evening.here))
    evening.act(PRESENTER, acts.AllowOwnSide(allowed=False))
    evening.next()
    assert not {first, OWN_SIDE} & set(evening.session.topics)
    assert len(evening.session.topics) == 3


def test_over_days_a_topic_is_set_aside_and_the_talk_goes_on() -> None:
    """Its date stays, the others stay open, and the button names the topic."""
    evening = talking(mode="slow")
    before = evening.session
    after = evening.act(PRESENTER, acts.SetTopicAside("talk.1"))
    assert after == before.model_copy(update={"set_aside": (before.topics[1],)})
    assert after.talked_about == (before.topics[0], before.topics[2])
    assert evening.act(PRESENTER, acts.SetTopicAside("talk.1")) == after
    assert evening.refusal(PRESENTER, acts.SetTopicAside("talk.7")) == "nothing-to-set-aside"


def test_over_days_the_board_says_what_is_left_to_talk_about() -> None:
    """Setting a topic aside edits it where it stands."""
    evening = talking(mode="slow")
    before = evening.posts()
    evening.act(PRESENTER, acts.SetTopicAside("talk.0"))
    after = evening.posts()
    assert {key for key in after if after[key] != before[key]} == {PostKey("board")}
    assert after[PostKey("board")].place == before[PostKey("board")].place


def test_going_round_has_no_topic_to_set_aside() -> None:
    """Nor has a talk of a protocol that rates nothing."""
    evening = evening_at("talk")
    assert evening.refusal(PRESENTER, acts.SetTopicAside(evening.here)) == "nothing-to-set-aside"
    evening = evening_at("group-alone", named=INCIDENT)
    assert evening.refusal(PRESENTER, acts.SetTopicAside(evening.here)) == "nothing-to-set-aside"


# Take back


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        ("idea", f"idea of {AMA}"),
        (f"{REVERSAL}.for", f"for of {AMA}"),
        (f"{REVERSAL}.against", f"against of {AMA}"),
    ],
)
def test_authors_take_their_own_words_back(what: str, gone: str) -> None:
    """From the reveal and from what is stored; the rest of theirs and all of the others' stays."""
    evening = observed()
    before = set(shown_lines(evening))
    evening.act(AMA, acts.TakeBack(what))
    assert set(shown_lines(evening)) == before - {gone}
    assert gone not in evening.session.model_dump_json()
    assert gone not in texts_in(evening)
    once = evening.session
    assert evening.act(AMA, acts.TakeBack(what)) == once


def test_a_gathered_line_can_be_taken_back() -> None:
    """By the one who gave it, before and after it can be read."""
    for step in ("positions", "advice"):
        evening = evening_at("positions", named=INCIDENT)
        evening.act(AMA, acts.Contribute("one", "leave it"))
        evening.act(BEN, acts.Contribute("two", "ask her"))
        evening.until(step)
        before = evening.session
        assert evening.act(BEN, acts.TakeBack("line.one")) == before
        evening.act(AMA, acts.TakeBack("line.one"))
        assert [line.text for line in evening.session.lines] == ["ask her"]
        assert not says(evening, "leave it")


@pytest.mark.parametrize(
    "what", ["", ".", "nothing", "line.", "line.one.two", f"{REVERSAL}", f"{REVERSAL}.", "transference.for"]
)
def test_what_is_not_theirs_to_take_changes_nothing(what: str) -> None:
    """A button of a line that is gone, or that never was."""
    evening = observed()
    before = evening.session
    assert evening.act(AMA, acts.TakeBack(what)) == before


def test_authors_find_what_they_wrote() -> None:
    """All of it and only theirs, under the names by which it is taken back."""
    evening = observed()
    person = evening.session.person(AMA)
    assert person is not None
    own = own_lines(evening.session, person)
    assert {each.text for each in own} == {f"{kind} of {AMA}" for kind in ("idea", "for", "against")}
    for each in own:
        evening.act(AMA, acts.TakeBack(each.what))
    assert own_lines(evening.session, person) == ()
    assert str(AMA) not in texts_in(evening)


def test_a_word_may_be_taken_back_after_the_close() -> None:
    """Nobody is bound to what they saw by the end of the evening."""
    evening = observed().until("handout")
    evening.act(AMA, acts.TakeBack("idea"))
    assert not says(evening, f"idea of {AMA}")


# The case


def everything_said() -> list[str]:
    said = ["careful guest", "not seeing", ACCOUNT, "presenter", "repair-a-lapse"]
    said += [
        f"{kind} of {user}" for kind in ("question", "idea", "for", "against", "word") for user in RATERS
    ]
    return [*said, *(f"answer for {user}" for user in RATERS)]


def test_with_the_case_everything_goes() -> None:
    """What the presenter said and what anyone made of it, from what is stored and from every post."""
    evening = full_evening()
    before = evening.session.model_dump_json()
    assert all(text in before for text in everything_said())
    evening.act(PRESENTER, acts.TakeCaseBack())
    stored = evening.session.model_dump_json().replace('"role":"presenter"', "")
    shown = texts_in(evening)
    for text in everything_said():
        assert text not in stored
        assert text not in shown
    for made_of_it in ("chosen", "closings", "walks", "facts", "lines", "own_fits", "set_aside", "topics"):
        assert not getattr(evening.session, made_of_it)
    assert len(evening.session.people) == 6
    assert {key.kind for key in evening.posts()} == {"thread", "invitation", "member", "board"}


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_the_case_can_be_taken_back_at_any_time(kind: str) -> None:
    """The session ends there, calmly, and there is nothing left to take home."""
    evening = evening_at(kind)
    evening.act(FACILITATOR, acts.Pause(on=True))
    back = evening.act(PRESENTER, acts.TakeCaseBack(), 5)
    assert (back.status, back.taken_back, back.ended_early) == ("closed", True, True)
    assert (back.closed_at, back.paused_at, back.due_at) == (evening.now, None, None)
    assert evening.act(PRESENTER, acts.TakeCaseBack(), 5) == back


def test_a_case_can_be_taken_back_after_the_close() -> None:
    """The session closed when it closed, and not early."""
    evening = full_evening()
    closed_at = evening.session.closed_at
    back = evening.act(PRESENTER, acts.TakeCaseBack(), 3_600)
    assert (back.closed_at, back.ended_early, back.taken_back) == (closed_at, False, True)


def test_a_case_can_be_taken_back_where_the_thread_is_gone() -> None:
    """What is stored goes even where nothing can be posted."""
    evening = talking()
    evening.act(None, acts.Strand())
    back = evening.act(PRESENTER, acts.TakeCaseBack())
    assert (back.status, back.taken_back, back.account) == ("stranded", True, None)


@pytest.mark.parametrize("user", [FACILITATOR, AMA, OUTSIDER])
def test_nobody_else_takes_the_case_back(user: int) -> None:
    """It is the presenter's."""
    assert talking().refusal(user, acts.TakeCaseBack()) == "only-presenter"


def test_an_evening_without_its_case_is_over_for_all() -> None:
    """Nothing is left to take back or to set aside, and nobody comes in."""
    evening = full_evening()
    back = evening.act(PRESENTER, acts.TakeCaseBack())
    assert evening.act(AMA, acts.TakeBack("idea")) == back
    assert evening.refusal(PRESENTER, acts.SetAside("one")) == "control-stale"
    assert evening.refusal(OUTSIDER, acts.Join("fresh")) == "session-over"
