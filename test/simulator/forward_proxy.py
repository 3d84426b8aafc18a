#!/usr/bin/env python3
"""forward_proxy.py: a proxy that tunnels, and tells what it was asked for.

The first line on stdout is its URL; each request's line follows, and
"authorization VALUE" if it carried one.  Names are looked up in --hosts
(NAME=PORT of this machine) instead of the network; all else is refused.
"""
import argparse
import asyncio
import os
import sys
import threading
import time


async def _pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def _serve(reader, writer, hosts):
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    print(lines[0], flush=True)
    for line in lines[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "proxy-authorization":
            print("authorization", value.strip(), flush=True)
    method, target, _ = lines[0].split(" ")
    port = hosts.get(target.partition(":")[0], hosts.get(target))
    if method != "CONNECT" or port is None:
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        return
    there, to = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    await asyncio.gather(_pump(reader, to), _pump(there, writer))


async def _connection(reader, writer, hosts):
    try:
        await _serve(reader, writer, hosts)
    except (OSError, asyncio.IncompleteReadError):
        writer.close()


async def _main(options):
    hosts = {name: int(port) for name, port in
             (item.split("=") for item in options.hosts)}
    server = await asyncio.start_server(
        lambda r, w: _connection(r, w, hosts), "127.0.0.1", 0)
    print("http://127.0.0.1:%d" % server.sockets[0].getsockname()[1],
          flush=True)
    async with server:
        await server.serve_forever()


def _watch(pid):
    while os.path.exists("/proc/%d" % pid):
        time.sleep(0.25)
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", nargs="*", default=[])
    parser.add_argument("--parent-pid", type=int)
    given = parser.parse_args()
    if given.parent_pid:
        threading.Thread(target=_watch, args=(given.parent_pid,),
                         daemon=True).start()
    sys.exit(asyncio.run(_main(given)))
