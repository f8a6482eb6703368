"""The forms of a group: its settings and its list of words."""

from collections.abc import Sequence

import discord

from bot.content.texts import Texts
from bot.services.groups import MOST_CHOICES
from bot.services.words import KINDS, MOST_CHARACTERS, MOST_ENTRIES
from bot.ui.answers import Fields, text_in, users_in
from bot.ui.parts import field, modal, one_of, people


def set_up(
    say: Texts,
    languages: Sequence[str],
    language: str,
    days: int,
    facilitators: Sequence[int],
    filled: Fields,
    *,
    second_reader: bool,
) -> discord.ui.Modal:
    """A group's settings."""
    return modal(
        say("setup-title"),
        _language(say, languages, text_in(filled, "language") or language),
        field(
            "retention",
            say("setup-retention"),
            hint=say("setup-retention-hint"),
            filled=text_in(filled, "retention") or str(days),
            most=4,
        ),
        people(
            "facilitators",
            say("setup-facilitators"),
            hint=say("setup-facilitators-hint"),
            filled=users_in(filled, "facilitators") or facilitators,
            most=MOST_CHOICES,
        ),
        one_of(
            "second-reader",
            say("setup-second-reader"),
            [("no", say("setup-second-reader-no")), ("yes", say("setup-second-reader-yes"))],
            hint=say("setup-second-reader-hint"),
            filled=text_in(filled, "second-reader") or ("yes" if second_reader else "no"),
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
            filled=text_in(filled, "entries"),
            long=True,
            most=2 * MOST_ENTRIES * (MOST_CHARACTERS + 1),
        ),
        one_of(
            "kind",
            say("words-kind"),
            [(kind, say(f"words-kind-{kind}")) for kind in KINDS],
            filled=text_in(filled, "kind"),
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
            filled=text_in(filled, "entry"),
            most=2 * MOST_CHARACTERS,
        ),
    )
