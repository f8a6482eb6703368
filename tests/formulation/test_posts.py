"""Which posts a session has, and what changes them."""

from collections.abc import Callable
from itertools import product

import pytest

from bot.formulation import acts
from bot.formulation.posts import PostKey, Version, posts
from bot.formulation.script import Script, moment
from bot.formulation.session import Mode, Session
from tests.formulation.evening import (
    ACCOUNT,
    BALINT,
    CARE,
    FACILITATOR,
    KINDS,
    MEMBERS,
    OUTSIDER,
    PRESENTER,
    RATERS,
    REVERSAL,
    SIX,
    Evening,
    evening_at,
    full_evening,
    key_of,
    library,
    protocol,
    talking,
)

BOARD = PostKey("board")
SEEN = {"reveal", "observations"}


def posts_of(session: Session) -> dict[PostKey, Version]:
    script = Script.of(session, protocol(session.protocol))
    return dict(posts(session, script, library().mechanisms))


def kinds_of(session: Session) -> set[str]:
    return {key.kind for key in posts_of(session)}


def changed(evening: Evening, by: int | None, act: acts.Act) -> set[PostKey]:
    """The posts that ``act`` makes, changes or takes away."""
    before = posts_of(evening.session)
    after = posts_of(evening.act(by, act))
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


ALWAYS = {"thread", "invitation", "member", "question", "board"}


STEP_POSTS = {
    "arrive": ALWAYS,
    "telling": ALWAYS | {"account"},
    "facts": ALWAYS | {"account"},
    "ratings": ALWAYS | {"account"},
    "reveal": ALWAYS | {"account", "reveal"},
    "second-ratings": ALWAYS | {"account", "reveal"},
    "close": ALWAYS | {"account", "reveal"},
    "handout": ALWAYS | {"account", "reveal", "closing"},
}
# Over days the telling is over with the account, and without topics there is no second rating.
OVER_AT_ONCE = {("slow", "telling"), ("slow", "second-ratings")}


@pytest.mark.parametrize(
    ("mode", "kind"),
    [each for each in product(("voice", "text", "slow"), STEP_POSTS) if each not in OVER_AT_ONCE],
)
def test_a_session_has_the_posts_of_its_step(mode: Mode, kind: str) -> None:
    """Nothing shows before its time."""
    assert kinds_of(evening_at(kind, mode=mode).session) == STEP_POSTS[kind]


def test_a_whole_evening_has_all_its_posts() -> None:
    """In the order in which they were first due, the board at the end."""
    kinds = list(dict.fromkeys(key.kind for key in posts_of(full_evening().session)))
    assert kinds == [
        "thread",
        "invitation",
        "member",
        "question",
        "account",
        "fact",
        "reveal",
        "observations",
        "change",
        "answer",
        "closing",
        "board",
    ]


def test_everyone_is_added_to_the_thread() -> None:
    """One wish a person, by their key and not their user id."""
    evening = Evening()
    members = {key.ref for key in posts_of(evening.session) if key.kind == "member"}
    assert members == {key_of(user) for user in (PRESENTER, *RATERS)}
    assert changed(evening, OUTSIDER, acts.Join("fresh")) == {PostKey("member", "fresh")}
    assert changed(evening, OUTSIDER, acts.Forget()) == {PostKey("member", "fresh")}


def test_an_account_that_is_not_told_does_not_show() -> None:
    """Written at the start or in the first step, it waits for the telling; empty it never shows."""
    evening = Evening(account=None)
    assert PostKey("account") not in changed(evening, PRESENTER, acts.Tell(ACCOUNT))
    evening.until("telling")
    assert posts_of(evening.session)[PostKey("account")] == Version((ACCOUNT,))
    assert PostKey("account") in changed(evening, PRESENTER, acts.Tell("again"))
    evening.act(PRESENTER, acts.Tell(""))
    assert PostKey("account") not in posts_of(evening.session)


def test_a_session_that_ends_before_the_telling_never_shows_its_account() -> None:
    """Nor one that ends before the reveal its observations."""
    evening = Evening()
    evening.act(FACILITATOR, acts.End())
    assert "account" not in kinds_of(evening.session)

    evening = evening_at("ratings")
    evening.act(MEMBERS[0], acts.Suppose("an idea"))
    evening.act(FACILITATOR, acts.End())
    assert not {"reveal", "observations"} & kinds_of(evening.session)


def test_a_fact_changes_its_own_post() -> None:
    """A question makes one, an answer changes it, and forgetting takes it away."""
    evening = evening_at("facts")
    one, two = PostKey("fact", "one"), PostKey("fact", "two")
    assert changed(evening, MEMBERS[0], acts.Ask("one", "How long?")) == {one}
    assert changed(evening, MEMBERS[1], acts.Ask("two", "How often?")) == {two}
    assert changed(evening, PRESENTER, acts.Reply("one", "A year.")) == {one}
    assert changed(evening, PRESENTER, acts.Reply("one", "A year.")) == set()
    assert {one} <= changed(evening, MEMBERS[0], acts.Forget())
    assert one not in posts_of(evening.session)


RATING = [
    acts.Suppose("an idea"),
    acts.Rate(CARE, 3),
    acts.Rate(CARE, None),
    acts.Observe(CARE, "for", "against"),
]


@pytest.mark.parametrize("act", RATING)
def test_a_private_rating_changes_no_post(act: acts.Act) -> None:
    """Nothing shows that somebody has begun, not even by an edit."""
    assert changed(evening_at("ratings"), MEMBERS[0], act) == set()


def test_the_board_moves_on_with_the_group() -> None:
    """It changes when a member has given all that is asked, and only where the word for it changes."""
    evening = evening_at("ratings")
    edits = 0
    for user in RATERS:
        for mechanism in library().mechanisms:
            assert changed(evening, user, acts.Rate(mechanism.id, 2)) == set()
        for mechanism in library().mechanisms:
            touched = changed(evening, user, acts.Observe(mechanism.id, "for", ""))
            assert touched <= {BOARD}
            edits += len(touched)
    assert edits == len(["some", "most", "all"])


def test_a_second_rating_changes_nothing_but_the_word() -> None:
    """What the talk moved shows when the step is over, all at once."""
    evening = talking(60).until("second-ratings")
    edits = 0
    for user in RATERS:
        for topic in evening.session.topics:
            touched = changed(evening, user, acts.RateAgain(topic, 2))
            assert touched <= {BOARD}
            edits += len(touched)
    assert edits == len(["some", "most", "all"])
    assert PostKey("change") in changed(evening, FACILITATOR, acts.Next(evening.here))


def revealing(session: Session) -> dict[PostKey, Version]:
    """The posts of the reveal alone."""
    return {key: version for key, version in posts_of(session).items() if key.kind in SEEN}


def test_the_reveal_is_not_drawn_anew_by_what_follows() -> None:
    """Talk, answer, step and goodbyes leave the posts of the reveal alone."""
    evening = evening_at("ratings")
    for user in RATERS:
        evening.act(user, acts.Suppose(f"idea of {user}"))
    before = revealing(evening.until("reveal").session)
    assert {key.kind for key in before} == SEEN
    for kind in KINDS[KINDS.index("talk") :]:
        assert revealing(evening.until(kind).session) == before


def test_two_seeds_change_the_order_and_not_the_figures() -> None:
    """Only what is shuffled differs."""
    session = full_evening().session
    assert session.reveal is not None
    versions = [
        posts_of(session.model_copy(update={"reveal": session.reveal.model_copy(update={"seed": seed})}))
        for seed in ("one", "two")
    ]
    differing = {key for key in versions[0] if versions[0][key] != versions[1][key]}
    assert {key.kind for key in differing} == {"observations"}


def test_forgetting_a_rater_redraws_the_reveal() -> None:
    """Their dots, observations and words go from every post that showed them, and from no other."""
    evening = full_evening()
    touched = changed(evening, MEMBERS[0], acts.Forget())
    shown_by_them = {"member", "fact", "reveal", "observations", "change", "closing"}
    assert {key.kind for key in touched} - {"board"} == shown_by_them
    assert PostKey("fact", f"fact-{MEMBERS[1]}") not in touched


def test_the_presenter_s_part_changes_its_own_posts() -> None:
    """The answer has a post; the step is private, and no edit tells that there is one."""
    evening = evening_at("answer")
    answer = PostKey("answer")
    respond = acts.Respond((REVERSAL,), something_else=False, text="yes")
    assert changed(evening, PRESENTER, respond) == {answer}
    assert changed(evening, PRESENTER, acts.Respond((), something_else=False, text="no")) == {answer}
    evening.until("step")
    assert changed(evening, PRESENTER, acts.Decide("watch")) == set()
    assert changed(evening, PRESENTER, acts.Decide("plan", "", "a cue", "an action")) == set()
    evening.until("close")
    for user in (PRESENTER, *RATERS):
        assert changed(evening, user, acts.SayGoodbye("lighter", 1)) == set()


def test_goodbyes_show_at_the_close() -> None:
    """One post for all, in no order that tells who spoke when."""
    words = dict(zip(RATERS, ("light", "calm", "tired", "calm", "curious"), strict=True))

    def closed(users: tuple[int, ...]) -> Session:
        evening = evening_at("close")
        for user in users:
            evening.act(user, acts.SayGoodbye(words[user], user % 5))
        assert "closing" not in kinds_of(evening.session)
        return evening.until("handout").session

    one, other = closed(RATERS), closed(RATERS[::-1])
    assert one == other
    assert posts_of(one)[PostKey("closing")] == posts_of(other)[PostKey("closing")]


@pytest.mark.parametrize("kind", KINDS)
def test_equal_sessions_have_equal_posts(kind: str) -> None:
    """Also after a restart, when one of them comes out of the database."""
    session = evening_at(kind).session
    again = Session.model_validate_json(session.model_dump_json())
    assert posts_of(again) == posts_of(session)
    assert list(posts_of(again)) == list(posts_of(session))


BOARD_EDITS: list[tuple[str, Callable[[Evening], object]]] = [
    ("arrive", lambda evening: evening.act(FACILITATOR, acts.Forget())),
    ("arrive", lambda evening: evening.act(FACILITATOR, acts.HandOver(MEMBERS[0]))),
    ("telling", lambda evening: evening.act(FACILITATOR, acts.Pause(on=True))),
    ("telling", lambda evening: evening.act(FACILITATOR, acts.MoreTime("telling.0"))),
    ("talk", lambda evening: evening.act(PRESENTER, acts.SlowDown("talk.0"))),
    ("talk", lambda evening: evening.act(None, acts.Strand())),
]


@pytest.mark.parametrize(("kind", "happens"), BOARD_EDITS)
def test_the_board_is_edited_where_it_stands(kind: str, happens: Callable[[Evening], object]) -> None:
    """What changes within a moment changes the text of the board and not its place."""
    evening = evening_at(kind)
    before = posts_of(evening.session)[BOARD]
    happens(evening)
    after = posts_of(evening.session)[BOARD]
    assert after.content != before.content
    assert after.place == before.place


def test_the_board_knows_who_facilitates() -> None:
    """Whoever takes the role of one who is gone changes nothing else."""
    evening = Evening()
    evening.act(FACILITATOR, acts.Forget())
    assert changed(evening, MEMBERS[0], acts.Facilitate("fresh")) == {BOARD}


def test_the_board_knows_whether_there_is_an_account() -> None:
    """Its button reads otherwise from then on."""
    evening = Evening(account=None).until("telling")
    assert changed(evening, PRESENTER, acts.Tell(ACCOUNT)) == {BOARD, PostKey("account")}
    assert changed(evening, PRESENTER, acts.Tell("in other words")) == {PostKey("account")}


def test_the_board_moves_exactly_with_the_moment() -> None:
    """A fresh one at the end of the thread with every step and every topic, and never else."""
    evening = replayed(talking(90))
    places = [posts_of(evening.session)[BOARD].place]
    while evening.script.next_moment(evening.session) is not None:
        evening.act(MEMBERS[0], acts.SlowDown(evening.here))
        evening.act(FACILITATOR, acts.Pause(on=True))
        evening.act(FACILITATOR, acts.Pause(on=False), 10)
        assert posts_of(evening.session)[BOARD].place == places[-1]
        evening.next()
        places.append(posts_of(evening.session)[BOARD].place)
        assert places[-1] == str(moment(evening.session))
    assert len(places) == len(set(places))
    assert {"talk.0", "talk.1", "talk.2"} <= set(places)


def replayed(evening: Evening) -> Evening:
    """The same session, read back from where it is stored."""
    evening.session = Session.model_validate_json(evening.session.model_dump_json())
    return evening


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_board_has_a_place(kind: str) -> None:
    """Everything else is edited where it was posted first."""
    versions = posts_of(evening_at(kind).session)
    assert {key for key, version in versions.items() if version.place} == {BOARD}


# To one person alone


def calls(evening: Evening) -> set[str]:
    return {key.ref for key in evening.posts() if key.kind == "call"}


def test_at_zero_only_the_facilitator_is_called() -> None:
    """No post of the group's changes, and nobody else is told."""
    evening = evening_at("talk")
    before = evening.posts()
    evening.wake()
    after = evening.posts()
    assert {key.kind for key in after.keys() ^ before.keys()} == {"call"}
    assert calls(evening) == {f"talk.0.time.{key_of(FACILITATOR)}"}
    assert before.items() <= after.items()


def test_the_presenters_time_is_called_apart() -> None:
    """One call takes the place of the other, and both are over when the group goes on."""
    evening = evening_at("talk")
    evening.wake()
    evening.wake()
    assert calls(evening) == {f"talk.0.reserve.{key_of(FACILITATOR)}"}
    evening.next()
    assert calls(evening) == set()


def test_a_call_is_for_whoever_facilitates() -> None:
    """Nobody does, nobody is called; who takes over is."""
    evening = evening_at("talk")
    evening.wake()
    evening.act(FACILITATOR, acts.StepOut())
    assert calls(evening) == set()
    evening.act(MEMBERS[0], acts.Facilitate("fresh"))
    assert calls(evening) == {f"talk.0.time.{key_of(MEMBERS[0])}"}


def test_more_time_calls_off_the_call() -> None:
    """It comes again when the two minutes are over."""
    evening = evening_at("telling")
    evening.wake()
    evening.act(FACILITATOR, acts.MoreTime(evening.here))
    assert calls(evening) == set()
    evening.wake()
    assert calls(evening) == {f"telling.0.time.{key_of(FACILITATOR)}"}


def test_over_days_no_clock_calls() -> None:
    """A date moves the group, and nobody needs to."""
    evening = evening_at("facts", mode="slow")
    evening.wake()
    assert calls(evening) == set()


@pytest.mark.parametrize("act", [acts.End(), acts.Strand()])
def test_what_is_over_calls_nobody(act: acts.Act) -> None:
    """Neither the facilitator nor those who asked for a nudge."""
    evening = evening_at("talk")
    evening.wake()
    evening.act(None if isinstance(act, acts.Strand) else FACILITATOR, act)
    assert not {"call", "nudge"} & {key.kind for key in evening.posts()}


def test_a_question_of_fact_loses_its_button_with_the_session() -> None:
    """Where there is no reveal too: the post is drawn anew at the close."""
    for named, last in ((SIX, "reveal"), (BALINT, "handout")):
        evening = evening_at("facts", named=named)
        evening.act(MEMBERS[0], acts.Ask("one", "How long?"))
        before = evening.posts()[PostKey("fact", "one")]
        evening.until("ratings" if named == SIX else "close")
        assert evening.posts()[PostKey("fact", "one")] == before
        assert evening.until(last).posts()[PostKey("fact", "one")] != before
