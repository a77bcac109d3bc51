"""``harmledger gazetteer …``. What it needs is imported when a command runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.errors import GazetteerError

if TYPE_CHECKING:
    from harmledger.gazetteer.records import Account, Progress

app = typer.Typer(no_args_is_help=True, help="Names to places: add gazetteers, look names up, confirm spellings.")

Country = Annotated[str, typer.Option(metavar="CODE", help="Two-letter country code, such as SY.")]


@app.command()
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="GeoNames .txt or .zip, CSV, or GeoJSON of areas.")
    ],
    column: Annotated[list[str], typer.Option(metavar="FIELD=HEADING", help="Where a CSV keeps a field.")] = [],  # noqa: B006
    country: Country = "",
    level: Annotated[str, typer.Option(metavar="1|2|3", help="The level of GeoJSON areas that tell none.")] = "",
) -> None:
    """Add gazetteers; a file added again changes nothing but what is new in it."""
    from harmledger.gazetteer.adding import Telling, add_file
    from harmledger.home import home

    telling = Telling(_columns(column), country.upper(), level)
    failed = False
    for path in files:
        try:
            with _progress(f"Adding {path.name}") as progress:
                account = add_file(home(), path, telling, progress)
            _tell(account)
        except GazetteerError as error:
            failed = True
            typer.echo(str(error), err=True)
    if failed:
        raise typer.Exit(1)


@app.command("list")
def list_() -> None:
    """Show which gazetteers are there and how many places each country has."""
    from harmledger.gazetteer import open_gazetteer

    index = open_gazetteer().index
    for name, kept, skipped, added in index.sources():
        typer.echo(f"{name}: {kept:,} places, {skipped:,} rows skipped, added {added}")
    counts = index.counts()
    typer.echo(f"{sum(count for _, count in counts):,} places in {len(counts)} countries; most in:")
    for country, count in counts[:12]:
        typer.echo(f"  {country} {count:,}")


@app.command()
def find(
    name: str,
    near: Annotated[list[str], typer.Option(metavar="PLACE", help="A place it lies near; may be repeated.")] = [],  # noqa: B006
    within: Annotated[list[str], typer.Option(metavar="AREA", help="A wider place that holds it.")] = [],  # noqa: B006
    country: Country = "",
    kind: Annotated[
        str, typer.Option(help="village, town, city, part, camp, landmark, street, district, province.")
    ] = "",
) -> None:
    """Show where a name is, or which places it may be, with the reasons."""
    from harmledger.gazetteer import Hint, open_gazetteer

    hint = Hint(tuple(within), tuple(near), (country.upper(),) if country else (), kind or "unknown")
    found = open_gazetteer().resolve(name, hint)
    if found.place is not None:
        place = found.place
        typer.echo(f"{place.name}  {place.latitude:.4f}, {place.longitude:.4f}  {found.precision}  {place.id}")
    else:
        typer.echo(f'No pin for "{name}".')
    typer.echo(found.because)
    for candidate in found.candidates:
        entry = candidate.entry
        reasons = ", ".join(candidate.because)
        typer.echo(
            f"  {candidate.score:.2f}  {entry.name} ({entry.sort}, {entry.country})  {entry.latitude:.4f}, "
            f"{entry.longitude:.4f}  {entry.id}  {reasons}"
        )


@app.command()
def alias(
    name: Annotated[str, typer.Argument(help="The spelling, as reports write it.")],
    place: Annotated[str, typer.Argument(help="An id (geonames:167611) or a name that is found without doubt.")],
    by: Annotated[str, typer.Option(help="Who confirms it.")],
    why: Annotated[str, typer.Option(help="What it rests on.")],
    within: Annotated[str, typer.Option(metavar="AREA", help="Only where a report tells this wider place.")] = "",
) -> None:
    """Confirm that a spelling means a place; the decision is kept with who and why, and is never overwritten."""
    from harmledger.gazetteer import Hint, open_gazetteer
    from harmledger.gazetteer.aliases import confirm
    from harmledger.home import home

    gazetteer = open_gazetteer()
    entry = gazetteer.index.by_id(place)
    if entry is None:
        found = gazetteer.resolve(place, Hint(within=(within,) if within else ()))
        entry = gazetteer.index.by_id(found.place.id) if found.place and found.status == "found" else None
        if entry is None:
            raise GazetteerError(f'"{place}": {found.because}. Give the id that `harmledger gazetteer find` shows.')
    confirm(home(), name, entry.id, by, why, within)
    typer.echo(f'"{name}" now means {entry.name} ({entry.id})' + (f" in reports on {within}" if within else "") + ".")


@app.command()
def download(
    countries: Annotated[list[str], typer.Argument(metavar="CODE…", help="Country codes, such as SY IQ.")],
    base: Annotated[str, typer.Option(metavar="ADDRESS", help="Another address that holds GeoNames' files.")] = "",
) -> None:
    """Fetch GeoNames dumps of whole countries and add them. The only command here that uses the network."""
    from harmledger.gazetteer.adding import add_file
    from harmledger.gazetteer.download import fetch
    from harmledger.home import home

    for country in countries:
        with _progress(f"Fetching {country}") as progress:
            path = fetch(country, home() / "gazetteer" / "downloads", base, progress)
        with _progress(f"Adding {path.name}") as progress:
            account = add_file(home(), path, progress=progress)
        _tell(account)
    typer.echo("Data: GeoNames, geonames.org, CC BY 4.0.")


def _tell(account: Account) -> None:
    typer.echo(f"{account.source}: {account.kept:,} places new, {account.merged:,} joined with known ones")
    for sentence in account.sentences():
        typer.echo(f"  {sentence}")


def _columns(told: list[str]) -> dict[str, str]:
    columns = {}
    for pair in told:
        field, equals, heading = pair.partition("=")
        if not equals:
            raise GazetteerError(f'--column {pair}: say FIELD=HEADING, such as name="Village name".')
        columns[field.strip()] = heading.strip()
    return columns


@contextmanager
def _progress(what: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        from harmledger.gazetteer.records import no_progress

        yield no_progress
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
