"""message.py: HTTP messages as values.

A request keeps what arrived on the wire byte for byte (target, header order
and case) beside the decoded forms, because tests compare the former and
operations need the latter.
"""
import json

from .sigv4 import percent_decode

REASONS = {200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
           302: "Found", 400: "Bad Request", 401: "Unauthorized",
           402: "Payment Required", 403: "Forbidden", 404: "Not Found",
           405: "Method Not Allowed", 409: "Conflict",
           413: "Payload Too Large", 415: "Unsupported Media Type",
           429: "Too Many Requests", 431: "Request Header Fields Too Large",
           500: "Internal Server Error", 502: "Bad Gateway",
           503: "Service Unavailable", 504: "Gateway Timeout"}


class Request:
    """One request as it arrived."""

    __slots__ = ("method", "target", "path", "query_string", "version",
                 "headers", "raw_headers", "body", "connection_id",
                 "received_us", "_first", "_query")

    def __init__(self, method, target, version, raw_headers, body=b"",
                 connection_id=0, received_us=0):
        self.method = method
        self.target = target
        self.version = version
        self.path, _, self.query_string = target.partition("?")
        self.raw_headers = raw_headers
        self.headers = [(name.lower(), value) for name, value in raw_headers]
        self._first = {}
        for name, value in self.headers:
            self._first.setdefault(name, value)
        self._query = None
        self.body = body
        self.connection_id = connection_id
        self.received_us = received_us

    def header(self, name, default=None):
        """The first header of that (lower case) name."""
        return self._first.get(name, default)

    def slim(self):
        """Forget what can be derived from the raw headers again; a log of
        many requests is kept in memory."""
        self.headers = self._first = self._query = None

    @property
    def query(self):
        """Decoded (name, value) pairs in their order."""
        if self._query is None:
            pairs = []
            for item in self.query_string.split("&"):
                if item:
                    name, _, value = item.partition("=")
                    pairs.append((text(percent_decode(name)),
                                  text(percent_decode(value))))
            self._query = pairs
        return self._query


class Response:
    """One answer before it is put on the wire."""

    __slots__ = ("status", "headers", "body", "code", "document")

    def __init__(self, status, headers=(), body=b"", code=None,
                 document=None):
        self.status = status
        self.headers = list(headers)
        self.body = body
        self.code = code
        self.document = document

    def copy(self):
        return Response(self.status, self.headers, self.body, self.code,
                        self.document)

    def set_header(self, name, value):
        lower = name.lower()
        self.headers = [pair for pair in self.headers
                        if pair[0].lower() != lower]
        self.headers.append((name, value))


def text(raw):
    """UTF-8 with undecodable bytes kept, so that nothing ever throws."""
    return raw.decode("utf-8", "surrogateescape")


def readable(string):
    """The text with U+FFFD for what was not UTF-8, for JSON."""
    return string.encode("utf-8", "surrogateescape").decode("utf-8",
                                                             "replace")


def dump(document):
    """Compact JSON with non-ASCII characters as UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")
                      ).encode("utf-8", "replace")


def json_response(status, document, headers=()):
    return Response(status, [("Content-Type", "application/json")]
                    + list(headers), dump(document), document=document)


def error_response(status, code, message, style="header"):
    """An error answer; "style" is where its code stands."""
    document = {"message": message}
    headers = []
    if style == "header":
        headers.append(("x-amzn-ErrorType", code))
    elif style == "header_uri":
        headers.append(("x-amzn-ErrorType",
                        code + ":http://internal.amazon.com/coral/"
                        "com.amazonaws.datazone/"))
    elif style == "body_type":
        document = {"__type": "com.amazonaws.datazone#" + code,
                    "message": message}
    else:
        document = {"code": code, "message": message}
    response = json_response(status, document, headers)
    response.code = code
    return response


def head(status, headers, version="HTTP/1.1"):
    """Status line and headers as bytes, the empty line included."""
    lines = ["%s %d %s" % (version, status, REASONS.get(status, "Status"))]
    lines.extend("%s: %s" % pair for pair in headers)
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8",
                                                    "surrogateescape")


def encode(response, version="HTTP/1.1", close=False):
    """The whole answer as bytes, framed by Content-Length."""
    headers = list(response.headers)
    if response.status != 204:
        headers.append(("Content-Length", str(len(response.body))))
    headers.append(("Connection", "close" if close else "keep-alive"))
    return head(response.status, headers, version) + response.body
