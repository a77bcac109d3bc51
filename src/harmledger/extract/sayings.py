"""Words of speech and who stands with them: "police said", "according to the coroner", "Reuters quoted a guard"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.extract.speakers import Mention, collective, mention_at, mentions, speech_at, words_of

FARTHEST_SUBJECT = 30  # tokens between a speaker and its word of speech, a clause between them included
_BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "reportedly", "as"})
_RELATIVE = frozenset({"which", "who", "that"})
_PREPOSITIONS = frozenset({"in", "on", "at", "of", "to", "from", "near", "by", "with", "for", "into", "against", "around", "outside", "inside", "over", "between", "across", "through", "toward", "towards"})
_JOINTS = frozenset({"and", "but", "while", "though", "although", "as", "whereas", "that", "or", "because", "when", "what", "after"})
_TOGETHER = frozenset({"and", "or", ",", "both", "&"})
_DONE_TO_CARRIERS = frozenset({"released", "published", "posted", "shared", "circulated", "broadcast", "aired", "provided", "verified"})
_FIGHTERS = frozenset({"armed_group", "military", "carrier"})  # "was reported killed by the army" tells the doer
_LISTS = frozenset({"list", "database", "records", "figures", "data"})
_CLOSES = frozenset({",", '"', "”", "’", "'", ".", "!", "?"})
_PAIRED = frozenset({",", "–", "—", "-"})
_HARMLESS = frozenset({"responsibility", "lives", "life", "credit", "victory", "asylum"})
_HEARERS = frozenset({"reporters", "journalists", "parliament", "lawmakers", "mourners", "us", "him", "her", "them"})
_INVERTED = frozenset({"said", "says", "reported", "reports", "added", "adds", "announced", "confirmed", "wrote", "stated", "claimed", "explained", "noted", "according"})


@dataclass(slots=True)
class Saying:
    """A word of speech with its speakers (the original first) and those who handed the words on.

    ``first`` to ``last`` (half-open) are the tokens from the speaker to the end of the words of speech. ``ahead`` is
    true where what is said comes after them, false where it comes before. ``tone`` is "denied" or "disputed" where
    the words deny.
    """

    first: int
    last: int
    verb: int
    speakers: list[Mention]
    ahead: bool
    relays: list[Mention] = field(default_factory=list)
    tone: str = ""
    label: bool = False
    weak: bool = False
    opening: Mention | None = None


def sayings(reading: Reading, sentence: Sentence) -> list[Saying]:
    """Return the words of speech of a sentence that have a speaker, in order."""
    tokens = reading.tokens
    cues = list(_cues(tokens, sentence))
    label = _may_have_label(tokens, sentence)
    if not cues and not label and not any(tokens[i].norm in _LISTS for i in range(sentence.first, sentence.last)):
        return []
    found = mentions(reading, sentence)
    table = _Table(tokens, sentence, found, cues)
    spoken: list[Saying] = []
    for cue in cues:
        saying = _read(table, cue, spoken)
        if saying is not None:
            spoken.append(saying)
    if label:
        spoken.extend(_labels(table, spoken))
    spoken.extend(_lists(table, spoken))
    spoken.sort(key=lambda saying: saying.first)
    return spoken


def _lists(table: _Table, spoken: list[Saying]) -> list[Saying]:
    """Return those whose list or records are named in passing: "matched with the ministry's list of dead"."""
    covered = {index for saying in spoken for index in range(saying.first, saying.last)}
    return [
        Saying(mention.first, mention.last, mention.first, [mention], False, weak=True)
        for mention in table.found
        if mention.carrier and mention.name and mention.head in _LISTS and mention.first not in covered
    ]


def _cues(tokens: Sequence[Token], sentence: Sentence) -> Iterator[Hit]:
    index = sentence.first
    while index < sentence.last:
        hit = speech_at(tokens, index, sentence.last)
        if hit is not None:
            yield hit
        index = hit.last if hit is not None else index + 1


class _Table:
    """A sentence's tokens, mentions and cues, with the look-ups the reading of one cue needs."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, found: list[Mention], cues: list[Hit]) -> None:
        self.tokens = tokens
        self.sentence = sentence
        self.found = found
        self.by_end = {mention.last: mention for mention in found}
        self.by_start = {mention.first: mention for mention in found}
        self.cue_at = {cue.first: cue for cue in cues}
        self.verbs = {index for cue in cues for index in range(cue.first, cue.last)}

    def norm(self, index: int) -> str:
        """Return a token's lower-case form, "" outside the sentence."""
        return self.tokens[index].norm if self.sentence.first <= index < self.sentence.last else ""


def _read(table: _Table, cue: Hit, before: list[Saying]) -> Saying | None:
    role = cue.entry["role"]
    if role in ("after", "by"):
        return _speaker_follows(table, cue, before, role)
    if role == "tie":
        return _tied(table, cue, before)
    if _silent(table, cue):
        return _passive(table, cue)
    subject = _subject(table, cue)
    if role == "pass":
        return _handed_on(table, cue, subject, before)
    if cue.entry.get("only") and (subject is None or not _does_tell(subject, cue, _clause_opens(table, subject))):
        return None
    turned = _turned(table, cue)
    if turned is not None and (subject is None or not (subject.known or _stands_free(table, subject))):
        table.verbs.add(cue.first)
        return Saying(cue.first, turned.last, cue.first, _joined(table, turned, forward=True), cue.first == table.sentence.first, tone=cue.entry.get("tone", ""))
    if subject is None:
        subject = _somebody(table, cue)
    if subject is None:
        return None
    if subject.takes_up == "any":
        subject = _earlier(table, subject)
    if before and before[-1].relays and subject in before[-1].speakers and before[-1].last >= subject.last:
        return Saying(before[-1].first, cue.last, cue.first, before[-1].speakers, True, before[-1].relays)
    subject = _behind(table, subject)
    last, relays = _hearers(table, cue.last)
    speakers = _joined(table, subject, forward=False)
    said = Saying(speakers[0].first, last, cue.first, speakers, _goes_on(table, last), relays, cue.entry.get("tone", ""))
    said.opening = _opening(table, subject.first) if subject.shape == "pronoun" else None
    return said


def _stands_free(table: _Table, mention: Mention) -> bool:
    """Tell whether no preposition makes a name the place or the object of something else: "in Harran"."""
    return table.norm(mention.first - 1) not in _PREPOSITIONS


def _does_tell(subject: Mention, cue: Hit, opens: bool) -> bool:
    """Tell whether a deed is told of by its doer; of a thing that carries words, "released" is what was done to it."""
    if subject.carrier:
        return cue.phrase not in _DONE_TO_CARRIERS
    return (_plainly(subject) or opens) if cue.entry["only"] == "named" else subject.known


def _plainly(mention: Mention) -> bool:
    return mention.known or (mention.name is not None and mention.name[1] - mention.name[0] >= 2)


def _silent(table: _Table, cue: Hit) -> bool:
    """Tell whether a cue is no word of speech here: "were reported killed", "claimed the lives of"."""
    before = table.norm(cue.first - 1)
    if before in _BE:
        return True
    head = table.by_start.get(cue.first)
    if cue.last in table.cue_at and head is not None and head.last == cue.last:
        return True  # a noun that speaks: "records show"
    if before in ("the", "a", "an", "of", "any", "no") and cue.last - cue.first == 1:
        return True  # a noun: "the reports", "a claim"
    if cue.phrase.startswith("claim"):
        near = [table.norm(index) for index in range(cue.last, cue.last + 4)]
        if _HARMLESS.intersection(near):
            return True
        subject = table.by_end.get(cue.first)
        return near[0][:1].isdigit() and (subject is None or not subject.known)
    return False


def _passive(table: _Table, cue: Hit) -> Saying | None:
    """Return who did the saying in "was reported yesterday by three clinics"."""
    if table.norm(cue.first - 1) not in _BE:
        return None
    for index in range(cue.last, min(cue.last + 10, table.sentence.last)):
        norm = table.norm(index)
        if index in table.cue_at or norm in _RELATIVE or norm in (",", ";", "and", "but"):
            return None
        other = table.by_start.get(index + 1) if norm == "by" else None
        if other is not None and _plainly(other) and other.kind not in _FIGHTERS and other.shape != "pronoun":
            row = _joined(table, other, forward=True)
            return Saying(cue.first, row[-1].last, cue.first, row, False)
    return None


def _back_over_pauses(table: _Table, index: int) -> int:
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
        if not moved and table.norm(index - 1).endswith("ly") and index - 1 > table.sentence.first and index not in table.by_end:
            index, moved = index - 1, True
        if not moved and table.norm(index - 1) == ")":
            start = index - 2
            while start > index - 9 and table.norm(start) not in ("(", ""):
                start -= 1
            if table.norm(start) == "(":
                index, moved = start, True
    return index


def _subject(table: _Table, cue: Hit) -> Mention | None:
    """Return the speaker who stands before a word of speech."""
    end = _back_over_pauses(table, cue.first)
    mention = table.by_end.get(end)
    if mention is not None and (mention.shape == "pronoun" or _stands_free(table, mention)):
        if mention.known or _clause_opens(table, mention):
            return _appositive(table, mention)
    elif mention is not None:
        near = _not_the_object(table, mention)
        if near is not None:
            return near
    if table.norm(end - 1) in _RELATIVE:
        end = end - 2 if table.norm(end - 2) == "," else end - 1
        mention = table.by_end.get(_back_over_pauses(table, end))
        return _appositive(table, mention) if mention is not None and mention.known else None
    if mention is None and table.norm(end - 1) in ("and", "but", "or", "however"):
        return _opening(table, end)
    over = _over_a_clause(table, end)
    if over is not None:
        turned = _turned(table, cue)
        return None if turned is not None and turned.known and turned.kind != "witnesses" else _appositive(table, over)
    return _appositive(table, mention) if mention is not None else None


def _not_the_object(table: _Table, mention: Mention) -> Mention | None:
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


def _clause_opens(table: _Table, mention: Mention) -> bool:
    """Tell whether a bare name starts its clause, and so can only be its subject."""
    return mention.first == table.sentence.first or not table.tokens[mention.first - 1].word or table.norm(mention.first - 1) in _JOINTS


def _somebody(table: _Table, cue: Hit) -> Mention | None:
    """Return a person called by any noun: "a shopper said", "the 40-year-old told police"."""
    end = _back_over_pauses(table, cue.first)
    nevers = words_of("not_names", "never")
    for index in range(end - 1, max(table.sentence.first, end - 5) - 1, -1):
        token = table.tokens[index]
        if index < end - 1 and token.norm in words_of("speaker_words", "article"):
            if index > table.sentence.first and table.tokens[index - 1].word and table.norm(index - 1) not in _JOINTS:
                return None
            return Mention(index, end, None, "", "witnesses", True, "indefinite", False)
        if token.norm in nevers or "'" in token.norm[1:] or table.by_end.get(index + 1) is not None or not (token.word or token.text[0].isdigit() or token.norm == "'s" or token.text == "-"):
            return None
    return None


def _earlier(table: _Table, pronoun: Mention) -> Mention:
    """Return whom "they" takes up in its own sentence: "officers seek a man they say fired"."""
    for mention in reversed(table.found):
        if mention.last <= pronoun.first and mention.known and not mention.person and mention.shape != "pronoun":
            return mention
    return pronoun


def _opening(table: _Table, end: int) -> Mention | None:
    """Return the known speaker that opens the sentence, for "the guard ran home and said"."""
    for mention in table.found:
        if mention.first > table.sentence.first + 3 or mention.last > end:
            return None
        if mention.known or mention.first == table.sentence.first:
            return mention
    return None


def _appositive(table: _Table, mention: Mention) -> Mention:
    """Return the name that a description stands beside: "Aziz Nour, an activist in the town,"."""
    if mention.shape == "pronoun" or mention.name is not None:
        return mention
    end = mention.first - 1 if table.norm(mention.first - 1) == "," else mention.first
    other = table.by_end.get(end)
    if not mention.person and other is not None and other.name and other.known and other.first <= table.sentence.first + 1:
        return other if mention.shape == "indefinite" else mention
    if not mention.person or other is None or other.name is None or other.head or other.name[1] - other.name[0] < 2:
        return mention
    return Mention(other.first, mention.last, other.name, mention.head, mention.kind, True, "name", True)


def _over_a_clause(table: _Table, end: int) -> Mention | None:
    """Return a known speaker before a clause set between it and the word of speech: "the office, which counts, said"."""
    comma = table.norm(end - 1) in _PAIRED
    for mention in reversed(table.found):
        if mention.last > end - 1 or end - mention.last > FARTHEST_SUBJECT:
            continue
        following = table.norm(mention.last)
        if any(index in table.verbs for index in range(mention.last, end)) and following not in _RELATIVE:
            break
        opens = following in ("who", "which") and _clause_opens(table, mention)
        if mention.shape == "pronoun" or not (_plainly(mention) or opens) or not _stands_free(table, mention):
            continue
        if following in ("which", "who", "whose", "where", "reached", "contacted", "interviewed", "speaking", "fleeing") or (comma and following in _PAIRED) or following == "(":
            return mention
        if comma and table.norm(mention.first - 1) == "," and mention.last == end - 1:
            return mention
    return None


def _turned(table: _Table, cue: Hit) -> Mention | None:
    """Return the speaker who stands after a word of speech: '..., said a nurse'."""
    if cue.phrase not in _INVERTED:
        return None
    index = cue.last
    if table.norm(index) in words_of("speaker_pauses", "pause"):
        index += 1
    mention = table.by_start.get(index)
    if mention is None or mention.shape == "pronoun" or not (_plainly(mention) or _ends(table, mention)):
        return None
    if mention.kind == "witnesses" and mention.name is None and table.norm(cue.first - 1) not in _CLOSES:
        return None  # "he said a woman was hurt"
    mention = _described(table, mention)
    following = table.tokens[mention.last] if mention.last < table.sentence.last else None
    if following is None or not following.word:
        return mention
    closes = following.norm in words_of("speaker_pauses", "pause") or following.norm in ("who", "which", "in", "on", "at", "adding", "from", "a", "the", "as", "after", "and", "speaking", "of", "based")
    return mention if closes and mention.last not in table.verbs else None


def _ends(table: _Table, mention: Mention) -> bool:
    """Tell whether a bare surname closes its clause: '..., said Nour.'"""
    return mention.name is not None and table.norm(mention.last) in ("", ".", ",", ";", '"', "”")


def _described(table: _Table, mention: Mention) -> Mention:
    """Return a speaker with what stands beside it: "Aziz Nour, head of the clinic", "the clinic's head, Aziz Nour,"."""
    index = mention.last + 1 if table.norm(mention.last) == "," else mention.last
    other = table.by_start.get(index)
    if other is None or other.shape == "pronoun":
        return mention
    if mention.name is not None and not mention.head:
        if other.person and other.name is None:
            return Mention(mention.first, other.last, mention.name, other.head, other.kind, True, "name", True)
    elif mention.name is None and mention.head and index > mention.last and other.name is not None and not other.head:
        closed = other.last == table.sentence.last or not table.tokens[other.last].word or table.norm(other.last) in _RELATIVE
        if closed and (mention.person or mention.kind == "media") and table.norm(other.last) != "and":
            return Mention(mention.first, other.last, other.name, mention.head, mention.kind, mention.person, "name", True)
    return mention


def _hearers(table: _Table, index: int) -> tuple[int, list[Mention]]:
    """Return the end of the words of speech and whom they were told to: "told Reuters in a statement"."""
    relays: list[Mention] = []
    pauses = lexicon("speaker_pauses")
    while index < table.sentence.last:
        pause = pauses.at(table.tokens, index, table.sentence.last)
        hearer = table.by_start.get(index) or (table.by_start.get(index + 1) if table.norm(index) in ("to", "that") else None)
        told = table.tokens[index - 1].norm in ("told", "tells", "telling", "to")
        if hearer is not None and told and hearer.kind == "media" and hearer.shape != "pronoun":
            relays.append(hearer)
            index = hearer.last
        elif told and table.norm(index) in _HEARERS:
            index += 1
        elif pause is not None and not (pause.phrase in ("all", "both", "each", "first", "only", "just")):
            index = pause.last
        else:
            break
    return index, relays


def _goes_on(table: _Table, index: int) -> bool:
    """Tell whether what is said follows at ``index`` (else it stands before)."""
    following = table.norm(index)
    cue = table.cue_at.get(index)
    if any(table.norm(near) == "that" for near in range(index, index + 6)):
        return True
    if following in ("", ".", ";", "?", "!", ")") or (cue is not None and cue.entry["role"] in ("tie", "pass")):
        return False
    if following == "," and table.norm(index + 1) in ("adding", "including", "as", "after", "while", "and", "but", "with", "in", "citing", "noting", "who", "which", ""):
        return False
    if following in ("adding", "including", "as", "after", "while", "amid", "and", "but", "citing", "updating", "noting", "quoting", "saying", "in", "on", "at", "during", "when", "with", "tags", "where", "by", "via", "over", "from", "late", "early", "through"):
        return False
    return not (following == "a" and table.norm(index + 1) in ("day", "week", "month"))


def _joined(table: _Table, mention: Mention, forward: bool) -> list[Mention]:
    """Return a speaker with those it is joined to by "and" or commas, in the order of the text."""
    row = [mention]
    step = 1 if forward else -1
    together = False
    while len(row) < 12:
        index = row[-1].last if forward else row[0].first - 1
        joint = table.norm(index)
        if joint in _TOGETHER and table.norm(index + step) in _TOGETHER:
            index += step
            joint = "and"
        elif joint == "with" and table.norm(index - 1) == "along" and not forward:
            index, joint = index - 1 - (table.norm(index - 2) == ","), "and"
        if joint not in _TOGETHER and joint != "including":
            break
        other = table.by_start.get(index + 1) if forward else table.by_end.get(_before_account(table, index))
        if other is None or other.shape == "pronoun" or other.carrier:
            break
        together = together or joint in ("and", "or", "&")
        listed = _clause_opens(table, other) or forward or table.norm(other.first - 1) == ","
        named = other.name is not None and together and _stands_free(table, other) and listed
        if not (other.known or named) or (joint == "," and not together):
            break
        row = row + [other] if forward else [other] + row
    return row


def _before_account(table: _Table, index: int) -> int:
    """Return where a name ends before its account in brackets: "Harran Watch (@harranwatch)"."""
    if table.norm(index - 1) != ")":
        return index
    start = index - 2
    while start > index - 10 and table.norm(start) not in ("(", ""):
        start -= 1
    return start if table.norm(start) == "(" else index


def _behind(table: _Table, mention: Mention) -> Mention:
    """Return who stands behind a thing that carries words: "a post by Aziz Nour", "a report from the clinic"."""
    if not mention.carrier:
        return mention
    for index in range(mention.first + 1, min(mention.last + 2, table.sentence.last)):
        if table.norm(index) in ("by", "from"):
            other = table.by_start.get(index + 1) or mention_at(table.tokens, index + 1, table.sentence.last)
            if other is not None and (other.known or other.name is not None) and other.shape != "pronoun":
                return Mention(mention.first, max(mention.last, other.last), other.name, other.head, other.kind, other.person, other.shape, True)
    return mention


def _speaker_follows(table: _Table, cue: Hit, before: list[Saying], role: str) -> Saying | None:
    mention = table.by_start.get(cue.last)
    if mention is None and role == "after":
        near = range(cue.last + 1, min(cue.last + 4, table.sentence.last))
        mention = next((table.by_start[index] for index in near if index in table.by_start), None)
    if mention is None or (role == "by" and not _plainly(mention)):
        return None
    mention = _behind(table, _described(table, mention))
    row = _joined(table, mention, forward=True)
    last = row[-1].last
    ahead = cue.first <= table.sentence.first + 2 or table.norm(cue.first - 1) in (",", "but", "and", "while", "|") and _goes_on(table, last)
    return Saying(cue.first, last, cue.first, row, ahead and role == "after", tone="denied" if cue.phrase.startswith("denied") else "")


def _tied(table: _Table, cue: Hit, before: list[Saying]) -> Saying | None:
    """Return "saying ..." with the speaker of its sentence, or one of its own: "with a guard adding"."""
    own = table.by_end.get(cue.first)
    if own is not None and own.known and own.shape != "pronoun" and table.norm(own.first - 1) in ("with", ",", "and", "while"):
        row = _joined(table, own, forward=False)
        return Saying(row[0].first, cue.last, cue.first, row, True, tone=cue.entry.get("tone", ""))
    if before:
        return Saying(cue.first, cue.last, cue.first, before[-1].speakers, True, before[-1].relays, cue.entry.get("tone", ""))
    opening = [mention for mention in table.found if mention.last <= cue.first and mention.known]
    if not opening or opening[0].first > table.sentence.first + 6:
        return None
    return Saying(cue.first, cue.last, cue.first, [opening[0]], True, tone=cue.entry.get("tone", ""))


def _handed_on(table: _Table, cue: Hit, subject: Mention | None, before: list[Saying]) -> Saying | None:
    """Return "X quoted Y as saying": Y first, then X."""
    original = table.by_start.get(cue.last)
    if original is None or original.shape == "pronoun" and original.takes_up == "body":
        return None
    if not _plainly(original) and original.shape != "pronoun":
        return None
    original = _described(table, original)
    row = _joined(table, original, forward=True)
    relays = _joined(table, subject, forward=False) if subject is not None else (before[-1].speakers if before else [])
    first = relays[0].first if subject is not None and relays else cue.first
    last = row[-1].last
    if table.norm(last) == "as" or table.norm(last) in ("in", "who"):
        last += 2
    return Saying(first, last, cue.first, row, subject is not None and not before, list(relays))


def _may_have_label(tokens: Sequence[Token], sentence: Sentence) -> bool:
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




def _labels(table: _Table, spoken: list[Saying]) -> list[Saying]:
    """Return the speakers that stand bare in a headline: "Nine killed in blast - police", "Police: two shot"."""
    found: list[Saying] = []
    covered = {index for saying in spoken for index in range(saying.first, saying.last)}
    for mention in table.found:
        if not mention.known or mention.shape in ("pronoun", "definite", "indefinite") or mention.first in covered or mention.carrier:
            continue
        before, after = table.norm(mention.first - 1), table.norm(mention.last)
        at_start = mention.first == table.sentence.first
        at_end = mention.last == table.sentence.last
        if at_start and after == ":" and mention.last - mention.first <= 5:
            found.append(Saying(mention.first, mention.last + 1, mention.first, [mention], True, label=True))
        elif before in ("-", "–", "—", ":", "|") and (at_end or _byline(table, mention.last)):
            found.append(Saying(mention.first - 1, mention.last, mention.first, [mention], False, label=True))
        elif not at_start and _bare_noun(table, mention) and _byline(table, mention.last):
            found.append(Saying(mention.first, mention.last, mention.first, [mention], False, label=True))
    return found


def _bare_noun(table: _Table, mention: Mention) -> bool:
    entry = lexicon("speakers").at(table.tokens, mention.last - len(mention.head.split()), mention.last) if mention.head else None
    return entry is not None and bool(entry.entry.get("headline")) and table.norm(mention.first - 1) not in words_of("speaker_words", "article")


def _byline(table: _Table, index: int) -> bool:
    """Tell whether an agency's name or a dateline stands at ``index``."""
    outlet = lexicon("outlets").at(table.tokens, index, table.sentence.last)
    if outlet is not None and outlet.entry["kind"] == "media":
        return True
    following = table.norm(index)
    dated = table.norm(index + 1)[:1].isdigit()
    return (following in _DAYS and dated) or (following.isdigit() and len(following) == 4)


_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
