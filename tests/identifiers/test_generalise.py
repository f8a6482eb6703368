import pytest

from bot.identifiers import Suggestion
from bot.identifiers.findings import Kind, Span
from bot.identifiers.generalise import suggestion_for, years_in
from bot.identifiers.lexicon import KINDS_OF_ORGANISATION, Lexicon
from bot.identifiers.words import Manner, words_of
from tests.conftest import english

LEXICON = Lexicon.of("en")


def suggested(text: str, words: str, kind: Kind, why: str = "name") -> Suggestion:
    """What could stand for ``words`` in ``text``."""
    start = text.index(words)
    span = Span(start, start + len(words), kind, "warn", why)
    return suggestion_for(span, text, words_of(text, LEXICON, Manner.of(text)), LEXICON)


PLACES = [
    ("She came to London.", "London", "suggest-metropolis"),
    ("He studies in Leeds.", "Leeds", "suggest-city"),
    ("They moved to Stirling.", "Stirling", "suggest-town"),
    ("a shop in Hebden Bridge", "Hebden Bridge", "suggest-small-town"),
    ("a flat in hebden bridge", "hebden bridge", "suggest-small-town"),
    ("She is from Poland.", "Poland", "suggest-country"),
    ("She is from the United Kingdom.", "United Kingdom", "suggest-country"),
    ("She is from Xqzvwick.", "Xqzvwick", "suggest-place"),
]


@pytest.mark.parametrize(("text", "place", "key"), PLACES)
def test_a_place_is_as_large_as_it_is(text: str, place: str, key: str) -> None:
    """A city stays a city; what nobody knows is an area."""
    assert suggested(text, place, "place", "place") == Suggestion(key)


def test_a_street_is_a_street_whatever_it_is_called_after() -> None:
    """London Road has no eight million people."""
    assert suggested("at 4 London Road", "4 London Road", "place", "address") == Suggestion("suggest-address")


AGES = [
    ("the baby is 1", "1", "suggest-toddler"),
    ("a 7-month-old", "7", "suggest-toddler"),
    ("baby, 7mo, came", "7mo", "suggest-toddler"),
    ("a six week old baby", "six", "suggest-toddler"),
    ("on her eighteenth birthday", "eighteenth", "suggest-late-teens"),
    ("a girl of 4", "4", "suggest-small-child"),
    ("a boy of nine", "nine", "suggest-child"),
    ("a girl of 12", "12", "suggest-teenager"),
    ("a boy, seventeen", "seventeen", "suggest-teenager"),
    ("she is 18", "18", "suggest-late-teens"),
    ("she is nineteen", "nineteen", "suggest-late-teens"),
    ("he is eighty", "eighty", "suggest-over-eighty"),
    ("he is 97", "97", "suggest-over-eighty"),
]


@pytest.mark.parametrize(("text", "age", "key"), AGES)
def test_the_young_and_the_old_have_their_stage(text: str, age: str, key: str) -> None:
    """A decade would say too much of them, or too little."""
    assert suggested(text, age, "age", "age") == Suggestion(key)


DECADES = [
    ("She is 34.", "34", "30", "her"),
    ("He is 34 and his wife works.", "34", "30", "his"),
    ("They are 34.", "34", "30", "their"),
    ("A woman of twenty-one came.", "twenty-one", "20", "her"),
    ("Pt 45M, works nights.", "45M", "40", "his"),
    ("My client (52) said that he drinks.", "52", "50", "his"),
    ("His sister, 61, came with her son.", "61", "60", "her"),
    ("A person aged seventy five.", "seventy five", "70", "their"),
]


@pytest.mark.parametrize(("text", "age", "decade", "whose"), DECADES)
def test_an_age_is_its_decade_with_the_pronoun_beside_it(
    text: str, age: str, decade: str, whose: str
) -> None:
    """Hers where "she" or "woman" stands nearest, theirs where nothing tells."""
    assert suggested(text, age, "age", "age") == Suggestion(f"suggest-decade-{decade}", (("whose", whose),))


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("34", 34),
        ("34F", 34),
        ("4yo", 4),
        ("thirty-four", 34),
        ("Thirty Four", 34),
        ("nineteen", 19),
        ("eighty", 80),
        ("three and a half", 3),
        ("21st", 21),
        ("twenty-first", 21),
        ("fortieth", 40),
        ("eighteenth", 18),
        ("old", None),
        ("", None),
    ],
)
def test_years_are_read_in_figures_and_words(written: str, years: int | None) -> None:
    """None where there are none."""
    assert years_in(written) == years


ORGANISATIONS = [
    ("at Langlands Academy", "Langlands Academy", "school"),
    ("at St Monica's University", "St Monica's University", "university"),
    ("the Willow Clinic", "Willow Clinic", "clinic"),
    ("at Royal Infirmary", "Royal Infirmary", "hospital"),
    ("her Methodist Church", "Methodist Church", "church"),
    ("the Linthouse Boxing Club", "Linthouse Boxing Club", "club"),
    ("with Xqzvw Ltd", "Xqzvw Ltd", "company"),
    ("with Xqzvw", "Xqzvw", "organisation"),
]


@pytest.mark.parametrize(("text", "name", "kind"), ORGANISATIONS)
def test_an_organisation_is_what_its_name_says(text: str, name: str, kind: str) -> None:
    """By the word at its end."""
    assert suggested(text, name, "organisation", "organisation") == Suggestion(
        "suggest-organisation", (("kind", kind),)
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Langlands Primary School", "suggest-primary-school"),
        ("Caprock Elementary", "suggest-primary-school"),
        ("Langlands High School", "suggest-secondary-school"),
        ("Langlands Secondary", "suggest-secondary-school"),
    ],
)
def test_a_school_keeps_the_age_of_its_pupils(name: str, key: str) -> None:
    """That matters clinically, and thousands are called so."""
    assert suggested(f"at {name}.", name, "organisation", "organisation") == Suggestion(key)


PEOPLE = [
    ("Her brother Tomasz came.", "Tomasz", Suggestion("suggest-kin", (("kin", "brother"),))),
    ("Her brother, Tomasz, came.", "Tomasz", Suggestion("suggest-kin", (("kin", "brother"),))),
    ("His Mother (Tomasz) came.", "Tomasz", Suggestion("suggest-kin", (("kin", "mother"),))),
    ("My client Tomasz came.", "Tomasz", Suggestion("suggest-client")),
    ("pt Tomasz came.", "Tomasz", Suggestion("suggest-client")),
    ("My supervisor Tomasz came.", "Tomasz", Suggestion("suggest-colleague")),
    ("Tomasz came.", "Tomasz", Suggestion("suggest-person")),
    ("Her brother left. Then Tomasz came.", "Tomasz", Suggestion("suggest-person")),
    ("Her brother is here; so is Tomasz.", "Tomasz", Suggestion("suggest-person")),
]


@pytest.mark.parametrize(("text", "name", "suggestion"), PEOPLE)
def test_a_person_is_who_they_are_to_somebody(text: str, name: str, suggestion: Suggestion) -> None:
    """By the word of kin, or of work, right before the name."""
    assert suggested(text, name, "person") == suggestion


DATES = [
    ("12 January 2021", Suggestion("suggest-season", (("season", "winter"),))),
    ("dec", Suggestion("suggest-season", (("season", "winter"),))),
    ("3 May", Suggestion("suggest-season", (("season", "spring"),))),
    ("märz", Suggestion("suggest-season", (("season", "spring"),))),
    ("August", Suggestion("suggest-season", (("season", "summer"),))),
    ("5th of november", Suggestion("suggest-season", (("season", "autumn"),))),
    ("2019", Suggestion("suggest-years")),
    ("'98", Suggestion("suggest-years")),
    ("12/03/2021", Suggestion("suggest-years")),
    ("24/12", Suggestion("suggest-date")),
    ("the 14th", Suggestion("suggest-date")),
    ("Boxing Day", Suggestion("suggest-holiday")),
    ("Diwali", Suggestion("suggest-holiday")),
]


@pytest.mark.parametrize(("written", "suggestion"), DATES)
def test_a_date_is_a_season_or_some_years_ago(written: str, suggestion: Suggestion) -> None:
    """A feast is a holiday."""
    assert suggested(f"It was {written}, then.", written, "date", "date") == suggestion


OTHERS: list[Kind] = ["contact", "id", "handle", "profession", "family"]


@pytest.mark.parametrize("kind", OTHERS)
def test_the_rest_has_one_sentence_each(kind: Kind) -> None:
    """Nothing general stands for a phone number."""
    assert suggested("xyz", "xyz", kind) == Suggestion(f"suggest-{kind}")


def test_every_suggestion_has_its_sentence() -> None:
    """Whatever is suggested can be shown."""
    texts = english().texts
    keys = {key for _, _, key in (*PLACES, *AGES)} | {f"suggest-{kind}" for kind in OTHERS}
    assert all(
        texts(key) for key in keys | {"suggest-address", "suggest-person", "suggest-years", "suggest-age"}
    )
    assert len({texts("suggest-organisation", kind=kind) for kind in KINDS_OF_ORGANISATION}) == len(
        KINDS_OF_ORGANISATION
    )
    for decade in range(20, 80, 10):
        assert len({texts(f"suggest-decade-{decade}", whose=whose) for whose in ("her", "his", "their")}) == 3
    assert "brother" in texts("suggest-kin", kin="brother")
    assert (
        len({texts("suggest-season", season=season) for season in ("winter", "spring", "summer", "autumn")})
        == 4
    )
