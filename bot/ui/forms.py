"""The forms: built when they are opened, filled with what came back if something did."""

from collections.abc import Sequence

import discord

from bot.content.library import Library
from bot.content.protocols import Protocol, Step, Way
from bot.content.texts import Texts
from bot.formulation.session import Session
from bot.refusal import Refusal
from bot.services.formulating import Opening
from bot.ui.answers import Fields, chosen_in, text_in, users_in
from bot.ui.parts import field, modal, note, one_of, people, pick, several_of, shortened

MOST_TITLE = 60
MOST_QUESTION = 300
MOST_ACCOUNT = 3500
MOST_LINE = 200
MOST_OBSERVATION = 280
MOST_REPLY = 400
MOST_ANSWER = 1500
MOST_CUE = 150
MOST_ACTION = 300
MOST_WORD = 30
MOST_NOTE = 2000
MOST_FORM_TITLE = 45
SOMETHING_ELSE = "something-else"
NONE_OF_THESE = "none-of-these"
_OPTION = 100


def start(library: Library, protocol: Protocol, filled: Fields) -> discord.ui.Modal:
    """What brings a case: everything else follows from these five."""
    say = library.texts
    return modal(
        say("start-title"),
        field(
            "title",
            say("start-case"),
            hint=say("start-case-hint"),
            filled=text_in(filled, "title"),
            most=MOST_TITLE,
        ),
        field(
            "question",
            say("start-question"),
            hint=say("start-question-hint"),
            filled=text_in(filled, "question"),
            long=True,
            most=MOST_QUESTION,
        ),
        field(
            "account",
            say("start-account"),
            hint=say("start-account-hint"),
            filled=text_in(filled, "account"),
            long=True,
            required=False,
            most=MOST_ACCOUNT,
        ),
        one_of(
            "time",
            say("start-time"),
            times_to_choose(protocol, say),
            filled=text_in(filled, "time") or f"voice.{protocol.lengths[len(protocol.lengths) // 2]}",
        ),
        people(
            "facilitator",
            say("start-facilitator"),
            hint=say("start-facilitator-hint"),
            filled=users_in(filled, "facilitator"),
        ),
    )


def times_to_choose(protocol: Protocol, say: Texts) -> list[tuple[str, str]]:
    """Answers to "how long have you got?": each is a mode, and minutes where it has some."""
    found = [
        (f"{mode}.{length}", say("start-time-live", minutes=length, mode=mode))
        for mode in ("voice", "text")
        for length in protocol.lengths
    ]
    return [*found, ("slow.0", say("start-time-slow"))] if protocol.can_be_slow else found


def opening_in(fields: Fields, token: str, protocol: str) -> Opening:
    """What the start form says; ``Refusal`` where something that it needs is missing."""
    title, question = text_in(fields, "title").strip(), text_in(fields, "question").strip()
    mode, _, minutes = text_in(fields, "time").partition(".")
    if not title or not question or mode not in ("voice", "text", "slow") or not minutes.isdigit():
        raise Refusal("start-empty")
    return Opening(
        token=token,
        title=" ".join(title.split()),
        question=question,
        account=text_in(fields, "account").strip(),
        protocol=protocol,
        mode=mode,
        minutes=int(minutes),
        facilitator=next(iter(users_in(fields, "facilitator")), None),
    )


def tell(session: Session, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The account."""
    told = text_in(filled, "account") or session.account or ""
    hint = say("tell-account-hint")
    return modal(
        say("tell-title"),
        field("account", say("tell-account"), hint=hint, filled=told, long=True, most=MOST_ACCOUNT),
    )


def ask(say: Texts, filled: Fields) -> discord.ui.Modal:
    """A factual question."""
    question = text_in(filled, "question")
    hint = say("ask-question-hint")
    return modal(
        say("ask-title"), field("question", say("ask-question"), hint=hint, filled=question, most=MOST_LINE)
    )


def reply(session: Session, fact: str, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The answer to one."""
    given = next((each.answer for each in session.facts if each.key == fact), None)
    answer = text_in(filled, "answer") or given or ""
    hint = say("reply-answer-hint")
    return modal(
        say("reply-title"),
        field("answer", say("reply-answer"), hint=hint, filled=answer, long=True, most=MOST_REPLY),
    )


def restate(session: Session, step: Step, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The presenter's question, put anew."""
    before = session.restated or session.question
    return modal(
        shortened(step.title, MOST_FORM_TITLE),
        field(
            "question",
            step.ask or say("start-question"),
            hint=step.hint,
            filled=text_in(filled, "question") or before,
            long=True,
            most=MOST_QUESTION,
        ),
    )


def contribute(step: Step, way: Way | None, filled: Fields) -> discord.ui.Modal:
    """One line for the group, worded by the protocol."""
    asked = way or step
    return modal(
        shortened(asked.title, MOST_FORM_TITLE),
        field(
            "text",
            asked.ask or asked.title,
            hint=asked.hint,
            filled=text_in(filled, "text"),
            long=True,
            most=MOST_OBSERVATION,
        ),
    )


def private_note(session: Session, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The presenter's notes, which nobody else reads."""
    return modal(
        say("note-title"),
        field(
            "note",
            say("note-note"),
            hint=say("note-hint"),
            filled=text_in(filled, "note") or session.note,
            long=True,
            required=False,
            most=MOST_NOTE,
        ),
    )


def ask_client(session: Session, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The one question to the client."""
    before = session.outcome.question if session.outcome is not None else ""
    return modal(
        say("ask-client-title"),
        field(
            "question",
            say("ask-client-question"),
            hint=say("ask-client-hint"),
            filled=text_in(filled, "question") or before,
            required=False,
            most=MOST_LINE,
        ),
    )


def suppose(idea: str | None, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The open line."""
    hint = say("suppose-idea-hint")
    return modal(
        say("suppose-title"),
        field(
            "idea",
            say("suppose-idea"),
            hint=hint,
            filled=text_in(filled, "idea") or idea or "",
            most=MOST_LINE,
        ),
    )


def observe(
    mechanism: str,
    seen_for: str,
    seen_against: str,
    exhibits: Sequence[tuple[str, str]],
    say: Texts,
    filled: Fields,
) -> discord.ui.Modal:
    """What speaks for and against one mechanism. Looking for the opposite is asked for, not forced.

    ``exhibits``: what stands in the case, to point at.
    """
    hint = say("observe-hint")
    options = [
        (str(number), shortened(label, _OPTION), shortened(text, _OPTION))
        for number, (label, text) in enumerate(exhibits)
    ]
    chosen = next(iter(chosen_in(filled, "exhibit")), "")
    return modal(
        say("observe-title", mechanism=mechanism),
        pick("exhibit", say("observe-exhibit"), options, hint=say("observe-exhibit-hint"), filled=chosen)
        if options
        else None,
        field(
            "for",
            say("observe-for"),
            hint=hint,
            filled=text_in(filled, "for") or seen_for,
            long=True,
            required=False,
            most=MOST_OBSERVATION,
        ),
        field(
            "against",
            say("observe-against"),
            hint=hint,
            filled=text_in(filled, "against") or seen_against,
            long=True,
            required=False,
            most=MOST_OBSERVATION,
        ),
    )


def observed_for(exhibits: Sequence[tuple[str, str]], fields: Fields) -> str:
    """What speaks for it: what was typed, and what was pointed at in the case."""
    typed = text_in(fields, "for").strip()
    chosen = next(iter(chosen_in(fields, "exhibit")), "")
    if not chosen.isdigit() or int(chosen) >= len(exhibits):
        return typed
    label, text = exhibits[int(chosen)]
    pointed = f"{label}: {text}"
    return shortened(f"{typed} ({pointed})" if typed else pointed, MOST_OBSERVATION)


def respond(session: Session, library: Library, filled: Fields, *, rated: bool) -> discord.ui.Modal:
    """The presenter's own answer: checkboxes, so that nothing and everything can be said.

    ``rated``: there were mechanisms that could fit.
    """
    say = library.texts
    given = session.answer
    before: list[str] = []
    if given is not None:
        before = [*given.fits, *([SOMETHING_ELSE] if given.something_else else [])] or [NONE_OF_THESE]
    options = [(mechanism.id, mechanism.name) for mechanism in library.mechanisms]
    others = [(NONE_OF_THESE, say("respond-none")), (SOMETHING_ELSE, say("respond-else"))]
    fits = several_of(
        "fits", say("respond-fits"), [*options, *others], filled=chosen_in(filled, "fits") or before
    )
    return modal(
        say("respond-title"),
        fits if rated else None,
        field(
            "text",
            say("respond-text" if rated else "respond-text-alone"),
            hint=say("respond-text-hint"),
            filled=text_in(filled, "text") or (given.text if given is not None else ""),
            long=True,
            required=not rated,
            most=MOST_ANSWER,
        ),
    )


def decide(session: Session, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The if-then plan, under two examples that are somebody else's."""
    cue = session.outcome.cue if session.outcome is not None else ""
    action = session.outcome.action if session.outcome is not None else ""
    return modal(
        say("decide-title"),
        note(say("decide-examples")),
        field(
            "cue",
            say("decide-cue"),
            hint=say("decide-cue-hint"),
            filled=text_in(filled, "cue") or cue,
            most=MOST_CUE,
        ),
        field(
            "action",
            say("decide-action"),
            hint=say("decide-action-hint"),
            filled=text_in(filled, "action") or action,
            long=True,
            most=MOST_ACTION,
        ),
    )


def goodbye(say: Texts, filled: Fields) -> discord.ui.Modal:
    """One private item and one word."""
    return modal(
        say("goodbye-title"),
        one_of(
            "looked-after",
            say("goodbye-looked-after"),
            [(str(value), say(f"goodbye-scale-{value}")) for value in range(5)],
            hint=say("goodbye-looked-after-hint"),
            filled=text_in(filled, "looked-after"),
            required=False,
        ),
        field("word", say("goodbye-word"), filled=text_in(filled, "word"), required=False, most=MOST_WORD),
    )
