"""Twenty vignettes by eight people over ten evenings, and all that is left of them for others to see."""

import logging
import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.logs import _NEVER_BELOW  # pyright: ignore[reportPrivateUsage]
from bot.rehearsal.stage import Actor, message_text
from bot.services.ground import SECONDS_A_DAY
from bot.services.vignettes import Wanted
from bot.storage.keys import DATABASE_FILE
from bot.vignettes.slots import SLOT_SECONDS
from bot.vignettes.writing import VignetteWriting
from tests.conftest import StageOpener
from tests.vignette_flow.table import CLEAN, Table, ids_in, seated

NAMES = ("Ada", "Bea", "Cem", "Dag", "Eli", "Fay", "Gus", "Hal")
LOOKED_AT_EVERY = 4.0
"""Minutes between two moments at which one person shows themself, while the evening lasts."""
EVENING = 3600
_FLOORS = {**_NEVER_BELOW, "simcord": logging.WARNING}
"""What the bot holds back when it runs is held back here too; the simulator's words are none of its own."""


@dataclass(frozen=True)
class Sent:
    """A request of the bot's to Discord that was no answer to a press, and when it was made."""

    at: float
    method: str
    path: str
    body: str


@dataclass(frozen=True)
class Shown:
    """A message as it once stood: where, by whom, when, and everything in it."""

    place: int
    id: int
    author: int
    at: float
    content: str


@dataclass
class History:
    """What happened (``wrote``, ``told``, ``stopped``: the truth) and what others can know of it."""

    people: dict[str, int] = field(default_factory=dict[str, int])
    joined: list[str] = field(default_factory=list[str])
    wrote: dict[str, str] = field(default_factory=dict[str, str])
    told: dict[str, str] = field(default_factory=dict[str, str])
    stopped: dict[str, str] = field(default_factory=dict[str, str])
    seen: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    sent: list[Sent] = field(default_factory=list[Sent])
    shown: dict[int, Shown] = field(default_factory=dict[int, Shown])
    inside: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    titles: dict[str, str] = field(default_factory=dict[str, str])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    audit: str = ""
    log: str = ""
    files: bytes = b""
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict[str, list[dict[str, Any]]])

    @property
    def vignettes(self) -> list[str]:
        return sorted(self.wrote)

    def places_of(self, token: str) -> set[str]:
        """Ids of the messages and threads that a vignette has, or had."""
        cards = {each.id for each in self.shown.values() if token in each.content}
        return {
            str(each) for each in cards | {each.id for each in self.shown.values() if each.place in cards}
        }

    def traces(self, token: str) -> list[float]:
        """Every instant at which the bot did something about a vignette that others could see."""
        places = self.places_of(token)
        return [
            each.at
            for each in self.sent
            if token in each.body or any(part in places for part in each.path.split("/"))
        ]


Act = Callable[[Actor], Awaitable[None]]


@dataclass
class Scribe:
    """Lets the evenings happen, and writes down what can be seen."""

    table: Table
    dice: random.Random
    history: History
    _heard: int = 0

    @property
    def _now(self) -> float:
        return self.table.stage.env.now().timestamp()

    async def pass_time(self, seconds: float) -> None:
        """Step by step: what a quarter of an hour brings is noted within its first seconds."""
        end = self._now + max(seconds, 0.0)
        while self._now < end:
            slot = self._now // SLOT_SECONDS * SLOT_SECONDS + 3
            until = min(end, slot if self._now < slot else slot + SLOT_SECONDS)
            await self.table.stage.pass_time(until - self._now + 0.001)
            self._listen()

    def _listen(self) -> None:
        requests = self.table.stage.env.http_requests
        for each in requests[self._heard :]:
            if not each.path.startswith("/interactions/") and "/webhooks/" not in each.path:
                self.history.sent.append(
                    Sent(self._now, each.method, each.path, f"{each.json} {each.reason}")
                )
        self._heard = len(requests)

    def look(self) -> None:
        """Remember every message there is: what is deleted later has been seen."""
        stage = self.table.stage
        for place in (stage.channel, *stage.channel.threads):
            for post in stage.posts(place):
                content = f"{message_text(post)} {ids_in(post)} {post.interaction_metadata} {post.reference}"
                self.history.shown[post.id] = Shown(
                    place.id, post.id, post.author.id, post.created_at.timestamp(), content
                )
        for thread in stage.channel.threads:
            inside = stage.env.backend.get_channel(thread.id).thread_members
            self.history.inside[thread.id] = tuple(sorted(inside))

    async def evening(self, *phases: list[tuple[str, Act]]) -> None:
        """Eight people about, and each act by one of them a few seconds after they last showed themselves.

        What belongs to a later phase happens later.
        """
        begins = self._now
        moments = [(at, name) for name in NAMES for at in self._moments(begins)]
        self.history.seen += moments
        plan: list[tuple[float, str, Act | None]] = [(at, name, None) for at, name in moments]
        length = EVENING / len(phases)
        for number, acts in enumerate(phases):
            since = begins + length * number
            for name, act in acts:
                own = [at for at, who in moments if who == name and since <= at < since + length - 10]
                at = self.dice.choice(own) if own else since + self.dice.uniform(0, length - 10)
                plan.append((at + self.dice.uniform(3, 10), name, act))
        for at, name, act in sorted(plan, key=lambda each: each[0]):
            talks = act is None and self.dice.random() < 0.2
            if act is not None or talks:
                await self.pass_time(at - self._now)
            if act is not None:
                await act(self.table[name])
                await self.pass_time(2.1)
            elif talks:
                await self.table[name].member.send(self.table.stage.channel, "Hm.")
        await self.pass_time(begins + EVENING + 1800 - self._now)
        self.look()

    def _moments(self, begins: float) -> list[float]:
        found, at = list[float](), begins
        while (at := at + self.dice.expovariate(1 / (60 * LOOKED_AT_EVERY))) < begins + EVENING:
            found.append(at)
        return found

    # What people do

    def writing(self, name: str, title: str) -> Act:
        async def act(who: Actor) -> None:
            # By the use cases that the presses come to, which other tests walk through.
            desk = self.table.stage.bot.desk
            async with desk.ground.reading() as store:
                group = await store.groups.by_channel(self.table.stage.channel.id)
            assert group is not None
            token, text = desk.ground.chance.token(), VignetteWriting(title, CLEAN)
            reviewed = await desk.writing.begin(token, text, group, who.id)
            new = await desk.vignettes.publish(reviewed, group, who.id, Wanted(by_name=False, waits=False))
            await self.table.stage.env.settle()
            self.history.wrote[new.token] = name
            self.history.aliases[new.token] = new.alias
            self.history.titles[new.token] = title

        return act

    def reading(self, token: str, verb: str, words: str) -> Act:
        async def act(who: Actor) -> None:
            await who.press("v-more", on=self._card(token))
            await who.press(verb, on=None if who.offers(verb) else self._card(token))
            await who.fill(text=words)

        return act

    def answering(self, token: str) -> Act:
        async def act(who: Actor) -> None:
            await who.press("v-more", on=self._card(token))
            if who.offers("v-answer"):
                await who.press("v-answer")
                await who.fill(text="About a year.")

        return act

    def pressing(self, token: str, *verbs: str) -> Act:
        async def act(who: Actor) -> None:
            await who.press("v-more", on=self._card(token))
            for verb in verbs:
                name, _, argument = verb.partition("/")
                await who.press(name, argument or None)

        return act

    def telling(self, token: str, name: str) -> Act:
        async def act(who: Actor) -> None:
            await self.pressing(token, "v-tell", "v-told/identifies")(who)
            # Told twice, it is one message: the first to tell is whom it could give away.
            if token not in self.history.told:
                self.history.told[token] = name

        return act

    def stopping(self, token: str) -> Act:
        async def act(who: Actor) -> None:
            await who.press("v-more", on=self._card(token))
            await who.choose("v-stop", "1")
            self.history.stopped[token] = self.history.wrote[token]

        return act

    def joining(self) -> Act:
        async def act(who: Actor) -> None:
            stage = self.table.stage
            invitation = stage.newest_with(stage.channel, "join")
            if invitation is not None:
                await who.press("join", on=invitation)
                await who.press("enter")

        return act

    def _card(self, token: str) -> Any:
        return next(post for post in self.table.cards() if token in str(ids_in(post)))


async def lived_through(opened: StageOpener, seed: int, *, evenings: int = 10, folder: str = "") -> History:
    """All of it, with the randomness of ``seed``; the bot's own chance is another in every run."""
    dice, history, lines = random.Random(seed), History(), list[str]()
    order: list[str] = list(NAMES)
    dice.shuffle(order)
    logged = _Listening(lines)
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", *_FLOORS)}
    root.addHandler(logged)
    for name, floor in {"": logging.DEBUG, **_FLOORS}.items():
        logging.getLogger(name).setLevel(floor)
    try:
        folder = folder or f"data-{seed}"
        async with seated(opened, tuple(order), folder=folder, seed=str(seed)) as table:
            history.people = {name: table[name].id for name in order}
            history.joined = order
            scribe = Scribe(table, dice, history)
            await scribe.pass_time(SECONDS_A_DAY)
            await _evenings(scribe, evenings)
            history.audit = "\n".join(str(each) for each in table.stage.guild.audit_log())
            _copy_files(history, table.stage.settings.data_dir)
    finally:
        root.removeHandler(logged)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
    history.log = "\n".join(lines)
    return history


class _Listening(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()}")


async def _evenings(scribe: Scribe, evenings: int) -> None:  # noqa: C901 - one evening after another
    dice, history = scribe.dice, scribe.history
    stopped = set[str]()
    gone = set[str]()
    facilitator = history.joined[0]
    for number in range(evenings):
        older = [token for token in history.wrote if token not in gone][-3:]
        writers = dice.sample([name for name in NAMES if name not in stopped], 2)
        writing = [
            (name, scribe.writing(name, f"Evening {number}, {place}")) for place, name in enumerate(writers)
        ]
        acts, ends = list[tuple[str, Act]](), list[tuple[str, Act]]()
        for token in older[:2]:
            author = history.wrote[token]
            others = [name for name in NAMES if name != author]
            acts.append((dice.choice(others), scribe.reading(token, "v-ask", "How long?")))
            teller = dice.choice(others)
            acts.append((teller, scribe.telling(token, teller)))
            if author not in stopped:
                acts.append((author, scribe.answering(token)))
                if dice.random() < 0.5:
                    acts.append((author, scribe.reading(token, "v-continue", "It goes on.")))
            if (helper := dice.choice(NAMES)) not in stopped:
                acts.append((helper, scribe.reading(token, "v-offer", "It works that you noticed.")))
        if older and number % 4 == 2:
            token = older[0]
            author = history.wrote[token]
            ends.append((author, scribe.pressing(token, "v-close", "v-close-now")))
            gone.add(token)
        if older and number % 4 == 3:
            token = older[-1]
            ends.append((history.wrote[token], scribe.pressing(token, "v-withdraw", "v-withdraw-now")))
            gone.add(token)
        # A week at the least: whoever is stopped says no more in these evenings.
        if len(older) > 1 and number in (1, 4, 7):
            token = older[-1]
            stopped.add(history.wrote[token])
            ends.append((facilitator, scribe.stopping(token)))
        if number == 5 and older:
            token = older[-1]
            ends.append((history.wrote[token], scribe.pressing(token, "v-formulate", "v-slow")))
            gone.add(token)
        if number == 6:
            ends += [(name, scribe.joining()) for name in dice.sample(NAMES, 5)]
        await scribe.evening(writing, acts, ends)
        await scribe.pass_time(SECONDS_A_DAY - EVENING - 1800 + dice.uniform(-900, 900))


def _copy_files(history: History, folder: Path) -> None:
    copied = folder.parent / f"{folder.name}-copied"
    shutil.copytree(folder, copied)
    files = sorted(copied.glob(f"{DATABASE_FILE}*"))
    assert files
    history.files = b"".join(each.read_bytes() for each in files)
    with closing(sqlite3.connect(copied / DATABASE_FILE)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        history.rows = {
            name: [dict(row) for row in connection.execute(f'select * from "{name}"')]  # noqa: S608
            for name in names
        }
