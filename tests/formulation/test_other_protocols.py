"""The steps that other protocols have: a question put anew, a way chosen, short lines gathered."""

import pytest

from bot.content.protocols import Way
from bot.formulation import acts
from bot.formulation.posts import PostKey
from bot.formulation.reveal import gathered
from bot.formulation.session import Mode
from tests.formulation.evening import (
    AMA,
    BALINT,
    BEN,
    FACILITATOR,
    INCIDENT,
    MEMBERS,
    PRESENTER,
    RATERS,
    REVERSAL,
    TIETZE,
    Evening,
    evening_at,
    key_of,
    protocol,
    says,
)

WAYS = protocol(TIETZE).step("choose").options
MODES: tuple[Mode, ...] = ("voice", "text", "slow")
BOARD = PostKey("board")


def gathered_posts(evening: Evening) -> list[str]:
    return [key.ref for key in evening.posts() if key.kind == "gathered"]


# The question


def test_the_question_is_put_anew() -> None:
    """It has a post beside the first one, and can be changed while the step lasts."""
    evening = evening_at("restate", named=TIETZE)
    assert PostKey("restated") not in evening.posts()
    evening.act(PRESENTER, acts.Restate("How can I wait?"))
    evening.act(PRESENTER, acts.Restate("What might help me wait?"))
    assert evening.posts()[PostKey("restated")].content == ("What might help me wait?",)
    assert evening.posts()[PostKey("question")].content == ("The careful guest", "What am I not seeing?")
    assert evening.refusal(PRESENTER, acts.Restate(" \n")) == "nothing-written"
    assert evening.refusal(AMA, acts.Restate("Another?")) == "only-presenter"
    evening.next()
    assert evening.refusal(PRESENTER, acts.Restate("Too late?")) == "step-moved-on"


# The way


@pytest.mark.parametrize("by", [PRESENTER, FACILITATOR])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.id)
def test_the_way_that_is_chosen_leads_what_follows(way: Way, by: int) -> None:
    """Its words guide the gathering; either of the two who lead may press, the last press counts."""
    evening = evening_at("choose", named=TIETZE)
    evening.act(by, acts.ChooseWay(WAYS[0].id))
    evening.act(by, acts.ChooseWay(way.id))
    evening.until("ideas")
    assert evening.script.way(evening.session, evening.script.step(evening.session)) == way
    assert evening.script.guide(evening.session) == way.guide


@pytest.mark.parametrize("mode", MODES)
def test_without_a_choice_the_step_speaks_for_itself(mode: Mode) -> None:
    """In the words for how the group meets."""
    evening = evening_at("ideas", mode=mode, named=TIETZE)
    step = protocol(TIETZE).step("ideas")
    assert evening.script.way(evening.session, step) is None
    said = {"voice": step.voice_guide, "text": step.guide, "slow": step.slow_guide}
    assert evening.script.guide(evening.session) == said[mode]


def test_only_a_way_that_is_offered_can_be_chosen() -> None:
    """By those who lead, and while it is chosen."""
    evening = evening_at("choose", named=TIETZE)
    assert evening.refusal(PRESENTER, acts.ChooseWay("shouting")) == "control-stale"
    assert evening.refusal(AMA, acts.ChooseWay("brainstorm")) == "only-leading"
    evening.next()
    assert evening.refusal(PRESENTER, acts.ChooseWay("brainstorm")) == "step-moved-on"


def test_the_board_says_which_way_was_chosen() -> None:
    """An edit each time it changes."""
    evening = evening_at("choose", named=TIETZE)
    before = evening.posts()
    evening.act(PRESENTER, acts.ChooseWay("brainstorm"))
    after = evening.posts()
    assert {key for key in after if after[key] != before[key]} == {BOARD}
    evening.act(PRESENTER, acts.ChooseWay("brainstorm"))
    assert evening.posts() == after


# The lines


def test_a_line_is_given_once() -> None:
    """The form's own key tells a form sent twice from a second line in the same words."""
    evening = evening_at("ideas", named=TIETZE)
    evening.act(AMA, acts.Contribute("one", "wait"))
    once = evening.act(BEN, acts.Contribute("two", "wait"))
    assert evening.act(AMA, acts.Contribute("one", "wait")) == once
    assert [(line.key, line.by, line.step) for line in once.lines] == [
        ("one", key_of(AMA), "ideas"),
        ("two", key_of(BEN), "ideas"),
    ]
    assert [line.text for line in gathered(once, "ideas")] == ["wait", "wait"]


@pytest.mark.parametrize(("named", "step", "most"), [(INCIDENT, "positions", 1), (TIETZE, "ideas", 10)])
def test_each_gives_as_many_lines_as_the_step_takes(named: str, step: str, most: int) -> None:
    """Each for themselves; one that was taken back makes room for another."""
    evening = evening_at(step, named=named)
    for number in range(most):
        evening.act(AMA, acts.Contribute(f"{number}", "a line"))
    assert evening.refusal(AMA, acts.Contribute("more", "a line")) == "enough-lines"
    assert evening.act(AMA, acts.Contribute("0", "a line")) == evening.session
    evening.act(BEN, acts.Contribute("of Ben", "a line"))
    evening.act(AMA, acts.TakeBack("line.0"))
    evening.act(AMA, acts.Contribute("more", "a line"))
    assert len(evening.session.lines) == most + 1


def test_a_line_has_words_in_it() -> None:
    """And comes from one who takes part, while lines are gathered."""
    evening = evening_at("ideas", named=TIETZE)
    assert evening.refusal(AMA, acts.Contribute("one", " \n ")) == "nothing-written"
    assert evening.refusal(PRESENTER, acts.Contribute("one", "mine")) == "only-rater"
    evening.next()
    assert evening.refusal(AMA, acts.Contribute("one", "late")) == "step-moved-on"


@pytest.mark.parametrize("mode", ["text", "slow"])
def test_ideas_stand_there_as_they_come(mode: Mode) -> None:
    """Without a name and in no order that gives one away."""
    orders = set()
    for users in (RATERS, RATERS[::-1]):
        evening = evening_at("ideas", mode=mode, named=TIETZE)
        for user in users:
            evening.act(user, acts.Contribute(f"key {user}", f"idea of {user}"))
            assert says(evening, f"idea of {user}")
        orders.add(gathered(evening.session, "ideas"))
        assert gathered_posts(evening) == ["ideas.0"]
        assert key_of(AMA) not in repr(evening.posts()[PostKey("gathered", "ideas.0")])
    assert len(orders) == 1


@pytest.mark.parametrize("mode", ["voice", "text", "slow"])
def test_positions_stay_out_of_sight_until_all_are_in(mode: Mode) -> None:
    """They show all at once when the group goes on, however it goes on."""
    evening = evening_at("positions", mode=mode, named=INCIDENT)
    before = evening.posts()
    for user in RATERS:
        evening.act(user, acts.Contribute(f"key {user}", f"position of {user}"))
        assert evening.posts() == before
    if mode == "slow":
        for user in RATERS:
            evening.act(user, acts.DoneHere("positions.0"))
    else:
        evening.act(FACILITATOR, acts.Skip(evening.here))
    assert evening.session.step == "group-alone"
    assert all(says(evening, f"position of {user}") for user in RATERS)


@pytest.mark.parametrize("act", [acts.End(), acts.Strand()])
def test_a_session_that_breaks_off_opens_nothing(act: acts.Act) -> None:
    """What was written out of sight stays there."""
    evening = evening_at("positions", named=INCIDENT)
    evening.act(AMA, acts.Contribute("one", "my position"))
    evening.act(None if isinstance(act, acts.Strand) else FACILITATOR, act)
    assert not says(evening, "my position")


def test_nobody_writes_a_position_that_is_open_at_once() -> None:
    """Once they are shown there is no way back; going back before that opens nothing."""
    evening = evening_at("group-alone", named=INCIDENT)
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here)) == "nothing-before"

    evening = evening_at("positions", named=INCIDENT)
    evening.act(AMA, acts.Contribute("one", "my position"))
    evening.act(FACILITATOR, acts.GoBack(evening.here))
    assert evening.kind == "facts"
    assert not says(evening, "my position")


def test_many_lines_have_several_posts() -> None:
    """None is lost on the way to the next page."""
    evening = evening_at("ideas", named=TIETZE)
    for user in MEMBERS:
        for number in range(10):
            evening.act(user, acts.Contribute(f"{user}-{number}", f"{user}-{number} {'x' * 150}"))
    assert gathered_posts(evening) == ["ideas.0", "ideas.1", "ideas.2"]
    assert all(says(evening, f"{user}-{number}") for user in MEMBERS for number in range(10))


# Whole evenings


def test_a_balint_group_writes_nothing() -> None:
    """No question anew, no lines, no ratings, no step: it tells, imagines, comes back and closes."""
    evening = Evening(named=BALINT)
    kinds = [evening.kind]
    while evening.session.status == "open":
        evening.next()
        kinds.append(evening.kind)
    assert kinds == ["arrive", "telling", "facts", "talk", "answer", "close", "handout"]
    for user, act in (
        (AMA, acts.Rate(REVERSAL, 2)),
        (AMA, acts.Contribute("one", "a line")),
        (PRESENTER, acts.Decide("watch")),
    ):
        other = evening_at("talk", named=BALINT)
        assert other.refusal(user, act) == "step-moved-on"


@pytest.mark.parametrize("named", [BALINT, INCIDENT, TIETZE])
def test_where_nothing_is_rated_nothing_is_revealed(named: str) -> None:
    """To the end of the evening there is no reveal and no topic."""
    evening = Evening(named=named)
    while evening.session.status == "open":
        assert evening.session.reveal is None
        assert evening.session.topic_now is None
        evening.next()
    assert not {"reveal", "observations", "change"} & {key.kind for key in evening.posts()}


def test_in_a_call_the_account_may_be_spoken() -> None:
    """The telling needs no written one there; in writing it does."""
    evening = Evening(mode="voice", account=None).until("telling")
    assert evening.next().step == "facts"
    evening = Evening(account=None).until("telling")
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "account-missing"
    assert evening.act(FACILITATOR, acts.Skip(evening.here)).step == "facts"
