import logging
import random
import socket
import time
from collections.abc import Callable
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers import Finding, find, find_with
from bot.identifiers.findings import Span
from bot.identifiers.review import merged
from tests.conftest import english

SENTENCES = [
    "Zdzisława Krüger came back on 12 March 2021 with her brother Tomasz.",
    "she is 34 and lives at 14 Langlands Road, G51 3UU",
    "Call oh seven seven double oh nine hundred one four two, or anna@example.org.",
    "Her case number is KZ-4471/22; she is the youngest of nine sisters.",
    "PHQ-9 was 17/27, F33.1, 20mg, 15:30, session 14 of 20.",
    "I felt bored, then guilty. My supervisor asked why.",
    "ALL OF THIS IN CAPITALS, EVEN QUENTIN",
    "all in lower case, even quentin and zdzisława",
    "Ａｎｎａ, Аnnа, an\u00adna, 👩‍⚕️, שלום, مرحبا, 東京, \u202eanna\u202c",
]
TEXTS = english().texts
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "pl", "tr", "xx", "", "en-GB", "zh-Hant"])


def assert_sound(text: str, findings: tuple[Finding, ...]) -> None:
    ends = [0, *(finding.end for finding in findings)]
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    assert all(end <= finding.start for end, finding in zip(ends, findings, strict=False))
    for finding in findings:
        words = text[finding.start : finding.end]
        assert words.strip()
        assert finding.severity in {"block", "warn"}
        assert finding.why.startswith("finding-")
        assert finding.suggestion.key.startswith("suggest-")


@given(st.text(max_size=120), LANGUAGES)
def test_findings_are_in_order_and_apart(text: str, language: str) -> None:
    """Inside the text, never empty, in any text and any language."""
    assert_sound(text, find_with(None, text, language))


@given(
    st.lists(st.sampled_from(SENTENCES), max_size=6), st.sampled_from([" ", "\n", "\n\n- ", ""]), LANGUAGES
)
def test_findings_of_sentences_are_in_order_and_apart(parts: list[str], joint: str, language: str) -> None:
    """Also where many stand together, and looking twice finds the same."""
    text = joint.join(parts)
    findings = find_with(None, text, language)
    assert_sound(text, findings)
    assert findings == find_with(None, text, language)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_every_finding_can_be_shown(parts: list[str]) -> None:
    """Why it was found, and what could stand there instead."""
    text = " ".join(parts)
    for finding in find_with(None, text):
        assert "these words" in TEXTS(finding.why, words="these words")
        assert TEXTS(finding.suggestion.key, **dict(finding.suggestion.values))


# Merging

TEXT = "My client Anna Berger, of 14 Mill Road (Leeds), left."


def span(words: str, kind: str = "person", severity: str = "warn", why: str = "name") -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), kind, severity, why)  # type: ignore[arg-type]


def merged_words(*spans: Span) -> list[tuple[str, str, str]]:
    return [(each.kind, each.severity, TEXT[each.start : each.end]) for each in merged(spans, TEXT)]


def test_what_overlaps_becomes_one() -> None:
    """As long as both, and it blocks if one of them does."""
    assert merged_words(span("Berger", severity="block"), span("Anna Berger")) == [
        ("person", "block", "Anna Berger")
    ]
    assert merged_words(span("Anna Berger, of"), span("of 14 Mill", "place")) == [
        ("person", "warn", "Anna Berger, of 14 Mill")
    ]
    assert merged_words(span("14 Mill Road", "place"), span("14", "age")) == [
        ("place", "warn", "14 Mill Road")
    ]


def test_what_is_apart_stays_apart() -> None:
    """In the order of the text, whatever the order of the rules."""
    assert [words for _, _, words in merged_words(span("Leeds", "place"), span("Anna"), span("Berger"))] == [
        "Anna",
        "Berger",
        "Leeds",
    ]


def test_ends_are_trimmed() -> None:
    """Space and signs at the ends are no part of what identifies; what is only that is nothing."""
    assert merged_words(span("client Anna "), span(", of"), span(" 14 Mill", "place")) == [
        ("person", "warn", "client Anna"),
        ("person", "warn", "of"),
        ("place", "warn", "14 Mill"),
    ]
    assert merged_words(span(", ")) == []


def test_nothing_merged_is_nothing() -> None:
    """No finding is the usual case."""
    assert merged((), TEXT) == []


# What was found once


def words_found(text: str, language: str = "en") -> list[str]:
    return [text[finding.start : finding.end] for finding in find_with(None, text, language)]


REPEATED = [
    ("My client Quentin came. quentin smiled.", ["Quentin", "quentin"]),
    ("My client Quentin came. QUENTIN smiled.", ["Quentin", "QUENTIN"]),
    ("My client Quentin came. It was Quentin’s turn.", ["Quentin", "Quentin"]),
    ("My client Quentin came. It was quentin's turn.", ["Quentin", "quentin"]),
    ("Mr Zdzislaw came. The Zdzislaws are many.", ["Mr Zdzislaw", "Zdzislaws"]),
]


@pytest.mark.parametrize(("text", "names"), REPEATED)
def test_a_name_is_found_wherever_else_it_stands(text: str, names: list[str]) -> None:
    """Without its capital, in capitals, with a possessive, in the plural."""
    assert words_found(text) == names


def test_a_title_belongs_to_the_name() -> None:
    """Nobody is called "Dr"."""
    assert words_found("I met Dr. Zdzislaw there.") == ["Dr. Zdzislaw"]


LET_THROUGH = [
    "",
    "   \n\n ",
    "My client feels that I don't listen, and I wonder whether that is so.",
    "I felt bored in the session, then guilty; my supervisor asked what I was avoiding.",
    "PHQ-9 17/27, GAD-7 12, CORE-10 18, ICD F33.1, DSM-5, 20mg sertraline, 15:30, session 14 of 20.",
    "We used CBT, then EMDR and ACT, as Bowlby and Winnicott would not have done.",
    "She may come on Monday. In spring he was well. They march on.",
    "On the way to court she stopped in the square, down the road, in the first place.",
    "Blood pressure 120/80, £1,200, 500,000, 24/7, 9/11, 1-2 weeks.",
    "one two three four, breathe; five four three two one",
]


@pytest.mark.parametrize("text", LET_THROUGH)
def test_clinical_sentences_are_let_through(text: str) -> None:
    """A false alarm costs the trust in all others."""
    assert words_found(text) == []


ELSEWHERE = [
    (
        "de",
        "Meine Klientin Frau Petra Zschoche kam am 12. März 2021 aus der Hauptstraße 12.",
        ["Zschoche", "12. März 2021", "Hauptstraße 12"],
    ),
    (
        "de",
        "Er, 34 Jahre alt, schrieb von jan.kruse at kestrelmail punkt de.",
        ["34", "jan.kruse at kestrelmail punkt de"],
    ),
    (
        "fr",
        "Ma patiente Bénédicte, 34 ans, habite 12 rue Victor Hugo depuis le 3 février.",
        ["Bénédicte", "34", "12 rue Victor Hugo", "3 février"],
    ),
    (
        "es",
        "Mi paciente Itziar vive en la calle Mayor 4 desde el 4 de mayo de 2019.",
        ["Itziar", "calle Mayor 4", "4 de mayo de 2019"],
    ),
    ("es", "Escribe de ana arroba correo punto com, y tiene 34 años.", ["ana arroba correo punto com", "34"]),
    (
        "it",
        "La signora Zanchetta, 34 anni, abita in via Garibaldi 12 dal 12 maggio.",
        ["Zanchetta", "34", "via Garibaldi 12", "12 maggio"],
    ),
    (
        "nl",
        "Mijn cliënt Sjoerd, 34 jaar oud, woont in de Kerkstraat 4 sinds 5 januari.",
        ["Sjoerd", "34", "Kerkstraat 4", "5 januari"],
    ),
    (
        "pl",
        "Pan Zdzisław, 34 lat, mieszka na ul. Długa 12 od 5 sierpnia.",
        ["Zdzisław", "34", "ul. Długa 12", "5 sierpnia"],
    ),
    (
        "tr",
        "Danışanım Nurettin, 34 yaşında, Atatürk Caddesi 12, 17 ağustos.",
        ["Nurettin", "34", "Atatürk Caddesi 12", "17 ağustos"],
    ),
    (
        "pt",
        "O meu paciente Getúlio, 34 anos, mora na rua Augusta desde 12 de março.",
        ["Getúlio", "34", "rua Augusta", "12 de março"],
    ),
]


@pytest.mark.parametrize(("language", "text", "identifying"), ELSEWHERE)
def test_texts_of_other_languages_are_looked_through(
    language: str, text: str, identifying: list[str]
) -> None:
    """Names, ages, dates and addresses as they are written there."""
    covered = "\n".join(words_found(text, language))
    assert [words for words in identifying if words not in covered] == []


# What may be thrown at it


def noise(sort: str) -> str:
    dice = random.Random(sort)
    anything = [*range(32, 0xD800), *range(0xE000, 0x11000)]
    signs: dict[str, Callable[[], str]] = {
        "one letter": lambda: "a",
        "figures": lambda: dice.choice("0123456789"),
        "letters apart": lambda: "a ",
        "counted": lambda: "one ",
        "brackets": lambda: "(",
        "anything": lambda: chr(dice.choice(anything)),
        "marks": lambda: dice.choice("e\u0301\u00ad\u200d\ufe0f"),
        "numbers apart": lambda: f"{dice.randrange(10 ** dice.randrange(1, 11))} ",
        "capitals": lambda: f"{dice.choice('ABCDEF')}{dice.choice('abc')}{dice.choice('xyz')} ",
        "signs": lambda: dice.choice("@.:/-_#<>()[]'’ a1\n"),
        "spaces": lambda: dice.choice(" \n\t\u00a0"),
        "lower case": lambda: "".join(dice.choice("abcdefgh") for _ in range(dice.randrange(1, 9))) + " ",
    }
    return "".join(signs[sort]() for _ in range(20_000))[:20_000]


NOISE = [
    "one letter",
    "figures",
    "letters apart",
    "counted",
    "brackets",
    "anything",
    "marks",
    "numbers apart",
    "capitals",
    "signs",
    "spaces",
    "lower case",
]


@pytest.mark.parametrize("sort", NOISE)
def test_long_noise_is_looked_through_quickly(sort: str) -> None:
    """20,000 characters of anything take a second, not minutes."""
    text = noise(sort)
    began = time.process_time()
    assert_sound(text, find_with(None, text))
    assert time.process_time() - began < 3


def test_a_long_text_is_looked_through_whole() -> None:
    """20,000 characters, and the last of them counts."""
    text = f"{'She smiled. ' * 1660}anna@example.org"
    assert words_found(text) == ["anna@example.org"]


def test_the_review_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is opened, whatever stands in the text."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert find(" ".join([*SENTENCES, "https://example.org/anna"]))


def test_the_review_says_nothing_to_anybody(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """What it reads is in no log and on no screen."""
    with caplog.at_level(logging.DEBUG):
        find(" ".join(SENTENCES))
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
