"""The score of the identifier benchmark: what counts as found, as a false alarm, and as a leak."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.identifiers import golds_of, only_blocks, pages, share
from benchmarks.scoring import Score, lowered, score

REFERENCE = Path(__file__).parents[3] / "shared" / "tools" / "identifier_score.py"
TEXT = "Dr. Anna Berger of Leeds met the Polish nurse, aged 34. She read Beck."


def span(words: str, kind: str = "", text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "type": kind}


GOLD: dict[str, Any] = {
    "id": "one",
    "text": TEXT,
    "spans": [span("Dr. Anna Berger", "PERSON"), span("Leeds", "PLACE"), span("34", "AGE")],
    "neutral_spans": [span("Polish", "NEUTRAL")],
    "safe_spans": [span("Beck", "SAFE")],
}


def scored(*words: str, **gold: Any) -> Score:
    return score([{**GOLD, **gold}], {"one": [span(each) for each in words]})


def test_a_span_is_found_when_every_telling_word_of_it_is_covered() -> None:
    """By one finding or by several, of whatever kind; a title needn't be."""
    assert scored("Anna Berger").recall("PERSON") == 1
    assert scored("Anna", "Berger").recall("PERSON") == 1
    assert scored("Anna").recall("PERSON") == 0
    assert scored("Dr. Anna Berge").recall("PERSON") == 0
    assert scored("Leeds").recall("PERSON", "PLACE", "AGE") == pytest.approx(1 / 3)
    assert scored("Leeds").recall("DATE") is None


def test_precision_counts_what_touches_nothing_marked() -> None:
    """Findings that touch count once; neutral ones and titles alone count neither way."""
    assert scored("Berger of Leeds met").precision == 1
    assert scored("Leeds", "nurse").precision == 0.5
    assert scored("Leeds", "Polish", "of").precision == 0.5
    assert scored("Leeds", "Polish").precision == 1
    assert scored("nurse").wrong_a_hundred_words == pytest.approx(100 / 14)


def test_leaks_clean_texts_and_safe_terms_are_counted_by_text() -> None:
    """A text leaks when a name in it is not whole, and is flagged when something wrong was found."""
    assert (scored("Anna").texts_that_leak, scored("Anna").texts_with_names) == (1, 1)
    assert scored("Anna Berger").texts_that_leak == 0
    clean = scored("Beck", spans=[], clean=True)
    assert (clean.clean_texts, clean.clean_texts_flagged, clean.safe, clean.safe_flagged) == (1, 1, 1, 1)
    quiet = scored("Polish", spans=[], clean=True)
    assert (quiet.clean_texts_flagged, quiet.safe_flagged, quiet.texts_with_names) == (0, 0, 0)


def test_a_text_of_which_nothing_was_said_has_no_findings() -> None:
    """And all its names leak."""
    assert score([GOLD], {}).texts_that_leak == 1


@given(st.text())
def test_small_letters_stand_where_the_capitals_stood(text: str) -> None:
    """Whatever the text, so that every span still fits."""
    assert len(lowered(text)) == len(text)
    assert lowered("ANNA İpek") == "anna İpek"


def test_only_what_blocks_is_left() -> None:
    """The rest of what was found counts for the other figures."""
    found = {"one": [{**span("Anna"), "severity": "block"}, {**span("Leeds"), "severity": "warn"}]}
    assert only_blocks(found) == {"one": [found["one"][0]]}


def test_marked_texts_and_gold_texts_are_read_alike(tmp_path: Path) -> None:
    """Each under an id of its own; other languages are left to others."""
    marked, gold = tmp_path / "a.txt", tmp_path / "b.jsonl"
    marked.write_text("=== one | plain\n[[PERSON:Anna]] of [[PLACE:Leeds]]\n", encoding="utf-8")
    gold.write_text(
        '{"id": "one", "text": "Anna", "spans": []}\n\n{"id": "two", "text": "", "lang": "de"}\n',
        encoding="utf-8",
    )
    read = golds_of([marked, gold])
    assert [each["id"] for each in read] == ["a one", "b one"]
    assert [each["type"] for each in read[0]["spans"]] == ["PERSON", "PLACE"]


def test_pages_have_as_many_words_as_they_say() -> None:
    """Over the ends of texts, and at least one however little there is."""
    texts = [{"text": "word " * 500}, {"text": "other " * 250}]
    assert [len(page.split()) for page in pages(texts)] == [300, 300]
    assert [len(page.split()) for page in pages([{"text": "a few words"}])] == [3]


@pytest.mark.parametrize(("number", "said"), [(None, "–"), (1.0, "1.000"), (0.9876, ".988"), (0.0, ".000")])
def test_a_share_is_said_in_three_digits(number: float | None, said: str) -> None:
    """As the tables have it."""
    assert share(number) == said


WORDS = st.sampled_from(
    ["Anna", "Berger", "Dr.", "of", "the", "Leeds", "Beck", "34", "–", "İpek", "o'clock", "\n"]
)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A text with spans of every sort, and findings anywhere."""
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=12)))
    places = st.integers(0, len(text))

    def spans(kinds: list[str]) -> list[dict[str, Any]]:
        drawn = draw(st.lists(st.tuples(places, places, st.sampled_from(kinds)), max_size=5))
        return [
            {"start": min(a, b), "end": max(a, b), "text": text[min(a, b) : max(a, b)], "type": kind}
            for a, b, kind in drawn
            if a != b
        ]

    gold = {
        "id": "one",
        "text": text,
        "clean": draw(st.booleans()),
        "spans": spans(["PERSON", "PLACE", "ORG"]),
        "safe_spans": spans(["SAFE"]),
        "neutral_spans": spans(["NEUTRAL"]),
    }
    return gold, spans(["x"])


@pytest.fixture(scope="module")
def reference() -> Any:
    spec = importlib.util.spec_from_file_location("identifier_score", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not REFERENCE.exists(), reason="the team's own score is not at hand")
@given(st.lists(marked_texts(), max_size=4))
def test_it_agrees_with_the_score_that_the_team_shares(reference: Any, drawn: list[Any]) -> None:
    """In every figure, whatever was marked and found."""
    golds = [gold | {"id": str(number)} for number, (gold, _) in enumerate(drawn)]
    found = {str(number): findings for number, (_, findings) in enumerate(drawn)}
    expected, done = reference.score(golds, found), score(golds, found)
    kinds = sorted(done.marked)
    assert expected["recall"] == {kind: round(done.recall(kind) or 0.0, 3) for kind in kinds}
    assert expected["spans"] == {kind: done.marked[kind] for kind in kinds}
    assert expected["texts"] == done.texts
    assert expected["leaking_texts"] == f"{done.texts_that_leak}/{done.texts_with_names}"
    assert expected["precision"] == round(done.precision, 3)
    assert expected["false_per_100_words"] == round(done.wrong_a_hundred_words, 2)
    assert expected["clean_texts_flagged"] == f"{done.clean_texts_flagged}/{done.clean_texts}"
    assert expected["safe_terms_flagged"] == f"{done.safe_flagged}/{done.safe}"
    assert all(reference.lowered(gold["text"]) == lowered(gold["text"]) for gold in golds)
