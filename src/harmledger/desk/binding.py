"""Where a desk answers: on this machine alone, or beyond it by TLS or behind a proxy that speaks it, under given names.

Beyond this machine a desk never speaks plain HTTP: names of victims and passwords would cross the network in the open.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from harmledger.errors import DeskError

LOOPBACK = "127.0.0.1"
_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
# Suites with forward secrecy alone; those of TLS 1.3 all have it.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed: the address, the port, a certificate with its key, or a proxy's address, and names."""

    host: str = LOOPBACK
    port: int = 0
    cert: Path | None = None
    key: Path | None = None
    proxy: str = ""
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a desk answers. ``hosts`` are the names it answers to; ``proxy`` is from where alone it may be asked."""

    host: str = LOOPBACK
    port: int = 0
    cert: Path | None = None
    key: Path | None = None
    proxy: Network | None = None
    hosts: frozenset[str] = _OWN_NAMES
    name: str = LOOPBACK

    @property
    def secure(self) -> bool:
        """Tell whether whoever asks speaks TLS, to the desk or to its proxy."""
        return self.cert is not None or self.proxy is not None

    def address(self, port: int) -> str:
        """Return the address that a person opens.

        >>> Binding().address(5334)
        'http://127.0.0.1:5334'
        """
        if self.proxy is not None:
            return f"https://{self.name}"
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{'https' if self.secure else 'http'}://{name}:{port}"


def binding_of(wish: Wish) -> Binding:
    """Return where the desk is to answer; DeskError where that would not be safe, or cannot be.

    >>> binding_of(Wish("0.0.0.0"))
    Traceback (most recent call last):
    ...
    harmledger.errors.DeskError: --host 0.0.0.0: a desk answers beyond this machine by TLS alone. Add --tls-cert and \
--tls-key, or --behind-proxy with the address of a proxy that speaks TLS.
    """
    host = "127.0.0.1" if wish.host == "localhost" else wish.host
    try:
        own = ip_address(host)
    except ValueError:
        raise DeskError(
            f"--host {wish.host}: is no address of this machine. Say 192.0.2.5, or 0.0.0.0 for all."
        ) from None
    names = tuple(dict.fromkeys(name.strip().lower().rstrip(".") for name in wish.names))
    if any(not name or set(name) & set("/:@ ") for name in names):
        raise DeskError(f"--name {' '.join(wish.names)}: is no name. Say it as browsers do: desk.example.org.")
    if (wish.cert is None) != (wish.key is None):
        raise DeskError("--tls-cert and --tls-key come together: the certificate and its private key.")
    if wish.cert is not None and wish.proxy:
        raise DeskError("--tls-cert or --behind-proxy: say one. Behind a proxy the proxy speaks TLS.")
    if wish.cert is None and not wish.proxy:
        if not own.is_loopback:
            raise DeskError(
                f"--host {wish.host}: a desk answers beyond this machine by TLS alone. Add --tls-cert and --tls-key, "
                "or --behind-proxy with the address of a proxy that speaks TLS."
            )
        if names:
            raise DeskError(
                "--name: comes with --tls-cert or --behind-proxy; alone a desk answers on this machine only."
            )
        return Binding(host, wish.port, name=host, hosts=_OWN_NAMES | {host})
    if wish.proxy:
        if not names:
            raise DeskError("--behind-proxy: say the name that browsers use, too: --name desk.example.org.")
        return Binding(host, wish.port, proxy=_network(wish.proxy), hosts=frozenset(names), name=names[0])
    assert wish.cert is not None
    assert wish.key is not None
    _check_pair(wish.cert, wish.key)
    hosts = frozenset(names)
    if not own.is_unspecified:
        hosts |= {host} | (_OWN_NAMES if own.is_loopback else frozenset())
    if not hosts:
        raise DeskError(f"--host {wish.host}: say under which name, too: --name desk.example.org.")
    return Binding(host, wish.port, wish.cert, wish.key, hosts=hosts, name=names[0] if names else host)


def _network(told: str) -> Network:
    try:
        return ip_network(told)
    except ValueError:
        raise DeskError(
            f"--behind-proxy {told}: is no address. Say that of the proxy: 127.0.0.1, or 10.0.0.0/24."
        ) from None


def _check_pair(cert: Path, key: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=_no_password)
    except (OSError, ssl.SSLError, ValueError) as error:
        why = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise DeskError(
            f"--tls-cert {cert}, --tls-key {key}: cannot be used ({why}). Both are PEM files, the key without a "
            "password."
        ) from error


def _no_password() -> str:
    # Asked for where the key is encrypted; without this OpenSSL would ask at the terminal.
    raise ValueError("the key has a password")
