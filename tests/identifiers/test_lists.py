import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers import WordLists, find_with, mark_of
from bot.identifiers.lexicon import Lexicon
from bot.identifiers.words import Manner, words_of

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SAME = [
    "Jürgen Łoś Clinic",
    "jürgen łoś clinic",
    "JÜRGEN ŁOŚ CLINIC",
    "Jurgen Los Clinic",
    "  Jürgen   Łoś\u00a0Clinic ",
    "Ju\u0308rgen Łos\u0301 Clinic",
]


@pytest.mark.parametrize("written", SAME)
def test_a_mark_is_the_same_for_every_spelling(written: str) -> None:
    """Capitals, accents and spaces make no difference."""
    assert mark_of(written, KEY) == mark_of(SAME[0], KEY)


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_a_mark_tells_words_apart_and_says_nothing(one: str, other: str) -> None:
    """32 bytes that depend on the key; other words, another mark."""
    assert len(mark_of(one, KEY)) == 32
    assert mark_of(one, KEY) != mark_of(one, OTHER_KEY)
    assert one.encode() not in mark_of(one, KEY) or len(one.encode()) < 4
    assert mark_of(f"{one}a", KEY) != mark_of(f"{one}b", KEY)
    assert mark_of(one, KEY) == mark_of(one, KEY)
    assert mark_of(f"x{one}", KEY) != mark_of(f"y{other}", KEY)


def test_a_list_does_not_show_its_key() -> None:
    """Not in a log, not in a failed assertion."""
    assert "kkkk" not in repr(WordLists(KEY))


def listed(text: str, **entries: str) -> list[tuple[str, str]]:
    """Kind and words of what a group's list finds in ``text``."""
    lists = WordLists(KEY, {mark_of(words, KEY): kind for words, kind in entries.items()})  # type: ignore[arg-type]
    lexicon = Lexicon.of("en")
    return [
        (kind, text[start:end])
        for start, end, kind in lists.spans(text, words_of(text, lexicon, Manner.of(text)))
    ]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("she went to the willow for tea", "The Willow", "the willow"),
        ("THE WILLOW, again", "The Willow", "THE WILLOW"),
        ("near the wíllow.", "The Willow", "the wíllow"),
        ("the willow's door", "The Willow", "the willow"),
        ("we saw pat smith-jones of the old mill", "Pat Smith-Jones", "pat smith-jones"),
        ("at five words of a name here", "five words of a name", "five words of a name"),
    ],
)
def test_a_groups_words_are_found_in_a_text(text: str, words: str, found: str) -> None:
    """However they are written there."""
    assert listed(text, **{words: "organisation"}) == [("organisation", found)]


@pytest.mark.parametrize("text", ["she went to the\nwillow", "the willows", "then will ow", "", "…"])
def test_what_is_not_on_the_list_is_not_found(text: str) -> None:
    """Other words, and words on two lines."""
    assert listed(text, **{"The Willow": "organisation"}) == []


def test_a_groups_words_block_in_the_review() -> None:
    """Whatever the rules think of them."""
    lists = WordLists(KEY, {mark_of("the willow", KEY): "organisation"})
    (finding,) = find_with(None, "she went to the willow for tea", lists=lists)
    assert (finding.kind, finding.severity, finding.why) == ("organisation", "block", "finding-listed")
    assert find_with(None, "she went to the willow for tea", lists=WordLists(OTHER_KEY, lists.group)) == ()


def test_what_an_author_calls_no_name_is_not_found() -> None:
    """Nor its other spellings; what else stands there still is."""
    text = "She talked to Zdzisława and to Quentin."
    names = {text[finding.start : finding.end] for finding in find_with(None, text)}
    lists = WordLists(KEY, no_names=frozenset({mark_of("ZDZISLAWA", KEY)}))
    left = {text[finding.start : finding.end] for finding in find_with(None, text, lists=lists)}
    assert names == {"Zdzisława", "Quentin"}
    assert left == {"Quentin"}


def test_no_name_is_about_names_alone() -> None:
    """A phone number stays what it is."""
    text = "Her number is 07700 900142."
    lists = WordLists(KEY, no_names=frozenset({mark_of("07700 900142", KEY)}))
    assert len(find_with(None, text, lists=lists)) == 1
