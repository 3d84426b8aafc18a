"""Statements with their exact edges: cases/*.txt, written from the meaning
of SQL, compared with datazone_explain_lineage().

A paragraph is a statement, and its edges: "> column = KIND source, ..." for
one target column, "> * = ..." for the row set, "! text" for what is
unresolved.  Schema "public" is left out.  What has no edges takes nothing.
"@ SQL" comes before: settings, a role, a statement to be prepared.  "% 17"
says that only PostgreSQL 17 and later know such a statement.
"""

import dataclasses
import glob
import os
import re
import sys

import harness

KINDS = {
    "ID": "DIRECT IDENTITY", "TR": "DIRECT TRANSFORMATION",
    "AG": "DIRECT AGGREGATION", "JOIN": "INDIRECT JOIN",
    "FILTER": "INDIRECT FILTER", "GROUP": "INDIRECT GROUP_BY",
    "SORT": "INDIRECT SORT", "WINDOW": "INDIRECT WINDOW",
    "COND": "INDIRECT CONDITIONAL", "NONE": "INDIRECT -",
}
TABLES = set(re.findall(
    r"CREATE (?:(?:FOREIGN )?TABLE|(?:MATERIALIZED )?VIEW) ([\w.]+)",
    harness.read("schema.sql"))) | {"fresh"}

EXPLAIN = """SELECT coalesce(target, '-'), coalesce(target_column, '*'),
    coalesce(source, '-'), coalesce(source_column, '*'),
    coalesce(type, '-') || ' ' || coalesce(subtype, '-'),
    coalesce(unresolved, '')
FROM datazone_explain_lineage({query})"""


def dataset(name):
    """Return a relation's name with its schema."""
    return name if "." in name else f"public.{name}"


def column_of(name):
    """Return (dataset, column) of a source as a case writes it."""
    if name in TABLES:
        return dataset(name), "*"
    table, _, column = name.rpartition(".")
    return dataset(table), column


def edges_of(line):
    """Yield the edges that a line of a case names."""
    left, _, right = line.partition(" = ")
    target, column = ("-", left) if "." not in left else left.rsplit(".", 1)
    if target != "-":
        target = dataset(target)
    for item in right.split(", "):
        kind, source = item.split()
        yield (target, column, *column_of(source), KINDS[kind], "")


@dataclasses.dataclass
class Case:
    """A statement, its edges, and what is run before it."""

    statement: str
    edges: set
    before: list
    since: int = 0
    inputs: list = dataclasses.field(default_factory=list)
    texts: list = dataclasses.field(default_factory=list)

    def only_read(self):
        """Return the columns that nothing is derived from."""
        return sorted(f"{edge[2]}.{edge[3]}" for edge in self.edges
                      if edge[4] == KINDS["NONE"] and edge[3] != "*")

    def script(self):
        """Return SQL that answers with the statement's edges."""
        before = "".join(f"{sql};\n" for sql in self.before)
        after = ";\nRESET ROLE; RESET ALL; DEALLOCATE ALL"
        return (before + EXPLAIN.format(query=harness.quoted(self.statement))
                + (after if before else ""))


def read_cases(path):
    """Yield the cases of a file."""
    for paragraph in re.split(r"\n\s*\n", harness.read(path)):
        lines = [line for line in paragraph.splitlines()
                 if line and not line.startswith("#")]
        statement = "\n".join(line for line in lines if line[0] not in "><!@%$")
        edges = set()
        since = 0
        for line in lines:
            if line[0] == "%":
                since = int(line[2:])
            elif line[0] == ">":
                edges.update(edges_of(line[2:]))
            elif line[0] == "!":
                edges.add(("-", "*", "-", "*", "- -", line[2:]))
        if statement:
            yield Case(statement, edges,
                       [line[2:] for line in lines if line[0] == "@"], since,
                       [line[2:] for line in lines if line[0] == "<"],
                       [line[2:] for line in lines if line[0] == "$"])


def all_cases():
    """Return the cases of all files."""
    return [case for path in sorted(glob.glob(f"{harness.HERE}/cases/*.txt"))
            for case in read_cases(os.path.relpath(path, harness.HERE))]


def known_here(database):
    """Return the cases that this server's version knows, and other versions."""
    version = int(harness.ask(database, [
        "SELECT current_setting('server_version_num')::int / 10000"])[0][0])
    cases = all_cases()
    return ([case for case in cases if case.since <= version],
            [case for case in cases if case.since > version])


def answered(lines):
    """Return the edges in an answer; the target of a note does not count."""
    edges = set()
    for line in lines:
        fields = (line.split("\t") + [""] * 6)[:6]
        if fields[5]:
            fields[:2] = "-", "*"
        edges.add(tuple(fields))
    return edges


def main():
    """Compare every case."""
    tap = harness.Tap()
    harness.make_database("lineage_cases", "schema.sql")
    cases, unknown = known_here("lineage_cases")
    answers = harness.ask("lineage_cases", [case.script() for case in cases])
    for case, lines in zip(cases, answers):
        expected = case.edges
        found = answered(lines)
        # outputs of a bare SELECT may have the same name
        repeated = {line for line in lines
                    if lines.count(line) > 1 and line[0] != "-"}
        tap.result(
            found == expected and not repeated, case.statement,
            *(f"missing: {' '.join(edge)}"
              for edge in sorted(expected - found)),
            *(f"not expected: {' '.join(edge)}"
              for edge in sorted(found - expected)),
            *(f"more than once: {line}" for line in sorted(repeated)))
    for case in unknown:
        tap.skip(case.statement, f"PostgreSQL {case.since} knows it")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
