"""Serves the preview to the browsers of this machine, and to nobody else.

It listens on the loopback only. Whoever asks must know the token in the address, and have got there
by the address itself: a page from elsewhere whose name was made to lead here (DNS rebinding) says
another host. Nothing is read from the disk but the three files of the page.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from printedition.preview.desk import Desk

LOOPBACK = "127.0.0.1"
_BEAT = 15.0  # s: so often something is sent, or nobody would know that a browser has gone
_FOR_EVER = "max-age=31536000, immutable"  # the key in its address changes with what it shows
_FILES = {"": "page.html", "page.css": "page.css", "page.js": "page.js"}
_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
# The e-book's files are an edition's: they may be seen, and do nothing.
_EDITIONS = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)


class Server(ThreadingHTTPServer):
    """The server of one desk, at a free port or a given one; raises OSError if that is taken."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0, token: str | None = None) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.desk = desk
        self.token = token or secrets.token_urlsafe(24)
        self.ended = threading.Event()

    @property
    def address(self) -> str:
        """What is to be opened in a browser."""
        return f"http://{LOOPBACK}:{self.server_port}/{self.token}/"

    def start(self) -> None:
        """Serve from another thread."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def end(self) -> None:
        """Serve no longer."""
        self.ended.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that goes amid an answer is no fault."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "printedition", ""
    timeout = 60
    server: Server

    def do_GET(self) -> None:
        """Answer, or refuse."""
        hosts = {f"{name}:{self.server.server_port}" for name in (LOOPBACK, "localhost")}
        if self.headers.get("Host", "").lower() not in hosts:
            return self._refuse(403)
        with suppress(LookupError, ValueError, StopIteration):
            parts = urlsplit(self.path)
            _, token, *names = unquote(parts.path).split("/")
            if names and hmac.compare_digest(token.encode(), self.server.token.encode()):
                asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
                return self._answers(names, asked)()
        return self._refuse(404)

    def _answers(self, names: list[str], asked: dict[str, str]) -> Callable[[], None]:
        """What answers an address; raises LookupError or ValueError where there is no such."""
        desk = self.server.desk
        match names:
            case ["state.json"]:
                return lambda: self._send(desk.state(), "application/json")
            case ["news"]:
                return self._tell_news
            case ["pages", key, number]:
                picture = desk.picture(key, int(number.removesuffix(".png")), int(asked["width"]))
                return lambda: self._send(picture, "image/png", keep=_FOR_EVER)
            case ["chapters", key, *rest]:
                data, kind = desk.file(key, "/".join(rest))
                return lambda: self._send(data, kind, keep=_FOR_EVER, policy=_EDITIONS)
            case [name]:
                path = Path(__file__).parent / _FILES[name]
                return lambda: self._send(path.read_bytes(), _KINDS[path.suffix])
        raise LookupError(names)

    def _send(
        self,
        data: bytes,
        kind: str,
        *,
        keep: str = "no-store",
        policy: str = _OWN,
        status: int = 200,
    ) -> None:
        with suppress(ConnectionError):
            self._begin(status, kind, keep, policy)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def _begin(self, status: int, kind: str, keep: str, policy: str) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind == "application/xhtml+xml"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Cache-Control", keep)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self._send(b"", "text/plain", status=status)

    def _tell_news(self) -> None:
        """Send the number of the state whenever it is another, until the browser has gone."""
        self.close_connection = True
        with suppress(OSError):
            self._begin(200, "text/event-stream", "no-store", _OWN)
            self.end_headers()
            number = -1
            while not self.server.ended.is_set():
                now = (
                    self.server.desk.number if number < 0 else self.server.desk.wait(number, _BEAT)
                )
                self.wfile.write(f"data: {now}\n\n".encode() if now != number else b": \n\n")
                self.wfile.flush()
                number = now

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
