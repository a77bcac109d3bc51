"""What docs/api.md says to type works, on a desk that runs: every curl line, and the commands for tokens."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from shutil import which

import orjson
import pytest
from desks import PASSWORD, open_desk

PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"
_CURLS = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("curl ")]


@pytest.mark.skipif(which("curl") is None, reason="curl is not installed: the lines of docs/api.md were not tried")
def test_every_line_of_the_page_works(tmp_path: Path, built_home: Path) -> None:
    """Who copies a line of the page gets an answer, not an error."""
    with open_desk(tmp_path / "desk", built_home) as desk:
        form = ["--data-urlencode", "name=amal", "--data-urlencode", f"password={PASSWORD}"]
        subprocess.run(["curl", "-sf", "-o", os.devnull, *form, desk.link], check=True)
        scopes = [part for scope in ("read", "restricted", "judge", "add") for part in ("--scope", scope)]
        told = desk.run("token", "make", "bulletin", "--for", "Amal", "--days", "30", *scopes)
        (tmp_path / "news.jsonl").write_text('{"id": "n1", "text": "Six people were hurt in Harem on 1 May 2030."}\n')
        names = {"TOKEN": told.strip(), "DESK": desk.base}

        def run(line: str) -> bytes:
            done = subprocess.run(line, shell=True, capture_output=True, cwd=tmp_path, env=os.environ | names)
            assert done.returncode == 0, f"{line}\n{done.stdout.decode()}{done.stderr.decode()}"
            return done.stdout

        claims = orjson.loads(run('curl -sf -H "Authorization: Bearer $TOKEN" "$DESK/api/claims?limit=1"'))
        names |= {"CLAIM": claims["items"][0]["id"], "SEEN": "0"}
        assert len(_CURLS) == 8
        for line in _CURLS:
            if "$SEEN" in line:
                one = run('curl -sf -H "Authorization: Bearer $TOKEN" "$DESK/api/claims/$CLAIM"')
                names["SEEN"] = str(orjson.loads(one)["seen"])
            assert orjson.loads(run(line)), line
        listed = desk.run("token", "list")
        found = re.match(r"(\w{8}) amal: bulletin \(read, restricted, judge, add\) until 20\d\d-", listed)
        assert found, listed
        assert "opens nothing" in desk.run("token", "revoke", found[1])
        gone = subprocess.run(_CURLS[0], shell=True, capture_output=True, env=os.environ | names)
        assert gone.returncode == 22
        assert desk.run("token", "list") == ""
        kinds = desk.run("history", "n1")
        assert "token" in kinds
