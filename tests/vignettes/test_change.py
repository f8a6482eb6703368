"""What can happen to a vignette: every act once, at its time, and with one effect."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.vignettes import acts
from bot.vignettes.acts import RULES, Act
from bot.vignettes.change import MOST_OPEN_QUESTIONS, MOST_REMARKS, change
from bot.vignettes.slots import SLOT_SECONDS
from bot.vignettes.vignette import Question, Remark, Status, Vignette
from tests.conftest import english
from tests.vignettes.shelf import SLOT, vignette

TEXTS = english().texts
STATUSES: tuple[Status, ...] = ("held", "waiting", "published", "closed")
NEXT = SLOT + SLOT_SECONDS
ASKED = Question(key="q1", text="How long?")

EXAMPLES: tuple[Act, ...] = (
    acts.Ask("q2", "Since when?"),
    acts.Answer("q1", "About a year.", NEXT),
    acts.Offer("r1", "You noticed.", NEXT),
    acts.Continue("r2", "It stopped.", NEXT),
    acts.Rewrite("She comes late.", NEXT),
    acts.Close(),
    acts.Pass(NEXT),
    acts.SendBack("The town, please."),
    acts.Hide("The town stands in it."),
    acts.Hide(None),
    acts.WantChange("The town, please."),
    acts.Tell("identifies"),
    acts.Tell("risk"),
    acts.Release(NEXT, alone=False),
    acts.Release(NEXT, alone=True),
    acts.Lose(),
)
SLOTS = st.sampled_from([SLOT, NEXT, NEXT + SLOT_SECONDS])
WORDS = st.text(max_size=8)
KEYS = st.sampled_from(["q1", "q2", "r1", "r2"])
ANY_ACT = st.one_of(
    st.sampled_from(EXAMPLES),
    st.builds(acts.Ask, KEYS, WORDS),
    st.builds(acts.Answer, KEYS, WORDS, SLOTS),
    st.builds(acts.Offer, KEYS, WORDS, SLOTS),
    st.builds(acts.Continue, KEYS, WORDS, SLOTS),
    st.builds(acts.Rewrite, WORDS, SLOTS),
    st.builds(acts.Hide, st.none() | WORDS),
    st.builds(acts.Release, SLOTS, alone=st.booleans()),
)


def at(status: Status, **changes: Any) -> Vignette:
    return vignette(status=status, questions=(ASKED,), **changes)


def refused(before: Vignette, act: Act) -> str:
    """The key of the refusal, which has a sentence."""
    with pytest.raises(Refusal) as caught:
        change(before, act)
    assert TEXTS(caught.value.key, **caught.value.values)
    return caught.value.key


def after(before: Vignette, act: Act) -> tuple[Vignette, str | None]:
    """What comes of it; or what was there before, and why."""
    try:
        # A model of its own: what did nothing gives back the very one that was there.
        return change(before, act).model_copy(), None
    except Refusal as refusal:
        key, values = refusal.key, refusal.values
    assert TEXTS(key, **values)
    return before, key


def test_every_act_has_a_rule_and_an_example() -> None:
    """Who adds one says who may, and when."""
    assert set(RULES) == set(get_args(Act)) == {type(each) for each in EXAMPLES}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("act", EXAMPLES, ids=str)
def test_an_act_out_of_its_time_is_refused(act: Act, status: Status) -> None:
    """With a sentence; in its time it is not."""
    before = at(status)
    if status in RULES[type(act)].statuses:
        change(before, act)
    else:
        assert refused(before, act) == "vignette-not-now"


@given(st.sampled_from(STATUSES), st.lists(ANY_ACT, max_size=12))
def test_the_same_act_twice_has_one_effect(status: Status, several: list[Act]) -> None:
    """Whatever came before it. A second one that is too late is refused, and has a sentence."""
    now = at(status)
    for act in several:
        once, sentence = after(now, act)
        assert bool(sentence) is (once is now)
        if sentence is None:
            twice, too_late = after(once, act)
            assert twice == once
            assert too_late in {None, "vignette-not-now", "vignette-read-already"}
        now = once


@given(st.sampled_from(STATUSES), st.lists(ANY_ACT, max_size=12))
def test_nothing_shows_before_its_slot_is_released(status: Status, several: list[Act]) -> None:
    """And what shows goes on showing, unless it is rewritten: only the clock changes what readers see."""
    now = at(status)
    for act in several:
        try:
            after = change(now, act)
        except Refusal:
            continue
        if RULES[type(act)].who != "clock":
            assert after.shown_items == now.shown_items
            assert after.released == now.released
            if now.status == "published":
                assert after.text == now.text
        else:
            assert set(now.shown_items) <= set(after.shown_items)
            assert after.released >= now.released
        assert after.next_slot is None or after.next_slot > after.released
        now = after


@pytest.mark.parametrize(
    "act",
    [
        acts.Ask("q9", " \n"),
        acts.Answer("q1", " ", NEXT),
        acts.Offer("r9", "", NEXT),
        acts.Continue("r9", "\t", NEXT),
        acts.Rewrite("  ", NEXT),
        acts.Hide(" "),
        acts.WantChange(""),
    ],
    ids=str,
)
def test_empty_words_are_refused(act: Act) -> None:
    assert refused(at("published"), act) == "nothing-written"


def test_a_second_reader_who_sends_back_says_why() -> None:
    assert refused(at("held"), acts.SendBack(" ")) == "nothing-written"


def test_an_answer_needs_its_question() -> None:
    assert refused(at("published"), acts.Answer("q9", "Yes.", NEXT)) == "fact-gone"


def test_an_answer_can_be_changed_until_it_is_out() -> None:
    """After that it would have to vanish first, at the moment of its author's click."""
    now = change(at("published"), acts.Answer("q1", "A year.", NEXT))
    now = change(now, acts.Answer("q1", "About a year.", NEXT))
    now = change(now, acts.Release(NEXT, alone=True))
    assert [item.answer for item in now.shown_items if isinstance(item, Question)] == ["About a year."]
    assert refused(now, acts.Answer("q1", "Two years.", NEXT + SLOT_SECONDS)) == "vignette-answered"
    assert change(now, acts.Answer("q1", "About a year.", NEXT + SLOT_SECONDS)) == now


def test_there_is_room_for_so_many_questions_and_thoughts() -> None:
    """Answering one makes room for another question."""
    now = vignette()
    for number in range(MOST_OPEN_QUESTIONS):
        now = change(now, acts.Ask(f"q{number}", "How long?"))
    assert refused(now, acts.Ask("more", "How long?")) == "too-many-facts"
    now = change(now, acts.Answer("q0", "A year.", NEXT))
    now = change(now, acts.Ask("more", "How long?"))
    for number in range(MOST_REMARKS):
        now = change(now, acts.Offer(f"r{number}", "Hm.", NEXT))
    assert refused(now, acts.Offer("more", "Hm.", NEXT)) == "too-many-remarks"


def test_after_a_clock_was_set_back_nothing_shows_at_once() -> None:
    """A slot that was released already would show it at the moment of the click."""
    released = SLOT + 10 * SLOT_SECONDS
    now = vignette(released=released, questions=(ASKED,))
    several = (
        acts.Answer("q1", "Yes.", SLOT),
        acts.Offer("r1", "Hm.", SLOT),
        acts.Continue("r2", "So.", SLOT),
    )
    for act in several:
        now = change(now, act)
    now = change(now, acts.Rewrite("She comes late.", SLOT))
    assert now.shown_items == ()
    assert now.next_slot == released + SLOT_SECONDS
    now = change(now, acts.Release(released + SLOT_SECONDS, alone=True))
    assert len(now.shown_items) == 3
    assert now.text == "She comes late."


def test_a_rewritten_text_shows_in_its_slot() -> None:
    """What was asked for is done with it; of two changes the last one shows."""
    now = change(vignette(), acts.WantChange("The town, please."))
    now = change(now, acts.Rewrite("Once.", NEXT))
    now = change(now, acts.Rewrite("Twice.", NEXT + SLOT_SECONDS))
    assert now.change_wanted is None
    now = change(now, acts.Release(NEXT, alone=True))
    assert now.text == vignette().text
    assert change(now, acts.Release(NEXT + SLOT_SECONDS, alone=True)).text == "Twice."


def test_what_nobody_has_read_changes_at_once() -> None:
    """On its way its slot stays; held, its second reader reads it anew, and may send it back again."""
    waiting = change(at("waiting", slot=NEXT), acts.Rewrite("Otherwise.", NEXT + SLOT_SECONDS))
    assert (waiting.text, waiting.slot) == ("Otherwise.", NEXT)
    held = change(at("held"), acts.SendBack("The town, please."))
    assert refused(held, acts.Pass(NEXT)) == "vignette-read-already"
    assert refused(held, acts.SendBack("Mine too.")) == "vignette-read-already"
    held = change(held, acts.Rewrite("Otherwise.", NEXT))
    assert (held.text, held.slot, held.second_reader_says) == ("Otherwise.", NEXT, "")
    assert change(held, acts.Pass(NEXT)).status == "waiting"


def test_company_is_waited_for_and_not_for_ever() -> None:
    """Alone it looks again in the next slot; with another one, or when its time is up, it goes."""
    now = vignette(status="waiting", slot=NEXT, waits_until=NEXT + 2 * SLOT_SECONDS)
    still = change(now, acts.Release(NEXT, alone=True))
    assert (still.status, still.next_slot) == ("waiting", NEXT + SLOT_SECONDS)
    assert change(still, acts.Release(NEXT + SLOT_SECONDS, alone=False)).status == "published"
    still = change(still, acts.Release(NEXT + SLOT_SECONDS, alone=True))
    assert change(still, acts.Release(NEXT + 2 * SLOT_SECONDS, alone=True)).status == "published"


def test_a_slot_that_has_passed_releases_too() -> None:
    """The bot was off meanwhile."""
    late = SLOT + 50 * SLOT_SECONDS
    now = vignette(status="waiting", slot=NEXT, remarks=(Remark(key="r1", text="Hm.", slot=NEXT),))
    now = change(now, acts.Release(late, alone=True))
    assert (now.status, now.released, len(now.shown_items), now.next_slot) == ("published", late, 1, None)


def test_what_was_said_before_the_close_still_comes_out() -> None:
    """Nothing more can be added, and nothing is lost."""
    now = change(vignette(), acts.Continue("r1", "It stopped.", NEXT))
    now = change(now, acts.Rewrite("Otherwise.", NEXT))
    now = change(change(now, acts.Close()), acts.Release(NEXT, alone=True))
    assert (now.status, now.text, len(now.shown_items)) == ("closed", "Otherwise.", 1)
