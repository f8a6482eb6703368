"""The library of strategies: looking through it, and one of them. All of it is private."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.content.models import SITUATIONS, FrameText, Strategy
from bot.refusal import Refusal
from bot.ui.control import Control
from bot.ui.parts import Part, Style, View, button, choice, row, screen, shortened

FITS, ABOUT = "s-fits", "s-about"
"""The verbs that open a list: by mechanism and by situation, whose id is chosen or is the argument."""
MOST_LISTED = 25
_BUTTONS_A_ROW = 5
_HINT = 100
_LIST_CHARACTERS = 3600


def body(shown: Strategy, library: Library) -> tuple[str, ...]:
    """The parts of a screen that say what a strategy is: when, its wordings, its caution and its source."""
    say = library.texts
    said = say("strategy-say" if shown.addressed == "client" else "strategy-self")
    wordings = "\n".join(f"- {wording}" for wording in shown.wording)
    return (
        f"## {shown.name}\n{say('strategy-when', when=shown.when)}",
        f"{said}\n{wordings}",
        say("strategy-caution", caution=shown.caution),
        f"-# {say('strategy-source', source=shown.source)}",
    )


def overview(token: str, library: Library) -> View:
    """Where every strategy can be found, and what to read before any of them."""
    say = library.texts
    frame = [
        button(one.name, Control(token, "s-frame", one.id), Style.secondary if number else Style.primary)
        for number, one in enumerate(library.frame)
    ]
    return screen(
        say("strategies-head"),
        choice(
            say("strategies-by-mechanism"),
            Control(token, FITS),
            [(one.id, one.name, shortened(one.meaning, _HINT)) for one in library.mechanisms],
        ),
        choice(
            say("strategies-by-situation"),
            Control(token, ABOUT),
            [(each, say(f"situation-{each}"), "") for each in SITUATIONS],
        ),
        say("strategies-frame"),
        *(row(*frame[first : first + _BUTTONS_A_ROW]) for first in range(0, len(frame), _BUTTONS_A_ROW)),
    )


def listed(verb: str, id: str, token: str, library: Library) -> View:  # noqa: A002
    """The list that ``verb`` opens for a mechanism or a situation; ``Refusal`` where there is none."""
    if verb == FITS and any(one.id == id for one in library.mechanisms):
        found, title = library.strategies_for([id]), library.mechanism(id).name
    elif verb == ABOUT and id in SITUATIONS:
        found, title = library.strategies_in(id), library.texts(f"situation-{id}")
    else:
        raise Refusal("control-stale")
    opens = Control(token, "s-open", f"{verb}.{id}")
    back = button(library.texts("button-back"), Control(token, "s-browse"), Style.primary)
    return screen(*_list(f"## {title}", found, opens, library), row(back))


def found(head: str, strategies: Sequence[Strategy], token: str, library: Library) -> View:
    """What somebody looked for, below ``head``."""
    everything = button(library.texts("strategies-all"), Control(token, "s-browse"), Style.primary)
    return screen(*_list(head, strategies, Control(token, "s-open"), library), row(everything))


def nothing(token: str, library: Library) -> View:
    """Nothing was found, and where to look instead."""
    say = library.texts
    everything = button(say("strategies-all"), Control(token, "s-browse"), Style.primary)
    return screen(say("strategies-nothing"), row(everything))


def _list(head: str, strategies: Sequence[Strategy], opens: Control, library: Library) -> list[Part]:
    listed = strategies[:MOST_LISTED]
    room = _LIST_CHARACTERS // max(len(listed), 1)
    lines = [
        f"**{one.name}**\n-# {shortened(one.when, room - len(one.name) - len('****-#  '))}" for one in listed
    ]
    options = [(one.id, one.name, shortened(one.when, _HINT)) for one in listed]
    return [head, "\n".join(lines), choice(library.texts("strategies-choose"), opens, options)]


def one(shown: Strategy, token: str, library: Library, origin: str = "") -> View:
    """One strategy. ``origin``: the list it was opened from, as verb and id, which *Back* leads to."""
    say = library.texts
    verb, _, id_ = origin.partition(".")
    if verb in (FITS, ABOUT):
        back = button(say("button-back"), Control(token, verb, id_), Style.primary)
    else:
        back = button(say("strategies-all"), Control(token, "s-browse"), Style.primary)
    return screen(
        *body(shown, library),
        f"-# {say('strategies-fits', fits=_fits(shown, library))}\n-# {say('strategies-remind')}",
        row(back),
    )


def _fits(shown: Strategy, library: Library) -> str:
    say = library.texts
    fits = [each.name for each in library.mechanisms if each.id in shown.mechanisms]
    if len(fits) == len(library.mechanisms):
        fits = [say("strategies-fits-any")]
    occasions = [say(f"situation-{each}") for each in SITUATIONS if each in shown.situations]
    return " · ".join(", ".join(names) for names in (fits, occasions) if names)


def frame(text: FrameText, token: str, library: Library) -> View:
    """A text to read before any strategy."""
    say = library.texts
    return screen(
        f"## {text.name}\n{text.text.strip()}",
        f"-# {text.source}",
        row(button(say("button-back"), Control(token, "s-browse"), Style.primary)),
    )
