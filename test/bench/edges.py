"""How long it takes to derive the lineage of a statement."""

import os
import sys

from bed import HERE, TREE

sys.path.insert(0, os.path.join(TREE, "test", "lineage"))

import tpc  # noqa: E402  (found by the line above)

# milliseconds for a target of 1,000 columns out of 20 joins
DERIVE_BAR = 5
# of the time that planning takes without capture
PLAN_BAR = 1.03

COLUMNS, JOINS = 1000, 20
DERIVATIONS, PLANS = 20, 5

FUNCTIONS = f"""
CREATE FUNCTION bench_derive(text, int) RETURNS float8
    AS '{HERE}/edges_bench' LANGUAGE C;
CREATE FUNCTION bench_plan(text, int) RETURNS float8
    AS '{HERE}/edges_bench' LANGUAGE C;
"""


# Statistics are what planning takes its time with.
FILL = """
DO $$
DECLARE
    tab record;
    name text;
BEGIN
    FOR tab IN SELECT c.oid::regclass AS rel, array_agg(attname::text) AS names,
        string_agg(CASE atttypid
            WHEN 'int'::regtype THEN format(
                'CASE %s WHEN 1 THEN n ELSE abs(hashint4(n * %1$s)) %% 3000 END',
                attnum)
            WHEN 'numeric'::regtype THEN
                format('abs(hashint4(n + %s)) %% 77777 / 10.0', attnum * 1000)
            WHEN 'date'::regtype THEN
                format('date ''1998-01-01'' + n %% %s', attnum + 700)
            ELSE format('left(md5((n %% %s)::text), 9)', attnum * attnum * 7)
            END, ', ' ORDER BY attnum) AS row
        FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0
        WHERE relnamespace = 'ds'::regnamespace AND relkind = 'r'
        GROUP BY c.oid
    LOOP
        EXECUTE format(
            'INSERT INTO %s SELECT %s FROM generate_series(1, 4000) n',
            tab.rel, tab.row);
        FOREACH name IN ARRAY tab.names LOOP
            IF name ~ '(_sk|_number)$' THEN
                EXECUTE format('CREATE INDEX ON %s (%I)', tab.rel, name);
            END IF;
        END LOOP;
    END LOOP;
END
$$;
ANALYZE;
"""


def quoted(text):
    """Return text as an SQL literal."""
    return "$bench$" + text + "$bench$"


def number(session, sql):
    """Return the one number that a query answers."""
    answer = session.ask(f"SELECT {sql};")
    if len(answer) != 1:
        raise RuntimeError(f"{sql[:60]}: {answer}")
    return float(answer[0])


def wide_statements(session):
    """Make a wide table and many to fill it from; return statements."""
    each = COLUMNS // JOINS
    for n in range(JOINS + 1):
        session.ask(f"CREATE TABLE wide_{n} (id int, "
                    + ", ".join(f"w{n}_{i} int" for i in range(each)) + ");")
    names = [f"w{n}_{i}" for n in range(JOINS) for i in range(each)]
    targets = [f"c{i}" for i in range(COLUMNS)]
    session.ask("CREATE TABLE wide (key int UNIQUE, "
                + ", ".join(f"{name} int" for name in targets) + ");")
    source = "wide_0 " + " ".join(
        f"JOIN wide_{n} ON wide_{n}.id = wide_{n - 1}.id"
        for n in range(1, JOINS + 1))
    insert = f"INSERT INTO wide (key, {', '.join(targets)}) SELECT "
    session.ask(f"CREATE VIEW wide_view AS SELECT wide_0.id AS key, "
                f"{', '.join(names)} FROM {source} WHERE wide_3.id > 0;")
    session.ask("CREATE VIEW wider_view AS SELECT * FROM wide_view "
                "UNION ALL SELECT * FROM wide_view;")
    plain = f"{insert}wide_0.id, {', '.join(names)} FROM {source}"
    return {
        "columns": plain,
        "expressions": f"{insert}wide_0.id, " + ", ".join(
            f"CASE WHEN {name} > 0 THEN {name} + wide_{i % 20}.id END"
            for i, name in enumerate(names)) + f" FROM {source}",
        "a view of views": f"{insert}key, {', '.join(names)} FROM wider_view",
        "ON CONFLICT": f"{plain} ON CONFLICT (key) DO UPDATE SET " + ", ".join(
            f"{name} = EXCLUDED.{name} + wide.{name}" for name in targets),
        "a recursive CTE": f"WITH RECURSIVE c AS (SELECT wide_0.id AS key, "
                           f"{', '.join(names)} FROM {source} UNION ALL "
                           f"SELECT key + 1, {', '.join(names)} FROM c "
                           f"WHERE key < 9) {insert}* FROM c",
    }


def measure_wide(session, report, rounds):
    """Add lines about one wide target."""
    for what, statement in wide_statements(session).items():
        took = [number(session, f"bench_derive({quoted(statement)}, "
                       f"{DERIVATIONS})") / 1000 for _ in range(rounds)]
        report.limit(f"{COLUMNS} columns, {JOINS} joins, {what}, ms", took,
                     DERIVE_BAR)


def loads(session, kind, queries):
    """Return statements that load what queries put out."""
    statements = []
    for place, query in enumerate(queries):
        result = f"public.{kind}_{place}"
        # some official texts are not PostgreSQL's SQL
        session.ask("DO $do$ BEGIN EXECUTE $query$"
                    f"CREATE TABLE {result} AS {query} WITH NO DATA$query$; "
                    "EXCEPTION WHEN OTHERS THEN NULL; END $do$;")
        if session.ask(f"SELECT to_regclass('{result}');") != [""]:
            statements.append(f"INSERT INTO {result} {query}")
    return statements


def measure_plans(session, rounds, kind, queries):
    """Return milliseconds of planning with capture, without, and of what."""
    statements = loads(session, kind, queries)
    times = {"column": [], "off": []}
    for number_of_round in range(rounds):
        modes = sorted(times, reverse=number_of_round % 2 == 1)
        totals = dict.fromkeys(modes, 0.0)
        for statement in statements:
            for mode in modes:
                session.ask(f"SET datazone.capture = '{mode}';")
                totals[mode] += number(
                    session, f"bench_plan({quoted(statement)}, {PLANS})")
        for mode in modes:
            times[mode].append(totals[mode] / 1000)
    added = [(ours - off) * 1000 / len(statements)
             for ours, off in zip(times["column"], times["off"])]
    return f"planning {len(statements)} {kind} loads", times, added


def report_plans(session, report, rounds):
    """Add the lines about planning.

    The bar is for the official texts; ours take a quarter of their time, to
    which the same is added.
    """
    what, times, added = measure_plans(session, rounds, "own", tpc.own("ds"))
    report.compare(f"{what}, capture, ms", times["column"], "off",
                   times["off"], min)
    report.tell("added to planning one of them, us", added)
    official = tpc.official("ds")
    if not official:
        report.skip("planning official loads",
                    "DATAZONE_TPC_QUERIES names no directory that has them")
        return
    what, times, _ = measure_plans(session, rounds, "official", official)
    report.at_most(f"{what}, capture, ms", times["column"], "off",
                   times["off"], PLAN_BAR)


def measure(session, report, rounds):
    """Add all lines about edges."""
    session.ask(FUNCTIONS)
    measure_wide(session, report, rounds)
    session.ask(tpc.harness.read("tpc.sql"))
    session.ask("SET search_path = ds, public;")
    session.ask(FILL)
    report_plans(session, report, rounds)
