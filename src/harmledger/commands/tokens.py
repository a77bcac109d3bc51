"""``harmledger token``: tokens of the desk's API, made and ended by whoever may open the ledger's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.commands.opening import By, Where, opened, say
from harmledger.errors import DeskError

if TYPE_CHECKING:
    from harmledger.desk.people import People
    from harmledger.ledger import Ledger

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke tokens, by which programs use the desk's API.")

Person = Annotated[str, typer.Option("--for", metavar="PERSON", help="The person it acts for, as at the desk.")]
Scopes = Annotated[
    list[str],
    typer.Option("--scope", metavar="SCOPE", help="read, restricted, judge or add; may be told several times."),
]
Days = Annotated[int, typer.Option(min=1, max=366, metavar="N", help="How many days it lasts.")]


@contextmanager
def _people(ledger: str, by: str) -> Iterator[tuple[Ledger, People]]:
    from harmledger.desk.people import People

    with opened(ledger, by) as book:
        people = People(book.store.address.notes, ledgers_key=book.store.key)
        try:
            yield book, people
        finally:
            people.close()


@app.command()
def make(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.")],
    person: Person,
    scopes: Scopes = ["read"],  # noqa: B006
    days: Days = 90,
    by: By = "",
    ledger: Where = "",
) -> None:
    """Make a token and print it; it is shown this once."""
    from harmledger.desk.tokens import Tokens

    with _people(ledger, by) as (book, people):
        found = people.person(person)
        if found is None:
            raise DeskError(f"{person}: is nobody at this desk. `harmledger desk` shows who there is, under People.")
        secret, made = Tokens(people.file).make(found, name, scopes, days)
        told = {"what": "token made", "name": made.name, "of": found.name, "scopes": list(made.scopes), "days": days}
        book.record_event("people", told)
        typer.echo(secret)


@app.command("list")
def list_tokens(ledger: Where = "") -> None:
    """Show the tokens there are, without their secrets."""
    from harmledger.desk.tokens import Tokens

    with _people(ledger, "") as (_, people):
        for each in Tokens(people.file).of():
            used = f"last used {_day(each.used)}" if each.used else "never used"
            over = "is over since" if each.until < people.file.now() else "until"
            say(f"{each.id} {each.person}: {each.name} ({', '.join(each.scopes)}) {over} {_day(each.until)}, {used}")


@app.command()
def revoke(
    name: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as `harmledger token list` shows it.")],
    by: By = "",
    ledger: Where = "",
) -> None:
    """End a token."""
    from harmledger.desk.tokens import Tokens

    with _people(ledger, by) as (book, people):
        gone = Tokens(people.file).revoke(name)
        if gone is None:
            raise DeskError(f"{name}: is no token's id. `harmledger token list` shows them.")
        book.record_event("people", {"what": "token revoked", "name": gone.name, "of": gone.person})
        say(f"{gone.person}: {gone.name} opens nothing any more.")


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
