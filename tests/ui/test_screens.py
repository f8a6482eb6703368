"""Everything that anyone is shown, at its fullest, within Discord's limits and within what one can read."""

import importlib.resources
import inspect
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, get_args, get_type_hints
from zoneinfo import available_timezones

import discord
import pytest

from bot.content.library import Library, load_library
from bot.formulation.giving import lines_in_sight
from bot.formulation.reveal import gathered, pages
from bot.formulation.session import MOST_PEOPLE, OutcomeKind, Session, ToldBack
from bot.identifiers import Finding, Severity, Suggestion
from bot.services.groups import MOST_CHOICES
from bot.services.papers import chart_of, revealed_of, script_of
from bot.services.screening import Found, Screened
from bot.services.words import MOST_GROUP_WORDS
from bot.ui import forms, group_forms, last_mile, notices, panel, posts, private, rating, review, words
from bot.ui.control import Control
from bot.ui.private import LINES_A_PAGE
from tests.conftest import as_described
from tests.ui.fullest import PURGE, SIX, every_state, full, fullest, scripts, with_listeners
from tests.ui.limits import form_of, message_of, texts_in, too_much_in, words_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
MODULES = (posts, private, rating, panel, last_mile, notices, review, words)
MOST_BOARD_WORDS = 45
MOST_CARD_WORDS = 60
MOST_INVITATION_WORDS = 40
"""With a title of the longest: ten words of it."""
VIEW = discord.ui.LayoutView
TOKEN = "f" * 16
DRAFTS = [f"{number:016x}" for number in range(9)]
SOMEBODY = 2**63 - 1

Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


@pytest.fixture(scope="module")
def states(library: Library) -> list[Session]:
    return list(every_state(library))


def name_of(session: Session) -> str:
    held = "paused" if session.paused_at else "late" if session.time_up else session.status
    return f"{session.protocol}/{session.mode}.{session.minutes}/{session.step}.{session.topic}/{held}"


def changing(session: Session, library: Library) -> Shown:
    """What looks another way in every state: what the group sees of it, and each person's own part."""
    yield "posts.board", posts.board(session, library, PURGE)
    yield "posts.invitation", posts.invitation(session, library)
    if session.mode != "slow" and session.status == "open":
        yield "posts.call", posts.call(session, library)
    yield "panel.panel", panel.panel(session, library, library.texts("more-time-done", minutes=9))
    yield "panel.more", panel.more(session, session.started_at, library)
    roles = {person.role: person for person in session.people}
    for person in roles.values():
        yield "private.mine", private.mine(session, person, library, PURGE, DRAFTS, unreached=True)
    if session.status == "open" and script_of(session, library).step(session).kind == "choose":
        yield "private.ways", private.ways(session, library)


def posts_of(session: Session, library: Library) -> Shown:
    """The other posts that a session can have."""
    yield "posts.question", posts.question(session, library)
    yield "posts.account", posts.account(session, library)
    yield "posts.restated", posts.restated(session, library)
    yield "posts.nudge", posts.nudge(session, library)
    yield "posts.stranded", posts.stranded(session, library)
    yield "posts.closing", posts.closing(session, library)
    told = ToldBack(key=TOKEN, by=session.people[1].key, text=full(600))
    heard = session.model_copy(update={"told_back": (told,)})
    heard_of = posts.told_back(heard, told.key, library)
    assert heard_of is not None
    assert posts.told_back(session, told.key, library) is None
    yield "posts.told_back", heard_of
    yield "posts.reveal", posts.reveal(session, library)
    yield "posts.change", posts.change(session, library)
    yield "posts.answer", posts.answer(session, library)
    if session.answer is not None:
        silent = session.answer.model_copy(update={"fits": (), "something_else": False})
        yield "posts.answer", posts.answer(session.model_copy(update={"answer": silent}), library)
    for asked in session.facts[:1]:
        yield "posts.fact", posts.fact(session, asked, library)
        yield "posts.fact", posts.fact(session, asked.model_copy(update={"answer": None}), library)
    shown = revealed_of(session, library)
    for number in range(len(pages(shown.observations)) if shown is not None else 0):
        page = posts.observations(session, number, library)
        assert page is not None
        yield "posts.observations", page
    for step in script_of(session, library).steps:
        for number in range(len(pages(gathered(session, step.id)))):
            page = posts.gathering(session, step.id, number, library)
            assert page is not None
            yield "posts.gathering", page


def private_of(session: Session, library: Library) -> Shown:
    """The private screens beside one's own part, for each person who may see them."""
    presenter, facilitator, member = session.people[:3]
    listener = with_listeners(session).people[-1]
    yield "private.before_coming_in", private.before_coming_in(session, library)
    for person in (member, listener):
        for thread in (SOMEBODY, None):
            yield "private.joined", private.joined(session, person, thread, library)
    yield "private.leave_question", private.leave_question(session, library)
    yield "private.stop_question", private.stop_question(session, library)
    lines = lines_in_sight(session, script_of(session, library), library.mechanisms)
    for sighted in (lines, []):
        for page in range(len(sighted) // LINES_A_PAGE + 1):
            yield "private.aside", private.aside(session, sighted, page, library)
    for person in (member, presenter):
        yield "private.own_words", private.own_words(session, person, library)
    yield "private.contributed", private.contributed(session, member, library)
    yield "panel.end_question", panel.end_question(session, library)
    yield "panel.take_over", panel.take_over(session, library)
    yield "last_mile.warning", last_mile.warning(session, library)
    yield "last_mile.beyond_peers", last_mile.beyond_peers(session, library)
    unsettled = session.model_copy(update={"outcome": None, "answer": None})
    yield "last_mile.steps", last_mile.steps(unsettled, library)
    for kind in get_args(OutcomeKind):
        assert session.outcome is not None
        outcome = session.outcome.model_copy(update={"kind": kind})
        state = session.model_copy(update={"outcome": outcome})
        yield "last_mile.steps", last_mile.steps(state, library)
        yield "last_mile.decided", last_mile.decided(state, None, None, PURGE, library)
        yield "private.mine", private.mine(state, presenter, library, PURGE, [])
    under_alias = session.model_copy(update={"alias": "Evergreen Lighthouse"})
    yield "last_mile.decided", last_mile.decided(under_alias, None, None, PURGE, library)
    yield "private.mine", private.mine(session, facilitator, library, PURGE, [])


def cards_of(session: Session, library: Library) -> Shown:
    """What a rater and the presenter go through, with everything rated and with nothing."""
    presenter = session.people[0]
    yield "rating.idea", rating.idea(session, library)
    for walks, own in ((session.walks, session.own_fits), ({}, {})):
        state = session.model_copy(update={"walks": walks, "own_fits": own})
        for person in state.raters[:2]:
            yield "rating.next_of_walk", rating.next_of_walk(state, person, library)
            yield "rating.summary", rating.summary(state, person, library)
            yield "rating.again", rating.again(state, person, library)
            for mechanism in library.mechanisms:
                yield "rating.card", rating.card(state, person, mechanism, library)
                yield "rating.again_card", rating.again_card(state, person, mechanism, library)
        for mechanism in library.mechanisms:
            yield "rating.own_card", rating.own_card(state, presenter, mechanism, library)
        yield "rating.next_own_card", rating.next_own_card(state, presenter, library)
        yield "rating.own_summary", rating.own_summary(state, presenter, library)
    for person in session.raters[:2]:
        walk = session.walk(person).model_copy(update={"evidence": {}, "done": False})
        state = session.model_copy(update={"walks": {person.key: walk}})
        yield "rating.summary", rating.summary(state, person, library)
    yield "rating.again", rating.again(session.model_copy(update={"reveal": None}), presenter, library)
    for mechanism in library.mechanisms:
        for own in (False, True):
            yield "rating.more", rating.more(session, mechanism, library, own=own)
    for strategy in library.strategies:
        yield "last_mile.strategy", last_mile.strategy(session, strategy, library)


def screened_with(library: Library, blocking: int, asking: int) -> Screened:
    """So many different things found, each with the longest sentence and the longest suggestion there are."""
    say = library.texts

    def longest(prefix: str) -> str:
        keys = [key for key in say.keys() if key.startswith(prefix)]  # noqa: SIM118 - it is no mapping
        return max(keys, key=lambda key: len(say(key, **dict.fromkeys(say.arguments(key), "x"))))

    suggested = longest("suggest-")
    suggestion = Suggestion(suggested, tuple((name, full(30)) for name in sorted(say.arguments(suggested))))
    kinds: Sequence[Severity] = ("block",) * blocking + ("warn",) * asking
    found = [
        Found(Finding(0, 1, "person", severity, longest("finding-"), suggestion), f"{number:03} {full(200)}")
        for number, severity in enumerate(kinds)
    ]
    return Screened(tuple(found), reads_fully=False)


def others_of(library: Library) -> Shown:
    """Screens about no session."""
    say = library.texts
    longest = max(available_timezones(), key=len)
    yield "private.drafts_only", private.drafts_only(library, DRAFTS)
    yield "private.handout", private.handout(library, ["handout.pdf", "handout.md"])
    yield "private.own_chart", private.own_chart(full(1024), library)
    yield "notices.charter", notices.charter(library, TOKEN, Control(TOKEN, "setup", longest))
    yield "notices.charter", notices.charter(library, TOKEN, None)
    yield "notices.charter_accepted", notices.charter_accepted(say, Control(TOKEN, "setup", longest))
    yield "notices.charter_accepted", notices.charter_accepted(say, None)
    typed = [full(forms.MOST_ACCOUNT), full(300), full(60)]
    why = say("words-too-many-words", line=20, most=5)
    for late in (False, True):
        yield "notices.given_back", notices.given_back(say, why, TOKEN, typed, late=late)
        yield "notices.given_back", notices.given_back(say, say("step-moved-on"), TOKEN, [], late=late)
    yield "notices.discard_question", notices.discard_question(say, TOKEN)
    for blocking, asking in ((0, 1), (0, 99), (1, 0), (4, 99), (99, 99)):
        screened = screened_with(library, blocking, asking)
        held = review.refused if blocking else review.asked_about
        for written in (typed, typed[-1:]):
            yield f"review.{held.__name__}", held(say, screened, TOKEN, written)
    for count in (0, 1, MOST_GROUP_WORDS):
        yield "words.panel", words.panel(say, TOKEN, count, say("words-added", count=count))
        yield "words.panel", words.panel(say, TOKEN, count)
        yield "words.empty_question", words.empty_question(say, TOKEN, count)
    yield from (("notices.sentence", notices.sentence(text)) for text in _sentences(library))


def _sentences(library: Library) -> Iterator[str]:
    """Every text that can stand alone in a message, with whatever it names at its longest."""
    say = library.texts
    longest = max(available_timezones(), key=len)
    told: dict[str, str | int] = {
        "zone": longest,
        "days": 90,
        "sessions": 75,
        "code": "ABCDEF",
        "words": 200,
        "most": 500,
        "least": 1,
        "fewest": 3,
        "count": 500,
        "line": 20,
        "mode": "voice",
        "facilitator": f"<@{SOMEBODY}>",
    }
    # A form's labels and a command's descriptions have limits of their own, held elsewhere.
    for key in say.keys():  # noqa: SIM118 - it is no mapping
        needed = say.arguments(key)
        if needed <= told.keys() and not key.startswith("command-"):
            yield say(key, **{name: told[name] for name in needed})


def forms_of(library: Library) -> Iterator[tuple[str, discord.ui.Modal]]:
    """Every form, empty, with what is there, and with what came back."""
    say = library.texts
    empty = fullest(library, "ratings").model_copy(
        update={"account": None, "restated": None, "facts": (), "answer": None, "outcome": None, "note": ""}
    )
    everyone = [str(SOMEBODY - number) for number in range(MOST_CHOICES)]
    back: dict[str, str | list[str]] = {
        "time": "slow.0",
        "facilitator": everyone[:1],
        "facilitators": everyone,
        "fits": [mechanism.id for mechanism in library.mechanisms],
        "looked-after": "4",
        "language": library.language,
        "retention": "9999",
        "kind": "person",
    }
    typed = "title question account answer idea for against text cue action word note entries entry"
    back |= {name: full(4000) for name in typed.split()}
    observed = full(forms.MOST_OBSERVATION)
    longest = max((each.name for each in library.mechanisms), key=len)
    for filled in ({}, back):
        for session in (fullest(library, "ratings"), empty):
            fact = session.facts[0].key if session.facts else ""
            yield "forms.tell", forms.tell(session, say, filled)
            yield "forms.reply", forms.reply(session, fact, say, filled)
            yield "forms.private_note", forms.private_note(session, say, filled)
            yield "forms.ask_client", forms.ask_client(session, say, filled)
            yield "forms.decide", forms.decide(session, say, filled)
            for rated in (True, False):
                yield "forms.respond", forms.respond(session, library, filled, rated=rated)
            for step in (each for protocol in library.protocols for each in protocol.steps):
                if step.kind == "restate":
                    yield "forms.restate", forms.restate(session, step, say, filled)
                if step.kind == "gather":
                    yield "forms.contribute", forms.contribute(step, None, filled)
                for way in step.options:
                    yield "forms.contribute", forms.contribute(step, way, filled)
        for protocol in library.protocols:
            yield "forms.start", forms.start(library, protocol, filled)
        yield "forms.ask", forms.ask(say, filled)
        yield "forms.suppose", forms.suppose(full(forms.MOST_LINE), say, filled)
        yield (
            "forms.observe",
            forms.observe(longest, observed, observed, [(longest, longest)] * 25, say, filled),
        )
        yield "forms.goodbye", forms.goodbye(say, filled)
        users = [int(user) for user in everyone]
        languages = [library.language]
        for days, chosen in ((90, users), (14, [])):
            yield (
                "group_forms.set_up",
                group_forms.set_up(
                    say, languages, library.language, days, chosen, filled, second_reader=bool(chosen)
                ),
            )
        yield "group_forms.list_words", group_forms.list_words(say, filled)
        yield "group_forms.unlist_word", group_forms.unlist_word(say, filled)


def made_in(module: ModuleType, kinds: tuple[Any, ...]) -> set[str]:
    """The functions of a module that give one of these."""
    name_of_module = module.__name__.rpartition(".")[2]
    return {
        f"{name_of_module}.{name}"
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and get_type_hints(function).get("return") in kinds
    }


def all_screens(library: Library, states: list[Session]) -> Iterator[tuple[str, str, discord.ui.LayoutView]]:
    for session in states:
        for name, view in changing(session, library):
            yield name, name_of(session), view
    for script in scripts(library):
        longest = max(script.steps, key=lambda step: len(step.guide))
        session = fullest(library, longest.id, script.protocol.id, script.mode, script.minutes)
        for name, view in (*posts_of(session, library), *private_of(session, library)):
            yield name, name_of(session), view
    for minutes in library.protocol(SIX).lengths:
        for name, view in cards_of(fullest(library, "ratings", minutes=minutes), library):
            yield name, str(minutes), view
    slow = fullest(library, "ratings", mode="slow")
    for name, view in (*cards_of(slow, library), *others_of(library)):
        yield name, "", view


@pytest.fixture(scope="module")
def shown(library: Library, states: list[Session]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every screen as it would be sent: its name, the state it is of, and its body."""
    return [(name, where, message_of(view)) for name, where, view in all_screens(library, states)]


def test_every_screen_is_looked_at(library: Library, shown: list[tuple[str, str, Any]]) -> None:
    """A new screen or form is added here before it can be shown to anyone."""
    views = (VIEW, VIEW | None)
    known = {name for name, _, _ in shown}
    assert known == set().union(*(made_in(module, views) for module in MODULES))
    kinds = (discord.ui.Modal,)
    assert {name for name, _ in forms_of(library)} == made_in(forms, kinds) | made_in(group_forms, kinds)


def test_every_screen_is_within_discord_s_limits(shown: list[tuple[str, str, dict[str, Any]]]) -> None:
    """At its fullest: components, characters, labels, options, custom_ids; nothing empty, no id twice."""
    found = {f"{name} {where}: {problem}" for name, where, body in shown for problem in too_much_in(body)}
    assert found == set()


def test_every_form_is_within_discord_s_limits(library: Library) -> None:
    """Parts, titles, labels, descriptions, and what stands in each field when it opens."""
    found: set[str] = set()
    for name, form in forms_of(library):
        form.custom_id = str(Control(TOKEN, "setup", "A" * 32, TOKEN).opened("0" * 8))
        found |= {f"{name}: {problem}" for problem in too_much_in(form_of(form))}
    assert found == set()


def test_discord_s_description_takes_every_screen_and_form(
    library: Library, shown: list[tuple[str, str, dict[str, Any]]], contract: Any
) -> None:
    """The fullest of each kind, held against Discord's own description where it is at hand."""
    if contract is None:
        pytest.skip("Discord's description is not at hand")
    biggest: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, _, body in shown:
        if name not in biggest or len(str(body)) > len(str(biggest[name][1])):
            biggest[name] = "/channels/1/messages", body
    for name, form in forms_of(library):
        biggest[f"form {name}"] = "/interactions/1/token/callback", form_of(form)
    found = [
        f"{name}: {problem}"
        for name, (path, body) in biggest.items()
        for problem in contract.problems("POST", path, as_described(body))
    ]
    assert found == []


def test_a_board_is_read_at_a_glance(library: Library, states: list[Session]) -> None:
    """Forty-five words at most, in whatever state, times and names counted as one each."""
    found = {
        f"{name_of(session)}: {count}"
        for session in states
        if (count := words_in(texts_in(posts.board(session, library, PURGE)))) > MOST_BOARD_WORDS
    }
    assert found == set()


def test_a_board_names_what_is_talked_about(library: Library, states: list[Session]) -> None:
    """The one mechanism of now; in slow mode all of them; with too few ratings, the go-round instead."""
    seen: set[str] = set()
    for session in states:
        if session.status != "open" or not (step := script_of(session, library).step(session)).topics:
            continue
        text = texts_in(posts.board(session, library, PURGE))
        now = (session.topic_now,) if session.mode != "slow" else session.talked_about
        for topic in filter(None, now):
            assert library.mechanism(topic).name in text, (name_of(session), text)
        around = library.texts("board-go-round") in text
        assert around is (not session.topics), (name_of(session), text)
        assert (script_of(session, library).guide(session) in text) is not around
        seen |= {session.mode, step.kind}
    assert seen == {"voice", "text", "slow", "talk"}


def test_the_call_names_what_comes(library: Library, states: list[Session]) -> None:
    """What *next* leads to; from the beginning of the presenter's time on, where that begins."""
    for session in states:
        if session.mode == "slow" or not session.time_up:
            continue
        script = script_of(session, library)
        step = script.step(session)
        after = script.steps[script.steps.index(step) + 1]
        comes = after if step.reserve else next(each for each in script.steps if each.reserve)
        text = texts_in(posts.call(session, library))
        assert comes.title in text, (name_of(session), text)


def test_an_invitation_is_short(library: Library, states: list[Session]) -> None:
    """It stands in a channel that everyone passes, and the case has no more than its title there."""
    for session in states:
        text = texts_in(posts.invitation(session, library))
        assert words_in(text) <= MOST_INVITATION_WORDS, (name_of(session), text)
        assert not session.question or session.question not in text


def cards(library: Library) -> Iterator[tuple[str, discord.ui.LayoutView]]:
    """Every card there is: a member's, the presenter's own, and that of the second look."""
    session = fullest(library, "ratings")
    presenter, rater = session.people[0], session.raters[0]
    for mechanism in library.mechanisms:
        yield mechanism.id, rating.card(session, rater, mechanism, library)
        yield mechanism.id, rating.own_card(session, presenter, mechanism, library)
        yield mechanism.id, rating.again_card(session, rater, mechanism, library)


def test_a_card_is_read_at_a_glance(library: Library) -> None:
    """Sixty words at most: name, meaning, signs with their labels and the question; small print aside."""
    for mechanism, view in cards(library):
        text = texts_in(view)
        read = "\n".join(line for line in text.splitlines() if not line.startswith("-# "))
        assert words_in(read) <= MOST_CARD_WORDS, (mechanism, words_in(read))
        named = library.mechanism(mechanism)
        for part in (named.name, named.meaning, named.question):
            assert part in read


@pytest.mark.parametrize("count", [2, 4, 5, 12, MOST_PEOPLE])
def test_the_reveal_at_every_size_of_group(library: Library, count: int) -> None:
    """From one rater to twenty-four: the picture's words fit, and no observation is lost on the way."""
    session = fullest(library, "reveal", count=count)
    assert too_much_in(message_of(posts.reveal(session, library))) == []
    shown = revealed_of(session, library)
    assert shown is not None
    assert (chart_of(shown, library) is not None) == (count > 4)
    lines = [
        line
        for number in range(len(pages(shown.observations)))
        if (page := posts.observations(session, number, library)) is not None
        for line in texts_in(page).splitlines()
        if line.startswith("- ")
    ]
    assert len(lines) == (count - 1) * (2 * len(library.mechanisms) + 1)
    assert posts.observations(session, len(pages(shown.observations)), library) is None


def test_texts_that_break_lines_stay_in_their_place(library: Library) -> None:
    """Whatever somebody types, an observation is one line, and looks like no heading of ours."""
    session = fullest(library, "reveal", minutes=60, count=3)
    rater = session.raters[0]
    seen = (
        session.walk(rater)
        .evidence["role-reversal"]
        .model_copy(update={"speaks_for": "One\n## What we saw\n- two\n\n\n**three**"})
    )
    walk = session.walk(rater).model_copy(update={"evidence": {"role-reversal": seen}})
    alone = session.model_copy(update={"walks": {rater.key: walk}})
    page = posts.observations(alone, 0, library)
    assert page is not None
    headings = [line for line in texts_in(page).splitlines() if line.startswith("#")]
    assert not any("What we saw" in line for line in headings)
