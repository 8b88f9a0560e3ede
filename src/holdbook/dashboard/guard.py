"""Who may ask and what a page may do: only this machine by its own name, only reading, nothing from elsewhere."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_METHODS = ("GET", "HEAD")


class Guard:
    """Refuses a host that is not this machine's own, so that no page of another site can be made to read the book by a false name."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that may be answered, with the rules for its page."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def ruled(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refused = self._refused(scope)
        await (self.app if refused is None else refused)(scope, receive, ruled)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") != [host for host in headers.getlist("host")[:1] if host.lower() in self.hosts]:
            return PlainTextResponse("This book is served to this machine alone.", 421)
        if not headers.getlist("host"):
            return PlainTextResponse("A request names its host.", 400)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("A book is only read here.", 405, {"allow": ", ".join(_METHODS)})
        if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return PlainTextResponse("A page of another site may not read the book.", 403)
        return None
