"""Who may use what: every verb and every command, for every kind of person, from the rule each declares."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

import discord
import pytest
from discord import app_commands

from bot.aliases import mark_in_group
from bot.commitments.commitment import Commitment
from bot.desk import Desk
from bot.formulation.acts import RULES, Join, StepOut
from bot.refusal import Refusal
from bot.rehearsal.stage import Stage
from bot.reminders.rules import Rule, Weekly
from bot.services.access import Caller, CharterFirst, Who
from bot.services.drafts import Typed
from bot.storage.groups import Group
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.control import Control
from bot.ui.notices import sentence
from bot.ui.parts import field, modal
from bot.ui.verbs import Verb
from tests.cases.desk import posted
from tests.conftest import StageOpener
from tests.services.evening import ZONE, evening_of
from tests.ui.raw import Asked, opening, press, run, send
from tests.vignettes.shelf import on_its_way

FILLING_UP = ("Gil", "Hal", "Ira", "Jon")
"""As many as it takes for whoever comes after them to listen."""
LET_IN = "let in"
CHARTER = "charter"


@dataclass(frozen=True)
class Kind:
    """A kind of person: their role in the session, and what else they have."""

    role: str = ""
    accepted: bool = False
    steward: bool = False
    owner: bool = False
    author: bool = False
    presents: bool = False
    planned: bool = False
    reminded: bool = False


KINDS: Mapping[str, Kind] = {
    "stranger": Kind(),
    "colleague": Kind(accepted=True),
    "presenter": Kind("presenter", accepted=True),
    "facilitator": Kind("facilitator", accepted=True),
    "member": Kind("member", accepted=True),
    "listener": Kind("observer", accepted=True),
    "member before the charter": Kind("member"),
    "one who stepped out": Kind(accepted=True),
    "manager of the server": Kind(steward=True),
    "facilitator of the group": Kind(accepted=True, steward=True),
    "owner of the draft": Kind(accepted=True, owner=True),
    "author of the vignette": Kind(accepted=True, author=True),
    "presenter of the case": Kind(accepted=True, presents=True),
    "owner of the plan": Kind(accepted=True, planned=True),
    "owner of the reminder": Kind(reminded=True),
}
_AFTER_CHARTER: Mapping[str, Callable[[Kind], bool]] = {
    "colleague": lambda _: True,
    "anyone": lambda _: True,
    "member": lambda kind: bool(kind.role),
    "rater": lambda kind: kind.role in ("member", "facilitator"),
    "presenter": lambda kind: kind.role == "presenter",
    "facilitator": lambda kind: kind.role == "facilitator",
    "leading": lambda kind: kind.role in ("presenter", "facilitator"),
    "clock": lambda _: False,
    "reader": lambda _: True,
    "author": lambda kind: kind.author,
    "peer": lambda _: True,
    "case-presenter": lambda kind: kind.presents,
}


_OF_NOTES: Mapping[str, Callable[[Kind], bool]] = {
    "committed": lambda kind: kind.planned,
    "recipient": lambda kind: kind.reminded,
    "reminder-holder": lambda kind: kind.reminded,
}
"""These need no charter: they are in direct messages too."""


def expected(who: Who, kind: Kind) -> str:
    """What a person of this kind is answered: let in, asked for the charter, or the refusal's sentence."""
    match who:
        case "everyone":
            return LET_IN
        case "steward" | "carer":
            return LET_IN if kind.steward else "only-steward"
        case "owner":
            return LET_IN if kind.owner else "draft-gone"
        case "committed" | "recipient" | "reminder-holder":
            return LET_IN if _OF_NOTES[who](kind) else f"only-{who}"
        case _ if not _AFTER_CHARTER[who](kind):
            return f"only-{who}"
        case _:
            return LET_IN if kind.accepted else CHARTER


def test_every_rule_has_its_place_here() -> None:
    """A new kind of rule is thought about before anything can use it."""
    rules = {each for part in get_args(Who) for each in (get_args(part) or (part,))}
    assert rules == {"everyone", "steward", "carer", "owner", *_AFTER_CHARTER, *_OF_NOTES}
    assert {rule.who for rule in RULES.values()} <= rules


VERBS: Mapping[Who, str] = {
    "reader": "v-ask v-know v-more v-offer v-pass v-read v-send-back v-tell v-told",
    "author": """
        v-answer v-close v-close-now v-continue v-formulate v-live v-rewrite v-slow v-withdraw v-withdraw-now
    """,
    "carer": "v-hide v-lift v-show v-stop v-want-change",
    "peer": "k-ask k-more",
    "case-presenter": "k-close k-edit k-formulate k-reply k-withdraw k-withdraw-now",
    "everyone": "accept forget s-about s-browse s-fits s-frame s-open",
    "colleague": "c-choose p-page p-which r-new r-pick start vignette",
    "committed": """
        p-change p-drop p-kept p-not-yet p-remind p-remind-now p-remind-week p-show p-snooze p-stop
    """,
    "recipient": "n-another n-how n-show n-snooze n-stop",
    "reminder-holder": """
        r-more r-pause r-preview r-remove r-remove-now r-resume r-skip r-times r-ways
    """,
    "owner": """
        c-look c-next c-page c-pages c-post discard discard-now edit keep no-names
        t-drop t-drop-now t-field t-head t-list t-move t-out t-page t-pick t-save
        w-all w-edit w-keep w-next w-no-name w-one w-own w-publish
        w-questions w-review w-take w-who r-keep
    """,
    "steward": "r-channel setup t-remove template words words-add words-empty words-empty-now words-remove",
    "anyone": "enter facilitate join step-out",
    "member": "done-here goodbye leave mine nudge own-words p-tell panel slower take-back",
    "rater": """
        again again-card ask card contribute finish idea more observe rate rate-again skip suppose walk
    """,
    "leading": "way ways",
    "facilitator": """
        end end-now go-back hand-over make-room more-time move-date next panel-more pause skip-step
    """,
    "presenter": """
        aside aside-line aside-topic ask-client beyond-peers brake decide handout note outcome own own-card
        own-chart own-more own-side present rate-own reply respond restate step steps stop stop-now strategy
        tell
    """,
}


async def test_every_verb_has_its_place_here(stage: Stage) -> None:
    """Who may use a new control is thought about twice: where it is made, and here."""
    found: dict[Who, set[str]] = {}
    for verb in stage.bot.desk.router.verbs.values():
        found.setdefault(verb.who, set()).add(verb.name)
    assert found == {who: set(names.split()) for who, names in VERBS.items()}


@dataclass
class Hall:
    """A session, a vignette and a case with everybody around them; ``users`` are ids by kind of person."""

    stage: Stage
    users: Mapping[str, int]
    token: str
    draft: str
    vignette: str
    case: str
    plan: str
    reminder: str
    elsewhere: int
    elsewhere_guild: int

    def sentence(self, key: str) -> str:
        return self.stage.library.texts(key)

    def outcome(self, asked: Asked) -> str:
        """Which of the possible answers it was."""
        if asked.result.modal is not None or asked.text == LET_IN:
            return LET_IN
        charter = self.stage.library.charter
        return CHARTER if charter in asked.text else asked.text


@pytest.fixture
async def hall(opened: StageOpener) -> AsyncIterator[Hall]:
    names = ("manager of the server", *(name for name in KINDS if name != "manager of the server"))
    names = (*names, *FILLING_UP)
    async with opened(names=names) as stage:
        users = {name: stage[name].id for name in names}
        desk, caller = (
            stage.bot.desk,
            Caller(users["manager of the server"], stage.guild.id, stage.channel.id),
        )
        chosen = (users["facilitator of the group"],)
        group = await desk.groups.set_up(caller, ZONE, "en", "14", chosen)
        for name, kind in KINDS.items():
            if kind.accepted:
                await desk.groups.accept_charter(group.token, replace(caller, user=users[name]))
        evening = await evening_of(
            lambda: stage.bot.desk, group, users["presenter"], users["facilitator"], (users["member"],)
        )
        out = users["one who stepped out"]
        await evening.act(Join("e" * 16), out)
        await evening.act(StepOut(), out)
        for number, name in enumerate(("member before the charter", *FILLING_UP, "listener")):
            await evening.act(Join(f"f{number:015x}"), users[name])
        listener = (await evening.session()).person(users["listener"])
        assert listener is not None
        assert listener.role == "observer"
        typed = Typed("ask", evening.token, "", {"question": "How?"})
        draft = await desk.drafts.keep(typed, users["owner of the draft"], group.token, None)
        vignette = await on_its_way(desk, group, users["author of the vignette"])
        case = await posted(desk, group, users["presenter of the case"])
        plan, reminder = await kept_for(
            desk, group, users["owner of the plan"], users["owner of the reminder"]
        )
        other = stage.env.create_guild("Another server")
        elsewhere = other.create_text_channel("general")
        for name in names:
            other.add_member(stage[name].member.user)
        await stage.pass_time()
        yield Hall(
            stage,
            users,
            evening.token,
            draft,
            vignette.token,
            case.token,
            plan,
            reminder,
            elsewhere.id,
            other.id,
        )


async def kept_for(desk: Desk, group: Group, planned: int, reminded: int) -> tuple[str, str]:
    """A plan of one person and a reminder of another, by their tokens."""
    now = desk.ground.clock.seconds()
    plan = Commitment(
        token="c" * 16,
        group=group.token,
        session="0" * 16,
        user=planned,
        cue="she asks",
        action="wait",
        retention_days=14,
        made_at=now,
        touched_at=now,
    )
    async with desk.ground.writing() as store:
        await store.commitments.add(plan, mark_in_group(planned, group.token, desk.ground.seal_keys))
    today = datetime.fromtimestamp(now, ZoneInfo(ZONE)).date()
    rule = Rule(every=Weekly(weekdays=frozenset({0})), hour=19, minute=0, zone=ZONE, start=today)
    reminder = await desk.reminders.keep("d" * 16, rule, group, reminded)
    return plan.token, reminder.token


def opened_up(verb: Verb) -> Verb:
    """The verb with its rule, and behind it nothing but a word."""

    async def let_in(_: Request) -> Answer:
        return Private(sentence(LET_IN))

    def form(_: Request, __: Fields) -> discord.ui.Modal:
        return modal("A form", field("text", "A field", most=10))

    return replace(
        verb,
        press=let_in if verb.press is not None else None,
        form=form if verb.form is not None else None,
        submit=let_in if verb.submit is not None else None,
        opened_as=None,
    )


def control_of(verb: Verb, hall: Hall) -> Control:
    about = {
        "owner": hall.draft,
        **dict.fromkeys(("reader", "author", "carer"), hall.vignette),
        **dict.fromkeys(("peer", "case-presenter"), hall.case),
        **dict.fromkeys(("recipient", "reminder-holder"), hall.reminder),
        "committed": hall.plan,
    }
    return Control(about.get(verb.who, hall.token), verb.name)


def open_all(stage: Stage) -> list[Verb]:
    verbs: Any = stage.bot.desk.router.verbs
    for name, verb in list(verbs.items()):
        verbs[name] = opened_up(verb)
    return list(verbs.values())


def expect(hall: Hall, outcome: str) -> str:
    return outcome if outcome in (LET_IN, CHARTER) else hall.sentence(outcome)


async def test_every_verb_for_every_kind_of_person(hall: Hall) -> None:
    """Exactly those whom its rule names are let in, whichever way its control is sent."""
    router = hall.stage.bot.desk.router
    for verb in router.verbs.values():
        for name, kind in KINDS.items():
            caller = Caller(hall.users[name], hall.stage.guild.id, hall.stage.channel.id)
            if kind.steward and not kind.accepted:
                caller = replace(caller, manages_server=True)
            try:
                await router.admit(verb, caller, control_of(verb, hall))
                outcome = LET_IN
            except CharterFirst:
                outcome = CHARTER
            except Refusal as refusal:
                outcome = refusal.key
            assert outcome == expected(verb.who, kind), (verb.name, name)


def some_of(verb: Verb, turn: int) -> list[str]:
    """One person for each outcome that the verb's rule has, in turn another one of those."""
    by_outcome: dict[str, list[str]] = {}
    for name, kind in KINDS.items():
        by_outcome.setdefault(expected(verb.who, kind), []).append(name)
    return [names[turn % len(names)] for names in by_outcome.values()]


async def test_every_verb_as_it_is_pressed_and_sent(hall: Hall) -> None:
    """A button and a form ask the rule before anything else, and say what it says."""
    stage = hall.stage
    thread = stage.thread.id
    for turn, verb in enumerate(open_all(stage)):
        control, names = control_of(verb, hall), some_of(verb, turn)
        pressed = {
            name: press(stage, hall.users[name], control, thread if KINDS[name].role else None)
            for name in names
        }
        sent = {
            name: send(stage, hall.users[name], control.opened(opening()), {"text": "Hm."})
            for name in names
            if verb.submit is not None
        }
        await stage.env.settle()
        for name in names:
            outcome = expect(hall, expected(verb.who, KINDS[name]))
            assert hall.outcome(pressed[name]) == outcome, (verb.name, name)
            assert pressed[name].callbacks == 1
            if verb.submit is not None:
                # A form that can't be taken comes back with its sentence, the charter's too.
                told = hall.sentence("charter-first") if outcome == CHARTER else outcome
                assert told in sent[name].text, (verb.name, name)
                assert (sent[name].text == LET_IN) == (outcome == LET_IN), (verb.name, name)


ELSEWHERE = {
    "everyone": LET_IN,
    "steward": "only-steward",
    "owner": "draft-gone",
    "colleague": "no-group-here",
    "reader": "vignette-gone",
    "author": "vignette-gone",
    "carer": "vignette-gone",
    "peer": "case-gone",
    "case-presenter": "case-gone",
    "recipient": "reminder-gone",
    "reminder-holder": "reminder-gone",
    "committed": "commitment-gone",
}


async def test_every_verb_from_another_server(hall: Hall) -> None:
    """A control that was copied there does nothing for this server's session, whoever presses it."""
    stage = hall.stage
    for verb in open_all(stage):
        control, wanted = control_of(verb, hall), ELSEWHERE.get(verb.who, "session-gone")
        asked = {
            name: press(stage, hall.users[name], control, hall.elsewhere, guild=hall.elsewhere_guild)
            for name in ("presenter", "facilitator", "member", "stranger")
        }
        await stage.env.settle()
        for name, each in asked.items():
            assert hall.outcome(each) == expect(hall, wanted), (verb.name, name)


async def test_every_verb_in_a_direct_message(hall: Hall) -> None:
    """One's own notes and drafts work there; of all else a sentence says where it does."""
    stage = hall.stage
    for verb in open_all(stage):
        owners = ("presenter", "owner of the plan", "owner of the reminder", "owner of the draft")
        for name in {expected(verb.who, KINDS[each]): each for each in owners}.values():
            user, kind = hall.users[name], KINDS[name]
            channel = stage.env.backend.get_dm_channel(user).id
            known = verb.who in (*_OF_NOTES, "owner", "everyone")
            outcome = expect(hall, expected(verb.who, kind) if known else "server-only")
            pressed = press(stage, user, control_of(verb, hall), channel, guild=None)
            control = control_of(verb, hall).opened(opening())
            sent = send(stage, user, control, {"text": "Hm."}, channel, guild=None)
            await stage.env.settle()
            assert hall.outcome(pressed) == outcome, (verb.name, name)
            assert verb.submit is None or outcome in sent.text, (verb.name, name)


def commands(stage: Stage) -> dict[str, app_commands.Command[Any, ..., Any]]:
    """Every command that can be typed, by its whole name. Menus on messages and people count too."""
    found: dict[str, app_commands.Command[Any, ..., Any]] = {}
    for kind in (discord.AppCommandType.message, discord.AppCommandType.user):
        assert stage.bot.tree.get_commands(type=kind) == [], "add the menus to this test"
    for command in stage.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            found[command.qualified_name] = command
    return found


ASKS_FOR: Mapping[str, Mapping[str, str | tuple[str, bytes]]] = {
    "group setup": {"zone": ZONE},
    "template edit": {"template": "rupture"},
    "template share": {"template": "rupture"},
    "template remove": {"template": "rupture"},
    "template import": {"file": ("rupture.toml", b"")},
    "strategy show": {"name": "Keep the time"},
    "strategy search": {"words": "gift"},
}
"""What a command can't be typed without."""


def type_in(hall: Hall, name: str, user: int, channel: int | None = None, guild: int | None = -1) -> Asked:
    """Type a command with whatever it asks for."""
    return run(hall.stage, user, name, channel=channel, guild=guild, **ASKS_FOR.get(name, {}))


async def test_every_command_for_every_kind_of_person(hall: Hall) -> None:
    """A command without a rule fails here; the others keep theirs."""
    stage = hall.stage
    refusals = {hall.sentence(f"only-{who}") for who in ("steward", "member", "presenter")}
    for name, command in commands(stage).items():
        who: Who = command.extras["who"]
        asked = {kind: type_in(hall, name, hall.users[kind]) for kind in KINDS}
        await stage.env.settle()
        for kind, each in asked.items():
            outcome = expected(who, KINDS[kind])
            if outcome == LET_IN:
                assert each.result.modal or each.text not in refusals, (name, kind)
                assert hall.outcome(each) != CHARTER, (name, kind)
            else:
                assert hall.outcome(each) == expect(hall, outcome), (name, kind)
            assert each.callbacks == 1, (name, kind)


async def test_every_command_elsewhere(hall: Hall) -> None:
    """In a direct message none works; where there is no group, those of a group say so."""
    stage = hall.stage
    user = hall.users["presenter"]
    channel = stage.env.backend.get_dm_channel(user).id
    for name, command in commands(stage).items():
        private = type_in(hall, name, user, channel, guild=None)
        other = type_in(hall, name, user, hall.elsewhere, hall.elsewhere_guild)
        await stage.env.settle()
        assert private.text == hall.sentence("server-only"), name
        wanted = {"colleague": "no-group-here", "steward": "only-steward"}.get(command.extras["who"])
        assert wanted is None or other.text == hall.sentence(wanted), name
