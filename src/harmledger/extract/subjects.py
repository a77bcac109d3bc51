"""Who stands with a word of speech: before it, after it, over a clause set between, joined by "and"."""

from __future__ import annotations

from dataclasses import replace

from harmledger.extract.lexicon import Hit
from harmledger.extract.speaker_phrases import collective, words_of
from harmledger.extract.speakers import Mention, Shape, mention_at
from harmledger.extract.speech import Table, grammar

LONGEST_MODIFIER = 6  # words between "the" and the noun in "the city's old water supply office"
FARTHEST_SUBJECT = 30  # tokens between a speaker and its word of speech, a clause between them included
_CLOSES = frozenset({",", '"', "”", "’", "'", ".", "!", "?"})
_PAIRED = frozenset({",", "–", "—", "-"})


def stands_free(table: Table, mention: Mention) -> bool:
    """Tell whether no preposition makes a name the place or the object of something else: "in Harran"."""
    return table.norm(mention.first - 1) not in grammar("preposition")


def plainly(mention: Mention) -> bool:
    """Tell whether a phrase is a speaker's by itself: a known noun or outlet, or a name of two words or more."""
    return mention.known or (mention.name is not None and mention.name[1] - mention.name[0] >= 2)


def _back_over_pauses(table: Table, index: int) -> int:
    """Return the token before which nothing but pauses stands up to ``index``."""
    pauses = words_of("speaker_pauses", "pause")
    moved = True
    while moved:
        moved = False
        for length in (5, 4, 3, 2, 1):
            start = index - length
            if start >= table.sentence.first and " ".join(table.tokens[k].norm for k in range(start, index)) in pauses:
                if index in table.by_end and length == 1 and table.by_end[index].last - table.by_end[index].first == 1:
                    continue
                index, moved = start, True
                break
        if (
            not moved
            and table.norm(index - 1).endswith("ly")
            and index - 1 > table.sentence.first
            and index not in table.by_end
        ):
            index, moved = index - 1, True
        if not moved and table.norm(index - 1) == ")":
            start = index - 2
            while start > index - 9 and table.norm(start) not in ("(", ""):
                start -= 1
            if table.norm(start) == "(":
                index, moved = start, True
    return index


def subject_of(table: Table, cue: Hit) -> Mention | None:
    """Return the speaker who stands before a word of speech."""
    end = _back_over_pauses(table, cue.first)
    mention = table.by_end.get(end)
    if mention is not None and (mention.shape == "pronoun" or stands_free(table, mention)):
        if mention.known or opens_clause(table, mention):
            return appositive(table, mention)
    elif mention is not None:
        near = _not_the_object(table, mention)
        if near is not None:
            return near
    if table.norm(end - 1) in grammar("relative"):
        end = end - 2 if table.norm(end - 2) == "," else end - 1
        mention = table.by_end.get(_back_over_pauses(table, end))
        return appositive(table, mention) if mention is not None and mention.known else None
    if mention is None and table.norm(end - 1) in ("and", "but", "or", "however"):
        return opening(table, end)
    over = over_a_clause(table, end)
    if over is not None:
        turned = turned_speaker(table, cue)
        return None if turned is not None and turned.known and turned.kind != "witnesses" else appositive(table, over)
    return appositive(table, mention) if mention is not None else None


def _not_the_object(table: Table, mention: Mention) -> Mention | None:
    """Return who speaks in "taken to the hospital police said" and in "Aziz Nour, 63, of Harran said"."""
    if mention.head and mention.name is None and collective(mention.head):
        first = mention.last - len(mention.head.split())
        if first > mention.first:
            return Mention(first, mention.last, None, mention.head, mention.kind, mention.person, "bare", True)
    if table.norm(mention.first - 1) in ("of", "from"):
        index = mention.first - 1
        while index > table.sentence.first and (table.norm(index - 1) == "," or table.norm(index - 1).isdigit()):
            index -= 1
        return table.by_end.get(index) if index < mention.first - 1 else None
    return None


def whole(table: Table, mention: Mention) -> Mention:
    """Return a speaker's noun with all that stands before it: not "office" but "the city's water office"."""
    if mention.shape != "bare" or mention.name or not mention.known or collective(mention.head):
        return mention
    articles, nevers = words_of("speaker_words", "article"), words_of("not_names", "never")
    for index in range(mention.first - 1, max(table.sentence.first, mention.first - LONGEST_MODIFIER) - 1, -1):
        norm = table.norm(index)
        if norm in articles:
            shape: Shape = "definite" if norm == "the" else "indefinite"
            return replace(mention, first=index, shape=shape)
        if index in table.verbs or norm in nevers or not (table.tokens[index].word or norm in ("'s", "'", "’")):
            break
    return mention


def opens_clause(table: Table, mention: Mention) -> bool:
    """Tell whether a bare name starts its clause, and so can only be its subject."""
    return (
        mention.first == table.sentence.first
        or not table.tokens[mention.first - 1].word
        or table.norm(mention.first - 1) in grammar("clause")
    )


def somebody(table: Table, cue: Hit) -> Mention | None:
    """Return a person called by any noun: "a shopper said", "the 40-year-old told police"."""
    end = _back_over_pauses(table, cue.first)
    nevers = words_of("not_names", "never")
    for index in range(end - 1, max(table.sentence.first, end - 5) - 1, -1):
        token = table.tokens[index]
        if index < end - 1 and token.norm in words_of("speaker_words", "article"):
            if (
                index > table.sentence.first
                and table.tokens[index - 1].word
                and table.norm(index - 1) not in grammar("clause")
            ):
                return None
            return Mention(index, end, None, "", "witnesses", True, "indefinite", False)
        if (
            token.norm in nevers
            or "'" in token.norm[1:]
            or table.by_end.get(index + 1) is not None
            or not (token.word or token.text[0].isdigit() or token.norm == "'s" or token.text == "-")
        ):
            return None
    return None


def earlier(table: Table, pronoun: Mention) -> Mention:
    """Return whom "they" takes up in its own sentence: "officers seek a man they say fired"."""
    for mention in reversed(table.found):
        if mention.last <= pronoun.first and mention.known and not mention.person and mention.shape != "pronoun":
            return mention
    return pronoun


def opening(table: Table, end: int) -> Mention | None:
    """Return the known speaker that opens the sentence, for "the guard ran home and said"."""
    for mention in table.found:
        if mention.first > table.sentence.first + 3 or mention.last > end:
            return None
        if mention.known or mention.first == table.sentence.first:
            return mention
    return None


def appositive(table: Table, mention: Mention) -> Mention:
    """Return the name that a description stands beside: "Aziz Nour, an activist in the town,"."""
    if mention.shape == "pronoun":
        return mention
    if mention.name is not None:
        return _with_description_before(table, mention)
    end = mention.first - 1 if table.norm(mention.first - 1) == "," else mention.first
    other = table.by_end.get(end)
    if (
        not mention.person
        and other is not None
        and other.name
        and other.known
        and other.first <= table.sentence.first + 1
    ):
        return other if mention.shape == "indefinite" else mention
    if not mention.person or other is None or other.name is None or other.head or not stands_free(table, other):
        return mention
    if other.name[1] - other.name[0] < 2:
        return mention
    return Mention(other.first, mention.last, other.name, mention.head, mention.kind, True, "name", True)


def _with_description_before(table: Table, mention: Mention) -> Mention:
    """Return a name with the description before it taken in: "a witness, Aziz Nour, said"."""
    other = table.by_end.get(mention.first - 1) if table.norm(mention.first - 1) == "," else None
    if mention.head or other is None or not other.person or other.name is not None or other.shape == "pronoun":
        return mention
    return Mention(other.first, mention.last, mention.name, other.head, other.kind, True, "name", True)


def over_a_clause(table: Table, end: int) -> Mention | None:
    """Return a known speaker before a clause set between it and the verb: "the office, which counts, said"."""
    comma = table.norm(end - 1) in _PAIRED
    for mention in reversed(table.found):
        if mention.last > end - 1 or end - mention.last > FARTHEST_SUBJECT:
            continue
        following = table.norm(mention.last)
        if any(index in table.verbs for index in range(mention.last, end)) and following not in grammar("relative"):
            break
        opens = following in ("who", "which") and opens_clause(table, mention)
        if mention.shape == "pronoun" or not (plainly(mention) or opens) or not stands_free(table, mention):
            continue
        if following in grammar("between") or (comma and following in _PAIRED) or following == "(":
            return mention
        if comma and table.norm(mention.first - 1) == "," and mention.last == end - 1:
            return mention
    return None


def turned_speaker(table: Table, cue: Hit) -> Mention | None:
    """Return the speaker who stands after a word of speech: '..., said a nurse'."""
    if cue.phrase not in grammar("turned"):
        return None
    index = cue.last
    if table.norm(index) in words_of("speaker_pauses", "pause"):
        index += 1
    mention = table.by_start.get(index)
    if mention is None or mention.shape == "pronoun" or not (plainly(mention) or _ends(table, mention)):
        return None
    if mention.kind in ("witnesses", "person") and mention.name is None and table.norm(cue.first - 1) not in _CLOSES:
        return None  # "he said a woman was hurt"
    mention = described(table, mention)
    following = table.tokens[mention.last] if mention.last < table.sentence.last else None
    if following is None or not following.word:
        return mention
    closes = following.norm in words_of("speaker_pauses", "pause") or following.norm in grammar("after_name")
    return mention if closes and mention.last not in table.verbs else None


def _ends(table: Table, mention: Mention) -> bool:
    """Tell whether a bare surname closes its clause: '..., said Nour.'"""
    closed = table.norm(mention.last) in ("", ".", ",", ";", '"', "”")
    return mention.name is not None and (closed or table.norm(mention.first - 2) in ('"', "”"))


def described(table: Table, mention: Mention) -> Mention:
    """Return a speaker with what stands beside it: "Aziz Nour, head of the clinic", "the clinic's head, Aziz Nour,"."""
    index = mention.last + 1 if table.norm(mention.last) == "," else mention.last
    other = table.by_start.get(index)
    if other is None or other.shape == "pronoun":
        return mention
    if mention.name is not None and not mention.head:
        if other.person and other.name is None:
            return Mention(mention.first, other.last, mention.name, other.head, other.kind, True, "name", True)
    elif mention.name is None and mention.head and index > mention.last and other.name is not None and not other.head:
        closed = (
            other.last == table.sentence.last
            or not table.tokens[other.last].word
            or table.norm(other.last) in grammar("relative")
        )
        if closed and (mention.person or mention.kind == "media") and table.norm(other.last) != "and":
            return Mention(
                mention.first, other.last, other.name, mention.head, mention.kind, mention.person, "name", True
            )
    return mention


def joined(table: Table, mention: Mention, forward: bool) -> list[Mention]:
    """Return a speaker with those it is joined to by "and" or commas, in the order of the text."""
    row = [mention]
    step = 1 if forward else -1
    together = False
    while len(row) < 12:
        index = row[-1].last if forward else row[0].first - 1
        joint = table.norm(index)
        if joint in grammar("together") and table.norm(index + step) in grammar("together"):
            index += step
            joint = "and"
        elif joint == "with" and table.norm(index - 1) == "along" and not forward:
            index, joint = index - 1 - (table.norm(index - 2) == ","), "and"
        if joint not in grammar("together") and joint != "including":
            break
        if joint == "including" and table.norm(index - 1) == ",":
            index -= 1
        other = table.by_start.get(index + 1) if forward else table.by_end.get(_before_account(table, index))
        if other is None or other.shape == "pronoun" or other.carrier:
            break
        together = together or joint in ("and", "or", "&")
        listed = opens_clause(table, other) or forward or table.norm(other.first - 1) == ","
        named = other.name is not None and together and stands_free(table, other) and listed
        if not (other.known or named) or (joint == "," and not together):
            break
        row = row + [other] if forward else [whole(table, other)] + row
    return row


def _before_account(table: Table, index: int) -> int:
    """Return where a name ends before its account in brackets: "Harran Watch (@harranwatch)"."""
    if table.norm(index - 1) != ")":
        return index
    start = index - 2
    while start > index - 10 and table.norm(start) not in ("(", ""):
        start -= 1
    return start if table.norm(start) == "(" else index


def behind(table: Table, mention: Mention) -> Mention:
    """Return who stands behind a thing that carries words: "a post by Aziz Nour", "a report from the clinic"."""
    if not mention.carrier:
        return mention
    for index in range(mention.first + 1, min(mention.last + 2, table.sentence.last)):
        if table.norm(index) in ("by", "from"):
            other = table.by_start.get(index + 1) or mention_at(table.tokens, index + 1, table.sentence.last)
            if other is not None and (other.known or other.name is not None) and other.shape != "pronoun":
                return replace(other, last=max(mention.last, other.last), known=True)
    return mention
