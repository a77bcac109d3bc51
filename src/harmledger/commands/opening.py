"""What the commands that work on a ledger share: which one, who acts, and the passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from harmledger.errors import ReportError

if TYPE_CHECKING:
    from harmledger.ledger import Ledger

Where = Annotated[
    str,
    typer.Option(
        "--ledger",
        metavar="WHERE",
        envvar="HARMLEDGER_LEDGER",
        help="A folder, or postgresql://user@host/database; else HARMLEDGER_HOME.",
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", envvar="HARMLEDGER_BY", help="Who acts; else your user name.")]
Why = Annotated[str, typer.Option("--why", metavar="REASON", help="The reason; a later reader will ask.")]
Jobs = Annotated[int, typer.Option(min=0, metavar="N", help="Processes to use; 0 is one a core.")]


@contextmanager
def opened(where: str, by: str = "") -> Iterator[Ledger]:
    """Open the ledger; a passphrase is asked for where one is needed, and never taken from the command line."""
    from harmledger.ledger import address_of, open_ledger
    from harmledger.ledger.cipher import is_locked, told_passphrase

    address = address_of(where)
    passphrase = None
    if address.folder is not None and is_locked(address.folder) and told_passphrase() is None:
        passphrase = asked_passphrase(f"Passphrase of {address}")
    with open_ledger(where, passphrase, by) as ledger:
        yield ledger


def asked_passphrase(prompt: str, twice: bool = False) -> str | None:
    """Ask for a passphrase at the terminal, unseen; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far something has come, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def output(out: Path | None) -> Iterator[IO[bytes]]:
    """Give the file that a command writes, or standard output."""
    if out is None or str(out) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        file = out.open("wb")
    except OSError as error:
        raise ReportError(str(out), f"could not be written ({error.strerror}).", "Is its folder there?") from error
    with file:
        yield file


def say(text: str) -> None:
    """Print a line; what a report holds is shown, never obeyed."""
    from harmledger.show.safe import visible

    indent = len(text) - len(text.lstrip(" "))
    typer.echo(" " * indent + visible(text[indent:]))


def say_error(text: str) -> None:
    """Print a line on standard error."""
    from harmledger.show.safe import visible

    typer.echo(visible(text), err=True)


def count(number: int, noun: str) -> str:
    """Return "1 report" or "2 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
