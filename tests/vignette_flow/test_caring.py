"""Whoever looks after the group: hiding, asking for a change, stopping, without learning whose it is."""

from bot.rehearsal.stage import message_text
from bot.services.ground import SECONDS_A_DAY
from tests.ui.raw import press
from tests.vignette_flow.table import CLEAN, TITLE, Table, before, ids_in


async def stop(table: Table, weeks: int = 2) -> None:
    await table.more(table["Mo"])
    await table["Mo"].choose("v-stop", str(weeks))


async def test_hidden_and_shown(table: Table) -> None:
    """The text goes from the channel at once; its author reads why, and it can come back."""
    cem, mo = table["Cem"], table["Mo"]
    await table.published(cem)
    await table.more(mo)
    await mo.press("v-hide")
    await mo.fill(text="The town can be guessed.")
    await table.stage.pass_time(5)
    hidden = table.cards()[-1]
    assert "coffee" not in message_text(hidden)
    await cem.command("vignette mine")
    await cem.press("v-more")
    assert "The town can be guessed." in cem.text
    await table["Dag"].press("v-more", on=hidden)
    assert "The town can be guessed." not in table["Dag"].text
    await mo.press("v-more", on=hidden)
    await mo.press("v-show")
    await table.stage.pass_time(5)
    assert "coffee" in message_text(table.card())


async def test_asked_for_a_change(table: Table) -> None:
    """The words reach the author alone, and are gone once the text is another."""
    cem, mo = table["Cem"], table["Mo"]
    await table.published(cem)
    await table.more(mo)
    await mo.press("v-want-change")
    await mo.fill(text="Leave out the coffee.")
    await table.more(table["Dag"])
    assert "Leave out the coffee." not in table["Dag"].text
    await table.more(cem)
    assert "Leave out the coffee." in cem.text
    await cem.press("v-rewrite")
    await cem.fill(text=CLEAN.replace("brings coffee for both of us", "is kind to me"), more="")
    await table.to_slot()
    await table.more(cem)
    assert "Leave out the coffee." not in cem.text


async def test_stopped(table: Table) -> None:
    """The author learns of it at the next click, and nothing more is taken; nobody else does."""
    cem, dag = table["Cem"], table["Dag"]
    card = await table.published(cem)
    await table.more(cem)
    await cem.press("v-continue")
    await stop(table)
    assert "2 weeks" not in table["Mo"].text
    await cem.fill(text="One more thing.")
    assert "you can't post under an alias" in cem.text
    assert "One more thing." in cem.text
    await cem.command("vignette write")
    assert "you can't post under an alias" in cem.text
    await cem.command("vignette mine")
    assert "You can't post under an alias" in cem.text
    await dag.press("v-offer", on=card)
    await dag.fill(text="I know that.")
    assert dag.text == table.say("vignette-offer-done")
    await table.take_in(dag, title="Another")
    await table.to_slot()
    assert len(table.cards()) == 2


async def test_a_stop_outlives_its_vignette(table: Table) -> None:
    """Withdrawn, closed, restarted, forgotten: it holds until its day."""
    cem = table["Cem"]
    await table.published(cem)
    await stop(table, 1)
    await table.more(cem)
    await cem.press("v-withdraw")
    await cem.press("v-withdraw-now", "at-once")
    await table.stage.restart()
    await cem.command("vignette write")
    assert "you can't post under an alias" in cem.text
    await table.stage.pass_time(7 * SECONDS_A_DAY)
    await cem.command("vignette write")
    assert cem.shown is not None
    assert cem.shown.modal is not None


async def test_a_stop_is_lifted(table: Table) -> None:
    """From the same place, and the author can write again."""
    cem, mo = table["Cem"], table["Mo"]
    await table.published(cem)
    await stop(table, 12)
    await table.more(mo)
    await mo.press("v-lift")
    await table.type_in(cem, title="Another")
    assert cem.offers("w-next")


async def test_a_text_under_way_when_the_stop_comes(table: Table) -> None:
    """What was written is kept; it can't go out."""
    cem = table["Cem"]
    await table.published(cem)
    await table.to_the_name(cem, title="Another")
    control = next(each for each in ids_in(before(cem)) if ":w-publish:alias.now" in each)
    await stop(table)
    told = press(table.stage, cem.id, control)
    await table.stage.env.settle()
    assert "you can't post under an alias" in told.text
    assert len(await table.kept()) == 1
    assert await table.drafts() == 1


async def test_a_closed_one_can_be_hidden_but_its_author_not_stopped(table: Table) -> None:
    """Nothing leads to its author any more, for the facilitator either."""
    cem, mo = table["Cem"], table["Mo"]
    await table.published(cem)
    await table.more(cem)
    await cem.press("v-close")
    await cem.press("v-close-now")
    await stop(table)
    assert mo.text == table.say("author-gone")
    await table.more(mo)
    await mo.press("v-hide")
    await mo.fill(text="For now.")
    assert mo.text == table.say("carer-hide-done")


async def test_only_whoever_looks_after_the_group(table: Table) -> None:
    """A member has none of these buttons, and copied ones do nothing."""
    dag, mo = table["Dag"], table["Mo"]
    await table.published(table["Cem"])
    await table.more(dag)
    assert not dag.offers("v-hide")
    await table.more(mo)
    copied = [
        each
        for each in ids_in(before(mo))
        if each.split(":")[2] in ("v-hide", "v-want-change", "v-lift", "v-stop")
    ]
    assert len(copied) == 4
    told = [press(table.stage, dag.id, each, values=["1"] if "v-stop" in each else None) for each in copied]
    await table.stage.env.settle()
    assert {each.text for each in told} == {table.say("only-steward")}
    assert TITLE in message_text(table.card())
