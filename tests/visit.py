"""The dashboard as a visitor meets it, without a browser and without a socket: a request in, status, headers and page out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from holdbook.dashboard.app import application
from holdbook.dashboard.shelf import Shelf

PORT = 8377
HOST = f"127.0.0.1:{PORT}"


class Visited(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Somebody who asks for the pages of one book."""

    def __init__(self, name: str | Path) -> None:
        self.shelf = Shelf(str(name))
        self.shelf.warm()
        self.app = application(self.shelf, PORT)

    def get(self, address: str, host: str | None = HOST, method: str = "GET", **headers: str) -> Visited:
        """Ask for an address."""
        parts = urlsplit(address)
        named = {**({"host": host} if host is not None else {}), **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": parts.path,
            "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "", "server": ("127.0.0.1", PORT),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }  # fmt: skip
        return asyncio.run(self._asked(scope))

    async def _asked(self, scope: dict[str, Any]) -> Visited:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Visited(sent[0]["status"], headers, body.decode())
