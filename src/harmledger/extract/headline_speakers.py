"""Speakers who stand bare: in a headline ("Nine killed - police"), or by their list of dead."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Sentence, Token
from harmledger.extract.speaker_phrases import words_of
from harmledger.extract.speakers import Mention
from harmledger.extract.speech import Saying, Table, grammar


def may_have_label(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Tell whether a sentence has what a speaker bare in a headline needs: a sign of division, or such a noun."""
    speakers = lexicon("speakers")
    for index in range(sentence.first, sentence.last):
        token = tokens[index]
        if token.text in (":", "-", "–", "—", "|"):
            return True
        if token.word:
            head = speakers.at(tokens, index, sentence.last)
            if head is not None and head.entry.get("headline"):
                return True
    return False


def labels(table: Table, spoken: list[Saying]) -> list[Saying]:
    """Return the speakers that stand bare in a headline: "Nine killed in blast - police", "Police: two shot"."""
    found: list[Saying] = []
    covered = {index for saying in spoken for index in range(saying.first, saying.last)}
    for mention in table.found:
        if (
            not mention.known
            or mention.shape in ("pronoun", "definite", "indefinite")
            or mention.first in covered
            or mention.carrier
        ):
            continue
        before = table.norm(mention.first - 1)
        at_start = _opens(table, mention.first)
        at_end = mention.last == table.sentence.last
        colon = _over_brackets(table, mention.last)
        if at_start and table.norm(colon) == ":" and mention.last - mention.first <= 6:
            relays = _through(table, mention.last, colon)
            found.append(Saying(mention.first, colon + 1, mention.first, [mention], True, relays, label=True))
        elif before in ("-", "–", "—", ":", "|") and (at_end or _byline(table, mention.last)):
            found.append(Saying(mention.first - 1, mention.last, mention.first, [mention], False, label=True))
        elif not at_start and _bare_noun(table, mention) and _byline(table, mention.last):
            found.append(Saying(mention.first, mention.last, mention.first, [mention], False, label=True))
    return found


def _opens(table: Table, index: int) -> bool:
    """Tell whether only a bullet, a number or a clock's time stands before a token: "• 16:20 Police: two shot"."""
    before = table.tokens[table.sentence.first : index]
    return len(before) <= _BULLET and not any(token.text[0].isalpha() for token in before)


_BULLET = 5  # tokens: "-", "16", ":", "20"


def _over_brackets(table: Table, index: int) -> int:
    """Return where an aside in brackets ends, ``index`` itself where none stands there."""
    if table.norm(index) != "(":
        return index
    near = range(index, min(index + 12, table.sentence.last))
    return next((place + 1 for place in near if table.norm(place) == ")"), index)


def _through(table: Table, first: int, last: int) -> list[Mention]:
    """Return whom "(via al-Fajr)" names as handing the words on."""
    return [
        mention
        for mention in table.found
        if first < mention.first < last and table.norm(mention.first - 1) in ("via", "through", "quoted", "citing")
    ]


def _bare_noun(table: Table, mention: Mention) -> bool:
    entry = (
        lexicon("speakers").at(table.tokens, mention.last - len(mention.head.split()), mention.last)
        if mention.head
        else None
    )
    return (
        entry is not None
        and bool(entry.entry.get("headline"))
        and table.norm(mention.first - 1) not in words_of("speaker_words", "article")
    )


def _byline(table: Table, index: int) -> bool:
    """Tell whether an agency's name or a dateline stands at ``index``."""
    outlet = lexicon("outlets").at(table.tokens, index, table.sentence.last)
    if outlet is not None and outlet.entry["kind"] == "media":
        return True
    following = table.norm(index)
    dated = table.norm(index + 1)[:1].isdigit()
    return (following in grammar("weekday") and dated) or (following.isdigit() and len(following) == 4)


def lists(table: Table, spoken: list[Saying]) -> list[Saying]:
    """Return those whose list or records are named in passing: "matched with the ministry's list of dead"."""
    covered = {index for saying in spoken for index in range(saying.first, saying.last)}
    return [
        Saying(mention.first, mention.last, mention.first, [mention], False, weak=True)
        for mention in table.found
        if mention.carrier
        and mention.name
        and mention.name[0] > table.sentence.first
        and mention.head in grammar("list")
        and mention.first not in covered
    ]
