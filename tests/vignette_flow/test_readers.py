"""What readers and the author do with a vignette that is out, and what shows of it when."""

import pytest

from bot.rehearsal.stage import message_text
from bot.vignettes.slots import SLOT_SECONDS
from tests.ui.raw import press, send
from tests.vignette_flow.table import CLEAN, OPEN, TITLE, Table, before, ids_in


def stamps(table: Table) -> list[float]:
    """When each post and each edit of the channel and its threads was made, in seconds since a slot began."""
    places = [table.stage.channel, *table.stage.channel.threads]
    posts = [post for place in places for post in table.stage.posts(place)]
    times = [time for post in posts for time in (post.created_at, post.edited_at) if time is not None]
    return [time.timestamp() % SLOT_SECONDS for time in times]


async def test_asked_and_answered(table: Table) -> None:
    """The question reaches the author alone; both show together, in a quarter of an hour, without a name."""
    cem, dag = table["Cem"], table["Dag"]
    card = await table.published(cem)
    await dag.press("v-ask", on=card)
    await dag.fill(text="How long has this gone on?")
    await table.to_slot()
    assert not any("How long" in text for text in table.said())
    await cem.command("vignette mine")
    assert "one question waits" in cem.text
    await cem.press("v-more")
    assert "How long has this gone on?" in cem.text
    await cem.press("v-answer")
    await cem.fill(text="About a year.")
    await table.stage.pass_time(60)
    assert not any("About a year" in text for text in table.said())
    await table.to_slot()
    [shown] = [text for text in table.said() if "How long" in text]
    assert "About a year." in shown
    assert "Dag" not in shown
    assert "Cem" not in shown


async def test_a_thought_and_an_addition(table: Table) -> None:
    """Both show at a quarter of an hour: one without any name, one under the alias."""
    cem, dag = table["Cem"], table["Dag"]
    card = await table.published(cem)
    [vignette] = await table.kept()
    await dag.press("v-offer", on=card)
    await dag.fill(text="It works that you noticed.")
    await table.more(cem)
    await cem.press("v-continue")
    await cem.fill(text="It happened again.")
    await table.to_slot()
    said = table.said()
    assert [table.say("vignette-thought") in text for text in said if "noticed" in text] == [True]
    assert [vignette.alias in text for text in said if "again" in text] == [True]
    await table.more(dag)
    assert not dag.offers("v-continue")


async def test_a_reader_is_held_to_the_same_review(table: Table) -> None:
    """What blocks comes back to whoever typed it, and reaches nobody."""
    dag = table["Dag"]
    card = await table.published(table["Cem"])
    await dag.press("v-ask", on=card)
    await dag.fill(text="Is it anna.k@example.org?")
    assert "anna.k@example.org" in dag.text
    assert dag.offers("edit")
    [vignette] = await table.kept()
    assert vignette.questions == ()


async def test_the_text_is_changed(table: Table) -> None:
    """The new text takes the place of the old at a quarter of an hour; what blocks does not."""
    cem = table["Cem"]
    await table.published(cem)
    await table.more(cem)
    await cem.press("v-rewrite")
    await cem.fill(text=OPEN, more="")
    assert cem.offers("edit")
    await table.more(cem)
    await cem.press("v-rewrite")
    await cem.fill(text=CLEAN.replace("coffee", "tea"), more="")
    assert "coffee" in message_text(table.card())
    await table.to_slot()
    assert "tea for both" in message_text(table.card())


async def test_everything_keeps_to_the_quarter_hours(table: Table) -> None:
    """Whatever author and readers do, no post, no edit stands at another time than a slot's first seconds."""
    cem, dag, eli = table["Cem"], table["Dag"], table["Eli"]
    await table.stage.pass_time(437)
    card = await table.published(cem)
    await table.stage.pass_time(401)
    await dag.press("v-ask", on=card)
    await dag.fill(text="How long?")
    await table.more(cem)
    await cem.press("v-answer")
    await cem.fill(text="A year.")
    await table.more(eli)
    await eli.press("v-tell")
    await eli.press("v-told", "identifies")
    await table.stage.pass_time(700)
    await table.more(cem)
    await cem.press("v-rewrite")
    await cem.fill(text=CLEAN + " Now it is autumn.", more="")
    await table.stage.pass_time(111)
    await table.more(cem)
    await cem.press("v-close")
    await cem.press("v-close-now")
    await table.stage.pass_time(5)
    assert "v-ask" in str(ids_in(table.card()))
    await table.to_slot(slots=2)
    assert "v-ask" not in str(ids_in(table.card()))
    assert len(stamps(table)) >= 4
    assert [each for each in stamps(table) if each > 10] == []


async def test_closed(table: Table) -> None:
    """The seal goes: its author is a reader like any other, and nothing can be added or asked."""
    cem, dag = table["Cem"], table["Dag"]
    card = await table.published(cem)
    ask = next(each for each in ids_in(card) if ":v-ask:" in each)
    await dag.press("v-ask", on=card)
    await table.more(cem)
    await cem.press("v-close")
    await cem.press("v-close-now")
    assert cem.text == table.say("close-done")
    await table.more(cem)
    assert not cem.offers("v-continue")
    assert not cem.offers("v-withdraw")
    await cem.command("vignette mine")
    assert cem.text == table.say("vignettes-mine-none")
    await dag.fill(text="And now?")
    assert table.say("vignette-not-now") in dag.text
    assert "And now?" in dag.text
    late = press(table.stage, dag.id, ask)
    await table.stage.env.settle()
    assert late.result.modal is not None


@pytest.mark.parametrize("argument", ["", "at-once"])
async def test_withdrawn(table: Table, argument: str) -> None:
    """Card, thread and all that was said in it go: at the quarter of an hour, or at once."""
    cem, dag = table["Cem"], table["Dag"]
    card = await table.published(cem)
    more = next(each for each in ids_in(card) if ":v-more:" in each)
    await dag.member.send(table.stage.channel.threads[-1], "I know that feeling.")
    offer = next(each for each in ids_in(card) if ":v-offer:" in each)
    await table.more(cem)
    await cem.press("v-withdraw")
    await cem.press("v-withdraw-now", argument)
    assert await table.kept() == []
    await table.stage.pass_time(5)
    assert bool(table.cards()) == (not argument)
    late = press(table.stage, dag.id, more)
    await table.stage.env.settle()
    assert late.text == table.say("vignette-gone")
    # A thought that was being typed when it went comes back to whoever typed it.
    typed = send(table.stage, dag.id, f"{offer}!0a0a0a0a", {"text": "Take it slowly."})
    await table.stage.env.settle()
    assert table.say("vignette-gone") in typed.text
    assert "Take it slowly." in typed.text
    await table.to_slot()
    assert table.cards() == []
    assert table.stage.channel.threads == []


async def test_taken_back_before_it_is_out(table: Table) -> None:
    """One that waits for its slot never shows."""
    cem = table["Cem"]
    await table.take_in(cem)
    await cem.command("vignette mine")
    await cem.press("v-more")
    await cem.press("v-withdraw")
    await cem.press("v-withdraw-now", "")
    await table.to_slot(slots=2)
    assert table.cards() == []


async def test_only_its_author(table: Table) -> None:
    """Buttons copied from the author's own screen do nothing in another hand."""
    cem, dag = table["Cem"], table["Dag"]
    await table.published(cem)
    await table.more(cem)
    mine = [
        each
        for each in ids_in(before(cem))
        if each.split(":")[2] in ("v-continue", "v-rewrite", "v-formulate", "v-close", "v-withdraw")
    ]
    assert len(mine) == 5
    told = [press(table.stage, dag.id, each) for each in mine]
    await table.stage.env.settle()
    assert {each.text for each in told} == {table.say("only-author")}


async def test_i_may_know_this_person_leaves_no_trace(table: Table) -> None:
    """Nothing is stored, nothing is sent: but for the answer, it is as if nobody had pressed."""
    dag, stage = table["Dag"], table.stage
    await table.published(table["Cem"])
    await table.more(dag)
    await stage.pass_time(5)
    rows, sent = await everything(table), len(stage.env.http_requests)
    await dag.press("v-know")
    assert dag.text == table.say("vignette-know-done")
    await stage.pass_time(5)
    assert await everything(table) == rows
    assert len(stage.env.http_requests) == sent + 1


async def everything(table: Table) -> list[tuple[object, ...]]:
    """Every row of every table, as it is stored."""
    from sqlalchemy import select

    from bot.storage import tables

    async with table.stage.bot.desk.ground.database.read() as connection:
        return [
            tuple(row)
            for each in tables.metadata.sorted_tables
            for row in await connection.execute(select(each))
        ]


async def test_told_to_the_facilitator(table: Table) -> None:
    """They get a private message at a quarter of an hour; it has no name, and neither has what is stored."""
    dag, mo = table["Dag"], table["Mo"]
    await table.published(table["Cem"])
    for kind in ("identifies", "identifies", "risk"):
        await table.more(dag)
        await dag.press("v-tell")
        await dag.press("v-told", kind)
        assert dag.text == table.say(f"told-{kind}")
    inbox = f"/channels/{table.stage.env.backend.get_dm_channel(mo.id).id}/messages"

    def arrived() -> list[str]:
        return [str(each.json) for each in table.stage.env.http_requests if each.path == inbox]

    await table.stage.pass_time(30)
    assert arrived() == []
    await table.to_slot()
    told = arrived()
    assert len(told) == 2
    assert all(TITLE in text for text in told)
    assert not any("Dag" in text or str(dag.id) in text for text in told)


async def test_a_closed_inbox(table: Table) -> None:
    """Where the facilitator takes no private messages, whoever told is answered, and nothing breaks."""
    dag, mo = table["Dag"], table["Mo"]
    await table.published(table["Cem"])
    inbox = table.stage.env.backend.get_dm_channel(mo.id).id
    table.stage.env.inject_error("POST", f"/channels/{inbox}/messages", status=403, code=50007, times=None)
    await table.more(dag)
    await dag.press("v-tell")
    await dag.press("v-told", "risk")
    assert dag.text == table.say("told-risk")
    await table.to_slot(slots=2)
    await table.more(dag)
    assert dag.offers("v-tell")


async def test_the_card_was_deleted_by_hand(table: Table) -> None:
    """Somebody deleted post and thread in Discord: its author still finds and withdraws it."""
    cem = table["Cem"]
    card = await table.published(cem)
    backend = table.stage.env.backend
    backend.delete_channel(table.stage.channel.threads[-1].id)
    backend.delete_message(table.stage.channel.id, card.id)
    await cem.command("vignette mine")
    await cem.press("v-more")
    await cem.press("v-continue")
    await cem.fill(text="One more thing.")
    await table.to_slot()
    await cem.command("vignette mine")
    await cem.press("v-more")
    assert table.say("author-lost") in cem.text
    await cem.press("v-withdraw")
    await cem.press("v-withdraw-now", "")
    await table.to_slot()
    assert await table.kept() == []


async def test_the_message_of_the_bot_and_nothing_else(table: Table) -> None:
    """No interaction, no reply, no typing leads from the post to a press."""
    cem = table["Cem"]
    card = await table.published(cem)
    assert card.interaction_metadata is None
    assert card.reference is None
    assert card.author.id == table.stage.bot.user.id  # pyright: ignore[reportOptionalMemberAccess]
    paths = [request.path for request in table.stage.env.http_requests]
    assert not any(path.endswith("/typing") for path in paths)
