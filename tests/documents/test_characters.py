import pytest

from bot.documents.characters import LEFT_OUT, Alphabet, characters_of, clean, paragraphs
from bot.documents.render import Printer

LETTERS = Alphabet(frozenset("abcdefghijklmnopqrstuvwxyzé,."))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\u202eb\u202c", "ab"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\ud800b", "ab"),
        ("👩\u200d👧 سلام", "👩\u200d👧 سلام"),
    ],
)
def test_clean_takes_out_what_hides_or_reorders_text(written: str, kept: str) -> None:
    """Bidirectional and control characters go, line ends become one kind, every script stays."""
    assert clean(written) == kept


def test_undrawable_names_only_what_would_be_seen(printer: Printer) -> None:
    """Emoji and other scripts are named; joiners, variation selectors and controls are not."""
    assert printer.undrawable("Soup 🍲️ and 茶, سلام\u202e\u200d") == frozenset("🍲茶سلام")


@pytest.mark.parametrize(
    "text",
    [
        "Grüße, naïve façade, „Anführung“ – «guillemets»",
        "Příliš žluťoučký kůň, Zażółć gęślą jaźń, İstanbul, Đặng Thị Ánh",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία, ᾧ",
        "Съешь ещё этих мягких булок, їжак, ђак",
        "“curly” ‘quotes’ … — – • € № ½ →",
        "e\u0301 composed, a\u0308",
    ],
)
def test_european_scripts_are_drawn(printer: Printer, text: str) -> None:
    """Latin, Greek and Cyrillic letters with the usual signs all have a glyph in every style."""
    assert printer.undrawable(text) == frozenset()


def test_neighbours_without_a_glyph_become_one_mark() -> None:
    """A run of undrawable characters, spaces between them included, is one visible mark."""
    assert LETTERS.spell("soup 🍲🍲 茶茶, then 🍵.") == f"soup {LEFT_OUT}, then {LEFT_OUT}."


def test_the_mark_is_no_box(printer: Printer) -> None:
    """What stands for a missing character is itself drawable and neither a box nor U+FFFD."""
    assert printer.undrawable(LEFT_OUT) == frozenset()
    assert not set(LEFT_OUT) & set("□▯\ufffd")


def test_letters_are_composed_before_they_are_looked_up() -> None:
    """A letter followed by its accent counts as the accented letter."""
    assert LETTERS.spell("cafe\u0301") == "café"


def test_a_word_without_end_may_break() -> None:
    """A word longer than a column gets places to break, and ordinary words get none."""
    assert LETTERS.spell("a" * 60).replace("\u200b", "") == "a" * 60
    assert "\u200b" in LETTERS.spell("a" * 60)
    assert "\u200b" not in LETTERS.spell("donaudampfschifffahrtsgesellschaft")


def test_paragraphs_part_at_empty_lines() -> None:
    """Empty lines part paragraphs, single line ends stay, blank paragraphs go."""
    assert paragraphs("a\nb\n \n\nc\n\n") == ["a\nb", "c"]


@pytest.mark.parametrize("broken", [b"", b"\x00\x01\x00\x00\x00\x01", b"\x00\x01\x00\x00" + b"\x00" * 60])
def test_bytes_that_are_no_font_are_refused(broken: bytes) -> None:
    """A damaged font file is named as such instead of drawing nothing."""
    with pytest.raises(ValueError, match="the font"):
        characters_of(broken)
