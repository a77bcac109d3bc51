"""From values to pages: the templates, the language of a request, and what every page knows."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from harmledger.desk.catalogue import LANGUAGES, Words
from harmledger.desk.judge import CORRECTED
from harmledger.desk.people import Session
from harmledger.desk.queue import doubts_in
from harmledger.desk.report import quoted, shown
from harmledger.desk.web.guard import LANGUAGE, workplace
from harmledger.errors import (
    DateError,
    DeskError,
    JudgedMeanwhile,
    JudgementError,
    LedgerError,
    QueryError,
    ReportError,
)
from harmledger.show.safe import visible
from harmledger.vocabulary import labels

# What an error of a kind is called in a page that is not in English; its details follow.
_LEADS = (
    (QueryError, "query"),
    (JudgementError, "judgement"),
    (DateError, "date"),
    (ReportError, "report"),
    (LedgerError, "ledger"),
)


def day(told: object) -> Markup:
    """Return a day or a time that keeps its order and stays on one line, whatever the direction around it."""
    return Markup('<time dir="ltr">{}</time>').format(told)


def coded(text: str) -> Markup:
    """Return words in which what stands between backticks is code, as in the OpenAPI document.

    >>> coded("ask `next` <b>")
    Markup('ask <code>next</code> &lt;b&gt;')
    """
    parts = text.split("`")
    shape = "".join("<code>{}</code>" if number % 2 else "{}" for number in range(len(parts)))
    return Markup(shape).format(*parts)


@cache
def templates() -> Environment:
    """Return the templates; every value in them is escaped."""
    room = Environment(
        loader=PackageLoader("harmledger.desk.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    room.filters.update(visible=visible, shown=shown, quoted=quoted, day=day, coded=coded)
    room.globals.update(
        languages=LANGUAGES, labels=labels, address=address, doubts_in=doubts_in, corrected_fields=CORRECTED
    )
    return room


def address(path: str, **asked: object) -> str:
    """Return an address with what is asked for; what is empty is left out."""
    told = {name: value for name, value in asked.items() if value not in ("", None, False)}
    return f"{path}?{urlencode(told)}" if told else path


def words_of(request: Request) -> Words:
    """Return the texts in the language that was chosen, else the first that the browser names."""
    chosen = request.cookies.get(LANGUAGE, "")
    if chosen in LANGUAGES:
        return Words(chosen)
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        if code in LANGUAGES:
            return Words(code)
    return Words("en")


def said(words: Words, error: Exception) -> str:
    """Return what went wrong, in the language of the page where its words are in the catalogue.

    Details that the engine tells in English stand behind a lead in the page's language.
    """
    if isinstance(error, DeskError) and error.key:
        return words(error.key, **error.values)
    if isinstance(error, JudgedMeanwhile):
        return words("say.judged_meanwhile", who=error.who)
    if words.language == "en":
        return str(error)
    lead = next((name for kind, name in _LEADS if isinstance(error, kind)), "desk")
    return f"{words(f'error.{lead}')} \u2066{error}\u2069"


def page(request: Request, template: str, session: Session | None, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page."""
    desk = workplace(request)
    told = desk.people.told(session) if session else ""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    text = (
        templates()
        .get_template(template)
        .render(
            w=words_of(request),
            session=session,
            person=session.person if session else None,
            may=(lambda right: bool(session and session.person.may(right))),
            csrf=session.csrf if session else "",
            told=told,
            here=here,
            path=request.url.path,
            **{"fresh": True, "code": status, **values},
        )
    )
    return HTMLResponse(text, status)
