"""The errors of a run as one HTML page that needs nothing but a browser: no network, no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from errors import Group, by_what, differing, groups, headline
from runs import Change, Row, tallies

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --mark: #ffd54f; --gain: #2e7d32; --loss: #c62828; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; display: grid; grid-template-columns: 21rem 1fr; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line);
  box-sizing: border-box; font-size: 13px; }
nav a { display: flex; justify-content: space-between; gap: .5rem; color: inherit; text-decoration: none;
  padding: .1rem .3rem; border-radius: 4px; }
nav a:hover, nav a:focus { background: var(--soft); }
nav h2 { font-size: 13px; margin: .8rem 0 .2rem; }
main { padding: 1rem 2rem 6rem; max-width: 62rem; }
h1 { font-size: 1.3rem; margin: 0; }
main h2 { font-size: 1.05rem; margin: 2.2rem 0 .4rem; border-bottom: 1px solid var(--line); }
article { border-bottom: 1px solid var(--soft); padding: .5rem 0; }
article p { margin: .2rem 0; overflow-wrap: anywhere; }
.about { font-size: 12.5px; opacity: .75; }
mark { background: var(--mark); color: #000; padding: 0 .15em; border-radius: 2px; font-weight: 600; }
details { font-size: 12.5px; } summary { cursor: pointer; opacity: .75; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; font: 12.5px/1.5 ui-monospace, monospace; }
table { border-collapse: collapse; font-size: 13px; margin: .6rem 0; }
td, th { padding: .1rem .7rem .1rem 0; text-align: right; } td:first-child, th:first-child { text-align: left; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }
.gain { color: var(--gain); } .loss { color: var(--loss); }
input { width: 100%; box-sizing: border-box; padding: .35rem; font: inherit; }
[hidden] { display: none; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } }
"""
_SCRIPT = """
const box = document.querySelector('input');
box.addEventListener('input', () => {
  const wanted = box.value.toLowerCase();
  for (const section of document.querySelectorAll('section')) {
    let shown = 0;
    for (const one of section.querySelectorAll('article')) {
      one.hidden = !one.textContent.toLowerCase().includes(wanted);
      shown += !one.hidden;
    }
    section.hidden = !shown;
  }
});
"""


def page(rows: Sequence[Row], field: str | None = None, changes: Sequence[Change] | None = None) -> str:
    """Return the page: errors by cause, or, where ``changes`` are told, gains and losses first."""
    found = groups(rows, field)
    menu, body = list(_menu(found)), [piece for index, group in enumerate(found) for piece in _section(index, group)]
    if changes is not None:
        told = list(_changes(changes))
        menu = [f"<h2>{len(changes)} changes</h2><a href='#changes'>gains and losses</a>", *menu]
        body = [*told, *body]
    return "\n".join(
        [
            "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            f"<title>What is read wrongly</title><style>{_STYLE}</style></head><body>",
            "<nav><label>Only claims with<input type='search' placeholder='a word, a report, a signal'></label>",
            *menu,
            f"</nav><main><h1>What is read wrongly</h1><p>{escape(headline(rows))}</p>",
            *_table(rows),
            *body,
            f"</main><script>{_SCRIPT}</script></body></html>\n",
        ]
    )


def _menu(found: Sequence[Group]) -> Iterator[str]:
    last = ""
    for index, group in enumerate(found):
        if group.what != last:
            claims = sum(len(other.rows) for other in found if other.what == group.what)
            yield f"<h2>{escape(group.what)} ({claims})</h2>"
            last = group.what
        yield f"<a href='#g{index}'><span>{escape(group.cause)}</span><b>{len(group.rows)}</b></a>"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    for by in ("kind", "style"):
        yield f"<table><tr><th>{by}</th><th>annotated</th><th>read</th><th>found</th><th>core</th><th>full</th></tr>"
        for name, told in tallies(rows, by).items():
            shares = "".join(f"<td>{told.f1(what):.3f}</td>" for what in ("found", "core", "full"))
            yield f"<tr><td>{escape(name)}</td><td>{told.annotated}</td><td>{told.read}</td>{shares}</tr>"
        yield "</table>"


def _section(index: int, group: Group) -> Iterator[str]:
    yield f"<section id='g{index}'><h2>{escape(group.what)}: {escape(group.cause)} ({len(group.rows)})</h2>"
    for row in group.rows:
        yield _article(row, differing(row, group.what))
    yield "</section>"


def _article(row: Row, also: str, old: Row | None = None) -> str:
    """Return one claim; beside what each stage did, what it did in the earlier run, where that differs."""
    about = " · ".join(escape(part) for part in (row.report, row.kind, row.shape, also) if part)
    doubt = f" · confidence {row.confidence:.2f}" if row.confidence is not None else ""
    steps = _steps(row)
    if old is not None and old is not row:
        steps = f"<div class='sides'><div>before{_steps(old, row)}</div><div>now{_steps(row, old)}</div></div>"
    return (
        f"<article><p class='about'>{about}{doubt}</p>"
        f"<p>{escape(row.before)}<mark>{escape(row.words)}</mark>{escape(row.after)}</p>"
        f"<details><summary>what each stage did</summary>{steps}</details></article>"
    )


def _steps(row: Row, other: Row | None = None) -> str:
    same = frozenset(other.steps) if other is not None else frozenset(row.steps)
    lines = (escape(step) if step in same else f"<b>{escape(step)}</b>" for step in row.steps)
    return f"<pre>{chr(10).join(lines)}</pre>"


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    yield "<div id='changes'>"
    for gain, title in ((True, "gain"), (False, "loss")):
        side = [change for change in changes if change.gain == gain]
        for what, its in by_what(side).items():
            yield f"<section><h2 class='{title}'>{title}: {escape(what)} ({len(its)})</h2>"
            for change in its:
                yield _article(change.row, change.told, change.old)
            yield "</section>"
    if not changes:
        yield "<p>Nothing changed.</p>"
    yield "</div>"
