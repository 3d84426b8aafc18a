"""server.py: HTTP/1.1 by hand on asyncio.

A library server would refuse to misbehave; here an answer is a plan, a list
of steps that the connection carries out: write these bytes, wait, stream,
close, reset, or never answer.  One connection handles one request at a time
and keeps pipelined bytes for later.

Steps: ("write", bytes), ("wait", seconds), ("stream", iterator of bytes),
("close",), ("reset",), ("hang",).  A plan that ends without closing keeps the
connection alive.
"""
import asyncio
import socket
import struct
import time

from . import message

MAX_HEAD = 64 * 1024
MAX_BODY = 16 * 1024 * 1024
_READ_AHEAD = 1024 * 1024
# The first byte of a ClientHello, in which no end of a head would come.
_TLS_HANDSHAKE = b"\x16"


class BadRequest(Exception):
    """A request that is not HTTP; status and words for the answer."""

    def __init__(self, status, words):
        super().__init__(words)
        self.status = status


def parse_head(raw):
    """(method, target, version, [(name, value)]) of a request's head."""
    lines = message.text(raw).split("\r\n")
    parts = lines[0].split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadRequest(400, "malformed request line")
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise BadRequest(400, "malformed header line")
        headers.append((name, value.strip(" \t")))
    return parts[0], parts[1], parts[2], headers


def take_chunks(buffer, start):
    """(body, end) of a chunked body in buffer from start; None if short."""
    body = []
    at = start
    while True:
        line_end = buffer.find(b"\r\n", at)
        if line_end < 0:
            return None
        try:
            size = int(bytes(buffer[at:line_end]).split(b";")[0], 16)
        except ValueError:
            raise BadRequest(400, "malformed chunk size")
        at = line_end + 2
        if size == 0:
            end = buffer.find(b"\r\n", at)
            while end > at:
                at = end + 2
                end = buffer.find(b"\r\n", at)
            return None if end < 0 else (b"".join(body), end + 2)
        if len(buffer) < at + size + 2:
            return None
        body.append(bytes(buffer[at:at + size]))
        at += size + 2


class Connection(asyncio.Protocol):
    """One client connection: parse, hand over, carry out the plan."""

    def __init__(self, server):
        self.server = server
        self.id = 0
        self.counted = False
        self.transport = None
        self.buffer = bytearray()
        self.head = None
        self.busy = False
        self.keep = True
        self.timer = None
        self.steps = None
        self.record = None
        self.writable = True
        self.streaming = False

    # -- asyncio's callbacks -------------------------------------------

    def connection_made(self, transport):
        self.transport = transport
        self.id = self.server.opened(self)
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connection_lost(self, exc):
        if self.timer is not None:
            self.timer.cancel()
        self.steps = None
        if self.busy:
            self.server.finished(self.record, client_gone=True)
            self.busy = False
        self.server.closed(self)

    def data_received(self, data):
        self.buffer += data
        if not self.busy:
            self._next_request()
        elif len(self.buffer) > _READ_AHEAD:
            self.transport.pause_reading()

    def eof_received(self):
        return False

    def pause_writing(self):
        self.writable = False

    def resume_writing(self):
        """Go on, but not from in here: asyncio calls this in the middle of
        a write and does not expect another one to fail meanwhile."""
        self.writable = True
        if self.streaming:
            self.streaming = False
            self.timer = asyncio.get_running_loop().call_soon(self._run_plan)

    # -- reading -------------------------------------------------------

    def _next_request(self):
        try:
            request = self._take_request()
        except BadRequest as bad:
            self._refuse(bad)
            return
        if request is None:
            return
        self.busy = True
        self.keep = _wants_keeping(request)
        self.record, plan = self.server.handle(request, self)
        self.steps = iter(plan)
        self._run_plan()

    def _take_request(self):
        if self.head is None:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                if self.buffer[:1] == _TLS_HANDSHAKE:
                    raise BadRequest(400, "TLS on a plain port")
                if len(self.buffer) > MAX_HEAD:
                    raise BadRequest(431, "request head too large")
                return None
            parsed = parse_head(bytes(self.buffer[:end]))
            del self.buffer[:end + 4]
            self.head = message.Request(
                *parsed, connection_id=self.id,
                received_us=time.time_ns() // 1000)
            if (self.head.header("expect", "").lower() == "100-continue"
                    and not self.buffer):
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request = self.head
        body = self._take_body(request)
        if body is None:
            return None
        request.body = body
        self.head = None
        return request

    def _take_body(self, request):
        if "chunked" in request.header("transfer-encoding", "").lower():
            taken = take_chunks(self.buffer, 0)
            if taken is None:
                if len(self.buffer) > MAX_BODY:
                    raise BadRequest(413, "body too large")
                return None
            del self.buffer[:taken[1]]
            return taken[0]
        length = request.header("content-length", "0")
        if not length.isdigit():
            raise BadRequest(400, "malformed Content-Length")
        size = int(length)
        if size > MAX_BODY:
            raise BadRequest(413, "body too large")
        if len(self.buffer) < size:
            return None
        body = bytes(self.buffer[:size])
        del self.buffer[:size]
        return body

    def _refuse(self, bad):
        answer = message.json_response(bad.status, {"message": str(bad)})
        self.server.malformed(bad.status)
        self.transport.write(message.encode(answer, close=True))
        self.transport.close()

    # -- carrying out the plan -----------------------------------------

    def _run_plan(self):
        self.timer = None
        for step in self.steps:
            kind = step[0]
            if kind == "write":
                self.transport.write(step[1])
            elif kind == "stream":
                self._stream(step[1])
                return
            elif kind == "wait":
                self.timer = asyncio.get_running_loop().call_later(
                    step[1], self._run_plan)
                return
            elif kind == "hang":
                return
            else:
                self._end(kind)
                return
        self._done()

    def _stream(self, pieces):
        """Write pieces while the client reads; go on in resume_writing.

        Once the client is gone, a transport swallows all that it is given
        without ever asking for a pause.
        """
        for piece in pieces:
            if self.transport.is_closing():
                return  # the client has left; connection_lost() settles it
            self.transport.write(piece)
            if not self.writable:
                rest = self.steps
                self.streaming = True
                self.steps = _chain([("stream", pieces)], rest)
                return
        self._run_plan()

    def _end(self, kind):
        if kind == "reset":
            sock = self.transport.get_extra_info("socket")
            if sock is not None:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                struct.pack("ii", 1, 0))
            self._settle()
            self.transport.abort()
        elif kind == "abort":
            self._settle()
            self.transport.abort()
        else:
            self._settle()
            self.transport.close()

    def _settle(self):
        self.steps = None
        if self.busy:
            self.server.finished(self.record)
            self.busy = False

    def _done(self):
        self._settle()
        if not self.keep:
            self.transport.close()
        if not self.transport.is_closing():
            if self.buffer:
                asyncio.get_running_loop().call_soon(self._resume)
            self.transport.resume_reading()

    def _resume(self):
        if not self.busy and not self.transport.is_closing():
            self._next_request()


def _wants_keeping(request):
    """Whether the client means to use the connection again."""
    wish = request.header("connection", "").lower()
    if request.version == "HTTP/1.0":
        return wish == "keep-alive"
    return wish != "close"


def _chain(first, second):
    for item in first:
        yield item
    for item in second:
        yield item
