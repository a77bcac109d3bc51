"""What can go wrong, said so that the person at the keyboard knows what to do.

Every message tells what happened, where (file and line, or claim), and what to do about it.
"""

from __future__ import annotations


class HarmledgerError(Exception):
    """Base of every error that harmledger raises on purpose."""


class ReportError(HarmledgerError):
    """A report could not be read.

    ``where`` names the file and, where there is one, the line: ``news.jsonl:14``.
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        super().__init__(f"{where}: {what}" + (f" {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[ReportError], tuple[str, str, str]]:
        """Make it travel between processes with its parts."""
        return ReportError, (self.where, self.what, self.remedy)


class LexiconError(HarmledgerError):
    """A lexicon or vocabulary file breaks its own rules."""


class GazetteerError(HarmledgerError):
    """A gazetteer file or index could not be used."""


class CountError(HarmledgerError, ValueError):
    """A count contradicts itself: negative, or its high end under its low end."""


class DateError(HarmledgerError, ValueError):
    """A date does not exist, or a span ends before it starts."""


class QueryError(HarmledgerError, ValueError):
    """A query was not understood."""


class ExportError(HarmledgerError):
    """An export could not be written, or asks for what its redaction profile withholds."""


class LedgerError(HarmledgerError):
    """The ledger could not be opened, read or written; nothing that was recorded before is lost."""


class JudgedMeanwhile(LedgerError):
    """Somebody judged the same thing since it was looked at; nothing was recorded. ``who`` did."""

    def __init__(self, who: str) -> None:
        self.who = who
        super().__init__(f"{who} judged this while you looked at it. Look again: nothing of yours was recorded.")


class DeskError(HarmledgerError):
    """The desk could not start, or was asked for what it does not do.

    ``key`` and ``values`` name the same words in the desk's catalogue, for pages in another language than English.
    """

    def __init__(self, message: str, key: str = "", **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(message)


class JudgementError(HarmledgerError, ValueError):
    """A judgement asks for what cannot be: an unknown field, or a value that its field does not hold."""


class MatchingStateError(HarmledgerError):
    """The saved state of matching cannot be used; it is a cache and can be built again."""
