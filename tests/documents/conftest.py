from pathlib import Path

import pytest

from bot.documents.render import Printer

PROMPTS = Path(__file__).parents[2] / "prompts"


@pytest.fixture(scope="session")
def printer() -> Printer:
    """One printer for all tests, as the bot has one for all sessions."""
    return Printer(PROMPTS)
