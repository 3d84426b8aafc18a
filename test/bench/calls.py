"""A synchronous call, inside one statement, against bare libcurl."""

import contextlib

import placement
from partner import Partner

BARS = {"https": 1.5, "http": 1.8}
WARM_UP = 300

# What may be added to a typed call by the general function, microseconds.
GENERAL_COST = 30

# One request a row.  A row's time is the clock's way from the row before, so
# nothing of the statement is left out; median and mean in microseconds, and
# how many answers there were.
STATEMENT = """
WITH measured AS MATERIALIZED (
    SELECT {call} IS NOT NULL AS answered, clock_timestamp() AS at
    FROM generate_series(1, {count}) g(i)),
took AS (
    SELECT answered, extract(epoch FROM at - lag(at) OVER (ORDER BY at))
        * 1000000 AS us
    FROM measured)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY us), avg(us),
    count(*) FILTER (WHERE answered)
FROM took;
"""


class NotMeasured(Exception):
    """The server did not see what was to be measured."""


@contextlib.contextmanager
def counted(server, expected):
    """See that the server got this many requests on kept connections."""
    before = server.counters()
    yield
    after = server.counters()
    connections, requests = after[0] - before[0], after[1] - before[1]
    if requests != expected or connections != 0:
        raise NotMeasured(f"{requests} requests on {connections} new "
                          f"connections; expected {expected} on none")


def ours(bed, session, call, count):
    """Make calls in one statement; return the median of one."""
    with counted(bed.server, count):
        answer = session.ask(STATEMENT.format(call=call, count=count))
    median, _, answered = answer[0].split("|")
    if int(answered) != count:
        raise NotMeasured(f"{answered} answers; expected {count}")
    return float(median)


def baseline(bed, loop, count):
    """Make the same calls with libcurl; return the median of one."""
    with counted(bed.server, count):
        return loop.ask(str(count))[0]


def compare(bed, report, operation, scheme, rounds, count):
    """Measure an operation and the loop in turns."""
    call = bed.call(operation, scheme)
    measured, bare = [], []
    with bed.session() as session, contextlib.closing(
            Partner(bed.curl_loop(operation, scheme))) as loop:
        session.ask(STATEMENT.format(call=call, count=WARM_UP))
        loop.ask(str(WARM_UP))
        with placement.on_one_core(
                [*bed.server.workers, session.pid(), loop.process.pid]):
            for _ in range(rounds):
                measured.append(ours(bed, session, call, count))
                bare.append(baseline(bed, loop, count))
    report.at_most(f"{operation}, {scheme}, us a call", measured,
                 "libcurl's loop", bare, BARS[scheme])


def compare_general(bed, report, rounds, count):
    """Measure datazone_call against the typed function."""
    what = "datazone_call, http, us a call"
    typed = bed.call("GetDataSourceRun", "http")
    general = ("datazone_call('GetDataSourceRun', jsonb_build_object("
               "'identifier', CASE WHEN i > 0 THEN '0run000000abcd' END), "
               "server => 'http')")
    measured, bare = [], []
    with bed.session() as session:
        if session.ask("SELECT to_regproc('datazone_call') IS NULL;") == ["t"]:
            report.skip(what, "there is no such function yet")
            return
        session.ask(STATEMENT.format(call=typed, count=WARM_UP))
        session.ask(STATEMENT.format(call=general, count=WARM_UP))
        with placement.on_one_core([*bed.server.workers, session.pid()]):
            for _ in range(rounds):
                measured.append(ours(bed, session, general, count))
                bare.append(ours(bed, session, typed, count))
    report.difference(what, measured, "datazone_get_run", bare, GENERAL_COST)


def measure(bed, report, rounds, count):
    """Add all lines about single calls: in many short rounds, so that both
    sides of a round meet the same state of the machine."""
    rounds *= 3
    for operation in ("PostLineageEvent", "GetDataSourceRun"):
        for scheme in ("https", "http"):
            compare(bed, report, operation, scheme, rounds, count)
    compare_general(bed, report, rounds, count)
