"""The API asked what nobody thought of: schemathesis makes requests from the OpenAPI document, on the real app."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from apis import BASE, caller, client_of, open_api
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from harmledger.desk.web.app import make_app

# HARMLEDGER_API_EXAMPLES=300 asks longer, and something else each time.
EXAMPLES = int(os.environ.get("HARMLEDGER_API_EXAMPLES", "0"))

_CHECKS = {
    "checks": {
        # What no schema tells: a cursor that no answer gave, a question that is not understood, a subject unknown.
        "positive_data_acceptance": {"enabled": False},
        "negative_data_rejection": {"expected-statuses": ["400", "401", "404", "405", "415", "421", "422"]},
    }
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Iterator[tuple[Any, str]]:
    """Give the API of a desk over a filled ledger, as its own document describes it, and a token for all of it."""
    with open_api(tmp_path_factory.mktemp("asked")) as place:
        app = make_app(place)
        config = SchemathesisConfig.from_dict(_CHECKS)
        told = client_of(place).get("/api/openapi.json").json()
        for call in (call for path in told["paths"].values() for call in path.values()):
            # Every request here carries a token; what comes without one is tested in test_api_rights.py.
            del call["security"]
        found = schemathesis.openapi.from_dict(told, config=config)
        found.app = app
        yield found, caller(place, "administrator").secret


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_whatever_is_asked(asked: tuple[Any, str], mode: GenerationMode) -> None:
    """No request breaks the desk, and every answer has the status, the type and the shape that the document tells."""
    schema, secret = asked
    calls = [found.ok() for found in schema.get_all_operations()]
    assert len(calls) == 16
    for call in calls:

        @given(case=call.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES or 12,
            derandomize=not EXAMPLES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            case.call_and_validate(base_url=f"{BASE}/api", headers={"Authorization": f"Bearer {secret}"})

        ask()
