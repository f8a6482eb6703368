"""The facilitator's panel."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.content.library import Library
from bot.formulation.calendar import evenings_after
from bot.formulation.moving import MOST_EVENINGS
from bot.formulation.script import moment
from bot.formulation.session import Session
from bot.formulation.walk import progress
from bot.services.papers import script_of
from bot.ui.control import Control
from bot.ui.parts import Row, Style, View, button, choice, row, screen, someone
from bot.ui.posts import times


def panel(session: Session, library: Library, note: str | None = None) -> View:
    """Next, two more minutes, pause; the rest is under *more*. ``note`` says what the last press did."""
    say = library.texts
    if session.status != "open":
        return screen(say("session-over"))
    script = script_of(session, library)
    step = script.step(session)
    place = {"number": script.number(session), "count": len(script.steps) - 1}
    rated = say("board-progress", progress=progress(session, step))
    here, held = str(moment(session)), session.paused_at is not None
    live = session.mode != "slow"
    return screen(
        say("panel-head", step=step.title, time=times(session, library), **place),
        say(
            "panel-people",
            taking_part=len(session.raters) + 1,
            listening=sum(person.role == "observer" for person in session.present),
        ),
        rated if step.kind in ("ratings", "second-ratings") else None,
        say("board-slower") if session.slower else None,
        note,
        row(
            button(
                next_label(session, library),
                Control(session.token, "next", here),
                Style.primary,
                disabled=held,
            ),
            button(say("button-more-time"), Control(session.token, "more-time", here), disabled=held)
            if live
            else None,
            button(
                say("button-resume" if held else "button-pause"),
                Control(session.token, "pause", "off" if held else "on"),
            ),
            button(say("button-panel-more"), Control(session.token, "panel-more")),
        ),
    )


def next_label(session: Session, library: Library) -> str:
    """What *next* leads to, as far as a button has room for it."""
    script = script_of(session, library)
    target = script.next_moment(session)
    if target is None:
        return library.texts("button-end")
    if target.topic and session.reveal is not None:
        name = library.mechanism(session.reveal.topics[target.topic]).name
        return library.texts("button-next-topic", mechanism=name)
    step = script.protocol.step(target.step)
    if step.kind == "handout":
        return library.texts("button-close")
    return library.texts("button-next", step=step.title)


def more(session: Session, now: int, library: Library) -> View:
    """Back, skip, hand over, end; room and dates where they are wanted. ``now`` is in seconds UTC."""
    say = library.texts
    if session.status != "open":
        return screen(say("session-over"))
    here = str(moment(session))
    script = script_of(session, library)
    observers = any(person.role == "observer" for person in session.present)
    return screen(
        say("panel-more-head"),
        row(
            button(
                say("button-go-back"),
                Control(session.token, "go-back", here),
                disabled=script.moment_before(session) is None,
            ),
            button(say("button-skip"), Control(session.token, "skip-step", here)),
            button(say("button-make-room"), Control(session.token, "make-room")) if observers else None,
        ),
        _dates(session, now, library),
        someone(say("button-hand-over"), Control(session.token, "hand-over")),
        row(
            button(say("button-end"), Control(session.token, "end")),
            button(say("button-back"), Control(session.token, "panel")),
        ),
    )


def _dates(session: Session, now: int, library: Library) -> Row | None:
    if session.due_at is None or session.moved:
        return None
    evenings = evenings_after(now, MOST_EVENINGS, session.zone)
    return choice(
        library.texts("button-move-date"),
        Control(session.token, "move-date", str(moment(session))),
        [(str(each), _day(each, session, library), "") for each in evenings if each != session.due_at],
    )


def _day(at: int, session: Session, library: Library) -> str:
    # The client draws no time stamps in a select.
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(session.zone))
    say = library.texts
    return say(
        "weekday-date",
        weekday=say(f"weekday-{local.isoweekday()}"),
        day=local.day,
        month=say(f"month-{local.month}"),
        time=local.strftime("%H:%M"),
    )


def end_question(session: Session, library: Library) -> View:
    """Before a session is ended early."""
    say = library.texts
    return screen(
        say("panel-end"),
        row(
            button(say("button-end-now"), Control(session.token, "end-now", "handout"), Style.danger),
            button(say("button-end-bare"), Control(session.token, "end-now", "bare")),
            button(say("button-back"), Control(session.token, "panel")),
        ),
    )


def take_over(session: Session, library: Library) -> View:
    """For a member, where nothing has been seen of the facilitator for long."""
    say = library.texts
    return screen(
        say("take-over"),
        row(button(say("button-take-over"), Control(session.token, "facilitate"), Style.primary)),
    )
