"""fault_bodies.py: answers whose framing is right and whose body is not.

Importing this module adds its kinds to the table of fault_kinds.py.
"""
import json

from .fault_kinds import kind, truth
from .message import dump, encode, head

_MIB = 1024 * 1024


def _documented(service, answer, record):
    """(true answer, its JSON document read back)."""
    whole = truth(service, answer, record)
    try:
        document = json.loads(whole.body.decode("utf-8"))
    except ValueError:
        document = {}
    return whole, document


def _with_body(whole, body):
    whole.body = body
    return [("write", encode(whole))]


@kind("garbage", True)
def garbage(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    size = fault.params.get("bytes", 200)
    return _with_body(whole, bytes(fault.random.randrange(256)
                                   for _ in range(size)))


@kind("html200", True)
def html200(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    whole.status = record["status"] = 200
    whole.set_header("Content-Type", "text/html")
    return _with_body(whole, b"<!DOCTYPE html><html><body>Sign in to the "
                             b"network</body></html>")


@kind("empty", True)
def empty(fault, service, answer, request, record):
    return _with_body(truth(service, answer, record), b"")


def _change(document, member, change):
    """Apply change(dict, member) to every object that has the member."""
    count = 0
    if isinstance(document, dict):
        if member in document:
            change(document, member)
            count += 1
        for value in document.values():
            count += _change(value, member, change)
    elif isinstance(document, list):
        for value in document:
            count += _change(value, member, change)
    return count


@kind("wrong_types", True)
def wrong_types(fault, service, answer, request, record):
    """Member "member" becomes the value "value", wherever it occurs."""
    whole, document = _documented(service, answer, record)
    default = "items" if "items" in document else "createdAt"
    member = fault.params.get("member", default)
    value = fault.params.get("value",
                             "not a list" if member == "items" else {})

    def change(holder, name):
        holder[name] = value

    _change(document, member, change)
    return _with_body(whole, dump(document))


@kind("whole_body", True)
def whole_body(fault, service, answer, request, record):
    """The body is the JSON value "value" (a list, a number, null, ...)."""
    whole = truth(service, answer, record)
    return _with_body(whole, dump(fault.params.get("value")))


@kind("missing_required", True)
def missing_required(fault, service, answer, request, record):
    """Member "member" (default: items, else id) is not there."""
    whole, document = _documented(service, answer, record)
    member = fault.params.get(
        "member", "items" if "items" in document else "id")

    def change(holder, name):
        if fault.params.get("null"):
            holder[name] = None
        else:
            del holder[name]

    _change(document, member, change)
    return _with_body(whole, dump(document))


@kind("repeat_token", True)
def repeat_token(fault, service, answer, request, record):
    """nextToken of the answer is the one that the request carried."""
    whole, document = _documented(service, answer, record)
    asked = dict(request.query).get("nextToken")
    if asked is None and request.body:
        try:
            asked = json.loads(request.body.decode()).get("nextToken")
        except (ValueError, AttributeError):
            asked = None
    if asked is not None or "nextToken" not in document:
        document["nextToken"] = asked or "for ever the same"
    return _with_body(whole, dump(document))


def _first_string(document):
    """(holder, key) of the first string, items before the rest."""
    if isinstance(document, dict):
        pairs = sorted(document.items(), key=lambda p: p[0] != "items")
    elif isinstance(document, list):
        pairs = list(enumerate(document))
    else:
        return None
    for key, value in pairs:
        if isinstance(value, str):
            return document, key
        found = _first_string(value)
        if found is not None:
            return found
    return None


def _put(document, fault, mark):
    """Put a mark into "member", or into the first string."""
    member = fault.params.get("member")

    def change(holder, name):
        holder[name] = "a" + mark + "b"

    if member is not None:
        if _change(document, member, change):
            return document
        document[member] = "a" + mark + "b"
        return document
    found = _first_string(document)
    if found is None:
        document["name"] = "a" + mark + "b"
    else:
        change(*found)
    return document


def _spoilt_string(name, replacement):
    mark = "@@spoilt@@"

    def make(fault, service, answer, request, record):
        whole, document = _documented(service, answer, record)
        body = dump(_put(document, fault, mark))
        return _with_body(whole, body.replace(mark.encode(), replacement))

    kind(name, True)(make)


_spoilt_string("nul", b"\\u0000")
_spoilt_string("lone_surrogate", b"\\ud800")
_spoilt_string("bad_utf8", b"\xff\xc0\xaf")
_spoilt_string("raw_control", b"\x01\n")


@kind("deep", True)
def deep(fault, service, answer, request, record):
    """An unknown member nested "depth" levels deep."""
    whole = truth(service, answer, record)
    depth = fault.params.get("depth", 100000)
    opening, closing = ((b'{"a":', b"}") if fault.params.get("objects")
                        else (b"[", b"]"))
    inner = b"1" if fault.params.get("objects") else b""
    nested = opening * depth + inner + closing * depth
    return _with_body(whole, _insert(whole.body, b'"deep":' + nested))


def _insert(body, member):
    """Put an encoded member first into an encoded object."""
    if not body.startswith(b"{"):
        return b"{" + member + b"}"
    rest = body[1:]
    return b"{" + member + (b"" if rest.startswith(b"}") else b",") + rest


@kind("huge", True)
def huge(fault, service, answer, request, record):
    """An unknown member of "mib" MiB; "endless" has no length at all."""
    whole = truth(service, answer, record)
    mib = fault.params.get("mib", 64)
    rest = whole.body[1:] if whole.body.startswith(b"{") else b"}"
    start = b'{"huge":"'
    end = b'"' + (b"" if rest.startswith(b"}") else b",") + rest
    block = b"a" * 65536
    if fault.params.get("endless"):
        headers = whole.headers + [("Transfer-Encoding", "chunked")]
        piece = b"10000\r\n" + block + b"\r\n"
        first = b"%x\r\n%s\r\n" % (len(start), start)
        return [("write", head(whole.status, headers) + first),
                ("stream", _forever(piece))]
    length = len(start) + mib * _MIB + len(end)
    headers = whole.headers + [("Content-Length", str(length))]
    return [("write", head(whole.status, headers) + start),
            ("stream", iter([block] * (mib * 16))), ("write", end)]


def _forever(piece):
    while True:
        yield piece


@kind("trailing", True)
def trailing(fault, service, answer, request, record):
    """A whole document, and then something more."""
    whole = truth(service, answer, record)
    return _with_body(whole, whole.body + b' {"more":true}')


@kind("duplicate_member", True)
def duplicate_member(fault, service, answer, request, record):
    """The member "member" twice, the second time as null."""
    whole = truth(service, answer, record)
    member = fault.params.get("member", "items")
    tail = dump({member: fault.params.get("value")})[1:]
    return _with_body(whole, whole.body[:-1] + b"," + tail)


@kind("truncated", True)
def truncated(fault, service, answer, request, record):
    """Half of the document, framed as if it were whole."""
    whole = truth(service, answer, record)
    return _with_body(whole, whole.body[:len(whole.body) // 2])
