"""A service on loopback that answers what it is told to, in that order, and
keeps what arrived as it came."""

import collections
import http.server
import threading

REASONS = {200: "OK", 201: "Created", 204: "No Content"}


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self):
        """Keep the request and give the next answer."""
        length = int(self.headers.get("Content-Length", 0))
        path, _, query = self.path.partition("?")
        self.server.requests.append({
            "method": self.command, "path": path, "query": query,
            "headers": self.headers.items(),
            "body": self.rfile.read(length).decode()})
        status, body = self.server.next_answer()
        head = f"HTTP/1.1 {status} {REASONS.get(status, 'No')}\r\n"
        if status != 204:
            head += "Content-Type: application/json\r\n" \
                f"Content-Length: {len(body)}\r\n"
        self.wfile.write(head.encode() + b"\r\n" + body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, format, *args):  # pylint: disable=W0622
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """What all connections share."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests = []
        self.answers = collections.deque()

    def next_answer(self):
        """Return the status and body of the next answer."""
        if self.answers:
            return self.answers.popleft()
        return 500, b'{"code":"NothingLeft"}'

    def handle_error(self, request, client_address):
        """A client may leave when it likes."""


class Stub:
    """The service, running from the beginning to the end of a "with"."""

    def __enter__(self):
        self.server = Server()
        self.url = "http://127.0.0.1:%d" % self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever,
                                       kwargs={"poll_interval": 0.05})
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def expect(self, answers):
        """Give these answers, (status, body) each, from now on."""
        self.server.requests = []
        self.server.answers = collections.deque(answers)

    def taken(self):
        """Return the requests that arrived since."""
        return self.server.requests
