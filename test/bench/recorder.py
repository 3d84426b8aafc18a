"""Take down requests as they are on the wire."""

import queue
import select
import socket
import ssl
import threading

TIMEOUT_SECONDS = 20


class Recorder:
    """Answers on a web server's sockets, one request a connection."""

    def __init__(self, server, answers):
        self.sockets = server.sockets
        self.answers = answers
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(server.certificate, server.key)
        self.seen = queue.Queue()
        self.wake_end, self.wake_self = socket.socketpair()
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.wake_end.close()
        self.thread.join(TIMEOUT_SECONDS)
        self.wake_self.close()

    def take(self):
        """Return the next request."""
        found = self.seen.get(timeout=TIMEOUT_SECONDS)
        if isinstance(found, Exception):
            raise found
        return found

    def serve(self):
        """Accept and answer until the recorder is left."""
        by_fd = {sock.fileno(): (scheme, sock)
                 for scheme, sock in self.sockets.items()}
        while True:
            ready, _, _ = select.select([*by_fd, self.wake_self], [], [])
            if self.wake_self in ready:
                return
            for number in ready:
                scheme, sock = by_fd[number]
                try:
                    self.answer(scheme, sock.accept()[0])
                except OSError as error:
                    self.seen.put(error)

    def answer(self, scheme, connection):
        """Read one request, answer it, and hang up."""
        connection.settimeout(TIMEOUT_SECONDS)
        if scheme == "https":
            connection = self.tls.wrap_socket(connection, server_side=True)
        with connection:
            request = read_request(connection)
            body = next(text for method, text in self.answers.items()
                        if request.startswith(method.encode())).encode()
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Connection: close\r\nContent-Length: %d\r\n\r\n%b"
                % (len(body), body))
        self.seen.put(request)


def read_request(connection):
    """Return one whole request."""
    text = b""
    while b"\r\n\r\n" not in text:
        text += receive(connection)
    head, _, body = text.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += receive(connection)
    return head + b"\r\n\r\n" + body


def receive(connection):
    """Return what comes next."""
    data = connection.recv(65536)
    if not data:
        raise OSError("the connection was closed in a request")
    return data
