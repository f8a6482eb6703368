"""Random people press random buttons, with restarts in between, and the promises hold all the same."""

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.formulation.session import Session
from bot.rehearsal.scenario import load_scenario
from bot.rehearsal.stage import Actor, Stage, components_of, message_text, open_stage
from bot.rehearsal.troupe import Troupe
from tests.conftest import OUTSIDER, Dice, settings_in

PEOPLE = ("You", "Bea", "Cem", "Dag", OUTSIDER)
STEPS = ("arrive", "telling", "facts", "ratings", "reveal", "talk", "answer", "step", "close", "handout")


@dataclass
class Evening:
    """One session in which anything may be pressed, and what has been promised about it so far."""

    stage: Stage
    troupe: Troupe
    data: st.DataObject
    typed: int = 0
    secrets: set[str] = field(default_factory=set[str])
    old_controls: list[tuple[Any, str, int]] = field(default_factory=list[tuple[Any, str, int]])

    async def session(self) -> Session:
        session = await self.troupe.session()
        assert session is not None
        return session

    async def version(self) -> int:
        async with self.stage.bot.desk.ground.reading() as store:
            return (await store.sessions.all())[0].version

    def controls(self, actor: Actor) -> list[tuple[Any, str, int]]:
        """Everything that ``actor`` could press: what is before them, in the thread, in the channel."""
        messages: list[Any] = []
        if actor.shown is not None and actor.shown.response is not None:
            messages.append(actor.shown.response)
        messages += [*self.stage.posts(viewer=actor)[-4:], *self.stage.posts(self.stage.channel, actor)]
        return [
            (message, str(each["custom_id"]), int(each["type"]))
            for message in messages
            for each in components_of(message)
            if "custom_id" in each and not each.get("disabled")
        ]

    async def one_press(self) -> None:
        actor = self.stage[self.data.draw(st.sampled_from(PEOPLE), label="who")]
        found = self.controls(actor)
        # Half of the time one of those that lead on, so that evenings get somewhere.
        eager = [
            each
            for each in found
            if each[1].split(":")[2] in ("next", "rate", "panel", "walk", "skip", "ask")
        ]
        pool = eager if eager and self.data.draw(st.booleans(), label="eager") else found
        if not pool:
            return
        message, custom_id, kind = self.data.draw(st.sampled_from(pool), label="what")
        before, version = await self.session(), await self.version()
        if kind == 3:
            options = next(each for each in components_of(message) if each.get("custom_id") == custom_id)[
                "options"
            ]
            value = self.data.draw(st.sampled_from([each["value"] for each in options]), label="choice")
            actor.shown = await actor.member.select(message, values=[value], custom_id=custom_id)
        else:
            actor.shown = await actor.member.click(message, custom_id=custom_id)
        assert actor.shown.acknowledged
        if actor.shown.modal is not None and self.data.draw(st.integers(0, 3), label="send") > 0:
            assert await self.session() == before, "opening a form changed something"
            await self.fill(actor)
        after = await self.session()
        assert await self.version() - version <= 1, "one press, more than one effect"
        self.compare(before, after, actor, custom_id)

    async def fill(self, actor: Actor) -> None:
        assert actor.shown is not None
        assert actor.shown.modal is not None
        values: dict[str, object] = {}
        for part in actor.shown.modal["components"]:
            component: Mapping[str, Any] = part["component"]
            match component["type"]:
                case 4:
                    self.typed += 1
                    text = f"secret{self.typed}x"
                    values[component["custom_id"]] = text
                    self.secrets.add(text)
                case 21:
                    values[component["custom_id"]] = "2"
                case 22:
                    values[component["custom_id"]] = ["role-reversal"]
                case _:
                    pass
        if self.data.draw(st.integers(0, 4), label="restart while typing") == 0:
            await self.stage.restart()
        actor.shown = await actor.member.submit_modal(actor.shown, values)
        assert actor.shown.acknowledged

    def compare(self, before: Session, after: Session, actor: Actor, custom_id: str) -> None:
        """What one person's press may change of what was there."""
        me = before.person(actor.id) or after.person(actor.id)
        if (before.step, before.topic, before.paused_at) != (after.step, after.topic, after.paused_at):
            assert me is not None
            assert me.role == "facilitator", f"{actor.name} moved the group with {custom_id}"
        assert STEPS.index(before.step) <= STEPS.index(after.step)
        for key, walk in before.walks.items():
            assert key in after.walks
            if me is None or key != me.key:
                assert after.walks[key] == walk, "somebody else's ratings changed"
            assert set(walk.fits) <= set(after.walks[key].fits)
            assert set(walk.evidence) <= set(after.walks[key].evidence)
        presenter = after.holder("presenter")
        assert presenter is not None
        assert presenter.key not in after.walks
        assert {fact.key for fact in before.facts} <= {fact.key for fact in after.facts}
        if before.reveal is not None:
            assert after.reveal is not None
            assert after.reveal.seed == before.reveal.seed
            assert after.walks == before.walks, "a rating after the reveal"

    async def look(self) -> None:
        """What everyone can see now."""
        session = await self.session()
        private = [
            text
            for walk in session.walks.values()
            for text in (
                walk.idea or "",
                *(line for each in walk.evidence.values() for line in (each.speaks_for, each.speaks_against)),
            )
        ]
        private += [session.outcome.cue, session.outcome.action] if session.outcome is not None else []
        revealed = session.reveal is not None
        posts = self.stage.posts()
        everything = "\n".join(message_text(message) for message in posts)
        hidden = private[-2:] if revealed and session.outcome is not None else [] if revealed else private
        for text in hidden:
            assert not text or text not in everything, "shown too early"
        boards = [
            message
            for message in posts
            if any("mine" in str(each.get("custom_id")) for each in components_of(message))
        ]
        assert len(boards) <= 1
        for fact in session.facts:
            shown = [message for message in posts if f"\n{fact.question}" in message_text(message)]
            assert len(shown) == 1
        assert self.stage.posts(viewer=self.stage[OUTSIDER]) == [] or session.person(self.stage[OUTSIDER].id)
        channel = "\n".join(message_text(message) for message in self.stage.posts(self.stage.channel))
        assert not any(text in channel for text in self.secrets)


async def spend(data: st.DataObject, folder: Path) -> None:
    scenario = load_scenario()
    async with open_stage(
        settings_in(folder), PEOPLE, server="Tuesday group", channel="tuesday", chance=Dice()
    ) as stage:
        troupe = Troupe(stage, scenario)
        await troupe.prepare()
        assert await troupe.bring_case()
        for name in ("You", "Cem", "Dag"):
            await troupe.come_in(name)
        await stage.pass_time()
        evening = Evening(stage, troupe, data)
        # Some evenings begin in the middle, where most of the private things are.
        for _ in range(data.draw(st.sampled_from([0, 2, 3, 3]), label="steps already taken")):
            await troupe.move_on()
            await stage.pass_time()
        for _ in range(data.draw(st.integers(5, 25), label="presses")):
            await evening.one_press()
            chance = data.draw(st.integers(0, 9), label="what else")
            if chance == 0:
                await stage.restart()
            elif chance < 5:
                await stage.pass_time()
        await stage.pass_time()
        await evening.look()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(data=st.data())
def test_whatever_anyone_presses(data: st.DataObject) -> None:
    """Nothing shows early, nothing committed is lost, one press has one effect, and everyone is answered."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(spend(data, Path(folder) / "data"))
