"""From an empty form to the channel: each press, and what comes back when something does not go on."""

import pytest

from bot.rehearsal.stage import message_text
from bot.services.access import Caller
from tests.conftest import StageOpener
from tests.services.evening import ZONE
from tests.ui.raw import press
from tests.vignette_flow.table import (
    CLEAN,
    HARMLESS,
    OPEN,
    QUESTION,
    TITLE,
    Table,
    before,
    ids_in,
    offers_in,
    publish,
    seated,
)

NAMES = ("Kowalska", "anna.k")


async def test_all_suggestions_at_once(table: Table) -> None:
    """Written, all taken, four questions, a name drawn by chance: it stands in the channel."""
    cem = table["Cem"]
    await table.type_in(cem, OPEN)
    assert all(name in cem.text for name in NAMES)
    assert not cem.offers("w-next")
    await cem.press("w-all")
    assert not any(name in cem.text for name in NAMES)
    assert table.say("writing-clear") in cem.text
    await cem.press("w-next")
    await cem.press("w-questions")
    await cem.fill(**{**HARMLESS, "changed": "the season"})
    assert table.say("who-truth") in cem.text
    await publish(cem)
    assert table.cards() == []
    await table.to_slot()
    [vignette] = await table.kept()
    shown = message_text(table.card())
    assert f"*{vignette.alias}*" in shown
    assert table.say("vignette-altered") in shown
    assert QUESTION in shown
    assert not any(name in shown for name in NAMES)
    assert await table.drafts() == 0


async def test_one_by_one(table: Table) -> None:
    """The suggestion, words of one's own, kept, looked at again: every finding is settled on its own."""
    cem = table["Cem"]
    await table.type_in(cem, OPEN)
    await cem.press("w-one", "0")
    assert "Kowalska" in cem.text
    await cem.press("w-one", "1")
    assert not cem.offers("w-keep")
    await cem.press("w-own")
    await cem.fill(words="far away")
    assert cem.offers("w-keep")
    await cem.press("w-review")
    assert "from far away" in cem.text
    await cem.press("w-one", "0")
    await cem.press("w-keep")
    assert table.say("writing-clear") in cem.text
    assert "Kowalska" in cem.text
    await cem.press("w-next")
    assert cem.offers("w-questions")


async def test_the_suggestion_for_one(table: Table) -> None:
    """Put where the finding was; the rest of the text stays as it is."""
    cem = table["Cem"]
    await table.type_in(cem, OPEN)
    await cem.press("w-one", "0")
    await cem.press("w-take")
    await cem.press("w-review")
    assert "My client comes early" in cem.text
    assert "anna.k@example.org" in cem.text


async def test_not_a_name(table: Table) -> None:
    """A word that its author says is no name is not asked about again, in the next text either."""
    cem = table["Cem"]
    text = CLEAN.replace("A client", "My client Kestrel")
    await table.type_in(cem, text)
    while not cem.offers("w-no-name"):
        await cem.press("w-one", "0")
    await cem.press("w-no-name")
    assert table.say("writing-clear") in cem.text
    await cem.press("discard")
    await table.type_in(cem, text)
    assert table.say("writing-clear") in cem.text


async def test_what_blocks_can_be_typed_back_in_but_never_goes_out(table: Table) -> None:
    """Each change is read afresh, also after the four questions."""
    cem = table["Cem"]
    await table.to_the_name(cem)
    last = next(each for each in ids_in(before(cem)) if ":w-publish:alias.now" in each)
    await cem.press("w-review")
    await cem.press("w-edit")
    await cem.fill(title=TITLE, text=CLEAN + " Write to anna.k@example.org.", question="")
    assert "anna.k@example.org" in cem.text
    assert not cem.offers("w-next")
    told = press(table.stage, cem.id, last)
    await table.stage.env.settle()
    assert told.text == table.say("writing-changed")
    assert await table.kept() == []
    assert await table.drafts() == 1


async def test_a_stale_press_changes_nothing(table: Table) -> None:
    """Two devices: what was pressed for another wording is answered with a sentence."""
    cem = table["Cem"]
    await table.type_in(cem, OPEN)
    everything = next(each for each in ids_in(before(cem)) if ":w-all:" in each)
    await cem.press("w-one", "0")
    old = [each for each in ids_in(before(cem)) if ":w-take:" in each or ":w-keep:" in each]
    await cem.press("w-take")
    await cem.press("w-review")
    text = cem.text
    told = [press(table.stage, cem.id, each) for each in old]
    await table.stage.env.settle()
    assert {each.text for each in told} == {table.say("writing-changed")}
    # What was found since has not been seen there: it is shown, and nothing is taken.
    unseen = press(table.stage, cem.id, everything)
    await table.stage.env.settle()
    assert "anna.k@example.org" in unseen.text
    await cem.command("vignette mine")
    await cem.press("w-review")
    assert cem.text == text


async def test_pressed_twice(table: Table) -> None:
    """Two publishes at one instant make one vignette; the other is told."""
    cem = table["Cem"]
    await table.to_the_name(cem)
    control = next(each for each in ids_in(before(cem)) if ":w-publish:alias.now" in each)
    both = [press(table.stage, cem.id, control) for _ in range(2)]
    await table.stage.env.settle()
    assert len(await table.kept()) == 1
    assert sorted(table.say("draft-gone") in each.text for each in both) == [False, True]


async def test_restarted_after_every_press(table: Table) -> None:
    """The process ends between any two presses, and nothing of it is noticed."""
    cem, stage = table["Cem"], table.stage
    await cem.command("vignette write")
    await stage.restart()
    await cem.fill(title=TITLE, text=OPEN, question=QUESTION)
    for verb in ("w-one", "w-review", "w-all", "w-next", "w-questions"):
        await stage.restart()
        await cem.press(verb)
    await stage.restart()
    await cem.fill(**{**HARMLESS, "client": "yes"})
    assert table.say("worry-client") in cem.text
    await stage.restart()
    await cem.press("w-who")
    await stage.restart()
    await publish(cem)
    await stage.restart()
    await table.to_slot()
    await stage.restart()
    assert not any(name in message_text(table.card()) for name in NAMES)
    await table.more(cem)
    assert cem.offers("v-withdraw")


@pytest.mark.parametrize(
    ("text", "more", "key"),
    [
        ("Too short.", "", "vignette-short"),
        ("It rained. " * 363 + "again.", "It rained. " * 363 + "again..", "vignette-long"),
        (
            "Anna Kowalska, Anna Kowalska, Anna Kowalska, Anna Kowalska, Anna Kowalska, Anna Kowalska",
            "",
            "vignette-only-findings",
        ),
    ],
)
async def test_what_is_not_taken_comes_back(table: Table, text: str, more: str, key: str) -> None:
    """Too short, too long, nothing but names: a sentence, and the form again with all that was typed."""
    cem = table["Cem"]
    await cem.command("vignette write")
    await cem.fill(title=TITLE, text=text, more=more, question=QUESTION)
    assert table.say(key, least=80, most=8000) in cem.text
    await cem.press("edit")
    assert cem.shown is not None
    assert cem.shown.modal is not None
    filled = {
        part["component"]["custom_id"]: part["component"].get("value")
        for part in cem.shown.modal["components"]
    }
    assert filled["text"].strip() == text.strip()
    assert (filled["more"] or "").strip() == more.strip()
    await cem.fill(title=TITLE, text=CLEAN, more="", question="")
    assert cem.offers("w-next")


async def test_closed_on_the_way(table: Table) -> None:
    """Whoever leaves finds it again, by the command that writes and by the one that shows what is theirs."""
    cem = table["Cem"]
    await table.type_in(cem)
    await cem.command("vignette write")
    assert table.say("writing-unfinished") in cem.text
    await cem.press("w-review")
    assert CLEAN in cem.text
    await cem.command("vignette mine")
    assert table.say("writing-waits") in cem.text
    await cem.press("w-review")
    assert CLEAN in cem.text
    # Nobody else finds it.
    await table["Dag"].command("vignette mine")
    assert table.say("vignettes-mine-none") in table["Dag"].text


async def test_another_one_beside_the_first(table: Table) -> None:
    """A second text may be begun; only one of a person's is on its way at a time."""
    cem = table["Cem"]
    await table.take_in(cem)
    await cem.command("vignette write")
    assert cem.text == table.say("vignette-one-at-a-time")
    await table.to_slot()
    await table.take_in(cem, title="The late bird")
    await table.to_slot()
    first, second = await table.kept()
    assert first.alias != second.alias


async def test_under_ones_own_name(table: Table) -> None:
    """Whoever wants to can sign with their name, which is then no secret."""
    cem = table["Cem"]
    await table.take_in(cem, how="name.now")
    assert "your name" in cem.text
    await table.to_slot()
    assert f"<@{cem.id}>" in message_text(table.card())


async def test_waiting_for_company(table: Table) -> None:
    """Held back while it would stand alone; the second one lets both out; two days are the longest."""
    cem, dag = table["Cem"], table["Dag"]
    await table.take_in(cem, how="alias.wait")
    await table.to_slot(slots=4)
    assert table.cards() == []
    await table.take_in(dag, title="Another")
    await table.to_slot()
    first, second = table.cards()
    assert first.created_at.timestamp() // 900 == second.created_at.timestamp() // 900
    await table.take_in(cem, title="Alone", how="alias.wait")
    await table.stage.pass_time(2 * 86_400 + 1800)
    assert len(table.cards()) == 3


async def test_where_an_alias_would_hide_nobody(opened: StageOpener) -> None:
    """With two people only the own name is offered; with four there is a plain warning."""
    async with seated(opened, ("Mo", "Bea")) as table:
        bea = table["Bea"]
        await table.to_the_name(bea)
        assert table.say("who-hides-nobody") in bea.text
        assert all(each.startswith("name") for each in offers_in(before(bea), "w-publish"))
        forged = offers_in(before(bea), "w-publish")[0].replace("name", "alias")
        token = ids_in(before(bea))[0].split(":")[1]
        control = ids_in(before(bea))[0].split(":")[0] + f":{token}:w-publish:{forged}"
        told = press(table.stage, bea.id, control)
        await table.stage.env.settle()
        assert "hide nobody" in told.text
        assert await table.drafts() == 1
    async with seated(opened, ("Mo", "Bea", "Cem", "Dag"), folder="four") as table:
        await table.to_the_name(table["Bea"])
        assert "That is few." in table["Bea"].text


async def test_before_the_charter(table: Table) -> None:
    """Somebody new is asked for the charter first."""
    ola = table["Ola"]
    await ola.command("vignette write")
    assert table.stage.library.charter in ola.text


async def test_the_group_is_gone_meanwhile(table: Table) -> None:
    """The group was set up anew elsewhere or let go: a sentence, no error."""
    cem = table["Cem"]
    await table.type_in(cem)
    desk = table.stage.bot.desk
    await desk.privacy.erase_server(table.stage.guild.id)
    await cem.press("w-next")
    assert cem.text == table.say("draft-gone")
    caller = Caller(table["Mo"].id, table.stage.guild.id, table.stage.channel.id, manages_server=True)
    await desk.groups.set_up(caller, ZONE, "en", "14", ())
