"""Notes that have arrived: what they bring shows after the tap, to whoever tapped."""

from bot.content.library import Library
from bot.desk import Desk
from bot.refusal import Refusal
from bot.reminders import acts
from bot.reminders.reminder import Note, Reminder
from bot.reminders.snooze import snoozed_until
from bot.ui import notes
from bot.ui.answers import Answer, Private, Request
from bot.ui.parts import day_and_time
from bot.ui.verbs import Verb


class OpeningClicks:
    """Handlers for whoever a note came to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Answer:
        note, _ = _asked(request)
        library = self._desk.library_for(request)
        reminder = await self._desk.reminders.act(request.control.token, acts.Open(note.number))
        if note.farewell:
            return Private(notes.ended(reminder, library.texts))
        return await self._shown(reminder, note.number, library)

    async def how(self, request: Request) -> Answer:
        note, how = _asked_in_private(request)
        if how not in notes.HOWS:
            raise Refusal("control-stale")
        act = acts.Answer(note.number, how)
        reminder = await self._desk.reminders.act(request.control.token, act)
        return await self._shown(reminder, note.number, self._desk.library_for(request))

    async def another(self, request: Request) -> Answer:
        note, seen = _asked_in_private(request)
        reminder = await self._other(request.standing.reminder, note.number, seen)
        return await self._shown(reminder, note.number, self._desk.library_for(request))

    async def snooze(self, request: Request) -> Answer:
        note, how = _asked_in_private(request)
        reminder = request.standing.reminder
        if reminder.state in ("paused", "stopped"):
            raise Refusal("reminder-rests")
        rule, now = reminder.rule, self._desk.ground.clock.seconds()
        at = snoozed_until(how, note.at, now, rule.zone, rule.quiet_from, rule.quiet_to)
        reminder = await self._desk.reminders.act(reminder.token, acts.Snooze(note.number, at))
        library = self._desk.library_for(request)
        said = library.texts("note-snoozed", at=day_and_time(at))
        return await self._shown(reminder, note.number, library, said)

    async def stop(self, request: Request) -> Answer:
        _asked_in_private(request)
        now = self._desk.ground.clock.seconds()
        reminder = await self._desk.reminders.act(request.control.token, acts.Stop(now))
        return Private(notes.stopped(reminder, self._desk.library_for(request).texts))

    async def _other(self, reminder: Reminder, number: int, seen: str) -> Reminder:
        repertoire = await self._desk.reminders.repertoire(reminder)
        return await self._desk.reminders.act(reminder.token, acts.Another(number, seen, repertoire))

    async def _shown(
        self, reminder: Reminder, number: int, library: Library, said: str | None = None
    ) -> Answer:
        """The note as it is now; another strategy where its own is no longer in the library."""
        note = _note(reminder, number)
        if all(each.id != note.strategy for each in library.strategies):
            reminder = await self._other(reminder, number, note.strategy)
            note, said = _note(reminder, number), library.texts("note-replaced")
        now = self._desk.ground.clock.seconds()
        return Private(notes.opened(reminder, note, library, now, said=said))


def _note(reminder: Reminder, number: int) -> Note:
    note = reminder.note(number)
    if note is None:
        raise Refusal("note-gone")
    return note


def _asked(request: Request) -> tuple[Note, str]:
    """The note that a control names, and what else it says."""
    number, _, rest = request.control.argument.partition(".")
    if not number.isdigit():
        raise Refusal("control-stale")
    return _note(request.standing.reminder, int(number)), rest


def _asked_in_private(request: Request) -> tuple[Note, str]:
    """The same, for what is one person's own: in a channel nobody answers for the others."""
    if request.standing.reminder.user is None:
        raise Refusal("note-not-yours")
    note, rest = _asked(request)
    if note.farewell:
        raise Refusal("control-stale")
    return note, rest


def verbs(desk: Desk) -> list[Verb]:
    """The controls of notes."""
    clicks = OpeningClicks(desk)
    return [
        Verb("n-show", "recipient", press=clicks.show),
        Verb("n-how", "recipient", press=clicks.how),
        Verb("n-another", "recipient", press=clicks.another),
        Verb("n-snooze", "recipient", press=clicks.snooze),
        Verb("n-stop", "recipient", press=clicks.stop),
    ]
