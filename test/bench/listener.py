"""A client that LISTENs, and notes when each notification came.

psql shows notifications only after a statement, and Python's library has no
client for PostgreSQL; the few messages that are needed are written here.
"""

import json
import socket
import struct
import threading
import time

PROTOCOL = 3 << 16


class ListenerError(Exception):
    """The server said something else than expected."""


class Listener:
    """A connection that LISTENs to one channel, and a thread that reads."""

    def __init__(self, directory, user, database, channel):
        self.arrived = {}
        self.buffer = b""
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"{directory}/.s.PGSQL.5432")
        start = (f"user\0{user}\0database\0{database}\0"
                 "client_encoding\0UTF8\0\0").encode()
        self.socket.sendall(struct.pack("!ii", len(start) + 8, PROTOCOL)
                            + start)
        self._until_ready()
        query = f"LISTEN {channel}\0".encode()
        self.socket.sendall(b"Q" + struct.pack("!i", len(query) + 4) + query)
        self._until_ready()
        threading.Thread(target=self._listen, daemon=True).start()

    def _take(self, count):
        while len(self.buffer) < count:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("the server has closed the connection")
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def _message(self):
        head = self._take(5)
        return head[:1], self._take(struct.unpack("!i", head[1:])[0] - 4)

    def _until_ready(self):
        while True:
            kind, body = self._message()
            if kind == b"E" or (kind == b"R" and body != b"\0\0\0\0"):
                raise ListenerError(body)
            if kind == b"Z":
                return

    def _listen(self):
        """Note the first notification of each run."""
        try:
            while True:
                kind, body = self._message()
                now = time.time()
                if kind == b"A":
                    payload = body[4:].split(b"\0")[1]
                    self.arrived.setdefault(json.loads(payload)["id"], now)
        except OSError:
            return

    def close(self):
        """End the connection, and with it the thread."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
