"""What is stored, looked at from outside: a connection of its own for every look, and none in between."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.formulation.session import Session
from bot.storage import tables
from bot.storage.keys import DATABASE_FILE, open_keys
from bot.storage.vault import Vault
from bot.vignettes.slots import SLOT_SECONDS

Json = Any

_TIMES = {
    "vignettes": ("slot", "waits_until", "released", "new_text_slot"),
    "reminders": ("handled_until", "resting_since", "at"),
    "commitments": ("made_at", "touched_at", "nudge_at", "back_at", "offered_at", "closed_at", "at"),
}
"""What waits for its time, and which of its numbers are instants."""


class Cellar:
    """The database of a bot that runs, or does not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / DATABASE_FILE
        self.moved = 0
        """Seconds that went by while no bot ran."""

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of one statement; none where there is no database yet."""
        if not self.path.exists():
            return []
        # Reading only, so that closing never does what the bot's next start should be seen to do.
        address = f"{self.path.as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            try:
                return connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

    def _vault(self) -> Vault:
        return Vault(open_keys(self._folder))

    def sessions(self, channel: int) -> list[Session]:
        """The sessions of the group of this channel, oldest first."""
        found = self.rows(
            "SELECT token, document FROM sessions WHERE group_token ="
            " (SELECT token FROM groups WHERE channel_id = ?)",
            channel,
        )
        if not found:
            return []
        vault = self._vault()
        sessions = [
            Session.model_validate_json(vault.open("sessions.document", token, document))
            for token, document in found
        ]
        return sorted(sessions, key=lambda each: (each.started_at, each.token))

    def documents(self, table: str) -> list[tuple[Json, int | None]]:
        """Every document of a table that has dates, and when there is something to do about it."""
        found = self.rows(f"SELECT token, document, wake_at FROM {table}")  # noqa: S608 - names of ours
        vault = self._vault() if found else None
        return [
            (json.loads(vault.open_text(f"{table}.document", token, sealed)), wake_at)
            for token, sealed, wake_at in found
            if vault is not None
        ]

    def members(self) -> int:
        """How many have accepted a charter."""
        return len(self.rows("SELECT mark FROM members"))

    def strings(self) -> set[str]:
        """Every string of every sealed document, drafts too."""
        found: set[str] = set()
        vault = self._vault()
        for column in tables.SEALED:
            table, name = column.table.name, column.name
            for token, sealed in self.rows(f"SELECT token, {name} FROM {table}"):  # noqa: S608 - names of ours
                found.update(_strings_in(vault.open_text(f"{table}.{name}", token, sealed)))
        return found

    def later(self) -> None:
        """As half an hour later, for whatever waits for its quarter of an hour. Only while no bot runs."""
        if not self.path.exists():
            return
        vault, by = self._vault(), 2 * SLOT_SECONDS
        with closing(sqlite3.connect(self.path, timeout=5, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=FULL")
            # All of it or nothing.
            connection.execute("BEGIN IMMEDIATE")
            for table, times in _TIMES.items():
                for document, _ in self.documents(table):
                    earlier = _rule_earlier(_earlier(document, times, by), by)
                    token = document["token"]
                    shifted = vault.seal(f"{table}.document", token, json.dumps(earlier))
                    connection.execute(
                        f"UPDATE {table} SET document = ?, wake_at = wake_at - ? WHERE token = ?",  # noqa: S608 - names of ours
                        (shifted, by, token),
                    )
            connection.execute(
                "UPDATE deliveries SET due_at = due_at - ?, tried_at = tried_at - ? WHERE state = 'live'",
                (by, by),
            )
            connection.execute("COMMIT")
        self.moved += by


def _earlier(document: Json, times: Sequence[str], by: int) -> Json:
    if isinstance(document, list):
        return [_earlier(each, times, by) for each in document]
    if not isinstance(document, dict):
        return document
    return {
        name: value - by if name in times and isinstance(value, int) and value else _earlier(value, times, by)
        for name, value in document.items()
    }


def _rule_earlier(document: Json, by: int) -> Json:
    """A reminder's local time too, where it comes every day: all the others would change their meaning."""
    rule = document.get("rule")
    if rule is not None:
        days, minute = divmod(rule["hour"] * 60 + rule["minute"] - by // 60, 24 * 60)
        rule["hour"], rule["minute"] = divmod(minute, 60)
        rule["start"] = (date.fromisoformat(rule["start"]) + timedelta(days=days)).isoformat()
    return document


def _strings_in(text: str) -> Iterator[str]:
    try:
        document = json.loads(text)
    except ValueError:
        yield text
        return
    waiting: list[Json] = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
