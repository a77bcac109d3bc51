"""``harmledger verify``, ``rebuild``, ``backup``, ``restore``, ``delete``: keeping a ledger whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.commands.opening import By, Jobs, Where, Why, asked_passphrase, count, opened, progress, say, say_error
from harmledger.errors import LedgerError

if TYPE_CHECKING:
    from harmledger.ledger.rebuilding import Change, Changes

_SHOWN = 20


def verify(
    ledger: Where = "",
    head: Annotated[Path | None, typer.Option(metavar="FILE", help="A signed head that it must still hold.")] = None,
    public_key: Annotated[str, typer.Option(metavar="HEX", help="Whose signature the head must bear.")] = "",
    roots: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Root certificates under which timestamps must hold.")
    ] = None,
) -> None:
    """Compute every line, original and index again, and name what is not as it was recorded."""
    from harmledger.ledger.heads import read_head
    from harmledger.ledger.vouching import check_head, check_timestamps

    with opened(ledger) as book:
        verdict = book.verify()
        for note in verdict.notes:
            say(note)
        for finding in verdict.findings:
            say_error(str(finding))
        if not verdict.whole:
            say_error(
                f"{count(len(verdict.findings), 'finding')}. Leave the ledger as it is, and restore a backup elsewhere."
            )
            raise typer.Exit(1)
        say(f"Whole: {count(verdict.lines, 'line')}, {count(verdict.originals, 'original')}. Head {verdict.head}")
        if head is not None:
            told = read_head(head)
            if public_key and told.public_key != public_key.lower():
                raise LedgerError(f"{head}: is signed by {told.public_key}, not by {public_key}.")
            check_head(book, told)
            say(f"Line {told.number} is as {told.by} signed it at {told.at}, with the key {told.public_key}.")
        if roots is not None:
            for stamp in check_timestamps(book, roots):
                say(
                    f"Line {stamp.line} and all before it were there at {stamp.at.isoformat()}, says {stamp.authority}."
                )


def rebuild(
    ledger: Where = "",
    by: By = "",
    accept: Annotated[bool, typer.Option("--accept", help="Take over what changes, after it was shown.")] = False,
    jobs: Jobs = 0,
) -> None:
    """Read and match everything again and show what that changes; nothing is taken over unless you accept it."""
    with opened(ledger, by) as book:
        with progress("Reading again") as shown:
            changes = book.rebuild(jobs or None, shown)
        for error in changes.failed:
            say_error(str(error))
        if changes.same and changes.engine_before in (None, changes.engine_after):
            say(f"{count(changes.reports, 'report')} read again by {changes.engine_after}: the same, to the byte.")
            return
        _tell(changes)
        if not accept and sys.stdin.isatty():
            accept = typer.confirm("Take this over?", default=False)
        if accept:
            book.take_over(changes)
            say("Taken over, and recorded.")
        else:
            say("Nothing was taken over. --accept takes it over.")


def _tell(changes: Changes) -> None:
    say(f"Engine before: {changes.engine_before or 'none'}; now: {changes.engine_after}.")
    for what, found in (("claim", changes.claims), ("incident", changes.incidents)):
        names = len({change.name for change in found})
        say(f"{count(names, what)} would change{':' if found else '.'}")
        for change in found[:_SHOWN]:
            say(f"  {_change(change)}")
        if len(found) > _SHOWN:
            say(f"  … and {len(found) - _SHOWN:,} more changes")


def _change(change: Change) -> str:
    where = f"{change.name[:8]} of {change.report}" if change.report else change.name[:8]
    values = " → ".join(filter(None, [change.before, change.after]))
    return f"{where}  {change.what}: {values}"


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; on another disk, best.")],
    ledger: Where = "",
    by: By = "",
) -> None:
    """Write the whole ledger into one file, while others go on writing; it stands under the same passphrase."""
    from harmledger.ledger import backup_ledger

    with opened(ledger, by) as book:
        if file.exists():
            raise LedgerError(f"{file}: is there already, and is not overwritten. Name another file.")
        made = backup_ledger(book, file)
        book.record_event("backup", {"file": file.name, "files": made.files})
        say(f"{file}: {count(made.files, 'file')}, {made.bytes:,} bytes.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")], ledger: Where = "", by: By = ""
) -> None:
    """Put a backup in the place of the ledger, after it was verified; what was there is kept beside it."""
    from harmledger.ledger import restore_ledger
    from harmledger.ledger.backup import is_locked_backup
    from harmledger.ledger.cipher import told_passphrase

    passphrase = None
    if is_locked_backup(file) and told_passphrase() is None:
        passphrase = asked_passphrase("Passphrase of the backup")
    done = restore_ledger(file, ledger or None, passphrase, by)
    say(f"{done.where}: {count(done.lines, 'line')} restored and verified.")
    if done.aside is not None:
        say(f"What was there before lies in {done.aside}.")


def delete(
    names: Annotated[list[str], typer.Argument(metavar="ID…", help="Reports by their ids, judgements as J12.")],
    why: Why = "",
    by: By = "",
    ledger: Where = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Take reports or judgements out for good: who and why stay on record, the bytes go. There is no way back."""
    with opened(ledger, by) as book:
        if not yes:
            if not sys.stdin.isatty():
                raise LedgerError("There is no way back from a deletion. Say --yes where nobody can be asked.")
            typer.confirm(f"Take {', '.join(names)} out for good?", abort=True)
        line = book.delete(names, why)
        say(f"line {line.number}: {', '.join(names)} deleted. Backups, copies and exports made before still hold them.")
