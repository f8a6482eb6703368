"""Every screen and form around a case, at its fullest: within Discord's limits, as Discord takes it."""

import importlib.resources
from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.cases.case import Case, FollowUp, Question
from bot.cases.change import MOST_OPEN_QUESTIONS
from bot.cases.fold import thread_pages
from bot.cases.writing import CaseWriting
from bot.content.library import Library, load_library
from bot.content.models import FIELD_CHARACTERS, Template
from bot.identifiers import Finding, Suggestion
from bot.refusal import Refusal
from bot.services.writing import Reviewed
from bot.storage.cases import StoredCase
from bot.ui import case_forms, cases, writing
from bot.ui import forms as session_forms
from bot.ui import vignette_forms as forms
from bot.ui.answers import Fields
from bot.ui.control import Control
from bot.writing import Marked
from tests.cases.filled import MOST_LABEL, all_over, case, field, of_length
from tests.conftest import as_described
from tests.ui.fullest import full
from tests.ui.limits import form_of, message_of, texts_in, too_much_in
from tests.ui.test_vignette_screens import screens_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
TOKEN, AT = "f" * 16, 1_800_000_000
USER = 2**63 - 1
MOST_FIELDS = 25
Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


def form_of_all(*, shared: bool = True, kind: str = "paragraph") -> Template:
    """As many fields as there can be, with every text of theirs as long as it can be."""
    options = tuple(full(100, f"{number}") for number in range(10))
    fields = [
        field(
            f"f{number}",
            label=full(MOST_LABEL, f"{number}"),
            guidance=full(100),
            kind=kind,
            required=True,
            shared=shared,
            **({"options": options} if kind in ("choice", "scale") else {"example": full(100)}),
        )
        for number in range(MOST_FIELDS)
    ]
    return Template(
        id="i" * 40, title=full(45), when_to_use=full(300), leave_out=full(300), fields=tuple(fields)
    )


def mixed() -> Template:
    """Half of it for the presenter alone."""
    whole = form_of_all()
    fields = tuple(
        each.model_copy(update={"shared": number % 2 == 0}) for number, each in enumerate(whole.fields)
    )
    return whole.model_copy(update={"fields": fields})


TEXTS = (
    full(FIELD_CHARACTERS),
    "Oh!\n\n" * 800,
    "```\n" * 1000,
    "||a" * 1333,
    "🙂" * 4000,
    "שלום " * 800,
    "a",
)


def states() -> Iterator[Case]:
    """Every state in which somebody meets one, full and bare."""
    told = FollowUp(template=form_of_all(), answers=all_over(form_of_all(), full(4000)).answers)
    for form in (form_of_all(), mixed(), form_of_all(kind="choice"), of_length(1)):
        for text in TEXTS if form == form_of_all() else (TEXTS[0], TEXTS[-1]):
            bare = all_over(form, text).model_copy(update={"presenter": USER, "posted_at": AT})
            asked = tuple(
                Question(key=f"{number:08x}", text=full(forms.MOST_ASKED))
                for number in range(MOST_OPEN_QUESTIONS)
            )
            whole = {"edited_at": AT, "formulated": True, "lost": True, "questions": asked}
            yield bare
            yield bare.model_copy(update=whole)
            yield bare.model_copy(update={**whole, "status": "closed", "closed_at": AT, "follow_up": told})


def stored(number: int, **changes: Any) -> StoredCase:
    one = case(token=f"{number:016x}", template=form_of_all(), presenter=USER, posted_at=AT, **changes)
    return StoredCase(one, USER, 1, AT)


def begun(form: Template, *, edits: bool = False) -> CaseWriting:
    return CaseWriting(form, all_over(form, full(FIELD_CHARACTERS)).answers, "e" * 16 if edits else None)


def of_filling(library: Library) -> Shown:
    say = library.texts
    shipped = list(library.templates)
    own = [form_of_all().model_copy(update={"id": f"own-{number}"}) for number in range(25)]
    fresh = Control(TOKEN, "c-choose")
    for kept, drafts in ((shipped, 0), (shipped, 1), ([*own, *shipped], 8)):
        yield "templates", cases.templates(kept, drafts, fresh, say)
    with pytest.raises(Refusal) as refused:
        CaseWriting(form_of_all(), {}).check()
    missing = say(refused.value.key, **refused.value.values)
    for form in (*library.templates, form_of_all(), mixed(), of_length(1)):
        for answers in ({}, begun(form).answers):
            yield "pages", cases.pages(TOKEN, CaseWriting(form, answers), AT, say)
            yield "pages", cases.pages(TOKEN, CaseWriting(form, answers), AT, say, missing)
            note = say("case-form-changed")
            yield "pages", cases.pages(TOKEN, CaseWriting(form, answers), AT, say, note)
    for each in states():
        for edits in (False, True):
            yield "preview", cases.preview(TOKEN, "f" * 6, each, library, edits=edits)
    for count in (0, 1, 8, 30):
        kept = {f"{number:016x}": begun(form_of_all(), edits=number % 2 == 0) for number in range(count)}
        yield "drafts", cases.drafts(kept, say)


def of_cases(library: Library) -> Shown:
    say = library.texts
    for each in states():
        yield "card", cases.card(each, library)
        count = len(thread_pages(each))
        for number in {0, 1, count - 1} & set(range(count)):
            page = cases.page(each, number)
            assert page is not None
            yield "page", page
        assert cases.page(each, count) is None
        follow_up = cases.follow_up(each, library)
        assert (follow_up is None) == (each.follow_up is None)
        if follow_up is not None:
            yield "follow_up", follow_up
        for is_presenter in (True, False):
            yield "more", cases.more(each, library, is_presenter=is_presenter)
        yield "withdraw", cases.withdraw(each, say)
        assert cases.item(each, "00000000", library) is None
    answered = Question(key="q", text=full(forms.MOST_ASKED), answer=full(forms.MOST_SAID))
    item = cases.item(case(questions=(answered,), presenter=USER), "q", library)
    assert item is not None
    yield "item", item
    status: list[dict[str, Any]] = [
        {},
        {"status": "closed"},
        {"lost": True},
        {"questions": (Question(key="q", text="?"),)},
        {"formulated": True},
    ]
    many = [(stored(number, **status[number % 5]), USER if number % 3 else None) for number in range(40)]
    for count in (0, 1, 15, 16, 40):
        yield "listing", cases.listing(many[:count], USER, USER, USER, say)
    for count in (1, 5, 12):
        yield "to_close", cases.to_close([each.case for each, _ in many[:count]], say)


Bodies = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def bodies(library: Library) -> Bodies:
    """Every screen as it would be sent, drawn once."""
    found: Bodies = []
    for name, view in (*of_filling(library), *of_cases(library)):
        found.append((name, message_of(view)))
    return found


def forms_of_cases(library: Library) -> Iterator[tuple[str, discord.ui.Modal]]:
    say = library.texts
    for form in (
        *library.templates,
        *(form_of_all(kind=kind) for kind in ("short", "paragraph", "choice", "scale")),
        mixed(),
        form_of_all(shared=False),
        of_length(1),
    ):
        answers = all_over(form, full(FIELD_CHARACTERS)).answers
        longer = {name: full(FIELD_CHARACTERS + 500) for name in answers}
        back: Fields = {each.id: "1" if each.options else full(FIELD_CHARACTERS + 5) for each in form.fields}
        for number in range(case_forms.page_count(form)):
            for filled, kept in (({}, {}), ({}, answers), ({}, longer), (back, {}), (back, longer)):
                yield "page", case_forms.page(form, number, filled, kept, say)


def test_every_screen_is_looked_at(library: Library, bodies: Bodies) -> None:
    """A new screen or form is added here before it can be shown to anyone."""
    views = (discord.ui.LayoutView, discord.ui.LayoutView | None)
    assert {name for name, _ in bodies} == screens_in(cases, views)
    assert {name for name, _ in forms_of_cases(library)} == screens_in(case_forms, (discord.ui.Modal,))


def test_every_screen_is_within_discord_s_limits(bodies: Bodies, contract: Any) -> None:
    """At its fullest: components, characters, labels, options, custom_ids; nothing empty, no id twice."""
    found, seen = set[str](), set[str]()
    for name, body in bodies:
        found |= {f"{name}: {problem}" for problem in too_much_in(body)}
        if contract is not None and name not in seen:
            seen.add(name)
            told = contract.problems("POST", "/channels/1/messages", as_described(body))
            found |= {f"{name}: {problem}" for problem in told}
    assert found == set()


def test_every_form_is_within_discord_s_limits(library: Library, contract: Any) -> None:
    """With nothing in it, with what is kept, and with the longest that can come back."""
    found = set[str]()
    for number, (name, form) in enumerate(forms_of_cases(library)):
        form.custom_id = str(Control(TOKEN, "c-page", "4.ffffff", draft="e" * 16).opened("f" * 8))
        body = form_of(form)
        found |= {f"{name}: {problem}" for problem in too_much_in(body)}
        if contract is not None and number % 20 == 0:
            told = contract.problems("POST", "/interactions/1/x/callback", as_described(body))
            found |= {f"{name}: {problem}" for problem in told}
    assert found == set()


def test_the_form_of_an_observation_takes_every_case(library: Library) -> None:
    """Twenty-five answers to point at, each with the longest label and text."""
    exhibits = [(full(MOST_LABEL, f"{number}"), full(200)) for number in range(MOST_FIELDS)]
    back: Fields = {"exhibit": ["24"], "for": full(4000), "against": full(4000)}
    for shown in (exhibits, [], [("A label", "a")]):
        for filled in ({}, back):
            form = session_forms.observe(full(30), full(280), full(280), shown, library.texts, filled)
            assert too_much_in(form_of(form)) == []
    assert len(session_forms.observed_for(exhibits, back)) <= session_forms.MOST_OBSERVATION
    assert session_forms.observed_for(exhibits, {"exhibit": ["25"], "for": "a"}) == "a"
    assert session_forms.observed_for([("Late", "Twice.")], {"exhibit": ["0"]}) == "Late: Twice."


@pytest.mark.parametrize("page", [0, 1, 40])
def test_the_review_of_the_longest_case(library: Library, page: int) -> None:
    """Each page of it within the limits, each finding at the label of its field."""
    form = form_of_all()
    text = full(FIELD_CHARACTERS)
    marked = tuple(
        Marked(
            each.id,
            Finding(at, at + 40, "person", "block", "finding-id", Suggestion("suggest-metropolis", ())),
            full(200),
            full(forms.MOST_ASKED),
        )
        for each in form.fields
        for at in (0, 2000)
    )
    reviewed = Reviewed(TOKEN, CaseWriting(form, {each.id: text for each in form.fields}), marked, True)
    view = writing.review(reviewed, page, library.texts)
    assert too_much_in(message_of(view)) == []
    numbers = [number for number in range(1, 51) if f"【{number} " in texts_in(view)]
    if page < 40:
        assert numbers
    for number in numbers[: writing.MOST_LINES]:
        label = form.fields[(number - 1) // 2].label
        assert any(label in line for line in texts_in(view).splitlines() if "【" not in line)
    assert too_much_in(message_of(writing.one(reviewed, page, library.texts))) == []


def test_a_card_shows_every_label_and_nothing_of_what_is_private(library: Library) -> None:
    """Whatever else is folded away; on the preview, what is private is named as such."""
    form = mixed()
    one = all_over(form, full(FIELD_CHARACTERS, "mine"))
    shown = texts_in(cases.card(one, library))
    for each in form.fields:
        assert (f"**{each.label}**" in shown) == each.shared
    assert library.texts("case-goes-on") in shown
    assert library.texts("case-private") in texts_in(cases.preview(TOKEN, "f" * 6, one, library, edits=False))
    assert library.texts("case-private") not in texts_in(cases.more(one, library, is_presenter=False))


def test_a_page_opens_with_what_is_kept_even_where_it_grew(library: Library) -> None:
    """A stand-in may be longer than what it replaced: the end of the text is in the form all the same."""
    form = of_length(1, max_length=10)
    shown = form_of(case_forms.page(form, 0, {}, {"f0": "twelve signs"}, library.texts))
    inner = shown["data"]["components"][0]["component"]
    assert (inner["value"], inner["max_length"]) == ("twelve signs", 12)
    shown = form_of(case_forms.page(form, 0, {}, {"f0": "two"}, library.texts))
    assert shown["data"]["components"][0]["component"]["max_length"] == 10
