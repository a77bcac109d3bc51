"""The rooms of the house: a file imports only from rooms above its own, and no two files import each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import harmledger

SOURCE = Path(harmledger.__file__).parent
# Top to bottom, as in docs/decisions/rooms.md. A room may import from those before it, and from itself.
ROOMS = (
    "errors",
    "counts",
    "dates",
    "places",
    "model",
    "home",
    "vocabulary",
    "standards",
    "judged",
    "gazetteer",
    "read",
    "extract",
    "match",
    "reconcile",
    "query",
    "show",
    "batch",
    "ledger",
    "export",
    "desk",
    "samples",
    "last_read",
    "commands",
    "cli",
)
FILES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path) for path in FILES}


def _imported(path: Path) -> Iterator[str]:
    """Yield our own modules that a file imports, wherever in the file; "extract.draft" for harmledger.extract.draft."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name instead of dots"
            whole = node.module or ""
            if whole == "harmledger" or whole.startswith("harmledger."):
                room = whole.removeprefix("harmledger").lstrip(".")
                for alias in node.names:
                    inner = f"{room}.{alias.name}".lstrip(".")
                    yield inner if inner in MODULES else room
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("harmledger.") for alias in node.names if alias.name.startswith("harmledger.")
            )


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_imports_flow_downward(path: Path) -> None:
    """Each import points to a room above, or to the same one; only ``__init__`` of the package stands over all."""
    own = _name(path).split(".")[0]
    assert own in ROOMS, f"{own} is a new room: give it its place here and in docs/decisions/rooms.md"
    for module in _imported(path):
        room = module.split(".")[0]
        assert room in ROOMS, f"{_name(path)} imports {module or 'the package itself'}"
        assert ROOMS.index(room) <= ROOMS.index(own), f"{_name(path)} imports {module} from a room below its own"


def test_no_two_files_import_each_other() -> None:
    """Following the imports from any file never leads back to it."""
    graph = {_name(path): set(_imported(path)) - {_name(path)} for path in FILES}
    done: set[str] = set()

    def follow(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " imports ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for imported in sorted(graph.get(module, ())):
                follow(imported, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        follow(module, ())


def test_a_wrong_import_would_be_seen(tmp_path: Path) -> None:
    """The reader of imports finds them at the top, inside functions, and by either form."""
    path = tmp_path / "room.py"
    path.write_text(
        "import harmledger.show.page\ndef late():\n    from harmledger.cli import app\n    from re import sub\n"
    )
    assert sorted(_imported(path)) == ["cli", "show.page"]
