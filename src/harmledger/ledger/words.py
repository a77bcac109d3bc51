"""The index of words: which reports hold a word, and which hold a claim with some kind, place, actor or month.

Words are folded as place names are: lower case, without marks, Arabic vowels, hamza and tatweel, the forms of alef one
letter, ta marbuta as ha. SQLite keeps them in FTS5 without their text, PostgreSQL in ``tsvector``; neither splits words
by rules of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, text

from harmledger.gazetteer.spelling import fold

# No word that anybody looks for is longer; PostgreSQL refuses words of more than 2,046 bytes.
_LONGEST = 100
# And it refuses a report whose different words together pass a million bytes.
_MOST_BYTES = 900_000
WORDS, FACETS = "words", "facets"


def words_of(told: str) -> list[str]:
    """Return the different words of a text, folded, in the order of their first use.

    >>> words_of("Shelling in Ḥamāh, shelling in حَمَاة")
    ['shelling', 'in', 'hamah', 'حماه']
    """
    kept: dict[str, None] = {}
    room = _MOST_BYTES
    for word in fold(told).split():
        word = word[:_LONGEST]
        if word not in kept:
            room -= 4 * len(word) + 8
            if room < 0:
                break
            kept[word] = None
    return list(kept)


def make_indexes(connection: Connection) -> None:
    """Make the tables of words."""
    for name in (WORDS, FACETS):
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"CREATE TABLE {name} (number INTEGER PRIMARY KEY, words tsvector NOT NULL)"))
            connection.execute(text(f"CREATE INDEX {name}_words ON {name} USING gin (words)"))
        else:
            connection.execute(
                text(
                    f"CREATE VIRTUAL TABLE {name} USING fts5"
                    "(told, content='', detail=none, columnsize=0, tokenize='ascii')"
                )
            )


def index_all(connection: Connection) -> None:
    """Write down the words of all reports, where none are yet."""
    from harmledger.ledger.lines import read_lines

    for line in read_lines(connection, ["report"]):
        if line.body is not None:
            put(connection, WORDS, {line.number: words_of(line.told["text"])})


def put(connection: Connection, name: str, found: Mapping[int, Sequence[str]]) -> None:
    """Write down the words of reports by their lines' numbers."""
    if not found:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(f"INSERT INTO {name} (number, words) VALUES (:number, array_to_tsvector(:words))"),
            [{"number": number, "words": list(words)} for number, words in found.items()],
        )
    else:
        connection.execute(
            text(f"INSERT INTO {name} (rowid, told) VALUES (:number, :words)"),
            [{"number": number, "words": " ".join(words)} for number, words in found.items()],
        )


def take_out(connection: Connection, name: str, found: Mapping[int, Sequence[str]]) -> None:
    """Take the words of reports out of the index; FTS5 must be told which words they were."""
    if not found:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(f"DELETE FROM {name} WHERE number IN :numbers").bindparams(bindparam("numbers", expanding=True)),
            {"numbers": list(found)},
        )
    else:
        connection.execute(
            text(f"INSERT INTO {name} ({name}, rowid, told) VALUES ('delete', :number, :words)"),
            [{"number": number, "words": " ".join(words)} for number, words in found.items()],
        )


def empty(connection: Connection, name: str) -> None:
    """Take all words out."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DELETE FROM {name}"))
    else:
        connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('delete-all')"))


def settle(connection: Connection, name: str) -> None:
    """Rewrite an FTS5 index in one piece, so that nothing is left of words that were taken out."""
    if connection.dialect.name != "postgresql":
        connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('optimize')"))


def wake(connection: Connection) -> None:
    """Have SQLite see what other connections changed in the indexes.

    ``PRAGMA integrity_check`` alone looks at FTS5's structure as this connection knew it (seen with SQLite 3.53), and
    calls an index broken that another connection has rewritten; a question brings it up to date.
    """
    for name in (WORDS, FACETS):
        connection.execute(text(f"SELECT rowid FROM {name} WHERE {name} MATCH 'a'")).first()


def counts(connection: Connection, name: str) -> Iterator[tuple[str, int]]:
    """Yield each word of an index with the number of reports that it stands in."""
    if connection.dialect.name == "postgresql":
        rows = connection.execute(text(f"SELECT word, ndoc FROM ts_stat('SELECT words FROM {name}')"))
        yield from ((row.word, row.ndoc) for row in rows)
        return
    # A table of this connection alone: it reads the index, and is no part of the ledger.
    connection.execute(
        text(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_told USING fts5vocab('main', '{name}', 'row')")
    )
    yield from ((row.term, row.doc) for row in connection.execute(text(f"SELECT term, doc FROM temp.{name}_told")))


def asked(connection: Connection, groups: Iterable[Sequence[str]]) -> str:
    """Return the question for an index: of each group one word must be there; ``word*`` is any that begins so."""
    if connection.dialect.name == "postgresql":
        return " & ".join(f"({' | '.join(map(_lexeme, group))})" for group in groups)
    return " AND ".join(f"({' OR '.join(map(_token, group))})" for group in groups)


def _token(word: str) -> str:
    return f'"{word[:-1]}" *' if word.endswith("*") else f'"{word}"'


def _lexeme(word: str) -> str:
    quoted = word.rstrip("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if word.endswith("*") else f"'{quoted}'"
