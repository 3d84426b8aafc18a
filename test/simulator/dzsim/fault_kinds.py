"""fault_kinds.py: what each kind of fault puts on the wire.

A kind is a function (fault, service, answer, request, record) -> plan.
"answer" is the true answer where the kind processes the request first (so
that its effect has happened), else None.  Kinds that spoil the JSON of an
answer are in fault_bodies.py.
"""
import base64
import gzip
import zlib

from .message import Response, dump, encode, error_response, head

KINDS = {}
_BOMB_BLOCK = 1024 * 1024


class Kind:
    """A kind: whether the request takes effect, and the plan's maker."""

    __slots__ = ("name", "processes", "make")

    def __init__(self, name, processes, make):
        self.name = name
        self.processes = processes
        self.make = make


def kind(name, processes):
    def register(function):
        KINDS[name] = Kind(name, processes, function)
        return function
    return register


def truth(service, answer, record):
    """The true answer, or a plain success where nothing was processed."""
    if answer is None:
        answer = Response(200, [("Content-Type", "application/json")], b"{}")
    return service.finish(record, answer)


def sent(service, answer, record, close=False):
    """A plan that sends a whole answer."""
    steps = [("write", encode(service.finish(record, answer), close=close))]
    if close:
        steps.append(("close",))
    return steps


def _error(service, status, code, message, style="header"):
    return error_response(status, code, message, style)


# -- errors ------------------------------------------------------------

@kind("throttle", False)
def throttle(fault, service, answer, request, record):
    refusal = _error(service, 429, "ThrottlingException", "Rate exceeded",
                     fault.params.get("style", "header"))
    if "retry_after_ms" in fault.params:
        refusal.headers.append(("x-amz-retry-after",
                                str(fault.params["retry_after_ms"])))
    return sent(service, refusal, record)


@kind("internal", False)
def internal(fault, service, answer, request, record):
    return sent(service, _error(
        service, 500, "InternalServerException",
        fault.params.get("message", "Internal server error"),
        fault.params.get("style", "header")), record)


@kind("unavailable", False)
def unavailable(fault, service, answer, request, record):
    page = (b"<html><body><h1>503 Service Temporarily Unavailable</h1>"
            b"</body></html>\r\n")
    return sent(service, Response(503, [("Content-Type", "text/html")], page),
                record)


@kind("error", False)
def error(fault, service, answer, request, record):
    params = fault.params
    return sent(service, _error(
        service, params.get("status", 400),
        params.get("code", "ValidationException"),
        params.get("message", "injected"),
        params.get("style", "header")), record)


@kind("answer", False)
def canned(fault, service, answer, request, record):
    """Any well-framed answer: status, headers, body in one of three forms."""
    params = fault.params
    if "body_base64" in params:
        content = base64.b64decode(params["body_base64"])
    elif "json" in params:
        content = dump(params["json"])
    else:
        content = params.get("body", "").encode("utf-8", "surrogatepass")
    headers = [tuple(pair) for pair in params.get(
        "headers", [["Content-Type", "application/json"]])]
    return sent(service, Response(params.get("status", 200), headers,
                                  content), record)


# -- the connection ----------------------------------------------------

@kind("drop", False)
def drop(fault, service, answer, request, record):
    return [("reset",) if fault.params.get("reset") else ("abort",)]


@kind("drop_after", True)
def drop_after(fault, service, answer, request, record):
    return drop(fault, service, answer, request, record)


@kind("half_body", True)
def half_body(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    body = whole.body or b"{}"
    headers = whole.headers + [("Content-Length", str(len(body))),
                               ("Connection", "keep-alive")]
    part = body[:int(len(body) * fault.params.get("fraction", 0.5))]
    last = ("reset",) if fault.params.get("reset") else ("close",)
    return [("write", head(whole.status, headers) + part), last]


@kind("half_head", True)
def half_head(fault, service, answer, request, record):
    whole = encode(truth(service, answer, record))
    return [("write", whole[:40]), ("close",)]


def _chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


@kind("chunked", True)
def chunked(fault, service, answer, request, record):
    """Not a fault: the answer in chunks, as a server may send it."""
    whole = truth(service, answer, record)
    size = max(1, fault.params.get("size", 100))
    headers = whole.headers + [("Transfer-Encoding", "chunked")]
    pieces = [_chunk(whole.body[at:at + size])
              for at in range(0, len(whole.body), size)]
    return [("write", head(whole.status, headers) + b"".join(pieces)
             + b"0\r\n\r\n")]


@kind("chunked_cut", True)
def chunked_cut(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    headers = whole.headers + [("Transfer-Encoding", "chunked")]
    body = whole.body or b"{}"
    middle = max(1, len(body) // 2)
    cut = b"%x\r\n" % len(body) + body[middle:]
    return [("write", head(whole.status, headers) + _chunk(body[:middle])
             + cut), ("close",)]


@kind("close", True)
def close(fault, service, answer, request, record):
    """A whole answer, then the server closes the connection."""
    whole = encode(truth(service, answer, record),
                   close=fault.params.get("announce", True))
    return [("write", whole), ("close",)]


@kind("http10", True)
def http10(fault, service, answer, request, record):
    """HTTP/1.0 without a length: the end of the connection ends the body."""
    whole = truth(service, answer, record)
    return [("write", head(whole.status, whole.headers, "HTTP/1.0")
             + whole.body), ("close",)]


# -- time --------------------------------------------------------------

@kind("slow", True)
def slow(fault, service, answer, request, record):
    seconds = fault.params.get("ms", 1000) / 1000.0
    whole = truth(service, answer, record)
    return [("wait", seconds), ("write", encode(whole))]


@kind("stall", False)
def stall(fault, service, answer, request, record):
    """Never answers; with "seconds" the connection is dropped then."""
    steps = []
    if fault.params.get("head"):
        whole = truth(service, answer, record)
        headers = whole.headers + [("Content-Length", "1000")]
        steps.append(("write", head(whole.status, headers)))
    if "seconds" in fault.params:
        return steps + [("wait", fault.params["seconds"]), ("abort",)]
    return steps + [("hang",)]


@kind("slow_body", True)
def slow_body(fault, service, answer, request, record):
    """The body trickles: "bytes" at a time, "ms" between them."""
    whole = encode(truth(service, answer, record))
    size = max(1, fault.params.get("bytes", 1))
    pause = fault.params.get("ms", 50) / 1000.0
    end = whole.index(b"\r\n\r\n") + 4
    steps = [("write", whole[:end])]
    for at in range(end, len(whole), size):
        steps.append(("wait", pause))
        steps.append(("write", whole[at:at + size]))
    return steps


# -- what is not the API's answer --------------------------------------

@kind("redirect", False)
def redirect(fault, service, answer, request, record):
    target = fault.params.get("location", "http://127.0.0.1:9/elsewhere")
    return sent(service, Response(fault.params.get("status", 302),
                                  [("Location", target)]), record)


@kind("bad_headers", True)
def bad_headers(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    start = head(whole.status, whole.headers)[:-2]
    variant = fault.params.get("variant", "long")
    lines = {"long": b"X-Long: " + b"a" * (1024 * 1024) + b"\r\n",
             "no_colon": b"this line has no colon\r\n",
             "nul": b"X-Nul: a\0b\r\n",
             "control": b"X-Control: a\x01\x7fb\r\n",
             "folded": b"X-Folded: a\r\n b\r\n",
             "many": b"".join(b"X-Many-%d: a\r\n" % n for n in range(20000)),
             "two_lengths": b"Content-Length: 1\r\n",
             "status": b""}
    if variant == "status":
        start = b"HTTP/9.9 OK fine\r\n" + start.split(b"\r\n", 1)[1]
    return [("write", start + lines[variant] + b"Content-Length: %d\r\n\r\n"
             % len(whole.body) + whole.body)]


@kind("raw", False)
def raw(fault, service, answer, request, record):
    """Bytes as given, with no framing of ours."""
    content = base64.b64decode(fault.params.get("base64", ""))
    steps = [("write", content)]
    if fault.params.get("close", True):
        steps.append(("close",))
    return steps


@kind("gzip", True)
def gzipped(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    packed = gzip.compress(whole.body, 6)
    if fault.params.get("broken"):
        packed = packed[:len(packed) // 2]
    whole.headers.append(("Content-Encoding", "gzip"))
    whole.body = packed
    return [("write", encode(whole))]


@kind("gzip_bomb", False)
def gzip_bomb(fault, service, answer, request, record):
    """"mib" MiB of a JSON string that travel as a thousandth of it."""
    mib = max(1, fault.params.get("mib", 256))
    whole = truth(service, None, record)
    whole.headers.append(("Content-Encoding", "gzip"))
    start, end = b'{"nextToken":"', b'"}'
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    front = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = b"a" * _BOMB_BLOCK
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(end) + packer.flush(zlib.Z_FINISH)
    check = zlib.crc32(start)
    for _ in range(mib):
        check = zlib.crc32(block, check)
    check = zlib.crc32(end, check)
    size = (len(start) + mib * _BOMB_BLOCK + len(end)) & 0xFFFFFFFF
    trailer = check.to_bytes(4, "little") + size.to_bytes(4, "little")
    frame = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    length = (len(frame) + len(front) + mib * len(middle) + len(tail)
              + len(trailer))
    headers = whole.headers + [("Content-Length", str(length))]
    return [("write", head(200, headers) + frame + front),
            ("stream", iter([middle] * mib)), ("write", tail + trailer)]


@kind("content_type", True)
def content_type(fault, service, answer, request, record):
    whole = truth(service, answer, record)
    whole.set_header("Content-Type", fault.params.get("value", "text/plain"))
    return [("write", encode(whole))]
