"""main.py: options, sockets, life and death of the process."""
import argparse
import asyncio
import json
import os
import signal
import sys
import threading
import time

from . import fault_bodies  # noqa: F401  (adds its kinds)
from .auth import Authenticator, Identity
from .clock import Clock
from .control import PREFIX, Control
from .journal import Journal
from .message import encode, json_response
from .seed import apply_document, seed_default
from .server import Connection
from .service import Service
from .tls import VARIANTS, make_certificates, server_context
from .world import World

PATIENCE_SECONDS = 5
DEFAULT_KEY = "AKIDEXAMPLE"
DEFAULT_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


class _Add(argparse.Action):
    """Collect --access-key, --secret-key, --session-token as identities."""

    def __call__(self, parser, namespace, value, option_string=None):
        found = namespace.identities = namespace.identities or []
        if self.dest == "access_key":
            found.append({"access_key": value})
        elif not found:
            parser.error("%s must follow --access-key" % option_string)
        else:
            found[-1][self.dest] = value


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="datazone_simulator.py",
        description="A DataZone on loopback for tests and for the demo. The "
                    "first line on stdout is its base URL, the second that "
                    "of the control API.")
    parser.set_defaults(identities=None)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", metavar="DIR",
                        help="serve https; the files go into DIR")
    parser.add_argument("--tls-variant", choices=VARIANTS, default="good")
    parser.add_argument("--time-scale", type=float, default=1.0)
    parser.add_argument("--access-key", action=_Add)
    parser.add_argument("--secret-key", action=_Add)
    parser.add_argument("--session-token", action=_Add)
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", metavar="FILE",
                        help="a seed document, added to the default")
    parser.add_argument("--empty", action="store_true",
                        help="start without the default data")
    parser.add_argument("--log", metavar="FILE",
                        help="append each request as a line of JSON")
    parser.add_argument("--parent-pid", type=int,
                        help="end when this process is gone")
    parser.add_argument("--exit-with-stdin", action="store_true",
                        help="end when stdin is closed")
    options = parser.parse_args(arguments)
    for entry in options.identities or ():
        if "secret_key" not in entry:
            parser.error("--access-key needs --secret-key")
    return options


class Server:
    """What a connection talks to: the service, or the control API."""

    def __init__(self, service, control):
        self.service = service
        self.control = control
        self.journal = service.journal
        self.connections = set()

    def opened(self, connection):
        self.connections.add(connection)
        return self.journal.next_connection()

    def closed(self, connection):
        self.connections.discard(connection)
        self.journal.closed(connection.counted)

    def malformed(self, status):
        self.journal.malformed += 1

    def handle(self, request, connection):
        if request.path.startswith(PREFIX):
            return None, [("write", encode(self.control.handle(request)))]
        if not connection.counted:
            connection.counted = True
            self.journal.opened()
        return self.service.handle(request)

    def finished(self, record, client_gone=False):
        if record is not None:
            self.journal.finish(record, client_gone)


class ControlServer(Server):
    """The plain-text side door beside a server that speaks TLS."""

    def handle(self, request, connection):
        if request.path.startswith(PREFIX):
            return super().handle(request, connection)
        return None, [("write", encode(json_response(
            404, {"error": "only the control API is here"})))]


def build(options):
    """A service from the options."""
    clock = Clock(options.time_scale)
    world = World(clock, options.region, options.seed)
    authenticator = Authenticator(clock, options.region)
    for entry in options.identities or [{"access_key": DEFAULT_KEY,
                                         "secret_key": DEFAULT_SECRET}]:
        authenticator.add(Identity(**entry))
    service = Service(world, authenticator, Journal(options.log))
    service.seed = options.seed
    service.time_scale = options.time_scale
    if not options.empty:
        seed_default(world)
    if options.state:
        with open(options.state, encoding="utf-8") as file:
            apply_document(service, json.load(file))
    return service


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _wait_for_parent(pid):
    while _alive(pid):
        time.sleep(0.25)


def _wait_for_stdin():
    """Reads, because not every stdin can be polled (a file cannot)."""
    try:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    except OSError:
        pass


def _end_after(loop, stop, wait, *arguments):
    """Stop once wait() returns, by force if the loop does not listen."""
    def watch():
        wait(*arguments)
        try:
            loop.call_soon_threadsafe(stop.set)
        except RuntimeError:
            return  # the loop has ended by itself
        time.sleep(PATIENCE_SECONDS)
        os._exit(1)
    threading.Thread(target=watch, daemon=True).start()


async def _listen(server, port, context=None):
    """(asyncio server, port) on loopback."""
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: Connection(server), "127.0.0.1", port, ssl=context,
        backlog=1024)
    return listener, listener.sockets[0].getsockname()[1]


async def serve(options):
    """Run until a signal, the parent or stdin ends it."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    loop.set_exception_handler(_report)
    service = build(options)
    control = Control(service)
    server = Server(service, control)
    context = None
    if options.tls:
        make_certificates(options.tls, options.tls_variant)
        context = server_context(options.tls)
    listener, port = await _listen(server, options.port, context)
    listeners = [listener]
    side_port = port
    if context is not None:
        listener, side_port = await _listen(ControlServer(service, control),
                                            0)
        listeners.append(listener)
    print("%s://127.0.0.1:%d" % ("https" if context else "http", port))
    print("http://127.0.0.1:%d%s" % (side_port, PREFIX.rstrip("/")),
          flush=True)
    if options.exit_with_stdin:
        _end_after(loop, stop, _wait_for_stdin)
    if options.parent_pid:
        _end_after(loop, stop, _wait_for_parent, options.parent_pid)
    await stop.wait()
    for listener in listeners:
        listener.close()
    for connection in list(server.connections):
        connection.transport.abort()


def _report(loop, context):
    """Failed TLS handshakes are the tests' daily bread; the rest is not."""
    problem = context.get("exception")
    if isinstance(problem, OSError):
        return
    loop.default_exception_handler(context)


def main(arguments):
    asyncio.run(serve(parse(arguments)))
    return 0
