"""The private rating: the cards of a member, of the presenter for themselves, and the second look."""

from collections.abc import Mapping, Sequence

from bot.content.library import Library
from bot.content.models import Mechanism
from bot.formulation.session import Person, Session, Walk
from bot.formulation.walk import evidence_wanted, following, is_complete, order
from bot.services.papers import script_of
from bot.ui.control import Control
from bot.ui.parts import Button, Row, Style, View, button, choice, row, screen, shortened

_LINE = 120
"""Characters of one's own lines in the summary."""

Fits = Mapping[str, int | None]


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


def next_of_walk(session: Session, person: Person, library: Library, after: str | None = None) -> View:
    """The next card of a member that is not rated, or what they have by now."""
    walk = session.walk(person)
    cards = order(library.mechanisms, person.key)
    if walk.idea is None:
        return idea(session, library)
    upcoming = following(cards, after or cards[-1], list(walk.fits))
    if upcoming is None:
        return summary(session, person, library)
    return card(session, person, library.mechanism(upcoming), library)


def card(session: Session, person: Person, mechanism: Mechanism, library: Library) -> View:
    """A member's card."""
    place = order(library.mechanisms, person.key).index(mechanism.id)
    first = Control(session.token, "idea") if not place else None
    return _card(session, person, mechanism, library, session.walk(person).fits, "rate", first)


def next_own_card(session: Session, person: Person, library: Library, after: str | None = None) -> View:
    """The presenter's next card, or all that they rated for themselves."""
    cards = order(library.mechanisms, person.key)
    upcoming = following(cards, after or cards[-1], list(session.own_fits))
    if upcoming is None:
        return own_summary(session, person, library)
    return own_card(session, person, library.mechanism(upcoming), library)


def own_card(session: Session, person: Person, mechanism: Mechanism, library: Library) -> View:
    """The presenter's card, which nobody else ever sees."""
    return _card(session, person, mechanism, library, session.own_fits, "rate-own", None)


def _card(
    session: Session,
    person: Person,
    mechanism: Mechanism,
    library: Library,
    fits: Fits,
    verb: str,
    before_first: Control | None,
) -> View:
    """One mechanism: a line of meaning, two signs for and two against, and the scale. At most 60 words."""
    say = library.texts
    cards = order(library.mechanisms, person.key)
    place = cards.index(mechanism.id)
    card_verb, more_verb = ("card", "more") if verb == "rate" else ("own-card", "own-more")
    back = Control(session.token, card_verb, cards[place - 1]) if place else before_first
    return screen(
        f"-# {say('card-place', number=place + 1, count=len(cards))}",
        f"## {mechanism.name}\n{mechanism.meaning}",
        _signs(say("card-for"), mechanism.signs_for),
        _signs(say("card-against"), mechanism.signs_against),
        f"**{mechanism.question}**\n-# {_scale(mechanism, library)}",
        row(*_fits(session, mechanism, fits, verb)),
        row(
            _cannot_tell(session, mechanism, fits, verb, library),
            button(say("button-back"), back) if back is not None else None,
            button(say("card-more"), Control(session.token, more_verb, mechanism.id)),
        ),
    )


def _scale(mechanism: Mechanism, library: Library) -> str:
    return library.texts("card-scale-amplifier" if mechanism.amplifier else "card-scale")


def _fits(session: Session, mechanism: Mechanism, fits: Fits, verb: str) -> list[Button]:
    return [_fit(session, mechanism, fits, verb, value, str(value), Style.primary) for value in range(5)]


def _cannot_tell(session: Session, mechanism: Mechanism, fits: Fits, verb: str, library: Library) -> Button:
    label = library.texts("card-cannot-tell")
    return _fit(session, mechanism, fits, verb, None, label, Style.secondary)


def _fit(
    session: Session, mechanism: Mechanism, fits: Fits, verb: str, value: int | None, label: str, style: Style
) -> Button:
    chosen = mechanism.id in fits and fits[mechanism.id] == value
    argument = f"{mechanism.id}.{'x' if value is None else value}"
    return button(label, Control(session.token, verb, argument), Style.success if chosen else style)


def _signs(label: str, signs: Sequence[str]) -> str:
    return "\n".join([f"**{label}**", *(f"- {sign}" for sign in signs)])


def more(session: Session, mechanism: Mechanism, library: Library, *, own: bool = False) -> View:
    """All there is to read about one mechanism."""
    say = library.texts
    told = mechanism.more
    back = Control(session.token, "own-card" if own else "card", mechanism.id)
    paragraphs = [
        ("more-own-part", told.own_part),
        ("more-ordinary", told.ordinary),
        ("more-excessive", told.excessive),
        ("more-not", told.not_to_conclude),
        ("more-culture", told.culture),
    ]
    # What follows a list stands in a part of its own, or it would be taken for the list's last line.
    return screen(
        f"## {mechanism.name}\n{told.definition}\n**{say('more-origin')}**\n{told.origin}",
        f"**{say('more-questions')}**\n{_list(told.questions)}",
        "\n".join(f"**{say(label)}**\n{body}" for label, body in paragraphs),
        f"**{say('more-signs-for')}**\n{_list(told.further_for)}",
        f"**{say('more-signs-against')}**\n{_list(told.further_against)}",
        f"-# {say('more-sources')}: {'; '.join(told.sources)}",
        row(button(say("button-back"), back, Style.primary)),
    )


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def summary(session: Session, person: Person, library: Library) -> View:
    """The six at a glance, one's own words, what is still asked, and the way back to each card."""
    say = library.texts
    walk = session.walk(person)
    cards = order(library.mechanisms, person.key)
    wanted = evidence_wanted(walk, cards, script_of(session, library).evidence)
    missing = [each for each in wanted if each not in walk.evidence]
    note = say("summary-missing") if missing and not walk.done else say("summary-done") if walk.done else None
    finish = button(
        say("summary-finish"),
        Control(session.token, "finish"),
        Style.secondary if missing else Style.primary,
    )
    return screen(
        "\n".join([say("summary-head"), *(_rated(each, walk.fits, library) for each in cards)]),
        _own_words(walk, library),
        note,
        *(
            row(*(_evidence_button(session, each, library, missing=each in missing) for each in some))
            for some in (wanted[:3], wanted[3:6])
        ),
        row(
            finish if is_complete(walk, cards) and not walk.done else None,
            button(say("walk-change"), Control(session.token, "suppose")),
        ),
        _change(session, cards, "card", library),
    )


def own_summary(session: Session, person: Person, library: Library) -> View:
    """What the presenter rated for themselves."""
    say = library.texts
    cards = order(library.mechanisms, person.key)
    lines = [_rated(each, session.own_fits, library) for each in cards]
    return screen(
        "\n".join([say("own-summary-head"), *lines]),
        say("own-summary-note"),
        _change(session, cards, "own-card", library),
    )


def _change(session: Session, cards: Sequence[str], verb: str, library: Library) -> Row:
    options = [(each, library.mechanism(each).name, "") for each in cards]
    return choice(library.texts("summary-change"), Control(session.token, verb), options)


def _own_words(walk: Walk, library: Library) -> str | None:
    say = library.texts
    lines = [say("summary-idea", text=_short(walk.idea))] if walk.idea else []
    for mechanism, seen in walk.evidence.items():
        named = library.mechanism(mechanism).name
        sides = (("for", seen.speaks_for), ("against", seen.speaks_against))
        lines += [say(f"summary-{side}", mechanism=named, text=_short(text)) for side, text in sides if text]
    return "\n".join(lines) or None


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LINE)


def _rated(mechanism: str, fits: Fits, library: Library) -> str:
    say = library.texts
    name, fit = library.mechanism(mechanism).name, _said(mechanism, fits, library)
    return say("summary-line", mechanism=name, fit=fit)


def _said(mechanism: str, fits: Fits, library: Library) -> str:
    if mechanism not in fits:
        return library.texts("summary-open")
    fit = fits[mechanism]
    return library.texts("summary-cannot-tell") if fit is None else str(fit)


def _evidence_button(session: Session, mechanism: str, library: Library, *, missing: bool) -> Button:
    label = library.texts("summary-evidence", mechanism=library.mechanism(mechanism).name)
    style = Style.primary if missing else Style.secondary
    return button(label, Control(session.token, "observe", mechanism), style)


def again(session: Session, person: Person, library: Library) -> View:
    """The second look: the next topic that this member has not rated again, or what they have by now."""
    say = library.texts
    walk = session.walk(person)
    topics = session.talked_about
    upcoming = next((topic for topic in topics if topic not in walk.again), None)
    if not topics:
        return screen(say("again-nothing"))
    if not walk.fits:
        return screen(say("again-not-before"))
    if upcoming is not None:
        return again_card(session, person, library.mechanism(upcoming), library)
    return screen(
        "\n".join([say("again-head"), *(_rated(each, walk.again, library) for each in topics)]),
        say("again-done"),
        _change(session, topics, "again-card", library),
    )


def again_card(session: Session, person: Person, mechanism: Mechanism, library: Library) -> View:
    """One topic, rated again: the question, the scale, and what one said before."""
    say = library.texts
    walk = session.walk(person)
    return screen(
        f"## {mechanism.name}\n{mechanism.meaning}",
        f"**{mechanism.question}**\n-# {_scale(mechanism, library)}",
        say("again-before", fit=_said(mechanism.id, walk.fits, library)),
        row(*_fits(session, mechanism, walk.again, "rate-again")),
        row(_cannot_tell(session, mechanism, walk.again, "rate-again", library)),
    )
