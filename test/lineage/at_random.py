"""Random queries: pg_depend equality, and edges checked by data.

DATAZONE_LINEAGE_SEED chooses other queries than the usual ones,
DATAZONE_LINEAGE_QUERIES another number of them.
"""

import os
import re
import sys

import generator
import harness

QUERIES = int(os.environ.get("DATAZONE_LINEAGE_QUERIES")
              or (20000 if os.environ.get("DATAZONE_STRESS") else 500))
CHUNK = 100
DATABASE = "lineage_random"
CHECKS = ("oracle(%s, NULL)", "data_check(%s)", "influence_check(%s)",
          "read_check(%s)")


def problems_of(query, answers):
    """Return what is wrong with a query's edges, and how many were seen."""
    by_server, by_data, *by_change = (" ".join(lines) for lines in answers)
    answer = re.fullmatch(r"(.*)\t(\d+)", by_data)
    problem, seen = answer.groups() if answer else (by_data, 0)
    found = [text for text in (by_server, problem, *by_change)
             if text != "equal"]
    return [f"{'; '.join(found)}: {query}"] if found else [], int(seen)


def main():
    """Check each query in four ways; report each hundred as one result."""
    tap = harness.Tap()
    harness.make_database(DATABASE, "twenty_tables.sql", "oracle.sql")
    seed = int(os.environ.get("DATAZONE_LINEAGE_SEED") or 7)
    make = generator.Generator(seed)
    seen = 0
    for start in range(0, QUERIES, CHUNK):
        queries = [make.query(make.random.randint(0, 2), [],
                              make.random.randint(1, 4))[0]
                   for _ in range(min(CHUNK, QUERIES - start))]
        answers = harness.ask(DATABASE, ["SET statement_timeout = '60s'"] + [
            "SELECT * FROM " + check % harness.quoted(query)
            for query in queries for check in CHECKS])[1:]
        wrong = []
        for index, query in enumerate(queries):
            problems, changes = problems_of(
                query, answers[index * len(CHECKS):][:len(CHECKS)])
            wrong += problems
            seen += changes
        tap.result(not wrong, f"seed {seed}, queries {start + 1} to "
                   f"{start + len(queries)}", *wrong)
    tap.result(seen >= QUERIES // 2,
               f"{seen} IDENTITY edges were seen to carry a change")
    asked = harness.ask(DATABASE, ["SELECT last_value FROM columns_asked"])[0]
    tap.result(int(asked[0]) >= QUERIES // 4,
               f"{asked[0]} columns were seen to change only what edges say")
    asked = harness.ask(DATABASE, ["SELECT last_value FROM only_read_asked"])[0]
    tap.result(int(asked[0]) >= QUERIES // 20,
               f"{asked[0]} tables with columns that are only read were seen "
               "to change nothing")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
