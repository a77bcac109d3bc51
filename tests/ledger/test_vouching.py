"""A head that was signed or timestamped holds the ledger to what it was."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which

import pytest
from reports import MARLOW, ORSK
from sqlalchemy import update

from harmledger.errors import LedgerError
from harmledger.ledger import open_ledger
from harmledger.ledger.heads import new_key, read_head, write_head
from harmledger.ledger.tables import lines
from harmledger.ledger.vouching import add_timestamp, check_head, check_timestamps, sign_head


def test_a_signed_head_holds_the_ledger_to_what_it_was(where: str, tmp_path: Path) -> None:
    """Lines added later leave it standing; a ledger made anew with other lines does not pass."""
    public = new_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        write_head(tmp_path / "head.json", sign_head(ledger, tmp_path / "key.pem"))
        ledger.add(ORSK)
        head = read_head(tmp_path / "head.json")
        assert (head.public_key, head.by, head.number) == (public, "amal", 2)
        check_head(ledger, head)
        with ledger.store.writing() as connection:
            connection.execute(update(lines).where(lines.c.number == 2).values(hash="0" * 64))
        with pytest.raises(LedgerError, match="changed, removed, added or moved"):
            check_head(ledger, head)
    with open_ledger(tmp_path / "another") as other:
        other.add(MARLOW)
        with pytest.raises(LedgerError, match="is of the ledger"):
            check_head(other, head)


def test_a_signature_does_not_hold_over_other_words(tmp_path: Path) -> None:
    """Whatever of the file is changed, it no longer counts."""
    new_key(tmp_path / "key.pem", "pass words")
    with open_ledger(tmp_path / "ledger", by="amal") as ledger:
        write_head(tmp_path / "head.json", sign_head(ledger, tmp_path / "key.pem", "pass words"))
        with pytest.raises(LedgerError, match="key"):
            sign_head(ledger, tmp_path / "key.pem", "wrong")
        with pytest.raises(LedgerError, match="passphrase"):
            sign_head(ledger, tmp_path / "key.pem")
    told = (tmp_path / "head.json").read_text()
    for old, new in (("amal", "omar"), ('"number": 1', '"number": 2'), ('"signature": "', '"signature": "00')):
        assert old in told
        (tmp_path / "head.json").write_text(told.replace(old, new))
        with pytest.raises(LedgerError, match="does not hold"):
            read_head(tmp_path / "head.json")
    with pytest.raises(LedgerError, match="is there already"):
        new_key(tmp_path / "key.pem")


@dataclass
class Authority:
    """A timestamp authority on this machine, by openssl."""

    address: str
    root: Path
    answer: bytes | None = None


_CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    """Run a real RFC 3161 authority, its certificates made for this test."""
    if which("openssl") is None:
        pytest.skip("openssl is not installed: timestamps were not tested")
    folder = tmp_path / "tsa"
    folder.mkdir()

    def openssl(*parts: str) -> None:
        subprocess.run(["openssl", *parts], check=True, capture_output=True, cwd=folder)

    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "ext").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:FALSE\n"
    )
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "30",
            "-subj", "/CN=Test Root", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign")  # fmt: skip
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA")
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-out", "tsa.pem", "-days", "30", "-extfile", "ext")  # fmt: skip
    made = Authority("", folder / "root.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "ask").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "own", "-queryfile", "ask", "-out", "answer")
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(made.answer or (folder / "answer").read_bytes())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_authority_vouches_for_the_time_of_the_head(where: str, authority: Authority, tmp_path: Path) -> None:
    """The answer is a line, and holds under the authority's root alone."""
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        number = ledger.head().number
        add_timestamp(ledger, authority.address)
        (stamp,) = check_timestamps(ledger, authority.root)
        assert (stamp.line, stamp.authority) == (number, authority.address)
        assert ledger.verify().whole
        other = tmp_path / "other.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-out", str(other),
             "-subj", "/CN=Other"], check=True, capture_output=True)  # fmt: skip
        with pytest.raises(LedgerError, match="does not hold"):
            check_timestamps(ledger, other)
        with ledger.store.writing() as connection:
            connection.execute(update(lines).where(lines.c.number == number).values(hash="0" * 64))
        with pytest.raises(LedgerError, match="is not what was timestamped"):
            check_timestamps(ledger, authority.root)


def test_an_answer_that_is_none_leaves_no_line(authority: Authority, tmp_path: Path) -> None:
    """An authority that is away, speaks nonsense or answers an older question must not look like a proof."""
    with open_ledger(tmp_path / "ledger") as ledger:
        add_timestamp(ledger, authority.address)
        old = (tmp_path / "tsa" / "answer").read_bytes()
        before = ledger.head()
        for answer in (b"no timestamp", old):
            authority.answer = answer
            with pytest.raises(LedgerError, match="Nothing was recorded"):
                add_timestamp(ledger, authority.address)
        with pytest.raises(LedgerError, match="Nothing was recorded"):
            add_timestamp(ledger, "http://127.0.0.1:9/")
        with pytest.raises(LedgerError, match="no address"):
            add_timestamp(ledger, "file:///etc/passwd")
        assert ledger.head() == before
