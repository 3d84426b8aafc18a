"""pg_depend as the oracle: what is derived from a query is what the server
records that a view of it depends on, no column less and none more.

An edge that is lost shows as a column that is only read, in no role.  So of
each query it is said which columns are, and why that is right: nothing of the
query's result depends on them.

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
    r"count_u|rows_over|latest|latest_a|makes_its_own|broken_rows|calls_broken|"
    r"cast_out|pairs_of|dropped_of|dropped_row|record_of|out_of|either_of|logs|logs_first|"
    r"label|label_twice|same_row|logs_atomic|makes_first|by_path|other_path|by_role|other_role|"
    r"add_sql|part_low|part_high|turned_part|hidden_leaf|remote)\b|\|[*&^]\|")


# System views with sub-queries of whose columns they do not use these: of
# key_column_usage "ss" has the constraint's and the referenced table's OID, of
# the others the one named "c" or "t" has the object's.
ONLY_READ = {
    "information_schema.key_column_usage":
        ["shadow.pg_constraint.confrelid", "shadow.pg_constraint.oid"],
    "information_schema.table_privileges": ["shadow.pg_class.oid"],
    "information_schema.udt_privileges": ["shadow.pg_type.oid"],
    "information_schema.usage_privileges":
        ["shadow.pg_class.oid", "shadow.pg_type.oid"],
}


def array(names):
    """Return names as an array of SQL."""
    return "ARRAY[" + ", ".join(map(harness.quoted, names)) + "]::text[]"


def compare(tap, database, queries, may_be_no_view=False):
    """Compare each of (query, what is only read): a result for each view."""
    answers = harness.ask(database, [
        f"SELECT oracle({harness.quoted(query)}, {array(names)})"
        for query, names in queries])
    count = 0
    for (query, _), lines in zip(queries, answers):
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
        queries = [(query, ()) for query in tpc.own(schema)]
        tap.result(compare(tap, database, queries) >= least,
                   f"{len(queries)} queries of our own over {schema}")
        official = tpc.official(schema)
        if official:
            count = compare(tap, database,
                            [(query, ()) for query in official], True)
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
        f"SELECT oracle_of_view({harness.quoted(name)}, "
        f"{array(ONLY_READ.get(name, ()))})" for name in names])
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
        (case.statement, case.only_read())
        for case in cases.known_here(database)[0]
        if re.match(r"\(|SELECT|WITH|TABLE|VALUES", case.statement)
        and not NOT_COMPARABLE.search(case.statement)], may_be_no_view=True)
    tap.result(count > 150, "most cases can be a view")
    system_views(tap, database)
    tpc_queries(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
