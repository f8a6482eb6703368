"""Looks whether everything the bot needs is there, and says what to do where it is not.

It only looks: no file is made, changed or deleted, nothing is sent, and no key or token is shown.
"""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.content.check import check
from bot.content.texts import Texts
from bot.identifiers import ready_reader
from bot.invite import application_id_from_token
from bot.settings import Settings, variable
from bot.storage.keys import DATABASE_FILE, KEY_FILE, KeyRing, open_keys
from bot.storage.migrate import HEAD, migrations_folder
from bot.storage.problems import DatabaseProblem, KeyProblem, StorageProblem
from bot.storage.vault import missing_checks

PYTHON: Final = (3, 11)
PARTS: Final = ("bot", "cogs", "prompts")
LEAST_MEGABYTES: Final = 100
"""Free room below which the bot should not be running."""
LOW_MEGABYTES: Final = 1000
"""Free room below which it is time to make some."""

State = Literal["ok", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``ok``, worth a ``note``, or ``missing`` for `sixfold run`.

    ``remedy`` says what to do; it is empty where there is nothing to do or the sentence says it already.
    """

    state: State
    sentence: str
    remedy: str = ""


def examine(settings: Settings, texts: Texts) -> list[Finding]:
    """Look at everything that `sixfold run` needs, in the order in which it needs it."""
    look = _Look(settings, texts)
    return [
        look.python(),
        look.origin(),
        look.prompts(),
        look.documents(),
        look.reader(),
        look.zones(),
        look.token(),
        look.folder(),
        look.space(),
        *look.storage(),
        look.rehearsal(),
    ]


class _Look:
    def __init__(self, settings: Settings, texts: Texts) -> None:
        self._settings = settings
        self._texts = texts

    def _say(self, state: State, key: str, **values: str | int) -> Finding:
        advice = f"{key}-remedy"
        remedy = self._texts(advice, **values) if self._texts.has(advice) else ""
        return Finding(state, self._texts(key, **values), remedy)

    def python(self) -> Finding:
        version = ".".join(map(str, sys.version_info[:3]))
        if sys.version_info[:2] >= PYTHON:
            return self._say("ok", "doctor-python-ok", version=version)
        return self._say("missing", "doctor-python-old", version=version, needed=".".join(map(str, PYTHON)))

    def origin(self) -> Finding:
        found = {name: _folder_of(name) for name in PARTS}
        if gone := [name for name, folder in found.items() if folder is None]:
            return self._say("missing", "doctor-origin-gone", parts=", ".join(gone))
        if len(set(found.values())) > 1:
            places = ", ".join(f"{name} from {folder}" for name, folder in found.items())
            return self._say("missing", "doctor-origin-mixed", places=places)
        return self._say("ok", "doctor-origin-ok", folder=str(found["bot"]))

    def prompts(self) -> Finding:
        if problems := check():
            return self._say("missing", "doctor-prompts-odd", count=len(problems))
        return self._say("ok", "doctor-prompts-ok")

    def documents(self) -> Finding:
        if find_spec("typst") is None:
            return self._say("missing", "doctor-documents-gone")
        return self._say("ok", "doctor-documents-ok")

    def reader(self) -> Finding:
        # Loaded, and tried on a sentence: a copy can be whole and wrong without a word.
        if ready_reader() is None:
            return self._say("note", "doctor-reader-none")
        return self._say("ok", "doctor-reader-ok")

    def zones(self) -> Finding:
        try:
            ZoneInfo("Europe/Berlin")
        except ZoneInfoNotFoundError:
            return self._say("missing", "doctor-zones-gone")
        return self._say("ok", "doctor-zones-ok")

    def token(self) -> Finding:
        token = self._settings.discord_token
        name = variable("discord_token")
        if token is None:
            return self._say("missing", "doctor-token-none", variable=name)
        if application_id_from_token(token.get_secret_value()) is None:
            return self._say("missing", "doctor-token-odd", variable=name)
        return self._say("ok", "doctor-token-ok")

    def folder(self) -> Finding:
        folder = self._settings.data_dir
        values = {"folder": str(folder), "variable": variable("data_dir")}
        try:
            there = folder.is_dir()
            shut = not _may_write(folder if there else _nearest(folder))
            open_to_others = there and bool(folder.stat().st_mode & 0o077)
        except OSError:
            return self._say("missing", "doctor-folder-shut", **values)
        if shut or (folder.exists() and not there):
            return self._say("missing", "doctor-folder-shut", **values)
        if not there:
            return self._say("ok", "doctor-folder-new", **values)
        if open_to_others:
            return self._say("note", "doctor-folder-open", **values)
        return self._say("ok", "doctor-folder-ok", **values)

    def space(self) -> Finding:
        free = shutil.disk_usage(_nearest(self._settings.data_dir)).free // 1_000_000
        values = {"free": free, "least": LEAST_MEGABYTES}
        if free < LEAST_MEGABYTES:
            return self._say("missing", "doctor-space-none", **values)
        if free < LOW_MEGABYTES:
            return self._say("note", "doctor-space-low", **values)
        return self._say("ok", "doctor-space-ok", **values)

    def storage(self) -> list[Finding]:
        folder = self._settings.data_dir
        key, database = folder / KEY_FILE, folder / DATABASE_FILE
        try:
            if not key.exists():
                if database.exists():
                    return [self._problem(KeyProblem("lost", key)), *self._unchecked(database)]
                return [self._say("ok", "doctor-key-new"), self._say("ok", "doctor-database-new")]
            if key.stat().st_mode & 0o077:
                # Left unread: reading it would close it, and a look changes nothing.
                return [self._say("note", "doctor-key-open", file=str(key)), *self._unchecked(database)]
            ring = open_keys(folder)
        except KeyProblem as problem:
            return [self._problem(problem), *self._unchecked(database)]
        except OSError:
            return [self._problem(KeyProblem("unreadable", key))]
        return [self._say("ok", "doctor-key-ok"), self._database(database, ring)]

    def _database(self, database: Path, ring: KeyRing) -> Finding:
        try:
            if not database.exists() or not database.stat().st_size:
                return self._say("ok", "doctor-database-new")
            revision, checks = _read(database)
            missing_checks(checks, ring)
            return self._say("ok", _tables(revision, database))
        except StorageProblem as problem:
            return self._problem(problem)

    def _unchecked(self, database: Path) -> list[Finding]:
        try:
            there = database.exists()
        except OSError:
            there = False
        return [self._say("note", "doctor-database-unchecked")] if there else []

    def _problem(self, problem: StorageProblem) -> Finding:
        return Finding("missing", self._texts(problem.key, **problem.values))

    def rehearsal(self) -> Finding:
        here = find_spec("simcord") is not None
        return self._say("ok", "doctor-rehearsal-here" if here else "doctor-rehearsal-away")


def _folder_of(package: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).resolve().parent.parent


def _nearest(folder: Path) -> Path:
    """The folder itself, or the closest above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _read(database: Path) -> tuple[str | None, list[tuple[str, int, bytes]]]:
    """The revision of the tables and the rows that tell the right key. Raises DatabaseProblem."""
    # Without a log beside it nobody has the file open, and then `immutable` keeps SQLite from making one.
    log = database.with_name(f"{database.name}-wal")
    mode = "ro" if log.exists() else "ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode={mode}", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            revision = None
            if "alembic_version" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                revision = None if row is None else str(row[0])
            checks: list[tuple[str, int, bytes]] = []
            if "key_check" in tables:
                checks = connection.execute("SELECT key_kind, key_id, value FROM key_check").fetchall()
    except sqlite3.DatabaseError as error:
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                raise DatabaseProblem("not-a-database", database) from error
            case sqlite3.SQLITE_CORRUPT:
                raise DatabaseProblem("damaged", database) from error
            case _:
                raise DatabaseProblem("unopenable", database) from error
    return revision, checks


def _tables(revision: str | None, database: Path) -> str:
    """The key of the sentence about the age of the tables. Raises DatabaseProblem for newer ones."""
    if revision == HEAD:
        return "doctor-database-ok"
    if revision is not None:
        try:
            ScriptDirectory(str(migrations_folder())).get_revisions(revision)
        except CommandError as error:
            raise DatabaseProblem("newer", database) from error
    return "doctor-database-older"
