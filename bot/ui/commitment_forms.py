"""The forms about a commitment. What is typed in them stays with its owner."""

from bot.commitments.commitment import Commitment
from bot.content.texts import Texts
from bot.reminders.cue import cue_time
from bot.reminders.habits import Habits
from bot.ui.answers import Fields, text_in
from bot.ui.forms import MOST_ACTION, MOST_CUE, MOST_LINE
from bot.ui.parts import Modal, field, modal

MOST_WHEN = MOST_CUE
MOST_HOURS = 40
MOST_ZONE = 60


def line(plan: Commitment, kind: str, say: Texts, filled: Fields) -> Modal:
    """One line for oneself, or none; ``kind`` is kept or dropped."""
    return modal(
        say(f"plan-{kind}-title"),
        field(
            "line",
            say("plan-line"),
            hint=say("plan-line-hint"),
            filled=text_in(filled, "line") or plan.line,
            required=False,
            long=True,
            most=MOST_LINE,
        ),
    )


def rewrite(plan: Commitment, say: Texts, filled: Fields) -> Modal:
    """The plan in other words."""
    return modal(
        say("plan-change-title"),
        field(
            "cue",
            say("decide-cue"),
            hint=say("decide-cue-hint"),
            filled=text_in(filled, "cue") or plan.cue,
            most=MOST_CUE,
        ),
        field(
            "action",
            say("decide-action"),
            hint=say("decide-action-hint"),
            filled=text_in(filled, "action") or plan.action,
            long=True,
            most=MOST_ACTION,
        ),
    )


def remind(plan: Commitment, habits: Habits, say: Texts, filled: Fields) -> Modal:
    """When to be reminded: the moment, quiet hours, zone."""
    asked = plan.timing
    named = plan.cue if cue_time(plan.cue) is not None else ""
    chosen = asked or habits
    hours = hours_in_words(chosen.quiet_from, chosen.quiet_to)
    return modal(
        say("plan-remind-title"),
        field(
            "when",
            say("plan-remind-when"),
            hint=say("plan-remind-when-hint"),
            example=say("plan-remind-when-example"),
            filled=text_in(filled, "when") or (asked.when if asked is not None else named),
            most=MOST_WHEN,
        ),
        field(
            "quiet",
            say("plan-remind-quiet"),
            hint=say("plan-remind-quiet-hint"),
            filled=text_in(filled, "quiet") if "quiet" in filled else hours,
            required=False,
            most=MOST_HOURS,
        ),
        field(
            "zone",
            say("plan-remind-zone"),
            hint=say("plan-remind-zone-hint"),
            filled=text_in(filled, "zone") or chosen.zone,
            most=MOST_ZONE,
        ),
    )


def hours_in_words(quiet_from: int | None, quiet_to: int | None) -> str:
    """Quiet hours as they are typed; empty where there are none."""
    if quiet_from is None or quiet_to is None:
        return ""
    return "–".join(f"{minute // 60}:{minute % 60:02d}" for minute in (quiet_from, quiet_to))
