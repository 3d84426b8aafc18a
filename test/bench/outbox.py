"""What the benchmarks of the outbox share: a queue that is filled and drained.

The worker is held with datazone.enabled while the queue is filled, so that a
drain begins with all of it.
"""

import os
import time

import pages
from bed import servers

# Durability is part of what is measured; the memory is PostgreSQL's default.
SETTINGS = ("shared_preload_libraries=datazone", "fsync=on",
            "shared_buffers=128MB")

PATIENCE_SECONDS = 600
RUN = "01941f29-7c00-7000-8000-000000000001"
JOB = "nightly.load_daily_sales"


def wait_until(condition, what, every=0.02):
    """Poll a condition."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"gave up waiting for {what}")
        time.sleep(every)


def cpu_seconds(pid):
    """Return what a process has used of the CPUs, in nanoseconds' detail."""
    with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e9


def stolen():
    """Return how much of the CPUs others use, of one that is idle by itself.

    To be asked when nothing of ours runs: the figures are worth less where
    others are busy, and whoever reads them should know.
    """
    def ticks():
        with open("/proc/stat", encoding="ascii") as file:
            values = [int(word) for word in file.readline().split()[1:9]]
        return sum(values), values[3] + values[4]

    before = ticks()
    time.sleep(0.5)
    after = ticks()
    return 1 - (after[1] - before[1]) / max(after[0] - before[0], 1)


def busy():
    """Describe how busy the machine is with other things."""
    return (f"others use {stolen():.0%} of the CPUs, "
            f"load {os.getloadavg()[0]:.2f}")


def enqueue(scheme, count):
    """Return the SQL that enqueues so many events, each of its own run."""
    return (f"SELECT count(datazone_enqueue_lineage(replace('{pages.event()}',"
            f" '{RUN}', left('{RUN}', 24) || lpad(i::text, 12, '0'))::jsonb,"
            f" server => '{scheme}')) FROM generate_series(1, {count}) i;")


class Queue:
    """The outbox of a bed's database, as its superuser sees it."""

    def __init__(self, bed, session):
        self.bed = bed
        self.session = session

    def set(self, name, value):
        """Change a setting for all, and wait until a session sees it."""
        self.session.ask(f"ALTER SYSTEM SET {name} = {value};")
        self.session.ask("SELECT pg_reload_conf();")
        wait_until(lambda: self.session.ask(f"SHOW {name};") == [str(value)],
                   name)

    def worker(self):
        """Return the worker's process id, once there is one."""
        def pid():
            return self.session.ask(
                "SELECT worker_pid FROM datazone_stat "
                "WHERE datname = 'postgres' AND worker_pid IS NOT NULL;")
        wait_until(pid, "the worker")
        return int(pid()[0])

    def hold(self):
        """Let nothing be sent from now on."""
        self.set("datazone.enabled", "off")
        wait_until(lambda: self.session.ask(
            "SELECT coalesce(sum(in_flight), 0) FROM datazone_stat;")
            == ["0"], "requests under way")

    def go(self):
        """Let the worker send."""
        self.set("datazone.enabled", "on")

    def is_empty(self):
        """Whether nothing waits."""
        return self.session.ask("SELECT NOT EXISTS (SELECT FROM "
                                "datazone_outbox_entry);") == ["t"]

    def clear(self):
        """Make everything as at first; the worker is held."""
        self.session.ask("TRUNCATE datazone_outbox_entry, datazone_delivery;")
        self.session.ask("CHECKPOINT;")

    def fill(self, scheme, count):
        """Enqueue events, and have everything on disk."""
        found = self.session.ask(enqueue(scheme, count))
        if found != [str(count)]:
            raise RuntimeError(f"enqueued {found}, expected {count}")
        self.session.ask("CHECKPOINT;")

    def delivered(self):
        """Return how many events datazone_delivery knows."""
        return int(self.session.ask(
            "SELECT count(*) FROM datazone_delivery;")[0])


def connect_arguments(bed):
    """Return where client.Connection finds the server."""
    return bed.socket, servers.SUPERUSER, "postgres"
