"""The private rating as its users make it: how often they press, how long it takes, what can be left out."""

import pytest

from benchmarks.rating import (
    MOST_MINUTES,
    MOST_TAPS,
    RATER,
    Reader,
    at_the_ratings,
    of_length,
    rate,
    standing_out,
    words,
)
from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Actor
from tests.conftest import StageOpener
from tests.session.sight import before

FIELDS = 3
"""One for the open line, two for what speaks for and against: a form's fields are tapped into."""
THANKS = "You can change everything until the reveal."


def interactions_of(actor: Actor) -> int:
    """How often the bot heard of this person: each button, each form."""
    records = actor.stage.env.backend.interactions.values()
    return sum(record.user_id == actor.id for record in records)


@pytest.mark.parametrize("minutes", [45, 60])
async def test_the_six_are_rated_in_few_taps(opened: StageOpener, scenario: Scenario, minutes: int) -> None:
    """Opened, one open line, six cards, one form of observations: that was all, without a last button.

    Whoever reads 200 words a minute, types 30 and takes two seconds a tap is done in time, also when they
    read every word.
    """
    evening = of_length(scenario, "voice", minutes)
    async with opened(names=tuple(person.name for person in evening.people)) as stage:
        reader = Reader(await at_the_ratings(stage, evening))
        so_far = interactions_of(reader.actor)
        await rate(reader, scenario.person(RATER))
        assert reader.taps <= MOST_TAPS
        assert reader.taps == interactions_of(reader.actor) - so_far + FIELDS
        assert THANKS in before(reader.actor)
        assert not reader.actor.offers("finish")
        assert reader.glanced < reader.read
        assert reader.minutes(reader.glanced) < reader.minutes(reader.read) <= MOST_MINUTES

        silent = Reader(stage["You"])
        await rate(silent, scenario.person("You").model_copy(update={"idea": "", "fits": {}}))
        assert (silent.taps, silent.typed) == (8, 0)
        assert THANKS in before(silent.actor)


def test_the_reader_reads_words_and_no_markup() -> None:
    """The count that the figures stand on."""
    card = "-# 2 of 6\n## Role reversal\nShe **looks after** them, don't you think?\n**For**\n- tea"
    assert words(card) == 14
    assert standing_out([card]) == ["## Role reversal", "**For**"]
