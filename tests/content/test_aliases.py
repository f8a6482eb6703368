"""Two words that make a name, and say nothing about anyone."""

import re
import shutil
from pathlib import Path

import pytest

from bot.content.library import load_library, shipped_root
from tests.content.breaking import change, problems_of

ALIASES = load_library().aliases
LEAST_NAMES = 3000
"""So that two vignettes of one year hardly ever have one name."""
# Given names that are also plants, colours, seasons: a colleague may be called so.
CALLED_SO = frozenset(
    "Amber April August Aspen Autumn Basil Brook Clay Cliff Coral Daisy Dawn Eve Fern Flora Forest "
    "Ginger Hazel Heath Iris Ivy Jade Jay June Laurel Lily May Misty Olive Pearl Poppy Robin "
    "Rose Rowan Ruby Sage Sandy Scarlet Sky Sterling Summer Sunny Violet Willow".split()
)
JUDGING = frozenset(
    "Bitter Broken Cold Crooked Dark Dim Dull Empty Foggy Fragile Hollow Lame Lonely Lost Odd Plain Rough "
    "Slow Sour Stray Thorny Weak Wild".split()
)


def test_there_are_names_enough() -> None:
    """Drawing a free one takes a few throws at most, however many vignettes a group keeps."""
    assert len(ALIASES.first) * len(ALIASES.second) >= LEAST_NAMES


def test_an_alias_is_two_plain_words() -> None:
    """They stand in a sentence, between asterisks, and on a phone."""
    for word in (*ALIASES.first, *ALIASES.second):
        assert re.fullmatch(r"[A-Z][a-z]{2,10}", word), word
    assert not set(ALIASES.first) & set(ALIASES.second)


def test_an_alias_is_nobody_s_name_and_no_judgement() -> None:
    """Nobody in the group may be taken for its author, nor feel described."""
    words = {*ALIASES.first, *ALIASES.second}
    assert words & CALLED_SO == set()
    assert words & JUDGING == set()


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    with_all = tmp_path / "prompts"
    shutil.copytree(str(shipped_root()), with_all, ignore=shutil.ignore_patterns("__pycache__"))
    return with_all


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"Acorn", ', '"Acorn", "Acorn", ', "second"),
        ("second = [", "third = [", "second"),
        ('"Ashen", ', '"", ', "first"),
    ],
)
def test_words_that_can_t_be_used_are_named(shipped: Path, old: str, new: str, field: str) -> None:
    """A word twice, a list that is missing, an empty word: each with its file and its field."""
    change(shipped, "aliases.toml", old, new)
    assert any(each.file == "en/aliases.toml" and field in each.field for each in problems_of(shipped))


def test_a_folder_without_aliases_is_refused(shipped: Path) -> None:
    (shipped / "en" / "aliases.toml").unlink()
    assert {each.file for each in problems_of(shipped)} == {"en/aliases.toml"}
