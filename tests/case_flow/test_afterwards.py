"""A case that is posted: what its group asks, what its presenter does, and nobody else."""

import pytest

from bot.rehearsal.stage import message_text
from bot.storage import tables
from tests.case_flow.desk import (
    BLOCKING,
    LAST,
    Cases,
    controls,
    fields,
    nothing_is_left,
    values,
)
from tests.services.left import files_hold
from tests.ui.raw import press, send
from tests.vignette_flow.table import before, ids_in


async def ask(cases: Cases, who: str, text: str) -> None:
    await cases[who].press("k-ask", on=cases.card())
    await cases[who].fill(text=text)


async def test_asked_and_answered_one_by_one(cases: Cases) -> None:
    """Questions wait with the presenter, without a name, and each shows together with its answer."""
    bea, cem = cases["Bea"], cases["Cem"]
    card = await cases.posted(bea)
    await ask(cases, "Cem", "How long?")
    assert cem.text == cases.say("case-ask-done")
    await ask(cases, "Dag", "Who pays?")
    await cases.stage.pass_time(5)
    assert cases.said() == []
    await cases["Dag"].press("k-more", on=card)
    assert "How long?" not in cases["Dag"].text
    await bea.press("k-more", on=card)
    assert "How long?" in bea.text
    assert "Who pays?" in bea.text
    assert str(cem.id) not in bea.text
    first, second = controls(bea, "k-reply")
    await bea.press("k-reply", second.split(":", 3)[3])
    await bea.fill(text="She does.")
    assert "Who pays?" not in bea.text
    assert "How long?" in bea.text
    await cases.stage.restart()
    await bea.press("k-reply", first.split(":", 3)[3])
    await bea.fill(text="Two years.")
    assert bea.text == cases.say("case-reply-done")
    await cases.stage.pass_time(5)
    said = cases.said()
    assert [[part in text for part in ("How long?", "Two years.")] for text in said] == [
        [False, False],
        [True, True],
    ]
    assert "Who pays?" in said[0]
    assert "She does." in said[0]
    assert not any(str(cases[name].id) in text for name in ("Cem", "Dag") for text in said)
    assert all(f"<@{bea.id}>" in text for text in said)
    await bea.press("k-more", on=card)
    assert not bea.offers("k-reply")


async def test_questions_and_answers_are_read_first(cases: Cases) -> None:
    """What blocks is given back, and nobody gets it; changed, it goes on."""
    bea, cem = cases["Bea"], cases["Cem"]
    card = await cases.posted(bea)
    await ask(cases, "Cem", f"Is it she? {BLOCKING}")
    assert "anna.k@example.org" in cem.text
    await bea.press("k-more", on=card)
    assert not bea.offers("k-reply")
    await cem.press("edit")
    assert "anna.k" in values(cem)["text"]
    await cem.fill(text="Is it she?")
    await bea.press("k-more", on=card)
    await bea.press("k-reply")
    await bea.fill(text=BLOCKING)
    assert "anna.k@example.org" in bea.text
    await cases.stage.pass_time(5)
    assert cases.said() == []


async def test_a_question_sent_twice_is_one(cases: Cases) -> None:
    """The same form, from a bad line; empty ones come back."""
    await cases.posted(cases["Bea"])
    cem = cases["Cem"]
    await ask(cases, "Cem", "   ")
    assert cases.say("nothing-written") in cem.text
    await ask(cases, "Cem", "How long?")
    [case] = await cases.kept()
    assert [each.text for each in case.questions] == ["How long?"]


async def test_only_its_presenter(cases: Cases) -> None:
    """Colleagues, and whoever looks after the group, are told whose it is; copied buttons do nothing."""
    bea = cases["Bea"]
    card = await cases.posted(bea)
    await ask(cases, "Dag", "How long?")
    await bea.press("k-more", on=card)
    copied = [*controls(bea, "k-edit", "k-close", "k-withdraw", "k-reply", "k-formulate")]
    assert len(copied) == 5
    await bea.press("k-withdraw")
    copied += controls(bea, "k-withdraw-now")
    copied += [each for each in ids_in(card) if ":k-formulate:" in each]
    for who in ("Cem", "Mo"):
        told = [press(cases.stage, cases[who].id, each) for each in copied]
        await cases.stage.env.settle()
        assert {each.text for each in told} == {cases.say("only-case-presenter")}, who
        await cases[who].press("k-more", on=card)
        assert not controls(cases[who], "k-edit", "k-close", "k-withdraw", "k-reply", "k-formulate")
    [case] = await cases.kept()
    assert (case.status, case.formulated, case.edited_at) == ("open", False, None)
    assert await cases.drafts() == {}


async def test_edited(cases: Cases) -> None:
    """The card says so, with the time; what was folded into the thread is folded anew, or goes from there."""
    bea, stage = cases["Bea"], cases.stage
    telling = "".join(f"Then she said that it was {number} o'clock. " for number in range(70))[:2490].strip()
    await bea.command("case present", template="free-telling")
    await bea.fill(telling=telling, moment="A pause. " * 65, how_it_stays="0")
    await bea.press("c-look")
    await bea.press("c-next")
    preview = bea.text
    await bea.press("c-post")
    await stage.pass_time(5)
    card = cases.card()
    assert message_text(card) in preview
    assert cases.say("case-goes-on") in message_text(card)
    assert telling not in message_text(card)
    assert [telling in text for text in cases.said()] == [True]

    async def edited(text: str) -> str:
        await bea.press("k-more", on=cases.card())
        await bea.press("k-edit")
        await bea.press("c-page", "0")
        assert values(bea)["moment"].startswith("A pause.")
        await bea.fill(telling=text, moment="A pause. " * 65, how_it_stays="0")
        await bea.press("c-look")
        await bea.press("c-next")
        assert cases.say("case-put-in-place") in str(before(bea).components)
        as_it_was = message_text(cases.card())
        assert text[:60] not in as_it_was
        await bea.press("c-post")
        assert bea.text == cases.say("case-changed")
        await stage.pass_time(5)
        return message_text(cases.card())

    other = telling.replace("she said", "he said")
    shown = await edited(other)
    [case] = await cases.kept()
    assert case.edited_at is not None
    assert cases.say("case-edited", at=f"<t:{case.edited_at}:f>") in shown
    assert [other in text for text in cases.said()] == [True]
    await stage.pass_time(120)
    shown = await edited("She brings tea.")
    [case] = await cases.kept()
    assert f"<t:{case.edited_at}:f>" in shown
    assert cases.say("case-goes-on") not in shown
    assert cases.said() == []
    assert [each.id for each in cases.cards()] == [card.id]


async def test_several_from_one_form(cases: Cases) -> None:
    """Which is which is told by when each was posted; the one that is chosen is closed."""
    bea = cases["Bea"]
    for _ in range(2):
        await cases.posted(bea)
        await cases.stage.pass_time(3600)
    newer, older = await cases.kept()
    await bea.command("case close")
    assert [f"<t:{each.posted_at}:f>" in bea.text for each in (newer, older)] == [True, True]
    chosen = next(each for each in controls(bea, "k-close") if older.token in each)
    form = await cases.again("Bea", chosen)
    send(cases.stage, bea.id, form.form["custom_id"], {"tried": "0"})
    await cases.stage.env.settle()
    assert [each.status for each in await cases.kept()] == ["open", "closed"]


async def test_closed_with_what_came_of_it(cases: Cases) -> None:
    """By the command: the follow-up stands in the thread, and nothing is asked or changed any more."""
    bea, cem = cases["Bea"], cases["Cem"]
    await cases.posted(bea)
    await ask(cases, "Cem", "How long?")
    card = cases.card()
    await bea.command("case close")
    assert "My client looks after me" in str(before(bea).components)
    await bea.press("k-close")
    await bea.fill(tried="0", what_happened=f"I told her. {BLOCKING}")
    assert "anna.k@example.org" in bea.text
    assert (await cases.kept())[0].status == "open"
    await bea.press("edit")
    await bea.fill(tried="0", what_happened="I told her that I am well.", stays="I was moved.")
    [stored] = await cases.stored()
    assert bea.text == cases.say("case-close-done", until=f"<t:{stored.purge_at}:D>")
    await cases.stage.pass_time(5)
    told = cases.said()[-1]
    assert cases.say("case-follow-up") in told
    assert "I told her that I am well." in told
    assert "I was moved." not in told
    shown = message_text(cases.card())
    assert cases.say("case-closed") in shown
    asked = press(cases.stage, cem.id, next(each for each in ids_in(card) if ":k-ask:" in each))
    again = press(cases.stage, bea.id, f"6:{stored.case.token}:k-edit:")
    await cases.stage.env.settle()
    assert {asked.text, again.text} == {cases.say("case-not-now")}
    await bea.command("case close")
    assert bea.text == cases.say("case-none-of-mine")


async def test_closed_without_a_word(cases: Cases) -> None:
    """An empty form closes it too, and posts nothing; a form from before the close comes back."""
    bea, cem = cases["Bea"], cases["Cem"]
    card = await cases.posted(bea)
    await cem.press("k-ask", on=card)
    await bea.press("k-more", on=card)
    await bea.press("k-close")
    assert not any(each.get("required") for each in fields(bea).values())
    await bea.fill()
    await cases.stage.pass_time(5)
    assert cases.said() == []
    assert (await cases.kept())[0].status == "closed"
    await cem.fill(text="How long?")
    assert cases.say("case-not-now") in cem.text
    assert "How long?" in cem.text


async def test_the_list(cases: Cases) -> None:
    """How each stands: open, waiting for questions, formulated, closed; with a way to its card."""
    bea, cem, mo = cases["Bea"], cases["Cem"], cases["Mo"]
    await mo.command("case list")
    assert mo.text == cases.say("case-list-none")
    seen = list[str]()

    async def line() -> None:
        await mo.command("case list")
        seen.append(mo.text.splitlines()[1])

    card = await cases.posted(bea)
    await line()
    assert str(card.id) in seen[0]
    assert f"<@{bea.id}>" in seen[0]
    await bea.press("k-formulate", on=card)
    await bea.fill(**{**values(bea), "time": "slow.0"})
    await line()
    await ask(cases, "Cem", "How long?")
    await line()
    await bea.press("k-more", on=card)
    await bea.press("k-close")
    await bea.fill()
    await line()
    assert [each.rpartition(" · ")[2] for each in seen] == [
        "open",
        "formulated",
        "one question waits",
        "closed",
    ]
    await cases.posted(cem)
    await mo.command("case list")
    assert [
        f"<@{who.id}>" in text for who, text in zip((cem, bea), mo.text.splitlines()[1:], strict=True)
    ] == [
        True,
        True,
    ]


async def test_withdrawn(cases: Cases) -> None:
    """Card, thread, rows, and a change of it that was begun: nothing of it is in the database any more."""
    bea, stage = cases["Bea"], cases.stage
    card = await cases.posted(bea, behaviour="She brings marigolds.")
    await ask(cases, "Cem", "Which colour?")
    await bea.press("k-more", on=card)
    await bea.press("k-reply")
    await bea.fill(text="Yellow.")
    await stage.pass_time(5)
    assert len(stage.channel.threads) == 1
    await bea.press("k-more", on=card)
    await bea.press("k-edit")
    await bea.press("c-page", "2")
    await bea.fill(**LAST)
    await bea.press("k-more", on=card)
    await bea.press("k-withdraw")
    assert cases.say("case-withdraw-ask") in bea.text
    [yes] = controls(bea, "k-withdraw-now")
    await bea.press("k-withdraw-now")
    assert bea.text == cases.say("case-withdraw-done")
    assert (await cases.again("Bea", yes)).text == cases.say("case-gone")
    await stage.pass_time(5)
    assert cases.cards() == []
    assert stage.channel.threads == []
    assert await nothing_is_left(cases)
    assert await cases.rows(tables.deliveries) == []
    told = await cases.again("Cem", next(each for each in ids_in(card) if ":k-ask:" in each))
    assert told.text == cases.say("case-gone")
    await stage.bot.desk.ground.database.scrub()
    assert files_hold(stage.bot.desk.ground.database.path, [b"marigolds", b"Which colour?"]) == []


@pytest.mark.parametrize("how", ["retention", "forget", "server"])
async def test_gone_with_its_time_its_presenter_or_its_server(cases: Cases, how: str) -> None:
    """Card, thread and rows, and what was begun about it."""
    bea, stage = cases["Bea"], cases.stage
    card = await cases.posted(bea)
    if how == "retention":
        await stage.pass_time(13 * 86_400)
        await ask(cases, "Cem", "How long?")
        await stage.pass_time(12 * 86_400)
        assert len(await cases.kept()) == 1
    await bea.press("k-more", on=card)
    await bea.press("k-edit")
    desk = stage.bot.desk
    if how == "retention":
        await stage.pass_time(2 * 86_400 + 60)
    elif how == "forget":
        # Whoever asked is nobody's presenter: the case stays.
        await desk.privacy.forget(cases["Cem"].id, stage.guild.id)
        assert len(await cases.kept()) == 1
        forgotten = await desk.privacy.forget(bea.id, stage.guild.id)
        assert (forgotten.cases, forgotten.drafts) == (1, 0)
    else:
        await desk.privacy.erase_server(stage.guild.id)
    await stage.pass_time(5)
    assert await cases.rows(tables.cases) == []
    assert await cases.drafts() == {}
    if how != "server":
        assert cases.cards() == []
        assert stage.channel.threads == []
