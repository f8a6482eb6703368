"""Breaking the small set of prompts in one place, and hearing what is said of it."""

from pathlib import Path

import pytest

from bot.content import ContentError, ContentProblem, load_library


def problems_of(root: Path) -> tuple[ContentProblem, ...]:
    """Load prompts that are broken and return what is said about them."""
    with pytest.raises(ContentError) as caught:
        load_library(root)
    return caught.value.problems


def change(root: Path, file: str, old: str, new: str, count: int = 1) -> None:
    """Replace a piece of one file."""
    path = root / "en" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
