"""What carries requests: httpx2 on top, connections of our own guard below. It reads no proxy from the environment."""

from __future__ import annotations

from collections.abc import Iterator

import httpcore2
import httpx2

from onrecord.read.net.guard import GuardedBackend


class GuardedTransport(httpx2.BaseTransport):
    """Requests over connections that the guard has made."""

    def __init__(self, allowed: frozenset[tuple[str, int]]) -> None:
        self._backend = GuardedBackend(allowed)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=4,
            max_keepalive_connections=0,  # a connection is made for one page: its deadline is that page's
            network_backend=self._backend,
        )

    @property
    def deadline(self) -> float:
        """When what is asked has to be there, by time.monotonic."""
        return self._backend.deadline

    @deadline.setter
    def deadline(self, when: float) -> None:
        self._backend.deadline = when

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends a request; errors are those of httpcore2."""
        assert isinstance(request.stream, httpx2.SyncByteStream)
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Ends the connections."""
        self._pool.close()


class _Stream(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
