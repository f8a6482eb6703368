"""Where the group asks for it, one other person reads first; neither learns who the other is."""

from collections.abc import AsyncIterator

import pytest

from bot.rehearsal.stage import message_text
from tests.conftest import StageOpener
from tests.ui.raw import press, send
from tests.vignette_flow.table import CLEAN, Table, before, ids_in, seated


@pytest.fixture
async def careful(opened: StageOpener) -> AsyncIterator[Table]:
    """A group that wants a second reader, and one vignette that waits for them."""
    async with seated(opened, second_reader=True) as table:
        await table.take_in(table["Cem"])
        assert "second reader" in table["Cem"].text
        await table.to_slot()
        yield table


def request_of(table: Table) -> object:
    """The post that asks for a reader, or None."""
    return table.stage.newest_with(table.stage.channel, "v-read")


async def test_it_can_go_out(careful: Table) -> None:
    """The text is not in the channel before somebody let it pass, and then comes at a quarter of an hour."""
    dag = careful["Dag"]
    assert careful.cards() == []
    await dag.press("v-read")
    assert CLEAN in dag.text
    await dag.press("v-pass")
    assert dag.text == careful.say("second-reader-passed")
    await careful.stage.pass_time(5)
    # Not at the second at which the reader pressed.
    assert request_of(careful) is not None
    await careful.to_slot()
    assert request_of(careful) is None
    assert "coffee" in message_text(careful.card())


async def test_asked_for_a_change_first(careful: Table) -> None:
    """The author reads the words, changes the text, and it is read once more."""
    cem, dag, eli = careful["Cem"], careful["Dag"], careful["Eli"]
    await dag.press("v-read")
    await dag.press("v-send-back")
    await dag.fill(text="The coffee tells too much.")
    await careful.to_slot()
    assert request_of(careful) is None
    await cem.command("vignette mine")
    await cem.press("v-more")
    assert "The coffee tells too much." in cem.text
    assert "Dag" not in cem.text
    await cem.press("v-rewrite")
    await cem.fill(text=CLEAN.replace("coffee", "a drink"), more="")
    await careful.to_slot()
    await eli.press("v-read")
    assert "a drink" in eli.text
    await eli.press("v-pass")
    await careful.to_slot()
    assert "a drink" in message_text(careful.card())


async def test_not_by_its_author(careful: Table) -> None:
    """Neither read nor passed nor sent back by whoever wrote it."""
    cem, dag = careful["Cem"], careful["Dag"]
    await cem.press("v-read")
    assert cem.text == careful.say("second-reader-is-author")
    await dag.press("v-read")
    pressed = {each.split(":")[2]: each for each in ids_in(before(dag))}
    told = [
        press(careful.stage, cem.id, pressed["v-pass"]),
        send(careful.stage, cem.id, f"{pressed['v-send-back']}!0a0a0a0a", {"text": "Mine."}),
    ]
    await careful.stage.env.settle()
    assert all(careful.say("second-reader-is-author") in each.text for each in told)
    assert (await careful.kept())[0].status == "held"


async def test_two_readers_at_once(careful: Table) -> None:
    """The first one counts; the other is thanked."""
    dag, eli = careful["Dag"], careful["Eli"]
    await dag.press("v-read")
    await eli.press("v-read")
    await dag.press("v-send-back")
    await eli.press("v-pass")
    await dag.fill(text="Too much.")
    assert careful.say("vignette-not-now") in dag.text or careful.say("vignette-read-already") in dag.text
    assert (await careful.kept())[0].status == "waiting"


async def test_nobody_reads(careful: Table) -> None:
    """Its author can take it back at any time; the post that asks for a reader goes too."""
    cem = careful["Cem"]
    await cem.command("vignette mine")
    assert "a second reader has it" in cem.text
    await cem.press("v-more")
    await cem.press("v-withdraw")
    await cem.press("v-withdraw-now", "")
    await careful.to_slot()
    assert request_of(careful) is None
    assert await careful.kept() == []


async def test_what_a_second_reader_writes_is_looked_through(careful: Table) -> None:
    """Its author reads it, and nobody else's name may reach them."""
    dag = careful["Dag"]
    await dag.press("v-read")
    await dag.press("v-send-back")
    await dag.fill(text="Is that the one at 020 7946 0958?")
    assert careful.say("text-refused") in dag.text
    assert (await careful.kept())[0].second_reader_says == ""
    await dag.press("edit")
    await dag.fill(text="Is the coffee needed?")
    assert dag.text == careful.say("second-reader-sent-back")
