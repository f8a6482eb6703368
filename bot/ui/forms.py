"""The forms: built when they are opened, filled with what came back if something did."""

from collections.abc import Sequence

import discord

from bot.content.library import Library
from bot.content.texts import Texts
from bot.formulation.session import Session
from bot.services.groups import MOST_CHOICES
from bot.services.words import KINDS, MOST_CHARACTERS, MOST_ENTRIES
from bot.ui.answers import Fields
from bot.ui.parts import field, modal, one_of, people, several_of

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
SOMETHING_ELSE = "something-else"


def _text(filled: Fields, name: str) -> str:
    value = filled.get(name, "")
    return value if isinstance(value, str) else ""


def _chosen(filled: Fields, name: str) -> Sequence[str]:
    value = filled.get(name, [])
    return [value] if isinstance(value, str) else list(value)


def _users(filled: Fields, name: str) -> list[int]:
    return [int(user) for user in _chosen(filled, name) if user.isdigit()]


def start(library: Library, lengths: Sequence[int], filled: Fields) -> discord.ui.Modal:
    """What brings a case: everything else follows from these five."""
    say = library.texts
    chosen = _text(filled, "minutes") or str(lengths[len(lengths) // 2])
    return modal(
        say("start-title"),
        field(
            "title",
            say("start-case"),
            hint=say("start-case-hint"),
            filled=_text(filled, "title"),
            most=MOST_TITLE,
        ),
        field(
            "question",
            say("start-question"),
            hint=say("start-question-hint"),
            filled=_text(filled, "question"),
            long=True,
            most=MOST_QUESTION,
        ),
        field(
            "account",
            say("start-account"),
            hint=say("start-account-hint"),
            filled=_text(filled, "account"),
            long=True,
            required=False,
            most=MOST_ACCOUNT,
        ),
        one_of(
            "minutes",
            say("start-minutes"),
            [(str(length), say("start-minutes-option", minutes=length)) for length in lengths],
            filled=chosen,
        ),
        people(
            "facilitator",
            say("start-facilitator"),
            hint=say("start-facilitator-hint"),
            filled=_users(filled, "facilitator"),
        ),
    )


def tell(session: Session, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The account."""
    told = _text(filled, "account") or session.account or ""
    hint = say("tell-account-hint")
    return modal(
        say("tell-title"),
        field("account", say("tell-account"), hint=hint, filled=told, long=True, most=MOST_ACCOUNT),
    )


def ask(say: Texts, filled: Fields) -> discord.ui.Modal:
    """A factual question."""
    question = _text(filled, "question")
    hint = say("ask-question-hint")
    return modal(
        say("ask-title"), field("question", say("ask-question"), hint=hint, filled=question, most=MOST_LINE)
    )


def reply(session: Session, fact: str, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The answer to one."""
    given = next((each.answer for each in session.facts if each.key == fact), None)
    answer = _text(filled, "answer") or given or ""
    hint = say("reply-answer-hint")
    return modal(
        say("reply-title"),
        field("answer", say("reply-answer"), hint=hint, filled=answer, long=True, most=MOST_REPLY),
    )


def suppose(idea: str | None, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The open line."""
    hint = say("suppose-idea-hint")
    return modal(
        say("suppose-title"),
        field(
            "idea", say("suppose-idea"), hint=hint, filled=_text(filled, "idea") or idea or "", most=MOST_LINE
        ),
    )


def observe(mechanism: str, seen_for: str, seen_against: str, say: Texts, filled: Fields) -> discord.ui.Modal:
    """What speaks for and against one mechanism. Looking for the opposite is asked for, not forced."""
    hint = say("observe-hint")
    return modal(
        say("observe-title", mechanism=mechanism),
        field(
            "for",
            say("observe-for"),
            hint=hint,
            filled=_text(filled, "for") or seen_for,
            long=True,
            required=False,
            most=MOST_OBSERVATION,
        ),
        field(
            "against",
            say("observe-against"),
            hint=hint,
            filled=_text(filled, "against") or seen_against,
            long=True,
            required=False,
            most=MOST_OBSERVATION,
        ),
    )


def respond(session: Session, library: Library, filled: Fields) -> discord.ui.Modal:
    """The presenter's own answer: checkboxes, so that nothing and everything can be said."""
    say = library.texts
    given = session.answer
    before: list[str] = []
    if given is not None:
        before = [*given.fits, *([SOMETHING_ELSE] if given.something_else else [])]
    options = [(mechanism.id, mechanism.name) for mechanism in library.mechanisms]
    return modal(
        say("respond-title"),
        several_of(
            "fits",
            say("respond-fits"),
            [*options, (SOMETHING_ELSE, say("respond-else"))],
            filled=_chosen(filled, "fits") or before,
        ),
        field(
            "text",
            say("respond-text"),
            hint=say("respond-text-hint"),
            filled=_text(filled, "text") or (given.text if given is not None else ""),
            long=True,
            required=False,
            most=MOST_ANSWER,
        ),
    )


def decide(session: Session, say: Texts, filled: Fields) -> discord.ui.Modal:
    """The if-then plan."""
    cue = session.outcome.cue if session.outcome is not None else ""
    action = session.outcome.action if session.outcome is not None else ""
    return modal(
        say("decide-title"),
        field(
            "cue",
            say("decide-cue"),
            hint=say("decide-cue-hint"),
            filled=_text(filled, "cue") or cue,
            most=MOST_CUE,
        ),
        field(
            "action",
            say("decide-action"),
            hint=say("decide-action-hint"),
            filled=_text(filled, "action") or action,
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
            filled=_text(filled, "looked-after"),
            required=False,
        ),
        field("word", say("goodbye-word"), filled=_text(filled, "word"), required=False, most=MOST_WORD),
    )


def set_up(
    say: Texts,
    languages: Sequence[str],
    language: str,
    days: int,
    facilitators: Sequence[int],
    filled: Fields,
) -> discord.ui.Modal:
    """A group's settings."""
    return modal(
        say("setup-title"),
        _language(say, languages, _text(filled, "language") or language),
        field(
            "retention",
            say("setup-retention"),
            hint=say("setup-retention-hint"),
            filled=_text(filled, "retention") or str(days),
            most=4,
        ),
        people(
            "facilitators",
            say("setup-facilitators"),
            hint=say("setup-facilitators-hint"),
            filled=_users(filled, "facilitators") or facilitators,
            most=MOST_CHOICES,
        ),
    )


def _language(say: Texts, languages: Sequence[str], chosen: str) -> discord.ui.Label[discord.ui.Modal]:
    # A select, since a radio group wants two options at least and there may be one language.
    return discord.ui.Label(
        text=say("setup-language"),
        component=discord.ui.Select(
            custom_id="language",
            required=True,
            options=[
                discord.SelectOption(label=say(f"setup-language-{each}"), value=each, default=each == chosen)
                for each in languages
            ],
        ),
    )


def list_words(say: Texts, filled: Fields) -> discord.ui.Modal:
    """Entries for the group's list, one a line. There is room for too many: a sentence says how many fit."""
    return modal(
        say("words-add-title"),
        field(
            "entries",
            say("words-entries"),
            hint=say("words-entries-hint", most=MOST_ENTRIES),
            filled=_text(filled, "entries"),
            long=True,
            most=2 * MOST_ENTRIES * (MOST_CHARACTERS + 1),
        ),
        one_of(
            "kind",
            say("words-kind"),
            [(kind, say(f"words-kind-{kind}")) for kind in KINDS],
            filled=_text(filled, "kind"),
        ),
    )


def unlist_word(say: Texts, filled: Fields) -> discord.ui.Modal:
    """One entry to be taken from the group's list."""
    return modal(
        say("words-remove-title"),
        field(
            "entry",
            say("words-entry"),
            hint=say("words-entry-hint"),
            filled=_text(filled, "entry"),
            most=2 * MOST_CHARACTERS,
        ),
    )
