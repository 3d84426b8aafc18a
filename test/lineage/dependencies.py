"""pg_depend as the oracle: what is derived from a query is what the server
records that a view of it depends on, no column less and none more.

The official TPC texts may be used where DATAZONE_TPC_QUERIES names a
directory of *.sql files, each with one query over the tables of tpc.sql.
"""

import glob
import os
import re
import sys

import cases
import harness

# What is looked into behind a function's name the server does not record,
# and a partition is recorded as itself.
NOT_COMPARABLE = re.compile(r"\b(of_string|of_atomic|part_low|part_high)\b")


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


def own_queries(name):
    """Return the queries of one of our files, which ";" ends."""
    text = re.sub(r"^--.*\n", "", harness.read(name), flags=re.M)
    return [query.strip() for query in text.split(";") if query.strip()]


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
        statement for statement, _ in cases.all_cases()
        if re.match(r"\(|SELECT|WITH|TABLE|VALUES", statement)
        and not NOT_COMPARABLE.search(statement)], may_be_no_view=True)
    tap.result(count > 150, "most cases can be a view")
    system_views(tap, database)
    harness.make_database("lineage_tpc", "tpc.sql", "oracle.sql")
    compare(tap, "lineage_tpc", own_queries("tpc_queries.sql"))
    official = os.environ.get("DATAZONE_TPC_QUERIES")
    if official:
        queries = []
        for path in sorted(glob.glob(f"{official}/*.sql")):
            with open(path, encoding="utf-8") as file:
                queries.append(file.read().strip().rstrip(";"))
        tap.result(compare(tap, "lineage_tpc", queries, True) > 0,
                   "there are official texts")
    else:
        tap.skip("official TPC-H and TPC-DS texts",
                 "DATAZONE_TPC_QUERIES names no directory")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
