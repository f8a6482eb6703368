"""Checking all languages of prompts/ at once, as `sixfold prompts check` does."""

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from bot.content.library import FOLDERS, Library, entries_in, languages_in, read_library, shipped_root
from bot.content.problems import ContentProblem

REFERENCE: Final = "en"
"""The language that every other one is compared with."""


def check(root: Traversable | Path | None = None) -> list[ContentProblem]:
    """Return every problem in every language, in order of file and field; an empty list is good.

    A language other than English has the same files, and the same interface texts with no argument
    that the English one does not take: a text that asks for more could never be filled.
    """
    folder = shipped_root() if root is None else root
    reference, problems = read_library(folder, REFERENCE)
    for language in languages_in(folder):
        if language == REFERENCE:
            continue
        library, own = read_library(folder, language)
        problems += own
        problems += _compare_files(folder, language)
        problems += _compare_texts(reference, library)
    return sorted(set(problems))


def _compare_files(root: Traversable | Path, language: str) -> list[ContentProblem]:
    problems: list[ContentProblem] = []
    for name in FOLDERS:
        wanted = {entry.name for entry in entries_in(root.joinpath(REFERENCE).joinpath(name))}
        present = {entry.name for entry in entries_in(root.joinpath(language).joinpath(name))}
        problems += [
            ContentProblem(f"{language}/{name}/{file}", "whole file", f"Translate {REFERENCE}/{name}/{file}.")
            for file in wanted - present
        ]
        problems += [
            ContentProblem(
                f"{language}/{name}/{file}",
                "whole file",
                f"Take this file out, or write {REFERENCE}/{name}/{file} first.",
            )
            for file in present - wanted
        ]
    return problems


def _compare_texts(reference: Library, library: Library) -> list[ContentProblem]:
    folder = f"{library.language}/interface"
    wanted, present = reference.texts.keys(), library.texts.keys()
    missing = [
        ContentProblem(folder, key, f"Translate this text; it stands in {REFERENCE} only.")
        for key in wanted - present
    ]
    extra = [
        ContentProblem(
            folder, key, f"Take this text out or correct its key; {REFERENCE} has none of that name."
        )
        for key in present - wanted
    ]
    unknown = [
        ContentProblem(folder, key, f"Take out ${argument}; the {REFERENCE} text is given no such thing.")
        for key in wanted & present
        for argument in library.texts.arguments(key) - reference.texts.arguments(key)
    ]
    return missing + extra + unknown
