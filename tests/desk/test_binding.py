"""Beyond this machine: refused without TLS, safe with it, and behind a proxy that says so. Real sockets, real TLS."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pyotp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from desks import PASSWORD, Desk, Sitting, chromium, needs_chromium, open_desk

from harmledger.desk.binding import Wish, binding_of
from harmledger.desk.people import People
from harmledger.errors import DeskError
from harmledger.ledger import open_ledger

NAME = "desk.example.org"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a self-signed certificate for an invented name, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key_file.write_bytes(key.private_bytes(*plain))
    locked = (*plain[:2], serialization.BestAvailableEncryption(b"secret"))
    (folder / "locked.pem").write_bytes(key.private_bytes(*locked))
    return cert_file, key_file


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish("0.0.0.0"), "by TLS alone"),
        (Wish("192.0.2.5"), "by TLS alone"),
        (Wish("::"), "by TLS alone"),
        (Wish("0.0.0.0", names=[NAME]), "by TLS alone"),
        (Wish("desk.example.org"), "no address"),
        (Wish(names=[NAME]), "comes with --tls-cert"),
        (Wish("0.0.0.0", proxy="10.0.0.1"), "the name that browsers use"),
        (Wish("0.0.0.0", proxy="everybody", names=[NAME]), "is no address"),
        (Wish("0.0.0.0", proxy="10.0.0.1/8", names=[NAME]), "is no address"),
        (Wish(proxy="127.0.0.1", names=["https://x/"]), "is no name"),
        (Wish(proxy="127.0.0.1", names=[""]), "is no name"),
        (Wish(cert=Path("a")), "come together"),
        (Wish(key=Path("a")), "come together"),
        (Wish(cert=Path("/nowhere"), key=Path("/nowhere")), "No such file"),
        (Wish(cert=Path("a"), key=Path("b"), proxy="127.0.0.1", names=[NAME]), "say one"),
    ],
)
def test_what_would_not_be_safe_is_refused(wish: Wish, said: str) -> None:
    """No plain HTTP beyond this machine, no name that anybody may choose, no half of a certificate."""
    with pytest.raises(DeskError, match=re.escape(said)):
        binding_of(wish)


def test_a_certificate_that_cannot_be_used_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """A key with a password, a key of another certificate, or no PEM at all is told before the desk opens."""
    cert, key = pair
    (tmp_path / "no.pem").write_text("no certificate")
    for wrong in ((cert, key.with_name("locked.pem")), (tmp_path / "no.pem", key), (key, cert)):
        with pytest.raises(DeskError, match="cannot be used"):
            binding_of(Wish(cert=wrong[0], key=wrong[1]))
    with pytest.raises(DeskError, match="under which name"):
        binding_of(Wish("0.0.0.0", cert=cert, key=key))


def test_what_is_safe_is_bound(pair: tuple[Path, Path]) -> None:
    """The address that is shown is one that a browser opens, and only the names given are answered."""
    cert, key = pair
    plain = binding_of(Wish())
    assert (plain.secure, plain.address(5334)) == (False, "http://127.0.0.1:5334")
    assert binding_of(Wish("localhost")).address(1) == "http://127.0.0.1:1"
    assert binding_of(Wish("::1")).address(1) == "http://[::1]:1"
    one = binding_of(Wish("192.0.2.5", cert=cert, key=key))
    assert (one.address(1), one.hosts) == ("https://192.0.2.5:1", frozenset({"192.0.2.5"}))
    named = binding_of(Wish("0.0.0.0", cert=cert, key=key, names=["Desk.Example.org.", "other.example.org"]))
    assert (named.address(1), named.hosts) == (f"https://{NAME}:1", frozenset({NAME, "other.example.org"}))
    behind = binding_of(Wish("0.0.0.0", proxy="10.0.0.0/24", names=[NAME]))
    assert (behind.secure, behind.address(1), behind.proxy) == (True, f"https://{NAME}", ip_network("10.0.0.0/24"))


def test_the_command_refuses_in_words(tmp_path: Path, built_home: Path) -> None:
    """Nothing listens, no ledger is made, and the way to do it is told."""
    done = subprocess.run(
        [sys.executable, "-m", "harmledger.cli", "desk", "--host", "0.0.0.0", "--ledger", str(tmp_path / "new")],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Add --tls-cert and --tls-key" in done.stderr
    assert not (tmp_path / "new").exists()


def _ask(connection: http.client.HTTPConnection, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    body = headers.pop("body", None)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(
        method, path, body, {**kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )
    return connection.getresponse()


class _Named(http.client.HTTPSConnection):
    """Connects to this machine, and checks the certificate for the name that the desk was given."""

    def __init__(self, port: int, cert: Path) -> None:
        self.made = ssl.create_default_context(cafile=str(cert))
        super().__init__(NAME, port, context=self.made, timeout=30)

    def connect(self) -> None:
        """Connect."""
        self.sock = self.made.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 30), server_hostname=NAME)


def _joined(connection: http.client.HTTPConnection, desk: Desk, host: str) -> str:
    """Come in by the link, and return the cookie as it was given."""
    form = urlencode({"name": "Amal", "password": PASSWORD})
    answer = _ask(connection, "POST", urlsplit(desk.link).path, body=form, Host=host)
    answer.read()
    assert answer.status == 303, answer.status
    return next(told for told in answer.headers.get_all("set-cookie") or () if told.startswith("harmledger_desk"))


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_a_desk_with_a_certificate(tmp_path: Path, built_home: Path, pair: tuple[Path, Path]) -> None:
    """Passwords cross the network under TLS 1.2 or newer, cookies never without; other names and plain HTTP fail."""
    cert, key = pair
    arguments = ["--host", "0.0.0.0", "--tls-cert", str(cert), "--tls-key", str(key), "--name", NAME]
    with open_desk(tmp_path / "desk", built_home, False, arguments) as desk:
        port = urlsplit(desk.base).port
        assert desk.base == f"https://{NAME}:{port}"
        assert port
        host = f"{NAME}:{port}"
        cookie = _joined(_Named(port, cert), desk, host)
        assert {"Secure", "HttpOnly", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
        answer = _ask(_Named(port, cert), "GET", "/record", Host=host, Cookie=cookie.split(";")[0])
        assert (answer.status, answer.headers["strict-transport-security"]) == (200, "max-age=31536000")
        for other in ("127.0.0.1", "evil.example", f"{NAME}.evil.example"):
            assert _ask(_Named(port, cert), "GET", "/record", Host=other).status == 421
        form = urlencode({"name": "Amal", "password": PASSWORD})
        plain_origin = _ask(_Named(port, cert), "POST", "/sign-in", body=form, Host=host, Origin=f"http://{host}")
        assert plain_origin.status == 403
        same = _ask(_Named(port, cert), "POST", "/sign-in", body=form, Host=host, Origin=f"https://{host}")
        assert same.status == 303
        with pytest.raises((http.client.HTTPException, OSError)):
            _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "GET", "/", Host=host)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises(ssl.SSLError), socket.create_connection(("127.0.0.1", port), 10) as raw:
            old.wrap_socket(raw, server_hostname=NAME)


@contextmanager
def _proxy(port: int, pair: tuple[Path, Path], says: str = "https") -> Iterator[int]:
    """Run a small reverse proxy that speaks TLS, and says so as real ones do; give its port."""

    class Pass(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            behind = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            told = {name: value for name, value in self.headers.items() if not name.lower().startswith("x-forwarded")}
            before = self.headers.get("X-Forwarded-For")
            told["X-Forwarded-For"] = ", ".join(filter(None, (before, self.client_address[0])))
            told["X-Forwarded-Proto"] = says
            behind.request(self.command, self.path, body or None, told)
            answer = behind.getresponse()
            data = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "date", "server", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _pass

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pass)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def _port(desk: Desk) -> int:
    """Return the port that a desk behind a proxy listens on: its link names the proxy's."""
    inodes = set()
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and str(desk.home).encode() in (process / "environ").read_bytes():
                links = (os.readlink(each) for each in (process / "fd").iterdir())
                inodes |= {link[8:-1] for link in links if link.startswith("socket:[")}
        except OSError:
            continue
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        parts = line.split()
        if parts[3] == "0A" and parts[9] in inodes:
            return int(parts[1].split(":")[1], 16)
    raise AssertionError("the desk listens nowhere")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs /proc to find the port of a desk behind a proxy")
def test_a_desk_behind_a_proxy(tmp_path: Path, built_home: Path, pair: tuple[Path, Path]) -> None:
    """The proxy's word counts and nobody else's: who asks past it, or through one without TLS, gets nothing."""
    arguments = ["--host", "127.0.0.1", "--behind-proxy", "127.0.0.1", "--name", NAME]
    with open_desk(tmp_path / "desk", built_home, False, arguments) as desk:
        assert desk.base == f"https://{NAME}"
        port = _port(desk)
        with _proxy(port, pair) as outside:
            cookie = _joined(_Named(outside, pair[0]), desk, NAME)
            assert "Secure" in cookie
            answer = _ask(_Named(outside, pair[0]), "GET", "/record", Host=NAME, Cookie=cookie.split(";")[0])
            assert (answer.status, answer.headers["strict-transport-security"]) == (200, "max-age=31536000")
            people = _ask(_Named(outside, pair[0]), "GET", "/people", Host=NAME, Cookie=cookie.split(";")[0]).read()
            csrf = re.findall(r'name="csrf" value="([^"]+)"', people.decode())[0]
            form = urlencode({"csrf": csrf, "role": "viewer"})
            told = _ask(_Named(outside, pair[0]), "POST", "/people/invite", body=form, Host=NAME,
                        Origin=f"https://{NAME}", Cookie=cookie.split(";")[0])  # fmt: skip
            assert f"https://{NAME}/join/" in told.read().decode()
            assert _ask(_Named(outside, pair[0]), "GET", "/", Host="evil.example").status == 421
            # Wrong tokens are counted by who asks, whom the proxy names last; what was said before it is not believed.
            wrong = {"Authorization": "Bearer hl_x", "Host": NAME}
            statuses = [
                _ask(_Named(outside, pair[0]), "GET", "/api/incidents", X_Forwarded_For=f"10.9.8.{n}", **wrong).status
                for n in range(12)
            ]
            assert statuses == [401] * 10 + [429] * 2
        with _proxy(port, pair, "http") as outside:
            assert _ask(_Named(outside, pair[0]), "GET", "/record", Host=NAME).status == 403
        past = _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "GET", "/record", Host=NAME)
        assert (past.status, b"X-Forwarded-Proto" in past.read()) == (403, True)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs /proc to find the port of a desk behind a proxy")
def test_who_is_not_the_proxy_gets_nothing(tmp_path: Path, built_home: Path) -> None:
    """A machine that can reach the desk past its proxy must not say of itself that it came by TLS."""
    arguments = ["--behind-proxy", "192.0.2.0/24", "--name", NAME]
    with open_desk(tmp_path / "desk", built_home, False, arguments) as desk:
        connection = http.client.HTTPConnection("127.0.0.1", _port(desk), timeout=10)
        told = {"Host": NAME, "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.9"}
        answer = _ask(connection, "GET", "/sign-in", **told)
        assert (answer.status, b"its proxy alone" in answer.read()) == (403, True)


@needs_chromium
def test_a_browser_signs_in_by_tls(tmp_path: Path, built_home: Path, pair: tuple[Path, Path]) -> None:
    """Pages, scripts, the map's workers and the cookie work as well under a certificate."""
    with (
        open_desk(tmp_path / "desk", built_home, True, ["--tls-cert", str(pair[0]), "--tls-key", str(pair[1])]) as desk,
        chromium() as browser,
    ):
        assert desk.base.startswith("https://127.0.0.1:")
        sitting = Sitting(browser, desk, ignore_https_errors=True)
        sitting.join(desk.link, "Amal Haddad")
        sitting.go("/map")
        sitting.page.wait_for_selector("#map[data-drawn]", timeout=30_000)
        assert [cookie["secure"] for cookie in sitting.context.cookies() if cookie["name"] == "harmledger_desk"] == [
            True
        ]
        sitting.page.click("form[action='/sign-out'] button")
        sitting.page.wait_for_selector("input[name=password]")


def test_a_lost_factor_is_forgotten_from_the_terminal(tmp_path: Path, built_home: Path) -> None:
    """Who lost phone and codes, and is the only administrator, comes in again; that is a line of the ledger."""
    home = tmp_path / "desk"
    people = People(home)
    people.join(people.invite("administrator"), "Amal", PASSWORD)
    people.factors.begin("Amal")
    secret = people.factors.pending("Amal")
    people.factors.confirm("Amal", pyotp.TOTP(secret or "").now())
    with open_desk(home, built_home, False, ["--forget-factor", "amal"]):
        assert not people.factors.on("Amal")
    people.close()
    with open_ledger(home, by="test") as book:
        line = next(book.lines(["people"]))
        assert (line.told["what"], line.told["name"]) == ("second factor forgotten", "Amal")
