import hashlib
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.identifiers import find, find_with, ready_reader
from bot.identifiers import reader as module
from bot.identifiers.lexicon import Lexicon
from bot.identifiers.reader import LABELS, MOST_PIECES, Reader, ReaderUnavailable
from bot.identifiers.wordpiece import WordPieces
from bot.identifiers.words import Manner, Word, words_of

TEXT = "My client Quentin came back to Leeds with her brother Tomasz."


@pytest.fixture(autouse=True)
def _fresh_reader() -> Iterator[None]:
    ready_reader.cache_clear()
    yield
    ready_reader.cache_clear()


def words(text: str) -> list[Word]:
    return words_of(text, Lexicon.of("en"), Manner.of(text))


# Without it


@pytest.mark.parametrize("name", ["reader.onnx", "vocab.txt", "nothing.onnx"])
def test_a_changed_or_missing_file_is_not_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review goes on by rules, and finds what they find."""
    monkeypatch.setitem(module.SHA256, name, "0" * 64)  # type: ignore[arg-type]
    with pytest.raises(ReaderUnavailable):
        Reader.load()
    assert ready_reader() is None
    assert find(TEXT) == find_with(None, TEXT) != ()


def test_without_its_library_it_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine for which there is no onnxruntime runs the bot all the same."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert ready_reader() is None
    assert find(TEXT) == find_with(None, TEXT) != ()


def test_it_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be used at the first call is not looked for at each."""
    with monkeypatch.context() as missing:
        missing.setitem(sys.modules, "onnxruntime", None)
        assert ready_reader() is None
    assert ready_reader() is None


# With a network that knows pieces by heart

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefghijklmnopqrstuvwxyz",
    *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"),
    ".",
    "marguerite",
    "tomasz",
    "client",
]


class ByHeart:
    """A session whose logits are high for one label a piece, and that remembers how much it was given."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = {
            PIECES.index(piece): [str(label) for label in LABELS].index(label)
            for piece, label in known.items()
        }
        self.sizes: list[int] = []

    def run(self, _outputs: None, given: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        numbers = given["input_ids"][0]
        self.sizes.append(len(numbers))
        assert numbers[0] == PIECES.index("[CLS]")
        assert numbers[-1] == PIECES.index("[SEP]")
        assert given["attention_mask"].all()
        logits = np.zeros((1, len(numbers), len(LABELS)), np.float32)
        for place, number in enumerate(numbers):
            logits[0, place, self._known.get(int(number), 0)] = 9.0
        return [logits]


def by_heart(known: dict[str, str]) -> tuple[Reader, ByHeart]:
    session = ByHeart(known)
    return Reader(session, WordPieces({piece: number for number, piece in enumerate(PIECES)})), session


def test_each_word_has_the_probabilities_of_its_pieces() -> None:
    """One row a word, one column a label, and each row is a whole."""
    reader, _ = by_heart({"marguerite": "person", "q": "place"})
    text = "a marguerite, q b"
    read = reader.read(text, words(text))
    assert read.shape == (4, len(LABELS))
    assert np.allclose(read.sum(axis=1), 1)
    assert [LABELS[column] for column in read.argmax(axis=1)] == [None, "person", "place", None]
    assert (read.max(axis=1) > 0.99).all()


@pytest.mark.parametrize("word", ["qb", "bq", "bqb", "b-q"])
def test_a_word_is_what_its_most_telling_piece_is(word: str) -> None:
    """A name that is cut in two is whole."""
    reader, _ = by_heart({"q": "person", "##q": "person"})
    (row,) = reader.read(word, words(word))
    assert row[LABELS.index("person")] > 0.99


@pytest.mark.parametrize("place", [0, 60, 221, 222, 223, 252, 253, 254, 255, 400, 599])
def test_a_long_text_is_read_in_windows(place: int) -> None:
    """None is longer than the network can read, and a name is found in whichever it stands."""
    reader, session = by_heart({"q": "person"})
    text = " ".join("q" if number == place else "b" for number in range(600))
    read = reader.read(text, words(text))
    assert max(session.sizes) <= 256
    assert len(session.sizes) > 2
    assert [number for number, row in enumerate(read) if row[LABELS.index("person")] > 0.5] == [place]


def test_there_is_an_end_to_reading() -> None:
    """Noise of many pieces is read so far and no further; the rest counts as nothing."""
    reader, session = by_heart({"q": "person"})
    text = "q " * (MOST_PIECES + 500)
    read = reader.read(text, words(text))
    assert sum(session.sizes) < 2 * MOST_PIECES
    assert read[MOST_PIECES - 1, LABELS.index("person")] > 0.5
    assert read[-1, 0] == 1


@pytest.mark.parametrize("text", ["", "…", "\u200b", "🙂 🙂"])
def test_a_text_without_words_can_be_read(text: str) -> None:
    """There is nothing to say of it."""
    reader, _ = by_heart({})
    assert len(reader.read(text, words(text))) == 0
    assert find_with(reader, text) == ()


def test_the_self_test_wants_two_names_and_nothing_else() -> None:
    """A network that finds nothing, or everything, does not pass."""
    assert by_heart({"marguerite": "person", "tomasz": "person"})[0].passes_self_test()
    assert not by_heart({})[0].passes_self_test()
    assert not by_heart({"marguerite": "person"})[0].passes_self_test()
    assert not by_heart({"marguerite": "person", "tomasz": "person", "client": "person"})[
        0
    ].passes_self_test()
    assert not by_heart({"marguerite": "place", "tomasz": "place"})[0].passes_self_test()


# With the network itself


def test_the_files_are_those_that_were_measured() -> None:
    """By their sums."""
    folder = Path(str(files("bot.identifiers").joinpath("data")))
    for name, known in module.SHA256.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == known


def test_the_network_passes_its_self_test() -> None:
    """On this processor."""
    reader = ready_reader()
    assert reader is not None
    assert reader.passes_self_test()
    assert ready_reader() is reader


def test_the_network_sees_what_rules_do_not() -> None:
    """Names in lower case that are common words too, and nothing in a text without."""
    text = "my client grace came with her brother mark, who is at the co-op in town"
    by_network = " ".join(text[finding.start : finding.end] for finding in find(text))
    by_rules = " ".join(text[finding.start : finding.end] for finding in find_with(None, text))
    assert ("grace" in by_network, "mark" in by_network) == (True, True)
    assert ("grace" in by_rules, "mark" in by_rules) == (False, False)
    assert find("I felt bored in the session, then guilty, and wondered what I was avoiding.") == ()


def test_the_network_can_read_anything() -> None:
    """Long, and of any script."""
    reader = ready_reader()
    assert reader is not None
    for text in ("ю" * 20_000, "東京 " * 3000, "a\u0301" * 500, "\x00\ufffd\ud7ff"):
        assert len(reader.read(text, words(text))) == len(words(text))
