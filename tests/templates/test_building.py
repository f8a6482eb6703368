"""Writing a template by forms: nothing typed is lost, and nothing counts before it is saved."""

import pytest

from bot.services.ground import SECONDS_A_DAY
from bot.services.template_writing import ROOM
from bot.ui.control import Control
from tests.templates.conftest import QUESTION, Shelf, labels, move, pick
from tests.templates.making import small
from tests.ui.raw import opening, press, send
from tests.vignette_flow.table import before, offers_in


async def test_from_the_first_form_to_the_list(shelf: Shelf) -> None:
    """Title and notes, a field of each kind before the question, and *Save*."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    assert shelf.say("template-begun") in mo.text
    await shelf.add(mo, more="A cup was\npushed across.", marks=["needed"])
    await shelf.add(mo, "How often?", kind="choice", more="Once\n\n Now and  then \nAlways")
    await shelf.add(mo, "How full are you?", kind="scale", more="0\n1\n2", marks=["alone"])
    await shelf.add(mo, "One word", kind="short")
    assert labels(mo) == ["The moment", "How often?", "How full are you?", "One word", QUESTION]
    await mo.press("t-save")
    assert "Version 1" in mo.text
    made = await shelf.find("a-short-look")
    assert (made.title, made.when_to_use, made.leave_out) == (
        "A short look",
        "When there is little time.",
        "Names.",
    )
    moment, often, full, word, question = made.fields
    assert (moment.id, moment.kind, moment.example) == ("the-moment", "paragraph", "A cup was pushed across.")
    assert (moment.required, moment.shared, moment.max_length) == (True, True, ROOM["paragraph"])
    assert (often.kind, often.options, often.required) == (
        "choice",
        ("Once", "Now and then", "Always"),
        False,
    )
    assert (full.kind, full.options, full.shared) == ("scale", ("0", "1", "2"), False)
    assert (word.kind, word.max_length) == ("short", ROOM["short"])
    assert question == (await shelf.find("my-client-looks-after-me")).fields[-1]
    assert await shelf.table.drafts() == 0


async def test_a_restart_in_the_middle_loses_nothing(shelf: Shelf) -> None:
    """Between any two presses, with a form open as well; `/template new` leads back to it too."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    await shelf.stage.restart()
    await mo.press("t-field")
    await shelf.stage.restart()
    await mo.fill(label="The moment", guidance="As it was.", kind="short", more="", marks=[])
    await shelf.stage.restart()
    await pick(mo, "The moment")
    await shelf.stage.restart()
    await mo.command("template new")
    assert shelf.say("template-unfinished", title="A short look") in mo.text
    await mo.press("t-list")
    assert labels(mo) == ["The moment", QUESTION]
    await mo.press("t-save")
    assert len((await shelf.find("a-short-look")).fields) == 2


async def test_fields_are_changed_moved_and_taken_out(shelf: Shelf) -> None:
    """Each on its own screen; at the ends there is no way further."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    for label in ("One", "Two", "Three"):
        await shelf.add(mo, label)
    await pick(mo, "Two")
    await move(mo, 0)
    assert not mo.offers("t-move", offers_in(before(mo), "t-move")[0])
    await mo.press("t-list")
    assert labels(mo) == ["Two", "One", "Three", QUESTION]
    await pick(mo, "Three")
    await move(mo, 3)
    await mo.press("t-list")
    assert labels(mo) == ["Two", "One", QUESTION, "Three"]
    await pick(mo, "One")
    await mo.press("t-out")
    assert labels(mo) == ["Two", QUESTION, "Three"]
    await pick(mo, "Two")
    await mo.press("t-field")
    await mo.fill(label="The second", guidance="Anew.", kind="choice", more="a\nb", marks=["needed", "alone"])
    assert labels(mo) == ["The second", QUESTION, "Three"]
    await mo.press("t-head")
    await mo.fill(title="Another look", when_to_use="Always.", leave_out="Places.")
    await mo.press("t-save")
    made = await shelf.find("another-look")
    assert (made.when_to_use, made.leave_out) == ("Always.", "Places.")
    assert (made.fields[0].guidance, made.fields[0].options) == ("Anew.", ("a", "b"))
    assert (made.fields[0].required, made.fields[0].shared) == (True, False)


async def test_a_form_opens_with_what_was_typed(shelf: Shelf) -> None:
    """To change a word of it, nothing has to be typed again."""
    mo = shelf["Mo"]
    await shelf.begin(mo, "A short look")
    await shelf.add(mo, "How often?", kind="choice", more="Once\nAlways", marks=["alone"])
    (token,) = {each.token for each in await shelf.stage.bot.desk.template_writing.of(mo.id, shelf.group)}
    (key,) = [
        each.key
        for sketch in await shelf.stage.bot.desk.template_writing.of(mo.id, shelf.group)
        for each in sketch.sketch.fields
        if each.label == "How often?"
    ]
    asked = press(shelf.stage, mo.id, Control(token, "t-field", key))
    await shelf.stage.env.settle()
    assert asked.filled == {
        "label": "How often?",
        "guidance": "As a camera would see it.",
        "more": "Once\nAlways",
    }
    chosen = [
        option["value"]
        for part in asked.form["components"]
        for option in part["component"].get("options", ())
        if option.get("default")
    ]
    assert chosen == ["choice", "alone"]
    head = press(shelf.stage, mo.id, Control(token, "t-head"))
    await shelf.stage.env.settle()
    assert head.filled["title"] == "A short look"


async def test_a_preview_is_the_real_form_and_keeps_nothing(shelf: Shelf) -> None:
    """Six fields are two pages; what is typed there is gone."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    for number in range(5):
        await shelf.add(mo, f"Field {number}")
    assert sorted(offers_in(before(mo), "t-page")) == ["0", "1"]
    await mo.press("t-page", "1")
    assert mo.shown is not None
    assert mo.shown.modal is not None
    assert mo.shown.modal["title"] == "A short look · 2 of 2"
    await mo.fill(question="Is this kept?")
    assert shelf.say("template-looked") in mo.text
    assert await shelf.service.own(shelf.group) == frozenset()
    await mo.press("t-save")
    assert "Is this kept?" not in (await shelf.find("a-short-look")).model_dump_json()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"label": "The client's name"}, "1. “The client's name”, the question"),
        ({"guidance": "Date of birth?"}, "1. “The moment”, the line of help"),
        ({"kind": "choice", "more": "Only one"}, "two to ten options"),
        ({"kind": "choice", "more": "\n".join("abcdefghijk")}, "at most 10"),
        ({"kind": "scale", "more": "a\na"}, "stands here twice"),
        ({"kind": "choice", "more": f"a\n{'x' * 101}"}, "at most 100 characters"),
        ({"more": "x" * 101}, "at most 100 characters"),
        ({"label": " ", "guidance": "\n"}, "it is empty"),
    ],
)
async def test_what_can_not_be_saved_is_told_by_its_field_and_kept(
    shelf: Shelf, typed: dict[str, str], words: str
) -> None:
    """On every screen until it is put right, and nothing of what was typed is lost."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    await mo.press("t-field")
    await mo.fill(
        **{"label": "The moment", "guidance": "As it was.", "kind": "short", "more": "", "marks": [], **typed}
    )
    assert words in mo.text
    assert not mo.offers("t-page")
    await mo.press("t-save")
    assert words in mo.text
    assert await shelf.service.own(shelf.group) == frozenset()
    (kept,) = await shelf.stage.bot.desk.template_writing.of(mo.id, shelf.group)
    field = kept.sketch.fields[0]
    assert field.label == typed.get("label", "The moment").strip()
    assert "\n".join(field.options) or field.example == typed.get("more", "")
    key = kept.sketch.fields[0].key
    asked = send(
        shelf.stage,
        mo.id,
        Control(kept.token, "t-field", key).opened(opening()),
        {"label": "The moment", "guidance": "As it was.", "kind": "short", "more": "", "marks": []},
    )
    await shelf.stage.env.settle()
    assert shelf.say("template-to-put-right") not in asked.text


NUMBER = "Call 020 7946 0958"
HEAD = {"title": "A short look", "when-to-use": "Now.", "leave-out": "Names."}
FIELD = {"label": "The moment", "guidance": "As it was.", "kind": "short", "more": "", "marks": []}


async def test_what_points_to_a_person_is_held_before_it_is_kept(shelf: Shelf) -> None:
    """The group reads all of it: each text of each form is looked through, and comes back whole."""
    mo, stage = shelf["Mo"], shelf.stage
    await shelf.begin(mo)
    (kept,) = await stage.bot.desk.template_writing.of(mo.id, shelf.group)
    verbs = {name: verb for name, verb in stage.bot.desk.router.verbs.items() if name.startswith("t-")}
    verbs["template"] = stage.bot.desk.router.verbs["template"]
    checked = {name: verb.checked for name, verb in verbs.items() if verb.submit and name != "t-page"}
    assert checked.keys() == {"template", "t-head", "t-field"}
    for name, places in checked.items():
        whole = FIELD if name == "t-field" else HEAD
        assert set(places) == set(whole) - {"kind", "marks"}
        for number, place in enumerate(places):
            token = f"{number:016x}" if name == "template" else kept.token
            before = await stage.bot.desk.template_writing.of(mo.id, shelf.group)
            typed = {**whole, place: f"A line. {NUMBER}"}
            asked = send(stage, mo.id, Control(token, name).opened(opening()), typed)
            await stage.env.settle()
            assert shelf.say("text-refused") in asked.text, (name, place)
            assert await stage.bot.desk.template_writing.of(mo.id, shelf.group) == before
            again = press(stage, mo.id, asked.control("edit"))
            await stage.env.settle()
            assert again.filled[place] == f"A line. {NUMBER}", (name, place)
            taken = send(stage, mo.id, again.form["custom_id"], {**whole, place: "A line."})
            await stage.env.settle()
            assert "A line." in str(await stage.bot.desk.template_writing.of(mo.id, shelf.group))
            assert shelf.say("given-back") not in taken.text, (name, place)


async def test_a_form_without_fields_can_not_be_saved(shelf: Shelf) -> None:
    """Not even the question has to stay, but something has to."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    await pick(mo, QUESTION)
    await mo.press("t-out")
    assert shelf.say("template-no-fields") in mo.text
    assert shelf.say("template-part-fields") in mo.text
    await mo.press("t-save")
    assert await shelf.service.own(shelf.group) == frozenset()


async def test_twenty_fields_fit_and_no_more(shelf: Shelf) -> None:
    """There is no button for one more; a form that was open all the while comes back with what was typed."""
    mo = shelf["Mo"]
    await shelf.begin(mo)
    for number in range(19):
        await shelf.add(mo, f"Field {number}")
    assert len(labels(mo)) == 20
    assert not mo.offers("t-field")
    (kept,) = await shelf.stage.bot.desk.template_writing.of(mo.id, shelf.group)
    typed = {"label": "One more", "guidance": "As it was.", "kind": "short", "more": "x", "marks": []}
    asked = send(shelf.stage, mo.id, Control(kept.token, "t-field").opened(opening()), typed)
    await shelf.stage.env.settle()
    assert shelf.say("template-full", most=20) in asked.text
    assert "One more" in asked.text
    again = press(shelf.stage, mo.id, asked.control("edit"))
    await shelf.stage.env.settle()
    assert again.filled["label"] == "One more"
    await mo.press("t-save")
    assert len((await shelf.find("a-short-look")).fields) == 20


async def test_a_change_to_a_shipped_one_is_the_groups_own(shelf: Shelf) -> None:
    """Under its id and with its fields' ids, room and all; before it is saved nobody sees it."""
    mo, shipped = shelf["Mo"], await shelf.find("rupture")
    await mo.command("template edit", template="rupture")
    assert shelf.say("template-edit-shipped") in mo.text
    await pick(mo, shipped.fields[0].label)
    await mo.press("t-field")
    first = shipped.fields[0]
    await mo.fill(label="What tore?", guidance=first.guidance, kind=first.kind, more="", marks=["needed"])
    assert await shelf.find("rupture") == shipped
    await mo.press("t-save")
    assert shelf.say("template-saved", title=shipped.title, version=1, instead="yes") in mo.text
    made = await shelf.find("rupture")
    assert [each.id for each in made.fields] == [each.id for each in shipped.fields]
    assert made.fields[0].label == "What tore?"
    assert made.fields[0].max_length == first.max_length
    assert made.fields[1:] == shipped.fields[1:]


async def test_a_change_that_was_begun_goes_on(shelf: Shelf) -> None:
    """The command leads to where it was left; thrown away, it begins anew."""
    mo = shelf["Mo"]
    await mo.command("template edit", template="rupture")
    await pick(mo, labels(mo)[0])
    await mo.press("t-out")
    fewer = labels(mo)
    await mo.command("template edit", template="rupture")
    assert shelf.say("template-gone-on") in mo.text
    assert labels(mo) == fewer
    await mo.press("t-drop")
    await mo.press("t-drop-now")
    await mo.command("template edit", template="rupture")
    assert len(labels(mo)) == len(fewer) + 1


@pytest.mark.parametrize("title", ["Кризис", "3 × 3", "危機"])
async def test_any_script_makes_a_title(shelf: Shelf, title: str) -> None:
    """Where no Latin letter is in it, its file has another name."""
    mo = shelf["Mo"]
    await shelf.begin(mo, title)
    # A word alone in another script may look like a name.
    if mo.offers("keep"):
        await mo.press("keep")
    await mo.press("t-save")
    assert (await shelf.find("template")).title == title


async def test_no_more_than_fit_are_saved_and_the_draft_stays(shelf: Shelf) -> None:
    """The refusal says what makes room; then it is saved."""
    mo = shelf["Mo"]
    for number in range(25):
        await shelf.service.save(shelf.group, small(f"look-{number}"))
    await shelf.begin(mo)
    await mo.press("t-save")
    assert shelf.say("template-too-many", most=25) in mo.text
    await shelf.service.remove(shelf.group, "look-3")
    await mo.command("template new")
    await mo.press("t-list")
    await mo.press("t-save")
    assert "a-short-look" in await shelf.service.own(shelf.group)


async def test_another_one_can_be_begun_beside_it(shelf: Shelf) -> None:
    """Nobody has to finish the first before the second."""
    mo = shelf["Mo"]
    await shelf.begin(mo, "One")
    await shelf.begin(mo, "Two")
    begun = await shelf.stage.bot.desk.template_writing.of(mo.id, shelf.group)
    assert {each.sketch.title for each in begun} == {"One", "Two"}


async def test_what_is_begun_is_its_writers_alone_and_goes_after_its_days(shelf: Shelf) -> None:
    """Neither the other facilitator nor a list of returned forms has it; forget-me and time take it."""
    mo, bea, stage = shelf["Mo"], shelf["Bea"], shelf.stage
    await shelf.begin(mo)
    (kept,) = await stage.bot.desk.template_writing.of(mo.id, shelf.group)
    for control in (
        Control(kept.token, "t-list"),
        Control(kept.token, "t-save"),
        Control(kept.token, "t-out"),
    ):
        asked = press(stage, bea.id, control)
        await stage.env.settle()
        assert shelf.say("draft-gone") in asked.text
    assert await stage.bot.desk.drafts.of(mo.id, shelf.group.token) == []
    assert (await stage.bot.desk.privacy.forget(mo.id, stage.guild.id)).drafts == 1
    await shelf.begin(bea)
    await stage.env.advance_time(9 * SECONDS_A_DAY)
    await stage.bot.keeper.keep()
    assert await shelf.table.drafts() == 0


async def test_markup_that_was_typed_is_shown_as_typed(shelf: Shelf) -> None:
    """A title that would be a heading, a code fence or a spoiler leaves our own sentences alone."""
    mo = shelf["Mo"]
    await shelf.begin(mo, "||secret|| ```x **y**")
    await shelf.add(mo, "```", guidance="**bold** ||x||", more="~~no~~")
    assert "```" not in mo.text
    assert "||" not in mo.text
    await pick(mo, "```")
    assert "```" not in mo.text
    await mo.press("t-list")
    await mo.press("t-save")
    assert (await shelf.service.own(shelf.group)) == {"secret-x-y"}
