"""Edges of statements that are captured as they run: captured.txt.

A paragraph is what one session runs, and the edges that its events tell
together (cases.py says how they are written).
"""

import sys

import cases
import harness

DATABASE = "lineage_captured"
CAPTURE = ("SET datazone.capture = 'column'; SET datazone.capture_interval = 0;"
           "\\o /dev/null\n")


def main():
    """Run each paragraph in a session, and compare what was told."""
    tap = harness.Tap()
    harness.make_database(DATABASE, "captured.sql")
    for case in cases.read_cases("captured.txt"):
        said = harness.psql(["-d", DATABASE], CAPTURE + case.statement + ";\n")
        problems = [line for line in said.splitlines()
                    if "ERROR" in line or "WARNING" in line]
        lines = harness.ask(DATABASE, ["SELECT * FROM told()"])[0]
        found = {(*line.split("\t"), "") for line in lines}
        tap.result(
            found == case.edges and not problems, case.statement, *problems,
            *(f"missing: {' '.join(edge)}"
              for edge in sorted(case.edges - found)),
            *(f"not expected: {' '.join(edge)}"
              for edge in sorted(found - case.edges)))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
