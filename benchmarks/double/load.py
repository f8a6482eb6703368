"""A scripted load: groups that meet one evening after the other, write vignettes and have notes come by.

Everyone goes by what is in sight and in the database: an act whose answer was lost is looked for before it is
done again, as a person would.
"""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.double.cellar import Cellar
from benchmarks.double.notes import Notes
from benchmarks.double.people import NoAnswer, NotInSight, Person
from benchmarks.double.server import Double
from benchmarks.double.state import PRIVATE_THREAD, Channel, Payload, text_of
from bot.content.library import Library, load_library
from bot.formulation.session import Session
from bot.rehearsal.scenario import Scenario, ScriptedPerson, load_scenario
from bot.rehearsal.troupe import Troupe

HARMLESS = {"client": "no", "relative": "no", "needed": "yes", "changed": "", "placement": "no-trainee"}
ADJECTIVES = "early careful quiet golden narrow patient sudden gentle crooked heavy plain distant".split()
NOUNS = "kettle garden ladder window harbour basket lantern orchard pillow river saddle thimble".split()
RATINGS = ("rate", "rate-again", "rate-own")


@dataclass
class Ledger:
    """What was answered to the person who did it, and so must never be lost."""

    texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    fits: dict[tuple[str, int, str, str], str] = field(default_factory=dict[tuple[str, int, str, str], str])
    accepted: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    marks: Iterator[str] = field(default_factory=lambda: _marks())  # noqa: PLW0108 - it stands below

    def __len__(self) -> int:
        return len(self.texts) + len(self.fits) + len(self.accepted)


class Player(Person):
    """A person whose answers are written down; the shape is that of the rehearsal's actor."""

    ledger: Ledger
    error: str

    @property
    def member(self) -> "Player":
        """The same; the simulator has two."""
        return self

    @property
    def user(self) -> "Player":
        """The same."""
        return self

    async def command(self, name: str, where: object = None, **options: object) -> Payload | None:
        del where
        return await self.slash(name, **options)

    async def send(self, _thread: Channel, _words: str) -> None:
        """Talk is nothing that the bot reads."""

    async def press(
        self, verb: str, argument: str | None = None, *, on: Payload | None = None
    ) -> Payload | None:
        before = on or self._in_sight(verb, argument)
        shown = await super().press(verb, argument, on=before)
        _, _, custom_id = str((self.last_data or {}).get("custom_id", "")).partition(":")
        if verb in RATINGS and shown is before:
            token, _, rest = custom_id.split(":", 2)
            mechanism, _, fit = rest.rpartition(".")
            self.ledger.fits[token, self.id, verb, mechanism] = fit
        if verb == "accept" and shown is before:
            self.ledger.accepted.add((self.channel.id, self.id))
        return shown

    async def fill(self, **values: object) -> Payload | None:
        """Send the form; what is written in it is committed where the answer says no other.

        No two texts are the same, so that one can't be taken for another.
        """
        values = {name: self._marked(name, value) for name, value in values.items()}
        shown = await self.submit(**values)
        typed = [str(value) for value in values.values() if isinstance(value, str) and " " in str(value)]
        if shown is not None and not self.text.startswith(self.error):
            self.ledger.texts += [(self.name, " ".join(text.split())) for text in typed]
        return shown

    def _marked(self, name: str, value: object) -> object:
        if not isinstance(value, str) or " " not in value or self.shown is None:
            return value
        fields = (each["component"] for each in self.shown.get("components", ()) if "component" in each)
        field_name = name.replace("_", "-").rstrip("-")
        most = next((each.get("max_length", 4000) for each in fields if each["custom_id"] == field_name), 0)
        mark = next(self.ledger.marks)
        return f"{value} {mark}" if len(value) + len(mark) < most else value


class Table:
    """One group in a channel of its own; to a troupe it looks like the rehearsal's stage."""

    def __init__(
        self, double: Double, cellar: Cellar, ledger: Ledger, scenario: Scenario, number: int
    ) -> None:
        self.double = double
        self.cellar = cellar
        self.library: Library = load_library()
        self.scenario = scenario
        self.channel = double.world.add_channel(f"{scenario.channel}-{number}")
        self._error = self.library.texts("error", code="").partition("{")[0].strip()[:40]
        self.players = {
            each.name: self._player(each.name, ledger, manages=each.name == scenario.facilitator)
            for each in scenario.people
        }

    def _player(self, name: str, ledger: Ledger, *, manages: bool) -> Player:
        user = self.double.world.add_user(name, manages=manages)
        player = Player(self.double.world, user, name, self.channel)
        player.ledger, player.error = ledger, self._error
        return player

    def __getitem__(self, name: str) -> Player:
        return self.players[name]

    @property
    def actors(self) -> Mapping[str, Player]:
        """Everyone by name."""
        return self.players

    @property
    def thread(self) -> Channel:
        """The newest session's thread."""
        threads = self.double.world.threads_of(self.channel, PRIVATE_THREAD)
        if not threads:
            raise NotInSight("no session has a thread")
        return threads[-1]

    def newest_with(self, where: Channel, verb: str, argument: str | None = None) -> Payload | None:
        return self.players[self.scenario.facilitator].newest_with(where, verb, argument)


class Evening(Troupe):
    """A troupe that finds its session in the database, from outside."""

    stage: Any

    async def session(self) -> Session | None:
        """The newest session of this group that is not over."""
        table: Table = self.stage
        kept = [each for each in table.cellar.sessions(table.channel.id) if each.status == "open"]
        return kept[-1] if kept else None

    def _to_say(self, session: Session, person: ScriptedPerson) -> Sequence[int]:
        """Nothing: what people say to each other never reaches the bot."""
        _ = session, person
        return ()


@dataclass
class Load:
    """All of it: ``run`` goes on until ``enough`` says so, and then brings what is open to its end."""

    double: Double
    cellar: Cellar
    seed: int
    tables: int = 2
    ledger: Ledger = field(default_factory=Ledger)
    evenings: int = 0
    vignettes: int = 0
    acts: int = 0
    trouble: list[str] = field(default_factory=list[str])
    finishing: bool = False

    def __post_init__(self) -> None:
        self.notes = Notes(self.double.world, self.cellar)
        names = ("first-evening", "four-people")
        scenarios = [load_scenario(names[number % len(names)]) for number in range(self.tables)]
        self.groups = [
            Table(self.double, self.cellar, self.ledger, scenario.model_copy(update={"mode": "text"}), number)
            for number, scenario in enumerate(scenarios)
        ]

    async def run(self) -> None:
        """Until it is told to finish, and everything has come to its end."""
        async with asyncio.TaskGroup() as everyone:
            for number, table in enumerate(self.groups):
                ready = asyncio.Event()
                everyone.create_task(self._meet(table, ready))
                everyone.create_task(self._write(table, ready, random.Random(f"{self.seed} {number}")))
                for player in table.players.values():
                    everyone.create_task(self._remind(_beside(player), ready))

    async def _meet(self, table: Table, ready: asyncio.Event) -> None:
        troupe = Evening(table, table.scenario, self._beat)  # pyright: ignore[reportArgumentType]
        while not self.cellar.rows("SELECT 1 FROM groups WHERE channel_id = ?", table.channel.id):
            await self._tried(troupe.prepare)
        ready.set()
        while not self.finishing:
            while await troupe.session() is None:
                await self._tried(lambda: self._begin(troupe))
            await self._through(troupe)
            self.evenings += 1

    async def _beat(self) -> None:
        self.acts += 1

    async def _begin(self, troupe: Evening) -> None:
        await troupe.bring_case()

    async def _through(self, troupe: Evening) -> None:
        names = [each.name for each in troupe.scenario.people]
        while (session := await troupe.session()) is not None:
            seated = {each.user for each in session.people}
            late = [name for name in names if troupe.stage[name].id not in seated]
            for name in late:
                await self._tried(lambda name=name: troupe.come_in(name), troupe.stage[name])
            for _ in range(2):
                parts = (
                    self._tried(lambda name=name: _part(troupe, name), troupe.stage[name]) for name in names
                )
                await asyncio.gather(*parts)
            if await self._all_done(troupe, names):
                await self._tried(troupe.move_on, troupe.stage[troupe.scenario.facilitator])

    async def _all_done(self, troupe: Evening, names: Sequence[str]) -> bool:
        session = await troupe.session()
        if session is None:
            return False
        everyone = (troupe.scenario.person(name) for name in names)
        seated = {each.user for each in session.people}
        here = all(troupe.stage[name].id in seated for name in names)
        return here and not any(troupe._parts(session, each) for each in everyone)  # noqa: SLF001 - its own plan

    async def _write(self, table: Table, ready: asyncio.Event, dice: random.Random) -> None:
        await ready.wait()
        while not self.finishing:
            writer, reader = dice.sample(sorted(table.players), 2)
            await self._tried(lambda who=table[writer]: self._vignette(who, dice))
            await self._tried(lambda who=table[reader]: self._offer(table, who, dice))
            await asyncio.sleep(0.2)

    async def _remind(self, person: Player, ready: asyncio.Event) -> None:
        await ready.wait()
        while not self.finishing:
            for act in (self.notes.open_new, self.notes.have_one, self.notes.about_plan):
                await self._tried(lambda act=act: act(person))
            await asyncio.sleep(0.5)

    async def _vignette(self, author: Player, dice: random.Random) -> None:
        # Beside their own evening: another window of the same person.
        author = _beside(author)
        thing = f"{dice.choice(ADJECTIVES)} {dice.choice(NOUNS)}, and then a {dice.choice(ADJECTIVES)} one"
        await author.slash("vignette write")
        if author.offers("accept"):
            await author.press("accept")
            await author.slash("vignette write")
        if author.shown is None or "form" not in author.shown:
            return
        await author.fill(
            title=f"The {dice.choice(ADJECTIVES)} {dice.choice(NOUNS)}",
            text=f"A client tells of a {thing}. We laughed. I felt looked after, and then I felt guilty.",
            question="What do I miss?",
        )
        await author.press("w-next")
        await author.press("w-questions")
        await author.fill(**HARMLESS)
        await author.press("w-publish")
        self.vignettes += 1

    async def _offer(self, table: Table, reader: Player, dice: random.Random) -> None:
        reader = _beside(reader)
        card = reader.newest_with(table.channel, "v-more")
        if card is None:
            return
        await reader.press("v-more", on=card)
        if reader.offers("accept"):
            await reader.press("accept")
            await reader.press("v-more", on=card)
        if reader.offers("v-offer"):
            await reader.press("v-offer")
            await reader.fill(text=f"I see a {dice.choice(ADJECTIVES)} {dice.choice(NOUNS)} in it.")

    async def _tried(self, act: Callable[[], Awaitable[Any]], player: Player | None = None) -> None:
        """Do it as far as it goes; what was lost on the way is looked for the next time.

        A charter may come in between: who is named facilitator is in the session before having read it.
        """
        try:
            await act()
            await asyncio.sleep(0)
        except (NoAnswer, NotInSight, LookupError, AssertionError) as error:
            self.trouble.append(f"{type(error).__name__}: {error}")
            del self.trouble[:-50]
            await asyncio.sleep(0.1)
            while not self.double.gateway.connected:
                await asyncio.sleep(0.05)
            if player is not None and player.offers("accept"):
                await self._tried(lambda: player.press("accept"))

    # What must hold at the end

    def lost(self) -> list[str]:
        """Each contribution that was answered and is neither in the database nor on the screen."""
        kept = {" ".join(each.split()) for each in self.cellar.strings()}
        shown = " ".join(" ".join(text_of(post).split()) for _, post in self.double.world.posts())
        everything = "\n".join(kept)
        found = [
            f"{who}: {text}"
            for who, text in self.ledger.texts
            if text not in everything and text not in shown
        ]
        sessions = {
            each.token: each for table in self.groups for each in self.cellar.sessions(table.channel.id)
        }
        for (token, user, verb, mechanism), fit in self.ledger.fits.items():
            if _fit_in(sessions[token], user, verb, mechanism) != fit:
                found.append(f"{user} {verb} {mechanism} {fit} in {token}")
        if self.cellar.members() < len(self.ledger.accepted):
            found.append(f"{len(self.ledger.accepted)} accepted a charter, {self.cellar.members()} are kept")
        return found

    def unfinished(self) -> list[str]:
        """Sessions that did not come to their end."""
        every = (each for table in self.groups for each in self.cellar.sessions(table.channel.id))
        return [f"{each.token} is {each.status} in {each.step}" for each in every if each.status != "closed"]


def _marks() -> Iterator[str]:
    for words in itertools.cycle(itertools.product(ADJECTIVES, ADJECTIVES, NOUNS)):
        yield " ".join(words)


async def _part(troupe: Evening, name: str) -> None:
    async for _ in troupe.own_parts(name):
        pass


def _beside(player: Player) -> Player:
    other = Player(player.world, player.id, player.name, player.channel)
    other.ledger, other.error = player.ledger, player.error
    return other


def _fit_in(session: Session, user: int, verb: str, mechanism: str) -> str | None:
    person = session.person(user)
    if person is None:
        return None
    walk = session.walk(person)
    fits = {"rate": walk.fits, "rate-again": walk.again, "rate-own": session.own_fits}[verb]
    fit = fits.get(mechanism, "")
    return "x" if fit is None else str(fit)
