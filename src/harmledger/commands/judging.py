"""``harmledger judge …``: a person's decisions on claims and incidents, each with who, when and why."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.commands.opening import By, Where, Why, count, opened, say
from harmledger.commands.taking import told_line
from harmledger.errors import LedgerError

if TYPE_CHECKING:
    from harmledger.model import Judgement, Verb

app = typer.Typer(no_args_is_help=True, help="Decide on claims and incidents; each decision keeps who, when and why.")

Subject = Annotated[
    str, typer.Argument(metavar="ID", help="A claim, incident or report; claims by how their id begins.")
]
Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id, or how it begins.")]
_FIELDS = ("verb", "subject", "other", "value", "field", "by", "at", "reason")


@app.command()
def reject(claim: Claim, why: Why = "", by: By = "", ledger: Where = "") -> None:
    """Leave a claim out of the record; it stays where it is, with the reason."""
    _judge("reject_claim", (claim, ""), why, by, ledger)


@app.command()
def correct(
    claim: Claim,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="The field that was read wrongly.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its right value.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Give the right value of one field of a claim; what was read stays beside it."""
    _judge("correct_claim", (claim, ""), why, by, ledger, value=value, field=field)


@app.command()
def confirm(claim: Claim, why: Why = "", by: By = "", ledger: Where = "") -> None:
    """Say that a claim was read rightly."""
    _judge("confirm_claim", (claim, ""), why, by, ledger)


@app.command()
def same(one: Subject, other: Subject, why: Why = "", by: By = "", ledger: Where = "") -> None:
    """Say that two reports or incidents tell of the same incident."""
    _judge("same_incident", (one, other), why, by, ledger)


@app.command()
def apart(one: Subject, other: Subject, why: Why = "", by: By = "", ledger: Where = "") -> None:
    """Say that two reports or incidents do not tell of the same incident."""
    _judge("not_same_incident", (one, other), why, by, ledger)


@app.command()
def place(
    subject: Subject,
    value: Annotated[str, typer.Argument(metavar="PLACE", help="A gazetteer's id, or latitude,longitude.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Say where it was."""
    _judge("place", (subject, ""), why, by, ledger, value=value)


@app.command()
def grade(
    subject: Subject,
    value: Annotated[str, typer.Argument(metavar="GRADE", help="How well the incident is attested.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Grade an incident."""
    _judge("grade", (subject, ""), why, by, ledger, value=value)


@app.command()
def note(
    subject: Subject,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be known of it.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Write a note on a claim, incident or report."""
    _judge("note", (subject, ""), why, by, ledger, value=text)


@app.command()
def aside(
    subject: Annotated[str, typer.Argument(metavar="ID", help="A report, or an import as import:57.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Set a report, or all of an import, aside: it stays with its bytes and enters no incident and no sum."""
    _judge("set_aside", (subject, ""), why, by, ledger)


@app.command()
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id, as J12 or J12.3.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Take a judgement back; both stay on record. All of an import go back by its one id."""
    from harmledger.model import Judgement

    with opened(ledger, by) as book:
        made = book.judge(Judgement("undo", judgement, by=by or book.by, reason=why))
        say(f"{made.id}: {judgement} is taken back.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines or CSV: verb, subject, other, value, …")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
) -> None:
    """Take judgements from a file, all or none, as one entry that can be undone as one."""
    given = read_judgements(file, why)
    with opened(ledger, by) as book:
        made = book.judge_all(given, file.name)
        say(f"{made[0].id.partition('.')[0]}: {count(len(made), 'judgement')} from {file.name}.")


@app.command("list")
def list_(ledger: Where = "") -> None:
    """Show all judgements, the undone ones too, in the order in which they were made."""
    with opened(ledger) as book:
        for line in book.lines(["judgement", "judgements"]):
            say(f"J{line.number}  {told_line(line).strip()}")


def _judge(
    verb: Verb,
    names: tuple[str, str],
    why: str,
    by: str,
    where: str,
    value: str | None = None,
    field: str | None = None,
) -> None:
    from harmledger.ledger.naming import full_name
    from harmledger.model import Judgement

    with opened(where, by) as book:
        book.bring_up_to_date()
        with book.store.reading() as connection:
            subject, other = (full_name(connection, name) if name else None for name in names)
        made = book.judge(Judgement(verb, subject or "", other, value, by or book.by, "", why, field))
        told = " ".join(filter(None, [verb.replace("_", " "), subject, other, field, value]))
        say(f"{made.id}: {told}.")


def read_judgements(file: Path, why: str) -> list[Judgement]:
    """Return the judgements of a file; LedgerError with the line where one cannot be read."""
    import orjson

    try:
        data = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"{file}: could not be read ({error}).") from error
    if text.lstrip().startswith("{"):
        rows = []
        for number, row in enumerate(text.splitlines(), 1):
            try:
                if row.strip():
                    rows.append((number, orjson.loads(row)))
            except orjson.JSONDecodeError as error:
                raise LedgerError(f"{file}:{number}: is not JSON ({error.msg}). Nothing was recorded.") from error
    else:
        table = csv.DictReader(text.splitlines())
        rows = [(table.line_num, dict(row)) for row in table]
    return [_judgement(row, f"{file}:{number}", why) for number, row in rows]


def _judgement(row: object, where: str, why: str) -> Judgement:
    from harmledger.model import Judgement

    if not isinstance(row, dict):
        raise LedgerError(f"{where}: is no judgement. Nothing was recorded.")
    strange = sorted(str(name) for name in row if name not in _FIELDS)
    if strange:
        raise LedgerError(f"{where}: {strange[0]!r} is none of {', '.join(_FIELDS)}. Nothing was recorded.")
    told = {name: str(value) for name, value in row.items() if value is not None and str(value).strip()}
    made = {name: told[name] for name in ("other", "value", "field") if name in told}
    return Judgement(
        told.get("verb", ""),  # type: ignore[arg-type]
        told.get("subject", ""),
        **made,
        by=told.get("by", ""),
        at=told.get("at", ""),
        reason=told.get("reason", why),
    )
