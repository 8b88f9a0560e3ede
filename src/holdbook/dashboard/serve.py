"""Serve a book's dashboard to this machine."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Sequence
from threading import Timer

import uvicorn

from holdbook.dashboard.app import application
from holdbook.dashboard.shelf import Shelf

HOST, PORT = "127.0.0.1", 8377
_WARM_AFTER = 4.0
"""Seconds: the first page that is asked for need not share the processor with those that nobody has asked for yet."""


def serve(name: str | None, prices: Sequence[str], port: int, say: Callable[[str], None]) -> None:
    """Serve until it is stopped; port 0 takes a free one. `say` is told the address.

    Raises OSError when the port is taken, NotABookError when there is no book.
    """
    shelf = Shelf(name, prices)
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError as error:
            raise OSError(error.errno, f"{error.strerror}; choose another with --port", f"port {port}") from error
        taken = door.getsockname()[1]
        gc.enable()  # a command is over before collecting pays; this one stays
        later = Timer(_WARM_AFTER, shelf.warm)
        later.daemon = True
        later.start()
        say(f"{shelf.opened().book.head.name}: http://{HOST}:{taken}/  (stop with Ctrl-C)")
        settings = uvicorn.Config(application(shelf, taken), log_level="warning", access_log=False, server_header=False, lifespan="off")
        uvicorn.Server(settings).run(sockets=[door])
