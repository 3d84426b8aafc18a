"""Edges of statements that are captured as they run: captured.txt.

A paragraph is what one session runs, and the edges and notes that its events
tell together (cases.py says how they are written).  "< table = table, ..." are
the inputs of a table's events, and only these; "$" an event's statement, "-"
is none; none said, none compared.
"""

import sys

import cases
import harness

DATABASE = "lineage_captured"
NOTE = ("-", "*", "-", "*", "- -")
CAPTURE = ("SET datazone.capture = 'column'; SET datazone.capture_interval = 0;"
           "\\o /dev/null\n")


def inputs_of(case):
    """Return {(table, input)} as a case says them; None: it does not."""
    if not case.inputs:
        return None
    return {(cases.dataset(table), cases.dataset(name))
            for line in case.inputs for table, _, names in
            [line.partition(" = ")] for name in names.split(", ")}


def told():
    """Return what was told since: edges and notes; inputs; statements."""
    rows = [line.split("\t")
            for line in harness.ask(DATABASE, ["SELECT * FROM told()"])[0]]
    return ({(*row[1:], "") for row in rows if row[0] == "edge"}
            | {(*NOTE, row[1]) for row in rows if row[0] == "note"},
            {(row[1], row[3]) for row in rows if row[0] == "input"},
            sorted(row[1] or "-" for row in rows if row[0] == "text"))


def main():
    """Run each paragraph in a session, and compare what was told."""
    tap = harness.Tap()
    harness.make_database(DATABASE, "captured.sql")
    for case in cases.read_cases("captured.txt"):
        said = harness.psql(["-d", DATABASE], CAPTURE + "".join(
            f"{sql};\n" for sql in [*case.before, case.statement]))
        problems = [line for line in said.splitlines()
                    if "ERROR" in line or "WARNING" in line]
        found, inputs, texts = told()
        expected = inputs_of(case) or inputs
        if case.texts and case.texts != texts:
            problems.append(f"statements: {texts}")
        tap.result(
            found == case.edges and inputs == expected and not problems,
            case.statement, *problems,
            *(f"missing input: {' '.join(pair)}"
              for pair in sorted(expected - inputs)),
            *(f"not expected input: {' '.join(pair)}"
              for pair in sorted(inputs - expected)),
            *(f"missing: {' '.join(edge)}"
              for edge in sorted(case.edges - found)),
            *(f"not expected: {' '.join(edge)}"
              for edge in sorted(found - case.edges)))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
