"""A cable between a bot and a server, which can be pulled out and put back."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from tests.servers.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Callable


class Cable:
    """Carries every connection to its own port on to a server's, while it is plugged in.

    Args:
        port: the server's, on 127.0.0.1.
    """

    def __init__(self, port: int) -> None:
        """Plug it in."""
        self._server_port = port
        self.port = free_port()
        self._ends: list[socket.socket] = []
        self._listening: socket.socket | None = None
        self.plug_in()

    def plug_in(self) -> None:
        """Take connections."""
        listening = socket.create_server(("127.0.0.1", self.port))
        self._listening = listening
        Thread(target=_until_it_is_gone, args=(lambda: self._take(listening),), daemon=True).start()

    def pull_out(self) -> None:
        """Break off every connection, and take no more."""
        if self._listening:
            _shut(self._listening)
            self._listening = None
        while self._ends:
            _shut(self._ends.pop())

    def _take(self, listening: socket.socket) -> None:
        near, _ = listening.accept()
        far = socket.create_connection(("127.0.0.1", self._server_port))
        self._ends += [near, far]
        for here, there in ((near, far), (far, near)):
            Thread(target=_until_it_is_gone, args=(_carry(here, there),), daemon=True).start()


def _carry(here: socket.socket, there: socket.socket) -> Callable[[], None]:
    def carry() -> None:
        some = here.recv(65_536)
        if not some:
            _shut(there)
            raise ConnectionError
        there.sendall(some)

    return carry


def _until_it_is_gone(do: Callable[[], None]) -> None:
    with suppress(OSError):
        while True:
            do()


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
