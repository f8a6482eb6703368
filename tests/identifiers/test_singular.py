import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.rules.singular import find_families, singular_phrases


def families(text: str) -> list[str]:
    """The words of every span, those that overlap as one."""
    places = bytearray(len(text) + 1)
    for span in find_families(text):
        assert (span.kind, span.severity, span.why) == ("family", "warn", "family")
        places[span.start : span.end] = b"\1" * (span.end - span.start)
    starts = [at for at in range(len(text)) if places[at] and not (at and places[at - 1])]
    return [text[start : places.index(0, start)] for start in starts]


FAMILIES = [
    "the eldest of nine sisters",
    "the youngest of nine",
    "Ninth of thirteen",
    "the only boy after six sisters",
    "the only girl of three brothers",
    "the seventh son of a seventh son",
    "one of seven sisters",
    "one of nine half-brothers",
    "nine children",
    "eleven half siblings",
    "six children by four fathers",
    "triplets",
    "one of a set of triplets",
    "the quads",
    "the conjoined twins",
    "a surviving twin",
    "two sets of twins",
    "three generations of widows",
    "an egg donor",
    "donor-conceived",
    "two brothers who married two sisters",
    "twins who married twins on the same day, two brothers who wed three sisters",
    "her sister is married on his brother",
    "first cousins twice over",
]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("frame", ["{}", "She is {}, she says.", "SHE IS {}."])
def test_families_that_few_have_are_found(family: str, frame: str) -> None:
    """Many children, many at one birth, families tied twice."""
    written = frame.format(family.upper() if frame.isupper() else family)
    assert families(written)
    assert any(part.lower() in family.lower() or family.lower() in part.lower() for part in families(written))


CLEAN = [
    "The eldest of three, the youngest of four children, the middle one, one of three brothers.",
    "The youngest of five, third of six, middle of 3: ordinary families.",
    "Two children, three kids, four sisters, both sons; her twin, twins, a twin brother.",
    "The seventh session, the eldest of the group, one of seven clients, seven of the children in the ward.",
    "She married twice. Her brothers married. His cousin is a nurse. Two generations.",
    "Quad bikes? No: squad, quadratic; a donor to the charity; generations to come.",
    "One of the many, one of 20 sessions, nine weeks, ten people, the last of the day.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_ordinary_families_are_let_through(text: str) -> None:
    """Up to five children are nothing that somebody would know a family by."""
    assert [family for family in families(text) if not family.startswith("Quad")] == []


SINGULAR = [
    ("he is the only vet on the island", "the only vet on the island"),
    (
        "She was the county's first female coroner in a century.",
        "the county's first female coroner in a century",
    ),
    ("one of two midwives in the valley", "one of two midwives in the valley"),
    ("THE SOLE BEEKEEPER OF THE ABBEY", "THE SOLE BEEKEEPER OF THE ABBEY"),
    ("the longest-serving ferryman on the firth", "the longest-serving ferryman on the firth"),
    ("our last remaining cooper this side of the moor", "our last remaining cooper this side of the moor"),
    ("the town’s youngest ever mayor of Polish parents", "town’s youngest ever mayor of Polish parents"),
]


@pytest.mark.parametrize(("text", "phrase"), SINGULAR)
def test_what_one_person_alone_is_is_found(text: str, phrase: str) -> None:
    """With where, which makes it telling."""
    assert any(
        phrase in text[start:end] or text[start:end] in phrase for start, end in singular_phrases(text)
    )
    (first, *_) = [text[start:end] for start, end in singular_phrases(text)]
    assert first.endswith(phrase.rsplit(maxsplit=1)[-1])


@pytest.mark.parametrize(
    "text",
    [
        "She is only tired.",
        "At last.",
        "first things first",
        "the only one",
        "the last time; then",
        "youngest",
        "",
    ],
)
def test_without_a_where_nothing_is_singular(text: str) -> None:
    """The only one, the last time, and nothing of what."""
    assert list(singular_phrases(text)) == []


WORDS = [
    "the",
    "only",
    "one",
    "of",
    "two",
    "nine",
    "sisters",
    "in",
    "a",
    "first",
    "twins",
    "İ",
    ",",
    "seventh",
    "son",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_words_can_be_looked_at(words: list[str]) -> None:
    """Nothing fails, and no span is empty or lies outside the text."""
    text = " ".join(words)
    spans = [(span.start, span.end) for span in find_families(text)] + list(singular_phrases(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
