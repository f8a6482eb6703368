"""Vignettes brought to any state quickly: by use cases, where the clicks are not the subject."""

import json
from typing import Any

from sqlalchemy import select

from bot.desk import Desk
from bot.services.ground import Ground
from bot.services.vignettes import Wanted
from bot.services.writing import Reviewed, accepting_all, keeping_all
from bot.storage import tables
from bot.storage.drafts import Draft
from bot.storage.engine import Database
from bot.storage.groups import Group
from bot.storage.vignettes import StoredVignette
from bot.vignettes.vignette import Vignette
from bot.vignettes.writing import VignetteWriting

TITLE = "The early bird"
TEXT = (
    "She comes early each time and brings coffee. She asks how I slept, and when I say well she laughs. "
    "I felt looked after, and then guilty."
)
QUESTION = "What do I miss?"
BLOCKING = "Write to anna.k@example.org about it."
SLOT = 900

ALIAS = Wanted(by_name=False, waits=False)
WAITING = Wanted(by_name=False, waits=True)
BY_NAME = Wanted(by_name=True, waits=False)


def writing(text: str = TEXT, title: str = TITLE, question: str = QUESTION) -> VignetteWriting:
    return VignetteWriting(title, text, question)


def vignette(**changes: Any) -> Vignette:
    """One that is out, without a database."""
    out = {
        "token": "a" * 16,
        "group": "b" * 16,
        "retention_days": 14,
        "alias": "Amber Alder",
        "title": TITLE,
        "text": TEXT,
        "status": "published",
        "slot": SLOT,
        "released": SLOT,
    }
    return Vignette(**{**out, **changes})


async def draft_of(desk: Desk, token: str) -> Draft:
    async with desk.ground.reading() as store:
        draft = await store.drafts.load(token)
    assert draft is not None
    return draft


async def written(desk: Desk, group: Group, user: int, text: str = TEXT) -> Reviewed:
    """A vignette in which everything is settled, ready to go out."""
    reviewed = await desk.writing.begin(desk.ground.chance.token(), writing(text), group, user)
    for how in (accepting_all(reviewed.writing.digest), lambda now: keeping_all(now.digest)(now)):
        reviewed = await desk.writing.change(await draft_of(desk, reviewed.token), group, user, how)
    assert not reviewed.open
    return reviewed


async def on_its_way(
    desk: Desk, group: Group, user: int, wanted: Wanted = ALIAS, text: str = TEXT
) -> Vignette:
    return await desk.vignettes.publish(await written(desk, group, user, text), group, user, wanted)


async def out(desk: Desk, hands: Any, group: Group, user: int, wanted: Wanted = ALIAS) -> Vignette:
    """One that has come out."""
    taken = await on_its_way(desk, group, user, wanted)
    hands.pass_time(taken.slot - hands.seconds())
    await desk.vignettes.release()
    return await seen(desk, taken.token)


async def stored(desk: Desk, token: str) -> StoredVignette:
    found = await desk.vignettes.load(token)
    assert found is not None
    return found[0]


async def seen(desk: Desk, token: str) -> Vignette:
    return (await stored(desk, token)).vignette


async def is_kept(desk: Desk, token: str) -> bool:
    return await desk.vignettes.load(token) is not None


async def rows_of(desk: Desk, table: Any) -> list[dict[str, Any]]:
    """Every row of a table, as anyone reads it who has the file."""
    async with desk.ground.database.read() as connection:
        return [dict(row) for row in (await connection.execute(select(table))).mappings()]


async def row_of(desk: Desk, token: str) -> dict[str, Any]:
    return next(row for row in await rows_of(desk, tables.vignettes) if row["token"] == token)


async def restarted(desk: Desk) -> Desk:
    """Another process on the same files; the one before it is gone."""
    database = desk.ground.database
    await desk.close()
    ground = desk.ground
    again = await Database.open(database.path, database.vault.ring)
    return Desk(Ground(again, ground.libraries, ground.clock, ground.chance, ground.seal_keys), desk.finder)


def content_of(draft: Draft) -> dict[str, Any]:
    return json.loads(draft.content)
