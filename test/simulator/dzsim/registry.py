"""registry.py: the operations, how they are reached, and reading their input.

An operation declares where each member travels; this module finds the
operation for a request and turns the request into checked parameters, so
that the operations themselves deal with values alone.
"""
import json

from .errors import ServiceError, constraint, serialization
from .message import text
from .shapes import List
from .sigv4 import percent_decode

OPERATIONS = {}
_ROUTES = {}


class Member:
    """One input member: place, wire name, shape."""

    __slots__ = ("name", "place", "wire", "shape", "required", "token")

    def __init__(self, name, place, shape, required=False, wire=None,
                 token=False):
        self.name = name
        self.place = place
        self.wire = wire or name
        self.shape = shape
        self.required = required or place == "label"
        self.token = token


def label(name, shape):
    return Member(name, "label", shape)


def query(name, shape, required=False, token=False, wire=None):
    return Member(name, "query", shape, required, wire, token)


def header(name, wire, shape, token=False):
    return Member(name, "header", shape, wire=wire, token=token)


def body(name, shape, required=False, token=False):
    return Member(name, "body", shape, required, token=token)


def payload(name, shape):
    return Member(name, "payload", shape, True)


class Operation:
    """A row of the table: name, route, success status, input, handler."""

    def __init__(self, name, method, uri, status, members, handler, paging):
        self.name = name
        self.method = method
        self.uri = uri
        self.status = status
        self.handler = handler
        self.paging = paging
        self.members = members
        self.labels = [m for m in members if m.place == "label"]
        self.queries = [m for m in members if m.place == "query"]
        self.headers = [m for m in members if m.place == "header"]
        self.bodies = [m for m in members if m.place == "body"]
        self.payload = next((m for m in members if m.place == "payload"),
                            None)
        self.token = next((m.name for m in members if m.token), None)

    def read(self, request, labels):
        """Parameters by member name; raises ServiceError."""
        params = {}
        problems = []
        for member, value in zip(self.labels, labels):
            params[member.name] = member.shape.from_text(value)
        self._read_query(request, params)
        for member in self.headers:
            value = request.header(member.wire.lower())
            if value is not None:
                params[member.name] = member.shape.from_text(value)
        if self.bodies:
            self._read_body(request, params)
        if self.payload is not None:
            params[self.payload.name] = request.body
        for member in self.members:
            value = params.get(member.name)
            if value is not None:
                shown = (member.wire if member.place == "query"
                         else member.name)
                member.shape.check(value, shown, problems)
            elif member.required:
                problems.append((member.name, "Member must not be null"))
        if problems:
            raise constraint(problems)
        return params

    def _read_query(self, request, params):
        for member in self.queries:
            values = [value for name, value in request.query
                      if name == member.wire]
            if not values:
                continue
            if isinstance(member.shape, List):
                params[member.name] = values
            else:
                params[member.name] = member.shape.from_text(values[0])

    def _read_body(self, request, params):
        kind = request.header("content-type", "application/json")
        if kind.split(";")[0].strip().lower() != "application/json":
            raise ServiceError("UnsupportedMediaTypeException", 415,
                               "Unsupported Content-Type: " + kind)
        document = read_json(request.body) if request.body else {}
        if not isinstance(document, dict):
            raise serialization("The body is not a JSON object.")
        for member in self.bodies:
            value = document.get(member.name)
            if value is not None:
                params[member.name] = value


def _reject_constant(word):
    raise ValueError(word)


def read_json(raw):
    """A JSON document; raises SerializationException for anything else."""
    try:
        return json.loads(raw.decode("utf-8"),
                          parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        raise serialization("The body is not valid JSON.")


def operation(name, method, uri, status, *members, paging=None):
    """Decorator: put a handler into the table of operations."""
    def register(handler):
        entry = Operation(name, method, uri, status, members, handler, paging)
        segments = uri.strip("/").split("/")
        shape = tuple(None if s.startswith("{") else s for s in segments)
        _ROUTES.setdefault((method, len(segments)), []).append((shape, entry))
        _ROUTES[(method, len(segments))].sort(
            key=lambda route: sum(part is None for part in route[0]))
        OPERATIONS[name] = entry
        return handler
    return register


def find(method, path):
    """(operation, decoded labels) of a wire path, or (None, ())."""
    segments = path[1:].split("/")
    for shape, entry in _ROUTES.get((method, len(segments)), ()):
        labels = []
        for want, got in zip(shape, segments):
            if want is None and got:
                labels.append(text(percent_decode(got)))
            elif want != got:
                break
        else:
            return entry, labels
    return None, ()
