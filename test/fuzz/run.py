"""Build the fuzzers, run each for a while, and say how it went (TAP).

    run.py --build DIR --pg-config PG_CONFIG [--seconds N] [--targets NAMES]
    run.py --build DIR --pg-config PG_CONFIG --targets NAME --input FILE
           [--options "libFuzzer's options"]
    run.py --list

Targets of pure/ are programs.  Those of server/ run inside a PostgreSQL in
single-user mode, on a cluster that is made for it and goes away; under root
as the user that owns PostgreSQL's files.  Of a failure the output and the
input are printed, as the directory may be gone when somebody reads it.
"""

import argparse
import base64
import contextlib
import dataclasses
import fcntl
import glob
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.normpath(os.path.join(HERE, "..", ".."))

# An input that takes so long is a failure, and so is a hang at the end.
UNIT_SECONDS = 10
END_SECONDS = 120

SHOWN_LINES = 60
SHOWN_BYTES = 8192
FAILURE = re.compile(r"ERROR: |runtime error: |does not hold: ")

# A gigabyte is far above what the sanitizer and any input need.
OPTIONS = ["-print_final_stats=1", f"-timeout={UNIT_SECONDS}",
           "-rss_limit_mb=1024"]
MAX_LENGTH = {"sigv4": 2048, "server": 16384}

SANITIZERS = {
    "ASAN_OPTIONS": "quarantine_size_mb=32:malloc_context_size=20",
    "UBSAN_OPTIONS": "print_stacktrace=1"}


@dataclasses.dataclass
class Target:
    """One fuzzer."""

    name: str
    corpus: str
    # Of those in a server: the target's name there, and its database.
    function: str = ""
    database: str = ""


TARGETS = [Target(name, name) for name in
           ("timestamp", "uri", "endpoint", "errorcode", "retry", "sigv4",
            "headers", "profile", "xml", "credentials", "metadata")]
TARGETS += [
    Target("json", "json", "json", "datazone"),
    Target("response", "response", "response", "datazone"),
    Target("response_eucjp", "response", "response", "eucjp"),
    Target("response_shapes", "response_shapes", "response", "shapes"),
    Target("request", "request", "request", "datazone"),
    Target("request_eucjp", "request", "request", "eucjp"),
    Target("request_shapes", "request_shapes", "request", "shapes")]

# Each with the functions of one module.
DATABASES = {"datazone": ("UTF8", "datazone"), "eucjp": ("EUC_JP", "datazone"),
             "shapes": ("UTF8", "shapes")}


class Failure(Exception):
    """Something other than a fuzzer failed; the text says what."""


# -- the compiler ------------------------------------------------------------

@dataclasses.dataclass
class Compiler:
    """A clang with libFuzzer, and its libraries for the server's module."""

    command: str
    fuzzer_library: str
    sanitizer: str
    symbolizer: str


def candidates(pg_config):
    """Yield compilers to try: the usual one, PostgreSQL's, versioned ones."""
    yield os.environ.get("CLANG", "")
    yield "clang"
    pgxs = ask(pg_config, "--pgxs")
    makefile = os.path.join(os.path.dirname(pgxs), "..", "Makefile.global")
    with contextlib.suppress(OSError), open(makefile,
                                            encoding="utf-8") as file:
        match = re.search(r"^CLANG\s*=\s*(\S+)", file.read(), re.M)
        if match:
            yield match.group(1)
    found = glob.glob("/usr/bin/clang-[0-9]*")
    yield from sorted((path for path in found
                       if re.search(r"clang-\d+$", path)),
                      key=lambda path: -int(path.rsplit("-", 1)[1]))


def find_compiler(pg_config):
    """Return a Compiler, or the reason why there is none."""
    reason = "no clang here"
    for command in candidates(pg_config):
        if not command or not shutil.which(command):
            continue
        resources = ask(command, "-print-resource-dir")
        fuzzer = first(f"{resources}/lib/*/libclang_rt.fuzzer_no_main*",
                       ".a")
        sanitizer = first(f"{resources}/lib/*/libclang_rt.asan*", ".so")
        if fuzzer and sanitizer:
            return Compiler(command, fuzzer, sanitizer, ask(
                command, "-print-prog-name=llvm-symbolizer")), ""
        version = re.search(r"\d+", ask(command, "-dumpversion")).group(0)
        reason = (f"{command} here has no libFuzzer "
                  f"(Debian: libclang-rt-{version}-dev)")
    return None, reason


def first(pattern, ending):
    """Return a file for this machine's processor, or nothing."""
    machine = os.uname().machine
    for path in sorted(glob.glob(pattern + ending)):
        name = os.path.basename(path)
        if machine in path and not re.search(r"hwasan|cxx|preinit|static",
                                             name):
            return path
        # with a directory for each target, names have no processor
        if re.fullmatch(r"libclang_rt\.(asan|fuzzer_no_main)\.(so|a)", name):
            return path
    return ""


def ask(*command):
    """Return what a command says."""
    return subprocess.run(command, check=True, text=True,
                          capture_output=True).stdout.strip()


def build(options, compiler, targets):
    """Build what the targets need; two at once must not."""
    goals = set("server" if target.function else
                f"{options.build}/{target.name}" for target in targets)
    os.makedirs(options.build, exist_ok=True)
    with open(f"{options.build}/lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            ["make", "-s", "--no-print-directory", "-j2", *sorted(goals),
             f"BUILD={options.build}", f"PG_CONFIG={options.pg_config}",
             f"CLANG={compiler.command}",
             f"FUZZER_LIBRARY={compiler.fuzzer_library}"],
            cwd=HERE, check=False, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={key: value for key, value in os.environ.items()
                 if not key.startswith(("MAKE", "MFLAGS"))})
    if done.returncode:
        raise Failure(done.stdout)


def clean_environment(compiler):
    """Return our environment with nothing that would change a run."""
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith("PG")}
    environment.update(SANITIZERS, LC_ALL="C")
    if os.path.isabs(compiler.symbolizer):
        environment["ASAN_SYMBOLIZER_PATH"] = compiler.symbolizer
    return environment


# -- the server --------------------------------------------------------------

def server_user():
    """Return whom PostgreSQL runs as where we are root."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def give_to_server_user(path):
    """Let that user write to a directory of ours."""
    if os.geteuid() == 0:
        os.chown(path, server_user().pw_uid, server_user().pw_gid)


class Server:
    """A cluster for single-user mode, whose user is not root."""

    def __init__(self, directory, options, compiler):
        self.directory = directory
        self.bindir = ask(options.pg_config, "--bindir")
        # every process that loads a module needs them
        self.environment = dict(clean_environment(compiler), LD_PRELOAD=(
            f"{compiler.sanitizer} {directory}/preload.so"))
        # what a server still holds at its end is not lost
        self.environment["ASAN_OPTIONS"] += ":detect_leaks=0"
        self.account = {}
        if os.geteuid() == 0:
            owner = server_user()
            self.account = {"user": owner.pw_uid, "group": owner.pw_gid,
                            "extra_groups": []}
        give_to_server_user(directory)
        # the tree may be readable by root alone
        for name in ("datazone.so", "shapes.so", "preload.so"):
            shutil.copy(f"{options.build}/{name}", directory)
        self.check([f"{self.bindir}/initdb", "-D", f"{directory}/data",
                    "-U", "postgres", "-A", "trust", "-E", "UTF8",
                    "--no-locale", "--no-sync"])
        self.make_databases()

    def check(self, command, text="", environment=None):
        """Run a command as the server's user; it must succeed."""
        done = subprocess.run(command, input=text, check=False, text=True,
                              stdout=subprocess.PIPE, cwd=self.directory,
                              stderr=subprocess.STDOUT, env=environment,
                              **self.account)
        if done.returncode or "ERROR:" in done.stdout:
            raise Failure(done.stdout)

    def single(self, database):
        """Return the command of a server in single-user mode."""
        return [f"{self.bindir}/postgres", "--single", "-j",
                "-D", f"{self.directory}/data", "-c", "fsync=off",
                "-c", "lc_messages=C", database]

    def make_databases(self):
        """Make the databases, each with the extension's own declarations."""
        self.check(self.single("postgres"), "".join(
            f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0;"
            "\n\n" for name, (encoding, _) in DATABASES.items()))
        for name, (_, module) in DATABASES.items():
            self.check(self.single(name), self.declarations(module),
                       self.environment)

    def declarations(self, module):
        """Return the types, and the functions that are in a module."""
        path = f"{self.directory}/{module}.so"
        with open(path, "rb") as file:
            symbols = file.read()
        with open(f"{TREE}/datazone--1.0.sql", encoding="utf-8") as file:
            statements = re.findall(
                r"^CREATE (?:TABLE|TYPE|FUNCTION)\b.*?;$", file.read(),
                re.M | re.S)
        statements.append("CREATE FUNCTION datazone_fuzz(text, text[]) RETURNS"
                          " void AS 'MODULE_PATHNAME', 'datazone_fuzz'"
                          " LANGUAGE C;")
        text = ""
        for statement in statements:
            symbol = re.search(r"'MODULE_PATHNAME', '(\w+)'", statement)
            if symbol is None and statement.startswith("CREATE FUNCTION"):
                continue  # in SQL: no C asks for it
            if symbol is None or b"\0%b\0" % symbol.group(1).encode() \
                    in symbols:
                text += f"{statement}\n\n"
        return text.replace("@extschema@", "public").replace(
            "MODULE_PATHNAME", path)

    def script(self, target, arguments):
        """Return the SQL that hands a target over to libFuzzer."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(f"{self.directory}/data/postmaster.pid")
        quoted = ", ".join("'" + argument.replace("'", "''") + "'"
                           for argument in arguments)
        return (f"SELECT datazone_fuzz('{target.function}', "
                f"ARRAY[{quoted}]);\n\n")


# -- running -----------------------------------------------------------------

class Runner:
    """Runs targets in a directory of their own."""

    def __init__(self, directory, options, compiler):
        self.directory = directory
        self.options = options
        self.compiler = compiler
        self.server = None

    def run(self, target, arguments, seconds):
        """Run a target with libFuzzer's arguments; return status, output."""
        account, text = {}, ""
        environment = clean_environment(self.compiler)
        if target.function:
            server = self.get_server()
            account, environment = server.account, server.environment
            command = server.single(target.database)
            text = server.script(target, arguments)
        else:
            command = [f"{self.options.build}/{target.name}", *arguments]
        try:
            done = subprocess.run(
                command, input=text.encode(), check=False,
                cwd=self.directory, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, env=environment,
                timeout=seconds + END_SECONDS, **account)
        except subprocess.TimeoutExpired as error:
            return -1, (error.stdout or b"").decode(errors="replace") + \
                "\nkilled: it did not end\n"
        return done.returncode, done.stdout.decode(errors="replace")

    def get_server(self):
        """Make the cluster when it is first needed; it may fail only once."""
        if self.server is None:
            try:
                self.server = Server(self.directory, self.options,
                                     self.compiler)
            except (Failure, OSError, KeyError,
                    subprocess.CalledProcessError) as error:
                self.server = Failure(f"the server was not made: {error}")
        if isinstance(self.server, Failure):
            raise self.server
        return self.server

    def fuzz(self, target):
        """Run a target on its corpus and on new inputs; return a result."""
        new = self.make_directory(f"{target.name}.new")
        found = self.make_directory(f"{target.name}.found")
        kept = f"{self.directory}/{target.corpus}.kept"
        if not os.path.isdir(kept):
            shutil.copytree(f"{HERE}/corpus/{target.corpus}", kept)
        arguments = [f"-max_total_time={self.options.seconds}",
                     f"-artifact_prefix={found}/", *OPTIONS,
                     *self.more_options(target), new, kept]
        status, output = self.run(target, arguments, self.options.seconds)
        inputs = sorted(glob.glob(f"{found}/*"))
        count = re.search(r"stat::number_of_executed_units: (\d+)", output)
        rate = re.search(r"stat::average_exec_per_sec: +(\d+)", output)
        if status == 0 and not inputs and count and int(count.group(1)) > 0:
            return (f"{count.group(1)} inputs, {rate.group(1)} a second", "",
                    [])
        return "", output, inputs

    def more_options(self, target):
        """Return what depends on the target, dictionary and length."""
        kind = "server" if target.function else target.name
        options = [f"-max_len={MAX_LENGTH.get(kind, 1024)}"]
        if target.function:
            words = shutil.copy(f"{HERE}/words.dict", self.directory)
            options.append(f"-dict={words}")
        return options

    def make_directory(self, name):
        """Make a directory that the server's user can write to."""
        path = f"{self.directory}/{name}"
        os.makedirs(path)
        give_to_server_user(path)
        return path


def telling_lines(output):
    """Return the lines of an output that say what failed: behind the first
    of a known kind, or the last ones."""
    lines = [line for line in output.splitlines()
             if not re.match(r"#\d+\s|\s*NEW_FUNC", line)]
    for number, line in enumerate(lines):
        if FAILURE.search(line):
            return lines[number:number + SHOWN_LINES]
    return lines[-SHOWN_LINES:]


def report(number, target, result):
    """Print a target's point; return whether it passed."""
    summary, output, inputs = result
    if summary:
        print(f"ok {number} - {target.name}: {summary}", flush=True)
        return True
    print(f"not ok {number} - {target.name}")
    for line in telling_lines(output):
        print(f"#   {line}")
    for path in inputs:
        with open(path, "rb") as file:
            data = file.read()
        print(f"# input {os.path.basename(path)}, {len(data)} bytes, base64:")
        print(f"#   {base64.b64encode(data[:SHOWN_BYTES]).decode()}")
    print("# to see it again: base64 -d >FILE, then make -C test/fuzz try "
          f"TARGET={target.name} INPUT=FILE", flush=True)
    return False


class Lanes:
    """Targets for two that work at a time; those in a server share one, and
    so run one after another."""

    def __init__(self, targets):
        self.lock = threading.Lock()
        self.server = [target for target in targets if target.function]
        self.pure = [target for target in targets if not target.function]
        self.in_server = False

    def take(self):
        """Return the next target, or None."""
        with self.lock:
            if self.server and not self.in_server:
                self.in_server = True
                return self.server.pop(0)
            return self.pure.pop(0) if self.pure else None

    def give_back(self, target):
        """Say that a target has ended."""
        if target.function:
            with self.lock:
                self.in_server = False


def fuzz_all(options, targets, compiler):
    """Run the targets, two at a time; return the exit status."""
    print(f"1..{len(targets)}", flush=True)
    # what is measured here is work, not its time, as in tests beside us
    os.nice(10)
    lanes, passed, printing = Lanes(targets), [], threading.Lock()
    with tempfile.TemporaryDirectory(prefix="dzfuzz") as directory:
        os.chmod(directory, 0o755)
        runner = Runner(directory, options, compiler)

        def work():
            while target := lanes.take():
                try:
                    result = runner.fuzz(target)
                except Exception as failure:  # pylint: disable=broad-except
                    result = "", str(failure), []
                lanes.give_back(target)
                with printing:
                    passed.append(report(len(passed) + 1, target, result))

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return 0 if all(passed) and len(passed) == len(targets) else 1


def try_input(options, targets, compiler):
    """Run one target on one input; return its exit status."""
    with tempfile.TemporaryDirectory(prefix="dzfuzz") as directory:
        os.chmod(directory, 0o755)
        os.environ["DATAZONE_FUZZ_TELL"] = "1"
        runner = Runner(directory, options, compiler)
        path = shutil.copy(options.input, f"{directory}/input")
        os.chmod(path, 0o644)
        status, output = runner.run(
            targets[0], [*shlex.split(options.options),
                         *runner.more_options(targets[0]), path], 600)
    print(output)
    return 1 if status else 0


def parse_arguments():
    """Read the command line."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--build", default="build")
    parser.add_argument("--pg-config", default="pg_config")
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--targets", default="")
    parser.add_argument("--input", default="")
    parser.add_argument("--options", default="")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    return options


def choose(names):
    """Return the targets of these names, all for none."""
    wanted = re.split(r"[\s,]+", names.strip()) if names.strip() else []
    known = {target.name: target for target in TARGETS}
    for name in wanted:
        if name not in known:
            sys.exit(f"no target \"{name}\"; there are: " + ", ".join(known))
    return [known[name] for name in wanted] or TARGETS


def main():
    """Do what the command line asks for."""
    options = parse_arguments()
    if options.list:
        print("\n".join(target.name for target in TARGETS))
        return 0
    targets = choose(options.targets)
    compiler, reason = find_compiler(options.pg_config)
    if compiler is None:
        print(f"1..{len(targets)}")
        for number, target in enumerate(targets, 1):
            print(f"ok {number} - {target.name} # SKIP {reason}")
        return 0
    try:
        build(options, compiler, targets)
    except Failure as failure:
        print("1..1\nnot ok 1 - the fuzzers build")
        print("".join(f"#   {line}\n" for line in str(failure).splitlines()))
        return 1
    if options.input:
        return try_input(options, targets, compiler)
    return fuzz_all(options, targets, compiler)


if __name__ == "__main__":
    sys.exit(main())
