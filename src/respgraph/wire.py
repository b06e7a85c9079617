"""A connection to a server, and the deadline at which it ends, however busy the server keeps it.

A socket's own timeout begins anew with every byte, so a server that sends one every few seconds - of a status line, a
header, a chunk's length or what follows the last chunk - could hold us for ever. Here a thread shuts the line down.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from types import TracebackType

AGAIN = 0.1  # seconds until a line is shut down once more: it may not have been there yet


class Connection(http.client.HTTPConnection):
    """A connection to a host, at an address of it if one is given; ``line`` is its socket until it is closed."""

    def __init__(
        self, host: str, port: int | None, secure: bool, timeout: float | None, address: str | None = None
    ) -> None:
        """Say where to; nothing is sent yet."""
        usual = 443 if secure else 80
        super().__init__(host, port or usual, timeout=timeout)
        self.default_port = usual
        self.address = address or self.host
        self.secure = secure
        self.line: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the address."""
        self.sock = self.line = socket.create_connection((self.address, self.port), self.timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.secure:
            context = ssl.create_default_context()
            wrapped = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self.line = wrapped
            wrapped.do_handshake()


class Deadline:
    """Shuts a connection down after some seconds; ``over`` says that it did."""

    def __init__(self, connection: Connection, seconds: float) -> None:
        """Name the connection; the time begins with the ``with`` block."""
        self.over = False
        self._connection = connection
        self._done = threading.Event()
        self._timer = threading.Timer(max(seconds, 0.0), self._end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._timer.cancel()

    def _end(self) -> None:
        self.over = True
        while not self._done.is_set():
            if (line := self._connection.line) is not None:
                with suppress(OSError):  # not an SSL socket's own: it would talk first
                    socket.socket.shutdown(line, socket.SHUT_RDWR)
            self._done.wait(AGAIN)
