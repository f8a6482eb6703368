"""The presenter's last mile: from what fits to one step."""

from collections.abc import Sequence

from bot.commitments.commitment import Commitment
from bot.content.library import Library
from bot.content.models import Strategy
from bot.formulation.session import Session
from bot.reminders.habits import Habits
from bot.services.papers import plan_of
from bot.ui.commitments import reminding
from bot.ui.control import Control
from bot.ui.parts import Part, Style, View, button, choice, row, screen, shortened
from bot.ui.strategies import body

MOST_STRATEGIES = 25


def warning(session: Session, library: Library) -> View:
    """Before any step: what peers are not enough for. Nothing of it is stored, whatever is pressed."""
    say = library.texts
    return screen(
        say("warning-head"),
        say("warning-list"),
        row(
            button(say("warning-none"), Control(session.token, "steps"), Style.primary),
            button(say("warning-some"), Control(session.token, "beyond-peers")),
        ),
    )


def beyond_peers(session: Session, library: Library) -> View:
    """Where to take what peers are not enough for."""
    say = library.texts
    return screen(
        say("beyond-peers"),
        row(
            button(say("step-consult"), Control(session.token, "outcome", "consult"), Style.primary),
            button(say("go-on"), Control(session.token, "steps")),
        ),
    )


def steps(session: Session, library: Library) -> View:
    """Strategies for what the presenter said fits, and the equal outcomes."""
    say = library.texts
    fits = session.answer.fits if session.answer is not None else ()
    offered = library.strategies_for(fits)[:MOST_STRATEGIES]
    first = [line for fit in fits if (line := library.mechanism(fit).before_a_step)]
    receives = library.null_hypothesis.id in fits
    return screen(
        say("step-head"),
        say("mine-plan", plan=plan_of(session.outcome, library)) if session.outcome is not None else None,
        "\n".join(f"- {line}" for line in first) or None,
        _strategies(session, offered, library),
        row(
            button(say("step-own-plan"), Control(session.token, "decide"), Style.primary),
            button(say("step-receive"), Control(session.token, "outcome", "receive")) if receives else None,
            button(say("step-watch"), Control(session.token, "outcome", "watch")),
        ),
        row(
            button(say("step-ask"), Control(session.token, "ask-client")),
            button(say("step-consult"), Control(session.token, "outcome", "consult")),
        ),
    )


def _strategies(session: Session, offered: Sequence[Strategy], library: Library) -> Part | None:
    if not offered:
        return None
    return choice(
        library.texts("step-choose"),
        Control(session.token, "strategy"),
        [(each.id, each.name, shortened(each.when, 100)) for each in offered],
    )


def strategy(session: Session, shown: Strategy, library: Library) -> View:
    """One strategy with its caution."""
    say = library.texts
    return screen(
        *body(shown, library),
        row(
            button(say("strategy-take"), Control(session.token, "decide", shown.id), Style.primary),
            button(say("button-back"), Control(session.token, "steps")),
        ),
    )


def decided(
    session: Session, kept: Commitment | None, habits: Habits | None, now: int, library: Library
) -> View:
    """The presenter's step, noted; where a plan was ``kept``, whether and when a note about it may come."""
    say = library.texts
    plan = plan_of(session.outcome, library) if session.outcome is not None else ""
    planned = session.outcome is not None and session.outcome.kind == "plan"
    offer: list[Part | None] = []
    if kept is not None and habits is not None:
        offer = reminding(kept, habits, now, library)
    elif planned and session.alias is not None:
        offer = [say("plan-offer-alias")]
    back = row(button(say("button-back"), Control(session.token, "steps")))
    return screen(say("decided", plan=plan), *offer, back)
