"""Sharing a template as a file, taking one in, removing one: for those who look after the group."""

from dataclasses import replace

import discord
import pytest

from bot.content.template_files import MOST_BYTES, read_template, write_template
from bot.ui.control import Control
from tests.conftest import OUTSIDER
from tests.templates.conftest import Shelf, labels, pick
from tests.templates.making import small
from tests.ui.raw import opening, press, send
from tests.vignette_flow.table import before, ids_in

SOUND = write_template(small())


async def take_in(shelf: Shelf, text: str | bytes, name: str = "look.toml", who: str = "Mo") -> str:
    """Hand a file in, and say what was answered."""
    content = text if isinstance(text, bytes) else text.encode()
    await shelf[who].command("template import", file=(name, content))
    return shelf[who].text


async def test_what_is_shared_is_taken_in_elsewhere(shelf: Shelf) -> None:
    """The file has the template's name, and is the whole of it."""
    mo, shipped = shelf["Mo"], await shelf.find("five-ps")
    await mo.command("template share", template="five-ps")
    (file,) = before(mo).attachments
    assert file.filename == "five-ps.toml"
    assert before(mo).ephemeral
    assert read_template((await file.read()).decode()) == (shipped, ())


async def test_a_file_becomes_the_groups_own(shelf: Shelf) -> None:
    """At once where there is none of its name; handed in again it changes nothing."""
    for _ in range(2):
        told = await take_in(shelf, SOUND)
        assert shelf.say("template-saved", title="A short look", version=1, instead="no") in told
    assert await shelf.find("short-look") == small()


async def test_a_file_takes_the_place_of_a_shipped_one_of_its_name(shelf: Shelf) -> None:
    """And the answer says so."""
    told = await take_in(shelf, write_template(small("rupture", "Ours")))
    assert shelf.say("template-saved", title="Ours", version=1, instead="yes") in told
    assert (await shelf.find("rupture")).title == "Ours"


async def test_a_file_never_takes_the_place_of_the_groups_own_unasked(shelf: Shelf) -> None:
    """It is shown first, as something to be saved."""
    mo = shelf["Mo"]
    await shelf.service.save(shelf.group, small(title="Ours"))
    assert shelf.say("template-import-known") in await take_in(shelf, SOUND)
    assert (await shelf.find("short-look")).title == "Ours"
    await mo.press("t-save")
    assert (await shelf.find("short-look"), await shelf.version("short-look")) == (small(), 2)


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (SOUND, "look.txt", "template-file-kind"),
        (SOUND, "look.toml.exe", "template-file-kind"),
        (SOUND + "#" * MOST_BYTES, "look.toml", "template-file-long"),
        (b"\xff\xfe" + SOUND.encode("utf-16-le"), "look.toml", "template-file-encoding"),
        (b"\x89PNG\r\n\x1a\n\x00", "look.toml", "template-file-encoding"),
    ],
)
async def test_what_is_no_template_file_is_told_from_one(
    shelf: Shelf, content: str | bytes, name: str, key: str
) -> None:
    """Each in its own sentence, and nothing is kept."""
    values = {"most": 64} if key == "template-file-long" else {}
    assert await take_in(shelf, content, name) == shelf.say(key, **values)
    assert await shelf.service.own(shelf.group) == frozenset()


async def test_a_file_that_is_too_long_is_not_fetched(shelf: Shelf) -> None:
    """Its size is told beforehand."""
    sizes: list[int] = []
    read = discord.Attachment.read

    async def noted(file: discord.Attachment, **how: bool) -> bytes:
        sizes.append(file.size)
        return await read(file, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.Attachment, "read", noted)
        await take_in(shelf, SOUND + "#" * MOST_BYTES)
        await take_in(shelf, SOUND)
    assert sizes == [len(SOUND.encode())]


async def test_a_broken_file_is_answered_field_by_field(shelf: Shelf) -> None:
    """Several things at once, each with the place in the file; nothing of the file is kept."""
    broken = SOUND.replace("A short look", "x" * 46).replace("The moment", "The client's name")
    told = await take_in(shelf, broken)
    assert shelf.say("template-file-broken") in told
    assert "`title`: Shorten this to at most 45 characters." in told
    assert "`fields[moment].label`: “name” may tell who somebody is." in told
    assert await shelf.service.own(shelf.group) == frozenset()
    assert await shelf.table.drafts() == 0


async def test_markup_in_a_broken_file_stays_where_it_is(shelf: Shelf) -> None:
    """Names of fields come from whoever wrote the file."""
    keys = "\n".join(f'"``` ||<@1234567>|| {n} {"y" * 3000}" = 1' for n in range(12))
    told = await take_in(shelf, f"{keys}\n{SOUND}")
    assert shelf.say("template-file-broken") in told
    assert "```" not in told
    assert told.count("`") == 2 * 8
    assert shelf.say("template-more-problems", count=4) in told


async def test_the_groups_own_is_removed_after_a_question(shelf: Shelf) -> None:
    """The shipped one of its name is back; once more, and it says that nothing is there."""
    mo, shipped = shelf["Mo"], await shelf.find("rupture")
    await shelf.service.save(shelf.group, small("rupture", "Ours"))
    await mo.command("template remove", template="rupture")
    assert shelf.say("template-remove-ask", title="Ours", back="yes") in mo.text
    assert (await shelf.find("rupture")).title == "Ours"
    await mo.press("t-remove")
    assert shelf.say("template-removed") in mo.text
    assert await shelf.find("rupture") == shipped
    await mo.command("template remove", template="rupture")
    assert mo.text == shelf.say("template-not-own")


async def test_no_control_tells_what_a_template_is_called(shelf: Shelf) -> None:
    """A control is public, and a name may tell what a group works on."""
    mo = shelf["Mo"]
    await shelf.service.save(shelf.group, small("grief-after-a-murder"))
    for command in ("remove", "edit"):
        await mo.command(f"template {command}", template="grief-after-a-murder")
        assert ids_in(before(mo))
        assert "grief" not in " ".join(ids_in(before(mo)))


@pytest.mark.parametrize("command", ["edit", "share", "remove"])
async def test_one_that_is_not_there_has_its_sentence(shelf: Shelf, command: str) -> None:
    """Typed by hand, or removed by somebody else since the list was shown."""
    await shelf["Mo"].command(f"template {command}", template="no such form")
    assert shelf["Mo"].text == shelf.say("template-gone")


async def test_the_list_offers_what_fits(shelf: Shelf) -> None:
    """By title or by what it is for; to be removed, the group's own alone. A title typed whole will do."""
    await shelf.service.save(shelf.group, small("rupture", "Ours"))
    member, channel = shelf["Mo"].member, shelf.stage.channel
    found = await member.autocomplete(channel, "template edit", "template", "interpreter")
    assert [each["value"] for each in found] == ["cultural-lens"]
    everything = await member.autocomplete(channel, "template share", "template", "")
    assert len(everything) == 12
    own = await member.autocomplete(channel, "template remove", "template", "")
    assert [each["value"] for each in own] == ["rupture"]
    await shelf["Mo"].command("template edit", template="ours")
    assert shelf.say("template-edit-own") in shelf["Mo"].text


@pytest.mark.parametrize("who", ["Cem", OUTSIDER])
async def test_only_those_who_look_after_the_group_may(shelf: Shelf, who: str) -> None:
    """Every command and its one lasting control refuse anybody else, and the lists stay empty for them."""
    actor, stage, refused = shelf[who], shelf.stage, shelf.say("only-steward")
    await shelf.service.save(shelf.group, small())
    (kept,) = await shelf.service.kept(shelf.group)
    await actor.command("template new")
    assert actor.text == refused
    for command in ("edit", "share", "remove"):
        await actor.command(f"template {command}", template="short-look")
        assert actor.text == refused, command
    assert await take_in(shelf, SOUND, who=who) == refused
    assert await actor.member.autocomplete(stage.channel, "template edit", "template", "") == []
    asked = press(stage, actor.id, Control(kept.token, "t-remove"))
    typed = {"title": "Mine", "when-to-use": "Now.", "leave-out": "Names."}
    sent = send(stage, actor.id, Control("a" * 16, "template").opened(opening()), typed)
    await stage.env.settle()
    assert refused in asked.text
    assert refused in sent.text
    assert await shelf.service.own(shelf.group) == {"short-look"}


async def test_who_no_longer_facilitates_can_not_save(shelf: Shelf) -> None:
    """What they wrote stays theirs until its days are over."""
    bea, desk = shelf["Bea"], shelf.stage.bot.desk
    await shelf.begin(bea)
    async with desk.ground.writing() as store:
        await store.groups.save(replace(shelf.group, facilitators=(shelf["Mo"].id,)), desk.ground.today)
    await bea.press("t-save")
    assert bea.text == shelf.say("only-steward")
    assert await shelf.service.own(shelf.group) == frozenset()
    assert await shelf.table.drafts() == 1


async def test_a_template_in_use_elsewhere_is_edited_as_it_was_shared(shelf: Shelf) -> None:
    """A file with every kind of field opens in the forms that write one, and comes out the same."""
    for id_ in ("my-client-looks-after-me", "ethical-dilemma"):
        mo, shipped = shelf["Mo"], await shelf.find(id_)
        await mo.command("template edit", template=id_)
        for label in (shipped.fields[0].label, shipped.fields[1].label):
            await pick(mo, label)
            await mo.press("t-list")
        assert labels(mo) == [each.label for each in shipped.fields]
        await mo.press("t-save")
        assert await shelf.find(id_) == shipped
        assert await shelf.version(id_) == 1
