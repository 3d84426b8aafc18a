"""A client that LISTENs, and notes when each notification came."""

import json
import threading
import time

from client import Connection


class Listener(Connection):
    """A connection that LISTENs to one channel, and a thread that reads."""

    def __init__(self, directory, user, database, channel):
        super().__init__(directory, user, database)
        self.arrived = {}
        self.run(f"LISTEN {channel}")
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        """Note the first notification of each run."""
        try:
            while True:
                kind, body = self.message()
                now = time.time()
                if kind == b"A":
                    payload = body[4:].split(b"\0")[1]
                    self.arrived.setdefault(json.loads(payload)["id"], now)
        except OSError:
            return
