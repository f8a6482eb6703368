"""The forms around a vignette."""

import discord

from bot.content.texts import Texts
from bot.ui.answers import Fields, text_in
from bot.ui.parts import Modal, field, modal, one_of
from bot.vignettes.writing import MOST_CHARACTERS, VignetteWriting

MOST_TITLE = 60
MOST_QUESTION = 300
HALF = MOST_CHARACTERS // 2
"""Discord takes 4000 characters in one field."""
MOST_ASKED = 280
MOST_SAID = 1500
MOST_WORDS = 300


def write(say: Texts, filled: Fields, writing: VignetteWriting | None = None) -> Modal:
    """The vignette itself: the text has two fields, since one is too small for the longest."""
    text = writing.text if writing is not None else ""
    return modal(
        say("vignette-form"),
        field(
            "title",
            say("start-case"),
            hint=say("start-case-hint"),
            filled=text_in(filled, "title") or (writing.title if writing is not None else ""),
            most=MOST_TITLE,
        ),
        *_halves(text, say, filled),
        field(
            "question",
            say("vignette-question-field"),
            hint=say("vignette-question-hint"),
            filled=text_in(filled, "question") or (writing.question if writing is not None else ""),
            long=True,
            required=False,
            most=MOST_QUESTION,
        ),
    )


def _halves(text: str, say: Texts, filled: Fields) -> tuple[discord.ui.Label[Modal], ...]:
    return (
        field(
            "text",
            say("vignette-text"),
            hint=say("vignette-text-hint"),
            filled=text_in(filled, "text") or text[:HALF],
            long=True,
            most=HALF,
        ),
        field(
            "more",
            say("vignette-text-more"),
            filled=text_in(filled, "more") or text[HALF:],
            long=True,
            required=False,
            most=HALF,
        ),
    )


def text_of(fields: Fields) -> str:
    """The text of a form that has it in two fields: what was parted to fit is joined where it was parted."""
    first, second = text_in(fields, "text"), text_in(fields, "more")
    joined = f"{first}{second}" if len(first) >= HALF else f"{first.strip()}\n\n{second.strip()}"
    return joined.strip()


def rewrite(say: Texts, text: str, filled: Fields) -> Modal:
    """The text of one that is out, or on its way."""
    return modal(
        say("author-rewrite-title"),
        *_halves(text, say, filled),
    )


def own_words(say: Texts, words: str, filled: Fields) -> Modal:
    """What its author puts in the place of one finding."""
    return modal(
        say("own-words-title"),
        field(
            "words",
            say("own-words-field"),
            hint=say("own-words-hint"),
            filled=text_in(filled, "words") or words[:MOST_ASKED],
            required=False,
            most=MOST_ASKED,
        ),
    )


def questions(say: Texts, filled: Fields) -> Modal:
    """What nobody but its author can answer; none of the answers is kept."""

    def choices(*values: str) -> list[tuple[str, str]]:
        return [(value, say(f"questions-{value}")) for value in values]

    return modal(
        say("questions-title"),
        one_of(
            "client",
            say("questions-client"),
            choices("no", "perhaps", "yes"),
            hint=say("questions-client-hint"),
            filled=text_in(filled, "client"),
        ),
        one_of(
            "relative",
            say("questions-relative"),
            choices("no", "perhaps", "yes"),
            hint=say("questions-relative-hint"),
            filled=text_in(filled, "relative"),
        ),
        one_of(
            "needed", say("questions-needed"), choices("yes", "not-all"), filled=text_in(filled, "needed")
        ),
        field(
            "changed",
            say("questions-changed"),
            hint=say("questions-changed-hint"),
            filled=text_in(filled, "changed"),
            required=False,
            most=MOST_ASKED,
        ),
        one_of(
            "placement",
            say("questions-placement"),
            choices("no-trainee", "yes", "unsure"),
            hint=say("questions-placement-hint"),
            filled=text_in(filled, "placement"),
            required=False,
        ),
    )


def one_text(say: Texts, key: str, filled: Fields, *, before: str = "", most: int = MOST_SAID) -> Modal:
    """A form of one text; its sentences are those of ``key``."""
    return modal(
        say(f"{key}-title"),
        field(
            "text",
            say(f"{key}-field"),
            hint=say(f"{key}-hint"),
            filled=text_in(filled, "text") or before[:most],
            long=True,
            most=most,
        ),
    )
