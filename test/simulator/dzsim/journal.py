"""journal.py: what happened, for tests to read: requests, counts, effects.

The log is bounded (oldest records fall out and are counted), the counts are
not: a test that sends a million requests reads counts.
"""
import base64
import collections
import json
import time

from .message import readable


class Journal:
    """Request log, statistics and the list of effects."""

    def __init__(self, path=None, limit=100000):
        self.file = open(path, "a", encoding="utf-8") if path else None
        self.limit = limit
        self.bodies = True
        self.enabled = True
        self.connections = 0
        self.open_connections = 0
        self.in_flight = 0
        self.sequence = 0
        self.clear()
        self.clear_statistics()
        self.effects = []

    def clear(self):
        self.records = collections.deque()
        self.dropped = 0

    def clear_statistics(self):
        self.counts = {}
        self.connections_opened = 0
        self.peak_connections = self.open_connections
        self.peak_in_flight = self.in_flight
        self.malformed = 0
        self.bugs = 0
        self.clients_gone = 0
        self.bytes_in = 0

    # -- connections ---------------------------------------------------

    def next_connection(self):
        self.connections += 1
        return self.connections

    def opened(self):
        """A connection has sent its first request of the API; those of the
        control API are not counted."""
        self.connections_opened += 1
        self.open_connections += 1
        self.peak_connections = max(self.peak_connections,
                                    self.open_connections)

    def closed(self, counted):
        if counted:
            self.open_connections -= 1

    # -- requests ------------------------------------------------------

    def begin(self, request, operation):
        """Start the record of a request that is about to be handled."""
        self.in_flight += 1
        self.peak_in_flight = max(self.peak_in_flight, self.in_flight)
        self.bytes_in += len(request.body)
        self.sequence += 1
        record = {
            "sequence": self.sequence, "operation": operation,
            "method": request.method, "target": request.target,
            "path": request.path, "query": None,
            "headers": None, "body": None, "status": None, "code": None,
            "fault": None, "signature": None, "identity": None,
            "attempt": _attempt(request.header("amz-sdk-request")),
            "replayed": False, "client_gone": False,
            "connection": request.connection_id,
            "received_us": request.received_us, "answered_us": None,
            "request_id": None,
        }
        record["_request"] = request
        return record

    def finish(self, record, client_gone=False):
        """The answer has been handed to the system, or the client left."""
        self.in_flight -= 1
        record["answered_us"] = time.time_ns() // 1000
        record["client_gone"] = client_gone
        self.clients_gone += client_gone
        name = record["operation"] or "unknown"
        key = (name, record["status"] or 0, record["fault"] or "")
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.file is not None and self.enabled:
            self.file.write(json.dumps(public(record)) + "\n")
            self.file.flush()
        record["_request"].slim()
        if not self.bodies:
            record["_request"].body = b""

    def keep(self, record):
        """Put the record into the log (at arrival, so that a request that
        is never answered is seen, too)."""
        if not self.enabled:
            return
        self.records.append(record)
        if len(self.records) > self.limit:
            self.records.popleft()
            self.dropped += 1

    def effect(self, **what):
        """Something that changed the service's state, in its order."""
        what["sequence"] = len(self.effects) + 1
        what["at_us"] = time.time_ns() // 1000
        self.effects.append(what)

    # -- reading -------------------------------------------------------

    def read(self, operation=None, since=0, limit=None, status=None):
        found = []
        for record in self.records:
            if record["sequence"] <= since:
                continue
            if operation and record["operation"] != operation:
                continue
            if status and record["status"] != status:
                continue
            found.append(public(record))
            if limit and len(found) >= limit:
                break
        return found

    def statistics(self):
        operations = {}
        total = 0
        for (name, status, fault), count in sorted(self.counts.items()):
            total += count
            entry = operations.setdefault(
                name, {"total": 0, "statuses": {}, "faults": {}})
            entry["total"] += count
            _add(entry["statuses"], str(status), count)
            if fault:
                _add(entry["faults"], fault, count)
        return {
            "requests": total, "operations": operations,
            "in_flight": self.in_flight,
            "peak_in_flight": self.peak_in_flight,
            "connections_opened": self.connections_opened,
            "connections_open": self.open_connections,
            "peak_connections": self.peak_connections,
            "malformed": self.malformed, "clients_gone": self.clients_gone,
            "bugs": self.bugs,
            "body_bytes": self.bytes_in,
        }


def _add(table, key, count):
    table[key] = table.get(key, 0) + count


def _attempt(value):
    """The number in "attempt=2; max=3", or None."""
    for part in (value or "").split(";"):
        name, _, number = part.strip().partition("=")
        if name == "attempt" and number.isdigit():
            return int(number)
    return None


def public(record):
    """A record as JSON: bodies as text where they are UTF-8."""
    shown = {key: value for key, value in record.items()
             if not key.startswith("_")}
    request = record["_request"]
    for name in ("method", "target", "path"):
        shown[name] = readable(shown[name])
    shown["query"] = [[readable(part) for part in pair]
                      for pair in request.query]
    shown["headers"] = [[readable(part) for part in pair]
                        for pair in request.raw_headers]
    try:
        shown["body"] = request.body.decode("utf-8")
    except UnicodeDecodeError:
        shown["body_base64"] = base64.b64encode(request.body).decode()
    return shown
