import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Column, insert, select, update

from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.keys import KeyRing, open_keys, retire_text_keys, rotate_text_key
from bot.storage.problems import KeyProblem
from bot.storage.reseal import BATCH, reseal
from bot.storage.vault import Tampered
from tests.storage import rows

MANY = 2 * BATCH + 3
ALL = MANY + 9
"""With what stands in the other columns."""


def plain(token: str) -> str:
    return f"what {token} holds"


async def fill(database: Database) -> None:
    """Put sealed values into every sealed column, more of one than fit a batch."""

    def sealed(column: Column[bytes], token: str) -> dict[str, bytes]:
        return {column.name: database.vault.seal(str(column), token, plain(token))}

    facilitators, document, content, told, presented, asked, note, plan, habit = tables.SEALED
    async with database.write() as connection:
        await connection.execute(insert(tables.groups), [rows.group("g1", **sealed(facilitators, "g1"))])
        sessions = [rows.session(f"s{n}", **sealed(document, f"s{n}")) for n in range(MANY)]
        await connection.execute(insert(tables.sessions), sessions)
        await connection.execute(insert(tables.drafts), [rows.draft("d1", **sealed(content, "d1"))])
        # One is closed, and has no author any more.
        vignettes = [rows.vignette("v1"), rows.vignette("v2", salt=None, mark=None, key_version=None)]
        vignettes = [row | sealed(told, str(row["token"])) for row in vignettes]
        await connection.execute(insert(tables.vignettes), vignettes)
        await connection.execute(insert(tables.cases), [rows.case("k1", **sealed(presented, "k1"))])
        await connection.execute(insert(tables.templates), [rows.template("t1", **sealed(asked, "t1"))])
        await connection.execute(insert(tables.reminders), [rows.owned("r1", **sealed(note, "r1"))])
        await connection.execute(insert(tables.commitments), [rows.owned("p1", **sealed(plan, "p1"))])
        await connection.execute(insert(tables.habits), [rows.habits("h1", **sealed(habit, "h1"))])


async def numbers_and_texts(database: Database) -> tuple[set[int], list[bool]]:
    """The key numbers in use, and for each value whether it opens to what was put in."""
    numbers: set[int] = set()
    right: list[bool] = []
    async with database.read() as connection:
        for column in tables.SEALED:
            for token, value in await connection.execute(select(column.table.c.token, column)):
                numbers.add(value[0])
                right.append(database.vault.open_text(str(column), token, value) == plain(token))
    return numbers, right


async def test_everything_moves_to_the_new_key_and_the_old_one_can_go(
    database: Database, path: Path, ring: KeyRing
) -> None:
    """Afterwards the key file needs the new key alone."""
    await fill(database)
    async with database.read() as connection:
        old = (await connection.execute(select(tables.drafts.c.content))).scalar_one()
    newer = rotate_text_key(ring)

    done = await reseal(database, newer)

    assert (done.values, done.scrubbed) == (ALL, True)
    assert await numbers_and_texts(database) == ({newer.text.current}, [True] * ALL)
    assert old[13:] not in rows.on_disk(path)
    await database.close()

    retire_text_keys(newer)
    again = await Database.open(path, open_keys(path.parent))
    assert await numbers_and_texts(again) == ({newer.text.current}, [True] * ALL)
    await again.close()


async def test_new_values_take_the_new_key_at_once(database: Database, ring: KeyRing) -> None:
    """Also for whoever got hold of the vault before."""
    vault = database.vault
    newer = rotate_text_key(ring)

    await reseal(database, newer)

    assert vault is database.vault
    assert vault.seal("drafts.content", "t", "x")[0] == newer.text.current


async def test_the_retired_key_file_is_not_mistaken_for_an_older_one(
    database: Database, path: Path, ring: KeyRing
) -> None:
    """The check of the old key goes with the key, and stays away as long as the key is in the file."""
    newer = rotate_text_key(ring)
    await reseal(database, newer)
    await database.close()

    for keys in (newer, retire_text_keys(newer)):
        await (await Database.open(path, keys)).close()
    with pytest.raises(KeyProblem):
        await Database.open(path, ring)


async def test_a_broken_off_reseal_is_taken_up_again(database: Database, path: Path, ring: KeyRing) -> None:
    """Both keys are needed and known in between, and what had moved is not moved twice."""
    await fill(database)
    async with database.write() as connection:
        good = (await connection.execute(select(tables.drafts.c.content))).scalar_one()
        await connection.execute(update(tables.drafts).values(content=good[:-1] + bytes([good[-1] ^ 1])))
    newer = rotate_text_key(ring)
    with pytest.raises(Tampered):
        await reseal(database, newer)
    async with database.write() as connection:
        await connection.execute(update(tables.drafts).values(content=good))
    await database.close()

    with pytest.raises(KeyProblem) as caught:
        await Database.open(path, ring)
    assert caught.value.code == "outdated"
    database = await Database.open(path, open_keys(path.parent))
    numbers, right = await numbers_and_texts(database)
    assert numbers == {ring.text.current, newer.text.current}
    assert all(right)

    # The draft, and whatever would have come after it.
    assert (await reseal(database, newer)).values == ALL - MANY - 1
    assert await numbers_and_texts(database) == ({newer.text.current}, [True] * ALL)
    assert (await reseal(database, newer)).values == 0
    await database.close()


async def test_work_goes_on_meanwhile(database: Database, ring: KeyRing) -> None:
    """What others change or add while the keys change is neither lost nor left behind."""
    await fill(database)
    document = tables.sessions.c.document

    async def change(token: str) -> None:
        async with database.write() as connection:
            value = (
                await connection.execute(select(document).where(tables.sessions.c.token == token))
            ).scalar()
            if value is not None:
                assert database.vault.open_text(str(document), token, value) == plain(token)
            sealed = database.vault.seal(str(document), token, plain(token))
            row = rows.session(token, document=sealed)
            statement = (
                insert(tables.sessions).values(row)
                if value is None
                else update(tables.sessions).where(tables.sessions.c.token == token).values(row)
            )
            await connection.execute(statement)

    newer = rotate_text_key(ring)
    changes = (change(f"{kind}{n}") for n in range(25) for kind in ("s", "new"))
    await asyncio.gather(reseal(database, newer), *changes)

    assert await numbers_and_texts(database) == ({newer.text.current}, [True] * (ALL + 25))


async def test_a_ring_that_lacks_a_key_in_use_is_refused(
    database: Database, ring: KeyRing, tmp_path: Path
) -> None:
    """Nothing has changed then: neither the values nor the keys in use."""
    await fill(database)
    stranger = open_keys(tmp_path / "stranger")
    retired = retire_text_keys(rotate_text_key(ring))

    for unfit in (stranger, retired, KeyRing(ring.path, ring.text, stranger.seal)):
        with pytest.raises(KeyProblem) as caught:
            await reseal(database, unfit)
        assert caught.value.code == "wrong-file"

    assert await numbers_and_texts(database) == ({ring.text.current}, [True] * ALL)
