"""What a Fluent file promises and where it breaks: keys, arguments, references, syntax."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from fluent.syntax import FluentParser, ast

from bot.content.problems import ContentProblem
from bot.content.wording import fault

LONGEST_PIECE: Final = 2500
"""Characters that fluent.runtime takes in one piece of a text; beyond it, it gives up."""

_NEVER_FIRST: Final = frozenset("*[.}")
"""Signs that mean something else to Fluent at the beginning of a text's further lines."""
_FUNCTIONS: Final = frozenset({"NUMBER"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message (`key`), an attribute (`key.part`) or a term (`-key`), and what its pattern uses."""

    file: str
    line: int
    name: str
    printed: frozenset[str]
    chosen_by: frozenset[str]
    references: frozenset[str]


def examine(sources: Mapping[str, str]) -> tuple[dict[str, frozenset[str]], list[ContentProblem]]:
    """Return the arguments of each usable text by its key, and what is wrong with the files.

    An argument counts if any branch uses it, directly or through a text it refers to. A text that
    refers to something missing, or in a circle, is not usable and is left out.
    """
    entries: dict[str, _Entry] = {}
    problems: list[ContentProblem] = []
    for file, source in sources.items():
        for node in FluentParser().parse(source).body:
            if isinstance(node, ast.Junk):
                problems.append(_syntax(file, source, node))
            elif isinstance(node, ast.Message | ast.Term):
                line = _line(source, node.span)
                for name, pattern in _patterns(node):
                    problems += [ContentProblem(file, name, advice) for advice in _faults(pattern)]
                    if earlier := entries.get(name):
                        advice = f"Rename this text or take it out; it already stands in {earlier.file}, "
                        problems.append(ContentProblem(file, name, f"{advice}line {earlier.line}."))
                    else:
                        entries[name] = _entry(file, line, name, pattern)
    arguments: dict[str, frozenset[str]] = {}
    for name, entry in entries.items():
        needed, broken = _needs(name, entries, ())
        if broken:
            problems.append(ContentProblem(entry.file, name, broken))
        elif not name.startswith("-"):
            arguments[name] = needed
    return arguments, problems


def _line(source: str, span: ast.Span | None) -> int:
    return source.count("\n", 0, span.start if span else 0) + 1


def _syntax(file: str, source: str, junk: ast.Junk) -> ContentProblem:
    annotations = junk.annotations or []
    line = _line(source, annotations[0].span if annotations else junk.span)
    sign = source.split("\n")[line - 1].strip()[:1]
    if sign in _NEVER_FIRST and junk.content and junk.content[0].isspace():
        advice = f'Begin this line with {{ "{sign}" }} instead of {sign}, or with a word.'
    else:
        reason = (annotations[0].message or "").strip(". ") if annotations else ""
        advice = f"Correct the spelling here, key = text ({reason or 'it could not be read'})."
    return ContentProblem(file, f"line {line}", advice)


def _patterns(node: ast.Message | ast.Term) -> Iterator[tuple[str, ast.Pattern]]:
    """Give each text of an entry under the key it is asked for by."""
    name = f"-{node.id.name}" if isinstance(node, ast.Term) else node.id.name
    if node.value is not None:
        yield name, node.value
    for attribute in node.attributes:
        yield f"{name}.{attribute.id.name}", attribute.value


def _parts(node: ast.BaseNode, *, selecting: bool = False) -> Iterator[tuple[ast.BaseNode, bool]]:
    """Walk a pattern; the flag says whether a part only chooses a branch and is never printed."""
    yield node, selecting
    for field, value in vars(node).items():
        children = cast("list[object]", value) if isinstance(value, list) else [value]
        deeper = selecting or (isinstance(node, ast.SelectExpression) and field == "selector")
        for child in children:
            if isinstance(child, ast.BaseNode):
                yield from _parts(child, selecting=deeper)


def _entry(file: str, line: int, name: str, pattern: ast.Pattern) -> _Entry:
    printed: set[str] = set()
    chosen_by: set[str] = set()
    references: set[str] = set()
    for part, selecting in _parts(pattern):
        if isinstance(part, ast.VariableReference):
            (chosen_by if selecting else printed).add(part.id.name)
        elif isinstance(part, ast.MessageReference | ast.TermReference):
            prefix = "-" if isinstance(part, ast.TermReference) else ""
            suffix = f".{part.attribute.name}" if part.attribute else ""
            references.add(f"{prefix}{part.id.name}{suffix}")
    return _Entry(file, line, name, frozenset(printed), frozenset(chosen_by), frozenset(references))


def _faults(pattern: ast.Pattern) -> Iterator[str]:
    for part, _ in _parts(pattern):
        if isinstance(part, ast.VariableReference) and not part.id.name.isidentifier():
            yield f"Write ${part.id.name.replace('-', '_')} instead of ${part.id.name}."
        elif isinstance(part, ast.FunctionReference) and part.id.name not in _FUNCTIONS:
            yield f"Take out {part.id.name}(); NUMBER() is the only function here."
        elif isinstance(part, ast.TextElement | ast.StringLiteral):
            shown = part.parse()["value"] if isinstance(part, ast.StringLiteral) else part.value
            if advice := fault(shown, lines=True):
                yield advice
            if len(shown) > LONGEST_PIECE:
                yield f"Split this text; {LONGEST_PIECE} characters in one piece are the most."


def _needs(
    name: str, entries: Mapping[str, _Entry], path: tuple[str, ...]
) -> tuple[frozenset[str], str | None]:
    """Follow references: the arguments needed in all, or what to put right in this text.

    Fluent hands no arguments on to a term, and prints a hole without an error: so none may be printed
    there. One that only chooses a branch may be missing, for then the default branch stands.
    """
    if name in path:
        return frozenset(), f"Break the circle {' → '.join((*path, name))}."
    entry = entries.get(name)
    if entry is None:
        return frozenset(), f"Write the text {name} that this refers to, or correct its name."
    is_term = name.startswith("-")
    needed = entry.printed if is_term else entry.printed | entry.chosen_by
    for reference in sorted(entry.references):
        deeper, broken = _needs(reference, entries, (*path, name))
        if broken:
            return needed, broken
        needed |= deeper
    if is_term and needed:
        return needed, f"Make {name} a text without its hyphen; a term can't be given ${min(needed)}."
    return needed, None
