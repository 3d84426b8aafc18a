"""A long listing into count(*), against the SDK's paginator."""

import contextlib
import os
import shutil

import pages
from partner import Partner

HERE = os.path.dirname(os.path.abspath(__file__))

# rows a second, as a multiple of the SDK's
BAR = 2.5

# by how many MB a listing ten times as long may make a backend larger
MEMORY_BAR = 10
MEMORY_ROUNDS = 3

ROWS = {"all": pages.ALL_PAGES * pages.PAGE,
        "tenth": pages.TENTH_PAGES * pages.PAGE}

# The spool of the rows goes to disk: what is measured is beside it.
SETTINGS = "SET work_mem = '64kB';"

STATEMENT = """
SELECT clock_timestamp() AS began \\gset
SELECT count(*) AS n FROM datazone_list_data_source_runs('{source}',
    server => '{scheme}') \\gset
SELECT :n, extract(epoch FROM clock_timestamp() - :'began');
"""

MEMORY = """
SELECT substring(pg_read_file('/proc/self/status')
    FROM 'VmHWM:\\s*(\\d+)')::int;
"""


def ours(session, source, scheme):
    """List in SQL; return rows a second."""
    rows, seconds = session.ask(STATEMENT.format(
        source=source, scheme=scheme))[0].split("|")
    if int(rows) != ROWS[source]:
        raise RuntimeError(f"{rows} rows; expected {ROWS[source]}")
    return int(rows) / float(seconds)


def peer(sdk, source):
    """List with the SDK; return rows a second."""
    rows, seconds = sdk.ask(source)
    if rows != ROWS[source]:
        raise RuntimeError(f"{rows} rows; expected {ROWS[source]}")
    return rows / seconds


def start_sdk(bed, scheme):
    """Start the SDK's side."""
    return contextlib.closing(Partner(
        ["node", f"{HERE}/sdk_list.mjs", bed.server.url(scheme)],
        env=dict(os.environ, NODE_EXTRA_CA_CERTS=bed.server.ca,
                 NODE_NO_WARNINGS="1")))


def compare(bed, report, scheme, rounds):
    """Measure listing and paginator in turns."""
    measured, bare = [], []
    with bed.session() as session, start_sdk(bed, scheme) as sdk:
        session.ask(SETTINGS)
        ours(session, "tenth", scheme)
        peer(sdk, "tenth")
        for _ in range(rounds):
            measured.append(ours(session, "all", scheme))
            bare.append(peer(sdk, "all"))
    report.at_least(f"listing 100,000 runs, {scheme}, rows/s", measured,
                 "SDK for JavaScript", bare, BAR)


def greatest_size(bed, source, scheme):
    """Return the peak of a new backend's memory, in MB."""
    with bed.session() as session:
        session.ask(SETTINGS)
        ours(session, source, scheme)
        return int(session.ask(MEMORY)[0]) / 1024


def compare_memory(bed, report):
    """Measure whether memory grows with the listing."""
    long, short = [], []
    for _ in range(MEMORY_ROUNDS):
        long.append(greatest_size(bed, "all", "https"))
        short.append(greatest_size(bed, "tenth", "https"))
    report.difference("backend, listing 100,000 runs, MB", long,
                      "10,000 runs", short, MEMORY_BAR)


def measure(bed, report, rounds):
    """Add all lines about listings."""
    for scheme in ("https", "http"):
        if bed.sdk() and shutil.which("node"):
            compare(bed, report, scheme, rounds)
        else:
            report.skip(f"listing 100,000 runs, {scheme}, rows/s",
                        "the official SDK is not installed")
    compare_memory(bed, report)
