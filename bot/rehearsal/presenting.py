"""What a session's presenter does by script, from the start form to the plan, and the facilitator's panel."""

from bot.formulation.session import Person, Session
from bot.rehearsal.hands import Hands, Part, in_turn
from bot.rehearsal.scenario import ScriptedPerson
from bot.rehearsal.stage import Actor


class Presenting(Hands):
    """The parts of whoever presents, and of whoever leads."""

    async def prepare(self) -> None:
        """The channel becomes a group."""
        you = self.actor(self.scenario.facilitator)
        await you.command("group setup", zone=self.scenario.zone)
        await self.fill(you, language=["en"], retention="14", facilitators=[], second_reader="no")

    async def bring_case(self) -> bool:
        """The presenter starts a session; False where the form comes back with a refusal."""
        presenter = self.actor(self.scenario.presenter)
        await presenter.command("formulate start", where=self.stage.channel, protocol=self.scenario.protocol)
        await self.past_charter(presenter, "start")
        case = self.scenario.case
        await self.fill(
            presenter,
            title=case.title,
            question=case.question,
            account=case.account.strip(),
            time=f"{self.scenario.mode}.{self.scenario.minutes}",
            facilitator=[self.actor(self.scenario.facilitator).member.user],
        )
        return await self.session() is not None

    def presenter_parts(self, session: Session, kind: str, person: ScriptedPerson, me: Person) -> list[Part]:
        """What the presenter has still to do in a step of this kind."""
        part, where = self.scenario.presenter_part, f"{session.token} {session.step}.{session.topic}"
        mine = person.name == self.scenario.presenter
        if mine and part.stops_in == kind:
            return [Part(f"stop {session.token}", self._stop)]
        match kind:
            case "telling" if mine and not session.account:
                return [Part(f"tell {where}", self._tell)]
            case "facts":
                return [
                    Part(f"reply {fact.key}", lambda number=number: self._reply(person, session, number))
                    for number, fact in enumerate(session.facts)
                    if fact.answer is None
                ]
            case "ratings" if mine and part.own_fits and not session.own_fits:
                return [Part(f"own-fits {where}", self._rate_for_myself)]
            case "reveal" if mine and session.own_side_may_be_talked_about is None:
                return [Part(f"own-side {where}", self._own_side)]
            case "talk" if mine and part.note and not session.note:
                return [Part(f"note {where}", self._take_note)]
            case "answer" if mine and session.answer is None:
                return [Part(f"respond {where}", self._respond)]
            case "step" if mine and session.outcome is None:
                return [Part(f"decide {where}", self._decide)]
            case "close" if me.key not in session.closings:
                return [Part(f"goodbye {where}", lambda: self.goodbye(person))]
            case _:
                return []

    @property
    def _presenter(self) -> Actor:
        return self.actor(self.scenario.presenter)

    async def _tell(self) -> None:
        await self._presenter.press("tell", on=self.board("tell"))
        await self.fill(self._presenter, account=self.scenario.case.account.strip())

    async def _reply(self, person: ScriptedPerson, session: Session, number: int) -> None:
        fact, presenter = session.facts[number], self.actor(person.name)
        usual = in_turn(
            self.scenario.presenter_part.otherwise, number, self.stage.library.texts("play-otherwise")
        )
        replies = {each.asks: each.reply for each in self.scenario.people if each.asks}
        where = self.stage.newest_with(self.stage.thread, "reply", fact.key)
        if where is None:
            message = "the question is not in the thread yet"
            raise LookupError(message)
        await presenter.press("reply", fact.key, on=where)
        await self.fill(presenter, answer=replies.get(fact.question) or usual)

    async def _mine(self) -> Actor:
        """The presenter opens their own part."""
        presenter = self._presenter
        await presenter.press("mine", on=self.board("mine"))
        await self.beat()
        return presenter

    async def _rate_for_myself(self) -> None:
        presenter = await self._mine()
        await presenter.press("own")
        await self.beat()
        while mechanism := presenter.rates("rate-own"):
            fit = self.scenario.presenter_part.own_fits.get(mechanism)
            await presenter.press("rate-own", f"{mechanism}.{'x' if fit is None else fit}")
            await self.beat()

    async def _take_note(self) -> None:
        presenter = await self._mine()
        await presenter.press("note")
        await self.fill(presenter, note=self.scenario.presenter_part.note)

    async def _own_side(self) -> None:
        presenter = await self._mine()
        await presenter.press("own-side", "yes" if self.scenario.answer.own_side else "no")
        await self.beat()

    async def _stop(self) -> None:
        """The case is taken back, and no reason is asked for."""
        presenter = await self._mine()
        await presenter.press("stop")
        await self.beat()
        await presenter.press("stop-now")
        await self.beat()

    async def _respond(self) -> None:
        await self._presenter.press("respond", on=self.board("respond"))
        answer = self.scenario.answer
        await self.fill(self._presenter, fits=list(answer.fits), text=answer.text)

    async def _decide(self) -> None:
        presenter, step = self._presenter, self.scenario.step
        await presenter.press("step", on=self.board("step"))
        await self.beat()
        if presenter.offers("beyond-peers"):
            await presenter.press("steps")
            await self.beat()
        await presenter.choose("strategy", step.strategy)
        await self.beat()
        await presenter.press("decide", step.strategy)
        await self.fill(presenter, cue=step.cue, action=step.action)
        if presenter.offers("p-remind-now"):
            await presenter.press("p-remind-now")
            await self.beat()

    async def _panel(self, name: str | None) -> Actor:
        leader = self.actor(name or self.scenario.facilitator)
        await leader.press("panel", on=self.board("panel"))
        await self.beat()
        return leader

    async def move_on(self, name: str | None = None) -> None:
        """The facilitator presses *next*; ``name``: whoever is that by now."""
        await (await self._panel(name)).press("next")
        await self.beat()

    async def resume(self, name: str) -> None:
        """The facilitator lets a pause be over."""
        await (await self._panel(name)).press("pause", "off")
        await self.beat()
