"""The reader: a small neural network that says of each word what it may identify.

It is Rampart (National Design Studio, CC BY 4.0), a token classifier of six layers, taught further on
clinical narrative; ``training/README.md`` says how. It reads what rules can't see: names in lower case, names
nobody has listed, an employer without a capital.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.resources import as_file, files
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, cast

from bot.identifiers.findings import Kind
from bot.identifiers.wordpiece import Piece, WordPieces, windows
from bot.identifiers.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LABELS: Final[tuple[Kind | None, ...]] = (
    None,
    "person",
    "place",
    "organisation",
    "date",
    "age",
    "contact",
    "handle",
    "id",
    "profession",
    "family",
)
"""What each column of ``Reader.read`` is about; the first: nothing."""
SHA256: Final = {
    "reader.onnx": "3499d80f2e7b5a313a12e909673d04e81f0358ab5479d747ea8d92c9da1fdbbd",
    "vocab.txt": "0fbe6b50061feabb9be68af471e9aa6df07a4bc428bdca4b0eff1fcd3612dee5",
}
MOST_PIECES: Final = 5200
"""Pieces of a text that are read: more than 20,000 characters of prose have. Only noise has more."""
_WINDOW, _OVERLAP = 254, 32
_PROBE = "my client marguerite moved to leeds with her brother tomasz last week"
_MORE_LIKELY_THAN_NOT = 0.5
_PROBE_NAMES = ("marguerite", "tomasz")


class ReaderUnavailable(Exception):
    """The reader can't be used; the review goes on without it, and says so."""


class Session(Protocol):
    """What runs the network; onnxruntime has no types of its own."""

    def run(self, wanted: None, given: "dict[str, NDArray[np.int64]]", /) -> Sequence[object]:
        """The outputs for what is ``given``."""
        ...


class Reader:
    """The network and its vocabulary. Not to be called on the event loop: a page takes some 40 ms."""

    def __init__(self, session: "Session", pieces: WordPieces) -> None:
        self._session = session
        self._pieces = pieces

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """From the package, or from ``folder``; ``ReaderUnavailable`` where the files are not whole."""
        # It would tell its maker that it was loaded, and keep a file about that in the home folder.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        if find_spec("onnxruntime") is None:
            raise ReaderUnavailable("onnxruntime is not installed")
        if folder is None:
            with as_file(files("bot.identifiers").joinpath("data")) as data:
                for name, known in SHA256.items():
                    path = data / name
                    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != known:
                        raise ReaderUnavailable(f"{name} is missing or has been changed")
                return cls._opened(data)
        return cls._opened(folder)

    @classmethod
    def _opened(cls, folder: Path) -> Self:
        onnxruntime = cast("Any", import_module("onnxruntime"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = True
        try:
            session = cast(
                "Session",
                onnxruntime.InferenceSession(
                    str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
                ),
            )
        except Exception as error:
            # onnxruntime has a dozen exceptions for a file that it can't use, and no base of its own.
            raise ReaderUnavailable("reader.onnx can't be used on this machine") from error
        return cls(session, WordPieces.read(folder / "vocab.txt"))

    def read(self, text: str, words: Sequence[Word]) -> "NDArray[np.float32]":
        """For each of ``words`` of ``text``, the probability of each of ``LABELS``: (words, labels)."""
        import numpy as np

        cut = self._pieces.cut(text)
        pieces = [piece for word in cut for piece in word][:MOST_PIECES]
        scores = np.zeros((len(pieces), len(LABELS)), np.float32)
        scores[:, 0] = 1
        self._score(cut, len(pieces), scores)
        found = np.zeros((len(words), len(LABELS)), np.float32)
        found[:, 0] = 1
        at = 0
        for number, word in enumerate(words):
            while at < len(pieces) and pieces[at].end <= word.start:
                at += 1
            last = at
            while last < len(pieces) and pieces[last].start < word.end:
                last += 1
            if last > at:
                found[number] = scores[at + int(scores[at:last, 0].argmin())]
        return found

    def _score(self, cut: list[list[Piece]], most: int, scores: "NDArray[np.float32]") -> None:
        """Fill ``scores`` of each piece, from the window in which it stands further from the edge."""
        import numpy as np

        starts = [0, *accumulate(len(word) for word in cut)]
        stretches: list[tuple[int, int]] = []
        for first, last in windows(cut, _WINDOW, _OVERLAP):
            begin = starts[first]
            if begin >= most:
                break
            stretches.append((begin, min(starts[last], begin + _WINDOW, most)))
        pieces = [piece.number for word in cut for piece in word]
        read_to = 0
        for begin, end in stretches:
            numbers = np.array([[self._pieces.beginning, *pieces[begin:end], self._pieces.end]], np.int64)
            given = {
                "input_ids": numbers,
                "attention_mask": np.ones_like(numbers),
                "token_type_ids": np.zeros_like(numbers),
            }
            logits = cast("NDArray[np.float32]", self._session.run(None, given)[0])[0, 1:-1]
            logits = logits - logits.max(axis=-1, keepdims=True)
            odds = np.exp(logits)
            odds /= odds.sum(axis=-1, keepdims=True)
            # In the overlap the earlier window knows what comes before, the later what comes after.
            middle = begin if begin >= read_to else (begin + read_to) // 2
            scores[middle:end] = odds[middle - begin :]
            read_to = end

    def passes_self_test(self) -> bool:
        """Whether it finds two names that any working copy finds.

        On some processors a network in eight bits can be wrong without a word; then it finds nothing.
        """
        from bot.identifiers.lexicon import Lexicon
        from bot.identifiers.words import Manner, words_of

        words = words_of(_PROBE, Lexicon.of("en"), Manner.of(_PROBE))
        found = self.read(_PROBE, words)
        person = LABELS.index("person")
        return all(
            (float(found[number, person]) > _MORE_LIKELY_THAN_NOT) == (word.text in _PROBE_NAMES)
            for number, word in enumerate(words)
        )


@lru_cache(maxsize=1)
def ready_reader() -> Reader | None:
    """The reader of this process, loaded at the first call; None where it can't be used."""
    try:
        reader = Reader.load()
    except ReaderUnavailable:
        return None
    return reader if reader.passes_self_test() else None
