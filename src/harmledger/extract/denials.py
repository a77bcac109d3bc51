"""Whether a count is stated, denied or disputed, and by whom: the words of denial in and after its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.credited import Credit, credits_of
from harmledger.extract.draft import Draft, Drafts, Found
from harmledger.extract.governing import governing, turns
from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.extract.speech import Saying
from harmledger.model import Role

CALLED = 9  # tokens between "called" and "baseless"
_BE = ("is", "are", "was", "were", "no")
# "The army denied ten deaths" is of the harm; what one rejects or dismisses may be an offer or a general.
_PLAIN_DENIALS = ("den", "refut", "disput")
NEAR = 6  # tokens after a denial in which the words for what is denied may start


def role_of(reading: Reading, drafts: Drafts) -> list[Found[Role]]:
    """Return for each count whether it is stated, denied or disputed; ``because`` tells who denies, in which words.

    "The army denied that it killed ten" denies the ten; "ten were killed, a clinic said, but the army denied this"
    leaves them disputed. Who denies having done it ("denied involvement") leaves the harm itself stated.
    """
    told = credits_of(reading)
    return [_role(reading, draft, told) for draft in drafts]


def _role(reading: Reading, draft: Draft, told: dict[int, list[Credit]]) -> Found[Role]:
    sentence = reading.sentence_of(draft.first)
    row = told.get(sentence.index, [])
    for credit in row:
        role = _within(reading.tokens, sentence, draft.first, credit, row)
        if role is not None:
            return Found(role, _words(reading, credit))
    following = reading.sentences[sentence.index + 1 : sentence.index + 2]
    if following and row:
        for credit in told.get(following[0].index, [])[:1]:
            if denies(reading.tokens, following[0], credit) == "report" and _own(credit, row):
                return Found("disputed", _words(reading, credit))
    return Found("stated")


def _within(
    tokens: Sequence[Token], sentence: Sentence, position: int, credit: Credit, row: Sequence[Credit]
) -> Role | None:
    """Return what one denial of the count's own sentence makes of it, None where it denies something else."""
    denied = denies(tokens, sentence, credit)
    if not denied or denied == "deed":
        return None
    saying = credit.saying
    if saying.last <= position + 1:
        if turns(tokens, saying.last, position) or any(saying.last <= c.saying.first <= position for c in row):
            return None
        return "denied" if saying.tone == "denied" or denied == "unfounded" else "disputed"
    back = denied in ("report", "unfounded") or saying.tone == "disputed"
    return "disputed" if back else None


def denies(tokens: Sequence[Token], sentence: Sentence, credit: Credit) -> str:
    """Return what a credit denies: "report", "harm", "deed", "unfounded", or "" for nothing."""
    saying = credit.saying
    words = lexicon("denial")
    if saying.tone not in ("denied", "disputed"):
        return "unfounded" if _calls_untrue(tokens, sentence, saying) else ""
    for index in range(saying.last, min(saying.last + NEAR, sentence.last)):
        hit = words.at(tokens, index, sentence.last)
        if hit is not None:
            role = str(hit.entry["role"])
            return "harm" if role == "report" and _goes_into(tokens, hit.last, sentence) else role
    if saying.last >= sentence.last or not tokens[saying.last].word:
        return "report"
    return "harm" if tokens[saying.verb].norm.startswith(_PLAIN_DENIALS) else ""


def _calls_untrue(tokens: Sequence[Token], sentence: Sentence, saying: Saying) -> bool:
    """Tell whether one says that an account is untrue: "called the toll baseless", "said the reports were false"."""
    for index in range(saying.last, min(saying.last + CALLED, sentence.last)):
        if tokens[index].text == ",":
            return False
        hit = lexicon("denial").at(tokens, index, sentence.last)
        if hit is not None and hit.entry["role"] == "unfounded":
            return saying.tone == "calls" or tokens[index].norm in _BE or tokens[index - 1].norm in _BE
    return False


def _goes_into(tokens: Sequence[Token], index: int, sentence: Sentence) -> bool:
    """Tell whether what is denied is spelt out: "denied reports that", "denied that it had"."""
    if index >= sentence.last or not tokens[index].word:
        return False
    return tokens[index - 1].norm == "that" or tokens[index].norm in ("that", "of")


def _own(credit: Credit, row: Sequence[Credit]) -> bool:
    """Tell whether a denial comes from somebody else than those who stated."""
    stated = {name for other in row for name in other.names()}
    return not stated.intersection(credit.names())


def _words(reading: Reading, credit: Credit) -> str:
    saying = credit.saying
    return f"{', '.join(credit.names())}: {reading.words(saying.first, saying.last)}"


def deniers(tokens: Sequence[Token], sentence: Sentence, row: Sequence[Credit]) -> tuple[str, ...]:
    """Return the names of those who deny something in a sentence."""
    denying = [credit for credit in row if denies(tokens, sentence, credit)]
    return tuple(dict.fromkeys(name for credit in denying for name in credit.names()))


def stated_by(tokens: Sequence[Token], position: int, row: list[Credit]) -> tuple[str, ...]:
    """Return the names of those who state what stands at a token, the original speaker first."""
    names = (name for credit in governing(tokens, position, row) for name in credit.names())
    return tuple(dict.fromkeys(names))
