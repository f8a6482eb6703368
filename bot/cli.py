"""The command `sixfold`, for whoever installs and looks after the bot.

It leaves 0 when all is well, 1 when something is not and a sentence has said what, 2 when the command itself
was not understood, and 130 when it was interrupted.

Commands import what they need when they are called: help appears at once, and `sixfold run` never loads
the simulator that the rehearsal stands on.
"""

import errno
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from bot.refusal import Refusal

if TYPE_CHECKING:
    from bot.content.library import Library
    from bot.content.problems import ContentProblem
    from bot.content.protocols import Protocol
    from bot.content.texts import Texts
    from bot.settings import Settings

CASE_CHARACTERS: Final = 4000
"""Characters of an account: what one field of a form on Discord takes."""
PORT: Final = 8606
HIGHEST_PORT: Final = 65535
MOST_BYTES: Final = CASE_CHARACTERS * 4 + 3
"""Bytes that so many characters of UTF-8 can have, with a byte order mark."""

app = typer.Typer(
    name="sixfold",
    help="Sixfold, a Discord bot for peer supervision groups.",
    epilog="Leaves 0 when all is well, 1 when something is not and was said, 2 when the command was not "
    "understood, 130 when it was interrupted.",
    no_args_is_help=True,
    add_completion=False,
    # Tracebacks with the values of variables would show the token.
    pretty_exceptions_enable=False,
)
prompts_app = typer.Typer(help="The texts that people read.", no_args_is_help=True)
app.add_typer(prompts_app, name="prompts")

EnvFile = Annotated[
    Path | None,
    typer.Option(
        "--env-file", help="Read settings from this file instead of .env.", exists=True, dir_okay=False
    ),
]


def main() -> None:
    """Run the command line; the console script `sixfold`. Leaves through SystemExit."""
    app()


@app.command()
def run(env_file: EnvFile = None) -> None:
    """Run the bot on Discord until it is told to stop."""
    from bot.settings import variable

    texts = _texts()
    settings = _settings(texts, env_file)
    token = variable("discord_token")
    if settings.discord_token is None:
        _refuse(texts("run-no-token", variable=token))
    from aiohttp import ClientConnectionError
    from discord import DiscordServerError, GatewayNotFound, LoginFailure

    with _sentences(texts):
        # What the commands say about themselves is read where they are declared.
        from bot.app import run as run_bot

        try:
            raise typer.Exit(run_bot(settings))
        except LoginFailure:
            _refuse(texts("run-token-refused", variable=token))
        except (ClientConnectionError, DiscordServerError, GatewayNotFound):
            _refuse(texts("run-unreachable", address=settings.rest_base))


@app.command()
def rehearse(
    *,
    play: Annotated[
        bool, typer.Option("--play", help="Run a scripted session to its end in the terminal.")
    ] = False,
    scenario: Annotated[
        str | None, typer.Option(help="With --play: the name of one session; all of them unless named.")
    ] = None,
    case: Annotated[
        Path | None, typer.Option(help="With --play: a text file with an account of your own.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="With --play: the folder for transcript, charts and handout, out unless named."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=HIGHEST_PORT,
            help=f"The port of the page on this machine, {PORT} unless named; 0 takes any free one.",
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Don't open a browser.")] = False,
) -> None:
    """Try the whole bot on this machine, without Discord."""
    texts = _texts()
    for option, given in {"--scenario": scenario, "--case": case, "--out": out}.items():
        if given is not None and not play:
            _refuse(texts("rehearse-only-with-play", option=option), code=2)
    for option, given in {"--port": port is not None, "--no-browser": no_browser}.items():
        if given and play:
            _refuse(texts("rehearse-only-without-play", option=option), code=2)
    account = None if case is None else _account(texts, case)
    if find_spec("simcord") is None:
        _refuse(texts("rehearse-not-installed"))
    with _sentences(texts):
        if play:
            raise typer.Exit(_play(texts, scenario, account, out or Path("out")))
        from bot.rehearsal.serve import serve

        door = PORT if port is None else port
        browser = not no_browser and wants_browser(os.environ, sys.platform, terminal=sys.stdout.isatty())
        try:
            raise typer.Exit(serve(door, browser))
        except OSError as error:
            if error.filename is not None or error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            _refuse(texts("rehearse-port-taken", port=str(door), other=str(PORT + 1)))


@app.command()
def doctor(env_file: EnvFile = None) -> None:
    """Look whether everything the bot needs is there."""
    from rich.console import Console
    from rich.table import Table

    from bot.doctor import examine

    texts = _texts()
    findings = examine(_settings(texts, env_file), texts)
    colours = {"ok": "green", "note": "yellow", "missing": "red"}
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        colour = colours[finding.state]
        words = "\n".join(part for part in (finding.sentence, finding.remedy) if part)
        table.add_row(f"[{colour}]{texts(f'doctor-mark-{finding.state}')}[/]", _plain(words))
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(table)
    missing = sum(finding.state == "missing" for finding in findings)
    console.print(_plain(texts("doctor-unwell", count=missing) if missing else texts("doctor-well")))
    raise typer.Exit(1 if missing else 0)


@app.command()
def invite(
    application_id: Annotated[
        str | None, typer.Argument(help="The application's id. Without it, the one in the token.")
    ] = None,
    env_file: EnvFile = None,
) -> None:
    """Print the address that adds the bot to a server, and what it asks for."""
    from bot.invite import PERMISSIONS, application_id_from_token, invite_url, is_application_id

    texts = _texts()
    if application_id is None:
        token = _settings(texts, env_file).discord_token
        application_id = application_id_from_token(token.get_secret_value()) if token else None
        if application_id is None:
            _refuse(texts("invite-no-id"))
    elif not is_application_id(application_id):
        _refuse(texts("invite-bad-id", id=application_id), code=2)
    typer.echo(texts("invite-open"))
    typer.echo(f"\n    {invite_url(application_id)}\n")
    typer.echo(texts("invite-reasons"))
    for _, why in PERMISSIONS:
        typer.echo(f"  - {texts(why)}")


@app.command(
    epilog="Leaves 0 when nothing must be changed, and 1 when something must be, or when the text could not "
    "be read. With --jsonl it leaves 1 only when a line could not be read; the others get their answer.",
)
def scan(
    file: Annotated[
        Path | None,
        typer.Argument(help="A plain text file. Without one, what comes in from a pipe or is typed."),
    ] = None,
    *,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help="One JSON object a line with id, text and perhaps lang; one a line with id and findings.",
        ),
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each finding why it was found, and how much it matters.")
    ] = False,
    lang: Annotated[str, typer.Option(help="The language of the text, by its code.")] = "en",
) -> None:
    """Look for what may identify somebody in a text, here on this machine. Nothing is kept or sent."""
    texts = _texts()
    if explain and jsonl:
        _refuse(texts("scan-explain-and-jsonl"), code=2)
    from bot.scan import console_on, language_of, opened, read_text, scan_lines, show
    from bot.scan import scan as look

    language = language_of(lang)
    if language is None:
        _refuse(texts("scan-language-unusable", language=lang), code=2)
    if file is None and sys.stdin.isatty():
        typer.echo(texts("scan-type"), err=True)
    with _sentences(texts), opened(file, typer.get_binary_stream("stdin")) as stream:
        if jsonl:
            out = typer.get_binary_stream("stdout")
            well = scan_lines(stream, file, out, _complain, texts, language)
            raise typer.Exit(0 if well else 1)
        done = look(read_text(stream, file), language)
    show(done, texts, console_on(sys.stdout), explain=explain)
    raise typer.Exit(1 if done.count("block") else 0)


@prompts_app.command("check")
def check_prompts() -> None:
    """Check every text in prompts/, in every language, and walk every protocol to its end."""
    from bot.content.check import check
    from bot.content.library import languages_in, load_library, shipped_root

    texts = _texts()
    problems = check()
    protocols, walks = 0, 0
    if not problems:
        for language in languages_in(shipped_root()):
            library = load_library(language=language)
            for protocol in library.protocols:
                walked, found = _walked(texts, library, protocol)
                protocols += 1
                walks += walked
                problems += found
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        _refuse(texts("prompts-problems", count=len(problems)))
    typer.echo(texts("prompts-fine"))
    typer.echo(texts("prompts-walked", protocols=protocols, walks=walks))


@prompts_app.callback()
def _prompts() -> None:
    """Keep `check` a command of its own, though it is the only one."""


def _play(texts: "Texts", name: str | None, account: str | None, out: Path) -> int:
    """Play one session into ``out``, or each of them into a folder of its own there."""
    from bot.rehearsal.play import play
    from bot.rehearsal.scenario import FIRST, scenario_names

    names = scenario_names()
    if name is not None and name not in names:
        _refuse(texts("rehearse-scenario-unknown", name=name, known=", ".join(names)), code=2)
    if name is not None or account is not None:
        return play(name or FIRST, account, out)
    return max(play(each, None, out / each) for each in names)


def wants_browser(environment: Mapping[str, str], platform: str, *, terminal: bool) -> bool:
    """Tell whether someone is there to see a browser open: a terminal, a display, and no CI."""
    display = platform == "darwin" or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return terminal and display and not environment.get("CI")


def _texts() -> "Texts":
    from bot.content.library import read_library, shipped_root

    # Not the strict way: a slip in a card must not take the sentence away that tells of it.
    library, _ = read_library(shipped_root(), "en")
    return library.texts


def _walked(texts: "Texts", library: "Library", protocol: "Protocol") -> "tuple[int, list[ContentProblem]]":
    """How often a protocol was walked, and what was wrong with it, each thing as it was first met."""
    from bot.content.problems import ContentProblem
    from bot.content.protocols import GUIDE_WORDS
    from bot.formulation.spread import FEWEST_RATERS
    from bot.formulation.walkthrough import Course, Problem, courses, walk

    def advice(problem: Problem, course: Course) -> str:
        way = "idle" if course.idle else course.mode
        return texts(
            f"prompts-walk-{problem.rule}",
            course=texts(f"prompts-course-{way}", minutes=course.minutes, people=course.people),
            refusal=problem.refusal,
            words=GUIDE_WORDS,
            fewest=FEWEST_RATERS,
        )

    file = f"{library.language}/protocols/{protocol.id}.toml"
    ways = list(courses(protocol))
    met: dict[Problem, Course] = {}
    for course in ways:
        for problem in walk(protocol, library.mechanisms, course):
            met.setdefault(problem, course)
    found = [
        ContentProblem(file, f"steps[{problem.step}]", advice(problem, course))
        for problem, course in met.items()
    ]
    return len(ways), found


def _settings(texts: "Texts", env_file: Path | None) -> "Settings":
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings(env_file or Path(".env"))
    except SettingsError as error:
        sentences = [texts("settings-unusable", variable=name) for name in error.unusable]
        sentences += [texts("settings-unknown", variable=name) for name in error.unknown]
        if error.unreadable is not None:
            sentences.append(texts("settings-unreadable", file=str(error.unreadable)))
        _refuse(*sentences)


def _account(texts: "Texts", file: Path) -> str:
    try:
        with file.open("rb") as stream:
            # A little more than fits, so that a film given by mistake is not read whole.
            account = stream.read(MOST_BYTES * 8).decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        _refuse(texts("rehearse-case-unreadable", file=str(file)))
    if not account:
        _refuse(texts("rehearse-case-empty", file=str(file)))
    if len(account) > CASE_CHARACTERS:
        _refuse(
            texts("rehearse-case-long", file=str(file), count=len(account), most=CASE_CHARACTERS),
        )
    return account


@contextmanager
def _sentences(texts: "Texts") -> Generator[None]:
    """Turn a refusal, and texts that can't be used, into their sentences."""
    from bot.content.problems import ContentError

    try:
        yield
    except Refusal as refusal:
        _refuse(texts(refusal.key, **refusal.values))
    except ContentError as error:
        _refuse(*map(str, error.problems), texts("run-prompts"))


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _complain(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _refuse(*sentences: str, code: int = 1) -> NoReturn:
    for sentence in sentences:
        _complain(sentence)
    raise typer.Exit(code)
