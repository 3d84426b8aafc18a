"""From a commit to its request on the wire.

The server notes when requests come in, by the clock that Python reads too.
An event that is watched is a "probe".  Its time counts from when COMMIT was
sent, in which the disk has its part, and from when it had returned.
"""

import contextlib
import itertools
import random
import statistics
import threading
import time

import bed
import client
import outbox
import pages
from partner import Partner, PartnerGone

PROBES = 200
WARM_UP = 20
PAUSE_SECONDS = (0.01, 0.04)

# Bars, milliseconds.
IDLE_BAR = 1.5
DRAINING_BAR = 20
BESIDE_SLOW_BAR = 100
FAST = 50

SETUP = """
CREATE SERVER captured FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier '{domain}',
    endpoint_url 'http://127.0.0.1:{port}', rate_limit '0');
CREATE USER MAPPING FOR PUBLIC SERVER captured OPTIONS (
    access_key_id '{key}', secret_access_key '{secret}');
"""

RUNS = itertools.count(1)


class Capture:
    """The server, and what it has noted: seconds of the monotonic clock."""

    def __init__(self):
        self.partner = Partner([f"{bed.HERE}/capture"])
        self.port = int(self.partner.read())
        self.arrived = {}
        self.changed = threading.Condition()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        with contextlib.suppress(PartnerGone):
            while True:
                name, moment = self.partner.read().split()
                with self.changed:
                    self.arrived.setdefault(name, int(moment) / 1e9)
                    self.changed.notify_all()

    def wait(self, name):
        """Return when the request with this name came."""
        with self.changed:
            if not self.changed.wait_for(lambda: name in self.arrived,
                                         outbox.PATIENCE_SECONDS):
                raise TimeoutError(f"{name} did not come")
            return self.arrived[name]

    def close(self):
        """End the server."""
        self.partner.process.stdin.close()
        self.thread.join()
        self.partner.close()


def enqueue(name):
    """Return the SQL that enqueues an event with a name, of its own run."""
    event = pages.event().replace(outbox.JOB, name).replace(
        outbox.RUN, f"{outbox.RUN[:24]}{next(RUNS):012x}")
    return f"SELECT datazone_enqueue_lineage('{event}', server => 'captured')"


def probe(connection, capture, name):
    """Commit an event; return the milliseconds from COMMIT, and from its
    return, to the request."""
    connection.run("BEGIN")
    connection.run(enqueue(name))
    sent = time.monotonic()
    connection.run("COMMIT")
    returned = time.monotonic()
    arrived = capture.wait(name)
    return 1000 * (arrived - sent), 1000 * (arrived - returned)


def pause():
    """Wait so long that nothing is under way, and not always as long."""
    time.sleep(random.uniform(*PAUSE_SECONDS))


def idle(connection, capture):
    """Probe a worker that has nothing else to do."""
    found = []
    for number in range(WARM_UP + PROBES):
        pause()
        found.append(probe(connection, capture, f"probe-idle-{number}"))
    return found[WARM_UP:]


def draining(connection, capture, queue, count):
    """Probe while the worker drains what is older."""
    queue.hold()
    queue.clear()
    queue.fill("captured", count)
    last = queue.session.ask("SELECT max(id) FROM datazone_outbox_entry;")[0]
    older = ("SELECT id FROM datazone_outbox_entry "
             f"WHERE id <= {last} ORDER BY id DESC LIMIT 1")
    queue.go()
    # what had been committed before the worker first looked is no newer
    outbox.wait_until(lambda: connection.run(
        "SELECT outbox_id FROM datazone_delivery LIMIT 1"),
        "the first delivery", 0.005)
    found = []
    while connection.run(older):
        found.append(probe(connection, capture,
                           f"probe-late-{time.monotonic_ns()}"))
        pause()
    outbox.wait_until(queue.is_empty, "an empty queue")
    return found


def beside_slow(connection, capture, queue, number):
    """Return the milliseconds in which fast ones were sent, and recorded,
    while one is under way that takes seconds."""
    slow = f"slow-{number}"
    connection.run(enqueue(slow))
    capture.wait(slow)
    names = [f"probe-{number}-{i}" for i in range(FAST)]
    connection.run("BEGIN")
    ids = [connection.run(enqueue(name))[0] for name in names]
    sent, sent_epoch = time.monotonic(), time.time()
    connection.run("COMMIT")
    arrived = max(capture.wait(name) for name in names)
    recorded = (f"SELECT extract(epoch FROM max(delivered_at)), count(*) "
                f"FROM datazone_delivery WHERE outbox_id >= {ids[0]}"
                f" AND outbox_id <= {ids[-1]};")
    outbox.wait_until(lambda: queue.session.ask(recorded)[0].endswith(
        f"|{FAST}"), "fast entries", 0.005)
    done = float(queue.session.ask(recorded)[0].split("|")[0])
    if queue.is_empty():
        raise RuntimeError("the slow entry was not slow")
    outbox.wait_until(queue.is_empty, "the slow entry")
    return 1000 * (arrived - sent), 1000 * (done - sent_epoch)


def report_probes(report, what, found, bar):
    """Print the lines of a list of probes."""
    for name, times in (("COMMIT sent", [pair[0] for pair in found]),
                        ("COMMIT returned", [pair[1] for pair in found])):
        report.limit(f"{name} to wire, {what}, ms", times, bar)
        report.tell(f"{name} to wire, {what}, 99 %",
                    [statistics.quantiles(times, n=100)[98]])


def measure(test_bed, queue, report, rounds, count):
    """Add all lines about single entries."""
    print(f"commit to wire: {outbox.busy()}", flush=True)
    with contextlib.closing(Capture()) as capture, contextlib.closing(
            client.Connection(*outbox.connect_arguments(test_bed))
    ) as connection:
        queue.session.ask(SETUP.format(
            domain=bed.DOMAIN, port=capture.port, key=bed.ACCESS_KEY,
            secret=bed.SECRET_KEY))
        queue.hold()
        queue.clear()
        queue.go()
        report_probes(report, "idle", idle(connection, capture), IDLE_BAR)
        found = []
        for _ in range((rounds + 1) // 2):
            found += draining(connection, capture, queue, count)
        report_probes(report, f"{count:,} older", found, DRAINING_BAR)
        found = [beside_slow(connection, capture, queue, number)
                 for number in range((rounds + 1) // 2)]
    what = f"{FAST} beside a slow one"
    report.limit(f"{what}, on the wire, ms", [pair[0] for pair in found],
                 BESIDE_SLOW_BAR)
    report.limit(f"{what}, recorded, ms", [pair[1] for pair in found],
                 BESIDE_SLOW_BAR)
