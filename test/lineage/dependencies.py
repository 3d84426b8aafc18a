"""pg_depend as the oracle: what is derived from a query is what the server
records that a view of it depends on, no column less and none more.

tpc.py has queries in the shapes of TPC-H's and TPC-DS's.
"""

import re
import sys

import cases
import harness
import tpc

# What is looked into behind a function's name the server does not record;
# a partition and a foreign table are recorded as themselves.
NOT_COMPARABLE = re.compile(
    r"\b(of_string|of_atomic|one_row|rows_of_t|several|calls_two|"
    r"part_low|part_high|turned_part|hidden_leaf|remote)\b")


def compare(tap, database, queries, may_be_no_view=False):
    """Compare each query, one result for each that is a view."""
    answers = harness.ask(database, [
        f"SELECT oracle({harness.quoted(query)})" for query in queries])
    count = 0
    for query, lines in zip(queries, answers):
        said = " ".join(lines)
        if may_be_no_view and said.startswith("no view: "):
            continue
        count += 1
        tap.result(said == "equal", query, query, said)
    return count


def tpc_queries(tap):
    """Compare the queries over the tables of TPC-H and TPC-DS."""
    database = "lineage_tpc"
    harness.make_database(database, "tpc.sql", "oracle.sql")
    for schema, least in (("h", 22), ("ds", 99)):
        harness.ask(database, [f"ALTER DATABASE {database} "
                               f"SET search_path = {schema}, public"])
        queries = tpc.own(schema)
        tap.result(compare(tap, database, queries) >= least,
                   f"{len(queries)} queries of our own over {schema}")
        official = tpc.official(schema)
        if official:
            count = compare(tap, database, official, True)
            tap.result(count > 0, f"{count} of {len(official)} official "
                       f"queries over {schema} can be a view")
        else:
            tap.skip(f"official queries over {schema}",
                     "DATAZONE_TPC_QUERIES names no directory that has them")


def system_views(tap, database):
    """Compare the views that every server has."""
    problem = harness.ask(database, ["SELECT copy_catalogs()"])[0]
    tap.result(not problem, "the catalogs have shadows", *problem)
    names = [line.strip() for line in harness.ask(database, [
        "SELECT c.oid::regclass FROM pg_class c WHERE relkind = 'v' "
        "AND relnamespace IN ('pg_catalog'::regnamespace, "
        "'information_schema'::regnamespace) ORDER BY 1"])[0]]
    answers = harness.ask(database, [
        f"SELECT oracle_of_view({harness.quoted(name)})" for name in names])
    count = 0
    for name, lines in zip(names, answers):
        said = " ".join(lines)
        if not said.startswith("no view: "):
            count += 1
            tap.result(said == "equal", f"system view {name}", said)
    tap.result(count > 100, f"{count} system views could be made again")


def main():
    """Compare everything that can be a view."""
    tap = harness.Tap()
    database = "lineage_views"
    harness.make_database(database, "schema.sql", "oracle.sql")
    count = compare(tap, database, [
        case.statement for case in cases.all_cases()
        if re.match(r"\(|SELECT|WITH|TABLE|VALUES", case.statement)
        and not NOT_COMPARABLE.search(case.statement)], may_be_no_view=True)
    tap.result(count > 150, "most cases can be a view")
    system_views(tap, database)
    tpc_queries(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
