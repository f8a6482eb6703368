"""Who sees what in a rehearsal: a member, the server's administrators, and whoever opens the data folder."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from simcord.backend.access import can_access_channel
from sqlalchemy import Table

from bot.content.texts import Texts
from bot.rehearsal.keepsakes import named, seen_by_all
from bot.rehearsal.stage import Stage
from bot.rehearsal.window import Place, Window
from bot.storage.keys import DATABASE_FILE
from bot.storage.tables import SEALED, metadata

_ENDS: Final = ("purge_at", "expires_at", "ends_at")
_MARKS: Final = ("mark", "owner")
_KILO: Final = 1000


@dataclass(frozen=True)
class Shelf:
    """What one table holds: its rows, the bytes that are encrypted, and when the first row goes by itself."""

    name: str
    rows: int
    kind: str
    sealed: int
    first_goes: int | None
    erases: tuple[str, ...]


def shelves(database: Path) -> list[Shelf]:
    """Every table that has rows, read from the file itself, as anyone could who opens the data folder."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [shelf for table in metadata.sorted_tables if (shelf := _shelf(connection, table)) is not None]


def _shelf(connection: sqlite3.Connection, table: Table) -> Shelf | None:
    sealed = [column.name for column in SEALED if column.table is table]
    ends = next((column.name for column in table.columns if column.name in _ENDS), None)
    size = " + ".join(f"coalesce(sum(length({name})), 0)" for name in sealed) or "0"
    # Names come from the tables' own description, not from anyone's typing.
    query = f"SELECT count(*), {size}, {f'min({ends})' if ends else 'NULL'} FROM {table.name}"  # noqa: S608
    rows, size_of_sealed, first = connection.execute(query).fetchone()
    if not rows:
        return None
    marked = any(column.name in _MARKS for column in table.columns)
    kind = "sealed" if sealed else "marked" if marked else "plain"
    erases = tuple(str(table.info["erases"]).split(", "))
    return Shelf(table.name, rows, kind, size_of_sealed, first, erases)


def stored(window: Window, found: Sequence[Shelf]) -> list[str]:
    """A sentence for each table."""
    say = window.texts
    return [
        say(
            "sees-stored",
            what=say(f"sees-table-{shelf.name.replace('_', '-')}"),
            rows=shelf.rows,
            how=say(f"sees-{shelf.kind}", size=f"{max(shelf.sealed / _KILO, 0.1):.1f}"),
            goes=_goes(window, shelf),
        )
        for shelf in found
    ]


def _goes(window: Window, shelf: Shelf) -> str:
    say, ways = window.texts, [each for each in shelf.erases if each != "time"]
    said = [say(f"sees-goes-{way}") for way in ways]
    if shelf.first_goes is not None:
        at = datetime.fromtimestamp(shelf.first_goes, UTC).astimezone(window.local_time.tzinfo)
        said.insert(0, say("sees-goes-on", day=at.day, month=say(f"month-{at.month}")))
    elif "time" in shelf.erases:
        said.insert(0, say("sees-goes-time"))
    return ", ".join(said)


def member_sees(window: Window, number: int) -> list[str]:
    """What one person sees where, and how much of the rest they don't."""
    say, name = window.texts, window.people[number]
    lines: list[str] = []
    closed: list[str] = []
    for place in window.places():
        if number in place.who:
            posts = window.posts(place, number)
            alone = sum(post.flags.ephemeral for post in posts)
            lines.append(_line(say, place, len(posts), alone))
        elif place.kind != "inbox":
            closed.append(place.name)
    if closed:
        lines.append(say("sees-closed", name=name, places=", ".join(closed)))
    others = sum(1 for place, _, alone in seen_by_all(window) if alone != name and _private(place, alone))
    mine = sum(1 for place, *_ in seen_by_all(window) if place.kind == "inbox" and number in place.who)
    lines.append(say("sees-others", name=name, count=others - mine))
    return lines


def administrators_see(window: Window, stage: Stage) -> list[str]:
    """What is open to an administrator of the server, whether or not they ever look."""
    say, found = window.texts, list(seen_by_all(window))
    lines: list[str] = []
    for place in window.places():
        if place.kind != "inbox" and can_access_channel(
            stage.env, place.channel.id, stage.guild.owner, history=True
        ):
            posts = sum(1 for where, _, alone in found if where.id == place.id and alone is None)
            lines.append(_line(say, place, posts, 0))
    hidden = sum(1 for place, _, alone in found if place.kind != "inbox" and alone is not None)
    direct = sum(1 for place, *_ in found if place.kind == "inbox")
    lines.append(say("sees-hidden", alone=hidden, direct=direct))
    return lines


def _private(place: Place, alone: str | None) -> bool:
    return place.kind == "inbox" or alone is not None


def _line(say: Texts, place: Place, posts: int, alone: int) -> str:
    where = say("sees-inbox") if place.kind == "inbox" else named(say, place)
    return say("sees-place", place=where, posts=posts, alone=alone)


async def panel(window: Window, stage: Stage, number: int) -> Mapping[str, object]:
    """The three lists, for one person's eyes."""
    say, database = window.texts, stage.settings.data_dir / DATABASE_FILE
    held = await asyncio.to_thread(shelves, database)
    parts = {
        "member": (say("sees-member", name=window.people[number]), member_sees(window, number)),
        "administrators": (say("sees-administrators"), administrators_see(window, stage)),
        "stored": (say("sees-data"), stored(window, held)),
    }
    return {name: {"title": title, "lines": lines} for name, (title, lines) in parts.items()}
