"""Who sees what in a rehearsal, reckoned from the simulated server and from the data folder."""

import re

from bot.rehearsal.sight import administrators_see, member_sees, panel, shelves
from bot.rehearsal.troupe import Troupe
from bot.rehearsal.window import Window
from bot.storage.keys import DATABASE_FILE
from bot.storage.tables import SEALED, metadata


async def window_on(troupe: Troupe) -> Window:
    return Window(troupe.stage, troupe.scenario)


def hidden(lines: list[str]) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", lines[-1])]


async def test_what_is_shown_to_one_person_is_seen_by_nobody_else(troupe: Troupe) -> None:
    """Bea's part is counted for Bea, and as hidden for everybody else and for administrators."""
    stage, window = troupe.stage, await window_on(troupe)
    bea, cem = window.people.index("Bea"), window.people.index("Cem")
    before = hidden(member_sees(window, cem)), hidden(administrators_see(window, stage))
    own = hidden(member_sees(window, bea))
    await stage["Bea"].press("mine", on=stage.newest_with(stage.thread, "mine"))
    assert any("for nobody else" in line for line in member_sees(window, bea))
    assert hidden(member_sees(window, bea)) == own
    assert hidden(member_sees(window, cem)) == [before[0][0] + 1]
    assert hidden(administrators_see(window, stage)) == [before[1][0] + 1, before[1][1]]


async def test_a_direct_message_is_hidden_from_administrators(troupe: Troupe) -> None:
    """And from everyone but its reader."""
    stage, window = troupe.stage, await window_on(troupe)
    bea, cem = window.people.index("Bea"), window.people.index("Cem")
    before = hidden(member_sees(window, bea)), hidden(member_sees(window, cem))
    channel = stage["Bea"].member.user.dm_channel
    await stage.bot.get_partial_messageable(channel.id).send("for Bea alone")
    assert hidden(administrators_see(window, stage))[1] == 1
    assert hidden(member_sees(window, bea)) == before[0]
    assert hidden(member_sees(window, cem)) == [before[1][0] + 1]


async def test_administrators_can_open_a_private_thread(troupe: Troupe) -> None:
    """Discord lets them, and so the page says it, also where a member can't."""
    stage, window = troupe.stage, await window_on(troupe)
    name = stage.thread.name
    assert any(line.startswith(f"{name}:") for line in administrators_see(window, stage))
    stage.env.backend.get_channel(stage.thread.id).thread_members.pop(stage["Fay"].id)
    fay = member_sees(window, window.people.index("Fay"))
    assert any(line.startswith("Closed to Fay") and str(name) in line for line in fay)


async def test_what_is_stored_is_read_from_the_file(troupe: Troupe) -> None:
    """Rows, and the size of what is encrypted in them; a table without rows is left out."""
    found = {shelf.name: shelf for shelf in shelves(troupe.stage.settings.data_dir / DATABASE_FILE)}
    assert found["sessions"].rows == 1
    assert found["sessions"].sealed > len(troupe.scenario.case.account)
    assert found["sessions"].first_goes is not None
    assert found["members"].rows == 6
    assert found["members"].kind == "marked"
    assert "vignettes" not in found
    sealed = {column.table.name for column in SEALED}
    assert all((shelf.kind == "sealed") == (shelf.name in sealed) for shelf in found.values())


async def test_every_table_has_its_words(troupe: Troupe) -> None:
    """Also those that this rehearsal has nothing in, and everything that takes rows away."""
    say = troupe.stage.library.texts
    for table in metadata.sorted_tables:
        assert say(f"sees-table-{table.name.replace('_', '-')}")
        for way in str(table.info["erases"]).split(", "):
            assert say(f"sees-goes-{way}")
    told = await panel(await window_on(troupe), troupe.stage, 0)
    assert set(told) == {"member", "administrators", "stored"}
