"""What one person sees of a session: the way in, their own part, their brakes."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.content.protocols import StepKind
from bot.formulation.reveal import Observation, Own, own_lines
from bot.formulation.script import Moment, moment
from bot.formulation.session import Person, Session
from bot.formulation.walk import asked_in, is_done
from bot.services.papers import plan_of, revealed_of, script_of
from bot.ui import notices
from bot.ui.control import Control
from bot.ui.parts import (
    Button,
    Part,
    Style,
    View,
    attached,
    button,
    choice,
    clock_time,
    date,
    picture,
    row,
    rule,
    screen,
    shortened,
)
from bot.ui.posts import CHART_NAME, SAYS_DONE, handout_row, presenter_of, times

MOST_DRAFTS_SHOWN = 3
LINES_A_PAGE = 25


def before_coming_in(session: Session, library: Library) -> View:
    """What somebody should know before they are in: who presents, and the question."""
    say = library.texts
    return screen(
        say("before-head", presenter=presenter_of(session)),
        f"> {' '.join(session.question.split())}",
        say("before-recuse"),
        row(
            button(say("before-enter"), Control(session.token, "enter"), Style.primary),
            button(say("before-pass"), Control(session.token, "step-out")),
        ),
    )


def joined(session: Session, person: Person, thread_id: int | None, library: Library) -> View:
    """You are in, and where to go."""
    say = library.texts
    text = say("joined", thread=f"<#{thread_id}>") if thread_id is not None else say("joined-soon")
    return screen(
        text,
        say("joined-listening", most=session.room) if person.role == "observer" else None,
        row(button(say("button-mine"), Control(session.token, "mine"), Style.primary)),
    )


def mine(
    session: Session,
    person: Person,
    library: Library,
    purge_at: int,
    drafts: Sequence[str],
    *,
    unreached: bool = False,
) -> View:
    """Everything this person can do now, wherever they lost it.

    ``unreached``: they wanted to be told privately, and could not be.
    """
    say = library.texts
    parts: list[Part | None] = []
    if session.status == "open":
        script = script_of(session, library)
        place = {"number": script.number(session), "count": len(script.steps) - 1}
        step = script.step(session)
        parts.append(say("mine-head", title=session.title, step=step.title, role=person.role, **place))
        parts.append(_guide(session, person, library))
        parts.append(f"-# {times(session, library)}")
        parts.append(row(*_own_buttons(session, person, library)))
        if person.role == "presenter" and step.kind == "reveal":
            parts += own_side(session, library)
        parts.append(say("mine-unreached") if unreached else None)
    else:
        over = say("mine-taken-back") if session.taken_back else say("mine-over", purge=date(purge_at))
        parts += [f"## {session.title}" if session.title else None, over]
        if person.role == "presenter":
            parts.append(handout_row(session, library))
    if person.role == "presenter":
        parts += _presenters(session, library)
    parts.append(row(*_brakes(session, person, library)))
    for draft in drafts[:MOST_DRAFTS_SHOWN]:
        parts += [say("draft-waiting"), notices.kept_draft(say, draft)]
    return screen(*parts)


def _presenters(session: Session, library: Library) -> list[Part | None]:
    say = library.texts
    noted = say("mine-note", note=shortened(session.note, 600)) if session.note else None
    plan = say("mine-plan", plan=plan_of(session.outcome, library)) if session.outcome is not None else None
    return [noted, plan]


def drafts_only(library: Library, drafts: Sequence[str]) -> View:
    """What someone typed in this group and never posted, where no session is theirs."""
    say = library.texts
    return screen(
        *(
            part
            for draft in drafts[:MOST_DRAFTS_SHOWN]
            for part in (say("draft-waiting"), notices.kept_draft(say, draft))
        )
    )


def _guide(session: Session, person: Person, library: Library) -> str:
    say = library.texts
    script = script_of(session, library)
    step = script.step(session)
    if person.role == "observer":
        return say("mine-observing")
    if person.role != "presenter":
        guide = script.guide(session)
        if step.kind == "ratings":
            done = len(session.walk(person).fits)
            return f"{guide}\n{say('mine-ratings', done=done, count=len(library.mechanisms))}"
        return guide
    until = script.until(session)
    if step.listened_to and until is not None and session.mode != "slow":
        return say("mine-listening", until=clock_time(until), mode=session.mode)
    return step.presenter_guide or script.guide(session)


def _own_buttons(session: Session, person: Person, library: Library) -> list[Button]:
    """What this step asks of this person, at most five."""
    say = library.texts
    kind = script_of(session, library).step(session).kind
    label_of_telling = "button-tell-again" if session.account else "button-tell"
    presents: dict[StepKind, tuple[tuple[str, str], ...]] = {
        "arrive": (("tell", label_of_telling),),
        "telling": (("tell", label_of_telling),),
        "restate": (("restate", "button-restate"),),
        "choose": (("ways", "button-ways"),),
        "ratings": (("own", "button-own"),),
        "answer": (("respond", "button-respond"),),
        "step": (("step", "button-step"), ("respond", "button-respond-again")),
        "close": (("goodbye", "button-goodbye"), ("step", "button-step")),
    }
    takes_part: dict[StepKind, tuple[tuple[str, str], ...]] = {
        "facts": (("ask", "button-ask"),),
        "gather": (("contribute", "button-contribute"),),
        "ratings": (("walk", "button-rate"),),
        "second-ratings": (("again", "button-again"),) if session.walk(person).fits else (),
        "close": (("goodbye", "button-goodbye"),),
    }
    observes: dict[StepKind, tuple[tuple[str, str], ...]] = {"close": (("goodbye", "button-goodbye"),)}
    by_role = {"presenter": presents, "observer": observes}
    offers = [*by_role.get(person.role, takes_part).get(kind, ())]
    if person.role == "facilitator":
        offers.append(("panel", "button-panel"))
    bold = [button(say(label), Control(session.token, verb), Style.primary) for verb, label in offers]
    quiet = [("note", "button-note")] if person.role == "presenter" else []
    if person.role == "presenter" and session.own_fits and _has_figures(session, library):
        quiet.append(("own-chart", "button-own-chart"))
    return [
        *bold,
        *_done_button(session, person, library),
        *(button(say(label), Control(session.token, verb)) for verb, label in quiet),
    ]


def _done_button(session: Session, person: Person, library: Library) -> list[Button]:
    """In slow mode, where a step ends early only when people say that they are done with it."""
    step = script_of(session, library).step(session)
    if session.mode != "slow" or step.kind not in SAYS_DONE:
        return []
    if person not in asked_in(session, step) or is_done(session, step, person):
        return []
    here = str(moment(session))
    return [button(library.texts("button-done-here"), Control(session.token, "done-here", here))]


def _has_figures(session: Session, library: Library) -> bool:
    shown = revealed_of(session, library)
    return shown is not None and shown.figures


def _brakes(session: Session, person: Person, library: Library) -> list[Button]:
    """What stops, slows or takes back: for anyone, without a reason."""
    say = library.texts
    running = session.status == "open"
    found: list[Button] = []
    if person.role == "presenter":
        if running:
            held = session.paused_at is not None
            label, on = ("button-resume", "off") if held else ("button-pause", "on")
            found.append(button(say(label), Control(session.token, "brake", on)))
        if not session.taken_back:
            if session.reveal is not None or session.lines:
                found.append(button(say("button-aside"), Control(session.token, "aside", "0")))
            found.append(button(say("button-stop"), Control(session.token, "stop")))
        if own_lines(session, person):
            found.append(button(say("button-own-words"), Control(session.token, "own-words")))
        return found
    if running and session.mode != "slow":
        here = str(moment(session))
        found.append(button(say("button-slower"), Control(session.token, "slower", here)))
    if own_lines(session, person):
        found.append(button(say("button-own-words"), Control(session.token, "own-words")))
    if running and session.mode == "slow":
        label, on = ("button-nudge-off", "off") if person.nudge else ("button-nudge-on", "on")
        found.append(button(say(label), Control(session.token, "nudge", on)))
    if running:
        found.append(button(say("button-leave"), Control(session.token, "leave")))
    return found


def own_side(session: Session, library: Library) -> list[Part | None]:
    """The presenter's private leave to talk about countertransference."""
    say = library.texts
    said = session.own_side_may_be_talked_about
    noted = say("mine-own-side-set", choice="yes" if said else "no") if said is not None else None
    return [
        say("mine-own-side"),
        row(
            button(say("mine-own-side-yes"), Control(session.token, "own-side", "yes")),
            button(say("mine-own-side-no"), Control(session.token, "own-side", "no")),
        ),
        noted,
    ]


# Brakes that ask first


def leave_question(session: Session, library: Library) -> View:
    """Out, for whatever reason: the two buttons do the same, so that nobody can tell them apart."""
    say = library.texts
    return screen(
        say("leave-question"),
        row(
            button(say("leave-recuse"), Control(session.token, "step-out", "recuse"), Style.primary),
            button(say("leave-go"), Control(session.token, "step-out", "go"), Style.primary),
            button(say("button-back"), Control(session.token, "mine")),
        ),
    )


def stop_question(session: Session, library: Library) -> View:
    """Before a case is taken back."""
    say = library.texts
    return screen(
        say("stop-question"),
        row(
            button(say("stop-now"), Control(session.token, "stop-now"), Style.danger),
            button(say("button-back"), Control(session.token, "mine")),
        ),
    )


def aside(session: Session, lines: Sequence[Observation], page: int, library: Library) -> View:
    """What the presenter may set aside: what is talked about, and any line in sight."""
    say = library.texts
    # Two who wrote the same words have one line here: a select takes no value twice.
    named = list({line.id: line for line in lines}.values())
    first = page * LINES_A_PAGE
    options = [
        (line.id, _in_a_select(line.text), _about(line, library))
        for line in named[first : first + LINES_A_PAGE]
    ]
    topics = _topics_to_leave(session, library)
    return screen(
        say("aside-head") if lines or topics else say("aside-nothing"),
        row(*topics),
        choice(say("aside-choose"), Control(session.token, "aside-line"), options) if options else None,
        row(
            button(say("page-before"), Control(session.token, "aside", str(page - 1))) if page else None,
            button(say("page-after"), Control(session.token, "aside", str(page + 1)))
            if len(named) > first + LINES_A_PAGE
            else None,
            button(say("button-back"), Control(session.token, "mine")),
        ),
    )


def _topics_to_leave(session: Session, library: Library) -> list[Button]:
    """The topic that is talked about now; in slow mode each of them, since all are open side by side."""
    if session.status != "open" or script_of(session, library).step(session).kind != "talk":
        return []
    places = range(len(session.topics)) if session.mode == "slow" else (session.topic,)
    return [
        button(
            library.texts("aside-topic", mechanism=library.mechanism(session.topics[place]).name),
            Control(session.token, "aside-topic", str(Moment(session.step, place))),
        )
        for place in places
        if place < len(session.topics) and session.topics[place] in session.talked_about
    ]


def _in_a_select(text: str) -> str:
    return shortened(" ".join(text.split()), 100)


def _about(line: Observation | Own, library: Library) -> str:
    say = library.texts
    if line.side in ("idea", "line"):
        return say("observation-ideas") if line.side == "idea" else ""
    return f"{library.mechanism(line.about).name}: {say(f'observation-{line.side}')}"


def own_words(session: Session, person: Person, library: Library) -> View:
    """What this person wrote for the group, any of which they may take back."""
    say = library.texts
    lines = own_lines(session, person)
    options = [(own.what, _in_a_select(own.text), _about(own, library)) for own in lines]
    return screen(
        say("own-words-head") if lines else say("own-words-nothing"),
        choice(say("own-words-choose"), Control(session.token, "take-back"), options[:LINES_A_PAGE])
        if options
        else None,
        row(button(say("button-back"), Control(session.token, "mine"))),
    )


# Steps of other protocols


def contributed(session: Session, person: Person, library: Library) -> View:
    """Thanks for a line, and the way to another where the step takes one more."""
    say = library.texts
    step = script_of(session, library).step(session)
    given = sum(line.by == person.key and line.step == step.id for line in session.lines)
    another = button(say("button-contribute-again"), Control(session.token, "contribute"))
    return screen(
        say("contributed-hidden" if step.hidden else "contributed"),
        row(another) if given < (step.lines or 1) else None,
    )


def ways(session: Session, library: Library) -> View:
    """The ways of working to choose from."""
    say = library.texts
    step = script_of(session, library).step(session)
    chosen = session.chosen.get(step.id)
    named = next((way.title for way in step.options if way.id == chosen), None)
    return screen(
        say("ways-head"),
        "\n".join(f"**{way.title}**\n{way.guide}" for way in step.options),
        choice(
            say("ways-choose"),
            Control(session.token, "way"),
            [(way.id, way.title, shortened(way.hint, 100)) for way in step.options],
        ),
        say("ways-chosen", way=named) if named is not None else None,
    )


def own_chart(alternative: str, library: Library) -> View:
    """The group's ratings with the presenter's own beside them."""
    say = library.texts
    return screen(say("own-chart-head"), rule(), picture(CHART_NAME, alternative))


def handout(library: Library, names: Sequence[str]) -> View:
    """The presenter's files."""
    return screen(library.texts("handout-head"), *(attached(name) for name in names))
