"""harness.py: a simulator and signed requests, for the self tests.

Requests are written byte by byte, so that a test knows what was sent; the
signature is computed with hashlib and hmac right here, from the published
rules, so that a mistake in dzsim/sigv4.py cannot agree with itself.
"""
import datetime
import hashlib
import hmac
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.dirname(HERE)
PROGRAM = os.path.join(HOME, "datazone_simulator.py")
if HOME not in sys.path:
    sys.path.insert(0, HOME)

KEY = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
REGION = "eu-west-1"
DOMAIN = "/v2/domains/dzd_simulator"
ORDERS = DOMAIN + "/data-sources/ds_orders/runs"
DEADLINE_SECONDS = 30


def quote(text):
    """Percent-encode text or bytes but for the unreserved characters."""
    return urllib.parse.quote(text, safe="-._~")


def event(name="job", run="r-1", **more):
    """A lineage event as bytes."""
    return json.dumps(dict({
        "eventType": "COMPLETE", "eventTime": "2026-03-04T05:06:07.890Z",
        "producer": "https://example.org/selftest",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        "run": {"runId": run}, "job": {"namespace": "n", "name": name},
    }, **more)).encode()


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def sign(method, target, headers, body, key=KEY, secret=SECRET,
         region=REGION, service="datazone", date=None):
    """The Authorization value for headers (lower-case names)."""
    date = date or headers["x-amz-date"]
    path, _, query = target.partition("?")
    pairs = sorted(
        tuple(quote(urllib.parse.unquote_to_bytes(part)) for part in
              (item.split("=", 1) + [""])[:2])
        for item in query.split("&") if item)
    names = sorted(headers)
    canonical = "\n".join([
        method, urllib.parse.quote(path, safe="/-._~"),
        "&".join("=".join(pair) for pair in pairs),
        "".join("%s:%s\n" % (n, " ".join(headers[n].split()))
                for n in names),
        ";".join(names), hashlib.sha256(body).hexdigest()])
    scope = "/".join([date[:8], region, service, "aws4_request"])
    text = "\n".join(["AWS4-HMAC-SHA256", date, scope,
                      hashlib.sha256(canonical.encode()).hexdigest()])
    secret_key = _hmac(_hmac(_hmac(_hmac(("AWS4" + secret).encode(),
                                         date[:8]), region), service),
                       "aws4_request")
    return ("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, "
            "Signature=%s" % (key, scope, ";".join(names),
                              _hmac(secret_key, text).hex()))


class Answer:
    """An answer taken apart: status, headers (lower-case), body, raw."""

    def __init__(self, status, headers, body, raw=b""):
        self.status = status
        self.headers = headers
        self.body = body
        self.raw = raw

    @property
    def json(self):
        return json.loads(self.body.decode())

    @property
    def code(self):
        return self.headers.get("x-amzn-errortype")


class Wire:
    """One connection on which raw requests are sent."""

    def __init__(self, simulator):
        self.host = "127.0.0.1:%d" % simulator.port
        self.sock = socket.create_connection(("127.0.0.1", simulator.port),
                                             timeout=DEADLINE_SECONDS)
        if simulator.context is not None:
            self.sock = simulator.context.wrap_socket(
                self.sock, server_hostname="127.0.0.1")
        self.buffer = b""

    def close(self):
        self.sock.close()

    def request_bytes(self, method, target, body=b"", headers=None,
                      token=None, now=None, unsigned=None, **credentials):
        """A signed request as bytes; "unsigned" are headers left out."""
        now = now or datetime.datetime.now(datetime.timezone.utc)
        signed = {"host": self.host,
                  "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ")}
        signed.update(headers or {})
        if token is not None:
            signed["x-amz-security-token"] = token
        authorization = sign(method, target, signed, body, **credentials)
        lines = ["%s %s HTTP/1.1" % (method, target)]
        lines += ["%s: %s" % pair for pair in signed.items()]
        lines += ["%s: %s" % pair for pair in (unsigned or {}).items()]
        lines += ["Authorization: " + authorization,
                  "Content-Length: %d" % len(body)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body

    def send(self, raw):
        self.sock.sendall(raw)

    def read_all(self):
        """Everything until the peer closes."""
        data = self.buffer
        self.buffer = b""
        try:
            while True:
                more = self.sock.recv(65536)
                if not more:
                    return data
                data += more
        except ConnectionResetError:
            return data

    def answer(self):
        """One answer that is framed by Content-Length."""
        while b"\r\n\r\n" not in self.buffer:
            more = self.sock.recv(65536)
            if not more:
                raise ConnectionError("closed after %r" % self.buffer[:200])
            self.buffer += more
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        size = int(headers.get("content-length", 0))
        while len(rest) < size:
            more = self.sock.recv(65536)
            if not more:
                raise ConnectionError("body cut after %d" % len(rest))
            rest += more
        self.buffer = rest[size:]
        return Answer(int(lines[0].split(" ")[1]), headers, rest[:size],
                      head)

    def call(self, method, target, body=b"", **more):
        self.send(self.request_bytes(method, target, body, **more))
        return self.answer()


class Simulator:
    """A simulator process with its control API."""

    def __init__(self, *options, context=None):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, "-B", PROGRAM, "--exit-with-stdin"]
            + list(options), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors)
        self.url = self.process.stdout.readline().decode().strip()
        self.control_url = self.process.stdout.readline().decode().strip()
        self.port = int(self.url.rpartition(":")[2])
        self.control_port = int(
            urllib.parse.urlsplit(self.control_url).port)
        self.context = context
        self._control = None

    def stop(self):
        """End it; fails if it complained about anything."""
        self.process.stdin.close()
        self.process.wait(DEADLINE_SECONDS)
        self.process.stdout.close()
        self.errors.seek(0)
        words = self.errors.read().decode("utf-8", "replace")
        self.errors.close()
        if words or self.process.returncode != 0:
            raise AssertionError("the simulator ended with %s and said: %s"
                                 % (self.process.returncode, words))

    def wire(self):
        return Wire(self)

    def call(self, method, target, body=b"", **more):
        """One signed request on a connection of its own."""
        wire = self.wire()
        try:
            return wire.call(method, target, body, **more)
        finally:
            wire.close()

    def post(self, target, document, **more):
        headers = dict({"content-type": "application/json"},
                       **more.pop("headers", {}))
        return self.call("POST", target, json.dumps(document).encode(),
                         headers=headers, **more)

    def control(self, method, path, given=None):
        """(status, document) of a control request."""
        body = b"" if given is None else json.dumps(given).encode()
        sock = socket.create_connection(("127.0.0.1", self.control_port),
                                        timeout=DEADLINE_SECONDS)
        sock.sendall(("%s /_simulator/%s HTTP/1.1\r\nHost: x\r\nConnection: "
                      "close\r\nContent-Length: %d\r\n\r\n"
                      % (method, path, len(body))).encode() + body)
        data = b""
        while True:
            more = sock.recv(65536)
            if not more:
                break
            data += more
        sock.close()
        head, _, rest = data.partition(b"\r\n\r\n")
        return int(head.split(b" ")[1]), json.loads(rest.decode())

    def ask(self, method, path, given=None):
        """The document of a control request that must succeed."""
        status, document = self.control(method, path, given)
        if status != 200:
            raise AssertionError("%s %s: %s" % (method, path, document))
        return document

    def fault(self, kind, operation="*", **more):
        return self.ask("POST", "faults",
                        dict(more, kind=kind, operation=operation))


class SimulatorTest(unittest.TestCase):
    """A test case with one simulator for the class, reset for each test."""

    options = ("--time-scale", "0")

    @classmethod
    def setUpClass(cls):
        cls.sim = Simulator(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def setUp(self):
        self.sim.ask("POST", "reset", {})

    def tearDown(self):
        self.assertEqual(self.sim.ask("GET", "statistics")["bugs"], 0)

    def advance(self, seconds):
        self.sim.ask("POST", "clock", {"advance_seconds": seconds})

    def assert_refused(self, answer, status, code, words=""):
        self.assertEqual((answer.status, answer.code), (status, code),
                         answer.body[:300])
        self.assertIn(words, answer.json["message"])


def until(condition, what):
    """Poll until the condition gives something true."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError("gave up waiting for " + what)
        time.sleep(0.02)


def tls_context(directory):
    return ssl.create_default_context(
        cafile=os.path.join(directory, "ca.pem"))
