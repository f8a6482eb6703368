"""One draft, two devices: both pages are kept, and nothing that was typed is lost to the other one."""

import asyncio
from collections.abc import Mapping

import pytest

from bot.identifiers import Finding, WordLists
from bot.rehearsal.stage import message_text
from bot.services.screening import BY_RULES, Finder
from tests.case_flow.desk import BEHAVIOUR, FIRST, FORM, LAST, QUESTION, Cases, controls, form_id, values
from tests.conftest import StageOpener
from tests.ui.raw import Asked, press, send
from tests.vignette_flow.table import seated

OTHER = "She is late, and sorry for it."


async def opened_page(cases: Cases, number: int = 0, who: str = "Bea") -> tuple[str, Mapping[str, str]]:
    """The custom_id of a page's form on another device, and what stands in it."""
    [token] = await cases.drafts()
    page = press(cases.stage, cases[who].id, f"6:{token}:c-page:{number}")
    await cases.stage.env.settle()
    return str(page.form["custom_id"]), page.filled


async def sent(cases: Cases, form: str, fields: Mapping[str, str], who: str = "Bea") -> Asked:
    asked = send(cases.stage, cases[who].id, form, fields)
    await cases.stage.env.settle()
    return asked


async def test_different_pages_are_both_kept(cases: Cases) -> None:
    """Opened at the same time, sent in any order, and at the same instant."""
    await cases.begin(cases["Bea"])
    second, _ = await opened_page(cases, 1)
    last, _ = await opened_page(cases, 2)
    both = [
        send(cases.stage, cases["Bea"].id, second, {"displaced": "Her week."}),
        send(cases.stage, cases["Bea"].id, last, LAST),
    ]
    await cases.stage.env.settle()
    assert all("My client looks after me" in each.text for each in both)
    answers = await cases.answers()
    assert (answers["behaviour"], answers["displaced"], answers["question"]) == (
        BEHAVIOUR,
        "Her week.",
        QUESTION,
    )


async def test_the_same_page_gives_the_second_one_back(cases: Cases) -> None:
    """The first stays; the second gets its text back, and sent from there it takes that one's place."""
    bea = cases["Bea"]
    await cases.begin(bea)
    one, _ = await opened_page(cases)
    other, _ = await opened_page(cases)
    await sent(cases, one, {**FIRST, "behaviour": "She looks tired."})
    told = await sent(cases, other, {**FIRST, "behaviour": OTHER})
    assert cases.say("case-page-changed") in told.text
    assert OTHER in told.text
    assert (await cases.answers())["behaviour"] == "She looks tired."
    again = await cases.again("Bea", told.control("edit"))
    assert again.filled["behaviour"] == OTHER
    await sent(cases, str(again.form["custom_id"]), {**FIRST, "behaviour": OTHER})
    assert (await cases.answers())["behaviour"] == OTHER
    # What was given back has found its place, and is not kept beside it.
    assert await cases.table.drafts() == 1


async def test_the_same_words_twice_are_no_conflict(cases: Cases) -> None:
    """A form sent twice, or the same on both: there is nothing to choose."""
    bea = cases["Bea"]
    await cases.begin(bea)
    one, _ = await opened_page(cases)
    other, _ = await opened_page(cases)
    for form in (one, other, one):
        told = await sent(cases, form, {"behaviour": OTHER})
        assert "My client looks after me" in told.text
    assert await cases.answers() == {"behaviour": OTHER}


async def test_posted_on_one_while_the_other_edits(cases: Cases) -> None:
    """A sentence that says so, and what was typed is below it, whole."""
    bea = cases["Bea"]
    await cases.to_preview(bea)
    form, _ = await opened_page(cases)
    await bea.press("c-post")
    told = await sent(cases, form, {**FIRST, "behaviour": OTHER * 20})
    assert cases.say("draft-gone") in told.text
    assert OTHER * 20 in told.text
    assert await cases.drafts() == {}
    assert (await cases.kept())[0].answers["behaviour"] == BEHAVIOUR
    assert (await cases.again("Bea", told.control("edit"))).text == cases.say("draft-gone")


async def test_changed_on_one_before_the_other_posts(cases: Cases) -> None:
    """What goes out is what was looked at, or nothing; the newer words are kept."""
    bea = cases["Bea"]
    await cases.to_preview(bea)
    form, _ = await opened_page(cases)
    await sent(cases, form, {**FIRST, "behaviour": OTHER})
    await bea.press("c-post")
    assert bea.text == cases.say("writing-changed")
    assert await cases.kept() == []
    assert (await cases.answers())["behaviour"] == OTHER


async def test_another_form_opened_while_one_is_empty(cases: Cases) -> None:
    """A form that is open and empty on one device is not taken over by another form: both are kept."""
    bea = cases["Bea"]
    await bea.command("case present", template=FORM)
    first = form_id(bea)
    await bea.command("case present", template="consultation")
    second = form_id(bea)
    await sent(cases, first, FIRST)
    await sent(cases, second, {"client": "Someone who is kind."})
    kept = {writing.template.id: dict(writing.answers) for writing in (await cases.drafts()).values()}
    assert kept[FORM]["behaviour"] == BEHAVIOUR
    assert kept["consultation"] == {"client": "Someone who is kind."}


async def test_only_ones_own(cases: Cases) -> None:
    """With copied controls nobody reads, changes, posts or throws away what is somebody else's."""
    bea = cases["Bea"]
    await cases.to_preview(bea)
    [token] = await cases.drafts()
    [post] = controls(bea, "c-post")
    for control in (post, *(f"6:{token}:{verb}:0" for verb in ("c-pages", "c-page", "c-look", "c-next"))):
        told = await cases.again("Cem", control)
        assert told.text == cases.say("draft-gone"), control
    form, _ = await opened_page(cases)
    told = await sent(cases, form, {"behaviour": OTHER}, "Cem")
    assert cases.say("draft-gone") in told.text
    assert (await cases.answers())["behaviour"] == BEHAVIOUR
    assert await cases.kept() == []


class Slowly:
    """A review that lets something happen while it reads."""

    def __init__(self) -> None:
        self.reads, self.goes_on = asyncio.Event(), asyncio.Event()
        self.waits = False
        self.loop = asyncio.get_running_loop()

    def __call__(self, text: str, language: str, lists: WordLists | None) -> tuple[Finding, ...]:
        if self.waits:
            self.loop.call_soon_threadsafe(self.reads.set)
            asyncio.run_coroutine_threadsafe(self.goes_on.wait(), self.loop).result(20)
        return BY_RULES.find(text, language, lists)


@pytest.mark.parametrize("meanwhile", ["typed", "discarded"])
async def test_what_happens_while_it_is_looked_through(opened: StageOpener, meanwhile: str) -> None:
    """The review takes a second or two: what is typed meanwhile stays, what is thrown away stays away."""
    slowly = Slowly()
    async with seated(opened, finder=Finder(slowly, lambda: False)) as table:
        cases = Cases(table)
        bea = cases["Bea"]
        await cases.to_look(bea)
        form, _ = await opened_page(cases)
        [token] = await cases.drafts()
        slowly.waits = True
        looked = press(cases.stage, bea.id, f"6:{token}:c-look:")
        await asyncio.wait_for(slowly.reads.wait(), 20)
        if meanwhile == "typed":
            typed = send(cases.stage, bea.id, form, {**FIRST, "behaviour": OTHER})
            async with asyncio.timeout(20):
                while not typed.callbacks:  # noqa: ASYNC110 - nothing tells of an answer
                    await asyncio.sleep(0.01)
        else:
            await cases.stage.bot.desk.drafts.drop(token, bea.id)
        slowly.goes_on.set()
        await cases.stage.env.settle()
        assert looked.text
        if meanwhile == "typed":
            assert (await cases.answers())["behaviour"] == OTHER
        else:
            assert await cases.drafts() == {}


async def test_two_changes_of_one_case(cases: Cases) -> None:
    """*Edit* on the second device goes on with the change that was begun on the first."""
    bea = cases["Bea"]
    card = await cases.posted(bea)
    for _ in range(2):
        await bea.press("k-more", on=card)
        await bea.press("k-edit")
    assert len(await cases.drafts()) == 1
    await bea.press("c-page", "0")
    assert values(bea)["behaviour"] == BEHAVIOUR
    await bea.fill(**{**FIRST, "behaviour": OTHER})
    assert BEHAVIOUR in message_text(cases.card())
