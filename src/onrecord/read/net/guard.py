"""Where connections are made: to public addresses alone, to the very address that was looked at, and not for ever.

A name is looked up once. What is connected to is the address that was found, not the name: a second answer of the name
server, or a redirect, cannot lead anywhere else.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore2

from onrecord.errors import Refused
from onrecord.read.net.addresses import why_not_public

Lookup = Callable[..., list[Any]]


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to what is public, and to the few (host, port) that are allowed whatever they are."""

    def __init__(self, allowed: frozenset[tuple[str, int]] = frozenset(), lookup: Lookup | None = None) -> None:
        self._allowed = allowed
        self._lookup = lookup or socket.getaddrinfo
        self._plain = httpcore2.SyncBackend()
        self.deadline = float("inf")  # of time.monotonic, for all that is sent and read

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that answers; Refused with `blocked-address`."""
        failed: Exception | None = None
        for address in self._addresses(host, port):
            try:
                left = self.left(timeout)
                made = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return _Bounded(made, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore2.ConnectError("no address")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        """Never."""
        raise Refused("blocked-address", "a socket of this machine")

    def left(self, timeout: float | None) -> float:
        """Seconds that something may take; ReadTimeout where none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for all of it is over")
        return min(left, timeout) if timeout is not None else left

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses that may be connected to, in the order in which they were found."""
        try:
            found = self._lookup(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"no address of {host} is known: {error}") from error
        addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
        if (host.lower(), port) in self._allowed:
            return addresses
        why = {one: why_not_public(ip_address(one)) for one in addresses}
        public = [one for one in addresses if not why[one]]
        if not public:
            told = ", ".join(words if one == host else f"{one} ({words})" for one, words in list(why.items())[:3])
            raise Refused("blocked-address", f"{host} is {told or 'nowhere'}")
        return public


class _Bounded(httpcore2.NetworkStream):
    """A connection that ends with the backend's deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore2.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = self._backend.left(timeout)
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
