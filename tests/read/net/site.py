"""A small web site on loopback, each address with an answer of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Make = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """What it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer] | Make] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                found = site.answers.get(self.path, (404, {}, b"no such page"))
                if callable(found):
                    found(self)
                    self.close_connection = True
                    return
                if isinstance(found, list):
                    found = found.pop(0) if len(found) > 1 else found[0]
                status, headers, body = found
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.place = ("127.0.0.1", self.port)
        self.address = f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Answers with a page from now on; its address."""
        data = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, {"Content-Type": kind, **told}, data)
        return self.address + path

    def move(self, path: str, to: str, status: int = 302) -> str:
        """Leads elsewhere from now on."""
        self.answers[path] = (status, {"Location": to}, b"")
        return self.address + path


@contextmanager
def serving() -> Iterator[Site]:
    """A site, for as long as the block is."""
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join(5)


def page(title: str, *paragraphs: str, head: str = "") -> str:
    """A page with an article."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{article}</body></html>"


def rss(*items: str, title: str = "Oster Post") -> str:
    """A feed of items."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(link: str, title: str = "A page", published: str = "Tue, 04 Mar 2025 21:30:00 -0500") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{published}</pubDate></item>"
