"""Several presses, devices or people at one template: nothing is lost, and nothing is done twice."""

from bot.ui.control import Control
from tests.templates.conftest import QUESTION, Shelf, labels
from tests.templates.making import small
from tests.ui.raw import opening, press, send


async def test_two_devices_lose_nothing_of_each_other(shelf: Shelf) -> None:
    """A field that was taken out on one while its form was open on the other is there again."""
    mo, stage = shelf["Mo"], shelf.stage
    await shelf.begin(mo)
    await shelf.add(mo, "One")
    await shelf.add(mo, "Two")
    (kept,) = await stage.bot.desk.template_writing.of(mo.id, shelf.group)
    one, two = kept.sketch.fields[0].key, kept.sketch.fields[1].key
    typed = {"label": "One, changed", "guidance": "As it was.", "kind": "short", "more": "", "marks": []}
    send(stage, mo.id, Control(kept.token, "t-field", one).opened(opening()), typed)
    send(stage, mo.id, Control(kept.token, "t-field", two).opened(opening()), typed | {"label": "Two, too"})
    await stage.env.settle()
    await shelf.reopen(mo)
    assert labels(mo) == ["One, changed", "Two, too", QUESTION]
    press(stage, mo.id, Control(kept.token, "t-out", one))
    await stage.env.settle()
    send(stage, mo.id, Control(kept.token, "t-field", one).opened(opening()), typed)
    gone = press(stage, mo.id, Control(kept.token, "t-move", f"{'f' * 6}.0"))
    await stage.env.settle()
    assert shelf.say("template-field-gone") in gone.text
    await shelf.reopen(mo)
    assert labels(mo) == ["Two, too", "One, changed", QUESTION]


async def test_two_facilitators_at_once_are_asked_whose_stays(shelf: Shelf) -> None:
    """The second one to save learns of the first; nothing goes without a press that says so."""
    mo, bea = shelf["Mo"], shelf["Bea"]
    await shelf.service.save(shelf.group, small())
    for who, title in ((mo, "The first one"), (bea, "The other one")):
        await who.command("template edit", template="short-look")
        assert shelf.say("template-edit-own") in who.text
        await who.press("t-head")
        await who.fill(title=title, when_to_use="Now.", leave_out="Names.")
    await mo.press("t-save")
    assert "Version 2" in mo.text
    await bea.press("t-save")
    assert shelf.say("template-changed") in bea.text
    assert (await shelf.find("short-look")).title == "The first one"
    await shelf.service.save(shelf.group, small(title="The first one, again"))
    await bea.press("t-save", "2")
    assert shelf.say("template-changed") in bea.text
    await bea.press("t-save", "3")
    assert "Version 4" in bea.text
    assert (await shelf.find("short-look")).title == "The other one"


async def test_one_that_was_removed_meanwhile_can_be_put_back(shelf: Shelf) -> None:
    """Whoever was changing it is asked."""
    mo = shelf["Mo"]
    await shelf.service.save(shelf.group, small())
    await mo.command("template edit", template="short-look")
    await shelf.service.remove(shelf.group, "short-look")
    await mo.press("t-save")
    assert shelf.say("template-changed") in mo.text
    await mo.press("t-save", "0")
    assert await shelf.version("short-look") == 1


async def test_two_new_ones_of_one_title_are_two(shelf: Shelf) -> None:
    """A new one never takes the place of another, not of a shipped one either."""
    for who in (shelf["Mo"], shelf["Bea"]):
        await shelf.begin(who, "Rupture")
        await who.press("t-save")
    assert await shelf.service.own(shelf.group) == {"rupture-2", "rupture-3"}


async def test_a_form_sent_twice_adds_one_field(shelf: Shelf) -> None:
    """As Discord does when a phone loses its connection; the same form again changes nothing."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    (kept,) = await shelf.stage.bot.desk.template_writing.of(mo.id, shelf.group)
    control = Control(kept.token, "t-field").opened(opening())
    typed = {"label": "The moment", "guidance": "As it was.", "kind": "short", "more": "", "marks": []}
    for _ in range(2):
        send(shelf.stage, mo.id, control, typed)
    await shelf.stage.env.settle()
    await shelf.reopen(mo)
    assert labels(mo) == ["The moment", QUESTION]
