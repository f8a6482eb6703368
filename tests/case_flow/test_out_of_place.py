"""What is not where it was: forms, threads, cards, groups, and people who are not of the group yet."""

import discord

from bot.content.models import Template
from bot.rehearsal.stage import message_text
from bot.services.access import Caller
from tests.case_flow.desk import BEHAVIOUR, FIRST, FORM, Cases, controls, fields, values
from tests.services.evening import ZONE
from tests.ui.raw import press, run, send
from tests.vignette_flow.table import before, ids_in


def own_form(template: Template, label: str = "What does she do?") -> Template:
    """The group's own of the same id, with another first question."""
    first = template.fields[0].model_copy(update={"id": "her-way", "label": label})
    return template.model_copy(update={"fields": (first, *template.fields[1:])})


async def test_a_form_that_the_group_changes_meanwhile(cases: Cases) -> None:
    """It is finished as it was begun, and says so; `/case present` opens the new one beside it."""
    bea, desk, group = cases["Bea"], cases.stage.bot.desk, await cases.group()
    shipped = await desk.templates.find(group, FORM)
    await cases.begin(bea)
    await desk.templates.save(group, own_form(shipped))
    await bea.command("case drafts")
    await bea.press("c-pages")
    assert cases.say("case-form-changed") in bea.text
    await bea.press("c-page", "0")
    assert values(bea)["behaviour"] == BEHAVIOUR
    await bea.fill(**FIRST)
    await bea.command("case present", template=FORM)
    assert "her-way" in fields(bea)
    await bea.fill(her_way="She is early.")
    assert len(await cases.drafts()) == 2
    first = next(token for token, each in (await cases.drafts()).items() if each.template == shipped)
    await cases.again("Bea", f"6:{first}:c-page:2")
    await cases.stage.bot.desk.templates.remove(group, FORM)
    told = await cases.again("Bea", f"6:{first}:c-pages:")
    assert cases.say("case-form-changed") not in told.text


async def test_a_form_that_is_removed_meanwhile(cases: Cases) -> None:
    """It is posted from the form that it was begun in, and edited in it afterwards."""
    bea, desk, group = cases["Bea"], cases.stage.bot.desk, await cases.group()
    shipped = await desk.templates.find(group, "free-telling")
    own = shipped.model_copy(update={"id": "our-own", "title": "Our own"})
    await desk.templates.save(group, own)
    await bea.command("case present", template="our own")
    form = fields(bea)
    assert "telling" in form
    await desk.templates.remove(group, "our-own")
    await bea.fill(telling="She was early, and sorry for it.", moment="A pause.", how_it_stays="0")
    await bea.command("case drafts")
    await bea.press("c-pages")
    assert cases.say("case-form-gone") in bea.text
    await bea.press("c-look")
    await bea.press("c-next")
    await bea.press("c-post")
    await cases.stage.pass_time(5)
    assert "Our own" in message_text(cases.card())
    await bea.press("k-more", on=cases.card())
    await bea.press("k-edit")
    await bea.press("c-page", "0")
    assert values(bea)["moment"] == "A pause."
    await bea.command("case present", template="our-own")
    assert bea.text == cases.say("template-gone")


async def test_a_form_opened_and_left_is_nothing_to_find(cases: Cases) -> None:
    """However often: no draft in the list, none too many, and the next one opens."""
    bea = cases["Bea"]
    for template in [each.id for each in cases.stage.library.templates]:
        for _ in range(2):
            await bea.command("case present", template=template)
            assert fields(bea)
    await bea.command("case drafts")
    assert bea.text == cases.say("case-drafts-none")
    assert len(await cases.drafts()) <= 8


async def test_too_many_begun(cases: Cases) -> None:
    """Eight at a time: a sentence that says what to do; with one of them gone the next one opens."""
    bea = cases["Bea"]
    for _ in range(8):
        await cases.begin(bea)
    await bea.command("case present", template=FORM)
    assert bea.text == cases.say("case-too-many", most=8)
    assert len(await cases.drafts()) == 8
    await bea.command("case drafts")
    assert len(controls(bea, "c-pages")) == 8
    await cases["Cem"].command("case present", template=FORM)
    assert fields(cases["Cem"])
    await cases.stage.bot.desk.drafts.drop(controls(bea, "c-pages")[0].split(":")[1], bea.id)
    await bea.command("case present", template=FORM)
    assert fields(bea)


async def test_a_thread_deleted_by_hand(cases: Cases) -> None:
    """Its presenter is told once there is something to show in it, nothing loops, and it can be withdrawn."""
    bea, stage = cases["Bea"], cases.stage
    card = await cases.posted(bea)
    stage.env.backend.delete_channel(stage.channel.threads[0].id)
    await cases["Cem"].press("k-ask", on=card)
    await cases["Cem"].fill(text="How long?")
    await bea.press("k-more", on=card)
    await bea.press("k-reply")
    await bea.fill(text="Two years.")
    await stage.pass_time(5)
    heard = len(stage.env.http_requests)
    await stage.pass_time(7200)
    assert len(stage.env.http_requests) - heard <= 2
    await bea.press("k-more", on=card)
    assert cases.say("case-lost") in bea.text
    await bea.command("case list")
    assert "gone from Discord" in bea.text
    await bea.press("k-more", on=card)
    await bea.press("k-withdraw")
    await bea.press("k-withdraw-now")
    await stage.pass_time(5)
    assert cases.cards() == []
    assert await cases.kept() == []


async def test_a_card_deleted_by_hand(cases: Cases) -> None:
    """The next change finds out; the list leads nobody to it, but its presenter to what is left of it."""
    bea, stage = cases["Bea"], cases.stage
    card = await cases.posted(bea)
    stage.env.backend.delete_message(stage.channel.id, card.id)
    await bea.command("case close")
    assert bea.offers("k-more")
    await bea.press("k-close")
    await bea.fill(tried="0", what_happened="I told her.")
    await stage.pass_time(5)
    heard = len(stage.env.http_requests)
    await stage.pass_time(7200)
    assert len(stage.env.http_requests) == heard
    [case] = await cases.kept()
    assert (case.status, case.lost) == ("closed", True)
    assert "I told her." in "".join(cases.said())
    for who in ("Cem", "Bea"):
        await cases[who].command("case list")
        assert str(card.id) not in cases[who].text
        assert cases[who].offers("k-more") == (who == "Bea")
    await bea.press("k-more")
    assert cases.say("case-lost") in bea.text
    await bea.press("k-withdraw")
    await bea.press("k-withdraw-now")
    await stage.pass_time(5)
    assert stage.channel.threads == []
    assert await cases.kept() == []


async def test_before_the_charter(cases: Cases) -> None:
    """Somebody new reads the charter first, by command or button; then the button goes on."""
    ola = cases["Ola"]
    card = await cases.posted(cases["Bea"])
    for command in ("present", "drafts", "list", "close"):
        await ola.command(f"case {command}")
        assert cases.stage.library.charter in ola.text, command
    await ola.press("k-ask", on=card)
    assert cases.stage.library.charter in ola.text
    accept = next(each for each in ids_in(before(ola)) if ":accept" in each or "charter" in each)
    await cases.again("Ola", accept)
    await ola.press("k-ask", on=card)
    await ola.fill(text="How long?")
    assert ola.text == cases.say("case-ask-done")


async def test_from_another_server(cases: Cases) -> None:
    """Controls copied there do nothing, and their answer says nothing of the case."""
    bea, stage = cases["Bea"], cases.stage
    card = await cases.posted(bea)
    await bea.press("k-more", on=card)
    copied = {*ids_in(card), *ids_in(before(bea))}
    guild = stage.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("supervision")
    guild.add_member(bea.member.user)
    desk = stage.bot.desk
    caller = Caller(bea.id, guild.id, channel.id, manages_server=True)
    group = await desk.groups.set_up(caller, ZONE, "en", "14", (bea.id,))
    await desk.groups.accept_charter(group.token, caller)
    told = [press(stage, bea.id, each, channel=channel.id, guild=guild.id) for each in sorted(copied)]
    form = send(
        stage,
        bea.id,
        f"{card_control(card)}!0a0a0a0a",
        {"text": "How long?"},
        channel=channel.id,
        guild=guild.id,
    )
    await stage.env.settle()
    assert {each.text for each in told} == {cases.say("case-gone")}
    assert cases.say("case-gone") in form.text
    assert len(await cases.kept()) == 1
    # What is begun in one group is neither found nor counted in another.
    await cases.begin(bea)
    there = run(stage, bea.id, "case drafts", channel=channel.id, guild=guild.id)
    await stage.env.settle()
    assert there.text == cases.say("case-drafts-none")


def card_control(card: discord.Message) -> str:
    return next(each for each in ids_in(card) if ":k-ask:" in each)


async def test_where_there_is_no_group(cases: Cases) -> None:
    """In another channel, in a direct message: a sentence, and no form."""
    bea, stage = cases["Bea"], cases.stage
    await cases.posted(bea)
    other = stage.guild.create_text_channel("garden")
    for command in ("present", "drafts", "list", "close"):
        told = run(stage, bea.id, f"case {command}", channel=other.id)
        await stage.env.settle()
        assert told.text == cases.say("no-group-here"), command
    # A thread of its channel is the group's too.
    told = run(stage, bea.id, "case list", channel=stage.channel.threads[0].id)
    await stage.env.settle()
    assert "My client looks after me" in told.text
    assert await bea.member.autocomplete(other, "case present", "template", "end") == []
    private = await stage.bot.create_dm(discord.Object(bea.id))  # type: ignore[arg-type]
    told = run(stage, bea.id, "case list", channel=private.id, guild=None)
    pressed = press(stage, bea.id, card_control(cases.card()), channel=private.id, guild=None)
    await stage.env.settle()
    assert {told.text, pressed.text} == {cases.say("server-only")}


async def test_a_draft_is_posted_in_its_own_group_alone(cases: Cases) -> None:
    """Its controls, pressed in the channel of another group of the server, take it nowhere."""
    bea, stage = cases["Bea"], cases.stage
    desk = stage.bot.desk
    other = stage.guild.create_text_channel("garden")
    caller = Caller(bea.id, stage.guild.id, other.id, manages_server=True)
    group = await desk.groups.set_up(caller, ZONE, "en", "14", (bea.id,))
    await desk.groups.accept_charter(group.token, caller)
    await cases.to_preview(bea)
    [post] = controls(bea, "c-post")
    told = press(stage, bea.id, post, channel=other.id)
    await stage.env.settle()
    assert told.text == cases.say("draft-gone")
    [token] = await cases.drafts()
    form = press(stage, bea.id, f"6:{token}:c-page:0", channel=other.id)
    await stage.env.settle()
    assert form.text == cases.say("draft-gone")
    assert await desk.cases.of_group(group) == []
    await bea.press("c-post")
    assert len(await cases.kept()) == 1
