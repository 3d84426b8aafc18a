"""What an event costs the transaction that enqueues it.

A small transaction of a warehouse, by pgbench: once with an event in the
outbox, once with the event's bytes in a table that does nothing else.
"""

import re
import subprocess

import outbox
import pages
from bed import servers

BAR = 0.8
CLIENTS = (1, 8)

SETUP = """
CREATE TABLE bench_sale (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product int NOT NULL, amount numeric NOT NULL,
    sold_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE bench_total (product int PRIMARY KEY, amount numeric NOT NULL)
    WITH (fillfactor = 50);
INSERT INTO bench_total SELECT n, 0 FROM generate_series(1, 10000) n;
CREATE TABLE bench_queue (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payload jsonb NOT NULL);
"""

# pgbench writes the number into the event before it sends the statement.
SCRIPT = """
\\set product random(1, 10000)
\\set run random(100000000000, 999999999999)
BEGIN;
INSERT INTO bench_sale (product, amount) \
SELECT :product, n FROM generate_series(1, 10) n;
UPDATE bench_total SET amount = amount + 55 WHERE product = :product;
{last}
COMMIT;
"""

LAST = {
    "outbox": "SELECT datazone_enqueue_lineage('{event}', server => 'http');",
    "table": "INSERT INTO bench_queue (payload) VALUES ('{event}');",
}


def write_scripts(work):
    """Write a script for each kind; return their names."""
    event = pages.event().replace(outbox.RUN, outbox.RUN[:-12] + ":run")
    names = {}
    for kind, last in LAST.items():
        names[kind] = f"{work}/{kind}.sql"
        with open(names[kind], "w", encoding="utf-8") as file:
            file.write(SCRIPT.format(last=last.format(event=event)))
    return names


def tps(queue, script, clients, seconds):
    """Run a script on an empty queue; return its transactions a second."""
    queue.hold()
    queue.clear()
    queue.session.ask("TRUNCATE bench_sale, bench_queue;")
    queue.session.ask("VACUUM (FREEZE) bench_total;")
    queue.session.ask("CHECKPOINT;")
    queue.go()
    done = subprocess.run(
        [f"{queue.bed.bindir}/pgbench", "-n", "-f", script, "-c",
         str(clients), "-j", str(min(clients, 2)), "-T", str(seconds), "-h",
         queue.bed.socket, "-U", servers.SUPERUSER, "postgres"],
        check=False, text=True, capture_output=True)
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.M)
    if done.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench failed: {done.stdout}{done.stderr}")
    return float(found[1])


def compare(queue, report, scripts, clients, rate, rounds, seconds):
    """Measure both in turns."""
    ours, table = [], []
    for _ in range(rounds):
        ours.append(tps(queue, scripts["outbox"], clients, seconds))
        table.append(tps(queue, scripts["table"], clients, seconds))
    what = f"ETL, {clients} client{'s' if clients > 1 else ''}, " \
           f"rate_limit {rate}, 1/s"
    if rate:
        report.at_least(what, ours, "INSERT", table, BAR)
    else:
        report.compare(what, ours, "INSERT", table, max)


def measure(bed, queue, report, rounds, seconds):
    """Add all lines about transactions."""
    print(f"transactions of {seconds} s a run: {outbox.busy()}", flush=True)
    queue.session.ask(SETUP)
    scripts = write_scripts(bed.work)
    for rate in (20, 0):
        queue.session.ask(
            f"ALTER SERVER http OPTIONS (SET rate_limit '{rate}');")
        for clients in CLIENTS:
            compare(queue, report, scripts, clients, rate, rounds, seconds)
    queue.hold()
    queue.clear()
