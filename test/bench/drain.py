"""How fast a queue drains, against bare libcurl with 8 requests in flight."""

import contextlib
import dataclasses
import time

import outbox
from partner import Partner

# Bars: part of libcurl's rate, and what an event may cost more than there.
BARS = {"http": 0.22, "https": 0.27}
MORE_CPU_US = 70

DEFAULT_IN_FLIGHT = 32
BARE_IN_FLIGHT = 8
IN_FLIGHT = (8, 32, 200)
WARM_UP = 1000


@dataclasses.dataclass
class Figures:
    """Of each round: events a second, and microseconds of CPU for one."""

    rates: list = dataclasses.field(default_factory=list)
    cpu: list = dataclasses.field(default_factory=list)

    def add(self, count, seconds, cpu):
        """Note a round."""
        self.rates.append(count / seconds)
        self.cpu.append(cpu * 1e6 / count)


def drain(queue, scheme, count, figures):
    """Fill the queue; measure until it is empty."""
    server = queue.bed.server
    queue.hold()
    queue.clear()
    queue.fill(scheme, count)
    pid = queue.worker()
    asked, used = server.counters()[1], outbox.cpu_seconds(pid)
    began = time.monotonic()
    queue.go()
    outbox.wait_until(lambda: server.counters()[1] - asked >= count,
                      "all requests")
    outbox.wait_until(queue.is_empty, "an empty queue", 0.002)
    took = time.monotonic() - began
    used = outbox.cpu_seconds(pid) - used
    if queue.worker() != pid or queue.delivered() != count:
        raise RuntimeError("the worker has not delivered what it should")
    figures.add(count, took, used)


def bare(loop, count, figures):
    """Send as many with libcurl alone."""
    seconds, cpu = loop.ask(str(count))
    figures.add(count, seconds, cpu)


def compare(bed, queue, report, scheme, in_flight, rounds, count):
    """Measure the worker and the baseline in turns."""
    ours, other = Figures(), Figures()
    queue.set("datazone.max_in_flight", in_flight)
    with contextlib.closing(Partner(bed.curl_multi(
            scheme, BARE_IN_FLIGHT))) as loop:
        drain(queue, scheme, WARM_UP, Figures())
        loop.ask(str(WARM_UP))
        for _ in range(rounds):
            drain(queue, scheme, count, ours)
            bare(loop, count, other)
    what = f"drain, {scheme}, {in_flight} in flight"
    name = f"curl_multi, {BARE_IN_FLIGHT}"
    if in_flight == DEFAULT_IN_FLIGHT:
        report.at_least(f"{what}, 1/s", ours.rates, name, other.rates,
                        BARS[scheme])
        report.difference(f"{what}, CPU us", ours.cpu, name, other.cpu,
                          MORE_CPU_US)
    else:
        report.compare(f"{what}, 1/s", ours.rates, name, other.rates, max)
        report.compare(f"{what}, CPU us", ours.cpu, name, other.cpu, min)


def bare_alone(bed, report, scheme, rounds, count):
    """Tell what libcurl makes of other numbers in flight."""
    for in_flight in IN_FLIGHT[1:]:
        figures = Figures()
        with contextlib.closing(Partner(bed.curl_multi(
                scheme, in_flight))) as loop:
            loop.ask(str(WARM_UP))
            for _ in range(rounds):
                bare(loop, count, figures)
        report.tell(f"curl_multi, {scheme}, {in_flight} in flight, 1/s",
                    figures.rates)


def measure(bed, queue, report, rounds, count):
    """Add all lines about drains: the setting's default in all rounds, and
    other values of it in fewer."""
    print(f"drain of {count:,}: {outbox.busy()}", flush=True)
    fewer = (rounds + 1) // 2
    for scheme in ("http", "https"):
        for in_flight in IN_FLIGHT:
            compare(bed, queue, report, scheme, in_flight,
                    rounds if in_flight == DEFAULT_IN_FLIGHT else fewer, count)
        bare_alone(bed, report, scheme, fewer, count)
    queue.set("datazone.max_in_flight", DEFAULT_IN_FLIGHT)
