"""Run the tests of a built tree and count them.

    run.py --work DIR --pg-config PRIVATE_PG_CONFIG [--stress] [--only SUITES]
           [--match PATTERN] [--results DIR] [--build-log FILE]

--results keeps what the SQL tests printed (for expected/).  The tree is the one this file lies in.  The last line printed is
"N passed, N failed", with ", N skipped" behind it where something was
skipped; each skip is named above it.  Exit status 0 means that something ran
and nothing failed.
"""

import argparse
import dataclasses
import fnmatch
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time

import servers
import suites
import tap

# What of our own environment a test must not see: other people's servers,
# credentials and proxies, and locales that change messages.
FOREIGN = re.compile(r"(PG|AWS_|PERL|PYTHON|NODE_|LC_)|LANGUAGE$|.*_proxy$",
                     re.I)


@dataclasses.dataclass
class Result:
    """A test that ran."""

    test: suites.Test
    outcome: tap.Outcome
    output: str
    seconds: float


def parse_arguments():
    """Read the command line."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--work", required=True)
    parser.add_argument("--pg-config", required=True)
    parser.add_argument("--stress", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--match", default="")
    parser.add_argument("--results", default="")
    parser.add_argument("--build-log", default="")
    return parser.parse_args()


def ask(pg_config, option):
    """Return what pg_config says."""
    return subprocess.run([pg_config, option], check=True, text=True,
                          capture_output=True).stdout.strip()


def make_environment(work, bindir, pgxs_test):
    """Return the environment that every test starts from."""
    environment = {key: value for key, value in os.environ.items()
                   if not FOREIGN.match(key)}
    for name in ("tmp", "home", "ports"):
        os.makedirs(f"{work}/{name}", exist_ok=True)
    environment.update(
        PATH=f"{bindir}:{os.environ['PATH']}:/usr/sbin", LANG="C.UTF-8",
        TMPDIR=f"{work}/tmp", HOME=f"{work}/home",
        PG_REGRESS=f"{pgxs_test}/regress/pg_regress",
        PG_CONFIG=f"{bindir}/pg_config", AWS_EC2_METADATA_DISABLED="true",
        NO_COLOR="1")
    return environment


def make_context(arguments):
    """Gather where everything is."""
    tree = os.path.dirname(os.path.dirname(os.path.dirname(
        os.path.abspath(__file__))))
    bindir = ask(arguments.pg_config, "--bindir")
    pgxs = ask(arguments.pg_config, "--pgxs")
    pgxs_test = os.path.normpath(
        os.path.join(os.path.dirname(pgxs), "..", "test"))
    environment = make_environment(arguments.work, bindir, pgxs_test)
    if arguments.stress:
        environment["DATAZONE_STRESS"] = "1"
    return suites.Context(tree, arguments.work, bindir, pgxs_test,
                          environment, arguments.stress, arguments.results)


def is_wanted(test, match):
    """Say whether a test's title or name meets one of the patterns."""
    if not match:
        return True
    return any(fnmatch.fnmatch(test.title(), f"*{pattern}*")
               for pattern in re.split(r"[\s,]+", match.strip()))


def collect(context, arguments):
    """Return the tests to run and the suites that came out empty."""
    only = [name for name in re.split(r"[\s,]+", arguments.only) if name]
    for name in only:
        if name not in suites.SUITES:
            sys.exit(f"no suite \"{name}\"; there are: "
                     + ", ".join(suites.SUITES))
    tests, empty = [], []
    for name, suite in suites.SUITES.items():
        if only and name not in only:
            continue
        found = list(suite(context))
        if not found:
            empty.append(name)
        tests += [test for test in found if is_wanted(test, arguments.match)]
    if not tests and not empty:
        empty.append(arguments.match)
    return tests, empty


def without_successes(text):
    """Leave out what passed, which hides what did not."""
    return "\n".join(line for line in text.splitlines()
                     if not re.match(r"ok\b(?!.*# *TODO)", line))


def report(result):
    """Print one line for a test, and its output if it failed."""
    outcome = result.outcome
    if outcome.failed:
        word = "FAILED"
    elif outcome.passed:
        word = "ok"
    else:
        word = "skipped"
    counts = f"{outcome.passed} passed"
    if outcome.failed:
        counts += f", {outcome.failed} failed"
    if outcome.skipped:
        counts += f", {len(outcome.skipped)} skipped"
    text = ""
    if outcome.failed:
        text += (f"\n===== {result.test.title()}\n"
                 f"{without_successes(result.output).rstrip()}\n")
        for problem in outcome.problems:
            text += f"failed: {problem}\n"
        text += "=====\n\n"
    for reason in outcome.skipped:
        text += f"skipped: {result.test.title()}: {reason}\n"
    print(f"{text}{word:7} {result.test.title():40} {counts}"
          f" ({result.seconds:.1f} s)", flush=True)


def run_all(tests, context):
    """Run the tests, a few at a time; return their results."""
    waiting, done = queue.Queue(), queue.Queue()
    for numbered in enumerate(tests, 1):
        waiting.put(numbered)

    def work():
        while True:
            try:
                number, test = waiting.get_nowait()
            except queue.Empty:
                return
            began = time.monotonic()
            try:
                outcome, output = suites.run_test(test, context, number)
            except Exception as error:  # pylint: disable=broad-except
                outcome, output = tap.Outcome(), ""
                outcome.fail(f"the runner failed: {error!r}")
            done.put(Result(test, outcome, output,
                            time.monotonic() - began))

    # most of them wait most of the time, for a server or a deadline
    for _ in range(2 * max(2, os.cpu_count() or 2)):
        threading.Thread(target=work, daemon=True).start()
    results = []
    while len(results) < len(tests):
        results.append(done.get())
        report(results[-1])
    return results


def build_result(log):
    """Judge the build, which is over: a warning is a failure."""
    text = servers.read_text(log, 1 << 20)
    outcome = tap.Outcome()
    warnings = re.findall(r"^.*\bwarning\b:?.*$", text, re.M | re.I)
    if warnings:
        outcome.fail(f"{len(warnings)} compiler warnings")
    else:
        outcome.passed = 1
    return Result(suites.Test("build", "no warnings", []), outcome, text, 0.0)


def summarise(results, empty):
    """Print the counts; return the exit status."""
    passed = sum(result.outcome.passed for result in results)
    failed = sum(result.outcome.failed for result in results) + len(empty)
    skips = [f"{result.test.title()}: {reason}" for result in results
             for reason in result.outcome.skipped]
    bad = [result.test.title() for result in results if result.outcome.failed]
    print()
    for skip in skips:
        print(f"skipped: {skip}")
    for name in empty:
        print(f"failed: {name}: there is no such test")
    for title in bad:
        print(f"failed: {title}")
    line = f"{passed} passed, {failed} failed"
    if skips:
        line += f", {len(skips)} skipped"
    print(line, flush=True)
    return 0 if passed and not failed else 1


def main():
    """Run what the command line asks for."""
    arguments = parse_arguments()
    context = make_context(arguments)
    results = []
    if arguments.build_log:
        results.append(build_result(arguments.build_log))
        report(results[0])
    tests, empty = collect(context, arguments)
    if any(test.needs_cluster for test in tests):
        template = f"{context.work}/template"
        shutil.rmtree(template, ignore_errors=True)
        servers.make_template(context.bindir, template)
    results += run_all(tests, context)
    return summarise(results, empty)


if __name__ == "__main__":
    sys.exit(main())
