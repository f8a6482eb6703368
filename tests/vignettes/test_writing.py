"""What its author does about a finding: one thing is replaced, and nothing else of the text changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers import Finding, Suggestion, find_with
from bot.refusal import Refusal
from bot.vignettes.writing import VignetteWriting as Writing
from bot.writing import Marked, all_replaced, keeps, replaced, stand_in, unsettled
from tests.conftest import english

TEXTS = english().texts
LETTERS = st.characters(codec="utf-8", exclude_characters="\r")
SOME = st.text(LETTERS, max_size=40)
NEAR = st.sampled_from(
    ["", " ", ". ", "\n", "\n\n", ", ", "(", "“", "she said ", "the client ", "die Ärztin "]
)


def marked(
    writing: Writing,
    words: str,
    stand_in: str | None = "the client",
    *,
    part: str = "text",
    block: bool = False,
) -> Marked:
    start = writing.parts[part].index(words)
    finding = Finding(
        start,
        start + len(words),
        "person",
        "block" if block else "warn",
        "finding-person",
        Suggestion("suggest-client"),
    )
    return Marked(part, finding, words, stand_in)


def after_replacing(text: str, words: str, by: str, stand_in: str | None = "the client") -> str:
    writing = Writing("", text)
    return replaced(writing, marked(writing, words, stand_in), by).text


@given(SOME, NEAR, SOME.filter(str.strip), SOME)
def test_a_replacement_changes_what_was_found_and_nothing_else(
    before: str, near: str, words: str, after: str
) -> None:
    """Byte for byte, whatever stands around it; at most its own first letter becomes a capital."""
    start = len(before) + len(near)
    text = f"{before}{near}Anna{after}"
    finding = Finding(start, start + 4, "person", "warn", "finding-person", Suggestion("suggest-client"))
    writing = Writing("The title", text, "Why?", kept=frozenset({"leeds"}), altered=True)
    new = replaced(writing, Marked("text", finding, "Anna", None), words)
    by = words.strip()
    assert new.text in {f"{before}{near}{by}{after}", f"{before}{near}{by[0].upper()}{by[1:]}{after}"}
    assert (new.title, new.question, new.kept, new.altered) == ("The title", "Why?", writing.kept, True)


@given(SOME, NEAR, SOME)
def test_taking_words_out_takes_no_others(before: str, near: str, after: str) -> None:
    """Space and a comma that were meant for them may go with them; every letter of the rest stays."""
    start = len(before) + len(near)
    text = f"{before}{near}Anna{after}"
    finding = Finding(start, start + 4, "person", "warn", "finding-person", Suggestion("suggest-kin"))
    new = replaced(Writing("", text), Marked("text", finding, "Anna", ""), "")
    rest = f"{before}{near}{after}"
    assert new.text.replace(" ", "").replace(",", "") == rest.replace(" ", "").replace(",", "")


@pytest.mark.parametrize(
    ("text", "words", "by", "becomes"),
    [
        ("Anna came.", "Anna", "the client", "The client came."),
        ("She left. Anna stayed.", "Anna", "the client", "She left. The client stayed."),
        ("“Well?” Then Anna came.", "Anna", "the client", "“Well?” Then the client came."),
        ("One.\n\nAnna came.", "Anna", "the client", "One.\n\nThe client came."),
        ("I met Anna.", "Anna", "the client", "I met the client."),
        ("My client Anna came.", "Anna", "the client", "My client came."),
        ("My client, Anna, came.", "Anna", "the client", "My client came."),
        ("I saw my client, Anna.", "Anna", "the client", "I saw my client."),
        ("About the client\nAnna came.", "Anna", "the client", "About the client\nThe client came."),
        ("Her brother Tomasz works.", "Tomasz", "", "Her brother works."),
        ("Is it her brother Tomasz?", "Tomasz", "", "Is it her brother?"),
        ("Her brother Tomasz's flat.", "Tomasz", "", "Her brother's flat."),
        ("(her brother Tomasz) came", "Tomasz", "", "(her brother) came"),
        ("Tomasz came.", "Tomasz", "", "came."),
        ("One.\nTomasz came.", "Tomasz", "", "One.\ncame."),
        ("I saw Tomasz, then him.", "Tomasz", "", "I saw, then him."),
        ("Call 020 7946 0958 now", "020 7946 0958", "(left out)", "Call (left out) now"),
    ],
)
def test_a_sentence_reads_on(text: str, words: str, by: str, becomes: str) -> None:
    """A capital where a sentence begins, nothing said twice, no hole where something was taken out."""
    assert after_replacing(text, words, by, by) == becomes


def test_an_author_s_own_words_are_put_as_they_are() -> None:
    """Only a suggestion is left out where it would say a thing twice."""
    assert after_replacing("My school, Kings School, closed.", "Kings School", "a school") == (
        "My school, a school, closed."
    )


@pytest.mark.parametrize(
    ("text", "words", "offered"),
    [
        ("Her brother Tomasz came.", "Tomasz", ""),
        ("My client Anna Kowalska came.", "Anna Kowalska", "the client"),
        ("Write to anna@example.org soon.", "anna@example.org", "(left out)"),
        ("She is 34 now.", "34", "in her thirties"),
        ("I saw 12 Mill Lane.", "12 Mill Lane", "their street"),
    ],
)
def test_what_a_suggestion_puts_there(text: str, words: str, offered: str) -> None:
    """Its first quoted words; nothing for a name beside its kin; a mark where only leaving out helps."""
    found = next(each for each in find_with(None, text) if text[each.start : each.end] == words)
    sentence = TEXTS(found.suggestion.key, **dict(found.suggestion.values))
    assert stand_in(found.suggestion.key, sentence, TEXTS("writing-left-out")) == offered


@pytest.mark.parametrize("key", ["suggest-profession", "suggest-age"])
def test_an_example_is_no_stand_in(key: str) -> None:
    """What these quote is one of many; their author must say it."""
    assert stand_in(key, TEXTS(key), "(left out)") is None


NAMES = ("Anna", "Leeds", "34")


@given(
    st.lists(
        st.tuples(SOME.map(lambda text: text.translate({ord(c): "x" for c in "AL3"})), st.sampled_from(NAMES))
    )
)
def test_all_at_once_puts_each_in_its_own_place(pieces: list[tuple[str, str]]) -> None:
    """However many there are and however close: the rest stands between them as it stood."""
    text, found, expected = "", list[Marked](), ""
    for between, name in pieces:
        text += f"{between}b"
        start = len(text)
        text += f"{name}e"
        finding = Finding(start, start + len(name), "person", "warn", "f", Suggestion("suggest-client"))
        found.append(Marked("text", finding, name, None if name == "34" else name.lower()))
        expected += f"{between}b{name if name == '34' else name.lower()}e"
    assert all_replaced(Writing("", text), found).text == expected
    assert all_replaced(Writing("", text), found[::-1]).text == expected


def test_all_at_once_in_every_part() -> None:
    """Offsets of one part are not those of another."""
    writing = Writing("About Anna", "I met Anna at noon", "Is Anna well?")
    found = [marked(writing, "Anna", part=part) for part in writing.parts]
    new = all_replaced(writing, found)
    assert (new.title, new.text, new.question) == (
        "About the client",
        "I met the client at noon",
        "Is the client well?",
    )


def test_what_blocks_is_never_settled() -> None:
    """Also where the same words were kept before, when they did not block; capitals make no other word."""
    writing = keeps(Writing("", "Anna and ANNA"), "Anna")
    warns, blocks = marked(writing, "ANNA"), marked(writing, "Anna", block=True)
    assert unsettled([warns, blocks], writing) == (blocks,)
    assert unsettled([warns], Writing("", "ANNA")) == (warns,)


def test_looking_at_one_thing_settles_no_other() -> None:
    """Kept words are the whole words of a finding."""
    writing = keeps(Writing("", "Ann and Anna"), "Ann")
    assert unsettled([marked(writing, "Anna")], writing) == (marked(writing, "Anna"),)


WRITINGS = st.builds(Writing, title=SOME, text=SOME, question=SOME)


@given(WRITINGS, WRITINGS)
def test_a_digest_tells_texts_apart(one: Writing, other: Writing) -> None:
    """Whatever was kept or ticked meanwhile; also where a text moves from one part to the next."""
    same = (one.title, one.text, one.question) == (other.title, other.text, other.question)
    assert (one.digest == other.digest) is same
    assert keeps(one, "x").with_altered(altered=True).digest == one.digest
    if one.text:
        assert Writing(f"{one.title}{one.text[0]}", one.text[1:], one.question).digest != one.digest


def test_findings_have_names_of_their_own() -> None:
    """The same word at another place is another finding, and so is another word at the same place."""
    writing = Writing("Anna", "Anna met Anna")
    first = marked(writing, "Anna")
    title = marked(writing, "Anna", part="title")
    second = Marked("text", Finding(9, 13, "person", "warn", "f", Suggestion("s")), "Anna", None)
    other = marked(Writing("", "Hana met Anna"), "Hana")
    assert len({each.name for each in (first, title, second, other)}) == 4


def test_something_must_be_left_beside_what_was_found() -> None:
    """Forty characters of the text itself; the title does not count."""
    writing = Writing("A title that is long enough to stand for a whole text", f"{'x' * 39}Anna")
    with pytest.raises(Refusal):
        writing.check_beside([marked(writing, "Anna")])
    writing = writing.with_part("text", f"{'x' * 40}Anna")
    writing.check_beside([marked(writing, "Anna")])


def test_texts_are_in_no_repr() -> None:
    """A repr may end up in a log."""
    writing = Writing("Marigold", "Marigold", "Marigold", kept=frozenset({"marigold"}))
    assert "arigold" not in repr(writing)
    assert "arigold" not in repr(marked(writing, "Marigold", "the marigold"))
