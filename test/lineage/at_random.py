"""Random queries: pg_depend equality, and IDENTITY edges checked by data.

DATAZONE_LINEAGE_SEED chooses other queries than the usual ones.
"""

import os
import sys

import generator
import harness

QUERIES = 20000 if os.environ.get("DATAZONE_STRESS") else 500
CHUNK = 500
DATABASE = "lineage_random"


def main():
    """Ask twice about each query; report each hundred as one result."""
    tap = harness.Tap()
    harness.make_database(DATABASE, "twenty_tables.sql", "oracle.sql")
    seed = int(os.environ.get("DATAZONE_LINEAGE_SEED", "7"))
    make = generator.Generator(seed)
    for start in range(0, QUERIES, CHUNK):
        queries = [make.query(make.random.randint(0, 2), [],
                              make.random.randint(1, 4))
                   for _ in range(CHUNK)]
        answers = harness.ask(DATABASE, [
            f"{statement}({harness.quoted(query)})" for query in queries
            for statement in ("SET statement_timeout = '20s'; SELECT oracle",
                              "SELECT data_check")])
        said = [" ".join(lines) for lines in answers]
        for number in range(0, CHUNK, 100):
            wrong = [f"{problem}: {queries[index // 2]}" for index, problem
                     in enumerate(said[2 * number:2 * number + 200],
                                  2 * number) if problem != "equal"]
            tap.result(not wrong, f"seed {seed}, queries {start + number + 1} "
                       f"to {start + number + 100}", *wrong)
    seen = harness.ask(DATABASE, ["SELECT last_value FROM edges_seen"])[0]
    tap.result(int(seen[0]) >= QUERIES // 2,
               f"{seen[0]} IDENTITY edges were seen to carry a change")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
