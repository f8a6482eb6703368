"""Whatever is typed around a vignette is looked through first, comes back whole, and is sent once."""

from collections.abc import Mapping

from bot.rehearsal.stage import Stage
from bot.ui.control import Control
from bot.vignettes.acts import Ask
from tests.ui.raw import Asked, opening, press, send
from tests.vignette_flow.table import Table

NUMBER = "Call 020 7946 0958"
HARMLESS = "The heron came back, and she was glad."
OF_VIGNETTES = ("reader", "author", "carer")
WHO: Mapping[str, str] = {"author": "Cem", "reader": "Dag", "carer": "Mo"}
BESIDE: Mapping[str, Mapping[str, str | list[str]]] = {
    "v-live": {
        "title": "The early bird",
        "question": "What do I miss?",
        "account": "",
        "time": "text.45",
    },
    "v-rewrite": {"text": "", "more": ""},
}


def fill(stage: Stage, user: int, control: Control, fields: Mapping[str, str | list[str]]) -> Asked:
    return send(stage, user, control.opened(opening()), fields)


async def test_what_points_to_a_person_comes_back(table: Table) -> None:
    """Each checked field of each form: given back and nothing changed; once it is clean, it is taken."""
    stage = table.stage
    await table.published(table["Cem"])
    (token,) = [each.token for each in await table.kept()]
    await stage.bot.desk.vignettes.act(token, Ask("a1", "How long?"), table["Dag"].id)
    verbs = stage.bot.desk.router.verbs.values()
    checked = [verb for verb in verbs if verb.who in OF_VIGNETTES and verb.checked]
    assert len(checked) == 9
    for verb in checked:
        if verb.name == "v-send-back":
            # Before it is out: see test_second_reader.py.
            continue
        who = table[WHO[verb.who]].id
        for place in verb.checked:
            control = Control(token, verb.name, "a1" if verb.name == "v-answer" else "")
            beside = BESIDE.get(verb.name, {})
            before = await table.kept()
            asked = fill(stage, who, control, {**beside, place: f"{HARMLESS} {NUMBER}"})
            await stage.env.settle()
            assert table.say("text-refused") in asked.text, (verb.name, place, asked.text)
            assert await table.kept() == before, (verb.name, place)
            again = press(stage, who, asked.control("edit"))
            await stage.env.settle()
            assert again.filled[place] == f"{HARMLESS} {NUMBER}", (verb.name, place)
            taken = send(stage, who, again.form["custom_id"], {**beside, place: HARMLESS})
            await stage.env.settle()
            assert table.say("given-back") not in taken.text, (verb.name, place, taken.text)
            assert await table.drafts() == 0, (verb.name, place)
