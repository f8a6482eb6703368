"""Any number of reminders that wait in a real database, and a Discord that answers after a while."""

import asyncio
import itertools
import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from bot.aliases import mark_in_group
from bot.chance import SystemChance
from bot.clock import Clock, system_now
from bot.content.library import load_library
from bot.reminders.reminder import Note, Reminder
from bot.reminders.rules import Rule, Weekly
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.storage.engine import Database
from bot.storage.keys import DATABASE_FILE, KeyRing, open_keys
from bot.storage.opening import prepare
from bot.storage.vault import Vault

ZONE = "Asia/Kolkata"
"""One whose clocks never change, so that a local time means one instant on every day of the year."""
MINUTE = 60
WEEK = 7 * SECONDS_A_DAY
GROUP_SIZE = 25
FIRST_USER = 100_000_000_000_000_000
FIRST_CHANNEL = 200_000_000_000_000_000
FIRST_INBOX = 300_000_000_000_000_000
INSTANTS = 1_000
"""At so many instants of a week do reminders wait, however many there are."""
CACHE = -1_500_000
SHUFFLED = Random(7)

TOKEN, GROUP, USER = "<token>", "<group>", "<user>"
_GROUP = "INSERT INTO groups VALUES (?, ?, ?, ?, 'en', 14, ?, 1, NULL, ?, 0)"
_REMINDER = "INSERT INTO reminders VALUES (?, ?, ?, 1, ?, ?, ?)"
_DELIVERY = (
    "INSERT INTO deliveries"
    " VALUES (?, 'note', ?, '1', ?, ?, NULL, 1, 1, 1, 1, ?, ?, 0, NULL, NULL, 1, 'live', 1)"
)


class Hand:
    """Time that goes on as it does, from wherever it was put."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self.clock = Clock(lambda: system_now() + self._ahead)

    def put(self, seconds: float) -> None:
        self._ahead = datetime.fromtimestamp(seconds, UTC) - system_now()


@dataclass(frozen=True)
class Form:
    """A weekly reminder due at one instant as JSON, with places for the three things that tell it apart."""

    at: int
    purge_at: int | None
    plain: str

    @classmethod
    def due(cls, at: int, now: int) -> "Form":
        """It had one note a week before, which is still kept."""
        local = datetime.fromtimestamp(at, ZoneInfo(ZONE))
        last = at - WEEK
        reminder = Reminder(
            token=TOKEN,
            group=GROUP,
            user=0,
            rule=Rule(
                every=Weekly(weekdays=frozenset({local.weekday()})),
                hour=local.hour,
                minute=local.minute,
                zone=ZONE,
                start=datetime.fromtimestamp(now - WEEK, UTC).date(),
                quiet_from=None,
                quiet_to=None,
            ),
            seed="0123456789abcdef",
            handled_until=now,
            notes=(Note(number=1, at=last, strategy="slow-the-moment", opened=True),),
            sent=1,
            shown=("slow-the-moment",),
        )
        assert reminder.next_at == at
        return cls(at, reminder.fades_at, reminder.model_dump_json().replace('"user":0', f'"user":{USER}'))

    def filled(self, token: str, group: str, user: int) -> str:
        return self.plain.replace(TOKEN, token).replace(GROUP, group).replace(USER, str(user))


def fill(path: Path, ring: KeyRing, now: int, waiting: int, due: Sequence[int]) -> str:
    """So many reminders between one and six days from ``now``, and one at each instant of ``due`` besides.

    Each is its owner's, one group for ``GROUP_SIZE`` of them, and has had a note that Discord was sent. Gives
    the token of one of the groups.
    """
    vault, today = Vault(ring), now // SECONDS_A_DAY
    first, step = now + SECONDS_A_DAY, 5 * SECONDS_A_DAY // INSTANTS // MINUTE * MINUTE
    later = [Form.due(first + number * step, now) for number in range(min(INSTANTS, waiting))]
    forms = {at: Form.due(at, now) for at in set(due)}
    each_form = itertools.chain((forms[at] for at in due), itertools.islice(itertools.cycle(later), waiting))
    count = waiting + len(due)
    # In the order of the keys: a tree that grows at its end is soon filled.
    groups = sorted(secrets.token_hex(8) for _ in range(-(-count // GROUP_SIZE)))
    tokens = sorted(secrets.token_hex(8) for _ in range(count))
    mixed = list(range(count))
    SHUFFLED.shuffle(mixed)

    def group_rows() -> Iterator[tuple[object, ...]]:
        for number, token in enumerate(groups):
            facilitators = json.dumps([FIRST_USER + number])
            sealed = vault.seal("groups.facilitators", token, facilitators)
            yield token, number + 1, FIRST_CHANNEL + number, ZONE, sealed, today

    of_form = dict(zip(mixed, each_form, strict=True))

    def reminder_rows() -> Iterator[tuple[object, ...]]:
        for number, token in enumerate(tokens):
            group, user, form = groups[number // GROUP_SIZE], FIRST_USER + number, of_form[number]
            sealed = vault.seal("reminders.document", token, form.filled(token, group, user))
            mark = mark_in_group(user, group, ring.seal_keys)
            yield token, group, mark, form.at, form.purge_at, sealed

    def delivery_rows() -> Iterator[tuple[object, ...]]:
        for number, token in enumerate(tokens):
            sent = of_form[number].at - WEEK
            yield secrets.token_hex(8), token, FIRST_INBOX + number, number + 1, sent, sent

    with closing(sqlite3.connect(path)) as connection:
        for pragma in (f"cache_size={CACHE}", "journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executemany(_GROUP, group_rows())
        connection.executemany(_REMINDER, reminder_rows())
        connection.executemany(_DELIVERY, delivery_rows())
        connection.commit()
    return groups[0]


@dataclass(frozen=True)
class Made:
    """A folder with its own key file and a filled database; what is due, and one group."""

    folder: Path
    due: tuple[int, ...]
    group: str


def make(folder: Path, waiting: int, due: int, *, at_once: bool = False) -> Made:
    """So many reminders that wait for another day, and so many due before: a minute apart, or at one."""
    now = Clock().seconds() // MINUTE * MINUTE
    ring = open_keys(folder)
    path = folder / DATABASE_FILE
    prepare(path, ring)
    instants = tuple(now + (1 if at_once else number) * MINUTE for number in range(1, due + 1))
    return Made(folder, instants, fill(path, ring, now, waiting, instants))


async def ground_in(folder: Path, clock: Clock) -> Ground:
    """What ``make`` left in ``folder``, open."""
    ring = open_keys(folder)
    database = await Database.open(folder / DATABASE_FILE, ring)
    return Ground(database, {"en": load_library()}, clock, SystemChance(), ring.seal_keys)


@dataclass
class Discord:
    """As much of a client as a note in an inbox needs. Each request is answered after ``seconds``."""

    seconds: float
    nonces: Counter[str] = field(default_factory=Counter[str])
    inboxes: Counter[int] = field(default_factory=Counter[int])
    requests: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def http(self) -> "Discord":
        return self

    async def _answer(self) -> None:
        self.requests += 1
        await asyncio.sleep(self.seconds)

    async def start_private_message(self, user: str) -> dict[str, str]:
        await self._answer()
        return {"id": str(int(user) - FIRST_USER + FIRST_INBOX)}

    def get_partial_messageable(self, channel_id: int) -> "Inbox":
        return Inbox(self, channel_id)

    async def take(self, channel_id: int, nonce: str) -> int:
        await self._answer()
        self.nonces[nonce] += 1
        self.inboxes[channel_id] += 1
        self.arrived.set()
        return self.nonces.total()

    async def until(self, count: int) -> None:
        """Wait until so many messages have arrived."""
        while self.nonces.total() < count:
            self.arrived.clear()
            await self.arrived.wait()


@dataclass(frozen=True)
class Inbox:
    """Where a message goes to."""

    discord: Discord
    channel_id: int

    async def send(self, *, nonce: str = "", **_message: Any) -> SimpleNamespace:  # noqa: ANN401 - whatever is in it
        return SimpleNamespace(id=await self.discord.take(self.channel_id, nonce))
