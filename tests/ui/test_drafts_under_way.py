"""A text under way is a draft too: the controls of a form that was given back do it no harm."""

import pytest

from bot.cases.writing import CaseWriting
from bot.rehearsal.stage import Stage
from bot.ui.control import Control
from bot.vignettes.writing import VignetteWriting
from bot.writing import Writing
from tests.cases.desk import ANSWERS, TEMPLATE
from tests.conftest import StageOpener, english
from tests.ui.raw import press
from tests.vignette_flow.table import CLEAN, QUESTION, TITLE, seated

KINDS = {
    "vignette": VignetteWriting(TITLE, CLEAN, QUESTION),
    "case": CaseWriting(english().template(TEMPLATE), ANSWERS),
}


async def told(stage: Stage, user: int, control: Control) -> tuple[str, bool]:
    asked = press(stage, user, control)
    await stage.env.settle()
    return asked.text, asked.result.modal is not None


@pytest.mark.parametrize("kind", KINDS)
async def test_the_controls_of_another_draft(opened: StageOpener, kind: str) -> None:
    """Opening leads back to it; sending it as it is, or calling its words no names, is refused."""
    writing: Writing = KINDS[kind]
    async with seated(opened) as table:
        stage, desk, ann = table.stage, table.stage.bot.desk, table["Cem"].id
        token = "f" * 16
        async with desk.ground.reading() as store:
            group = await store.groups.by_channel(stage.channel.id)
        assert group is not None
        await desk.writing.keep(token, writing, group, ann)
        text, opened_form = await told(stage, ann, Control(token, "edit"))
        assert opened_form or TEMPLATE.split("-", maxsplit=1)[0] in text.casefold()
        for verb in ("keep", "no-names"):
            assert (await told(stage, ann, Control(token, verb)))[0] == table.say("control-stale"), verb
        assert await desk.writing.begun(ann, group.token, type(writing)) == {token: writing}
