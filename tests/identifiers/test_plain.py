import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.plain import Plain, lowered

FOLDED = [
    ("ﬁnn and ﬀion", "finn and ffion"),
    ("ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "anna@example.org"),
    ("０２０ ７９４６", "020 7946"),
    ("٠٢٠", "020"),
    ("𝒜𝓃𝓃𝒶", "Anna"),
    ("Ⓐⓝⓝⓐ", "Anna"),
    ("an\u00adna, an\u200bna, an\u200dna, an\u2060na, an\ufeffna", "anna, anna, anna, anna, anna"),
    ("\u202eanna\u202c", "anna"),
    ("Аnnа", "Anna"),  # Cyrillic А and а
    ("Mαria", "Maria"),  # Greek α
    ("Τοmas", "Tomas"),  # Greek Τ and ο
    ("Анна", "Анна"),  # all of it Cyrillic: a word of its own script stays
    ("Άννα", "Άννα"),
    ("a\u00a0b\u2009c\u3000d", "a b c d"),
    ("…½", "...1⁄2"),
    ("İstanbul, Straße, Œuvre", "İstanbul, Straße, Œuvre"),
    ("´ ¨", "´ ¨"),
    ("👩‍⚕️", "👩⚕"),
]


@pytest.mark.parametrize(("given_text", "folded"), FOLDED)
def test_disguises_are_folded(given_text: str, folded: str) -> None:
    """Ligatures, full width, digits of other scripts, signs nobody sees, letters that only look Latin."""
    assert Plain.of(given_text).text == folded


FRAMED = [
    ("{}", "Anna"),
    ("👩‍⚕️🏳️‍🌈 {} 🙂", "Anna"),
    ("שלום, {} העולם", "Anna"),
    ("\u202eمرحبا\u202c {} مرحبا", "Anna"),
    ("e\u0301e\u0301 {}!", "Anna"),
    ("ﬃ½… {} ﬃ", "Anna"),
    ("<{}>", "Ａｎｎａ"),
    ("<{}>", "An\u00adn\u200ba"),
    ("<{}>", "Аnnа"),
    ("<{}>", "Anna\u0301"),
    ("<{}>", "Anna\u200d\u0301\u0308"),
]


@pytest.mark.parametrize(("frame", "name"), FRAMED)
def test_a_span_is_what_was_given(frame: str, name: str) -> None:
    """Whatever stands around it and inside, the span holds the whole name, and its last letter's marks."""
    given_text = frame.format(name)
    plain = Plain.of(given_text)
    start = plain.text.lower().index("anna")
    first, last = plain.span(start, start + 4)
    assert given_text[first:last] == name


def test_part_of_a_ligature_is_all_of_it() -> None:
    """One letter as given can't be cut."""
    plain = Plain.of("a ﬁsh")
    start = plain.text.index("ish")
    assert "a ﬁsh"[slice(*plain.span(start, start + 3))] == "ﬁsh"


ANY_TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aAé ﬁ\u0301\u00ad\u200d\ufe0fاש\u202eАο９½…İß\n"),
    ),
    max_size=60,
)


@given(ANY_TEXT)
def test_every_character_has_its_place(text: str) -> None:
    """In order, and inside the text as given."""
    plain = Plain.of(text)
    assert plain.given == text
    assert len(plain.places) == len(plain.text)
    assert list(plain.places) == sorted(plain.places)
    assert all(0 <= place < len(text) for place in plain.places)


@given(ANY_TEXT, st.data())
def test_spans_are_whole_visible_characters(text: str, data: st.DataObject) -> None:
    """No span begins with a mark or leaves one behind, and a longer one holds the shorter."""
    plain = Plain.of(text)
    if not plain.text:
        return
    start = data.draw(st.integers(0, len(plain.text) - 1))
    end = data.draw(st.integers(start + 1, len(plain.text)))
    first, last = plain.span(start, end)
    assert 0 <= first < last <= len(text)
    assert unicodedata.category(text[first])[0] != "M"
    assert not text[last:] or unicodedata.category(text[last])[0] != "M"
    assert plain.span(start, len(plain.text))[1] >= last


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    """Once is enough, for text that no look-alike was found in."""
    folded = Plain.of(text).text
    again = Plain.of(folded).text
    assert Plain.of(again).text == again


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_ascii_is_left_alone(text: str) -> None:
    """Most texts have no disguise."""
    plain = Plain.of(text)
    assert plain.text == text
    assert list(plain.places) == list(range(len(text)))


@given(ANY_TEXT)
def test_lower_case_keeps_every_place(text: str) -> None:
    """Also where a capital has two small letters."""
    lower = lowered(text)
    assert len(lower) == len(text)
    assert all(
        small in {sign, sign.lower()} or not sign.isascii() for sign, small in zip(text, lower, strict=True)
    )
