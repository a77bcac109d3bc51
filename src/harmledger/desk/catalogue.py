"""Interface texts in one catalogue: a file for each language in ``words/``, the same keys in all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from harmledger import vocabulary
from harmledger.counts import Count
from harmledger.errors import LexiconError
from harmledger.read.coded.row import CodedCount
from harmledger.show.safe import visible

# By code: the language's own name, and the direction it is written in.
LANGUAGES: Mapping[str, tuple[str, str]] = MappingProxyType({"en": ("English", "ltr"), "ar": ("العربية", "rtl")})


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return a language's texts by key, as ``section.name``."""
    source = resources.files(__package__) / "words" / f"{language}.toml"
    sections = tomllib.loads(source.read_text(encoding="utf-8"))
    found = {f"{section}.{name}": text for section, held in sections.items() for name, text in held.items()}
    for key, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise LexiconError(f"desk/words/{language}.toml: {key} has no text.")
    return MappingProxyType(found)


def form(language: str, number: int) -> str:
    """Return which form of a noun goes with a number, by the plural rules of Unicode's CLDR.

    >>> [form("ar", n) for n in (0, 1, 2, 5, 11, 100)], form("en", 1)
    (['zero', 'one', 'two', 'few', 'many', 'other'], 'one')
    """
    if language != "ar":
        return "one" if number == 1 else "other"
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, as pages ask for them."""

    language: str

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return LANGUAGES[self.language][1]

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in; KeyError for a key that no catalogue has."""
        text = texts(self.language)[key]
        if self.direction == "rtl":
            # Isolated, so that a date or a range does not turn around within Arabic words.
            return text.format(**{name: f"\u2068{value}\u2069" for name, value in values.items()})
        return text.format(**values)

    def many(self, noun: str, number: int) -> str:
        """Return a number with its noun: "1 claim", "12,000 claims"."""
        return texts(self.language)[f"{noun}.{form(self.language, number)}"].format(n=f"{number:,}")

    def term(self, field: str, name: str | None) -> str:
        """Return a term of the closed lists; in English the lists' own labels stand."""
        if not name or name == "none":
            return self("say.not_told")
        told = texts(self.language).get(f"{field}.{name}")
        return told or vocabulary.labels(field).get(name, name)

    def count(self, count: Count, said: str) -> str:
        """Return a count: "at least 14", "9 to 12"; a vague one as it was said."""
        if count.value is None:
            return visible(said)
        if count.high is not None:
            return self("say.range", low=f"{count.value:,}", high=f"{count.high:,}")
        number = f"{count.value:,}" if count.value else self("say.none")
        return number if count.bound == "exact" else self(f"bound.{count.bound}", n=number)

    def coded(self, told: CodedCount) -> str:
        """Return a count that another recorder coded."""
        return self.count(Count(told.value, told.high, told.bound), "")

    def range(self, low: int | None, high: int | None, still_open: bool = False) -> str:
        """Return a range: "9 to 12", "9 or more"; nothing told is a dash."""
        if low is None:
            return "–"
        if still_open and high in (None, low):
            return self("say.or_more", n=f"{low:,}")
        if high is not None and high != low:
            return self("say.range", low=f"{low:,}", high=f"{high:,}") + ("+" if still_open else "")
        return f"{low:,}" if low else self("say.none")
