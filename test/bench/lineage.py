"""What captured lineage costs, and what it costs when it is off."""

import functools
import os
import re
import subprocess

from bed import servers

SETTINGS = ("shared_preload_libraries=datazone", "fsync=on", "jit=off",
            "shared_buffers=128MB", "datazone.enabled=off",
            "datazone.dataset_namespace=postgres://bench.example:5432")

ETL_BAR = 0.95
OFF_BAR = 0.97
CLIENTS = (1, 8)

# A server that has never heard of us.
BARE_SETTINGS = ("fsync=on", "jit=off", "shared_buffers=128MB")

SETUP = """
CREATE EXTENSION datazone;
CREATE SERVER bench FOREIGN DATA WRAPPER datazone
    OPTIONS (region 'eu-west-1', domain_identifier 'dzd_benchmark');
"""

ETL = """
CREATE TABLE bench_sale (id int PRIMARY KEY, customer int, day int,
    amount numeric);
CREATE TABLE bench_customer (id int PRIMARY KEY, name text, region int);
CREATE TABLE bench_daily (day int, region int, name text, total numeric);
INSERT INTO bench_customer SELECT n, 'customer ' || n, n % 7
    FROM generate_series(1, 1000) n;
INSERT INTO bench_sale SELECT n, n % 1000 + 1, n % 1000, n
    FROM generate_series(1, 20000) n;
CREATE INDEX ON bench_sale (day);
ANALYZE bench_sale, bench_customer;
"""

# One day's sales: twenty rows, with a join.
SCRIPT = """
\\set day random(0, 999)
INSERT INTO bench_daily (day, region, name, total) \
SELECT s.day, c.region, c.name, s.amount * 2 \
FROM bench_sale s JOIN bench_customer c ON c.id = s.customer WHERE s.day = :day;
"""


class Bench:
    """Where everything is, and how long to measure."""

    def __init__(self, work, bindir, socket, rounds, seconds):
        self.work, self.bindir, self.socket = work, bindir, socket
        self.rounds, self.seconds = rounds, seconds

    def command(self, program):
        """Return the beginning of a client's command."""
        return [f"{self.bindir}/{program}", "-h", self.socket, "-U",
                servers.SUPERUSER]

    def run(self, sql):
        """Run SQL in a session of its own; return what it prints."""
        return subprocess.run(
            self.command("psql") + ["-XqAt", "-v", "ON_ERROR_STOP=1", "-d",
                                    "postgres", "-f", "-"], input=sql,
            check=True, text=True, capture_output=True).stdout

    def version(self):
        """Return the server's name and version."""
        return "PostgreSQL " + self.run("SHOW server_version").strip()

    def tps(self, mode, protocol, clients):
        """Run the transaction; return how many there were a second."""
        self.run("TRUNCATE bench_daily; CHECKPOINT;")
        done = subprocess.run(
            self.command("pgbench")
            + ["-n", "-f", f"{self.work}/etl.sql", "-M", protocol, "-c",
               str(clients), "-j", str(min(clients, 2)), "-T",
               str(self.seconds), "postgres"],
            env={**os.environ, "PGOPTIONS": f"-c datazone.capture={mode}"},
            check=False, text=True, capture_output=True)
        found = re.search(r"^tps = ([\d.]+)", done.stdout, re.M)
        if done.returncode != 0 or found is None:
            raise RuntimeError(f"pgbench failed: {done.stdout}{done.stderr}")
        return float(found[1])


def prepare(bench, bare):
    """Make the tables, and write down the transaction."""
    bench.run(SETUP)
    bench.run(ETL)
    bare.run(ETL)
    with open(f"{bench.work}/etl.sql", "w", encoding="utf-8") as file:
        file.write(SCRIPT)


def in_turns(rounds, ours, baseline):
    """Measure both in each round, now one first and now the other."""
    mine, others = [], []
    for number in range(rounds):
        if number % 2:
            mine.append(ours())
        others.append(baseline())
        if number % 2 == 0:
            mine.append(ours())
    return mine, others


def etl(bench, _, report):
    """Compare the transactions a second with and without capture."""
    for protocol, name in (("prepared", "prepared"), ("simple", "unprepared")):
        for clients in CLIENTS:
            captured, off = in_turns(
                bench.rounds,
                functools.partial(bench.tps, "column", protocol, clients),
                functools.partial(bench.tps, "off", protocol, clients))
            report.at_least(
                f"ETL {name}, {clients} client{'s' if clients > 1 else ''}, "
                "1/s", captured, "off", off, ETL_BAR)


def when_off(bench, bare, report):
    """Compare those without capture with those of a server without us."""
    for protocol, name in (("prepared", "prepared"), ("simple", "unprepared")):
        off, without = in_turns(
            bench.rounds, functools.partial(bench.tps, "off", protocol, 1),
            functools.partial(bare.tps, "off", protocol, 1))
        report.at_least(f"ETL {name}, capture off, 1/s", off,
                        "no extension", without, OFF_BAR)
