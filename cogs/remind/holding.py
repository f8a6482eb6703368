"""Reminders that are kept: the list, and what can be done about one."""

from collections.abc import Callable, Mapping

from bot.desk import Desk
from bot.refusal import Refusal
from bot.reminders import acts
from bot.reminders.recurrence import next_five
from bot.reminders.reminder import Reminder
from bot.services.access import Caller
from bot.storage.groups import Group
from bot.ui import notices, reminders
from bot.ui.answers import Answer, Private, Request
from bot.ui.control import Control
from bot.ui.verbs import Verb

MEANS: Mapping[str, Callable[[Reminder], bool]] = {
    "r-more": lambda _: True,
    "r-pause": lambda each: each.state == "running",
    "r-resume": lambda each: each.state in ("paused", "stopped"),
    "r-skip": lambda each: each.next_at is not None,
    "r-preview": lambda each: each.state == "running",
    "r-remove": lambda _: True,
}
"""Which reminders a command of this verb can mean."""


class HoldingClicks:
    """Handlers for whoever has reminders."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def _found(self, caller: Caller) -> tuple[Group, list[Reminder], list[Reminder]]:
        """The group, one's own reminders, and the channel's where one may change them."""
        router = self._desk.router
        group = (await router.admit_here("colleague", caller)).own_group
        try:
            await router.admit_here("steward", caller)
        except Refusal:
            channels = list[Reminder]()
        else:
            channels = await self._desk.reminders.of(group, None)
        return group, await self._desk.reminders.of(group, caller.user), channels

    async def list(self, caller: Caller) -> Answer:
        """All of them; a single one at once with what can be done about it."""
        group, mine, channels = await self._found(caller)
        if len(mine) + len(channels) == 1:
            return await self._desk.router.opened(caller, Control((mine or channels)[0].token, "r-more"))
        pick = Control(self._desk.ground.chance.token(), "r-pick", "r-more")
        view = reminders.listing(mine, channels, pick, self._desk.ground.library(group).texts)
        return Private(view, in_place=False)

    async def about_one(self, caller: Caller, verb: str) -> Answer:
        """Do it where it can mean one alone; else ask which."""
        group, mine, channels = await self._found(caller)
        meant = [each for each in (*mine, *channels) if MEANS[verb](each)]
        if not meant:
            raise Refusal("reminder-none")
        if len(meant) == 1:
            return await self._desk.router.opened(caller, Control(meant[0].token, verb))
        pick = Control(self._desk.ground.chance.token(), "r-pick", verb)
        return Private(
            reminders.to_choose(meant, pick, self._desk.ground.library(group).texts), in_place=False
        )

    async def pick(self, request: Request) -> Answer:
        """Go on with the one that was chosen; its own rule says who may."""
        verb, token = request.control.argument, request.first_chosen()
        if verb not in MEANS or not token:
            raise Refusal("control-stale")
        return await self._desk.router.opened(request.caller, Control(token, verb))

    def _one(self, request: Request, reminder: Reminder, said: str | None = None) -> Answer:
        texts = self._desk.library_for(request).texts
        return Private(reminders.one(reminder, texts, texts(said) if said is not None else None))

    async def more(self, request: Request) -> Answer:
        reminder = request.standing.reminder
        if reminder.user is None and reminder.unreached:
            # Said once: whoever has a note in their inbox hears so beneath any private answer.
            await self._desk.reminders.act(reminder.token, acts.Told())
        return self._one(request, reminder)

    async def pause(self, request: Request) -> Answer:
        now = self._desk.ground.clock.seconds()
        reminder = await self._desk.reminders.act(request.control.token, acts.Pause(now))
        return self._one(request, reminder, "remind-paused" if reminder.state == "paused" else None)

    async def resume(self, request: Request) -> Answer:
        now = self._desk.ground.clock.seconds()
        reminder = await self._desk.reminders.act(request.control.token, acts.Resume(now))
        return self._one(request, reminder, "remind-resumed")

    async def skip(self, request: Request) -> Answer:
        """Leave out the one that was on the screen; typed as a command, whichever is next."""
        argument, following = request.control.argument, request.standing.reminder.next_at
        at = int(argument) if argument.isdigit() else following
        if at is None:
            raise Refusal("reminder-rests")
        reminder = await self._desk.reminders.act(request.control.token, acts.Skip(at))
        return self._one(request, reminder, "remind-skipped" if at == following else None)

    async def preview(self, request: Request) -> Answer:
        reminder = request.standing.reminder
        after = max(reminder.handled_until, self._desk.ground.clock.seconds())
        view = reminders.coming(
            reminder, next_five(reminder.rule, after), self._desk.library_for(request).texts
        )
        return Private(view)

    async def remove(self, request: Request) -> Answer:
        texts = self._desk.library_for(request).texts
        return Private(reminders.remove_question(request.standing.reminder, texts))

    async def remove_now(self, request: Request) -> Answer:
        await self._desk.reminders.remove(request.control.token)
        return Private(notices.sentence(self._desk.library_for(request).texts("remind-removed")))


def verbs(desk: Desk) -> list[Verb]:
    """The controls of reminders that are kept."""
    clicks = HoldingClicks(desk)
    return [
        Verb("r-pick", "colleague", press=clicks.pick, about_session=False),
        Verb("r-more", "reminder-holder", press=clicks.more),
        Verb("r-pause", "reminder-holder", press=clicks.pause),
        Verb("r-resume", "reminder-holder", press=clicks.resume),
        Verb("r-skip", "reminder-holder", press=clicks.skip),
        Verb("r-preview", "reminder-holder", press=clicks.preview),
        Verb("r-remove", "reminder-holder", press=clicks.remove),
        Verb("r-remove-now", "reminder-holder", press=clicks.remove_now),
    ]
