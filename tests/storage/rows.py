"""Rows to fill the tables with, and a way to see what stands in the files."""

import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables

Row = dict[str, Any]


def group(name: str = "g1", **changes: object) -> Row:
    return {
        "token": name,
        "guild_id": 10**18,
        "channel_id": int.from_bytes(name.encode()),
        "zone": "Europe/Berlin",
        "language": "en",
        "retention_days": 14,
        "facilitators": b"sealed",
        "charter_version": 1,
        "created_day": 20_000,
        **changes,
    }


def member(of_group: str = "g1", mark: bytes = b"m", **changes: object) -> Row:
    return {"group_token": of_group, "mark": mark, "charter_version": 1, "accepted_day": 20_000, **changes}


def session(name: str = "s1", **changes: object) -> Row:
    return {
        "token": name,
        "group_token": "g1",
        "status": "open",
        "version": 1,
        "purge_at": 1_800_000_000,
        "document": b"sealed",
        **changes,
    }


def draft(name: str = "d1", **changes: object) -> Row:
    return {
        "token": name,
        "salt": b"salt",
        "mark": b"mark",
        "key_version": 1,
        "purpose": "case",
        "content": b"sealed",
        "expires_at": 1_800_000_000,
        **changes,
    }


def delivery(name: str = "p1", **changes: object) -> Row:
    return {
        "token": name,
        "kind": "board",
        "subject": name,
        "wanted": 1,
        "shown": 0,
        "posts_wanted": 1,
        "posts_done": 0,
        "attempts": 0,
        "position": 1,
        "state": "live",
        **changes,
    }


def group_word(of_group: str = "g1", mark: bytes = b"w" * 32, **changes: object) -> Row:
    return {"group_token": of_group, "mark": mark, "kind": "place", **changes}


def own_word(of_group: str = "g1", mark: bytes = b"w" * 32, **changes: object) -> Row:
    return {"group_token": of_group, "owner": b"o" * 32, "mark": mark, **changes}


def vignette(name: str = "v1", **changes: object) -> Row:
    return {
        "token": name,
        "group_token": "g1",
        "version": 1,
        "salt": b"salt",
        "mark": b"mark",
        "key_version": 1,
        "purge_at": 1_800_000_000,
        "document": b"sealed",
        **changes,
    }


def stop(subject: str = "v1", **changes: object) -> Row:
    return {
        "subject": subject,
        "group_token": "g1",
        "salt": b"salt",
        "mark": b"mark",
        "key_version": 1,
        "ends_at": 1_800_000_000,
        **changes,
    }


def template(name: str = "t1", **changes: object) -> Row:
    return {"token": name, "group_token": "g1", "version": 1, "document": b"sealed", **changes}


def case(name: str = "k1", **changes: object) -> Row:
    return {
        "token": name,
        "group_token": "g1",
        "version": 1,
        "purge_at": 1_800_000_000,
        "document": b"sealed",
        **changes,
    }


def owned(name: str = "r1", mark: bytes | None = b"mark", **changes: object) -> Row:
    return {
        "token": name,
        "group_token": "g1",
        "mark": mark,
        "version": 1,
        "wake_at": 1_700_000_000,
        "purge_at": 1_800_000_000,
        "document": b"sealed",
        **changes,
    }


def habits(name: str = "h1", mark: bytes = b"mark", **changes: object) -> Row:
    return {"token": name, "group_token": "g1", "mark": mark, "document": b"sealed", **changes}


async def add_one_of_each(connection: AsyncConnection) -> None:
    await connection.execute(insert(tables.groups), [group()])
    await connection.execute(insert(tables.members), [member()])
    await connection.execute(insert(tables.sessions), [session()])
    await connection.execute(insert(tables.drafts), [draft()])
    await connection.execute(insert(tables.deliveries), [delivery()])
    await connection.execute(insert(tables.vignettes), [vignette()])
    await connection.execute(insert(tables.stops), [stop()])
    await connection.execute(insert(tables.templates), [template()])
    await connection.execute(insert(tables.cases), [case()])
    await connection.execute(insert(tables.reminders), [owned()])
    await connection.execute(insert(tables.commitments), [owned()])
    await connection.execute(insert(tables.habits), [habits()])
    await connection.execute(insert(tables.group_words), [group_word()])
    await connection.execute(insert(tables.own_words), [own_word()])


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(each.name for each in folder.iterdir())


def files_of(path: Path) -> list[Path]:
    """The database at `path` and whatever SQLite put beside it."""
    return sorted(path.parent.glob(f"{path.name}*"))


def modes(path: Path) -> dict[str, int]:
    """Who may do what with the database at `path` and the files beside it."""
    return {each.name: each.stat().st_mode & 0o777 for each in files_of(path)}


def on_disk(path: Path) -> bytes:
    # Read by another process: closing the file in this one would drop SQLite's locks on it.
    return subprocess.run(["cat", *files_of(path)], check=True, capture_output=True).stdout
