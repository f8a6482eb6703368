"""What people leave in a session: account, facts, ratings, answer, step, goodbye."""

import pytest

from bot.formulation import acts
from bot.formulation.giving import MOST_FACTS
from bot.formulation.session import Answer, Closing, Evidence, Outcome, OutcomeKind
from bot.refusal import Refusal
from tests.formulation.evening import (
    CARE,
    FACILITATOR,
    MEMBERS,
    PRESENTER,
    RATERS,
    REVERSAL,
    Evening,
    evening_at,
    key_of,
    library,
)

AMA, BEN = MEMBERS[0], MEMBERS[1]
ALL_CARDS = {mechanism.id: 1 for mechanism in library().mechanisms}


# The account and the facts


@pytest.mark.parametrize("kind", ["arrive", "telling"])
def test_the_presenter_may_change_the_account(kind: str) -> None:
    """Until the facts begin; empty means that there is none."""
    evening = evening_at(kind)
    assert evening.act(PRESENTER, acts.Tell("again")).account == "again"
    assert evening.act(PRESENTER, acts.Tell("")).account is None


def test_a_question_is_asked_once() -> None:
    """The form's own key tells a form sent twice from a second question in the same words."""
    evening = evening_at("facts")
    evening.act(AMA, acts.Ask("one", "How long?"))
    once = evening.act(BEN, acts.Ask("two", "How long?"))
    assert evening.act(AMA, acts.Ask("one", "How long?")) == once
    assert [(fact.key, fact.asked_by, fact.answer) for fact in once.facts] == [
        ("one", key_of(AMA), None),
        ("two", key_of(BEN), None),
    ]


def test_there_is_an_end_to_questions() -> None:
    """Thirty; the last of them sent twice is no trouble."""
    evening = evening_at("facts")
    for number in range(MOST_FACTS):
        evening.act(AMA, acts.Ask(f"{number}", "And?"))
    assert evening.refusal(BEN, acts.Ask("more", "And?")) == "too-many-facts"
    assert evening.act(AMA, acts.Ask("29", "And?")) == evening.session


def test_an_answer_stands_under_its_question() -> None:
    """It can be changed while the others rate, and the others' questions stay."""
    evening = evening_at("facts")
    evening.act(AMA, acts.Ask("one", "How long?"))
    evening.act(BEN, acts.Ask("two", "How often?"))
    evening.act(PRESENTER, acts.Reply("two", "Weekly."))
    assert evening.refusal(PRESENTER, acts.Reply("two", " ")) == "nothing-written"
    evening.until("ratings").act(PRESENTER, acts.Reply("two", "Every week."))
    assert [fact.answer for fact in evening.session.facts] == [None, "Every week."]


def test_a_question_that_was_forgotten_can_t_be_answered() -> None:
    """The presenter is told so."""
    evening = evening_at("facts")
    evening.act(AMA, acts.Ask("one", "How long?"))
    evening.act(AMA, acts.Forget())
    assert evening.refusal(PRESENTER, acts.Reply("one", "Weekly.")) == "fact-gone"


# The private ratings


def test_a_walk_holds_what_its_member_gave_last() -> None:
    """Idea, fits, evidence and being done, each on its own; nobody else's walk changes."""
    evening = evening_at("ratings")
    evening.rate(BEN, {CARE: 1})
    before = evening.session.walks
    evening.act(AMA, acts.Suppose("first"))
    evening.act(AMA, acts.Suppose("an idea"))
    evening.rate(AMA, {CARE: 0, REVERSAL: None})
    evening.rate(AMA, {CARE: 4})
    evening.act(AMA, acts.Observe(CARE, "for", ""))
    evening.act(AMA, acts.Observe(REVERSAL, "", "against"))
    assert not evening.session.walks[key_of(AMA)].done
    evening.act(AMA, acts.FinishWalk())

    walk = evening.session.walks[key_of(AMA)]
    assert (walk.idea, walk.fits, walk.done) == ("an idea", {CARE: 4, REVERSAL: None}, True)
    assert walk.evidence == {
        CARE: Evidence(speaks_for="for", speaks_against=""),
        REVERSAL: Evidence(speaks_for="", speaks_against="against"),
    }
    assert {key: walk for key, walk in evening.session.walks.items() if key != key_of(AMA)} == before


def test_being_done_closes_nothing() -> None:
    """Everything can be changed until the reveal."""
    evening = evening_at("ratings")
    evening.act(AMA, acts.FinishWalk())
    evening.rate(AMA, {CARE: 3})
    assert evening.session.walks[key_of(AMA)].fits == {CARE: 3}


def test_live_nobody_needs_to_say_that_they_are_done() -> None:
    """With the last card and the last form that are asked for they are; in 60 minutes one form is."""
    evening = evening_at("ratings")
    evening.act(AMA, acts.Observe(REVERSAL, "for", ""))
    evening.rate(AMA, {**ALL_CARDS, REVERSAL: 3})
    assert evening.session.walks[key_of(AMA)].done
    evening.rate(BEN, {**ALL_CARDS, REVERSAL: 3})
    assert not evening.session.walks[key_of(BEN)].done
    evening.act(BEN, acts.Observe(REVERSAL, "", ""))
    assert evening.session.walks[key_of(BEN)].done


def test_in_a_long_evening_every_claim_has_its_form() -> None:
    """Each fit of three or four, and no other."""
    evening = evening_at("ratings", 90)
    evening.rate(AMA, {**ALL_CARDS, REVERSAL: 3, CARE: 4})
    evening.act(AMA, acts.Observe(REVERSAL, "for", ""))
    assert not evening.session.walks[key_of(AMA)].done
    evening.act(AMA, acts.Observe(CARE, "for", ""))
    assert evening.session.walks[key_of(AMA)].done


def test_a_member_who_is_done_stays_so() -> None:
    """A fit that changes may ask for another form; nobody is called back for it."""
    evening = evening_at("ratings")
    evening.rate(AMA, dict.fromkeys(ALL_CARDS, 0))
    assert evening.session.walks[key_of(AMA)].done
    evening.rate(AMA, {REVERSAL: 4})
    assert evening.session.walks[key_of(AMA)].done


def test_a_skipped_idea_is_not_an_open_one() -> None:
    """Empty is an answer; nobody is asked again."""
    evening = evening_at("ratings")
    assert evening.session.walk(evening.session.people[1]).idea is None
    evening.act(FACILITATOR, acts.Suppose(""))
    assert evening.session.walk(evening.session.people[1]).idea == ""


@pytest.mark.parametrize(
    "act",
    [
        acts.Rate("sympathy", 2),
        acts.Rate(CARE, -1),
        acts.Rate(CARE, 5),
        acts.Observe("sympathy", "for", "against"),
    ],
)
def test_a_button_that_fits_nothing_is_stale(act: acts.Act) -> None:
    """A mechanism that is no longer there, a fit beyond the scale."""
    assert evening_at("ratings").refusal(AMA, act) == "control-stale"


# The presenter's end


def test_the_presenter_answers_in_their_own_way() -> None:
    """What fits, something else, words: all of it may be left out, and changed until the step is done."""
    evening = evening_at("answer")
    nothing = evening.act(PRESENTER, acts.Respond((), something_else=False, text=""))
    assert nothing.answer == Answer(fits=(), something_else=False, text="")
    evening.until("step").act(PRESENTER, acts.Respond((CARE, REVERSAL), something_else=True, text="both"))
    assert evening.session.answer == Answer(fits=(CARE, REVERSAL), something_else=True, text="both")


def test_what_is_no_mechanism_can_t_fit() -> None:
    """A form that is older than the texts."""
    act = acts.Respond((CARE, "sympathy"), something_else=False, text="")
    assert evening_at("answer").refusal(PRESENTER, act) == "control-stale"


def test_one_step_takes_the_place_of_another() -> None:
    """Until the end the presenter may think again, and a plan that was written is there to come back to."""
    evening = evening_at("step")
    evening.act(PRESENTER, acts.Decide("plan", "repair-a-lapse", "she thanks me", "I wait"))
    assert evening.session.outcome == Outcome(
        kind="plan", strategy="repair-a-lapse", cue="she thanks me", action="I wait"
    )
    evening.until("close").act(PRESENTER, acts.Decide("watch"))
    assert evening.session.outcome == Outcome(
        kind="watch", strategy="repair-a-lapse", cue="she thanks me", action="I wait"
    )


@pytest.mark.parametrize("kind", ["receive", "watch", "consult"])
def test_doing_little_is_a_step_of_its_own(kind: OutcomeKind) -> None:
    """It needs no words."""
    evening = evening_at("step")
    evening.act(PRESENTER, acts.Decide(kind))
    assert evening.session.outcome == Outcome(kind=kind)


def test_a_question_to_the_client_keeps_its_words() -> None:
    """Or has none; another step after it leaves them where they were."""
    evening = evening_at("step")
    evening.act(PRESENTER, acts.Decide("ask", question="How was it to wait?"))
    evening.act(PRESENTER, acts.Decide("consult", question="not this"))
    assert evening.session.outcome == Outcome(kind="consult", question="How was it to wait?")
    evening.act(PRESENTER, acts.Decide("ask"))
    assert evening.session.outcome == Outcome(kind="ask")


def test_the_presenter_has_notes_that_nobody_sees() -> None:
    """As they stand now; at any time while the session runs, and in no post."""
    evening = Evening()
    before = evening.posts()
    evening.act(PRESENTER, acts.TakeNote("first"))
    evening.act(PRESENTER, acts.TakeNote("a note"))
    assert evening.session.note == "a note"
    assert evening.posts() == before
    assert evening.refusal(AMA, acts.TakeNote("mine")) == "only-presenter"
    assert evening.until("handout").refusal(PRESENTER, acts.TakeNote("late")) == "session-over"


def test_everyone_says_goodbye_once() -> None:
    """The last word counts, and everybody has their own."""
    evening = evening_at("close")
    for user in (PRESENTER, *RATERS):
        evening.act(user, acts.SayGoodbye("first", 0))
    evening.act(AMA, acts.SayGoodbye("lighter", None))
    assert evening.session.closings[key_of(AMA)] == Closing(word="lighter", looked_after=None)
    assert evening.session.closings[key_of(BEN)] == Closing(word="first", looked_after=0)
    assert len(evening.session.closings) == 6


@pytest.mark.parametrize("looked_after", [-1, 5])
def test_a_goodbye_beyond_the_scale_is_stale(looked_after: int) -> None:
    """The private item has five answers."""
    assert evening_at("close").refusal(AMA, acts.SayGoodbye("word", looked_after)) == "control-stale"


@pytest.mark.parametrize(
    ("kind", "by", "act"),
    [
        ("facts", MEMBERS[0], acts.Ask("blank", "  \n ")),
        ("step", PRESENTER, acts.Decide("plan", "", " ", "breathe")),
        ("step", PRESENTER, acts.Decide("plan", "", "she asks", "\n")),
    ],
)
def test_nothing_but_space_is_not_taken(kind: str, by: int, act: acts.Act) -> None:
    """What has no word in it comes back instead of standing empty before the group."""
    evening = evening_at(kind)
    before = evening.session
    with pytest.raises(Refusal) as refused:
        evening.act(by, act)
    assert refused.value.key == "nothing-written"
    assert evening.session == before
