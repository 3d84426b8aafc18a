"""The background worker's sync, at a given number of watched data sources."""

import contextlib
import dataclasses
import datetime
import json
import os
import random
import statistics
import subprocess
import sys
import textwrap
import time
import urllib.request

import bed
import table
from listener import Listener

sys.path.insert(0, os.path.join(bed.TREE, "test", "run"))

import servers  # noqa: E402  (found by the line above)

DOMAIN = "dzd_bench"

# Seconds of a cycle.  What a cycle costs does not depend on it; the
# simulator must be able to answer all of its requests in this time.
EVERY = {100: 5, 1000: 5, 10000: 15}

# At how many moments of a cycle, at most, runs are started.
BATCHES = 50

# The size at which the simulator's log tells when each answer was given.
LOGGED = 1000

# Which part of the data sources changes in a cycle.
FRACTION = 0.01

# Bars: cost against ten times that of a tenth; memory; from an answer's
# arrival to the notification; and when a change is seen, in cycles.
LINEAR_BAR = 1.2
MEMORY_BAR = 64
NOTIFY_BAR = 10
SEEN_BAR = 1.5

PATIENCE_SECONDS = 300

SETUP = """
CREATE EXTENSION datazone;
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier '{domain}', endpoint_url '{url}',
    rate_limit '0');
CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
    access_key_id '{key}', secret_access_key '{secret}');
"""


@dataclasses.dataclass
class Figures:
    """What was measured; lists have a value for each round."""

    requests: list
    cpu: list
    seen: list
    notified: list
    memory: float = 0.0
    first: float = 0.0


class Control:
    """The simulator's side door."""

    def __init__(self, url):
        self.url = url

    def ask(self, method, path, given=None):
        """Make a control request; return its answer."""
        body = None if given is None else json.dumps(given).encode()
        with urllib.request.urlopen(urllib.request.Request(
                f"{self.url}/_simulator/{path}", body, method=method),
                timeout=60) as answer:
            return json.load(answer)

    def requests(self):
        """Return how many requests there have been."""
        return self.ask("GET", "statistics")["requests"]


def wait_until(condition, what):
    """Poll a condition."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"gave up waiting for {what}")
        time.sleep(0.05)


def cpu_seconds(pid):
    """Return what a process has used of the CPUs, in nanoseconds' detail."""
    with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e9


def peak_mb(pid):
    """Return the peak of a process's memory."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    raise RuntimeError("no VmHWM")


def print_head(pg_config, rounds):
    """Say where, when and with what."""
    now = datetime.datetime.now(datetime.timezone.utc)
    version = subprocess.run([pg_config, "--version"], check=True, text=True,
                             capture_output=True).stdout.strip()
    print(f"datazone benchmark of sync, {now:%Y-%m-%d %H:%M} UTC")
    print(f"machine:  {table.machine()}")
    print(f"versions: {version}, Python {sys.version.split()[0]}")
    print(textwrap.fill(
        f"Medians of {rounds} cycles.  Each data source is due every "
        f"{EVERY[100]} s (of 10,000 every {EVERY[10000]} s); "
        f"{FRACTION:.0%} of them have a new run in a cycle.", 79) + "\n",
        flush=True)


def first_sync(session, control, size):
    """Watch all; return the seconds until all runs are there."""
    began = time.monotonic()
    session.ask(
        f"SELECT count(datazone_watch('ds_' || n, '{EVERY[size]} seconds'))"
        f" FROM generate_series(1, {size}) n;")
    runs = control.ask("GET", "runs?summary=1")["count"]
    wait_until(lambda: int(session.ask(
        "SELECT count(*) FROM datazone_run;")[0]) == runs, "the first sync")
    return time.monotonic() - began


def answer_times(control, since):
    """Return {data source: [(received, answered)]} of unfiltered listings."""
    found = {}
    log = control.ask("GET", f"log?brief=1&since={since}")
    for request in log["requests"]:
        if "status=" in request["target"] or request["answered_us"] is None:
            continue
        name = request["target"].split("/data-sources/")[-1].split("/")[0]
        found.setdefault(name, []).append(
            (request["received_us"] / 1e6, request["answered_us"] / 1e6))
    return found


def start_runs(control, size, generator, began):
    """Start the round's runs at moments that are spread over the cycle;
    return {run: (data source, moment)}."""
    chosen = generator.sample(range(1, size + 1), round(size * FRACTION))
    moments = sorted(generator.random() * EVERY[size]
                     for _ in range(min(len(chosen), BATCHES)))
    started = {}
    for number, moment in enumerate(moments):
        wait_until(lambda: time.monotonic() - began >= moment, "a moment")
        sources = [f"ds_{n}" for n in chosen[number::len(moments)]]
        now = time.time()
        ids = control.ask("POST", "runs/start", {
            "domain": DOMAIN, "data_sources": sources,
            "outcome": {"requested_seconds": 0, "running_seconds": 0}})["ids"]
        started.update((run, (source, now))
                       for run, source in zip(ids, sources))
    return started


def one_round(control, pid, size, number, began, figures):
    """Let a cycle pass in which some have a new run; return these.

    Rounds follow each other without a gap, each as long as a cycle: whatever
    the moments at which the worker asks, a round has one cycle of each."""
    before, used = control.requests(), cpu_seconds(pid)
    started = start_runs(control, size, random.Random(number), began)
    wait_until(lambda: time.monotonic() - began >= EVERY[size], "a cycle")
    figures.requests.append(control.requests() - before)
    figures.cpu.append(cpu_seconds(pid) - used)
    return started


def all_rounds(control, listener, pid, size, rounds, figures):
    """Measure so many cycles, after one to warm up."""
    started = {}
    began = time.monotonic()
    since = control.ask("GET", "log?brief=1&since=999999999")["last_sequence"]
    for number in range(rounds + 1):
        started.update(one_round(control, pid, size, number,
                                 began + number * EVERY[size], figures))
    del figures.requests[0], figures.cpu[0]
    wait_until(lambda: all(run in listener.arrived for run in started),
               "all changes")
    figures.seen += [listener.arrived[run] - moment
                     for run, (_, moment) in started.items()]
    if size == LOGGED:
        answers = answer_times(control, since)
        for run, (source, moment) in started.items():
            told = [answered for received, answered in answers[source]
                    if received >= moment]
            figures.notified.append(1000 * (listener.arrived[run] - told[0]))


@contextlib.contextmanager
def laid(work, pg_config, size):
    """Start a server with the extension, and a simulator."""
    bindir = subprocess.run([pg_config, "--bindir"], check=True, text=True,
                            capture_output=True).stdout.strip()
    directory = f"{work}/{size}"
    os.makedirs(directory)
    if not os.path.exists(f"{work}/template"):
        servers.make_template(bindir, f"{work}/template")
    with servers.simulator(bed.TREE, directory, ("--empty",)) as url, \
            servers.cluster(bindir, f"{work}/template", f"{directory}/pg", (
                "shared_preload_libraries=datazone",)) as sockets:
        control = Control(url)
        control.ask("POST", "seed", {
            "settings": {"log": size == LOGGED, "log_bodies": False},
            "domains": [{"id": DOMAIN}],
            "data_sources": [{"domain": DOMAIN, "project": "prj_bench",
                              "id": "ds_%d", "count": size, "runs": 2}]})
        with contextlib.closing(bed.Session(
                [f"{bindir}/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h",
                 sockets, "-U", servers.SUPERUSER, "-d", "postgres"])
        ) as session, contextlib.closing(Listener(
                sockets, servers.SUPERUSER, "postgres", "datazone_run")
        ) as listener:
            session.ask(SETUP.format(domain=DOMAIN, url=url,
                                     key=bed.ACCESS_KEY,
                                     secret=bed.SECRET_KEY))
            yield session, control, listener


def measure(work, pg_config, size, rounds):
    """Measure one size; the greatest, whose cycles are long, in half as many
    rounds."""
    if size == max(EVERY):
        rounds = (rounds + 1) // 2
    figures = Figures([], [], [], [])
    with laid(work, pg_config, size) as (session, control, listener):
        figures.first = first_sync(session, control, size)
        pid = int(session.ask("SELECT worker_pid FROM datazone_stat "
                              "WHERE datname = 'postgres';")[0])
        all_rounds(control, listener, pid, size, rounds, figures)
        figures.memory = peak_mb(pid)
    return figures


def percentile(values, part):
    """Return the least value that this part of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def report(lines, results, size):
    """Print the lines of a size."""
    mine, less = results[size], results.get(size // 10)
    what = f"sync of {size:,}"
    for name, of in (("requests a cycle", "requests"),
                     ("CPU s a cycle", "cpu")):
        values = getattr(mine, of)
        if less:
            lines.at_most(f"{what}, {name}", values, f"10 x {size // 10:,}",
                          [10 * statistics.median(getattr(less, of))]
                          * len(values), LINEAR_BAR)
        else:
            lines.line(f"{what}, {name}", table.show(
                statistics.median(values)), "", "", "", "", "", "")
    lines.limit(f"{what}, worker's peak MB", [mine.memory], MEMORY_BAR)
    every = EVERY[size]
    lines.limit(f"{what}, seen in cycles, median",
                [statistics.median(mine.seen) / every], 1)
    lines.limit(f"{what}, seen in cycles, 99 %",
                [percentile(mine.seen, 0.99) / every], SEEN_BAR)
    lines.line(f"{what}, first sync, s", table.show(mine.first),
               "", "", "", "", "", "")
    if mine.notified:
        lines.limit(f"{what}, answer to NOTIFY, ms",
                    [statistics.median(mine.notified)], NOTIFY_BAR)
        lines.line(f"{what}, the same, 99 %", table.show(
            percentile(mine.notified, 0.99)), "", "", "", "", "", "")
