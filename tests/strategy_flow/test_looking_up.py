"""`/strategy` by its users: each way in, each strategy, and back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.content.library import Library
from bot.content.models import SITUATIONS, Strategy
from bot.rehearsal.stage import message_text
from bot.storage import tables
from bot.ui.strategies import ABOUT, FITS
from tests.session.test_canary import in_plain_columns
from tests.strategy_flow.offered import offered, primary
from tests.ui.raw import press
from tests.vignette_flow.table import Table, before
from tests.vignettes.shelf import rows_of

CANARY = "Zaunkoenigsgezwitscher"


async def every_row(table: Table) -> dict[str, list[dict[str, Any]]]:
    desk = table.stage.bot.desk
    return {each.name: await rows_of(desk, each) for each in tables.metadata.sorted_tables}


def says_all_of(text: str, strategy: Strategy) -> bool:
    parts = (strategy.name, strategy.when, *strategy.wording, strategy.caution, strategy.source)
    return all(part in text for part in parts)


async def test_browsing_offers_everything(table: Table, library: Library) -> None:
    """Six mechanisms, eight situations, and the four texts of the frame."""
    bea = table["Bea"]
    await bea.command("strategy browse")
    assert offered(bea, FITS) == [one.id for one in library.mechanisms]
    assert offered(bea, ABOUT) == list(SITUATIONS)
    for text in library.frame:
        assert bea.offers("s-frame", text.id)
    assert primary(bea) == 1


async def test_every_strategy_opens_from_its_lists(table: Table, library: Library) -> None:
    """Each of the 26, whole, from every list that it stands in; *Back* leads to that list, and further."""
    bea, opened = table["Bea"], set[str]()
    await bea.command("strategy browse")
    lists = [(FITS, one.id, library.strategies_for([one.id])) for one in library.mechanisms]
    lists += [(ABOUT, each, library.strategies_in(each)) for each in SITUATIONS]
    for verb, id_, found in lists:
        await bea.choose(verb, id_)
        assert offered(bea, "s-open") == [one.id for one in found]
        assert all(one.name in bea.text and one.when in bea.text for one in found)
        assert primary(bea) == 1
        for one in found:
            await bea.choose("s-open", one.id)
            assert says_all_of(bea.text, one)
            assert all(
                library.mechanism(each).name in bea.text or len(one.mechanisms) == len(library.mechanisms)
                for each in one.mechanisms
            )
            assert all(table.say(f"situation-{each}") in bea.text for each in one.situations)
            assert "/remind me" in bea.text
            assert primary(bea) == 1
            opened.add(one.id)
            await bea.press(verb, id_)
            assert offered(bea, "s-open") == [each.id for each in found]
        await bea.press("s-browse")
    assert opened == {one.id for one in library.strategies}
    assert len(opened) == 26


async def test_the_frame_opens_and_leads_back(table: Table, library: Library) -> None:
    """Each text whole, with its source; *Back* leads to the lists."""
    bea = table["Bea"]
    await bea.command("strategy browse")
    for text in library.frame:
        await bea.press("s-frame", text.id)
        assert text.name in bea.text
        assert text.text.strip() in bea.text
        assert text.source in bea.text
        await bea.press("s-browse")
    assert offered(bea, FITS)


async def test_all_of_it_is_private(table: Table) -> None:
    """Nobody else sees what somebody looks up, and nothing is posted."""
    bea, posts = table["Bea"], len(table.stage.posts(table.stage.channel))
    typed: dict[str, dict[str, object]] = {
        "browse": {},
        "show": {"name": "Keep the time"},
        "search": {"words": "gift"},
    }
    for name, options in typed.items():
        shown = await bea.command(f"strategy {name}", None, **options)
        assert shown.ephemeral
    await bea.choose("s-open", "agree-and-note")
    assert len([each for each in table.stage.posts(table.stage.channel) if not each.flags.ephemeral]) == posts


async def test_a_strategy_is_shown_by_its_name(table: Table, strategy: Strategy) -> None:
    """As it is called, or by what the list put in; *All strategies* leads on."""
    bea = table["Bea"]
    for typed in (strategy.name, strategy.id):
        await bea.command("strategy show", name=typed)
        assert says_all_of(bea.text, strategy)
    await bea.press("s-browse")
    assert offered(bea, FITS)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Permision to recieve", "Permission to receive"), ("slow moment", "Slow the moment down")],
)
async def test_a_slip_in_a_name_opens_it(table: Table, typed: str, name: str) -> None:
    """What can mean one alone is that one."""
    bea = table["Bea"]
    await bea.command("strategy show", name=typed)
    assert f"## {name}" in bea.text
    assert not offered(bea, "s-open")


async def test_a_name_that_could_be_several_is_asked_about(table: Table) -> None:
    """Those that are called so, and where none is, those that come near."""
    bea = table["Bea"]
    await bea.command("strategy show", name="say")
    assert bea.text.startswith(table.say("strategies-which"))
    assert offered(bea, "s-open") == ["restate-the-frame", "contact-between-sessions"]
    await bea.command("strategy show", name="the gift one")
    assert bea.text.startswith(table.say("strategies-not-called-so"))
    assert offered(bea, "s-open")[0] == "receive-explore-decide"


async def test_names_are_offered_while_they_are_typed(table: Table, library: Library) -> None:
    """Those that were begun; with a slip too; where none is called so, those that are about it."""
    bea, channel = table["Bea"].member, table.stage.channel

    async def choices(typed: str) -> list[str]:
        return [each["value"] for each in await bea.autocomplete(channel, "strategy show", "name", typed)]

    assert len(await choices("")) == 25
    assert await choices("perm") == ["permission-to-receive"]
    assert await choices("Permision") == ["permission-to-receive"]
    assert (await choices("holidays"))[0] == "prepare-a-break"
    assert await choices("xyzzy") == []
    named = await bea.autocomplete(channel, "strategy show", "name", "perm")
    assert named[0]["name"] == library.strategy("permission-to-receive").name


async def test_what_was_searched_for_stays_while_one_looks(table: Table, library: Library) -> None:
    """A strategy opens below the list, so that the next one is a tap away."""
    bea = table["Bea"]
    await bea.command("strategy search", words="giftt")
    assert bea.text.startswith(table.say("strategies-found"))
    found = before(bea)
    assert offered(bea, "s-open") == ["receive-explore-decide", "permission-to-receive", "agree-and-note"]
    for id_ in ("agree-and-note", "permission-to-receive"):
        await bea.choose("s-open", id_, on=found)
        assert says_all_of(bea.text, library.strategy(id_))
        assert before(bea).id != found.id
    assert table.say("strategies-found") in message_text(found)
    await bea.press("s-browse")
    assert offered(bea, FITS)


@pytest.mark.parametrize("command", [("show", "name"), ("search", "words")])
async def test_nothing_found_says_where_to_look(table: Table, command: tuple[str, str]) -> None:
    """A sentence, and the way to all of them."""
    bea, (name, option) = table["Bea"], command
    typed: dict[str, object] = {option: "xyzzy"}
    await bea.command(f"strategy {name}", None, **typed)
    assert bea.text == table.say("strategies-nothing")
    await bea.press("s-browse")
    assert offered(bea, FITS)


def without(library: Library, id_: str) -> Library:
    return replace(library, strategies=tuple(one for one in library.strategies if one.id != id_))


async def test_a_strategy_that_is_gone_is_said_to_be(table: Table, library: Library) -> None:
    """The list on the screen is older than the library: a sentence, and the list stays."""
    bea = table["Bea"]
    await bea.command("strategy browse")
    await bea.choose(ABOUT, "gifts")
    found = before(bea)
    table.stage.bot.desk.ground.libraries["en"] = without(library, "agree-and-note")  # pyright: ignore[reportIndexIssue]
    await bea.choose("s-open", "agree-and-note")
    assert bea.text == table.say("strategy-gone")
    await bea.choose("s-open", "permission-to-receive", on=found)
    assert says_all_of(bea.text, library.strategy("permission-to-receive"))
    await bea.press(ABOUT, "gifts")
    assert "agree-and-note" not in offered(bea, "s-open")


@pytest.mark.parametrize("control", ["s-fits:gifts", "s-about:transference", "s-about:", "s-frame:nothing"])
async def test_what_was_never_offered_is_refused(table: Table, control: str) -> None:
    """A custom_id made by hand leads nowhere."""
    asked = press(table.stage, table["Bea"].id, f"6:{'0' * 16}:{control}")
    await table.stage.env.settle()
    assert asked.text == table.say("control-stale")


async def test_anyone_may_anywhere(table: Table, library: Library) -> None:
    """Who has accepted no charter, and where there is no group: the library belongs to nobody."""
    elsewhere = table.stage.guild.create_text_channel("corridor")
    for who, where in (
        (table["Ola"], table.stage.channel),
        (table["Ola"], elsewhere),
        (table["Mo"], elsewhere),
    ):
        await who.command("strategy browse", where)
        await who.choose(FITS, "transference", on=before(who))
        await who.choose("s-open", "link-to-then", on=before(who))
        assert says_all_of(who.text, library.strategy("link-to-then"))
        await who.command("strategy search", where, words="sik")
        assert offered(who, "s-open")
        await who.command("strategy show", where, name="keep the time")
        assert says_all_of(who.text, library.strategy("keep-the-time"))
        choices = await who.member.autocomplete(where, "strategy show", "name", "keep")
        assert [each["value"] for each in choices] == ["keep-the-time"]


async def test_after_a_restart_the_list_still_opens(table: Table, library: Library) -> None:
    """Nothing of it is held in memory."""
    bea = table["Bea"]
    await bea.command("strategy browse")
    await bea.choose(ABOUT, "breaks")
    await table.stage.restart()
    await bea.choose("s-open", "refer-on")
    assert says_all_of(bea.text, library.strategy("refer-on"))


async def test_what_is_looked_for_is_kept_nowhere(table: Table, bot_log: Callable[[], str]) -> None:
    """Not in the database, not in the log, and not in anything that the bot sends."""
    stage, bea = table.stage, table["Bea"]
    sent = len(stage.env.http_requests)
    await bea.command("strategy search", words=f"{CANARY} gift")
    assert offered(bea, "s-open")
    await bea.choose("s-open", "agree-and-note")
    await bea.command("strategy show", name=f"{CANARY} gift")
    await bea.member.autocomplete(stage.channel, "strategy show", "name", CANARY)
    await stage.pass_time(60)
    database = stage.settings.data_dir / "sixfold.db"
    assert in_plain_columns(database, [CANARY]) == []
    assert CANARY.encode() not in b"".join(
        file.read_bytes() for file in stage.settings.data_dir.iterdir() if file.is_file()
    )
    assert not any(CANARY in str(each.json) for each in stage.env.http_requests[sent:])
    assert CANARY not in bot_log()


async def test_looking_something_up_writes_nothing(table: Table) -> None:
    """Whoever only reads leaves no trace: every table is as it was."""
    bea, stage = table["Bea"], table.stage
    dumped = await every_row(table)
    await bea.command("strategy browse")
    await bea.choose(ABOUT, "gifts")
    await bea.choose("s-open", "agree-and-note")
    await bea.command("strategy search", words="gift")
    await bea.command("strategy show", name="say")
    await stage.pass_time(60)
    assert await every_row(table) == dumped
