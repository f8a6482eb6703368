"""Interface texts: found, filled in completely, or refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import ContentError, MissingText, Texts, load_library
from bot.content.texts import read_texts

TEXTS = """
### For tests.

hello = Good evening, { $name }.
ends = Ends { $time }.
    .hint = Only { $name } can move this.
people = { $count ->
    [0] Nobody yet
    [one] One person
   *[other] { $count } people
}
either = { $kind ->
    [long] A long one for { $name }
   *[short] A short one
}
board =
    First paragraph
    on two lines.

    Second paragraph.

    - a point
    - another
-bot = Sixfold
about = { -bot } keeps the time. { hello }
-guest = { $form ->
    [many] guests
   *[one] guest
}
guests = The { -guest(form: "many") } and the { -guest }.
half = { NUMBER($part, style: "percent") }
"""


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Return texts that were read without a problem."""
    texts, problems = read_texts("en", {"en/interface/a.ftl": TEXTS})
    assert problems == []
    return texts


def refused(prompts: Path, **files: str) -> list[tuple[str, str, str]]:
    """Write .ftl files and return the place and advice of each problem."""
    for name, text in files.items():
        (prompts / "en/interface" / f"{name}.ftl").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(prompts)
    return [(one.file.removeprefix("en/interface/"), one.field, one.advice) for one in caught.value.problems]


def test_a_text_is_filled_in_without_marks_around_the_value(texts: Texts) -> None:
    """What is put in stands there as given, with no invisible characters around it."""
    assert texts("hello", name="Ada") == "Good evening, Ada."


def test_paragraphs_keep_their_blank_lines(texts: Texts) -> None:
    """A text of several paragraphs arrives as it was written."""
    assert texts("board") == ("First paragraph\non two lines.\n\nSecond paragraph.\n\n- a point\n- another")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "Nobody yet"), (1, "One person"), (2, "2 people"), (1200, "1,200 people")]
)
def test_numbers_choose_plurals(texts: Texts, count: int, said: str) -> None:
    """Exact numbers come first, then the language's own plurals."""
    assert texts("people", count=count) == said


def test_plurals_are_the_languages_own() -> None:
    """The same text with other plural forms speaks Polish."""
    source = "people = { $n ->\n    [one] osoba\n    [few] osoby\n   *[other] osób\n}\n"
    texts, _ = read_texts("pl", {"a.ftl": source})
    assert [texts("people", n=n) for n in (1, 3, 5)] == ["osoba", "osoby", "osób"]


def test_terms_attributes_and_other_texts_can_be_used(texts: Texts) -> None:
    """A text may refer to a term or to another text, and have a part of its own."""
    assert texts("about", name="Ada") == "Sixfold keeps the time. Good evening, Ada."
    assert texts("guests") == "The guests and the guest."
    assert texts("ends.hint", name="Ada") == "Only Ada can move this."


def test_an_argument_may_be_called_key(texts: Texts) -> None:
    """No name of an argument is taken by the call itself."""
    own, _ = read_texts("en", {"a.ftl": "door = The key is { $key }, { $self }.\n"})
    assert own("door", key="here", self="you") == "The key is here, you."


def test_a_missing_key_is_refused(texts: Texts) -> None:
    """The key is never shown in place of a text that isn't there."""
    with pytest.raises(MissingText, match="text nothing: does not exist") as caught:
        texts("nothing")
    assert isinstance(caught.value, KeyError)
    assert caught.value.key == "nothing"
    for key in ("-bot", "hello.hint", "ends.", ""):
        with pytest.raises(MissingText):
            texts(key)


@pytest.mark.parametrize("key", ["hello", "ends.hint", "either", "about"])
def test_a_missing_argument_is_refused(texts: Texts, key: str) -> None:
    """A half-filled sentence is never returned, and it doesn't depend on the branch that is taken."""
    with pytest.raises(MissingText, match="needs name"):
        texts(key, kind="short")


def test_an_argument_of_the_wrong_sort_is_refused(texts: Texts) -> None:
    """A word where a number is formatted is refused as well."""
    with pytest.raises(MissingText, match="text half"):
        texts("half", part="a word")


def test_what_a_text_does_not_use_is_ignored(texts: Texts) -> None:
    """A translation may do without an argument."""
    assert texts("hello", name="Ada", time="20:58") == "Good evening, Ada."


def test_keys_and_arguments_are_known(texts: Texts) -> None:
    """Keys and the arguments of each, through references too, can be asked for; terms are not texts."""
    assert texts.has("hello")
    assert texts.has("ends.hint")
    assert not texts.has("-bot")
    assert texts.keys() >= {"about", "board", "people", "ends", "ends.hint"}
    assert texts.arguments("about") == {"name"}
    assert texts.arguments("either") == {"kind", "name"}
    assert texts.language == "en"


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_is_put_in_comes_out_unchanged(texts: Texts, first: str, second: str) -> None:
    """Braces, quotes, marks of the bot's own: nothing that a person writes is read as anything else."""
    own, _ = read_texts("en", {"a.ftl": "pair = { $first } | { $second }\nframe = ({ pair })\n"})
    assert own("frame", first=first, second=second) == f"({first} | {second})"


@given(st.sampled_from(["\ue0000\ue000", "\ue0001\ue000", "\ue000", "x" * 4000, "{ $second }"]), st.data())
def test_long_texts_and_imitated_marks_stay_themselves(first: str, data: st.DataObject) -> None:
    """A full field goes in whole, and no text can stand in for another."""
    second = data.draw(st.sampled_from(["y" * 4000, "\ue0000\ue000", "short"]))
    own, _ = read_texts("en", {"a.ftl": "pair = { $first } | { $second }\nframe = ({ pair })\n"})
    assert own("frame", first=first, second=second) == f"({first} | {second})"


def test_files_of_the_folder_are_read_together(prompts: Path) -> None:
    """Texts may stand in several files and refer to each other."""
    (prompts / "en/interface/a.ftl").write_text("a = A, then { b }\r\n", encoding="utf-8", newline="")
    (prompts / "en/interface/b.ftl").write_text("b =\n    One\n\n    Two\n", encoding="utf-8", newline="\r\n")
    texts = load_library(prompts).texts
    assert texts.keys() == {"a", "b"}
    assert texts("a") == "A, then One\n\nTwo"


def test_a_key_in_two_files_is_told(prompts: Path) -> None:
    """The second one is named, with the place of the first."""
    assert refused(prompts, a="# First\n\nx = One\n", b="y = Two\nx = Three\n") == [
        (
            "b.ftl",
            "x",
            "Rename this text or take it out; it already stands in en/interface/a.ftl, line 3.",
        )
    ]


@pytest.mark.parametrize(
    ("source", "field", "advice"),
    [
        ("a = Fine\n\nb Not fine\n", "line 3", "Correct the spelling"),
        ("a = { $x\nb = Fine\n", "line 2", "Correct the spelling"),
        ("a = { $n ->\n    [one] One\n}\n", "line 3", "Correct the spelling"),
        ("a = One\n    **Two**\n", "line 2", 'Begin this line with { "*" } instead of *'),
        ("a = One\n    [two]\n", "line 2", 'Begin this line with { "[" } instead of ['),
        ("a =\n", "line 1", "Correct the spelling"),
        ("a = One\na = Two\n", "a", "line 1"),
        ("a = { b }\n", "a", "Write the text b"),
        ("a = { -b }\n", "a", "Write the text -b"),
        ("a = { b.part }\nb = Fine\n", "a", "Write the text b.part"),
        ("a = { a }\n", "a", "Break the circle a → a."),
        ("-a = Only { $x }\n", "-a", "a term can't be given $x"),
        ("a = { $my-name }\n", "a", "Write $my_name instead of $my-name."),
        ("a = { SHOUT($x) }\n", "a", "Take out SHOUT()"),
        ("a = Turned\u202e around\n", "a", "U+202E"),
        ('a = Turned { "\\u202E" } around\n', "a", "U+202E"),
        ("a = Hello @everyone\n", "a", "mention"),
        ("a = Hello\n    .part = @here\n", "a.part", "mention"),
        ("a = See https://some.where\n", "a", "web address"),
        ("a = " + "x" * 2501 + "\n", "a", "2500 characters"),
    ],
)
def test_a_broken_text_is_named_by_line_or_key(prompts: Path, source: str, field: str, advice: str) -> None:
    """One sentence says where and what to write instead."""
    ((file, place, said),) = refused(prompts, a=source)
    assert (file, place) == ("a.ftl", field)
    assert advice in said
    assert said.endswith(".")


def test_what_is_left_of_a_broken_file_can_be_asked_for() -> None:
    """A text that can't be filled is not there, and the others are."""
    texts, problems = read_texts("en", {"a.ftl": "a = { gone }\nb = { c }\nc = { b }\nd = Fine\n"})
    assert [problem.field for problem in problems] == ["a", "b", "c"]
    assert texts.keys() == {"d"}
