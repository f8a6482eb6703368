"""Which posts a vignette has, and long texts in pieces."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation.posts import PostKey
from bot.vignettes import acts
from bot.vignettes.change import change
from bot.vignettes.posts import PAGE_CHARACTERS, pages, posts
from bot.vignettes.slots import SLOT_SECONDS
from tests.vignettes.shelf import SLOT, vignette

NEXT = SLOT + SLOT_SECONDS
CARD, THREAD = PostKey("vignette"), PostKey("discussion")
LONG = "\n\n".join(f"{number} {'word ' * 150}" for number in range(9))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


PIECES = st.lists(
    st.sampled_from(["word", "x" * 90, " ", "\n", "\n\n", ". ", "  ", "ä", "🙂", "\t"]), max_size=80
).map("".join)


@given(PIECES | st.text(max_size=300), st.integers(20, 120))
def test_nothing_of_a_long_text_is_lost(text: str, most: int) -> None:
    """Every letter in its order; each page full of something, and no longer than it may be."""
    paged = pages(text, most)
    assert bare("".join(paged)) == bare(text)
    assert all(0 < len(page) <= most for page in paged)


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=60), st.integers(20, 60))
def test_no_word_is_parted_that_fits(words: list[str], most: int) -> None:
    assert " ".join(pages(" ".join(words), most)).split() == words


def test_pages_part_where_a_reader_would() -> None:
    """Between paragraphs rather than sentences, and between those rather than words."""
    assert pages("One two. Three\n\nFour five six", 22) == ("One two. Three", "Four five six")
    assert pages("One two three. Four five", 20) == ("One two three.", "Four five")
    assert pages("", 20) == pages(" \n", 20) == ()


@pytest.mark.parametrize(("length", "count"), [(PAGE_CHARACTERS, 1), (PAGE_CHARACTERS + 1, 2), (8000, 3)])
def test_the_longest_text_has_three_pages(length: int, count: int) -> None:
    assert len(pages("x" * length)) == count
    further = sum(key.kind == "vignette-page" for key in posts(vignette(text="x" * length), 0))
    assert further == count - 1


def test_nothing_shows_of_what_is_on_its_way() -> None:
    """Nor of what its second reader sent back; only that somebody is wanted who reads it."""
    assert posts(vignette(status="waiting", slot=NEXT), 2) == {}
    held = vignette(status="held", slot=NEXT)
    assert posts(held, 2) == {}
    held = change(held, acts.Release(NEXT, alone=True))
    assert set(posts(held, 2)) == {PostKey("second-reader")}
    assert posts(change(held, acts.SendBack("The town.")), 2) == {}
    assert posts(change(held, acts.Pass(NEXT + SLOT_SECONDS)), 2) == {}


def test_a_hidden_one_shows_nothing_of_its_text() -> None:
    """Its further pages and all that was said go; shown again, they come back."""
    out = change(vignette(text=LONG), acts.Offer("r1", "Hm.", NEXT))
    out = change(out, acts.Release(NEXT, alone=True))
    hidden = change(out, acts.Hide("The town stands in it."))
    assert set(posts(hidden, 0)) == {CARD, THREAD}
    assert posts(hidden, 0)[CARD] != posts(out, 0)[CARD]
    assert posts(change(hidden, acts.Hide(None)), 0) == posts(out, 0)
    assert PostKey("vignette-item", "r1") in posts(out, 0)


def test_a_post_is_touched_only_when_it_changes() -> None:
    """Each of these changes the card and nothing else, or the one page that it is about."""
    out = vignette(text=LONG)
    before = posts(out, 0)

    def touched(*several: acts.Act) -> set[PostKey]:
        now = out
        for act in several:
            now = change(now, act)
        after = posts(now, 0)
        return {key for key in {*before, *after} if before.get(key) != after.get(key)}

    release = acts.Release(NEXT, alone=True)
    assert touched(acts.Close()) == {CARD}
    last = f"{LONG}."
    assert touched(acts.Rewrite(last, NEXT), release) == {PostKey("vignette-page", "2")}
    assert touched(acts.Rewrite(LONG[:2000], NEXT), release) == {
        CARD,
        PostKey("vignette-page", "1"),
        PostKey("vignette-page", "2"),
    }
    quiet = (acts.Ask("q1", "How long?"), acts.WantChange("The town."), acts.Lose(), release)
    assert touched(*quiet) == set()


def test_each_facilitator_is_told_once_of_each_concern() -> None:
    """However many readers tell them of it."""
    now = vignette()
    for kind in ("risk", "risk", "identifies"):
        now = change(now, acts.Tell(kind))
    told = {key.ref for key in posts(now, 2) if key.kind == "concern"}
    assert told == {"risk.0", "risk.1", "identifies.0", "identifies.1"}
