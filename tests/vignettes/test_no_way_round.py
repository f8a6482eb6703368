"""Random people press random buttons and type random texts, with stops and restarts in between.

No path publishes what the review would block, and nothing that was typed is lost on any.
"""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.desk import Desk
from bot.rehearsal.stage import text_of
from bot.services.access import Caller
from bot.services.drafts import is_under_way, typed_in
from bot.services.ground import Ground
from bot.services.screening import BY_RULES, Finder
from bot.storage.engine import Database
from bot.storage.groups import Group
from bot.storage.keys import DATABASE_FILE, open_keys
from bot.ui.answers import Answer, Form, Private
from bot.ui.control import Control, parse
from bot.ui.verbs import Verb
from bot.ui.vignette_forms import HALF
from bot.ui.vignette_forms import text_of as whole_text
from bot.vignettes.vignette import Vignette
from bot.vignettes.writing import VignetteWriting
from cogs import writing as reviewing
from cogs.group import GroupClicks
from cogs.vignette import authoring, caring, drafting, reading
from tests.conftest import Dice, english
from tests.services.conftest import Hands
from tests.services.evening import group_of
from tests.services.reading import STRICT
from tests.vignettes.shelf import SLOT, TEXT, on_its_way, restarted

GUILD, CHANNEL = 1, 2
CARER, ANN, BOB = PEOPLE = (11, 12, 13)
LIBRARY = english()
OPENING = "w-all w-next w-questions w-who w-publish w-own w-edit w-take".split()
MAY_CHANGE = {"vignette", "w-edit", "w-all", "w-take", "w-own"}

CLEAN = ("She asks how I slept.", "I felt looked after.", "What was that about?", "He paid twice.")
BLOCKING = (
    "Write to anna.k@example.org.",
    "Call 020 7946 0958.",
    "She is @early_bird there.",
    "See https://example.org/anna for it.",
)
WARNING = (
    "My client Anna Kowalska came.",
    "She is 34.",
    "Her brother Tomasz works at Leeds General Infirmary.",
)
ACROSS = (f"{'She comes early. ' * 300}"[: HALF - 9] + " 020 7946", " 0958 is hers.")
"""A number that stands in neither of the two fields, and in both together."""


def sentences(draw: Random) -> str:
    return " ".join(draw.choices((*CLEAN, *CLEAN, *WARNING, *BLOCKING), k=draw.randint(0, 4)))


def text_and_more(draw: Random) -> tuple[str, str]:
    """The two fields of a text: mostly one that can be taken, or too short, too long, parted badly."""
    match draw.randint(0, 11):
        case 0:
            return ACROSS
        case 1:
            return TEXT * 40, TEXT * 40
        case 2:
            return sentences(draw), ""
        case 3 | 4:
            return f"{TEXT} {sentences(draw)}", sentences(draw)
        case 5:
            return f"{sentences(draw)}\n\n{TEXT}", ""
        case _:
            return f"{TEXT} {sentences(draw)}", ""


def fields_for(verb: str, draw: Random) -> dict[str, str | list[str]]:
    """What somebody types into the form of ``verb``."""
    if verb == "w-questions":
        answers = {name: draw.choice(["no", "yes"]) for name in ("client", "relative")}
        return {**answers, "needed": "yes", "changed": sentences(draw)[:280], "placement": ""}
    if verb == "w-own":
        return {"words": draw.choice([sentences(draw), "a large city"])[:280]}
    if verb in ("vignette", "w-edit", "v-rewrite"):
        text, more = text_and_more(draw)
        return {
            "title": draw.choice(["The early bird"] * 4 + ["About Anna Kowalska", "anna@example.org", " "]),
            "text": text[:HALF],
            "more": more[:HALF],
            "question": draw.choice(["", sentences(draw)])[:300],
        }
    return {"text": sentences(draw)[:280]}


@dataclass
class Room:
    """A group whose people do anything they are shown a button for, or ever were."""

    desk: Desk
    hands: Hands
    group: Group
    draw: Random
    seen: dict[int, list[Control]] = field(default_factory=lambda: {user: [] for user in PEOPLE})
    looked_at: set[str] = field(default_factory=set[str])
    faults: list[Exception] = field(default_factory=list[Exception])
    latest: list[Control] = field(default_factory=list[Control])
    user: int = ANN
    published: int = 0

    def connect(self) -> None:
        """What the bot does as it starts, without Discord."""
        router, clicks = self.desk.router, GroupClicks(self.desk)
        for part in (drafting, reading, authoring, caring, reviewing):
            router.add(part.verbs(self.desk))
        router.resume(VignetteWriting.purpose, "w-edit")
        router.add(
            [
                Verb("discard", "owner", press=clicks.discard, about_session=False),
                Verb("discard-now", "owner", press=clicks.discard_now, about_session=False),
            ]
        )

        def report(error: Exception) -> str:
            self.faults.append(error)
            return "ABC123"

        router._report = report

    async def drafts(self) -> dict[str, Any]:
        async with self.desk.ground.reading() as store:
            tokens = [token for token, _ in await store.drafts.owners()]
            return {token: await store.drafts.load(token) for token in tokens}

    async def vignettes(self) -> dict[str, Vignette]:
        async with self.desk.ground.reading() as store:
            kept = await store.vignettes.of_group(self.group.token)
        return {stored.vignette.token: stored.vignette for stored in kept}

    async def writings(self) -> dict[str, dict[str, Any]]:
        return {
            token: json.loads(draft.content)
            for token, draft in (await self.drafts()).items()
            if is_under_way(draft.purpose)
        }

    async def step(self) -> None:
        what = self.draw.choice(
            ("press",) * 16
            + ("write", "through", "through", "through", "time", "time", "restart", "stop", "word")
        )
        match what:
            case "press":
                await self.press_something()
            case "write":
                user = self.draw.choice(PEOPLE)
                await self.use(user, Control(self.desk.ground.chance.token(), "vignette"))
            case "through":
                await self.go_through()
            case "time":
                self.hands.pass_time(self.draw.choice((60, SLOT, 86_400)))
                await self.desk.vignettes.release()
            case "restart":
                self.desk = await restarted(self.desk)
                self.connect()
            case "stop":
                token = self.draw.choice(sorted(await self.vignettes()) or [""])
                if token and (await self.stored_author(token)):
                    await self.desk.vignettes.stop_author(token, 1)
            case _:
                await self.desk.words.add(self.group, "place", "Infirmary")

    async def go_through(self) -> None:
        """Write, and press what leads on, as most authors do."""
        user = self.draw.choice(PEOPLE)
        await self.use(user, Control(self.desk.ground.chance.token(), "vignette"))
        for verb in ("w-all", "w-next", "w-questions", "w-publish"):
            found = [each for each in self.latest if each.verb == verb]
            if found:
                await self.use(user, self.draw.choice(found))

    async def stored_author(self, token: str) -> bool:
        found = await self.desk.vignettes.load(token)
        return found is not None and found[0].author is not None

    async def press_something(self) -> None:
        if not self.draw.randint(0, 4):
            self.user, self.latest = self.draw.choice(PEOPLE), []
        user = self.user
        mine = self.seen[user] + [
            Control(token, "v-more")
            for token, one in (await self.vignettes()).items()
            if one.status == "published"
        ]
        # Mostly what leads on, so that something comes of it.
        eager = [each for each in self.latest if each.verb in OPENING]
        pool = eager if eager and self.draw.randint(0, 3) else mine
        if not mine:
            await self.use(user, Control(self.desk.ground.chance.token(), "vignette"))
        elif pool:
            await self.use(user, self.draw.choice(pool[::-1]))

    async def use(self, user: int, control: Control) -> None:
        """Press it, and send the form that opens, if one does; once, or twice at once."""
        before = await self.writings()
        out_before = await self.vignettes()
        answer, *_ = await self.answers(user, control, None)
        if isinstance(answer, Form):
            assert (await self.writings(), await self.vignettes()) == (before, out_before)
            control = parse(answer.modal.custom_id)
            fields = fields_for(control.verb, self.draw)
            answer, *_ = await self.answers(user, control, fields)
            await self.nothing_typed_is_lost(control, fields)
        assert isinstance(answer, Private)
        await self.drafts_are_as_promised(control, before, out_before)
        await self.nothing_blocking_is_out(user)

    async def answers(self, user: int, control: Control, fields: Mapping[str, Any] | None) -> list[Answer]:
        caller = Caller(user, GUILD, CHANNEL, manages_server=user == CARER)
        router = self.desk.router

        async def once() -> Answer:
            return await router._never_fails(
                lambda: (
                    router._press(caller, control, {"chosen": ["1"]})
                    if fields is None
                    else router._take(caller, control, dict(fields))
                )
            )

        times = 1 + self.draw.randint(0, 1)
        given = await asyncio.gather(*(once() for _ in range(times)))
        assert self.faults == []
        for answer in given:
            self.remember(user, answer)
        return list(given)

    def remember(self, user: int, answer: Answer) -> None:
        if isinstance(answer, Form):
            return
        components = answer.view.to_components()
        assert text_of(components).strip()
        self.latest = [parse(found) for found in custom_ids(components)]
        self.seen[user] += self.latest

    async def nothing_typed_is_lost(self, control: Control, fields: Mapping[str, Any]) -> None:
        typed = [str(value).strip() for value in fields.values() if str(value).strip()]
        if control.verb == "w-questions" or not typed:
            return
        given_back = [
            dict(typed_in(draft).fields)
            for draft in (await self.drafts()).values()
            if not is_under_way(draft.purpose)
        ]
        if dict(fields) in given_back:
            return
        writing = (await self.writings()).get(control.token)
        if control.verb in ("vignette", "w-edit"):
            assert writing is not None
            assert writing["text"] == whole_text(fields)
            assert writing["title"] == " ".join(str(fields["title"]).split())
            assert writing["question"] == str(fields["question"]).strip()
        elif control.verb == "w-own":
            everything = json.dumps(writing, ensure_ascii=False).casefold()
            assert str(fields["words"]).strip().casefold() in everything
        else:
            said = [
                said
                for one in (await self.vignettes()).values()
                for said in (
                    one.text,
                    one.new_text,
                    one.second_reader_says,
                    one.hidden_because,
                    one.change_wanted,
                    *(item.text for item in (*one.questions, *one.remarks)),
                    *(question.answer for question in one.questions),
                )
            ]
            assert (whole_text(fields) if control.verb == "v-rewrite" else typed[0]) in said

    async def drafts_are_as_promised(
        self, control: Control, before: Mapping[str, Any], out_before: Mapping[str, Vignette]
    ) -> None:
        """The last text that was taken stays until it goes out, as it is, or is thrown away."""
        after, fresh = await self.writings(), (await self.vignettes()).keys() - out_before.keys()
        assert len(fresh) <= (control.verb == "w-publish")
        for token, writing in before.items():
            now = after.get(token)
            if token != control.token:
                assert now == writing
            elif now is None:
                assert control.verb in ("w-publish", "discard-now")
                assert control.verb != "w-publish" or len(fresh) == 1
            elif control.verb not in MAY_CHANGE:
                assert [now[part] for part in ("title", "text", "question")] == [
                    writing[part] for part in ("title", "text", "question")
                ]
        for token in fresh:
            one, writing = (await self.vignettes())[token], before[control.token]
            assert (one.title, one.text, one.question) == (
                writing["title"],
                writing["text"],
                writing["question"],
            )
            assert control.token not in after
            self.published += 1

    async def nothing_blocking_is_out(self, user: int) -> None:
        for one in (await self.vignettes()).values():
            said = (
                one.title,
                one.text,
                one.question,
                one.new_text,
                *(item.text for item in (*one.questions, *one.remarks)),
                *(question.answer for question in one.questions),
            )
            for text in said:
                if text and text not in self.looked_at:
                    screened = await self.desk.screening.findings([text], "en", self.group.token, user)
                    assert not screened.blocks, text
                    self.looked_at.add(text)


def custom_ids(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if "custom_id" in component and not component.get("disabled"):
            yield str(component["custom_id"])
        yield from custom_ids(component.get("components", []))
        if "accessory" in component:
            yield from custom_ids([component["accessory"]])


def remembering(finder: Finder) -> Finder:
    """The same, which reads a text once: one that is reviewed after each press is mostly the same."""
    read: dict[Any, Any] = {}

    def find(text: str, language: str, lists: Any) -> Any:
        key = (text, frozenset(lists.group), lists.no_names) if lists is not None else text
        if key not in read:
            read[key] = finder.find(text, language, lists)
        return read[key]

    return Finder(find, finder.reads_fully)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and an empty database, to copy."""
    folder = tmp_path_factory.mktemp("fresh") / "data"

    async def make() -> None:
        await (await Database.open(folder / DATABASE_FILE, open_keys(folder))).close()

    asyncio.run(make())
    return folder


async def room_in(folder: Path, finder: Finder, draw: Random) -> Room:
    hands, ring = Hands(), open_keys(folder)
    database = await Database.open(folder / DATABASE_FILE, ring)
    desk = Desk(Ground(database, {"en": LIBRARY}, hands, Dice(), ring.seal_keys), remembering(finder))
    group = await group_of(desk, GUILD, CHANNEL, CARER, PEOPLE)
    room = Room(desk, hands, group, draw)
    room.connect()
    return room


@pytest.mark.parametrize("finder", [BY_RULES, STRICT], ids=["by rules", "every name blocks"])
def test_no_path_publishes_what_blocks_and_none_loses_a_text(fresh: Path, finder: Finder) -> None:
    """Whatever is typed and pressed, old buttons too, once or twice, by whom, before or after a restart."""
    published = 0

    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        # Making an evening shorter takes minutes; what was drawn is told as it is.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.randoms(use_true_random=True))
    def goes_on(draw: Random) -> None:
        async def evening() -> int:
            with tempfile.TemporaryDirectory() as made:
                folder = Path(made) / "data"
                shutil.copytree(fresh, folder)
                room = await room_in(folder, finder, draw)
                try:
                    for _ in range(30):
                        await room.step()
                finally:
                    await room.desk.close()
                return room.published

        nonlocal published
        published += asyncio.run(evening())

    goes_on()
    assert published > 0, "no path led to a post, so nothing was tried"


async def test_what_stands_across_two_fields_is_found_in_a_change_too(fresh: Path, tmp_path: Path) -> None:
    """A text that is out is changed by a form of two fields, each of which is clean by itself."""
    shutil.copytree(fresh, tmp_path / "data")
    room = await room_in(tmp_path / "data", BY_RULES, Random(1))
    taken = await on_its_way(room.desk, room.group, ANN)
    room.hands.pass_time(2 * SLOT)
    await room.desk.vignettes.release()
    control = Control(taken.token, "v-rewrite", opening="0" * 8)
    caller = Caller(ANN, GUILD, CHANNEL)

    async def changed_to(text: str, more: str) -> str | None:
        fields = {"text": text, "more": more}
        await room.desk.router._never_fails(lambda: room.desk.router._take(caller, control, fields))
        await room.nothing_typed_is_lost(control, fields)
        return (await room.vignettes())[taken.token].new_text

    assert await changed_to(*ACROSS) is None
    parted = (TEXT * 40)[:HALF], (TEXT * 40)[HALF : HALF + 200].strip()
    assert await changed_to(*parted) == "".join(parted)
    await room.desk.close()
