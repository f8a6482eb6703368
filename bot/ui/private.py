"""What one person sees of a session: their part, the rating cards, the strategies, the panel."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.content.models import Mechanism, Strategy
from bot.formulation.script import moment
from bot.formulation.session import Person, Session, Walk
from bot.formulation.walk import evidence_wanted, is_complete, order, progress
from bot.services.papers import plan_of
from bot.ui import notices
from bot.ui.control import Control
from bot.ui.parts import (
    Button,
    Part,
    Row,
    Style,
    View,
    attached,
    button,
    choice,
    clock_time,
    date,
    row,
    screen,
    shortened,
)
from bot.ui.posts import script_of, times

MOST_DRAFTS_SHOWN = 3


def mine(session: Session, person: Person, library: Library, purge_at: int, drafts: Sequence[str]) -> View:
    """Everything this person can do now, wherever they lost it."""
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
    else:
        parts += [f"## {session.title}", say("mine-over", purge=date(purge_at))]
        if person.role == "presenter":
            parts.append(row(button(say("button-handout"), Control(session.token, "handout"), Style.primary)))
    if person.role == "presenter" and session.outcome is not None:
        parts.append(say("mine-plan", plan=plan_of(session.outcome, library)))
    for draft in drafts[:MOST_DRAFTS_SHOWN]:
        parts += [say("draft-waiting"), notices.kept_draft(say, draft)]
    return screen(*parts)


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
    if person.role != "presenter":
        if step.kind == "ratings":
            done = len(session.walk(person).fits)
            return f"{step.guide}\n{say('mine-ratings', done=done, count=len(library.mechanisms))}"
        return step.guide
    until = script.until(session)
    if step.kind == "talk" and until is not None:
        return say("mine-listening", until=clock_time(until))
    return step.presenter_guide or step.guide


def _own_buttons(session: Session, person: Person, library: Library) -> list[Button]:
    say = library.texts
    kind = script_of(session, library).step(session).kind
    presenting = person.role == "presenter"
    offers: list[tuple[bool, str, str]] = [
        (
            presenting and kind in ("arrive", "telling"),
            "tell",
            "button-tell-again" if session.account else "button-tell",
        ),
        (not presenting and kind == "facts", "ask", "button-ask"),
        (not presenting and kind == "ratings", "walk", "button-rate"),
        (presenting and kind in ("answer", "step"), "respond", "button-respond"),
        (presenting and kind in ("step", "close"), "step", "button-step"),
        (kind == "close", "goodbye", "button-goodbye"),
        (person.role == "facilitator", "panel", "button-panel"),
    ]
    return [
        button(say(label), Control(session.token, verb), Style.primary)
        for offered, verb, label in offers
        if offered
    ]


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


def panel(session: Session, library: Library) -> View:
    """The facilitator's: next, pause, end."""
    say = library.texts
    if session.status != "open":
        return screen(say("session-over"))
    script = script_of(session, library)
    step = script.step(session)
    place = {"number": script.number(session), "count": len(script.steps) - 1}
    rated = say("board-progress", progress=progress(session, len(library.mechanisms)))
    paused = session.paused_at is not None
    return screen(
        say("panel-head", step=step.title, time=times(session, library), **place),
        rated if step.kind == "ratings" else None,
        row(
            button(
                _next_label(session, library),
                Control(session.token, "next", str(moment(session))),
                Style.primary,
                disabled=paused,
            ),
            button(
                say("button-resume" if paused else "button-pause"),
                Control(session.token, "pause", "off" if paused else "on"),
            ),
            button(say("button-end"), Control(session.token, "end")),
        ),
    )


def _next_label(session: Session, library: Library) -> str:
    target = script_of(session, library).next_moment(session)
    if target is None:
        return library.texts("button-end")
    if target.topic and session.reveal is not None:
        name = library.mechanism(session.reveal.topics[target.topic]).name
        return library.texts("button-next-topic", mechanism=name)
    step = library.protocol(session.protocol).step(target.step)
    return (
        library.texts("button-close")
        if step.kind == "handout"
        else library.texts("button-next", step=step.title)
    )


def end_question(session: Session, library: Library) -> View:
    """Whether to end it here."""
    say = library.texts
    return screen(
        say("panel-end"),
        row(
            button(say("button-end-now"), Control(session.token, "end-now"), Style.danger),
            button(say("button-back"), Control(session.token, "panel")),
        ),
    )


def idea(session: Session, library: Library) -> View:
    """The open line before the cards, so that the six do not become the only six."""
    say = library.texts
    return screen(
        say("walk-idea"),
        row(
            button(say("walk-write"), Control(session.token, "suppose"), Style.primary),
            button(say("walk-skip"), Control(session.token, "skip")),
        ),
    )


def card(session: Session, person: Person, mechanism: Mechanism, library: Library) -> View:
    """One mechanism: a line of meaning, two signs for and two against, and the scale. At most 60 words."""
    say = library.texts
    walk = session.walk(person)
    cards = order(library.mechanisms, person.key)
    place = cards.index(mechanism.id)
    scale = say("card-scale-amplifier" if mechanism.amplifier else "card-scale")
    back = Control(session.token, "card", cards[place - 1]) if place else Control(session.token, "idea")

    def fit(value: int | None, label: str) -> Button:
        chosen = mechanism.id in walk.fits and walk.fits[mechanism.id] == value
        argument = f"{mechanism.id}.{'x' if value is None else value}"
        style = Style.success if chosen else Style.primary if value is not None else Style.secondary
        return button(label, Control(session.token, "rate", argument), style)

    return screen(
        f"-# {say('card-place', number=place + 1, count=len(cards))}",
        f"## {mechanism.name}\n{mechanism.meaning}",
        _signs(say("card-for"), mechanism.signs_for),
        _signs(say("card-against"), mechanism.signs_against),
        f"**{mechanism.question}**\n-# {scale}",
        row(*(fit(value, str(value)) for value in range(5))),
        row(
            fit(None, say("card-cannot-tell")),
            button(say("button-back"), back),
            button(say("card-more"), Control(session.token, "more", mechanism.id)),
        ),
    )


def _signs(label: str, signs: Sequence[str]) -> str:
    return "\n".join([f"**{label}**", *(f"- {sign}" for sign in signs)])


def more(session: Session, mechanism: Mechanism, library: Library) -> View:
    """All there is to read about one mechanism."""
    say = library.texts
    told = mechanism.more
    paragraphs = [
        (None, told.definition),
        ("more-origin", told.origin),
        ("more-questions", _list(told.questions)),
        ("more-own-part", told.own_part),
        ("more-ordinary", told.ordinary),
        ("more-excessive", told.excessive),
        ("more-not", told.not_to_conclude),
        ("more-culture", told.culture),
    ]
    signs = "\n".join(
        f"**{say(f'more-signs-{side}')}**\n{_list(lines)}"
        for side, lines in (("for", told.further_for), ("against", told.further_against))
    )
    text = "\n".join(f"**{say(label)}**\n{body}" if label else body for label, body in paragraphs)
    sources = f"-# {say('more-sources')}: {'; '.join(told.sources)}"
    return screen(
        f"## {mechanism.name}\n{text}",
        signs,
        sources,
        row(button(say("button-back"), Control(session.token, "card", mechanism.id), Style.primary)),
    )


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def summary(session: Session, person: Person, library: Library) -> View:
    """The six at a glance, what is still asked, and the way back to each card."""
    say = library.texts
    walk = session.walk(person)
    cards = order(library.mechanisms, person.key)
    wanted = evidence_wanted(walk, cards, evidence_rule(session, library))
    open_evidence = [each for each in wanted if each not in walk.evidence]
    lines = [
        say("summary-line", mechanism=library.mechanism(each).name, fit=_fit(walk, each, library))
        for each in cards
    ]
    note = say("summary-done") if walk.done else say("summary-missing") if open_evidence else None
    complete = is_complete(walk, cards)
    return screen(
        "\n".join([say("summary-head"), *lines]),
        note,
        row(
            *(_evidence_button(session, each, library, missing=each in open_evidence) for each in wanted[:5])
        ),
        row(
            button(
                say("summary-finish"),
                Control(session.token, "finish"),
                Style.secondary if open_evidence else Style.primary,
            )
            if complete and not walk.done
            else None,
            button(say("walk-change"), Control(session.token, "suppose")),
        ),
        choice(
            say("summary-change"),
            Control(session.token, "card"),
            [(each, library.mechanism(each).name, "") for each in cards],
        ),
    )


def _evidence_button(session: Session, mechanism: str, library: Library, *, missing: bool) -> Button:
    label = library.texts("summary-evidence", mechanism=library.mechanism(mechanism).name)
    return button(
        label, Control(session.token, "observe", mechanism), Style.primary if missing else Style.secondary
    )


def evidence_rule(session: Session, library: Library) -> str:
    """Which fits ask for evidence in a session of this length."""
    ratings = next((step for step in script_of(session, library).steps if step.evidence), None)
    return ratings.evidence[session.minutes] if ratings is not None and ratings.evidence else "highest"


def _fit(walk: Walk, mechanism: str, library: Library) -> str:
    if mechanism not in walk.fits:
        return library.texts("summary-open")
    fit = walk.fits[mechanism]
    return library.texts("summary-cannot-tell") if fit is None else str(fit)


def steps(session: Session, library: Library) -> View:
    """Strategies for what the presenter said fits, and the equal outcomes."""
    say = library.texts
    fits = session.answer.fits if session.answer is not None else ()
    offered = library.strategies_for(fits or (library.null_hypothesis.id,))[:25]
    return screen(
        say("step-head"),
        choice(
            say("step-choose"),
            Control(session.token, "strategy"),
            [(each.id, each.name, shortened(each.when, 100)) for each in offered],
        ),
        row(
            button(say("step-own-plan"), Control(session.token, "decide"), Style.primary),
            button(say("step-watch"), Control(session.token, "outcome", "watch")),
        ),
        row(
            button(say("step-ask"), Control(session.token, "outcome", "ask")),
            button(say("step-consult"), Control(session.token, "outcome", "consult")),
        ),
        say("mine-plan", plan=plan_of(session.outcome, library)) if session.outcome is not None else None,
    )


def strategy(session: Session, shown: Strategy, library: Library) -> View:
    """One strategy with its caution."""
    say = library.texts
    said = say("strategy-say" if shown.addressed == "client" else "strategy-self")
    return screen(
        f"## {shown.name}\n{say('strategy-when', when=shown.when)}",
        f"{said}\n{_list(shown.wording)}",
        say("strategy-caution", caution=shown.caution),
        f"-# {say('strategy-source', source=shown.source)}",
        row(
            button(say("strategy-take"), Control(session.token, "decide", shown.id), Style.primary),
            button(say("button-back"), Control(session.token, "step")),
        ),
    )


def decided(session: Session, library: Library) -> View:
    """The presenter's step, noted."""
    say = library.texts
    plan = plan_of(session.outcome, library) if session.outcome is not None else ""
    return screen(say("decided", plan=plan), row(button(say("button-back"), Control(session.token, "step"))))


def handout(library: Library, names: Sequence[str]) -> View:
    """The presenter's files."""
    return screen(library.texts("handout-head"), *(attached(name) for name in names))


def joined(session: Session, thread_id: int | None, library: Library) -> View:
    """You are in, and where to go."""
    say = library.texts
    text = say("joined", thread=f"<#{thread_id}>") if thread_id is not None else say("joined-soon")
    mine_button: Row | None = row(button(say("button-mine"), Control(session.token, "mine"), Style.primary))
    return screen(text, mine_button)
