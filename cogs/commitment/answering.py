"""The controls of a plan: notes about it, and what became of it."""

from typing import get_args

from bot.commitments import acts
from bot.commitments.commitment import Commitment, Timing
from bot.desk import Desk
from bot.formulation.acts import TellBack
from bot.refusal import Refusal
from bot.reminders.habits import Habits
from bot.reminders.snooze import snoozed_until
from bot.reminders.typed import quiet_in
from bot.reminders.zones import zone_named
from bot.services.access import DIRECT, Caller
from bot.ui import commitment_forms as forms
from bot.ui import commitments, notices
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.commitments import AT_A_VISIT, Became
from bot.ui.control import Control
from bot.ui.parts import Modal, in_full
from bot.ui.verbs import Verb


class Committed:
    """Handlers of a plan's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _now(self) -> int:
        return self._desk.ground.clock.seconds()

    async def _habits(self, request: Request) -> Habits:
        return await self._desk.reminders.habits(request.standing.own_group, request.caller.user)

    def _open(self, request: Request) -> Commitment:
        plan = request.standing.commitment
        if plan.status != "open":
            raise Refusal("commitment-closed")
        return plan

    # Being reminded

    async def remind_now(self, request: Request) -> Answer:
        plan, habits = self._open(request), await self._habits(request)
        return await self._remind(request, commitments.timing_of(plan, habits))

    async def remind_week(self, request: Request) -> Answer:
        habits = await self._habits(request)
        return await self._remind(request, commitments.timing_of(self._open(request), habits, when=""))

    async def remind(self, request: Request) -> Answer:
        quiet_from, quiet_to = quiet_in(request.text("quiet"))
        if quiet_from is not None and quiet_from == quiet_to:
            raise Refusal("reminder-hours")
        when = request.text("when")
        if not when:
            raise Refusal("commitment-no-time")
        zone = zone_named(request.text("zone"))
        timing = Timing(when=when, zone=zone, quiet_from=quiet_from, quiet_to=quiet_to)
        return await self._remind(request, timing)

    async def _remind(self, request: Request, timing: Timing) -> Answer:
        group = request.standing.own_group
        plan = await self._desk.commitments.remind(request.control.token, timing, group)
        return await self._reminded(request, plan)

    async def _reminded(self, request: Request, plan: Commitment) -> Answer:
        library, habits = self._desk.library_for(request), await self._habits(request)
        return Private(commitments.reminded(plan, habits, self._now(), library))

    async def stop(self, request: Request) -> Answer:
        act = acts.StopReminding(self._now())
        return await self._reminded(request, await self._desk.commitments.act(request.control.token, act))

    # A note

    async def show(self, request: Request) -> Answer:
        number = _number(request.control.argument)
        plan = await self._desk.commitments.act(request.control.token, acts.Open(number))
        note = plan.note(number)
        if note is None:
            raise Refusal("note-gone")
        return Private(commitments.shown(plan, note, self._now(), self._desk.library_for(request)))

    async def snooze(self, request: Request) -> Answer:
        plan = self._open(request)
        number, _, how = request.control.argument.partition(".")
        note, timing = plan.note(_number(number)), plan.timing
        if note is None:
            raise Refusal("note-gone")
        if timing is None:
            raise Refusal("commitment-not-reminding")
        at = snoozed_until(how, note.at, self._now(), timing.zone, timing.quiet_from, timing.quiet_to)
        await self._desk.commitments.act(plan.token, acts.Snooze(note.number, at))
        said = self._desk.library_for(request).texts("plan-snoozed", at=in_full(at))
        return Private(notices.sentence(said))

    # What became of it

    async def kept(self, request: Request) -> Answer:
        return await self._became(request, "kept", acts.Keep(_line(request), self._now()))

    async def drop(self, request: Request) -> Answer:
        return await self._became(request, "dropped", acts.Drop(_line(request), self._now()))

    async def change(self, request: Request) -> Answer:
        act = acts.Rewrite(request.text("cue"), request.text("action"), self._now())
        return await self._became(request, "changed", act)

    async def not_yet(self, request: Request) -> Answer:
        return await self._became(request, "not-yet", acts.NotYet(self._now()))

    async def _became(self, request: Request, became: Became, act: acts.Act) -> Answer:
        plan = await self._desk.commitments.act(request.control.token, act)
        library, extra = self._desk.library_for(request), []
        if became == "changed":
            extra = commitments.reminding(plan, await self._habits(request), self._now(), library)
        session = await self._session(request)
        view = commitments.noted(plan, became, session, library, extra)
        # Beneath an answer that somebody came for, that answer stays.
        return Private(view, in_place=request.control.argument != AT_A_VISIT)

    async def _session(self, request: Request) -> str | None:
        """The running session that the caller could tell, where they are in one."""
        caller = request.caller
        if caller.guild == DIRECT:
            return None
        mine = await self._desk.formulating.mine(request.standing.own_group, caller.user, caller.thread)
        return mine.session.token if mine is not None and mine.session.status == "open" else None

    async def tell(self, request: Request) -> Answer:
        token, _, became = request.control.argument.partition(".")
        found = await self._desk.commitments.load(token)
        if found is None or found[1].token != request.standing.own_group.token:
            raise Refusal("commitment-gone")
        plan = found[0]
        if plan.user != request.caller.user:
            raise Refusal("only-committed")
        how: Became | None = next((each for each in get_args(Became) if each == became), None)
        if how is None:
            raise Refusal("control-stale")
        library = self._desk.library_for(request)
        act = TellBack(plan.token, commitments.telling(plan, how, library))
        await self._desk.formulating.act(request.control.token, act, request.standing.actor)
        button = library.texts("button-own-words")
        return Private(notices.sentence(library.texts("plan-tell-done", button=button)))

    # One's own

    async def mine(self, caller: Caller, page: int = 0, *, in_place: bool = False) -> Answer:
        """All that are kept, a few a page."""
        standing = await self._desk.router.admit_here("colleague", caller)
        group = standing.own_group
        plans = await self._desk.commitments.of(group, caller.user)
        view = commitments.mine(plans, page, self._desk.ground.library(group))
        return Private(view, in_place=in_place)

    async def page(self, request: Request) -> Answer:
        return await self.mine(request.caller, _number(request.control.argument), in_place=True)

    async def one(self, caller: Caller, verb: str) -> Answer:
        """The form of the one open plan there is, or the question which of several."""
        standing = await self._desk.router.admit_here("colleague", caller)
        group = standing.own_group
        plans = await self._desk.commitments.open_of(group, caller.user)
        if not plans:
            raise Refusal("plan-none-open")
        if len(plans) == 1:
            return await self._desk.router.opened(caller, Control(plans[0].token, verb))
        return Private(commitments.which(plans, verb, self._desk.ground.library(group)), in_place=False)

    async def which(self, request: Request) -> Answer:
        verb = request.control.argument
        if verb not in ("p-kept", "p-change", "p-drop"):
            raise Refusal("control-stale")
        plans = await self._desk.commitments.open_of(request.standing.own_group, request.caller.user)
        chosen = next((each.token for each in plans if each.token == request.first_chosen()), None)
        if chosen is None:
            raise Refusal("commitment-closed")
        return await self._desk.router.opened(request.caller, Control(chosen, verb))

    # Their forms

    def form_kept(self, request: Request, filled: Fields) -> Modal:
        return forms.line(self._open(request), "kept", self._desk.library_for(request).texts, filled)

    def form_drop(self, request: Request, filled: Fields) -> Modal:
        return forms.line(self._open(request), "dropped", self._desk.library_for(request).texts, filled)

    def form_change(self, request: Request, filled: Fields) -> Modal:
        return forms.rewrite(self._open(request), self._desk.library_for(request).texts, filled)

    async def form_remind(self, request: Request, filled: Fields) -> Modal:
        plan, habits = self._open(request), await self._habits(request)
        return forms.remind(plan, habits, self._desk.library_for(request).texts, filled)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Refusal("control-stale")
    return int(text)


def _line(request: Request) -> str:
    return " ".join(request.text("line").split())


def verbs(committed: Committed) -> list[Verb]:
    """The controls of a plan."""
    return [
        Verb("p-remind-now", "committed", press=committed.remind_now),
        Verb("p-remind-week", "committed", press=committed.remind_week),
        # A day and a time are what it asks for, and its owner alone reads them.
        Verb("p-remind", "committed", form=committed.form_remind, submit=committed.remind, keeps_all=True),
        Verb("p-stop", "committed", press=committed.stop),
        Verb("p-show", "committed", press=committed.show),
        Verb("p-snooze", "committed", press=committed.snooze),
        Verb("p-kept", "committed", form=committed.form_kept, submit=committed.kept, checked=("line",)),
        Verb("p-drop", "committed", form=committed.form_drop, submit=committed.drop, checked=("line",)),
        Verb(
            "p-change",
            "committed",
            form=committed.form_change,
            submit=committed.change,
            checked=("cue", "action"),
        ),
        Verb("p-not-yet", "committed", press=committed.not_yet),
        Verb("p-tell", "member", press=committed.tell),
        Verb("p-page", "colleague", press=committed.page, about_session=False),
        Verb("p-which", "colleague", press=committed.which, about_session=False),
    ]
