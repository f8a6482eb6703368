"""Notes that people have come by: reminders of their own and notes about their plans, opened and answered."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from benchmarks.double.cellar import Cellar
from benchmarks.double.people import Person
from benchmarks.double.state import World, controls

DAILY: dict[str, Any] = {"days": list("0123456"), "quiet": "none"}
AHEAD = 25 * 60
"""Less than the half an hour that goes by at a time."""
NUDGE_BEFORE = 10 * 60
MOST_REMINDERS = 10
MINUTE, HOUR, DAY = 60, 3_600, 86_400
SHOWS = {"n-show": "reminders", "p-show": "commitments"}


@dataclass(frozen=True)
class Asked:
    """What somebody was told would come: at ``at``, seen from when ``moved`` seconds had gone by unseen."""

    table: str
    at: int
    moved: int


@dataclass
class Notes:
    """What everyone asked for and did; ``wrong`` says what did not come of it."""

    world: World
    cellar: Cellar
    asked: dict[str, Asked] = field(default_factory=dict[str, Asked])
    answered: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    closed: set[str] = field(default_factory=set[str])

    def __len__(self) -> int:
        """How many stand in the inboxes."""
        return sum(1 for _ in self._standing())

    # What people do

    async def have_one(self, person: Person) -> None:
        """A daily one, unless one is to come soon."""
        kept = [
            (document, wake_at)
            for document, wake_at in self.cellar.documents("reminders")
            if document["user"] == person.id
        ]
        soon = time.time() + HOUR
        if len(kept) >= MOST_REMINDERS or any(at is not None and at < soon for _, at in kept):
            return
        await person.slash("remind me", how="week", zone="UTC")
        if person.offers("accept"):
            await person.press("accept")
            return
        at, moved = _minute(AHEAD), self.cellar.moved
        await person.submit(**DAILY, time=f"{datetime.fromtimestamp(at, UTC):%H:%M}")
        token = self._token(person, "r-keep")
        await person.press("r-keep")
        # Where time was moved in between, nobody knows which of the two came first.
        if person.offers("r-preview") and self.cellar.moved == moved:
            self.asked[token] = Asked("reminders", at, moved)

    async def about_plan(self, person: Person) -> None:
        """One about the first of their open plans, unless there is one already."""
        if not any(
            each["user"] == person.id and each["status"] == "open" and each["token"] not in self.asked
            for each, _ in self.cellar.documents("commitments")
        ):
            return
        await person.slash("commitment mine")
        if person.offers("p-stop"):
            if self._token(person, "p-stop") in self.asked:
                return
            await person.press("p-stop")
        token = self._token(person, "p-remind")
        await person.press("p-remind")
        at, moved = _minute(AHEAD + NUDGE_BEFORE), self.cellar.moved
        when = f"{datetime.fromtimestamp(at, UTC):%A %I:%M %p}"
        await person.submit(when=when, quiet="", zone="UTC")
        if person.offers("p-stop") and self.cellar.moved == moved:
            self.asked[token] = Asked("commitments", at - NUDGE_BEFORE, moved)

    async def open_new(self, person: Person) -> None:
        """Show what has come and answer it: done."""
        for message in list(self.world.inbox(person.id).messages.values()):
            table, token, number = _shown(controls(message)) or ("", "", 0)
            if table == "reminders" and (token, number) not in self.answered:
                await person.press("n-show", on=message)
                await person.press("n-how", f"{number}.did")
                self.answered[token, number] = "did"
            if table == "commitments" and token not in self.closed:
                await person.press("p-show", on=message)
                await person.press("p-kept")
                await person.submit()
                self.closed.add(token)

    def _token(self, person: Person, verb: str) -> str:
        found = (each.split(":") for each in controls(person.shown or {"components": []}))
        return next((token for _, token, name, _ in found if name == verb), "")

    # What must hold at the end

    def wrong(self) -> list[str]:
        """Each note that did not come, or stands there more than once, and each answer that is lost."""
        now, standing = int(time.time()), Counter(self._standing())
        kept = {
            (table, each["token"]): each
            for table in SHOWS.values()
            for each, _ in self.cellar.documents(table)
        }
        found = [f"{times} times in an inbox: {note}" for note, times in standing.items() if times > 1]
        for (table, token), document in kept.items():
            numbers = {note["number"] for note in document["notes"]}
            there = {number for of, each, number in standing if (of, each) == (table, token)}
            if numbers != there:
                found.append(f"{table} {token} was sent {sorted(numbers)}, and there are {sorted(there)}")
        for token, asked in self.asked.items():
            document = kept.get((asked.table, token))
            if document is None:
                found.append(f"{asked.table} {token} is gone")
                continue
            first = asked.at - (self.cellar.moved - asked.moved)
            days = (now - first) // DAY + 1 if asked.table == "reminders" else int(first <= now)
            due = {first + day * DAY for day in range(days)}
            came = Counter(note["at"] for note in document["notes"])
            # The newest may be due since a moment ago; a plan may have had another time before.
            missing = {at for at in due - came.keys() if at < now - MINUTE}
            too_many = came - Counter(due) if asked.table == "reminders" else came - Counter({*came})
            if missing or too_many:
                found.append(f"{asked.table} {token} was due at {sorted(due)} and came at {dict(came)}")
        for (token, number), how in self.answered.items():
            notes = kept["reminders", token]["notes"]
            if all(note["how"] != how for note in notes if note["number"] == number):
                found.append(f"the answer to note {number} of {token} is lost")
        open_ = (token for token in self.closed if kept["commitments", token]["status"] != "kept")
        return found + [f"plan {token} was kept, and is open" for token in open_]

    def _standing(self) -> Iterator[tuple[str, str, int]]:
        for _, message in self.world.posts():
            shown = _shown(controls(message))
            if shown is not None:
                yield shown


def _minute(ahead: int) -> int:
    """A whole minute so many seconds from now, or a little more."""
    return (int(time.time()) + ahead) // MINUTE * MINUTE + MINUTE


def _shown(custom_ids: list[str]) -> tuple[str, str, int] | None:
    for each in custom_ids:
        parts = each.split(":", 3)
        if len(parts) == 4 and parts[2] in SHOWS:
            return SHOWS[parts[2]], parts[1], int(parts[3])
    return None
