"""main.py: options, sockets, life and death of the process.

Sockets and their end are the DataZone simulator's.
"""
import argparse
import asyncio
import signal

from dzsim import main as simulator
from dzsim.journal import Journal
from dzsim.message import encode
from dzsim.tls import make_certificates, server_context

from .service import PREFIX, Control, Service


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="identity_standins.py",
        description="STS, IMDSv2, container credentials and the SSO portal "
                    "on loopback. Prints its base URL and that of the "
                    "control API.")
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--simulator", action="append", default=[],
                        metavar="URL", help="control API of a simulator that "
                        "is to know the keys that are issued")
    parser.add_argument("--tls", metavar="DIR",
                        help="serve https; the files go into DIR")
    parser.add_argument("--tls-variant", default="good")
    parser.add_argument("--parent-pid", type=int)
    return parser.parse_args(arguments)


class Server(simulator.Server):
    """What a connection talks to."""

    def handle(self, request, connection):
        if request.path.startswith(PREFIX):
            return None, [("write", encode(self.control.handle(request)))]
        return super().handle(request, connection)


async def serve(options):
    """Run until a signal or the parent ends it."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    service = Service(options.region,
                      [{"access_key": simulator.DEFAULT_KEY,
                        "secret_key": simulator.DEFAULT_SECRET}],
                      options.simulator, Journal())
    server = Server(service, Control(service))
    context = None
    if options.tls:
        make_certificates(options.tls, options.tls_variant)
        context = server_context(options.tls)
    listen = simulator._listen  # pylint: disable=protected-access
    listener, port = await listen(server, 0, context)
    side, side_port = await listen(server, 0)
    print("%s://127.0.0.1:%d" % ("https" if context else "http", port))
    print("http://127.0.0.1:%d%s" % (side_port, PREFIX.rstrip("/")),
          flush=True)
    if options.parent_pid:
        simulator._end_after(  # pylint: disable=protected-access
            loop, stop, simulator._wait_for_parent, options.parent_pid)
    await stop.wait()
    for one in (listener, side):
        one.close()
    for connection in list(server.connections):
        connection.transport.abort()


def main(arguments):
    asyncio.run(serve(parse(arguments)))
    return 0
