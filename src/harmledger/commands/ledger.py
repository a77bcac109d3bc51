"""``harmledger ledger …`` and where the ledger's other commands join the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harmledger.commands import judging, keeping, taking
from harmledger.commands.opening import By, Where, asked_passphrase, count, opened, output, progress, say, say_error
from harmledger.errors import LedgerError

app = typer.Typer(help="What the ledger holds; copy it, put it under a passphrase, sign its head.")

Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write here instead of standard output.")]
KeyLocked = Annotated[bool, typer.Option("--locked", help="The key's file stands under a passphrase.")]


def add_ledger_commands(cli: typer.Typer) -> None:
    """Add the ledger's commands to the command line."""
    for command in (
        taking.add,
        taking.search,
        taking.report,
        taking.history,
        keeping.verify,
        keeping.rebuild,
        keeping.backup,
        keeping.restore,
        keeping.delete,
    ):
        cli.command()(command)
    cli.add_typer(judging.app, name="judge")
    cli.add_typer(app, name="ledger")


@app.callback(invoke_without_command=True)
def summary(context: typer.Context, ledger: Where = "") -> None:
    """Show what the ledger holds, or do one of the commands below."""
    if context.invoked_subcommand is not None:
        return
    with opened(ledger) as book:
        head, state = book.head(), book.state()
        say(f"Ledger {book.name()} in {book.store.address}")
        say(f"{count(head.number, 'line')}, the last at {head.at}. Head {head.hash}")
        for noun, number in book.counts().items():
            say(f"  {count(number, noun)}")
        if not state.same_engine:
            say(
                f"What was read was read by {state.engine}. `harmledger rebuild` shows what this one changes; "
                f"{count(state.waiting, 'report')} wait for it."
            )
        elif state.waiting:
            say(f"{count(state.waiting, 'report')} were not read yet.")
        if state.other_gazetteer:
            say(
                f"{count(state.other_gazetteer, 'report')} were read before the gazetteer was as it is now. "
                "`harmledger rebuild` shows what that changes."
            )


@app.command()
def lines(
    ledger: Where = "",
    last: Annotated[int, typer.Option(min=1, metavar="N", help="Show the last so many.")] = 20,
) -> None:
    """Show the last lines of the ledger: what was done, by whom, when."""
    with opened(ledger) as book:
        for line in book.last_lines(last):
            say(taking.told_line(line))


@app.command()
def claims(ledger: Where = "", out: Out = None) -> None:
    """Write every claim that the ledger's reports make, as JSON lines."""
    from harmledger.show.records import claim_records, line

    with opened(ledger) as book, output(out) as file:
        book.bring_up_to_date()
        for its_claims in book.claims_by_report():
            file.writelines(map(line, claim_records(its_claims)))


@app.command()
def incidents(ledger: Where = "", out: Out = None) -> None:
    """Write the incidents that the ledger's reports and judgements make, as JSON lines."""
    from harmledger.show.records import incident_record, line

    with opened(ledger) as book, output(out) as file:
        file.writelines(line(incident_record(entry)) for entry in book.entries())


@app.command()
def incident(
    name: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident's id, or how it begins.")],
    ledger: Where = "",
) -> None:
    """Show one incident of the ledger: ranges, origins, what was left out, and the reasons for each merge."""
    import sys

    from harmledger.show.one_incident import incident_view
    from harmledger.show.terminal import printed

    with opened(ledger) as book:
        case = book.case(name)
        sys.stdout.write(printed(incident_view(case.incident, case.entry), 100, sys.stdout.isatty()))


@app.command()
def copy(
    to: Annotated[str, typer.Argument(metavar="WHERE", help="An empty folder or database, or an earlier copy.")],
    ledger: Where = "",
    by: By = "",
    locked: Annotated[
        bool, typer.Option("--locked", help="Put the copy under a passphrase; a lost one is lost.")
    ] = False,
) -> None:
    """Copy the ledger to another place, SQLite or PostgreSQL, and verify it there; a stopped copy goes on."""
    from harmledger.ledger import copy_ledger

    with opened(ledger, by) as book:
        passphrase = _new_passphrase(to) if locked else None
        with progress("Copying") as shown:
            verdict = copy_ledger(book, to, passphrase, shown)
        for finding in verdict.findings:
            say_error(str(finding))
        if not verdict.whole:
            raise typer.Exit(1)
        say(f"{count(verdict.lines, 'line')} copied and verified. Head {verdict.head}")


@app.command()
def lock(ledger: Where = "") -> None:
    """Make a new ledger that stands under a passphrase. A lost passphrase is lost, and all that is under it."""
    from harmledger.ledger import address_of, lock_new, open_ledger

    address = address_of(ledger)
    passphrase = _new_passphrase(str(address))
    lock_new(ledger or str(address), passphrase)
    with open_ledger(ledger or str(address), passphrase):
        say(
            f"{address}: a new ledger, under the passphrase. Write it down where only you find it: nobody can reset it."
        )


@app.command()
def key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the key; keep it off this machine.")],
    locked: KeyLocked = False,
) -> None:
    """Make a key (Ed25519) to sign heads with, and show its public half."""
    from harmledger.ledger.heads import new_key

    say(f"{file}: made. Public key {new_key(file, _new_passphrase(str(file)) if locked else None)}")


@app.command()
def sign(
    key: Annotated[Path, typer.Option(metavar="FILE", help="The key to sign with.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the signed head.")],
    ledger: Where = "",
    by: By = "",
    locked: KeyLocked = False,
) -> None:
    """Sign the ledger's head; kept elsewhere, it shows later that nothing up to it was changed."""
    from harmledger.ledger.heads import write_head
    from harmledger.ledger.vouching import sign_head

    with opened(ledger, by) as book:
        head = sign_head(book, key, asked_passphrase(f"Passphrase of {key}") if locked else None)
        write_head(out, head)
        say(f"{out}: line {head.number} and all before it, signed by {head.by}. Head {head.hash}")


@app.command()
def timestamp(
    authority: Annotated[str, typer.Argument(metavar="ADDRESS", help="An RFC 3161 authority, as https://….")],
    ledger: Where = "",
    by: By = "",
) -> None:
    """Have an authority vouch for the time of the head. Uses the network; the authority sees a hash alone."""
    from harmledger.ledger.vouching import add_timestamp

    with opened(ledger, by) as book:
        line = add_timestamp(book, authority)
        say(f"line {line.number}: {authority} vouches for line {line.told['line']} and all before it.")


def _new_passphrase(where: str) -> str:
    from harmledger.ledger.cipher import NEW_VARIABLE, new_passphrase

    say_error("A lost passphrase is lost: nobody can open what is under it.")
    told = new_passphrase() or asked_passphrase(f"New passphrase for {where}", twice=True)
    if not told:
        raise LedgerError(f"No passphrase was given. Type it when asked, or set {NEW_VARIABLE}.")
    return told
