"""The thread on a post of the channel."""

from bot.delivery.wishes import NotYet, PostThread, Wish
from bot.services.ground import Ground
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group


async def thread_on(kind: str, name: str, row: Delivery, group: Group, ground: Ground) -> Wish:
    """The thread that ``row`` asks for, on the post of this ``kind`` of the same subject, once that is there.

    Its ``name`` ends with the row's token, by which it is known again.
    """
    async with ground.reading() as store:
        rows = await store.deliveries.of_subject(row.subject)
    card = next((each for each in rows if each.kind == kind), None)
    if card is None or card.message_id is None:
        return NotYet()
    return PostThread(group.channel_id, card.message_id, f"{name} · {row.token[:6]}")
