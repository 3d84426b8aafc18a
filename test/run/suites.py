"""Which tests there are, and how each is run.

A suite is a function that yields its tests; a test is one program run with
its servers.  A new kind of test is one more function in SUITES.
"""

import contextlib
import dataclasses
import glob
import os
import re
import shutil
import subprocess
import typing

import servers
import tap

# Nothing waits longer for one program.  Long runs belong in `make stress`.
TIMEOUT_SECONDS = 300
STRESS_TIMEOUT_SECONDS = 3600

NODE_MAJOR = 20


@dataclasses.dataclass
class Context:
    """Where everything is."""

    tree: str
    work: str
    bindir: str
    pgxs_test: str
    environment: dict
    stress: bool = False
    # Where to keep what the SQL tests printed, if anywhere.
    results: str = ""

    def timeout(self):
        """Return the seconds that one program may take."""
        return STRESS_TIMEOUT_SECONDS if self.stress else TIMEOUT_SECONDS


@dataclasses.dataclass
class Test:
    """One program to run, and what it needs."""

    suite: str
    name: str
    command: list
    reader: typing.Callable = tap.read_tap
    needs_cluster: bool = False
    needs_simulator: bool = False
    skip: str = ""
    environment: dict = dataclasses.field(default_factory=dict)
    settings: tuple = ()
    # Files to show when it fails, beside its output, and files to keep.
    evidence: tuple = ()
    results: str = ""

    def title(self):
        """Return the name under which results are printed."""
        return f"{self.suite}/{self.name}"


def stems(pattern):
    """Return the names of matching files, without directory and ending."""
    return sorted(os.path.splitext(os.path.basename(path))[0]
                  for path in glob.glob(pattern))


def has_make_target(directory, target):
    """Say whether a directory has a Makefile with this target."""
    text = servers.read_text(f"{directory}/Makefile", 1 << 20)
    return re.search(rf"^{target}\b.*:", text, re.M) is not None


def make_suite(context, suite, target, reader=tap.read_tap):
    """Yield the suite that a Makefile in test/ runs as a whole."""
    directory = f"{context.tree}/test/{suite}"
    if has_make_target(directory, target):
        yield Test(suite, target,
                   ["make", "-s", "--no-print-directory", "-C", directory,
                    target], reader)


def unit(context):
    """C programs that link no server."""
    return make_suite(context, "unit", "check")


def fuzz(context):
    """The fuzzers' kept corpus and a few seconds of new input; at length a
    test for each of them, as together they would take hours."""
    if not context.stress:
        yield from make_suite(context, "fuzz", "smoke")
        return
    directory = f"{context.tree}/test/fuzz"
    names = subprocess.run(["python3", "-B", f"{directory}/run.py", "--list"],
                           capture_output=True, text=True,
                           check=True).stdout.split()
    for name in names:
        yield Test("fuzz", name,
                   ["make", "-s", "--no-print-directory", "-C", directory,
                    "long", f"TARGETS={name}"])


def model(context):
    """The generated table of operations against its source."""
    return make_suite(context, "model", "check")


def python_tests(suite, directory):
    """Yield the unittest files below a directory."""
    for path in sorted(glob.glob(f"{directory}/**/test_*.py",
                                 recursive=True)):
        start, file = os.path.split(path)
        yield Test(suite, os.path.splitext(file)[0],
                   ["python3", "-B", "-m", "unittest", "discover", "-v",
                    "-s", start, "-p", file],
                   tap.read_unittest)


def simulator(context):
    """The simulator's own tests."""
    return python_tests("simulator", f"{context.tree}/test/simulator")


def runner(context):
    """The tests of what counts the tests."""
    return python_tests("runner", f"{context.tree}/test/run")


def run_pg_regress(context, program, name, inputdir, suite, **needs):
    """Make the test of one pg_regress or isolation file."""
    out = f"{context.work}/{suite}/{name}"
    os.makedirs(out)
    return Test(suite, name,
                [f"{context.pgxs_test}/{program}", f"--inputdir={inputdir}",
                 f"--outputdir={out}", f"--bindir={context.bindir}",
                 f"--dbname={suite}", f"--user={servers.SUPERUSER}",
                 "--encoding=UTF8", name],
                tap.read_status, needs_cluster=True, needs_simulator=True,
                evidence=(f"{out}/regression.diffs",
                          f"{out}/output_iso/regression.diffs"),
                results=f"{out}/**/{name}.out", **needs)


def settings_of(path):
    """Return the server settings that a file asks for.

    A line "-- setting: NAME = VALUE" of its own is one ("#" where that
    begins a comment); the file's cluster is started with it.
    """
    return tuple(
        f"{name}={value}" for name, value in re.findall(
            r"^(?:--|#) setting: *([\w.]+) *= *(.*?) *$",
            servers.read_text(path, 1 << 20), re.M))


def regress(context):
    """What SQL sees, against expected/."""
    for name in stems(f"{context.tree}/sql/*.sql"):
        yield run_pg_regress(
            context, "regress/pg_regress", name, context.tree, "regress",
            settings=settings_of(f"{context.tree}/sql/{name}.sql"))


def isolation(context):
    """Sessions that get in each other's way."""
    for name in stems(f"{context.tree}/test/specs/*.spec"):
        yield run_pg_regress(
            context, "isolation/pg_isolation_regress", name,
            f"{context.tree}/test", "isolation",
            settings=settings_of(f"{context.tree}/test/specs/{name}.spec"))


def perl(context):
    """The TAP tests; their clusters and simulators are their own."""
    for name in stems(f"{context.tree}/test/t/*.pl"):
        out = f"{context.work}/tap/{name}"
        yield Test("tap", name,
                   ["perl", "-I", f"{context.pgxs_test}/perl",
                    "-I", f"{context.tree}/test/perl",
                    f"{context.tree}/test/t/{name}.pl"],
                   environment={
                       "TESTDIR": out,
                       "TESTDATADIR": f"{out}/tmp_check",
                       "TESTLOGDIR": f"{out}/tmp_check/log",
                       "PG_TEST_PORT_DIR": f"{context.work}/ports"},
                   evidence=(f"{out}/tmp_check/log/regress_log_{name}",))


def node_problem(directory):
    """Say why the official SDK cannot run here, or nothing."""
    node = shutil.which("node")
    if node is None:
        return f"no Node.js here (version {NODE_MAJOR} or later is needed)"
    version = subprocess.run([node, "--version"], capture_output=True,
                             text=True, check=False).stdout.strip()
    major = re.match(r"v(\d+)", version)
    if major is None or int(major.group(1)) < NODE_MAJOR:
        return f"Node.js here is {version}; {NODE_MAJOR} or later is needed"
    return ""


def conformance(context):
    """The official SDK against the simulator, and SQL against the SDK.

    A file whose name begins with "sql_" talks to a PostgreSQL of its own and
    answers its requests itself; the others talk to a simulator.
    """
    directory = f"{context.tree}/test/conformance"
    problem = node_problem(directory)
    for path in sorted(glob.glob(f"{directory}/*.test.mjs")):
        name = os.path.basename(path).removesuffix(".test.mjs")
        is_sql = name.startswith("sql_")
        yield Test("conformance", name, ["node", path],
                   needs_cluster=is_sql, needs_simulator=not is_sql,
                   skip=problem)


def lineage(context):
    """Edges of statements: by hand, by pg_depend, at random, captured."""
    capture = ("shared_preload_libraries=datazone",
               "datazone.databases=no_worker_here",
               "datazone.dataset_namespace=postgres://db.example:5432")
    for name, settings in (("cases", ()), ("dependencies", ()),
                           ("at_random", ()), ("captured", capture)):
        yield Test("lineage", name,
                   ["python3", "-B", f"{context.tree}/test/lineage/{name}.py"],
                   needs_cluster=True, settings=settings)


def doc(context):
    """The documents: examples, signatures, links, IAM policies."""
    yield Test("doc", "check",
               ["python3", "-B", f"{context.tree}/test/doc/check.py"])


# The fuzzers take a fixed time, at a low priority: begun first, they end while
# the others are still at it.
SUITES = {
    "fuzz": fuzz,
    "tap": perl,
    "regress": regress,
    "isolation": isolation,
    "conformance": conformance,
    "unit": unit,
    "model": model,
    "simulator": simulator,
    "runner": runner,
    "lineage": lineage,
    "doc": doc,
}


def run_program(test, context, directory, environment):
    """Run a test's command; return its output and exit status."""
    path = f"{directory}/output"
    with open(path, "wb") as out:
        try:
            status = subprocess.run(
                test.command, cwd=context.tree, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, env=environment,
                timeout=context.timeout(), check=False).returncode
        except subprocess.TimeoutExpired:
            out.write(b"\nkilled: it took too long\n")
            status = -1
    return servers.read_text(path, 1 << 24), status


def evidence_of(test):
    """Return the files that explain a failure; new SQL tests have no diff."""
    paths = [path for path in test.evidence
             if os.path.exists(path) and os.path.getsize(path)]
    if not paths and test.results:
        paths = glob.glob(test.results, recursive=True)
    return "".join(f"\n--- {path}\n{servers.read_text(path)}"
                   for path in paths)


def run_test(test, context, number):
    """Run one test with its servers; return its outcome and its output."""
    if test.skip:
        return tap.Outcome(skipped=[test.skip]), ""
    directory = f"{context.work}/{number}"
    os.makedirs(directory)
    environment = dict(context.environment, **test.environment)
    for key in ("TESTDIR", "TESTDATADIR", "TESTLOGDIR"):
        if key in environment:
            os.makedirs(environment[key], exist_ok=True)
    try:
        with contextlib.ExitStack() as stack:
            command = list(test.command)
            if test.needs_simulator:
                environment["DATAZONE_SIMULATOR"] = stack.enter_context(
                    servers.simulator(context.tree, directory))
            if test.needs_cluster:
                socket = stack.enter_context(servers.cluster(
                    context.bindir, f"{context.work}/template",
                    f"{directory}/pg", test.settings))
                environment.update(PGHOST=socket, PGPORT="5432",
                                   PGUSER=servers.SUPERUSER)
            text, status = run_program(
                dataclasses.replace(test, command=command), context,
                directory, environment)
    except servers.StartError as error:
        outcome = tap.Outcome()
        outcome.fail("a server that it needs did not start")
        return outcome, str(error)
    outcome = test.reader(text, status)
    if context.results and test.results:
        for path in glob.glob(test.results, recursive=True):
            shutil.copy(path, context.results)
    if outcome.failed:
        text += evidence_of(test)
    return outcome, text
