"""Walking protocols: those shipped and any that the loader takes come to their end; what is wrong is told."""

import string
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.content import Library, Protocol
from bot.formulation import acts, spread, walkthrough
from bot.formulation.acts import Act
from bot.formulation.script import Script
from bot.formulation.session import Session
from bot.formulation.walkthrough import CROWDS, Course, Problem, courses, walk
from bot.refusal import Refusal
from tests.conftest import english

SIX = "six-mechanisms"
LIVE = Course("text", 60, 6)
EARLY = Course("slow", 60, 6)
IDLE = Course("slow", 60, 6, idle=True)


@cache
def library() -> Library:
    return english()


def shipped(name: str = SIX) -> Protocol:
    return library().protocol(name)


def problems(course: Course, protocol: Protocol | None = None) -> tuple[Problem, ...]:
    return walk(protocol or shipped(), library().mechanisms, course)


def built(protocol: Protocol, **changes: object) -> Protocol:
    """A protocol as no loader would take it."""
    return protocol.model_copy(update=changes)


def with_step(id_: str, **changes: object) -> Protocol:
    """The six mechanisms with one step changed, unchecked."""
    protocol = shipped()
    steps = (step.model_copy(update=changes) if step.id == id_ else step for step in protocol.steps)
    return built(protocol, steps=tuple(steps))


@pytest.mark.parametrize("name", [protocol.id for protocol in library().protocols])
def test_every_shipped_protocol_comes_to_its_end(name: str) -> None:
    """With few, some and many people, in each mode and length, and by its dates alone."""
    protocol = shipped(name)
    found = {course: problems(course, protocol) for course in courses(protocol)}
    assert {course: wrong for course, wrong in found.items() if wrong} == {}


def test_every_mode_and_length_is_walked_with_every_crowd() -> None:
    """A protocol without days has no slow walks; one with days has two for each crowd."""
    for protocol in library().protocols:
        ways = list(courses(protocol))
        assert len(ways) == len(set(ways)) == len(CROWDS) * (6 + 2 * protocol.can_be_slow)
        assert {course.people for course in ways} == {3, 6, 25}
        assert {(course.mode, course.minutes) for course in ways if course.mode != "slow"} == {
            (mode, minutes) for mode in ("voice", "text") for minutes in (45, 60, 90)
        }
        assert any(course.idle for course in ways) == protocol.can_be_slow


# Whatever the loader takes

USUAL = "facts restate choose gather talk rating choose gather talk topics again topics answer step".split()
WAY = {"title": "t", "guide": "g", "ask": "a", "hint": "h"}
OWN: dict[str, dict[str, Any]] = {
    "restate": {"ask": "a", "hint": "h"},
    "gather": {"ask": "a", "hint": "h", "lines": 2},
    "choose": {"options": [{"id": "one", **WAY}, {"id": "two", **WAY}]},
}


def kinds_of(part: str) -> tuple[str, ...]:
    return {"rating": ("ratings", "reveal"), "topics": ("talk",), "again": ("second-ratings",)}.get(
        part, (part,)
    )


@st.composite
def written(draw: st.DrawFn) -> dict[str, Any]:
    """A file that may or may not make a protocol: some steps in some order, with any of their fields."""
    lengths = draw(st.sampled_from([(60,), (45, 90)]))
    slow = draw(st.booleans())
    parts = [part for part in USUAL if draw(st.sampled_from((True, True, False)))]
    parts = draw(st.one_of(st.just(parts), st.permutations(parts)))
    for later, earlier in (("topics", "rating"), ("again", "topics")):
        before = parts.index(earlier) if earlier in parts else len(parts)
        parts = [part for place, part in enumerate(parts) if part != later or place > before]
    middle = [(kind, part) for part in parts for kind in kinds_of(part)]
    end = draw(st.integers(0, len(middle)))
    order = [("arrive", ""), ("telling", ""), *middle[:end], ("close", ""), *middle[end:], ("handout", "")]
    reserve = draw(st.integers(2, len(order)))
    choice = ""
    steps: list[dict[str, Any]] = []
    for place, ((kind, part), name) in enumerate(zip(order, string.ascii_lowercase, strict=False)):
        needed = kind in ("arrive", "telling", "close")
        minutes = st.just(0) if kind == "handout" else st.sampled_from((1, 2, 3) if needed else (2, 1, 4, 0))
        step: dict[str, Any] = {
            "id": name,
            "kind": kind,
            "title": "t",
            "guide": "g",
            "who_writes": "everyone",
            "minutes": {length: draw(minutes) for length in lengths},
            "spoken": draw(st.booleans()),
            "hidden": draw(st.booleans()),
            "reserve": place >= reserve,
            **OWN.get(kind, {}),
        }
        days = draw(st.sampled_from((1, 0, 3) if needed else (1, 0, 3, None))) if slow else None
        if kind != "handout" and days is not None:
            step["days"] = days
        if kind == "ratings":
            rule = st.sampled_from(["highest", "claimed", "all"])
            step |= {"evidence": {length: draw(rule) for length in lengths}}
            step |= {"slow_evidence": draw(rule)} if "days" in step else {}
        if part == "topics":
            room = st.integers(1, 6)
            step |= {"topics": {length: draw(room) for length in lengths}}
            step |= {"slow_topics": draw(room)} if "days" in step else {}
        if kind == "choose":
            choice = name
        if kind == "gather" and choice and draw(st.booleans()):
            step["follows"] = choice
        steps.append(step)
    return {"id": "any", "title": "t", "good_for": "g", "steps": steps}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(written(), st.sampled_from([3, 5, 6]))
def test_whatever_the_loader_takes_comes_to_its_end(file: dict[str, Any], people: int) -> None:
    """No protocol that loads can leave a group in a step, or take the presenter's time."""
    try:
        protocol = Protocol.model_validate(file)
    except ValidationError:
        assume(condition=False)
        return
    for course in courses(protocol):
        if course.people == CROWDS[0]:
            assert problems(replace(course, people=people), protocol) == (), course


# What a walk does


def seen_in(course: Course, protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """Every session that a walk went through."""
    sessions: list[Session] = []

    def noted(*arguments: Any) -> Session:
        after = transition(*arguments)
        sessions.append(after)
        return after

    transition = walkthrough.transition
    monkeypatch.setattr(walkthrough, "transition", noted)
    assert problems(course, protocol) == ()
    return sessions


@pytest.mark.parametrize("course", [LIVE, Course("voice", 90, 3), EARLY, IDLE], ids=str)
def test_a_walk_visits_every_step_in_order(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is left out, apart from one that asks for what is there already."""
    protocol = shipped()
    sessions = seen_in(course, protocol, monkeypatch)
    visited = list(dict.fromkeys(session.step for session in sessions))
    steps = [step.id for step in Script(protocol, course.mode, course.minutes).steps]
    # Idle people have written the account before, and have rated nothing that could be rated again.
    given = ("telling", "second-ratings") if course.idle else ()
    assert visited == [step for step in steps if step in visited]
    assert not set(steps) - set(visited) - set(given)
    assert sessions[-1].status == "closed"
    assert len(sessions[-1].people) == course.people
    # Somebody wants to be told that something is open, and in an idle session something always is.
    assert any(session.nudged for session in sessions) == course.idle


def test_people_leave_something_of_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk is worth something only where every step got what it asks for."""
    full = seen_in(LIVE, shipped(), monkeypatch)[-1]
    assert (full.account, full.own_side_may_be_talked_about) == ("account", True)
    assert all(fact.answer for fact in full.facts)
    assert len(full.facts) == len(full.walks) == 5
    assert all(
        len(each.fits) == 6 and each.idea and each.evidence and each.done for each in full.walks.values()
    )
    assert full.reveal is not None
    assert len(full.reveal.topics) == 2
    assert all(each.again.keys() == set(full.reveal.topics) for each in full.walks.values())
    assert full.answer is not None
    assert full.outcome is not None
    assert len(full.closings) == 6
    assert len(full.own_fits) == 6


def test_people_choose_restate_and_contribute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other protocols get what they ask for too."""
    full = seen_in(LIVE, shipped("kollegiale-beratung"), monkeypatch)[-1]
    assert full.restated == "question"
    assert full.chosen.keys() == {"choose"}
    assert len(full.lines) == 50


def test_a_live_walk_uses_all_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The minutes of every step run out, the talk is extended, and the presenter's time begins in time."""
    protocol = shipped()
    sessions = seen_in(LIVE, protocol, monkeypatch)
    steps = [step for step in protocol.steps if step.kind != "handout"]
    assert all(any(each.time_up for each in sessions if each.step == step.id) for step in steps)
    assert any(each.extra_seconds for each in sessions if each.step == "talk")
    assert not any(each.extra_seconds for each in sessions if each.step != "talk")
    answer = next(each for each in sessions if each.step == "answer")
    script = Script(protocol, "text", 60)
    reserve = script.reserve_begins(answer)
    assert reserve is not None
    assert 0 <= reserve - answer.step_began_at < 120
    closed_at = sessions[-1].closed_at
    assert closed_at is not None
    assert closed_at <= script.ends_at(sessions[-1])


# What a walk finds


def test_a_guide_that_is_too_long_is_found() -> None:
    """Whichever guide stands on the board in that mode."""
    long = "word " * 26
    for field, course in (("guide", LIVE), ("voice_guide", Course("voice", 60, 3)), ("slow_guide", EARLY)):
        protocol = with_step("talk", **{field: long})
        assert problems(course, protocol) == (Problem("talk", "long-guide"),)


def test_the_guide_of_a_way_is_a_guide_too() -> None:
    """What was chosen says on the board how it goes."""
    protocol = shipped("kollegiale-beratung")
    ways = tuple(way.model_copy(update={"guide": "word " * 26}) for way in protocol.step("choose").options)
    choose = protocol.step("choose").model_copy(update={"options": ways})
    steps = tuple(choose if step.id == "choose" else step for step in protocol.steps)
    assert problems(LIVE, built(protocol, steps=steps)) == (Problem("ideas", "long-guide"),)


def test_what_a_step_asks_for_and_is_refused_is_found() -> None:
    """Without a step in which to come in, nobody takes the facilitator's part."""
    protocol = built(shipped(), steps=shipped().steps[1:])
    assert problems(LIVE, protocol) == (Problem("telling", "refused", "only-facilitator"),)


@pytest.mark.parametrize(("step", "people"), [("arrive", 1), ("facts", 6)])
def test_a_failure_is_found(step: str, people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that is no refusal, when the posts of a step are drawn; and before anyone has come in."""

    def fail(session: Session, *arguments: Any) -> dict[Any, Any]:
        if session.step == step and len(session.people) == people:
            raise KeyError(step)
        return dict(posts(session, *arguments))

    posts = walkthrough.posts
    monkeypatch.setattr(walkthrough, "posts", fail)
    assert problems(LIVE) == (Problem(step, "failed"),)


def test_a_missing_board_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session whose board is gone can't be led."""
    monkeypatch.setattr(walkthrough, "posts", lambda *_: {})
    assert {problem.rule for problem in problems(LIVE)} == {"failed"}


def instead(monkeypatch: pytest.MonkeyPatch, step: str, act: type[Act], jump: str = "") -> None:
    """Let an act do nothing in a step, or go to another one."""

    def otherwise(session: Session, given: Act, *arguments: Any) -> Session:
        if session.step != step or not isinstance(given, act):
            return transition(session, given, *arguments)
        return session.model_copy(update={"step": jump}) if jump else session

    transition = walkthrough.transition
    monkeypatch.setattr(walkthrough, "transition", otherwise)


@pytest.mark.parametrize(
    ("course", "step", "act"),
    [
        (LIVE, "talk", acts.Next),
        (LIVE, "close", acts.Next),
        (LIVE, "talk", acts.TimeUp),
        (EARLY, "arrive", acts.Next),
        (EARLY, "talk", acts.DoneHere),
        (EARLY, "ratings", acts.FinishWalk),
        (EARLY, "step", acts.Decide),
        (IDLE, "arrive", acts.TimeUp),
        (IDLE, "talk", acts.TimeUp),
    ],
    ids=str,
)
def test_a_step_that_nothing_leads_out_of_is_found(
    course: Course, step: str, act: type[Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Live the facilitator can't go on, or the clock rings for ever; slow neither people nor dates help."""
    instead(monkeypatch, step, act)
    assert problems(course) == (Problem(step, "stuck"),)


def test_a_date_that_never_comes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the clock has nothing to wait for, nobody moves an idle session."""
    monkeypatch.setattr(Script, "wakes_at", lambda *_: None)
    assert problems(IDLE) == (Problem("arrive", "stuck"),)


@pytest.mark.parametrize(
    ("refusal", "found"),
    [("no-minutes-left", ()), ("no-clock-here", (Problem("talk", "refused", "no-clock-here"),))],
)
def test_only_minutes_that_were_promised_may_be_refused(
    refusal: str, found: tuple[Problem, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A protocol may fill its time to the last minute; nothing else keeps a talk from being extended."""

    def refuse(session: Session, given: Act, *arguments: Any) -> Session:
        if isinstance(given, acts.MoreTime):
            raise Refusal(refusal)
        return transition(session, given, *arguments)

    transition = walkthrough.transition
    monkeypatch.setattr(walkthrough, "transition", refuse)
    assert problems(LIVE) == found


def test_a_way_back_by_itself_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going on never leads to a step before; a walk that turns in a circle ends."""
    instead(monkeypatch, "talk", acts.Next, "facts")
    assert Problem("talk", "stuck") in problems(LIVE)


@pytest.mark.parametrize(("course", "act"), [(LIVE, acts.Next), (EARLY, acts.DoneHere), (IDLE, acts.TimeUp)])
def test_a_step_that_is_passed_by_is_found(
    course: Course, act: type[Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What asks for something is not left out."""
    instead(monkeypatch, "facts", act, "reveal")
    assert Problem("ratings", "passed-by") in problems(course)


def test_time_that_is_taken_from_the_presenter_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two minutes more that nobody has to give move the reserve, and the end."""
    latest = Script.latest
    monkeypatch.setattr(Script, "latest", lambda script, session: latest(script, session) + 600)
    protocol = with_step("talk", minutes={45: 11, 60: 17, 90: 26})
    assert problems(LIVE, protocol) == (Problem("answer", "late-reserve"), Problem("close", "late-end"))


def test_a_figure_of_too_few_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people behind a figure are known by it."""
    monkeypatch.setattr(spread, "FEWEST_RATERS", 2)
    three = Course("text", 60, 3)
    assert {problem.rule for problem in problems(three)} == {"few-raters"}
    assert problems(LIVE) == ()


def test_a_problem_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a walk meets it."""
    found = problems(LIVE, with_step("facts", guide="word " * 30))
    assert found == (Problem("facts", "long-guide"),)
