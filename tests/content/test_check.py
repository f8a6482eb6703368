"""Checking every language at once."""

import shutil
from pathlib import Path

import pytest

from bot.content import check


@pytest.fixture
def two(prompts: Path) -> Path:
    """Return prompts in English and in a second language that agrees with it."""
    (prompts / "en/interface/a.ftl").write_text("hello = Hello, { $name }\nbye = Bye\n", encoding="utf-8")
    shutil.copytree(prompts / "en", prompts / "de")
    return prompts


def places(root: Path) -> list[tuple[str, str]]:
    """Return file and field of each problem."""
    return [(one.file, one.field) for one in check(root)]


def test_sound_prompts_have_no_problem(two: Path) -> None:
    """Two languages that agree pass, whatever else lies beside them."""
    (two / "layouts").mkdir()
    (two / "__pycache__").mkdir()
    (two / "README.md").touch()
    assert check(two) == []


def test_an_empty_folder_of_interface_texts_is_fine(prompts: Path) -> None:
    """Prompts can be checked before the interface has a text."""
    assert check(prompts) == []


def test_problems_of_every_language_are_told(two: Path) -> None:
    """A broken file counts in whichever language it stands."""
    for language in ("de", "en"):
        (two / language / "charter.md").unlink()
    (two / "de/interface/b.ftl").write_text("oh no\n", encoding="utf-8")
    assert places(two) == [
        ("de/charter.md", "whole file"),
        ("de/interface/b.ftl", "line 1"),
        ("en/charter.md", "whole file"),
    ]


def test_missing_and_extra_texts_are_told(two: Path) -> None:
    """A translation has the keys of the English texts, no fewer and no more."""
    (two / "de/interface/a.ftl").write_text("hello = Hallo, { $name }\nbyebye = Ade\n", encoding="utf-8")
    missing, extra = check(two)
    assert (missing.file, missing.field) == ("de/interface", "bye")
    assert missing.advice == "Translate this text; it stands in en only."
    assert (extra.file, extra.field) == ("de/interface", "byebye")
    assert "correct its key" in extra.advice


def test_an_argument_that_english_does_not_take_is_told(two: Path) -> None:
    """A translation that asks for more could never be filled; one that asks for less is fine."""
    (two / "de/interface/a.ftl").write_text("hello = Hallo\nbye = Ade, { $name }\n", encoding="utf-8")
    (problem,) = check(two)
    assert (problem.file, problem.field) == ("de/interface", "bye")
    assert problem.advice == "Take out $name; the en text is given no such thing."


def test_missing_and_extra_files_are_told(two: Path) -> None:
    """A translation has the strategies of the English prompts, no fewer and no more."""
    one = two / "de/strategies/one.toml"
    four = one.with_name("four.toml")
    four.write_text(one.read_text(encoding="utf-8").replace('"one"', '"four"'), encoding="utf-8")
    one.unlink()
    extra, missing = check(two)
    assert str(extra).startswith("de/strategies/four.toml, whole file: Take this file out")
    assert str(missing) == "de/strategies/one.toml, whole file: Translate en/strategies/one.toml."


def test_a_region_counts_as_a_language(two: Path) -> None:
    """Folders such as pt-BR are checked too."""
    shutil.move(two / "de", two / "pt-BR")
    (two / "pt-BR/charter.md").unlink()
    assert places(two) == [("pt-BR/charter.md", "whole file")]


def test_prompts_without_english_say_so(tmp_path: Path) -> None:
    """English is what everything is compared with, so it has to be there."""
    assert ("en/mechanisms", "whole folder") in places(tmp_path)
