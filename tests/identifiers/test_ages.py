import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.rules.ages import find_ages


def found(text: str) -> list[str]:
    """The words of every span, in order, each once."""
    spans = sorted(set(find_ages(text)))
    assert all((span.kind, span.severity, span.why) == ("age", "warn", "age") for span in spans)
    return [text[span.start : span.end] for span in spans]


AGES = [
    ("a 34-year-old woman", "34"),
    ("a 34 year old", "34"),
    ("he is 34 years old", "34"),
    ("a thirty-four-year-old", "thirty-four"),
    ("twenty two years old", "twenty two"),
    ("a 7-month-old baby", "7"),
    ("a six week old baby", "six"),
    ("aged 34", "34"),
    ("AGED 34", "34"),
    ("age: 34", "34"),
    ("at the age of twelve", "twelve"),
    ("she turned forty in the autumn", "forty"),
    ("she is pushing fifty", "fifty"),
    ("she's 34 now", "34"),
    ("hes 19 and", "19"),
    ("he was just nineteen", "nineteen"),
    ("the client is 34.", "34"),
    ("when she was six, he left", "six"),
    ("his mother died at 52", "52"),
    ("a woman of sixty, alone", "sixty"),
    ("a lad of 19 who drinks", "19"),
    ("pt 34F, anxious", "34F"),
    ("34M, seen today", "34M"),
    ("a 4yo girl", "4yo"),
    ("a 14 yo boy", "14 yo"),
    ("a 27 y/o", "27 y/o"),
    ("Dervla, 44, came", "44"),
    ("Anna Berger, 44; her son", "44"),
    ("Vasundhara (27) came", "27"),
    ("Dervla is 44 and tired", "44"),
    ("Poppy is nine", "nine"),
    ("her brother tomasz, 34, drove", "34"),
    ("her son is 9 and", "9"),
    ("the kids are 4 and", "4"),
    ("my nan's 91", "91"),
    ("for his 21st.", "21st"),
    ("her fortieth birthday", "fortieth"),
    ("une femme de 34 ans", "34"),
    ("una mujer de 34 años", "34"),
    ("eine Frau, 34 Jahre alt", "34"),
    ("een vrouw van 34 jaar", "34"),
    ("kobieta, 34 lat", "34"),
    ("34 yaşında bir kadın", "34"),
]


@pytest.mark.parametrize(("text", "age"), AGES)
def test_ages_are_found(text: str, age: str) -> None:
    """In figures and in words, by what stands beside them."""
    assert found(text) == [age]


CLEAN = [
    "She's 5 minutes late, he was 10 weeks in, they were two of many.",
    "He is one of three, she is one to watch.",
    "He was one, who was two minds about it; it is 15:30; she's 50% better; he was 40 k away.",
    "It is 20 m long; 20m on; he ran 10 m, and 12 f stop; 5 f or 6 m.",
    "PHQ-9 is 14, (17), GAD-7 was 12; Score is 14; Session 12, then; Week 3, again; Step 4.",
    "In Leeds, 20 minutes away; on Sertraline, 50 mg; Room 12, please; Monday, 12 sharp.",
    "Rated 7 8 6; 12 14 13; 3 of 5; 2 or 3; 4 to 6; 10 out of 10.",
    "She has turned one of us away; turning two pages; he turned 180 degrees; a turn of 3 steps.",
    "The first of May, the third time, her 3rd session, his second wife, their 10th week of it.",
    "A man of few words, a child of two parents, a mother of three, a woman of one mind.",
    "He is two sessions in; they are three sisters; she was four months sober; we are 8 people.",
    "A house a hundred and ten years old. Two years ago, for ten years, within 3 days.",
    "In her thirties, in his forties, a teenager, an old man, a middle-aged woman.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_figures_that_are_no_age_are_let_through(text: str) -> None:
    """Scores, doses, times, distances, counts and decades."""
    assert found(text) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "she",
                "is",
                "34",
                "nine",
                "Anna",
                ",",
                "(",
                ")",
                "aged",
                "of",
                "man",
                "years",
                "old",
                "34f",
                "\n",
                "21st",
                "İ",
            ]
        ),
        max_size=14,
    ),
    st.sampled_from(["", " "]),
)
def test_any_words_can_be_looked_at(words: list[str], joint: str) -> None:
    """Nothing fails, and no span is empty or lies outside the text."""
    text = joint.join(words)
    assert all(0 <= span.start < span.end <= len(text) for span in find_ages(text))
