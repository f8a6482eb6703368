"""Which posts a case has, and what touches each of them."""

from bot.cases import acts
from bot.cases.case import Case, FollowUp, Question
from bot.cases.change import change
from bot.cases.posts import posts
from bot.formulation.posts import PostKey
from tests.cases.filled import ANSWERS, SENTENCE, SMALL, case

CARD, THREAD, TOLD = PostKey("case"), PostKey("case-thread"), PostKey("case-follow-up")
ITEM = PostKey("case-item", "q1")
LONG = SENTENCE * 74
ASKED = Question(key="q1", text="How long?")


def page(number: int) -> PostKey:
    return PostKey("case-page", str(number))


def touched(before: Case, *several: acts.Act) -> set[PostKey]:
    now = before
    for act in several:
        now = change(now, act)
    one, other = posts(before), posts(now)
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def rewritten(**changes: str) -> acts.Rewrite:
    return acts.Rewrite({**ANSWERS, **changes}, 2_000)


def test_a_case_has_its_card_and_its_thread() -> None:
    """The card comes first: the thread hangs on it."""
    assert list(posts(case())) == [CARD, THREAD]


def test_long_answers_have_pages_and_lose_them_again() -> None:
    """Pages that are no longer there are not in it, so that they go."""
    long = change(case(), rewritten(scene=LONG, custom=LONG))
    assert {key for key in posts(long) if key.kind == "case-page"} == {page(number) for number in range(4)}
    one = change(long, rewritten(scene=LONG))
    assert {key for key in posts(one) if key.kind == "case-page"} == {page(0), page(1)}
    assert set(posts(change(one, rewritten()))) == {CARD, THREAD}


def test_a_post_is_touched_only_when_it_changes() -> None:
    before = case(answers={**ANSWERS, "custom": LONG}, questions=(ASKED,))
    assert touched(before, acts.Ask("q2", "Since when?")) == set()
    assert touched(before, acts.Lose()) == set()
    assert touched(before, acts.Reply("q1", "A year.")) == {ITEM}
    replied = change(before, acts.Reply("q1", "A year."))
    assert touched(replied, acts.Reply("q1", "Two years.")) == {ITEM}
    assert touched(replied, acts.Reply("q1", "A year.")) == set()
    assert touched(before, acts.Close(3_000)) == {CARD}
    assert touched(before, acts.Formulated()) == {CARD}
    assert touched(before, rewritten(custom=f"{LONG}End.")) == {CARD, page(1)}
    assert touched(before, rewritten(custom=f"{'Before. ' * 20}{LONG}")) == {CARD, page(0), page(1)}


def test_what_is_for_the_presenter_alone_is_in_no_post() -> None:
    """An edit of it shows as an edit, and shows nothing else."""
    before = case()
    after = change(before, rewritten(own="Secret words."))
    assert touched(before, rewritten(own="Secret words.")) == {CARD}
    assert "Secret words." not in repr(dict(posts(after)))


def test_a_follow_up_is_a_post_where_something_of_it_is_shared() -> None:
    """What is all for the presenter alone is kept, and shown to nobody."""
    told = FollowUp(template=SMALL, answers={"scene": "We laughed."})
    assert touched(case(), acts.AddFollowUp(told)) == {TOLD}
    alone = FollowUp(template=SMALL, answers={"own": "Proud."})
    assert touched(case(), acts.AddFollowUp(alone)) == set()
