"""Every screen and form around a vignette, at its fullest: within Discord's limits, as Discord takes it."""

import importlib.resources
import inspect
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, get_type_hints

import discord
import pytest

from bot.aliases import Seal
from bot.content.library import Library, load_library
from bot.identifiers import Finding, Severity, Suggestion
from bot.services.vignettes import Cover
from bot.services.writing import Reviewed
from bot.storage.vignettes import StoredVignette
from bot.ui import vignette_forms as forms
from bot.ui import vignettes, writing
from bot.ui.answers import Fields
from bot.ui.control import Control
from bot.vignettes.change import MOST_OPEN_QUESTIONS, MOST_REMARKS
from bot.vignettes.posts import pages
from bot.vignettes.vignette import Question, Remark, Status, Vignette
from bot.vignettes.writing import MOST_CHARACTERS, VignetteWriting
from bot.writing import Marked
from tests.conftest import as_described
from tests.ui.fullest import full
from tests.ui.limits import form_of, message_of, texts_in, too_much_in, words_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
TOKEN, SLOT = "f" * 16, 1_800_000_000
STATUSES: tuple[Status, ...] = ("held", "waiting", "published", "closed")
MOST_CARD_CHARACTERS = 3600
"""What the card of the longest text may say: four phone screens, and on from there in the thread."""
Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


def vignette(status: Status = "published", **changes: object) -> Vignette:
    """One with as much in it as there can be."""
    return Vignette(
        token=TOKEN,
        group="a" * 16,
        retention_days=14,
        alias="Evergreen Lighthouse",
        title=full(forms.MOST_TITLE),
        text=full(MOST_CHARACTERS),
        question=full(forms.MOST_QUESTION),
        altered=True,
        status=status,
        slot=SLOT,
        released=SLOT,
        questions=tuple(
            Question(key=f"{number:08x}", text=full(forms.MOST_ASKED))
            for number in range(MOST_OPEN_QUESTIONS)
        ),
        remarks=tuple(
            Remark(key=f"{number:08x}", text=full(forms.MOST_SAID), slot=SLOT, by_author=number % 2 == 0)
            for number in range(MOST_REMARKS)
        ),
    ).model_copy(update=changes)


def stored(one: Vignette) -> StoredVignette:
    return StoredVignette(one, Seal(b"s" * 16, b"m" * 32, 1), 2**62, 1, SLOT)


def states() -> Iterator[Vignette]:
    """Every state in which somebody meets one, full and bare."""
    for status in STATUSES:
        for author in (None, 2**63 - 1):
            whole = vignette(status, author=author)
            yield whole
            yield whole.model_copy(
                update={"text": "Short.", "question": "", "questions": (), "altered": False}
            )
            words = full(forms.MOST_WORDS)
            yield whole.model_copy(
                update={
                    "hidden_because": words,
                    "change_wanted": words,
                    "second_reader_says": words,
                    "lost": True,
                }
            )


def reviewed(library: Library, text: str, blocking: int, asking: int, **how: Any) -> Reviewed:
    """So many different findings, each with the longest sentence and the longest suggestion there are."""
    say = library.texts

    def longest(prefix: str) -> str:
        keys = [key for key in say.keys() if key.startswith(prefix)]  # noqa: SIM118 - it is no mapping
        return max(keys, key=lambda key: len(say(key, **dict.fromkeys(say.arguments(key), "x"))))

    suggested = longest("suggest-")
    suggestion = Suggestion(suggested, tuple((name, full(30)) for name in sorted(say.arguments(suggested))))
    kinds: Sequence[Severity] = ("block",) * blocking + ("warn",) * asking
    step = max(len(text) // (len(kinds) + 1), 1)
    marked = tuple(
        Marked(
            "text",
            Finding(
                number * step,
                number * step + min(step, 40),
                "person",
                severity,
                longest("finding-"),
                suggestion,
            ),
            f"{number} {full(200)}",
            None if number % 3 == 2 else full(forms.MOST_ASKED),
            may_be_no_name=True,
        )
        for number, severity in enumerate(kinds)
    )
    together = full(300)
    draft = VignetteWriting(full(forms.MOST_TITLE), text, full(forms.MOST_QUESTION))
    return Reviewed(TOKEN, draft, marked, reads_fully=False, together=together, **how)


def reviews(library: Library) -> Iterator[Reviewed]:
    for text in (full(200), full(1900), full(MOST_CHARACTERS), "Oh!\n\n" * 1600):
        for blocking, asking in ((0, 0), (0, 1), (1, 0), (4, 30), (60, 60)):
            yield reviewed(library, text, blocking, asking)


def of_writing(library: Library) -> Shown:
    say = library.texts
    for each in reviews(library):
        for page in range(6):
            yield "review", writing.review(each, page, say)
        for number in (0, 1, 59, 99):
            yield "one", writing.one(each, number, say)
    yield "before_questions", writing.before_questions(TOKEN, say)
    worries = [say(key) for key in say.keys() if key.startswith("worry-")]  # noqa: SIM118
    yield "look_again", writing.look_again(TOKEN, worries, say)
    for people in (1, 2, 3, 4, 5, 400):
        for alone in (True, False):
            yield "who", writing.who(TOKEN, "f" * 6, Cover(people), alone=alone, say=say)
    for one in states():
        yield "taken_in", writing.taken_in(one.model_copy(update={"waits_until": SLOT}), say)
        yield "taken_in", writing.taken_in(one, say)
    yield "unfinished", writing.unfinished(TOKEN, Control("e" * 16, "vignette"), say)


def of_vignettes(library: Library) -> Shown:
    for one in states():
        yield "card", vignettes.card(one, library)
        for number in range(len(pages(one.text))):
            page = vignettes.page(one, number)
            assert page is not None
            yield "page", page
        assert vignettes.page(one, len(pages(one.text))) is None
        yield "second_reader", vignettes.second_reader(one, library)
        for number in range(4):
            yield "first_reading", vignettes.first_reading(one, number, library)
        yield "concern", vignettes.concern(one, "identifies", library)
        yield "concern", vignettes.concern(one, "risk", library)
        yield "tell", vignettes.tell(one, library)
        yield "withdraw", vignettes.withdraw(one, library)
        yield "asked_first", vignettes.asked_first("close-ask", Control(TOKEN, "v-close-now"), one, library)
        yield "formulate", vignettes.formulate(one, library)
        for is_author, is_carer, stopped, session in (
            (True, True, SLOT, None),
            (True, True, SLOT, "e" * 16),
            (True, False, None, None),
            (False, True, None, None),
            (False, False, None, None),
        ):
            view = vignettes.more(
                stored(one),
                library,
                is_author=is_author,
                is_carer=is_carer,
                stopped_until=stopped,
                session=session,
            )
            yield "more", view
    for item in (
        Question(key="q", text=full(forms.MOST_ASKED), answer=full(forms.MOST_SAID), slot=SLOT),
        Remark(key="q", text=full(forms.MOST_SAID), slot=SLOT),
        Remark(key="q", text=full(forms.MOST_SAID), slot=SLOT, by_author=True),
    ):
        held = (
            {"questions": (item,), "remarks": ()}
            if isinstance(item, Question)
            else {"questions": (), "remarks": (item,)}
        )
        view = vignettes.item(vignette(**held), "q", library)
        assert view is not None
        yield "item", view
    assert vignettes.item(vignette(), "gone", library) is None
    many = [stored(vignette(token=f"{number:016x}")) for number in range(20)]
    for kept, begun, until in (
        ([], [], None),
        (many, [TOKEN, "e" * 16, "d" * 16], SLOT),
        ([], [TOKEN], None),
    ):
        yield "mine", vignettes.mine(kept, begun, until, library)


def forms_of(library: Library) -> Iterator[tuple[str, discord.ui.Modal]]:
    say = library.texts
    back: Fields = {
        "title": full(4000),
        "text": full(4000),
        "more": full(4000),
        "question": full(4000),
        "words": full(4000),
        "client": "yes",
        "relative": "perhaps",
        "needed": "not-all",
        "changed": full(4000),
        "placement": "unsure",
    }
    draft = VignetteWriting(full(forms.MOST_TITLE), full(MOST_CHARACTERS), full(forms.MOST_QUESTION))
    for filled in ({}, back):
        yield "write", forms.write(say, filled)
        yield "write", forms.write(say, filled, draft)
        yield "rewrite", forms.rewrite(say, full(MOST_CHARACTERS), filled)
        yield "own_words", forms.own_words(say, full(400), filled)
        yield "questions", forms.questions(say, filled)
        for key in (
            "author-answer",
            "author-continue",
            "vignette-ask",
            "vignette-offer",
            "second-reader",
            "carer-hide",
            "carer-change",
        ):
            for most in (forms.MOST_SAID, forms.MOST_ASKED, forms.MOST_WORDS):
                yield "one_text", forms.one_text(say, key, filled, most=most)


def screens_in(module: ModuleType, kinds: tuple[Any, ...]) -> set[str]:
    """The functions of a module that give one of these."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and get_type_hints(function).get("return") in kinds
    }


def all_screens(library: Library) -> Shown:
    yield from of_writing(library)
    yield from of_vignettes(library)


def test_every_screen_is_looked_at(library: Library) -> None:
    """A new screen or form is added here before it can be shown to anyone."""
    views = (discord.ui.LayoutView, discord.ui.LayoutView | None)
    assert {name for name, _ in of_writing(library)} == screens_in(writing, views)
    assert {name for name, _ in of_vignettes(library)} == screens_in(vignettes, views)
    assert {name for name, _ in forms_of(library)} == screens_in(forms, (discord.ui.Modal,))


def test_every_screen_is_within_discord_s_limits(library: Library) -> None:
    """At its fullest: components, characters, labels, options, custom_ids; nothing empty, no id twice."""
    found = {
        f"{name}: {problem}"
        for name, view in all_screens(library)
        for problem in too_much_in(message_of(view))
    }
    assert found == set()


def test_every_form_is_within_discord_s_limits(library: Library) -> None:
    """With nothing in it, and with the longest that can come back."""
    found = set[str]()
    for name, form in forms_of(library):
        form.custom_id = str(Control(TOKEN, "vignette").opened("f" * 8))
        found |= {f"{name}: {problem}" for problem in too_much_in(form_of(form))}
    assert found == set()


def test_discord_takes_every_screen_and_form(library: Library, contract: Any) -> None:
    """By its own description of its requests, where that is at hand."""
    if contract is None:
        pytest.skip("Discord's description is not at hand")
    problems = set[str]()
    for name, view in all_screens(library):
        told = contract.problems("POST", "/channels/1/messages", as_described(message_of(view)))
        problems |= {f"{name}: {problem}" for problem in told}
    for name, form in forms_of(library):
        form.custom_id = str(Control(TOKEN, "vignette").opened("f" * 8))
        told = contract.problems("POST", "/interactions/1/x/callback", as_described(form_of(form)))
        problems |= {f"{name}: {problem}" for problem in told}
    assert problems == set()


def test_nothing_of_a_long_text_is_lost_on_the_way_through_the_review(library: Library) -> None:
    """Page by page it is all there, and each open finding stands on one of the pages with its line."""
    text = full(MOST_CHARACTERS)
    each = reviewed(library, text, 4, 30)
    said = [texts_in(writing.review(each, page, library.texts)) for page in range(8)]
    for number in range(34):
        assert any(f"【{number + 1} " in page for page in said), number
    assert all(word in " ".join(said) for word in set(text.split()))


def test_the_card_is_not_longer_than_a_phone_shows_gladly(library: Library) -> None:
    """What is longer goes on in the thread, and the card says so."""
    said = texts_in(vignettes.card(vignette(), library))
    assert len(said) <= MOST_CARD_CHARACTERS
    assert library.texts("vignette-goes-on") in said


@pytest.mark.parametrize(
    "key", ["who-truth", "close-ask", "withdraw-ask", "tell-head", "vignette-formulate", "questions-head"]
)
def test_what_is_explained_is_short(library: Library, key: str) -> None:
    """Somebody tired reads it on a phone before they press."""
    assert words_in(library.texts(key)) <= 75
