"""Cases brought to the group quickly: by use cases, where the clicks are not the subject."""

from bot.cases.case import Case
from bot.cases.writing import CaseWriting
from bot.desk import Desk
from bot.services.writing import keeping_all
from bot.storage.groups import Group

TEMPLATE = "my-client-looks-after-me"
ANSWERS = {
    "behaviour": "She comes early each time and brings coffee for both of us.",
    "how-often": "From the first sessions on",
    "ten-minutes-before": "We had come close to a loss.",
    "question": "What do I miss?",
}


async def posted(desk: Desk, group: Group, user: int) -> Case:
    """A case of ``user``, looked through and posted."""
    token = desk.ground.chance.token()
    writing = CaseWriting(await desk.templates.find(group, TEMPLATE), ANSWERS)
    reviewed = await desk.writing.begin(token, writing, group, user)
    async with desk.ground.reading() as store:
        draft = await store.drafts.load(token)
    assert draft is not None
    reviewed = await desk.writing.change(draft, group, user, keeping_all(reviewed.digest))
    return await desk.cases.post(reviewed, group, user)
