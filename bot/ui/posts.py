"""What the group sees: the posts of a session, drawn from its state."""

from bot.content.library import Library
from bot.content.protocols import StepKind
from bot.formulation.reveal import Observation, changes, gathered, pages
from bot.formulation.script import Script, moment
from bot.formulation.session import NOBODY, Fact, Session
from bot.formulation.spread import FEWEST_RATERS
from bot.formulation.walk import progress
from bot.services.papers import alternative_text, answer_fits, change_text, revealed_of, script_of
from bot.ui.control import Control
from bot.ui.parts import (
    Button,
    Row,
    Style,
    View,
    button,
    clock_time,
    countdown,
    date,
    day_and_time,
    picture,
    row,
    rule,
    screen,
)

CHART_NAME = "chart.png"
CHANGE_NAME = "before-and-after.png"
SAYS_DONE: frozenset[StepKind] = frozenset({"facts", "gather", "reveal", "talk"})
"""Steps that end early, in slow mode, only when people say that they are done with them."""


def presenter_of(session: Session) -> str:
    """Who presents, as everyone may know: a mention, or the alias of a vignette."""
    presenter = session.holder("presenter")
    if session.alias is not None:
        return f"*{session.alias}*"
    return f"<@{presenter.user}>" if presenter is not None else "…"


def invitation(session: Session, library: Library) -> View:
    """In the group's channel: a case, and the way in."""
    say = library.texts
    if session.taken_back:
        return screen(say("invitation-taken-back"))
    if session.status != "open":
        return screen(say("invitation-over", title=session.title))
    return screen(
        say("invitation", title=session.title, minutes=session.minutes, mode=session.mode),
        row(button(say("invitation-join"), Control(session.token, "join"), Style.primary)),
    )


def board(session: Session, library: Library, purge_at: int) -> View:
    """Where the session stands, what is asked now, and the buttons for it. At most 45 words."""
    if session.status != "open":
        return _board_after(session, library, purge_at)
    script = script_of(session, library)
    step = script.step(session)
    place = library.texts("board-place", number=script.number(session), count=len(script.steps) - 1)
    return screen(
        f"## {step.title}\n-# {place} · {times(session, library)}",
        _guide(session, script),
        _detail(session, library),
        library.texts("board-slower") if session.slower else None,
        row(_step_button(session, library), *_standing_buttons(session, library)),
    )


def _board_after(session: Session, library: Library, purge_at: int) -> View:
    say = library.texts
    if session.taken_back:
        return screen(say("board-taken-back"))
    key = "board-stranded" if session.status == "stranded" else "board-closed"
    return screen(f"## {session.title}", say(key, purge=date(purge_at)), handout_row(session, library))


def times(session: Session, library: Library) -> str:
    """When this step and the session end, in a line."""
    say = library.texts
    if session.paused_at is not None:
        return say("board-paused")
    script = script_of(session, library)
    until = script.until(session)
    if session.mode == "slow":
        return say("board-due", due=day_and_time(until)) if until is not None else say("board-waits")
    ends = clock_time(script.ends_at(session))
    if until is None or until <= session.step_began_at:
        # A step that began after its time has no end of its own to look at.
        return say("board-ends", ends=ends)
    return say("board-times", left=countdown(until), ends=ends)


def _guide(session: Session, script: Script) -> str | None:
    if _goes_round(session, script):
        return None
    way = script.way(session, script.step(session))
    return f"**{way.title}**\n{way.guide}" if way is not None else script.guide(session)


def _goes_round(session: Session, script: Script) -> bool:
    step = script.step(session)
    rated = session.reveal is not None and not session.reveal.topics
    return step.kind == "talk" and step.topics is not None and rated


def _detail(session: Session, library: Library) -> str | None:
    """What this step is about just now and, where people give to it alone, how far the group is."""
    step = script_of(session, library).step(session)
    said = _about_now(session, library)
    if step.kind in ("ratings", "second-ratings") or (session.mode == "slow" and step.kind in SAYS_DONE):
        far = library.texts("board-progress", progress=progress(session, step))
        return f"{said}\n{far}" if said is not None else far
    return said


def _about_now(session: Session, library: Library) -> str | None:
    say = library.texts
    script = script_of(session, library)
    step = script.step(session)
    if step.kind == "arrive":
        facilitator, named = session.holder("facilitator"), presenter_of(session)
        if facilitator is None:
            return say("board-no-facilitator", presenter=named)
        return say("board-roles", presenter=named, facilitator=f"<@{facilitator.user}>")
    if _goes_round(session, script):
        return say("board-go-round")
    if step.topics and session.talked_about:
        return _topics(session, library)
    if step.kind == "answer":
        return say("board-presenter-now", presenter=presenter_of(session))
    return None


def _topics(session: Session, library: Library) -> str:
    if session.mode == "slow":
        names = ", ".join(library.mechanism(topic).name for topic in session.talked_about)
        return library.texts("board-topics", mechanisms=names)
    now = session.topic_now
    return library.texts("board-topic", mechanism=library.mechanism(now).name if now else "")


def _step_button(session: Session, library: Library) -> Button | None:
    """The button for what the step asks. What everyone may press is bold; what one person may is not."""
    step = script_of(session, library).step(session)
    spoken = session.mode == "voice" and step.spoken
    offers: dict[StepKind, tuple[str, str, bool]] = {
        "telling": ("tell", "button-tell-again" if session.account else "button-tell", False),
        "facts": ("ask", "button-ask", not spoken),
        "restate": ("restate", "button-restate", False),
        "choose": ("ways", "button-ways", False),
        "gather": ("contribute", "button-contribute", True),
        "ratings": ("walk", "button-rate", True),
        "second-ratings": ("again", "button-again", True),
        "answer": ("respond", "button-respond", False),
        "step": ("step", "button-step", False),
        "close": ("goodbye", "button-goodbye", True),
    }
    if step.kind == "arrive" and session.holder("facilitator") is None:
        offers["arrive"] = ("facilitate", "button-facilitate", True)
    if step.kind not in offers or (spoken and step.kind == "telling"):
        return None
    verb, label, bold = offers[step.kind]
    style = Style.primary if bold else Style.secondary
    return button(library.texts(label), Control(session.token, verb), style)


def _standing_buttons(session: Session, library: Library) -> tuple[Button | None, ...]:
    say = library.texts
    here = str(moment(session))
    step = script_of(session, library).step(session)
    says_done = session.mode == "slow" and step.kind in SAYS_DONE
    talked = session.mode != "slow" and step.kind in ("telling", "facts", "talk", "gather", "answer")
    return (
        button(say("button-done-here"), Control(session.token, "done-here", here)) if says_done else None,
        button(say("button-mine"), Control(session.token, "mine")),
        button(say("button-slower"), Control(session.token, "slower", here)) if talked else None,
        button(say("button-panel"), Control(session.token, "panel")),
    )


def call(session: Session, library: Library) -> View:
    """To the facilitator alone, when the minutes are over or the presenter's own time begins."""
    say = library.texts
    script = script_of(session, library)
    facilitator = session.holder("facilitator")
    target = script.next_moment(session)
    upcoming = script.protocol.step(target.step).title if target is not None else ""
    reserved = session.reserve_called and not script.step(session).reserve
    if reserved:
        upcoming = next(step.title for step in script.steps if step.reserve)
    return screen(
        say(
            "call-reserve" if reserved else "call-time",
            facilitator=f"<@{facilitator.user}>" if facilitator is not None else "",
            presenter=presenter_of(session),
            step=upcoming,
        ),
        row(button(say("button-panel"), Control(session.token, "panel"))),
    )


def nudge(session: Session, library: Library) -> View:
    """In somebody's own inbox: something is open, and nothing about what."""
    return screen(library.texts("nudge", due=day_and_time(session.due_at or 0)))


def question(session: Session, library: Library) -> View:
    """What the presenter asks the group: it opens the thread."""
    return screen(f"## {session.title}", f"{library.texts('question-head')}\n{session.question}")


def account(session: Session, library: Library) -> View:
    """What the presenter tells."""
    return screen(library.texts("account-head"), session.account or "…")


def restated(session: Session, library: Library) -> View:
    """The question, put anew."""
    return screen(f"{library.texts('restated-head')}\n{session.restated or '…'}")


def fact(session: Session, asked: Fact, library: Library) -> View:
    """A question, and its answer once there is one."""
    say = library.texts
    label = say("button-reply") if asked.answer is None else say("button-reply-again")
    answering = session.reveal is None and session.status == "open"
    return screen(
        f"{say('fact-head')}\n{asked.question}",
        say("fact-open") if asked.answer is None else say("fact-answer", answer=asked.answer),
        row(button(label, Control(session.token, "reply", asked.key))) if answering else None,
    )


def gathering(session: Session, step: str, page: int, library: Library) -> View | None:
    """One page of what a step gathered; None where there is no such page any more."""
    paged = pages(gathered(session, step))
    if page >= len(paged):
        return None
    named = script_of(session, library).protocol.step(step)
    way = script_of(session, library).way(session, named)
    return screen(f"## {way.title if way is not None else named.title}", _lines(paged[page], library))


def reveal(session: Session, library: Library) -> View:
    """The moment at which the ratings show, with the chart or, in a small group, without."""
    say = library.texts
    shown = revealed_of(session, library)
    if shown is None or not shown.figures:
        return screen(say("reveal-head"), say("reveal-few"))
    return screen(say("reveal-head"), picture(CHART_NAME, alternative_text(shown, library)))


def observations(session: Session, page: int, library: Library) -> View | None:
    """One page of what speaks for and against; None where there is no such page any more."""
    shown = revealed_of(session, library)
    paged = pages(shown.observations) if shown is not None else ()
    if page >= len(paged):
        return None
    return screen(library.texts("observations-head"), rule(), _lines(paged[page], library))


def _lines(page: tuple[Observation, ...], library: Library) -> str:
    say = library.texts
    lines: list[str] = []
    heading = side = None
    for line in page:
        if line.about != heading and line.side != "line":
            heading, side = line.about, None
            name = library.mechanism(line.about).name if line.about else say("observation-ideas")
            lines.append(f"### {name}")
        if line.side in ("for", "against") and line.side != side:
            if side is not None:
                # Without it the label would be taken for the last line of the list before it.
                lines.append("")
            side = line.side
            lines.append(f"**{say(f'observation-{side}')}**")
        lines.append(f"- {' '.join(line.text.split())}")
    return "\n".join(lines)


def change(session: Session, library: Library) -> View:
    """What the talk moved, or that it moved too little to be shown."""
    say = library.texts
    moved = changes(session)
    if not moved:
        return screen(say("change-head"), say("change-none"))
    return screen(say("change-head"), picture(CHANGE_NAME, change_text(moved, library)))


def answer(session: Session, library: Library) -> View:
    """What the presenter makes of it."""
    text = session.answer.text if session.answer is not None else ""
    return screen(library.texts("answer-head"), answer_fits(session, library) or None, text or None)


def closing(session: Session, library: Library) -> View:
    """One word each, and from four answers on what the group thinks of itself."""
    say = library.texts
    # Sorted, so that neither the order of joining nor that of answering shows.
    words = sorted(each.word for each in session.closings.values() if each.word)
    answers = [each.looked_after for each in session.closings.values() if each.looked_after is not None]
    lean = None
    if len(answers) >= FEWEST_RATERS:
        after = sum(answer > 2 for answer in answers)  # noqa: PLR2004 - the middle of 0 to 4
        before = sum(answer < 2 for answer in answers)  # noqa: PLR2004
        half = len(answers) / 2
        lean = "yes" if after > half else "no" if before > half else "between"
    return screen(
        say("closing-head"),
        f"{say('closing-words')}\n{' · '.join(words)}" if words else say("closing-no-words"),
        say("closing-looked-after", lean=lean) if lean is not None else None,
    )


def told_back(session: Session, key: str, library: Library) -> View | None:
    """What somebody chose to tell of an earlier plan, under their name here; None where it is gone."""
    told = next((each for each in session.told_back if each.key == key), None)
    if told is None:
        return None
    by = next((each for each in session.people if each.key == told.by), None)
    named = presenter_of(session) if by is None or by.user == NOBODY else f"<@{by.user}>"
    return screen(f"{library.texts('told-back-head', who=named)}\n{told.text}")


def stranded(session: Session, library: Library) -> View:
    """In the group's channel: a session that can't go on."""
    facilitator = session.holder("facilitator")
    if facilitator is None:
        return screen(library.texts("stranded-nobody"))
    return screen(library.texts("stranded", facilitator=f"<@{facilitator.user}>"))


def handout_row(session: Session, library: Library) -> Row | None:
    """The way to the handout, where there is one."""
    if session.handout_withheld or session.taken_back:
        return None
    return row(button(library.texts("button-handout"), Control(session.token, "handout")))
