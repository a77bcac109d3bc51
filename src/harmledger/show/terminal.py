"""A report's page on a terminal, or as plain text where there is none."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from harmledger.model import Claim, Entry, Incident, Report, Span, Statement, Victim
from harmledger.show.page import Page, in_incident, told_apart, tolls
from harmledger.show.safe import visible
from harmledger.show.words import chain_words, chains_words, claim_words, place_words, term_words

_ID = 8


def page_view(page: Page, explain: bool = False) -> RenderableType:
    """Return the whole page. ``explain`` adds to each claim what its fields were read from."""
    parts: list[RenderableType] = [_heading(page)]
    text = page.report.text
    for number, (incident, entry) in enumerate(zip(page.incidents, page.entries, strict=True), 1):
        if in_incident(incident):
            parts.append(_incident(number, incident, entry, text, explain))
    for heading, claims in told_apart(page).items():
        parts.append(_section(heading))
        parts += [_apart(group, text, explain) for group in by_sentence(claims)]
    if page.statements:
        parts.append(_section("Also stated"))
        parts += [_statement(statement, text) for statement in page.statements]
    if page.victims:
        parts += [_section("Named"), _victims(page.victims)]
    if len(parts) == 1:
        parts.append(Padding(Text("No count of harm was found.", style="italic"), (0, 0, 1, 2)))
    return Group(*parts)


def _heading(page: Page) -> RenderableType:
    report = page.report
    told = [visible(report.outlet or ""), f"published {report.published or 'on a day not told'}"]
    lines: list[RenderableType] = [
        Rule(Text(visible(report.id), style="bold"), align="left", characters="━"),
        Text("  " + " · ".join(filter(None, told)), style="dim"),
    ]
    if report.title:
        lines.insert(1, Text(f"  {visible(report.title)}", style="bold"))
    lines += [Text(f"  note: {visible(note)}", style="dim") for note in report.notes]
    return Group(*lines, Text())


def _section(heading: str) -> RenderableType:
    return Padding(Text(heading, style="bold"), (0, 0, 0, 2))


def _incident(number: int, incident: Incident, entry: Entry, text: str, explain: bool) -> RenderableType:
    claims = in_incident(incident)
    title = Text.assemble((f" {number}  ", "bold"), (visible(entry.place or "Place not told"), "bold cyan"))
    title.append(f"   incident {incident.id[:_ID]}", style="dim")
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True, width=9)
    table.add_column()
    for toll in tolls(claims, entry, text):
        figure = Text(toll.figure, style="bold red" if toll.kind == "killed" else "bold yellow")
        if toll.parts:
            figure.append(f"   {', '.join(toll.parts)}", style="default not bold")
        table.add_row(toll.kind, figure)
    munitions = list(dict.fromkeys(name for claim in incident.claims for name in claim.munitions))
    means = "; ".join([term_words(entry.means), *map(visible, munitions)])
    table.add_row("place", place_words(entry.place, entry.located))
    table.add_row("date", str(entry.when) if entry.when else "not told")
    table.add_row("blamed", term_words(entry.actor))
    table.add_row("means", means)
    table.add_row("said by", chains_words(claims))
    sentences = [_quoted(group, text, explain) for group in by_sentence(claims)]
    return Group(title, Padding(Group(table, Text(), *sentences), (0, 0, 0, 4)))


def by_sentence(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Yield the claims of each sentence, in the order in which the report says them."""
    groups: dict[Span, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.sentence.start, claim.span.start)):
        groups.setdefault(claim.sentence, []).append(claim)
    yield from groups.values()


def _quoted(claims: Sequence[Claim], text: str, explain: bool) -> RenderableType:
    sentence = marked(claims[0].sentence, [claim.span for claim in claims], text)
    lines: list[RenderableType] = [_Bar(sentence), _Items([_told(claim, text) for claim in claims])]
    if explain:
        lines += [_reasons(claim, text) for claim in claims]
    return Padding(Group(*lines), (0, 0, 1, 0))


def _told(claim: Claim, text: str) -> Text:
    told = Text.assemble((claim_words(claim, text), "dim"), (f" {claim.id[:_ID]}", "cyan"))
    if claim.role != "stated":
        told.append(f" ({claim.role})", style="bold")
    return told


class _Bar:
    """Text with a bar at the left of each of its lines."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for row in self.text.wrap(console, options.max_width - 2):
            yield Text.assemble(("│ ", "dim"), row)


class _Items:
    """Short items side by side, none of them broken at the end of a line."""

    def __init__(self, items: Sequence[Text]) -> None:
        self.items = items

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        row = Text()
        for item in self.items:
            if row.cell_len and row.cell_len + 3 + item.cell_len > options.max_width:
                yield row
                row = Text()
            row = Text(" · ", style="dim").join([row, item]) if row.cell_len else item
        yield row


def marked(sentence: Span, numbers: Sequence[Span], text: str) -> Text:
    """Return a sentence with its numbers in brackets, which colour only underlines."""
    out = Text()
    position = sentence.start
    for span in sorted(set(numbers), key=lambda span: span.start):
        if span.start < position:
            continue
        out.append(visible(text[position : span.start]))
        out.append(f"[{visible(span.of(text))}]", style="bold reverse")
        position = span.end
    out.append(visible(text[position : max(position, sentence.end)]))
    return out


def _reasons(claim: Claim, text: str) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    table.add_column(style="italic")
    for name, value in fields(claim, text):
        why = claim.because.get(name) or claim.because.get(_ALSO.get(name, ""), "")
        if why or value != "not told":
            table.add_row(name, visible(value), visible(why))
    return Padding(Group(Text(f"{claim_words(claim, text)}  {claim.id[:_ID]}", style="bold"), table), (0, 0, 0, 2))


# A field that the stages explain under another name.
_ALSO = {"count": "value", "date": "when", "means": "munitions"}


def fields(claim: Claim, text: str) -> list[tuple[str, str]]:
    """Return every field of a claim with its value in words."""
    return [
        ("count", claim_words(claim, text)),
        ("kind", claim.kind),
        ("group", claim.group.replace("_", " ")),
        ("status", claim.status),
        ("scope", claim.scope),
        ("place", place_words(claim.place, claim.located)),
        ("date", str(claim.when) if claim.when else "not told"),
        ("actor", term_words(claim.actor)),
        ("means", "; ".join([term_words(claim.means), *claim.munitions])),
        ("sources", chain_words(claim.sources) or "not told"),
        ("role", claim.role),
        ("parent", claim.parent[:_ID] if claim.parent else "not told"),
    ]


def _apart(claims: Sequence[Claim], text: str, explain: bool) -> RenderableType:
    """Return the counts of one sentence, each with what is known of it, over the sentence."""
    lines: list[RenderableType] = [_Items(_known(claim, text)) for claim in claims]
    lines.append(_Bar(marked(claims[0].sentence, [claim.span for claim in claims], text)))
    if explain:
        lines += [_reasons(claim, text) for claim in claims]
    return Padding(Group(*lines), (0, 0, 1, 4))


def _known(claim: Claim, text: str) -> list[Text]:
    told = [visible(claim.place or ""), str(claim.when or ""), term_words(claim.actor) if claim.actor else ""]
    words = [*filter(None, told), f"said by {chains_words([claim])}"]
    last = Text.assemble(words.pop(), (f" {claim.id[:_ID]}", "cyan"))
    if claim.role != "stated":
        last.append(f" ({claim.role})", style="bold")
    return [Text(claim_words(claim, text), style="bold"), *map(Text, words), last]


def _statement(statement: Statement, text: str) -> RenderableType:
    told = Text("nobody blamed" if statement.topic == "unblamed" else statement.topic, style="bold")
    if statement.place:
        told.append(f" · {visible(statement.place)}", style="default not bold")
    if statement.topic != "unblamed" and (statement.sources or not statement.denied_by):
        told.append(f" · said by {chain_words(statement.sources) or 'the report itself'}", style="default not bold")
    if statement.denied_by:
        told.append(f" · denied by {', '.join(map(visible, statement.denied_by))}", style="bold magenta")
    return Padding(Group(told, _Bar(marked(statement.span, (), text))), (0, 0, 1, 4))


def _victims(victims: Sequence[Victim]) -> RenderableType:
    lines = []
    for victim in victims:
        known = [f"aged {victim.age}" if victim.age is not None else "", victim.sex or "", victim.kind]
        lines.append(Text(f"{visible(victim.name)} · {' · '.join(filter(None, known))}"))
    return Padding(Group(*lines), (0, 0, 1, 4))


def explained(claim: Claim, report: Report) -> RenderableType:
    """Return one claim: its sentence with the number marked, and each field with the words it was read from."""
    place = f"{visible(report.id)}, characters {claim.span.start} to {claim.span.end}"
    lines: list[RenderableType] = [
        Text(place, style="dim"),
        Text(),
        _Bar(marked(claim.sentence, [claim.span], report.text)),
        Text(),
    ]
    return Group(*lines, _reasons(claim, report.text), Text(f"  engine {claim.engine}", style="dim"))


def printed(view: RenderableType, width: int, colour: bool) -> str:
    """Return a view as text of so many columns; without colour it is plain text, no spaces at the ends of lines."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(view)
    text = captured.get()
    return text if colour else "".join(f"{row.rstrip()}\n" for row in text.splitlines())
