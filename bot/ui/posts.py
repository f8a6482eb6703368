"""What the group sees: the posts of a session, drawn from its state."""

from bot.content.library import Library
from bot.formulation.reveal import Observation, pages
from bot.formulation.script import Script
from bot.formulation.session import Fact, Session
from bot.formulation.spread import FEWEST_RATERS
from bot.formulation.walk import progress
from bot.services.papers import alternative_text, answer_fits, revealed_of
from bot.ui.control import Control
from bot.ui.parts import Button, Row, Style, View, button, clock_time, date, picture, row, rule, screen

CHART_NAME = "chart.png"


def script_of(session: Session, library: Library) -> Script:
    """The script that this session runs."""
    return Script(library.protocol(session.protocol), session.minutes)


def invitation(session: Session, library: Library) -> View:
    """In the group's channel: a case, and the way in."""
    say = library.texts
    if session.status != "open":
        return screen(say("invitation-over", title=session.title))
    return screen(
        say("invitation", title=session.title, minutes=session.minutes),
        row(button(say("invitation-join"), Control(session.token, "join"), Style.primary)),
    )


def board(session: Session, library: Library, purge_at: int) -> View:
    """Where the session stands, what is asked now, and the buttons for it. At most 45 words."""
    say = library.texts
    if session.status == "stranded":
        return screen(f"## {session.title}", say("board-stranded"), _after(session, library))
    if session.status == "closed":
        return screen(
            f"## {session.title}", say("board-closed", purge=date(purge_at)), _after(session, library)
        )
    script = script_of(session, library)
    step = script.step(session)
    place = say("board-place", number=script.number(session), count=len(script.steps) - 1)
    detail = _detail(session, library)
    goes_round = step.kind == "talk" and session.reveal is not None and not session.reveal.topics
    return screen(
        f"## {step.title}\n-# {place} · {times(session, library)}",
        None if goes_round else step.guide,
        detail,
        row(_step_button(session, library), *_standing_buttons(session, library)),
    )


def times(session: Session, library: Library) -> str:
    """When this step and the session end, in a line."""
    script = script_of(session, library)
    ends = clock_time(script.ends_at(session))
    if session.paused_at is not None:
        return library.texts("board-paused")
    if session.time_up:
        return library.texts("board-time-up", ends=ends)
    until = script.until(session)
    if until is None:
        return library.texts("board-ends", ends=ends)
    return library.texts("board-times", until=clock_time(until), ends=ends)


def _detail(session: Session, library: Library) -> str | None:
    say = library.texts
    kind = script_of(session, library).step(session).kind
    if kind == "arrive":
        presenter, facilitator = session.holder("presenter"), session.holder("facilitator")
        named = f"<@{presenter.user}>" if presenter is not None else ""
        if facilitator is None:
            return say("board-no-facilitator", presenter=named)
        return say("board-roles", presenter=named, facilitator=f"<@{facilitator.user}>")
    if kind == "ratings":
        return say("board-progress", progress=progress(session, len(library.mechanisms)))
    if kind == "talk" and session.reveal is not None:
        if not session.reveal.topics:
            return say("board-go-round")
        return say("board-topic", mechanism=library.mechanism(session.reveal.topics[session.topic]).name)
    return None


def _step_button(session: Session, library: Library) -> Button | None:
    say = library.texts
    kind = script_of(session, library).step(session).kind
    verbs = {
        "telling": ("tell", "button-tell-again" if session.account else "button-tell"),
        "facts": ("ask", "button-ask"),
        "ratings": ("walk", "button-rate"),
        "answer": ("respond", "button-respond"),
        "step": ("step", "button-step"),
        "close": ("goodbye", "button-goodbye"),
    }
    if kind == "arrive" and session.holder("facilitator") is None:
        return button(say("button-facilitate"), Control(session.token, "facilitate"), Style.primary)
    if kind not in verbs:
        return None
    verb, label = verbs[kind]
    return button(say(label), Control(session.token, verb), Style.primary)


def _standing_buttons(session: Session, library: Library) -> tuple[Button, ...]:
    say = library.texts
    return (
        button(say("button-mine"), Control(session.token, "mine")),
        button(say("button-panel"), Control(session.token, "panel")),
    )


def _after(session: Session, library: Library) -> Row | None:
    return row(button(library.texts("button-handout"), Control(session.token, "handout"), Style.primary))


def question(session: Session, library: Library) -> View:
    """What the presenter asks the group: it opens the thread."""
    return screen(f"## {session.title}", f"{library.texts('question-head')}\n{session.question}")


def account(session: Session, library: Library) -> View:
    """What the presenter tells."""
    return screen(library.texts("account-head"), session.account or "…")


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


def reveal(session: Session, library: Library) -> View:
    """The moment at which the ratings show, with the chart or, in a small group, without."""
    say = library.texts
    shown = revealed_of(session, library)
    if shown is None or not shown.figures:
        return screen(say("reveal-head"), say("reveal-few", fewest=FEWEST_RATERS))
    return screen(say("reveal-head"), picture(CHART_NAME, alternative_text(shown, library)))


def observations(session: Session, page: int, library: Library) -> View | None:
    """One page of what speaks for and against; None where there is no such page any more."""
    shown = revealed_of(session, library)
    paged = pages(shown) if shown is not None else ()
    if page >= len(paged):
        return None
    return screen(library.texts("observations-head"), rule(), _lines(paged[page], library))


def _lines(page: tuple[Observation, ...], library: Library) -> str:
    say = library.texts
    lines: list[str] = []
    heading = side = None
    for line in page:
        if line.about != heading:
            heading, side = line.about, None
            name = library.mechanism(line.about).name if line.about else say("observation-ideas")
            lines.append(f"### {name}")
        if line.about and line.speaks_for != side:
            side = line.speaks_for
            lines.append(f"**{say('observation-for' if side else 'observation-against')}**")
        lines.append(f"- {' '.join(line.text.split())}")
    return "\n".join(lines)


def answer(session: Session, library: Library) -> View:
    """What the presenter makes of it."""
    text = session.answer.text if session.answer is not None else ""
    return screen(library.texts("answer-head"), answer_fits(session, library), text or None)


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


def stranded(session: Session, library: Library) -> View:
    """In the group's channel: a session that can't go on."""
    facilitator = session.holder("facilitator")
    if facilitator is None:
        return screen(library.texts("stranded-nobody"))
    return screen(library.texts("stranded", facilitator=f"<@{facilitator.user}>"))
