import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.rules.addresses import find_addresses


def found(text: str) -> list[str]:
    """The words of every span, those that overlap or touch as one."""
    places = bytearray(len(text) + 1)
    for span in find_addresses(text):
        assert (span.kind, span.severity, span.why) == ("place", "warn", "address")
        places[span.start : span.end] = b"\1" * (span.end - span.start)
    starts = [at for at in range(len(text)) if places[at] and not (at and places[at - 1])]
    return [text[start : places.index(0, start)] for start in starts]


ADDRESSES = [
    # Great Britain
    "14 Langlands Road",
    "14a Langlands Road",
    "221B Baker Street",
    "42 carntyne gdns",
    "7 old mill lane",
    "3 St Mary's Court",
    "12 Castle Gate",
    "Langlands Road",
    "College Avenue",
    "G51 3UU",
    "SW1A 1AA",
    "ls6 3hn",
    "flat 2/1",
    "Flat 88",
    "room 14b",
    "Rm 318C",
    # Ireland
    "12 O'Connell Street",
    "Rathmines Road",
    "D02 X285",
    # The United States, Canada
    "1600 Pennsylvania Avenue",
    "350 Fifth Avenue",
    "12 N Main St",
    "apt 1709",
    "TX 79336",
    "NY 10001-1234",
    "zip 79336",
    "88 Bloor Street",
    "M5V 2T6",
    # Australia
    "15 Wattle Crescent",
    "NSW 2000",
    # Germany, Austria
    "Hauptstraße 12",
    "Kirchgasse 4",
    "Unter den Linden Allee 3",
    "Goethe-Straße 7",
    "Schillerstr. 9",
    "10115 Berlin",
    "D-10115 Berlin",
    # The Netherlands
    "Kerkstraat 4",
    "Prinsengracht 263",
    # France
    "rue de la Paix",
    "12 rue Victor Hugo",
    "avenue des Ternes",
    "75011 Paris",
    # Spain, Italy
    "calle Mayor 4",
    "Calle de Alcalá 12",
    "Avenida de América",
    "via Garibaldi 12",
    "Piazza Navona",
    # Poland
    "ul. Długa 12",
    "ulica Piotrkowska 4",
    "00-950 Warszawa",
    # Turkey
    "Atatürk Caddesi 12",
    "Lale Sokak No 4",
    "06100 Çankaya",
    # India
    "14 Brigade Road",
    "MG Road",
    "Mumbai - 400 001",
    "pin code 400001",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("frame", ["She lives at {} now.", "home: {}, alone", "({})"])
def test_addresses_are_found(address: str, frame: str) -> None:
    """With what the country puts before and after the name of a street."""
    places = found(frame.format(address))
    assert len(places) == 1
    assert address.removeprefix("Unter den ") in places[0]


LOWER = [
    ("he got a flat on langlands road", "langlands road"),
    ("off county road, by the shop", "county road"),
    ("on lower kula road", "lower kula road"),
    ("the centre in mill street", "mill street"),
]


@pytest.mark.parametrize(("text", "street"), LOWER)
def test_streets_in_lower_case_are_found_after_a_word_of_place(text: str, street: str) -> None:
    """As people type on a phone."""
    assert found(text) == [street]


CLEAN = [
    "On the way, in the way, by the way, all the way; a long way; my way, her way of it, No Way.",
    "At court, in court, at Crown Court, the High Court, the Family Court, a Supreme Court case.",
    "In the square, back to square one, a square meal; in the gardens; in a row; a short walk.",
    "Down the road, along the lane, off the main road, on the high street, across the street, in the drive.",
    "In the first place, a safe place, a place of safety, her place, First Place; this place; taking place.",
    "3 of us on the road, 10 minutes along the lane, 2 sessions down the road, 4 people in a close group.",
    "5 steps on the way, 3 weeks in place, 12 clients in a row, 20 minutes walk, 2 days to court.",
    "Down memory lane, on the wrong road, on a dark street, sex drive, a close friend, a close.",
    "Via GP, via Zoom, via Teams, via her PCP, via Skype; rue the day; a plaza, a weg, the platz.",
    "B12 3mg, T4 2ml, wk12 3pm, q3 4th, s2 1st, d3 2nd, F32 1pm, A1C 7.9, 2000 IU of it.",
    "PHQ-9 12, GAD-7 14, room 3, the room, flat mood, flat affect, apt to cry, suite of tests.",
    "12345, 10000 Euro, 20000 Pounds, 12-345, 50000 people, ICD 12345, item 14b.",
    "Arbeitsplatz, Schulweg, Spielplatz, auf dem Weg, auf der Straße, dans la rue, en la calle, ulica.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_ways_and_places_of_no_name_are_let_through(text: str) -> None:
    """The words that streets are called by are common ones."""
    assert found(text) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "The",
                "Mill",
                "mill",
                "Road",
                "road",
                "on",
                "rue",
                "de",
                "St",
                "SW1A",
                "1AA",
                "flat",
                "-",
                ",",
                "\n",
            ]
        ),
        max_size=12,
    )
)
def test_any_words_can_be_looked_at(words: list[str]) -> None:
    """Nothing fails, and no span is empty or lies outside the text."""
    text = " ".join(words)
    assert all(0 <= span.start < span.end <= len(text) for span in find_addresses(text))
