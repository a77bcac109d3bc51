"""What the API tells of itself: an OpenAPI document, and a page that people read, made from it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from harmledger.desk.web.api.problems import MEDIA, TYPES
from harmledger.desk.web.showing import page

documents = APIRouter(include_in_schema=False)
_LEAD = """The ledger for programs. Every request but this page and this document carries a token that a person made
for it: `Authorization: Bearer TOKEN`. It may do what its scopes and the person's role both allow. Every change, and
every look at restricted fields, is a line of the ledger with the person and the token's name."""


def document(api: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document."""
    if api.openapi_schema is None:
        made = get_openapi(
            title="harmledger", version=version("harmledger"), description=_LEAD, routes=api.routes,
            servers=[{"url": "/api"}],
        )  # fmt: skip
        made["components"].setdefault("securitySchemes", {})["token"] = {"type": "http", "scheme": "bearer"}
        for told in _operations(made):
            told["security"] = [{"token": []}]
            for code, answer in told["responses"].items():
                if int(code) >= 400:
                    schema = {"$ref": "#/components/schemas/ProblemTold"}
                    answer["content"] = {MEDIA: {"schema": schema}}
        for unused in ("HTTPValidationError", "ValidationError"):
            made["components"]["schemas"].pop(unused, None)
        api.openapi_schema = made
    return api.openapi_schema


def _operations(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [told for path in made["paths"].values() for told in path.values()]


@documents.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Give the OpenAPI document."""
    return JSONResponse(request.app.openapi())


@documents.get("/")
def read_me(request: Request) -> Response:
    """Show how the API is used, to anybody: it tells nothing of what the ledger holds."""
    made = request.app.openapi()
    rows = [(method.upper(), path, told) for path, methods in made["paths"].items() for method, told in methods.items()]
    return page(
        request, "api.html.j2", None, rows=rows, shapes=made["components"]["schemas"], problems=TYPES,
        lead=made["info"]["description"],
    )  # fmt: skip
