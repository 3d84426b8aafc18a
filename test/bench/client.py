"""A client of PostgreSQL in a few messages: where psql would be in the way.

psql shows notifications only after a statement, and is one more process
between a measurement and the server; Python's library has no client.
"""

import socket
import struct

PROTOCOL = 3 << 16


class ServerError(Exception):
    """The server said something else than expected."""


class Connection:
    """A connection over the server's Unix socket, without a password."""

    def __init__(self, directory, user, database):
        self.buffer = b""
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"{directory}/.s.PGSQL.5432")
        start = (f"user\0{user}\0database\0{database}\0"
                 "client_encoding\0UTF8\0\0").encode()
        self.socket.sendall(struct.pack("!ii", len(start) + 8, PROTOCOL)
                            + start)
        self._until_ready()

    def _take(self, count):
        while len(self.buffer) < count:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("the server has closed the connection")
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def message(self):
        """Return the next message's kind and content."""
        head = self._take(5)
        return head[:1], self._take(struct.unpack("!i", head[1:])[0] - 4)

    def _until_ready(self):
        """Return the first columns of the rows that come before."""
        rows = []
        while True:
            kind, body = self.message()
            if kind == b"E" or (kind == b"R" and body != b"\0\0\0\0"):
                raise ServerError(body)
            if kind == b"D":
                size = struct.unpack("!i", body[2:6])[0]
                rows.append(None if size < 0 else body[6:6 + size].decode())
            if kind == b"Z":
                return rows

    def run(self, sql):
        """Run SQL; return the first columns of its rows."""
        query = sql.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", len(query) + 4) + query)
        return self._until_ready()

    def close(self):
        """End the connection, also for a thread that reads from it."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
