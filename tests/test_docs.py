"""The documents are true: what they tell a person to type runs, and every command and option is in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import orjson
import pytest
import typer.main
from typer.core import TyperGroup

from harmledger.cli import app
from harmledger.samples import OUTLET, PUBLISHED, sample_file

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[\w-]+)?\)")
# One village of a GeoNames dump, invented: 19 columns.
_PLACE = (
    "999000001\tTell Example\tTell Example\t\t35.9\t36.7\tP\tPPL\tSY\t\t12\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n"
)


def _blocks(page: Path, language: str) -> Iterator[str]:
    for found, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if found == language:
            yield block


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def desk(tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the files that the documents speak of, and a home in which nothing was done yet."""
    with sample_file() as sample:
        text = sample.read_text(encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for name in ("dispatch.txt", "folder/another.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    record = {"id": "wire-0412", "text": text, "published": PUBLISHED.isoformat(), "outlet": OUTLET}
    (tmp_path / "reports.jsonl").write_bytes(orjson.dumps(record) + b"\n")
    story = "An air strike killed 14 people in the town, rescuers said. " * 8
    (tmp_path / "page.html").write_text(f"<html><body><article><p>{story}</p></article></body></html>")
    (tmp_path / "table.csv").write_text("Ref,Story,Seen on\n1,Two people were killed.,2030-05-17\n")
    (tmp_path / "places.txt").write_text(_PLACE)
    monkeypatch.chdir(tmp_path)
    copytree(built_home, tmp_path / "home")
    monkeypatch.setenv("HARMLEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_what_a_page_says_to_type_runs(page: Path, desk: Path) -> None:
    """Each line of a console block that runs harmledger ends with status 0, in the order of the page."""
    for line in [line for block in _blocks(page, "console") for line in block.splitlines()]:
        command = line.removeprefix("uv run ")
        if "harmledger" not in command:
            continue
        done = subprocess.run(command.replace("CLAIM", _a_claim(desk)), shell=True, capture_output=True, cwd=desk)
        assert done.returncode == 0, f"{line}\n{done.stderr.decode()}"
        assert done.stdout or "--out" in line or "gazetteer" in line, f"{line} shows nothing"


def _a_claim(desk: Path) -> str:
    command = "harmledger claims dispatch.txt --published 2030-05-17 | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=desk, check=True)
    return str(orjson.loads(done.stdout)["id"])


@pytest.mark.parametrize("page", [page for page in PAGES if list(_blocks(page, "python"))], ids=_name)
def test_the_code_of_a_page_runs(page: Path, desk: Path) -> None:
    """The Python blocks of a page run one after the other, their assertions hold."""
    names: dict[str, object] = {}
    for number, block in enumerate(_blocks(page, "python"), 1):
        exec(compile(block, f"{_name(page)}, block {number}", "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of this repository finds it."""
    gone = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert not gone


def _commands() -> Iterator[tuple[str, list[str]]]:
    top = typer.main.get_command(app)
    assert isinstance(top, TyperGroup)
    for name, command in top.commands.items():
        inner = command.commands.items() if isinstance(command, TyperGroup) else [("", command)]
        for below, leaf in inner:
            options = [option for parameter in leaf.params for option in parameter.opts if option.startswith("--")]
            yield f"harmledger {name} {below}".strip(), options


def test_every_command_and_option_is_in_the_documents() -> None:
    """Who reads the documents knows all that there is to type."""
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [
        wanted
        for command, options in _commands()
        for wanted in (command, *options)
        if not re.search(rf"{re.escape(wanted)}(?![\w-])", told)
    ]
    assert not missing


def test_the_documents_name_no_command_that_is_not_there() -> None:
    """A command that was renamed leaves no trace."""
    known = {command.split()[1] for command, _ in _commands()}
    told = {
        name
        for page in PAGES
        for name in re.findall(r"`?harmledger ([a-z]+)", "\n".join(_blocks(page, "console")))
        + re.findall(r"`harmledger ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert told <= known
