"""Commitments on screen: always to their owner alone."""

from collections.abc import Sequence
from typing import Final, Literal

from bot.commitments.change import dates_of
from bot.commitments.commitment import Commitment, PlanNote, Timing
from bot.content.library import Library
from bot.formulation.session import Outcome
from bot.refusal import Refusal
from bot.reminders.habits import Habits
from bot.reminders.snooze import offered
from bot.services.papers import plan_of
from bot.ui.control import Control
from bot.ui.parts import (
    Button,
    Part,
    Row,
    Style,
    View,
    button,
    choice,
    date,
    day_and_time,
    in_full,
    row,
    rule,
    screen,
    shortened,
)

Became = Literal["kept", "changed", "dropped", "not-yet"]
MOST_SHOWN: Final = 300
"""Characters of the cue and of the action where several plans are shown at once."""
PLANS_A_PAGE: Final = 3
MOST_TO_CHOOSE: Final = 25
AT_A_VISIT: Final = "visit"
"""In a control beneath an answer that somebody came for: that answer stays where it is."""


def sentence_of(plan: Commitment, library: Library, most: int = 0) -> str:
    """The plan as one sentence; with ``most``, its two parts in at most that many characters each."""
    cue, action = plan.cue, plan.action
    if most:
        cue, action = shortened(cue, most), shortened(action, most)
    return plan_of(Outcome(kind="plan", cue=cue, action=action), library)


def _answers(plan: Commitment, library: Library, argument: str = "", *, bold: bool = False) -> list[Button]:
    """What can have become of it."""
    say = library.texts
    style = Style.primary if bold else Style.secondary
    return [
        button(say("plan-kept"), Control(plan.token, "p-kept", argument), style),
        button(say("plan-changed"), Control(plan.token, "p-change", argument)),
        button(say("plan-not-yet"), Control(plan.token, "p-not-yet", argument)),
        button(say("plan-dropped"), Control(plan.token, "p-drop", argument)),
    ]


def coming_back(plan: Commitment, library: Library) -> list[Part | None]:
    """A plan from an earlier session, with what can have become of it."""
    return [
        library.texts("plan-back", plan=sentence_of(plan, library, MOST_SHOWN)),
        row(*_answers(plan, library, AT_A_VISIT)),
    ]


# Being reminded


def timing_of(plan: Commitment, habits: Habits, when: str | None = None) -> Timing:
    """The notes that its cue asks for, or ``when`` does, where its owner lives."""
    return Timing(
        when=plan.cue if when is None else when,
        zone=habits.zone,
        quiet_from=habits.quiet_from,
        quiet_to=habits.quiet_to,
    )


def reminding(plan: Commitment, habits: Habits, now: int, library: Library) -> list[Part | None]:
    """Whether notes come about a plan, and how to have them or not. Nothing comes before it was asked for."""
    say = library.texts
    another = button(say("plan-another-time"), Control(plan.token, "p-remind"))
    if plan.timing is not None:
        stop = button(say("plan-stop"), Control(plan.token, "p-stop"))
        return [_when(plan, library), row(another, stop)]
    nudge = _nudge(plan, habits, now)
    if nudge is not None:
        now_ = button(say("plan-remind"), Control(plan.token, "p-remind-now"), Style.primary)
        return [say("plan-offer", at=in_full(nudge)), row(now_, another)]
    return [
        say("plan-offer-none"),
        row(
            button(say("plan-set-time"), Control(plan.token, "p-remind"), Style.primary),
            button(say("plan-only-week"), Control(plan.token, "p-remind-week")),
        ),
    ]


def _nudge(plan: Commitment, habits: Habits, now: int) -> int | None:
    try:
        return dates_of(timing_of(plan, habits), now)[0]
    except Refusal:
        return None


def _when(plan: Commitment, library: Library) -> str:
    """When the next note about it comes."""
    if plan.next_at is None:
        return library.texts("plan-no-notes")
    before = plan.nudge_at is not None and plan.nudge_at == plan.next_at
    return library.texts("plan-reminds" if before else "plan-comes-back", at=in_full(plan.next_at))


def reminded(plan: Commitment, habits: Habits, now: int, library: Library) -> View:
    """What came of asking for notes, or for none."""
    if plan.timing is None:
        return screen(
            library.texts("plan-stopped", until=date(plan.ends_at)),
            row(button(library.texts("plan-remind"), Control(plan.token, "p-remind"))),
        )
    return screen(*reminding(plan, habits, now, library))


# One's own


def mine(plans: Sequence[Commitment], page: int, library: Library) -> View:
    """The open ones and the closed ones that are still kept, in this order, a few a page."""
    say = library.texts
    ordered = sorted(plans, key=lambda each: each.status != "open")
    first = min(max(page, 0), max(len(ordered) - 1, 0) // PLANS_A_PAGE) * PLANS_A_PAGE
    parts: list[Part | None] = [say("plans-head") if ordered else say("plans-none")]
    for plan in ordered[first : first + PLANS_A_PAGE]:
        parts += [rule(), *(_open(plan, library) if plan.status == "open" else [closed(plan, library)])]
    page = first // PLANS_A_PAGE
    turn = row(
        button(say("page-before"), Control(ordered[0].token, "p-page", str(page - 1))) if page else None,
        button(say("page-after"), Control(ordered[0].token, "p-page", str(page + 1)))
        if len(ordered) > first + PLANS_A_PAGE
        else None,
    )
    return screen(*parts, turn)


def _open(plan: Commitment, library: Library) -> list[Part | None]:
    say = library.texts
    notes = (
        button(say("plan-stop"), Control(plan.token, "p-stop"))
        if plan.timing is not None
        else button(say("plan-remind"), Control(plan.token, "p-remind"))
    )
    told = f"-# {_when(plan, library)}\n-# {say('plan-until', until=date(plan.ends_at))}"
    return [f"{sentence_of(plan, library, MOST_SHOWN)}\n{told}", row(*_answers(plan, library), notes)]


def closed(plan: Commitment, library: Library) -> str:
    """What became of one, with its owner's own line."""
    say = library.texts
    parts = [
        f"{say(f'plan-was-{plan.status}')} {sentence_of(plan, library, MOST_SHOWN)}",
        f"> {' '.join(plan.line.split())}" if plan.line else "",
        f"-# {say('plan-until', until=date(plan.ends_at))}",
    ]
    return "\n".join(part for part in parts if part)


def which(plans: Sequence[Commitment], verb: str, library: Library) -> View:
    """Which of several a command means."""
    options = [
        (
            plan.token,
            shortened(" ".join(plan.cue.split()), 100),
            shortened(" ".join(plan.action.split()), 100),
        )
        for plan in plans[:MOST_TO_CHOOSE]
    ]
    say = library.texts
    return screen(
        say("plan-which"), choice(say("plan-choose"), Control(plans[0].token, "p-which", verb), options)
    )


# A note that is opened


def shown(plan: Commitment, note: PlanNote, now: int, library: Library) -> View:
    """What a note brings, after the tap."""
    say = library.texts
    if plan.status != "open":
        return screen(closed(plan, library))
    farewell = note.kind == "farewell"
    return screen(
        f"-# {say('note-late', at=day_and_time(note.at))}" if note.late else None,
        say(f"plan-note-{note.kind}", until=date(plan.ends_at)),
        sentence_of(plan, library),
        _caution(plan, library),
        row(*_answers(plan, library, bold=True)),
        _later(plan, note, now, library) if not farewell else None,
    )


def _caution(plan: Commitment, library: Library) -> str | None:
    found = next((each for each in library.strategies if each.id == plan.strategy), None)
    return library.texts("strategy-caution", caution=found.caution) if found is not None else None


def _later(plan: Commitment, note: PlanNote, now: int, library: Library) -> Row | None:
    say, timing = library.texts, plan.timing
    if timing is None:
        return None
    hows = offered(now, timing.zone, timing.quiet_from, timing.quiet_to)
    return row(
        *(
            button(say(f"plan-later-{how}"), Control(plan.token, "p-snooze", f"{note.number}.{how}"))
            for how in hows
        ),
        button(say("plan-stop"), Control(plan.token, "p-stop")),
    )


# What became of it


def noted(
    plan: Commitment, became: Became, session: str | None, library: Library, extra: Sequence[Part | None] = ()
) -> View:
    """That it is noted; with a ``session`` that runs, the choice to tell the group what it would read."""
    say = library.texts
    if became == "not-yet":
        said = say("plan-noted-not-yet", when=_when(plan, library))
    else:
        said = say(f"plan-noted-{became}", until=date(plan.ends_at), plan=sentence_of(plan, library))
    tell: list[Part | None] = []
    if session is not None:
        tell = [
            f"{say('plan-tell-offer')}\n> {telling(plan, became, library)}",
            row(button(say("plan-tell"), Control(session, "p-tell", f"{plan.token}.{became}"))),
        ]
    return screen(said, *extra, *tell)


def telling(plan: Commitment, became: Became, library: Library) -> str:
    """What the group reads, where its owner wants it to."""
    return library.texts(f"plan-told-{became}", plan=sentence_of(plan, library))
