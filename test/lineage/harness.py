"""What the lineage tests share: one psql for many statements, and TAP.

Every statement is followed by a marker, so that an answer, be it rows or an
error, belongs to its statement; one session serves thousands of them.
"""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
MARK = "=== answer"

# Of the session, so that RESET ALL brings them back.
OPTIONS = "-c client_min_messages=error -c jit=off"


def read(name):
    """Return the text of a file beside this one."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


def quoted(text):
    """Return text as an SQL literal."""
    return "$query$" + text + "$query$"


def psql(arguments, script):
    """Run a script with psql; return what it printed, errors too."""
    return subprocess.run(
        ["psql", "-XqAt", "-F", "\t", *arguments], input=script, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False).stdout


def make_database(name, *files):
    """Make a database with the extension and what these files create."""
    psql(["-d", "postgres", "-c", f"CREATE DATABASE {name}"], "")
    for script in ["CREATE EXTENSION datazone;", *map(read, files)]:
        said = psql(["-d", name, "-v", "ON_ERROR_STOP=1"], script)
        if "ERROR" in said:
            raise SystemExit(f"Bail out!  {said}")


def ask(database, statements):
    """Return the lines that each of the statements answers."""
    script = "".join(
        f"{statement};\n\\echo {MARK}\n" for statement in statements)
    answers = psql(["-d", f"dbname={database} options='{OPTIONS}'"],
                   script).split(MARK + "\n")
    answers += [""] * (len(statements) + 1 - len(answers))
    return [[line for line in answer.splitlines() if line]
            for answer in answers[:len(statements)]]


class Tap:
    """Prints results; only what failed says more than its name."""

    def __init__(self):
        self.count = self.failed = 0

    def result(self, passed, name, *details):
        """Print one result."""
        self.count += 1
        self.failed += not passed
        name = " ".join(name.split()).replace("#", "\\#")[:160]
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}")
        if not passed:
            for detail in details:
                print("".join(f"# {line}\n" for line in detail.splitlines()),
                      end="")

    def skip(self, name, why):
        """Print a result that nobody knows."""
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")

    def done(self):
        """Print the plan; return the exit status."""
        print(f"1..{self.count}", flush=True)
        return 1 if self.failed else 0
