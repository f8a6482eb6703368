"""Setting up a reminder, or other times for one: a form, a look at what would come, and then it is kept."""

from zoneinfo import ZoneInfo

from bot.desk import Desk
from bot.refusal import Refusal
from bot.reminders.recurrence import next_five
from bot.reminders.rules import Rule
from bot.reminders.typed import WAYS, Way, rule_in, way_of
from bot.reminders.walls import wall_at
from bot.reminders.zones import is_zone, zone_named, zones_like
from bot.services.access import Caller, Standing, Who
from bot.services.drafts import Fields, Typed, typed_in
from bot.ui import reminder_forms as forms
from bot.ui import reminders
from bot.ui.answers import Answer, Private, Request
from bot.ui.control import Control
from bot.ui.parts import Modal
from bot.ui.verbs import Verb

MOST_NAMED = 3
"""How many zones a sentence offers in the place of one that does not exist."""
NEW = {"colleague": "r-new", "steward": "r-channel"}
_TIMES = "r-times"


class SettingUpClicks:
    """Handlers for whoever sets one up."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, caller: Caller, may: Who, how: str | None, zone: str | None) -> Answer:
        """The form of this kind, or the five kinds."""
        standing = await self._desk.router.admit_here(may, caller)
        group = standing.own_group
        if zone is not None:
            zone = _zone(zone)
        else:
            zone = (await self._desk.reminders.habits(group, caller.user)).zone
        token = self._desk.ground.chance.token()

        def control(way: Way) -> Control:
            return Control(token, NEW[may], f"{way}.{zone}")

        if how is not None:
            return await self._desk.router.opened(caller, control(_way(how)))
        place = reminders.place_of(caller.user if may == "colleague" else None)
        view = reminders.ways(zone, place, control, self._desk.ground.library(group).texts)
        return Private(view, in_place=False)

    async def new_form(self, request: Request, filled: Fields) -> Modal:
        way, zone = _asked(request)
        say = self._desk.library_for(request).texts
        user = request.caller.user if request.control.verb == NEW["colleague"] else None
        if not filled:
            group = request.standing.own_group
            filled = forms.usual(await self._desk.reminders.habits(group, request.caller.user), say)
        return forms.times(way, zone, user, filled, say)

    async def times_form(self, request: Request, filled: Fields) -> Modal:
        reminder = request.standing.reminder
        say = self._desk.library_for(request).texts
        stands = filled or forms.of_rule(reminder.rule, say)
        return forms.times(_way_here(request), reminder.rule.zone, reminder.user, stands, say)

    def times_control(self, request: Request) -> Control:
        """The form says which it is: the reminder may be another one by the time it is sent."""
        return Control(request.control.token, _TIMES, _way_here(request), draft=request.control.draft)

    async def look(self, request: Request) -> Answer:
        """What was typed, as it would come; kept as a draft until it is decided."""
        control, standing = request.control, request.standing
        rule = self._rule(control.verb, control.argument, request.fields, standing)
        self._desk.reminders.check(rule, _before(control.verb, standing))
        typed = Typed(control.verb, control.token, control.argument, request.fields, control.opening)
        group = standing.own_group
        draft = await self._desk.drafts.keep(typed, request.caller.user, group.token, None)
        user = _user(control.verb, standing)
        coming = next_five(rule, self._desk.ground.clock.seconds())
        texts = self._desk.ground.library(group).texts
        return Private(reminders.preview(draft, rule, coming, reminders.place_of(user), texts))

    async def keep(self, request: Request) -> Answer:
        """Keep it, if whoever typed it still may. Pressed twice it is one."""
        if request.standing.draft is None:
            raise Refusal("draft-gone")
        typed = typed_in(request.standing.draft)
        verb = self._desk.router.verbs.get(typed.verb)
        if verb is None or typed.verb not in (*NEW.values(), _TIMES):
            raise Refusal("control-stale")
        about = Control(typed.token, typed.verb, typed.argument)
        standing = await self._desk.router.admit(verb, request.caller, about)
        rule = self._rule(typed.verb, typed.argument, typed.fields, standing)
        group = standing.own_group
        texts = self._desk.ground.library(group).texts
        if typed.verb == _TIMES:
            reminder = await self._desk.reminders.change_rule(typed.token, rule)
            changed = reminder.rule != standing.reminder.rule
            view = reminders.one(reminder, texts, texts("remind-changed") if changed else None)
        else:
            user = _user(typed.verb, standing)
            reminder = await self._desk.reminders.keep(request.control.token, rule, group, user)
            view = reminders.kept(reminder, texts)
        await self._desk.drafts.drop(request.control.token, request.caller.user)
        return Private(view)

    async def ways(self, request: Request) -> Answer:
        """The five kinds, for a reminder that is kept."""
        reminder = request.standing.reminder
        texts = self._desk.library_for(request).texts

        def control(way: Way) -> Control:
            return Control(reminder.token, _TIMES, way)

        place = reminders.place_of(reminder.user)
        return Private(reminders.ways(reminder.rule.zone, place, control, texts))

    def _rule(self, verb: str, argument: str, fields: Fields, standing: Standing) -> Rule:
        if verb == _TIMES:
            way, zone = _way(argument), standing.reminder.rule.zone
        else:
            way, zone = _way_and_zone(argument)
        today = wall_at(self._desk.ground.clock.seconds(), ZoneInfo(zone)).date()
        return rule_in(way, fields, zone, today)


def _zone(typed: str) -> str:
    try:
        return zone_named(typed)
    except Refusal:
        found = zones_like(typed, MOST_NAMED) if typed.strip() else ()
        if not found:
            raise
        raise Refusal("reminder-zone-like", zones=", ".join(found)) from None


def _way(name: str) -> Way:
    if name not in WAYS:
        raise Refusal("control-stale")
    return name


def _way_and_zone(argument: str) -> tuple[Way, str]:
    name, _, zone = argument.partition(".")
    if not is_zone(zone):
        raise Refusal("reminder-zone")
    return _way(name), zone


def _asked(request: Request) -> tuple[Way, str]:
    return _way_and_zone(request.control.argument)


def _way_here(request: Request) -> Way:
    argument = request.control.argument
    return _way(argument) if argument else way_of(request.standing.reminder.rule.every)


def _user(verb: str, standing: Standing) -> int | None:
    """Whose inbox it goes to, or None for the group's channel."""
    if verb == _TIMES:
        return standing.reminder.user
    return standing.caller.user if verb == NEW["colleague"] else None


def _before(verb: str, standing: Standing) -> Rule | None:
    return standing.reminder.rule if verb == _TIMES else None


TYPED = ("day", "rrule", "time", "span", "quiet")
"""What somebody wrote, and has before them where it is given back."""


def verbs(desk: Desk) -> list[Verb]:
    """The controls of setting up."""
    clicks = SettingUpClicks(desk)
    return [
        Verb(
            NEW["colleague"],
            "colleague",
            form=clicks.new_form,
            submit=clicks.look,
            keeps=TYPED,
            about_session=False,
        ),
        Verb(
            NEW["steward"],
            "steward",
            form=clicks.new_form,
            submit=clicks.look,
            keeps=TYPED,
            about_session=False,
        ),
        Verb(
            _TIMES,
            "reminder-holder",
            form=clicks.times_form,
            submit=clicks.look,
            keeps=TYPED,
            opened_as=clicks.times_control,
        ),
        Verb("r-keep", "owner", press=clicks.keep, about_session=False),
        Verb("r-ways", "reminder-holder", press=clicks.ways),
    ]
