"""Moving stored text to a new key, a few rows at a time, while everything else goes on."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database
from bot.storage.keys import KeyRing
from bot.storage.problems import KeyProblem
from bot.storage.tables import SEALED, key_check
from bot.storage.vault import extends, missing_checks

BATCH: Final = 32


@dataclass(frozen=True)
class Resealed:
    """What ``reseal`` did: how many values it moved, and whether the files are free of the old ones."""

    values: int
    scrubbed: bool


async def reseal(database: Database, ring: KeyRing) -> Resealed:
    """Re-encrypt every sealed column with the current text key of ``ring``, and use ``ring`` from now on.

    ``ring`` comes from ``rotate_text_key`` and still holds the older keys. After this the older ones
    can go (``retire_text_keys``), if values are sealed only inside the ``write`` that stores them. Broken
    off, it can be run again with the same ring. No other process may have the database open. Raises
    KeyProblem, with nothing changed, if ``ring`` lacks a key in use; Tampered at a value that no key opens.
    """
    if not extends(ring, database.vault.ring):
        raise KeyProblem("wrong-file", ring.path)
    async with database.write() as connection:
        # Before the first value under the new key: a file without that key must be refused from here on.
        await _note_current(connection, ring)
    database.vault.adopt(ring)
    moved = 0
    while True:
        for column in SEALED:
            moved += await _reseal_column(database, column)
        async with database.write() as connection:
            if not await _any_left(connection, ring):
                await connection.execute(
                    delete(key_check).where(
                        key_check.c.key_kind == "text", key_check.c.key_id != ring.text.current
                    )
                )
                break
    return Resealed(moved, await database.scrub())


async def _note_current(connection: AsyncConnection, ring: KeyRing) -> None:
    rows = await connection.execute(select(key_check))
    for check in missing_checks(rows.all(), ring):
        await connection.execute(
            insert(key_check).values(key_kind=check.kind, key_id=check.number, value=check.value)
        )


async def _reseal_column(database: Database, column: Column[Any]) -> int:
    vault = database.vault
    token = column.table.c.token
    last = ""
    moved = 0
    while True:
        async with database.write() as connection:
            batch = (
                select(token, column)
                .where(token > last, _under_another_key(column, vault.ring))
                .order_by(token)
                .limit(BATCH)
            )
            rows = (await connection.execute(batch)).all()
            for row_token, sealed in rows:
                plain = vault.open(str(column), row_token, sealed)
                await connection.execute(
                    update(column.table)
                    .where(token == row_token)
                    .values({column: vault.seal(str(column), row_token, plain)})
                )
        if not rows:
            return moved
        last = rows[-1][0]
        moved += len(rows)


async def _any_left(connection: AsyncConnection, ring: KeyRing) -> bool:
    for column in SEALED:
        left = select(column.table.c.token).where(_under_another_key(column, ring)).limit(1)
        if (await connection.execute(left)).first() is not None:
            return True
    return False


def _under_another_key(column: Column[Any], ring: KeyRing) -> ColumnElement[bool]:
    return func.substr(column, 1, 1) != bytes([ring.text.current])
