"""What people do by script with notes that come to them: their reminders, and the presenter's plan."""

import discord

from bot.rehearsal.hands import Hands, Part
from bot.rehearsal.scenario import ScriptedPerson, ScriptedReminder
from bot.rehearsal.stage import Actor, components_of
from bot.storage.groups import Group


class Notes(Hands):
    """The parts of whoever gets notes."""

    async def set_reminders(self) -> None:
        """Whoever has notes come by in this scenario sets them up."""
        for script in self.scenario.reminders:
            actor = self.actor(script.by)
            await self.typed(actor, "remind me", how=script.how)
            await actor.fill(**{name: _chosen(value) for name, value in script.typed.items()})
            await self.beat()
            await actor.press("r-keep")
            await self.beat()

    async def note_parts(self, group: Group, person: ScriptedPerson) -> list[Part]:
        """What this person has still to do with notes that have come."""
        desk, me = self.stage.bot.desk, self.actor(person.name).id
        parts: list[Part] = []
        for script in self.scenario.reminders:
            if script.by != person.name:
                continue
            parts += [
                Part(
                    f"note {reminder.token} {note.number}",
                    lambda number=note.number, script=script: self._answer_note(script, number),
                )
                for reminder in await desk.reminders.of(group, me)
                for note in reminder.notes
                if reminder.state == "running" and note.how is None and not note.farewell
            ]
        if person.name != self.scenario.presenter:
            return parts
        for plan in await desk.commitments.open_of(group, me):
            for note in plan.notes:
                if note.kind == "back":
                    parts.append(
                        Part(f"plan {plan.token} kept", lambda number=note.number: self._keep(number))
                    )
                elif not note.opened:
                    key = f"plan {plan.token} {note.number}"
                    parts.append(Part(key, lambda number=note.number: self._look(number)))
        return parts

    async def note_dates(self, group: Group) -> list[int]:
        """When the next notes come that somebody here waits for, in seconds UTC."""
        desk, dates = self.stage.bot.desk, list[int | None]()
        for script in self.scenario.reminders:
            dates += [each.next_at for each in await desk.reminders.of(group, self.actor(script.by).id)]
        if self.scenario.presenter:
            presenter = self.actor(self.scenario.presenter).id
            dates += [plan.next_at for plan in await desk.commitments.open_of(group, presenter)]
        return [each for each in dates if each is not None]

    async def _answer_note(self, script: ScriptedReminder, number: int) -> None:
        actor = self.actor(script.by)
        await actor.press("n-show", on=_arrived(actor, "n-show", number))
        await self.beat()
        answer = script.answers[min(number, len(script.answers)) - 1]
        await actor.press("n-how", f"{number}.{answer}")
        await self.beat()
        if number >= len(script.answers):
            await actor.press("n-stop", str(number))
            await self.beat()

    async def _look(self, number: int) -> Actor:
        """The presenter opens a note about their plan."""
        presenter = self.actor(self.scenario.presenter)
        await presenter.press("p-show", on=_arrived(presenter, "p-show", number))
        await self.beat()
        return presenter

    async def _keep(self, number: int) -> None:
        """The presenter did it, and writes a line for themselves."""
        presenter = await self._look(number)
        await presenter.press("p-kept")
        await self.fill(presenter, line=self.scenario.step.line)


def _arrived(actor: Actor, verb: str, number: int) -> discord.Message:
    """The note of this number among somebody's direct messages."""
    for message in reversed(actor.inbox):
        for each in components_of(message):
            named = str(each.get("custom_id", "")).split(":", 3)
            if named[2:] == [verb, str(number)]:
                return message
    missing = f"{actor.name} has no note {number}"
    raise LookupError(missing)


def _chosen(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
