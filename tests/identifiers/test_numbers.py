import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.lexicon import Lexicon
from bot.identifiers.rules.numbers import find_numbers

LEXICON = Lexicon.of("en")


def found(text: str) -> list[tuple[str, str]]:
    """Kind and words of every span, the longest of those that overlap."""
    kept: list[tuple[str, int, int]] = []
    for span in sorted(find_numbers(text, LEXICON), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1][2]:
            kept.append((span.kind, span.start, span.end))
    return [(kind, text[start:end]) for kind, start, end in kept]


VALID = [
    "GB82 WEST 1234 5698 7654 32",
    "DE89370400440532013000",
    "FR14 2004 1010 0505 0001 3M02 606",
    "943 476 5870",
    "401-023-2137",
    "1112.22.333",
    "123-456-782",
    "123 456 782",
    "36 574 261 809",
    "211062-5629",
    "880320-0016",
    "19880320-0016",
    "151086 95088",
    "54362315K",
    "54362315-K",
    "X-2482300W",
    "2 95 10 99 126 111 93",
    "RCCMNL83S18D969H",
    "6433435F",
    "6433435FT",
    "2341 2341 2346",
    "ACUPA7085R",
    "536-90-4399",
    "B801200005001",
    "AB 12 34 56 C",
    "ab123456c",
    "4111 1111 1111 1111",
    "5500-0000-0000-0004",
    "3782 822463 10005",
]


@pytest.mark.parametrize("number", VALID)
@pytest.mark.parametrize("frame", ["{}", "It is {}.", "({})", "hers: {}, I think"])
def test_numbers_with_a_check_digit_are_found(number: str, frame: str) -> None:
    """Bank accounts, cards, and the numbers by which countries know a person, as they are written there."""
    assert found(frame.format(number)) == [("id", number)]


INVALID = [
    "943 476 5871",
    "123-456-783",
    "36 574 261 808",
    "2341 2341 2347",
    "4111 1111 1111 1112",
    "000-90-4399",
    "150 200 250",
    "120 240 360",
    "12 14 13 11 10",
    "1 2 3 4 5 6 7 8 9 10 11",
]


@pytest.mark.parametrize("number", INVALID)
def test_groups_of_figures_with_no_check_digit_are_let_through(number: str) -> None:
    """A row of scores or doses is no number of a person."""
    assert found(f"It was {number} then.") == []


AFTER_A_WORD = [
    ("case number 4471/22", "4471/22"),
    ("Case no. 12345", "12345"),
    ("ref: KZ-4471", "KZ-4471"),
    ("the file, reference 2021/4471-b", "2021/4471-b"),
    ("policy 884120", "884120"),
    ("hospital number H0044719", "H0044719"),
    ("hospital number MMS 0071942", "MMS 0071942"),
    ("labour permit no LP 7730419", "LP 7730419"),
    ("a docket, CAS 118/12", "CAS 118/12"),
    ("ref ANF 20 884", "ANF 20 884"),
    ("member id YDM884120937", "YDM884120937"),
    ("passport C4HX71K22", "C4HX71K22"),
    ("his badge is 44719", "44719"),
    ("NHS no. 9434765918", "9434765918"),
    ("crime no. NP-61804", "NP-61804"),
    ("claim #77120", "77120"),
]


@pytest.mark.parametrize(("text", "number"), AFTER_A_WORD)
def test_numbers_that_are_announced_are_found(text: str, number: str) -> None:
    """Whatever their form."""
    assert found(f"I have {text}, she said.") == [("id", number)]


BY_FORM = [
    "M/PSY/4481",
    "HX-44-0917",
    "DIV-388-2024",
    "SN24P00187",
    "hx23p00471",
    "12345/04",
    "44/771/2020",
    "ABC123456",
    "XQ 44719",
    "88412093",
    "LK17 ABC",
    "LK17ABC",
    "191-D-44719",
    "B-MW 4471",
    "HH-AB 123",
]


@pytest.mark.parametrize("number", BY_FORM)
def test_numbers_are_found_by_their_form(number: str) -> None:
    """Files of courts and clinics, number plates of three countries."""
    assert found(f"It says {number}, he says.") == [("id", number)]


HANDLES = [
    "quiet_harbor",
    "anna_b.2",
    "sunny.anna88",
    "annab1987",
    "u/quietharbor",
    "r/therapists",
    "Luna4ever",
]


@pytest.mark.parametrize("handle", HANDLES)
def test_user_names_are_found(handle: str) -> None:
    """By the signs that no other word has."""
    assert found(f"She is {handle} there.") == [("handle", handle)]


CLEAN = [
    "PHQ-9 17/27, GAD-7 12, CORE-10 of 18, CORE-34, PCL-5 51, EPDS 14/30, AUDIT-C 7.",
    "ICD F33.1, F43.10, ICD-10 F32.1, ICD-11 6B41, DSM-5 309.81, DSM-IV, dx on file F33.1, ?F43.1.",
    "20mg, 150 mg, 0.5 mg, 200-300 mg, 1,000 IU; sertraline 100mg x2, 50/100mg.",
    "15:30, 09.30-10.20, 17:00-17:50; session 14 of 20, week 3/12, 1-2 weeks, 24/7.",
    "Blood pressure 120/80, pulse 72, BMI 19.4, 0-10 scale 7/10, T-score 65-70, HbA1c 42.",
    "£1,200, €500,000, $20, 500,000 people, R950 a session, 1000000 steps, 250000 words, 40k.",
    "1998-2003, 2019/20, 2019-2020, 2019/2020, in 2021-22, 1969/1982, 12/03/2021, 03.04.2020, 2020-01-02.",
    "MDMA, LGBTQ+, A-levels, 9-5, 50-50, 1:1, 3x3 grid, 2x a week, Covid-19, COVID19, 5-HTP, B12, Type 2.",
    "Day 1/3, step 4 of 12, CBT-E, ACT, EMDR phase 2-3, level 2, year 10, form 3, age 12-18, U18s, under18s.",
    "MP3, mp4, 4x4, A4, M25, A40, B&B, H2O, CO2, PTSD-8, week12, session14, page34, top10, nov2020.",
    "Klein 1946; Winnicott 1953, pp. 89-97; (Bowlby, 1969/1982) vol. 3.",
    "and/or s/he w/o b/c self-harm/suicide CBT/DBT; in case 3 of us come; 3 clients, 12 patients.",
    "a patient 1 of 3, the client 2nd, on the record at 3, file by 5, ID, NHS, no 14 at all.",
    "She rated 12 14 13 11 10, then 18-16-14-12 and 12/14/13/11.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_figures_of_clinical_work_are_let_through(text: str) -> None:
    """Scores, codes, doses, times, sums and years point at nobody."""
    assert found(text) == []


def test_numbers_block() -> None:
    """Only a number plate in lower case may be something else."""
    assert {
        span.severity for span in find_numbers("4111 1111 1111 1111, ref KZ-4471, quiet_harbor", LEXICON)
    } == {"block"}
    assert [span.severity for span in find_numbers("his van, lk17 abc", LEXICON)] == ["warn"]


@given(st.text(st.sampled_from("0123456789 -/.,ABCxyz_:£%"), max_size=60))
def test_any_figures_can_be_looked_at(text: str) -> None:
    """Nothing fails, and no span is empty or begins outside the text."""
    assert all(0 <= span.start < span.end <= len(text) for span in find_numbers(text, LEXICON))
