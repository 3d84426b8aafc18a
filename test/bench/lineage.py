"""What captured lineage costs: transactions, and the planning of statements."""

import glob
import os
import re
import subprocess

from bed import HERE, Session, servers

SETTINGS = ("shared_preload_libraries=datazone", "fsync=on", "jit=off",
            "shared_buffers=128MB", "datazone.enabled=off",
            "datazone.dataset_namespace=postgres://bench.example:5432")

ETL_BAR = 0.95
DERIVED_MS = 5
PLANNING_BAR = 1.03
CLIENTS = (1, 8)

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

JOINS = 20
COLUMNS = 1000


class Bench:
    """Where everything is, and how long to measure."""

    def __init__(self, work, bindir, socket, rounds, seconds):
        self.work, self.bindir, self.socket = work, bindir, socket
        self.rounds, self.seconds = rounds, seconds
        self.run(SETUP)

    def command(self, program):
        """Return the beginning of a client's command."""
        return [f"{self.bindir}/{program}", "-h", self.socket, "-U",
                servers.SUPERUSER]

    def session(self):
        """Start a session; the caller closes it."""
        return Session(self.command("psql")
                       + ["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", "postgres"])

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


def etl(bench, report):
    """Compare the transactions a second with and without capture."""
    bench.run(ETL)
    with open(f"{bench.work}/etl.sql", "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    for protocol, name in (("prepared", "prepared"), ("simple", "unprepared")):
        for clients in CLIENTS:
            captured, off = [], []
            for _ in range(bench.rounds):
                captured.append(bench.tps("column", protocol, clients))
                off.append(bench.tps("off", protocol, clients))
            report.at_least(
                f"ETL {name}, {clients} client{'s' if clients > 1 else ''}, "
                "1/s", captured, "off", off, ETL_BAR)


def planning_ms(session, query, times):
    """Return the least time that PostgreSQL takes to plan a query."""
    best = None
    for _ in range(times):
        for line in session.ask(
                "SET client_min_messages = error; "
                f"EXPLAIN (SUMMARY, COSTS off) {query};"):
            found = re.match(r"Planning Time: ([\d.]+) ms", line)
            if found:
                best = min(float(found[1]), best or float(found[1]))
    if best is None:
        raise RuntimeError(f"no planning time of {query}")
    return best


def planned(bench, queries, times, settings=""):
    """Return what planning all queries takes, captured and not, in turns."""
    captured = off = 0
    session = bench.session()
    session.ask(settings)
    for query in queries:
        session.ask("SET datazone.capture = 'off';")
        off += planning_ms(session, query, times)
        session.ask("SET datazone.capture = 'column';")
        captured += planning_ms(session, query, times)
    session.close()
    return captured, off


def wide(bench, report):
    """A target of a thousand columns, from twenty joins."""
    columns = ", ".join(f"c{n} int" for n in range(COLUMNS))
    width = COLUMNS // JOINS
    bench.run(f"CREATE TABLE wide_out ({columns});")
    for n in range(JOINS + 1):
        bench.run(f"CREATE TABLE wide_in{n} (id int, "
                  + ", ".join(f"v{i} int" for i in range(width)) + ");")
    outputs = ", ".join(f"t{n % JOINS}.v{n // JOINS} + t{JOINS}.v1"
                        for n in range(COLUMNS))
    joins = " ".join(f"JOIN wide_in{n} t{n} ON t{n}.id = t{n - 1}.id"
                     for n in range(1, JOINS + 1))
    query = f"INSERT INTO wide_out SELECT {outputs} FROM wide_in0 t0 {joins}"
    derived = []
    for _ in range(bench.rounds):
        # joins as they are written: to order them is not what is measured
        captured, off = planned(bench, [query], 15,
                                "SET join_collapse_limit = 1;")
        derived.append(captured - off)
    report.limit(f"{COLUMNS} columns, {JOINS} joins: derived, ms", derived,
                 DERIVED_MS)


def tpc_queries(bench, report):
    """Return statements that write what the queries give."""
    official = os.environ.get("DATAZONE_TPC_QUERIES")
    directory = f"{HERE}/../lineage"
    if official:
        names = sorted(glob.glob(f"{official}/*.sql"))
    else:
        report.skip("TPC-DS's own queries",
                    "DATAZONE_TPC_QUERIES names no directory; ours are used")
        names = [f"{directory}/tpc_queries.sql"]
    with open(f"{directory}/tpc.sql", encoding="utf-8") as file:
        bench.run(file.read())
    statements = []
    for name in names:
        with open(name, encoding="utf-8") as file:
            for text in file.read().split(";"):
                text = re.sub(r"^(\s*--.*\n)+", "", text).strip()
                if not text:
                    continue
                target = f"tpc_out{len(statements)}"
                try:
                    bench.run(f"CREATE TABLE {target} AS {text} "
                              "WITH NO DATA;")
                except subprocess.CalledProcessError:
                    report.skip(f"{os.path.basename(name)}: {text[:30]!r}",
                                "PostgreSQL does not take it")
                    continue
                statements.append(f"INSERT INTO {target} {text}")
    return statements


def tpc(bench, report):
    """Queries of a warehouse: how much longer is it to plan them?"""
    statements = tpc_queries(bench, report)
    captured, off = [], []
    for _ in range(bench.rounds):
        ours, theirs = planned(bench, statements, 5)
        captured.append(ours)
        off.append(theirs)
    report.at_most(f"planning {len(statements)} TPC queries, ms", captured,
                   "off", off, PLANNING_BAR)
