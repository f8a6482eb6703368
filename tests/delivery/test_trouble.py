import re

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.discord_out import mark, nonce
from bot.delivery.trouble import Trouble, judge, retry_after
from tests.delivery.wire import http_error, server_error, too_many

TOKENS = st.text("0123456789abcdef", min_size=16, max_size=16)
NUMBERS = st.integers(min_value=1, max_value=99_999_999)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (http_error(404, 10003), "place-gone"),
        (http_error(404, 10004), "place-gone"),
        (http_error(403, 50001), "place-gone"),
        (http_error(403, 50013), "place-gone"),
        (http_error(403, 0), "place-gone"),
        (http_error(404, 0), "place-gone"),
        (http_error(404, 10008), "message-gone"),
        (http_error(404, 10007), "person-gone"),
        (http_error(404, 10013), "person-gone"),
        (http_error(400, 50083), "archived"),
        (http_error(429, 30046), "too-old"),
        (http_error(400, 50035), "refused"),
        (http_error(401, 0), "refused"),
        (http_error(429, 0), "unclear"),
        (http_error(500, 0), "unclear"),
        (server_error(503), "unclear"),
        (discord.RateLimited(40.0), "unclear"),
        (aiohttp.ClientOSError(104, "reset"), "unclear"),
        (aiohttp.ServerDisconnectedError(), "unclear"),
        (aiohttp.ClientPayloadError(), "unclear"),
        (ConnectionResetError(104, "reset"), "unclear"),
        (TimeoutError(), "unclear"),
        (KeyError("title"), None),
        (ValueError(), None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_an_error_means(error: Exception, trouble: Trouble | None) -> None:
    """Gone, put away, too old, unclear, refused; and None for a fault of our own."""
    assert judge(error) == trouble


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 2), (2, 4), (3, 8), (7, 128), (8, 256), (9, 300), (10, 300), (4000, 300)]
)
def test_waiting_doubles_up_to_five_minutes(attempts: int, seconds: int) -> None:
    """Whatever is unclear is asked for less and less often, and at least every five minutes."""
    assert retry_after(server_error(), attempts) == seconds


def test_discord_s_own_wait_is_kept() -> None:
    """Never sooner than Discord asks, neither by discord.py's exception nor by the header of a 429."""
    assert retry_after(discord.RateLimited(77.2), 1) == 78
    assert retry_after(too_many("1800"), 1) >= 1800
    assert retry_after(too_many("0.5"), 5) == 32
    assert retry_after(too_many("Wed, 21 Oct 2026 07:28:00 GMT"), 2) == 4


@given(token=TOKENS, number=NUMBERS)
def test_a_nonce_fits_and_a_mark_is_found_again(token: str, number: int) -> None:
    """Discord takes 25 characters of nonce and component ids of 31 bits; equal posts have equal ones."""
    assert re.fullmatch(r"[0-9a-f]{16}\.\d+", nonce(token, number))
    assert len(nonce(token, number)) <= 25
    assert 0 < mark(token, number) < 2**31
    assert (nonce(token, number), mark(token, number)) == (nonce(token, number), mark(token, number))


@given(token=TOKENS, other=TOKENS, number=NUMBERS)
def test_no_two_posts_share_a_nonce(token: str, other: str, number: int) -> None:
    """Not two rows, and not two posts of one row."""
    assert nonce(token, number) != nonce(token, number + 1)
    assert mark(token, number) != mark(token, number + 1)
    assert (nonce(token, number) == nonce(other, number)) == (token == other)


@given(token=TOKENS, number=st.integers(min_value=1, max_value=200))
def test_a_mark_is_none_of_the_ids_that_discord_counts_up(token: str, number: int) -> None:
    """Components without an id of their own get 1, 2, 3 and so on."""
    assert mark(token, number) > 1_000_000
