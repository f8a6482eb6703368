"""Everything that anyone is shown, at its fullest, within Discord's limits and within what one can read."""

import importlib.resources
import inspect
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, get_type_hints
from zoneinfo import available_timezones

import discord
import pytest

from bot.content.library import Library, load_library
from bot.formulation.reveal import pages, revealed
from bot.formulation.session import MOST_PEOPLE, OutcomeKind, Session
from bot.identifiers import Finding, Severity, Suggestion
from bot.services.groups import MOST_CHOICES
from bot.services.papers import chart_of, revealed_of
from bot.services.screening import Found, Screened
from bot.services.words import MOST_GROUP_WORDS
from bot.ui import forms, notices, posts, private, review, words
from bot.ui.control import Control
from tests.conftest import as_described
from tests.ui.fullest import PURGE, every_state, full, fullest
from tests.ui.limits import form_of, message_of, texts_in, too_much_in, words_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
MOST_BOARD_WORDS = 45
MOST_CARD_WORDS = 60
VIEW = discord.ui.LayoutView
TOKEN = "f" * 16
DRAFTS = [f"{number:016x}" for number in range(9)]

Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


@pytest.fixture(scope="module")
def states(library: Library) -> list[Session]:
    return list(every_state(library))


def name_of(session: Session) -> str:
    held = "paused" if session.paused_at else "late" if session.time_up else session.status
    return f"{session.minutes}/{session.step}.{session.topic}/{held}"


def posts_of(session: Session, library: Library) -> Shown:
    """Every post that a session can have in this state."""
    yield "invitation", posts.invitation(session, library)
    yield "board", posts.board(session, library, PURGE)
    yield "question", posts.question(session, library)
    yield "account", posts.account(session, library)
    yield "reveal", posts.reveal(session, library)
    yield "closing", posts.closing(session, library)
    yield "stranded", posts.stranded(session, library)
    if session.answer is not None:
        yield "answer", posts.answer(session, library)
        silent = session.answer.model_copy(update={"fits": (), "something_else": False, "text": ""})
        yield "answer", posts.answer(session.model_copy(update={"answer": silent}), library)
    for asked in session.facts[:1]:
        yield "fact", posts.fact(session, asked, library)
        yield "fact", posts.fact(session, asked.model_copy(update={"answer": None}), library)
    shown = revealed(session, library.mechanisms, "0")
    for number in range(len(pages(shown))):
        page = posts.observations(session, number, library)
        assert page is not None
        yield "observations", page
    assert posts.observations(session, len(pages(shown)), library) is None


def private_of(session: Session, library: Library) -> Shown:
    """Every private screen of a session, for each person who may see it."""
    for person in session.people[:3]:
        for drafts in ([], DRAFTS):
            yield "mine", private.mine(session, person, library, PURGE, drafts)
    yield "panel", private.panel(session, library)
    yield "end_question", private.end_question(session, library)
    yield "idea", private.idea(session, library)
    yield "joined", private.joined(session, 2**63 - 1, library)
    yield "joined", private.joined(session, None, library)
    yield "steps", private.steps(session, library)
    yield "decided", private.decided(session, library)
    kinds: tuple[OutcomeKind, ...] = ("watch", "ask", "consult")
    for kind in kinds:
        if session.outcome is not None:
            other = session.outcome.model_copy(update={"kind": kind})
            yield "decided", private.decided(session.model_copy(update={"outcome": other}), library)


def cards_of(session: Session, library: Library) -> Shown:
    """What a rater goes through, with everything rated and with nothing."""
    for walks in (session.walks, {}):
        state = session.model_copy(update={"walks": walks})
        for person in state.raters[:2]:
            for mechanism in library.mechanisms:
                yield "card", private.card(state, person, mechanism, library)
            yield "summary", private.summary(state, person, library)
    for person in session.raters[:2]:
        walk = session.walk(person).model_copy(update={"evidence": {}, "done": False})
        state = session.model_copy(update={"walks": {person.key: walk}})
        yield "summary", private.summary(state, person, library)
    for mechanism in library.mechanisms:
        yield "more", private.more(session, mechanism, library)
    for strategy in library.strategies:
        yield "strategy", private.strategy(session, strategy, library)


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
    yield "drafts_only", private.drafts_only(library, DRAFTS)
    yield "handout", private.handout(library, ["handout.pdf", "handout.md"])
    yield "charter", notices.charter(library, TOKEN, Control(TOKEN, "setup", longest))
    yield "charter", notices.charter(library, TOKEN, None)
    yield "charter_accepted", notices.charter_accepted(say, Control(TOKEN, "setup", longest))
    yield "charter_accepted", notices.charter_accepted(say, None)
    typed = [full(forms.MOST_ACCOUNT), full(300), full(60)]
    yield "given_back", notices.given_back(say, say("words-too-many-words", line=20, most=5), TOKEN, typed)
    yield "given_back", notices.given_back(say, say("step-moved-on"), TOKEN, [])
    for blocking, asking in ((0, 1), (0, 99), (1, 0), (4, 99), (99, 99)):
        screened = screened_with(library, blocking, asking)
        held = review.refused if blocking else review.asked_about
        yield held.__name__, held(say, screened, TOKEN, typed)
        yield held.__name__, held(say, screened, TOKEN, typed[-1:])
    for count in (0, 1, MOST_GROUP_WORDS):
        yield "panel", words.panel(say, TOKEN, count, say("words-added", count=count))
        yield "panel", words.panel(say, TOKEN, count)
        yield "empty_question", words.empty_question(say, TOKEN, count)
    for key in (
        "setup-done",
        "notice",
        "notice-no-group",
        "forget-ask",
        "forget-done",
        "error",
        "start-done",
    ):
        values = {"zone": longest, "days": 90, "sessions": 75, "code": "ABCDEF", "words": 200}
        yield "sentence", notices.sentence(say(key, **values))


def forms_of(session: Session, library: Library) -> Iterator[tuple[str, discord.ui.Modal]]:
    """Every form, empty, with what is there, and with what came back."""
    say = library.texts
    protocol = library.protocol(session.protocol)
    everyone = [str(2**63 - 1 - number) for number in range(MOST_CHOICES)]
    back: dict[str, str | list[str]] = {
        "title": full(4000),
        "question": full(4000),
        "account": full(4000),
        "minutes": "60",
        "facilitator": everyone[:1],
        "facilitators": everyone,
        "answer": full(4000),
        "idea": full(4000),
        "for": full(4000),
        "against": full(4000),
        "fits": [mechanism.id for mechanism in library.mechanisms],
        "text": full(4000),
        "cue": full(4000),
        "action": full(4000),
        "looked-after": "4",
        "word": full(4000),
        "language": library.language,
        "retention": "9999",
        "entries": full(4000),
        "entry": full(4000),
        "kind": "person",
    }
    fact = session.facts[0].key if session.facts else ""
    observation = full(forms.MOST_OBSERVATION)
    for filled in ({}, back):
        yield "start", forms.start(library, protocol.lengths, filled)
        yield "tell", forms.tell(session, say, filled)
        yield "ask", forms.ask(say, filled)
        yield "reply", forms.reply(session, fact, say, filled)
        yield "suppose", forms.suppose(full(forms.MOST_LINE), say, filled)
        yield (
            "observe",
            forms.observe(
                max((each.name for each in library.mechanisms), key=len),
                observation,
                observation,
                say,
                filled,
            ),
        )
        yield "respond", forms.respond(session, library, filled)
        yield "decide", forms.decide(session, say, filled)
        yield "goodbye", forms.goodbye(say, filled)
        users = [int(user) for user in everyone]
        yield "set_up", forms.set_up(say, LANGUAGES, library.language, 90, users, filled)
        yield "set_up", forms.set_up(say, LANGUAGES, library.language, 14, (), filled)
        yield "list_words", forms.list_words(say, filled)
        yield "unlist_word", forms.unlist_word(say, filled)


def screens_in(module: ModuleType, kinds: tuple[Any, ...]) -> set[str]:
    """The functions of a module that give one of these."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and get_type_hints(function).get("return") in kinds
    }


def all_screens(library: Library, states: list[Session]) -> Iterator[tuple[str, str, discord.ui.LayoutView]]:
    whole = fullest(library, 90, "ratings")
    for session in states:
        for name, view in (*posts_of(session, library), *private_of(session, library)):
            yield name, name_of(session), view
    for name, view in (*cards_of(whole, library), *others_of(library)):
        yield name, "", view


def test_every_screen_is_looked_at(library: Library, states: list[Session]) -> None:
    """A new screen or form is added here before it can be shown to anyone."""
    views = (VIEW, VIEW | None)
    known = {name for name, _, _ in all_screens(library, states)}
    modules = (posts, private, notices, review, words)
    assert known == set().union(*(screens_in(module, views) for module in modules))
    whole = fullest(library, 60, "ratings")
    assert {name for name, _ in forms_of(whole, library)} == screens_in(forms, (discord.ui.Modal,))


def test_every_screen_is_within_discord_s_limits(library: Library, states: list[Session]) -> None:
    """At its fullest: components, characters, labels, options, custom_ids; nothing empty, no id twice."""
    found = {
        f"{name} {where}: {problem}"
        for name, where, view in all_screens(library, states)
        for problem in too_much_in(message_of(view))
    }
    assert found == set()


def test_every_form_is_within_discord_s_limits(library: Library, states: list[Session]) -> None:
    """Parts, titles, labels, descriptions, and what stands in each field when it opens."""
    found: set[str] = set()
    for session in (states[0], fullest(library, 90, "ratings"), *states[-2:]):
        for name, form in forms_of(session, library):
            form.custom_id = str(Control(TOKEN, "setup", "A" * 32, TOKEN).opened("0" * 8))
            found |= {f"{name}: {problem}" for problem in too_much_in(form_of(form))}
    assert found == set()


def test_discord_s_description_takes_every_screen_and_form(library: Library, contract: Any) -> None:
    """The fullest of each kind, held against Discord's own description where it is at hand."""
    if contract is None:
        pytest.skip("Discord's description is not at hand")
    whole = [fullest(library, 90, step) for step in ("ratings", "talk")]
    biggest: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, _, view in all_screens(library, whole):
        body = message_of(view)
        if name not in biggest or len(str(body)) > len(str(biggest[name][1])):
            biggest[name] = "/channels/1/messages", body
    for name, form in forms_of(whole[0], library):
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


def test_a_card_is_read_at_a_glance(library: Library) -> None:
    """Sixty words at most: name, meaning, signs with their labels and the question; small print aside."""
    session = fullest(library, 60, "ratings")
    for mechanism in library.mechanisms:
        text = texts_in(private.card(session, session.raters[0], mechanism, library))
        read = "\n".join(line for line in text.splitlines() if not line.startswith("-# "))
        assert words_in(read) <= MOST_CARD_WORDS, (mechanism.id, words_in(read))
        for part in (mechanism.name, mechanism.meaning, mechanism.question):
            assert part in read


@pytest.mark.parametrize("count", [2, 4, 5, 12, MOST_PEOPLE])
def test_the_reveal_at_every_size_of_group(library: Library, count: int) -> None:
    """From one rater to twenty-four: the picture's words fit, and no observation is lost on the way."""
    session = fullest(library, 90, "reveal", count)
    assert too_much_in(message_of(posts.reveal(session, library))) == []
    shown = revealed_of(session, library)
    assert shown is not None
    assert (chart_of(shown, library) is not None) == (count > 4)
    lines = [
        line
        for number in range(len(pages(shown)))
        if (page := posts.observations(session, number, library)) is not None
        for line in texts_in(page).splitlines()
        if line.startswith("- ")
    ]
    assert len(lines) == (count - 1) * (2 * len(library.mechanisms) + 1)


def test_texts_that_break_lines_stay_in_their_place(library: Library) -> None:
    """Whatever somebody types, an observation is one line, and looks like no heading of ours."""
    session = fullest(library, 60, "reveal", 3)
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
