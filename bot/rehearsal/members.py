"""What members of a session do by script: come in, ask, rate, talk, say goodbye, step out."""

from collections.abc import Sequence

from bot.formulation.session import Person, Session
from bot.rehearsal.hands import Hands, Part
from bot.rehearsal.scenario import ScriptedPerson
from bot.services.papers import script_of


class Members(Hands):
    """The parts of whoever doesn't present."""

    async def come_in(self, name: str) -> None:
        """One person joins."""
        actor = self.actor(name)
        await actor.press("join", on=self.stage.newest_with(self.stage.channel, "join"))
        await self.past_charter(actor, "join")
        await self.beat()
        if actor.offers("enter"):
            await actor.press("enter")
            await self.beat()

    async def gather(self) -> None:
        """Everyone else comes in; the facilitator, who was named, reads the charter on the way."""
        for person in self.scenario.people:
            if person.name != self.scenario.presenter and not person.arrives_late:
                await self.come_in(person.name)

    def arrival(self, session: Session, person: ScriptedPerson) -> list[Part]:
        """The way into a session for one who has not been in it yet."""
        kind = script_of(session, self.stage.library).step(session).kind
        open_now = session.status == "open" and session.known(self.actor(person.name).id) is None
        its_time = kind == "ratings" if person.arrives_late else session.reveal is None
        return (
            [Part(f"join {session.token}", lambda: self.come_in(person.name))]
            if open_now and its_time
            else []
        )

    def member_parts(self, session: Session, kind: str, person: ScriptedPerson, me: Person) -> list[Part]:
        """What a member has still to do in a step of this kind."""
        walk = session.walk(me)
        asked = any(fact.asked_by == me.key for fact in session.facts)
        where = f"{session.token} {session.step}.{session.topic}"
        match kind:
            case _ if kind == person.steps_out_in and session.status == "open":
                return [Part(f"leave {session.token}", lambda: self.step_out(person))]
            case "facts" if person.asks and not asked:
                return [Part(f"ask {where}", lambda: self._ask(person))]
            case "ratings" if person.rates and not walk.done:
                return [Part(f"rate {where}", lambda: self._rate(person))]
            case "talk":
                return [
                    Part(f"say {where} {topic}", lambda topic=topic: self._say(person, topic))
                    for topic in self._to_say(session, person)
                ]
            case "second-ratings" if walk.fits and any(
                topic not in walk.again for topic in session.talked_about
            ):
                return [Part(f"again {where}", lambda: self._rate_again(person))]
            case "close" if me.key not in session.closings:
                return [Part(f"goodbye {where}", lambda: self.goodbye(person))]
            case _:
                return []

    def _to_say(self, session: Session, person: ScriptedPerson) -> Sequence[int]:
        """Which of their sentences are due, and don't stand in the thread yet."""
        due = range(len(person.says)) if session.mode == "slow" else range(session.topic, session.topic + 1)
        me = self.actor(person.name).id
        said = (
            {post.content for post in self.stage.posts() if post.author.id == me}
            if person.says
            else set[str]()
        )
        return [topic for topic in due if topic < len(person.says) and person.says[topic] not in said]

    async def want_nudge(self, person: ScriptedPerson) -> None:
        """Ask to be told privately when something is open."""
        actor = self.actor(person.name)
        await actor.press("mine", on=self.board("mine"))
        await actor.press("nudge", "on")
        await self.beat()

    async def done_here(self, person: ScriptedPerson) -> None:
        """Say that one is done with a step."""
        await self.actor(person.name).press("done-here", on=self.board("done-here"))
        await self.beat()

    async def step_out(self, person: ScriptedPerson) -> None:
        """Leave, and give no reason."""
        actor = self.actor(person.name)
        await actor.press("mine", on=self.board("mine"))
        await self.beat()
        await actor.press("leave")
        await self.beat()
        await actor.press("step-out", "recuse")
        await self.beat()

    async def _ask(self, person: ScriptedPerson) -> None:
        actor = self.actor(person.name)
        await actor.press("ask", on=self.board("ask"))
        await self.fill(actor, question=person.asks)

    async def _rate(self, person: ScriptedPerson) -> None:
        actor = self.actor(person.name)
        await actor.press("walk", on=self.board("walk"))
        await self.beat()
        if actor.offers("suppose") and actor.offers("skip"):
            if person.idea:
                await actor.press("suppose")
                await self.fill(actor, idea=person.idea)
            else:
                await actor.press("skip")
            await self.beat()
        while mechanism := actor.rates():
            fit = person.fits.get(mechanism)
            await actor.press("rate", f"{mechanism}.{'x' if fit is None else fit}")
            await self.beat()
        if actor.offers("observe") and person.fits and (person.speaks_for or person.speaks_against):
            highest = max(person.fits, key=lambda mechanism: person.fits[mechanism])
            await actor.press("observe", highest if actor.offers("observe", highest) else None)
            await self.fill(actor, for_=person.speaks_for, against=person.speaks_against)
        if actor.offers("finish"):
            await actor.press("finish")
            await self.beat()

    async def _rate_again(self, person: ScriptedPerson) -> None:
        actor = self.actor(person.name)
        await actor.press("again", on=self.board("again"))
        await self.beat()
        while mechanism := actor.rates("rate-again"):
            fit = person.again.get(mechanism, person.fits.get(mechanism))
            await actor.press("rate-again", f"{mechanism}.{'x' if fit is None else fit}")
            await self.beat()

    async def _say(self, person: ScriptedPerson, topic: int) -> None:
        await self.actor(person.name).member.send(self.stage.thread, person.says[topic])
        await self.beat()
