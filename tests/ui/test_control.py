import re
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.ui.control import MOST_CHARACTERS, Control, parse
from tests.conftest import english

TOKENS = st.text("0123456789abcdef", min_size=16, max_size=16)
VERBS = st.from_regex(r"[a-z-]{1,16}", fullmatch=True)
ARGUMENTS = st.from_regex(r"[A-Za-z0-9_/+.\-]{0,80}", fullmatch=True)
OPENINGS = st.text("0123456789abcdef", min_size=8, max_size=8)
DISCORD_S_MOST = 100


@given(
    token=TOKENS,
    verb=VERBS,
    argument=ARGUMENTS,
    draft=st.none() | TOKENS,
    opening=st.none() | OPENINGS,
)
def test_a_control_is_read_back_as_it_was_written(
    token: str, verb: str, argument: str, draft: str | None, opening: str | None
) -> None:
    """Whatever can be built fits Discord and is parsed to itself; what would not fit can't be built."""
    try:
        control = Control(token, verb, argument, draft, opening)
    except ValueError:
        plain = f"6:{token}:{verb}:{argument}"
        assert len(plain) + 17 * (draft is not None) + 9 * (opening is not None) > DISCORD_S_MOST
        return
    assert len(str(control)) <= DISCORD_S_MOST == MOST_CHARACTERS
    assert parse(str(control)) == control


@pytest.mark.parametrize(
    "parts",
    [
        {"token": "0" * 15},
        {"token": "0" * 17},
        {"token": "X" * 16},
        {"verb": ""},
        {"verb": "two words"},
        {"verb": "Rate"},
        {"argument": "a:b"},
        {"argument": "a~b"},
        {"argument": "a!b"},
        {"argument": "é"},
        {"argument": "a\n"},
        {"draft": "1234"},
        {"opening": "12"},
    ],
    ids=str,
)
def test_what_could_not_be_read_back_can_t_be_built(parts: dict[str, str]) -> None:
    """A mistake shows where the control is made, not at the click."""
    with pytest.raises(ValueError, match="no control"):
        Control(**{"token": "0" * 16, "verb": "rate", **parts})


def read(custom_id: str) -> Control | None:
    try:
        return parse(custom_id)
    except Refusal:
        return None


@given(custom_id=st.text(max_size=120) | st.from_regex(r"6:[0-9a-f]{14,18}:[a-z]*:.{0,90}", fullmatch=True))
def test_whatever_can_be_read_is_one_of_ours(custom_id: str) -> None:
    """Foreign and malformed custom_ids are refused, and nothing but a refusal comes up."""
    control = read(custom_id)
    assert control is None or str(control) == custom_id


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "6",
        "6:::",
        "page_2",
        "6:0123456789abcdef:rate",
        "6:0123456789abcdef:rate:x\n",
        "7:0123456789abcdef:rate:",
        f"6:0123456789abcdef:rate:{'x' * 77}",
    ],
)
def test_custom_ids_of_others(custom_id: str) -> None:
    """Half of one, another bot's, one with something after its end: a sentence says where to go on."""
    with pytest.raises(Refusal, match="control-stale"):
        parse(custom_id)


def test_every_zone_fits_a_form_that_comes_back() -> None:
    """The longest argument there is: a time zone, in the form of a draft."""
    for zone in available_timezones():
        control = Control("0" * 16, "setup", zone, "1" * 16).opened("2" * 8)
        assert parse(str(control)) == control


def test_every_control_fits_the_charter_s_button() -> None:
    """What was pressed before the charter is remembered in the button that accepts it."""
    library = english()
    longest = max(
        [f"rate.{mechanism.id}.x" for mechanism in library.mechanisms]
        + [f"decide.{strategy.id}" for strategy in library.strategies]
        + [f"setup.{zone}" for zone in available_timezones()],
        key=len,
    )
    control = Control("0" * 16, "accept", f"{'1' * 16}.{longest}")
    assert parse(str(control)) == control
    assert re.fullmatch(r"[\x21-\x7e]+", str(control))
