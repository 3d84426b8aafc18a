#!/usr/bin/env python3
"""stall.py: peers that never get anywhere, for tests of cancel and time-outs.

Standard output, one line each:
    tls PORT      accepts TCP and never says a word (a TLS handshake hangs)
    connect PORT  a listening socket whose queue is full (a connect hangs)
    dns PORT      a UDP socket that reads queries and never answers

The DNS socket serves a resolver that can be pointed at a port (c-ares, dig).
glibc's getaddrinfo cannot: it asks port 53 of the servers in resolv.conf.
For libcurl's threaded resolver, build slow_getaddrinfo.c and start the
process under test with LD_PRELOAD; names that end in ".stall.test" then
take as long as the environment says.

Ends with SIGTERM, when stdin closes (--exit-with-stdin), or when the process
of --parent-pid is gone.
"""
import argparse
import os
import select
import signal
import socket
import sys


def listen(backlog):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", 0))
    sock.listen(backlog)
    return sock


def fill_backlog(listener):
    """Connect until the kernel accepts no more; returns the fillers.

    Linux drops the SYN of a connection that the queue has no room for, so
    the first connect that does not finish at once shows that it is full.
    """
    fillers = []
    for _ in range(4096):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        sock.connect_ex(listener.getsockname())
        fillers.append(sock)
        _, writable, _ = select.select([], [sock], [], 0.2)
        if not writable:
            return fillers
    raise RuntimeError("the queue of a listening socket did not fill")


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def serve(options, tls, dns):
    """Accept, read and forget until the end comes."""
    held = []
    readers = [tls, dns]
    if options.exit_with_stdin:
        readers.append(sys.stdin.fileno())
    while options.parent_pid is None or alive(options.parent_pid):
        ready, _, _ = select.select(readers, [], [], 0.25)
        if tls in ready:
            held.append(tls.accept()[0])
        if dns in ready:
            dns.recvfrom(4096)
        if options.exit_with_stdin and sys.stdin.fileno() in ready and (
                not os.read(sys.stdin.fileno(), 4096)):
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--parent-pid", type=int)
    parser.add_argument("--exit-with-stdin", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    tls = listen(128)
    full = listen(0)
    fillers = fill_backlog(full)
    dns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    dns.bind(("127.0.0.1", 0))
    print("tls %d" % tls.getsockname()[1])
    print("connect %d" % full.getsockname()[1])
    print("dns %d" % dns.getsockname()[1], flush=True)
    serve(options, tls, dns)
    del fillers
    return 0


if __name__ == "__main__":
    sys.exit(main())
