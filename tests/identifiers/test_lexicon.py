import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.lexicon import KINDS_OF_ORGANISATION, Lexicon, Trait, key_of
from bot.identifiers.words import Manner, words_of
from training.lists import LISTS

WORDS = Path(__file__).parents[2] / "training" / "words" / "en"
LEXICON = Lexicon.of("en")


def entries() -> list[tuple[Trait, str, str]]:
    """What each entry may be, its key, and the kind of organisation that its list gives it."""
    return [
        (trait, key_of(entry), kind.strip().replace(" ", "-"))
        for name, trait in LISTS.items()
        for line in (WORDS / f"{name}.txt").read_text("utf-8").splitlines()
        for entry, _, kind in [line.partition("\t")]
        if entry.strip() and not entry.startswith("#")
    ]


def test_every_entry_of_every_list_is_in_the_lexicon() -> None:
    """With what it may be. A file older than its lists fails here; ``python -m training.words`` renews it."""
    missing = [f"{trait.name}: {key}" for trait, key, _ in entries() if trait not in LEXICON.entry(key)]
    assert missing[:20] == []


def test_every_organisation_has_its_kind_in_the_lexicon() -> None:
    """Where two lists give one word two kinds, one of them."""
    kinds: dict[tuple[str, Trait], set[str]] = {}
    for trait, key, kind in entries():
        if trait in {Trait.ORGANISATION_HEAD, Trait.EMPLOYER}:
            kinds.setdefault((key, trait), set()).add(kind or "organisation")
    wrong = [
        key
        for (key, trait), told in kinds.items()
        if KINDS_OF_ORGANISATION[LEXICON.entry(key).traits[trait]] not in told
    ]
    assert wrong[:20] == []


def test_every_list_is_read() -> None:
    """No file of words lies beside those that are known."""
    assert {path.stem for path in WORDS.glob("*.txt")} <= {*LISTS, "famous"}


def test_the_famous_are_known_but_for_first_names_and_towns() -> None:
    """A client called Ruth is not taken for the one in the Bible, nor Lincoln for the president."""
    keys = {
        key_of(line) for line in (WORDS / "famous.txt").read_text("utf-8").splitlines() if line[:1] != "#"
    }
    known = {Trait.FAMOUS, Trait.FIRST_NAME, Trait.PLACE}
    assert [key for key in sorted(keys - {""}) if known.isdisjoint(LEXICON.entry(key).traits)][:20] == []
    assert Trait.FAMOUS not in LEXICON.entry("ruth")


KNOWN = [
    ("anna", Trait.FIRST_NAME),
    ("smith", Trait.LAST_NAME),
    ("the", Trait.WORD),
    ("hebden bridge", Trait.PLACE),
    ("poland", Trait.COUNTRY),
    ("bowlby", Trait.FAMOUS),
    ("phq-9", Trait.MEASURE),
    ("sertraline", Trait.CLINICAL),
    ("bulimia", Trait.DIAGNOSIS),
    ("diwali", Trait.FESTIVAL),
    ("mother", Trait.KIN),
    ("nurse", Trait.JOB),
    ("academy", Trait.ORGANISATION_HEAD),
    ("polish", Trait.PEOPLE),
]


@pytest.mark.parametrize(("key", "trait"), KNOWN)
def test_words_may_be_what_they_are(key: str, trait: Trait) -> None:
    """One of each."""
    assert key in LEXICON
    assert trait in LEXICON.entry(key)


def test_a_word_that_nobody_knows_may_be_nothing() -> None:
    """No entry is an empty one."""
    assert LEXICON.entry("xqzvw").traits == {}
    assert not LEXICON.entry("xqzvw").safe
    assert LEXICON.entry("xqzvw").frequency == -1
    assert "xqzvw" not in LEXICON


def test_common_words_are_more_frequent_than_rare_ones() -> None:
    """By the power of two of their count."""
    the, heron = LEXICON.entry("the").frequency, LEXICON.entry("heron").frequency
    assert the > heron > 0


def test_places_know_their_size() -> None:
    """From a village to a metropolis."""
    sizes = [LEXICON.entry(place).traits[Trait.PLACE] for place in ("hebden bridge", "leeds", "london")]
    assert sizes == sorted(sizes)
    assert sizes[0] < 20_000 < sizes[1] < 1_000_000 < sizes[2]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("new york city is", "new york city"),
        ("new york", "new york"),
        ("hebden bridge too", "hebden bridge"),
        ("hebden bridgewater", None),
        ("nothing of the kind", None),
        ("hebden", None),
        ("Alzheimer's disease", "alzheimer's disease"),
    ],
)
def test_the_longest_phrase_is_told_by_its_beginning(text: str, phrase: str | None) -> None:
    """Of whole words, and of more than one, with a possessive in it."""
    first = words_of(text, LEXICON, Manner.of(text))[0]
    assert first.phrase == (LEXICON.entry(phrase) if phrase else None)


def test_a_word_knows_whether_a_phrase_begins_with_it() -> None:
    """Which is no more than that: by itself "hebden" is no place."""
    assert LEXICON.entry("hebden").begins
    assert not LEXICON.entry("bridgewater").safe
    assert Trait.BEGINS not in LEXICON.entry("hebden")


def test_an_unknown_language_has_the_english_words() -> None:
    """The review never fails for want of a file."""
    assert Lexicon.of("xx").entry("anna").traits == LEXICON.entry("anna").traits


def test_kinds_of_organisations_are_told_once() -> None:
    """The lexicon stores their places in this list."""
    assert len(set(KINDS_OF_ORGANISATION)) == len(KINDS_OF_ORGANISATION)
    assert KINDS_OF_ORGANISATION[0] == "organisation"


SAME_KEY = [
    ("Jürgen", "jurgen"),
    ("ŁÓDŹ", "lodz"),
    ("Straße", "strasse"),
    ("Ærø", "aero"),
    ("O’Brien", "o'brien"),
    ("ışık", "isik"),
    ("  New \u00a0 York ", "new york"),
    ("Ｌｅｅｄｓ", "leeds"),
]


@pytest.mark.parametrize(("written", "key"), SAME_KEY)
def test_keys_are_plain(written: str, key: str) -> None:
    """Lower case, no accents, one space."""
    assert key_of(written) == key


@given(st.text(max_size=30))
def test_keys_of_keys_are_themselves(text: str) -> None:
    """Once more changes nothing, for what can be written in one form."""
    key = key_of(unicodedata.normalize("NFKD", text).lower())
    assert key == key.strip()
    assert "  " not in key
    assert key_of(key) == key_of(key_of(key))
