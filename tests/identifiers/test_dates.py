import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.lexicon import Lexicon
from bot.identifiers.rules.dates import find_dates

LEXICON = Lexicon.of("en")


def found(text: str) -> list[str]:
    """The words of every span, those that overlap as one."""
    places = bytearray(len(text) + 1)
    for span in find_dates(text, LEXICON):
        assert (span.kind, span.severity, span.why) == ("date", "warn", "date")
        places[span.start : span.end] = b"\1" * (span.end - span.start)
    starts = [at for at in range(len(text)) if places[at] and not (at and places[at - 1])]
    return [text[start : places.index(0, start)].strip() for start in starts]


DATES = [
    # In figures
    "12/03/2021",
    "12.03.21",
    "3-4-2020",
    "2021-03-12",
    # In words
    "12 March 2021",
    "the 12th of March",
    "March 12th, 2021",
    "Mar 12",
    "12 mar",
    "the third of May",
    "the twenty-first of June 2019",
    "Monday 3 May",
    "3–5 May",
    "early October",
    "late-October",
    "the end of March",
    "the night of the 5th of November",
    "the last Saturday in August",
    "the second week in August",
    "last February",
    "February",
    "Sept '98",
    "October 2021",
    "july 2020",
    "October twenty nineteen",
    "Nov 2022",
    # In other languages
    "12. März 2021",
    "3 février",
    "4 de mayo de 2019",
    "12 maggio",
    "5 sierpnia",
    "23 nisan",
    "17 ağustos 1999",
    "27 Rajab",
    "Oktober",
    # Years
    "2019",
    "1998-2003",
    "2019/20",
    "summer 2016",
    "the summer of 76",
    "the winter of '98",
    # Feasts
    "Christmas Eve",
    "Boxing Day",
    "good friday",
    "new year's eve 2006",
    "St David's Day",
    "the feast of St Brigid",
    "the eve of St Brigid's Day",
    "Easter Monday",
]


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("frame", ["{}", "It was on {}.", "({})", "since {}, I think", "SINCE {}"])
def test_dates_are_found(date: str, frame: str) -> None:
    """Whole, however they are written."""
    written = date.upper() if frame.isupper() else date
    assert found(frame.format(written)) == [written]


AFTER_A_WORD = [
    ("She came back in May.", "May"),
    ("sober since march", "march"),
    ("until next may, then", "next may"),
    ("We began this May.", "this May"),
    ("We met one bright May morning.", "May"),
    ("it ended on the 14th.", "the 14th"),
    ("due on the seventh", "the seventh"),
    ("tuesday the 4th he rang", "tuesday the 4th"),
    ("she died on 24/12.", "24/12"),
    ("seen 3/4, then home", "3/4"),
    ("seen on 28.9.", "28.9."),
    ("It was '98, back in '98.", "'98"),
    ("back in nineteen eighty-four", "nineteen eighty-four"),
    ("before Eid", "Eid"),
    ("since Diwali.", "Diwali"),
    ("over christmas she", "christmas"),
    ("after kurban bayramı", "kurban bayramı"),
    ("every Easter", "every Easter"),
    ("on new year's day", "new year's day"),
    ("for St Patrick's", "St Patrick's"),
    ("in diwali week", "diwali week"),
    ("in Lent", "Lent"),
    ("during Ramadan", "Ramadan"),
    ("since Pride last year", "Pride"),
    ("all is well since Yom Kippur", "Yom Kippur"),
    ("before All Saints", "All Saints"),
]


@pytest.mark.parametrize(("text", "date"), AFTER_A_WORD)
def test_dates_are_found_by_the_words_beside_them(text: str, date: str) -> None:
    """A month that is a verb too, a day without a month, a feast."""
    assert found(text) == [date]


CLEAN = [
    "She may come, may be late, and may well leave. May I? May she rest. It may, or it may not.",
    "This may be so. This may help. People You May Know. The one before may have been better.",
    "They march on. A march of time; marching, marched. It marches forward. March on!",
    "An august person, an autumnal mood, a sunny day, one second of silence, in the first place.",
    "24/7, 9/11, 7/7; 1-2 weeks, 3/4 of the time, 7/10 on the scale, 17/27, 50/50, 2/12 for review.",
    "The second session, on the third day, for the 3rd time, in the 20th century, on the 2nd floor.",
    "PHQ-9 12.3, CORE-OM 2.1 → 1.9. EDE-Q 4.9. Mean 16.4. Sugar 11.2. At 10.30, 09.30-10.20.",
    "They pay 2000, about 2000 steps, 1950 calories, 2000 mg, 2000 people, £2000, 2000ml, 2,000.",
    "Bowlby (1969), Bowlby 1969, Winnicott, 1953, (Klein, 1946) and Freud's 1915 paper.",
    "In the 1990s and the 90s, in their '60s, in her 30s, the sixties.",
    "Last week, next month, two years ago, on Monday, in spring, this winter, at the weekend, yesterday.",
    "A carnival of feelings, an epiphany at last, with pride, she lent me a book, in advent of that.",
    "April showers of tears. In the middle of the night, at the end of the day, the first of many.",
    "I was sat in the sun. Mars and Venus. The jun. doctor. A dec. in mood. Nova. Mayonnaise. Marc, Juno.",
    "Count to twenty twenty times; two thousand and more; nineteen of us; one to ten.",
    "room 1204, page 1987a, item 2021.5, code 19-2021, 12021, v2.0.2019.1",
    "On the day he left, on the night shift, on the holiday, all day, last night, every sunday.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_words_and_figures_that_are_no_date_are_let_through(text: str) -> None:
    """Verbs, scores, sums, sources, and times that repeat or go by."""
    assert found(text) == []


def test_a_name_day_of_no_saint_is_none() -> None:
    """Nor is the beginning of a longer word a month."""
    assert found("her name day, a decade, an octet, a junta, a novel, marchers, maypole, septic") == []


@given(
    st.lists(
        st.sampled_from(
            [
                *DATES,
                "may",
                "the",
                "on",
                "of",
                "12",
                "since",
                "3rd",
                "day",
                "week",
                "'",
                ".",
                "\n",
                "eid",
                "st",
            ]
        ),
        max_size=12,
    )
)
def test_any_words_can_be_looked_at(words: list[str]) -> None:
    """Nothing fails, and no span is empty or lies outside the text."""
    text = " ".join(words)
    assert all(0 <= span.start < span.end <= len(text) for span in find_dates(text, LEXICON))


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    """Also where its lower case is longer than itself."""
    framed = f"{text} İ May {text}"
    assert all(0 <= span.start < span.end <= len(framed) for span in find_dates(framed, LEXICON))
