"""Check a built tree's layout, its C, and the rules of the house.

    lint.py --pg-config PRIVATE_PG_CONFIG --build-log FILE

Each check is a function that yields problems; a check without problems
passed.  What only deserves a look is printed and does not fail.  The last
line is "N passed, N failed".
"""

import argparse
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
MAX_FILE_LINES = 650

# 14 to 18 agree on our layout; later ones break some lines elsewhere, so
# that no layout suits both.  What they say is told and does not fail.
MAX_CLANG_FORMAT = 18

# In the house, arrows point one way: a room may include what is listed for
# it.  Files directly in src/ belong to all rooms.
ROOMS = {
    "net": set(),
    "edges": set(),
    "aws": {"net"},
    "shared": {"aws", "net"},
    "credentials": {"aws", "net", "shared"},
    "api": {"aws", "net", "shared"},
    "server": {"api", "aws", "credentials", "net"},
    "worker": {"api", "aws", "net", "server", "shared"},
    "outbox": {"api", "aws", "net", "server", "shared", "worker"},
    "lineage": {"api", "aws", "edges", "outbox", "server", "shared", "worker"},
}

# What lies in shared memory, which processes may have at other addresses: all
# structs of a header, or those that are named.
SHARED_STRUCTS = {
    "src/shared/segment.h": set(),
    "src/shared/vault.h": set(),
    "src/shared/shared.h": {"DzSlotView", "DzBoardRun"},
    "src/aws/regulator.h": {"DzRegulator"},
}

# An exported name of ours cannot meet another library's.
EXPORTED = re.compile(
    r"^(Dz|dz_|datazone_|pg_finfo_datazone_|Pg_magic_func$|_PG_init$"
    r"|_init$|_fini$|_edata$|_end$|__bss_start$)")

# A machine's own directories, and registries in lock files.
MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(home|root|work|Users)/\w")
RESOLVED = re.compile(r'"resolved":\s*"https?://')


def run(command, **options):
    """Run a command in the tree; return (status, output and errors)."""
    done = subprocess.run(command, cwd=TREE, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **options)
    return done.returncode, done.stdout


def read(path):
    """Return the text of a file of the tree."""
    with open(os.path.join(TREE, path), encoding="utf-8",
              errors="replace") as file:
        return file.read()


def files(*patterns):
    """Return the tree's files that match, none of them of a library."""
    found = set()
    for pattern in patterns:
        found.update(glob.glob(pattern, root_dir=TREE, recursive=True))
    return sorted(path for path in found
                  if "node_modules/" not in path
                  and os.path.isfile(os.path.join(TREE, path)))


def all_files():
    """Return every text file, those with a leading dot too."""
    found = []
    for directory, names, leaves in os.walk(TREE):
        names[:] = [name for name in names
                    if name not in (".git", "node_modules", "__pycache__")]
        found += [os.path.relpath(os.path.join(directory, leaf), TREE)
                  for leaf in leaves
                  if not leaf.endswith((".o", ".bc", ".so"))]
    return sorted(found)


def sources():
    """Return our C sources."""
    return files("src/**/*.c", "test/**/*.c")


def headers():
    """Return our C headers."""
    return files("src/**/*.h", "test/**/*.h")


def is_generated(path):
    """Say whether a file declares that a program wrote it."""
    return "clang-format off" in "".join(
        read(path).splitlines(keepends=True)[:20])


def build(options):
    """no compiler warnings"""
    yield from re.findall(r"^.*\bwarning\b.*$", read(options.build_log),
                          re.M | re.I)


def layout(_options):
    """clang-format would change nothing"""
    status, output = run(["clang-format", "--dry-run", "-Werror",
                          *sources(), *headers()])
    found = re.findall(r"^.*(?:error|warning):.*$", output, re.M)
    if status and not found:
        found = [output]
    version = re.search(r"version (\d+)", run(["clang-format",
                                               "--version"])[1])
    if version and int(version.group(1)) > MAX_CLANG_FORMAT:
        print(f"note: clang-format {version.group(1)} would change "
              f"{len(found)} places")
    else:
        yield from found


def preprocessor_flags(options):
    """Return the flags that the build gives the preprocessor."""
    makefile = "include Makefile\n$(info $(CPPFLAGS))\nnothing: ;\n"
    path = f"{TREE}/lint.mk"
    with open(path, "w", encoding="utf-8") as file:
        file.write(makefile)
    try:
        done = subprocess.run(
            ["make", "-s", "-f", path, "nothing",
             f"PG_CONFIG={options.pg_config}"], cwd=TREE,
            capture_output=True, text=True, check=True)
        return shlex.split(done.stdout)
    finally:
        os.unlink(path)


def clang_tidy(options):
    """clang-tidy (.clang-tidy says for what)"""
    flags = preprocessor_flags(options) + [
        f"-I{directory}" for directory in
        sorted({os.path.dirname(path) for path in files("test/**/*.h")})]
    own = [path for path in sources() if not is_generated(path)]
    running, problems, notes = [], [], []

    def collect(process):
        output = process.communicate()[0]
        lines = re.findall(r"^.*: (?:error|warning): .*$", output, re.M)
        for line in lines:
            path = line.split(":")[0]
            if not os.path.realpath(os.path.join(TREE, path)).startswith(
                    TREE + "/"):
                continue  # a header of others; the analyzer strays there
            kept = notes if "[readability-function-size]" in line else problems
            kept.append(line)
        if process.returncode and not lines:
            problems.append(output)

    for path in own:
        if len(running) >= (os.cpu_count() or 1):
            collect(running.pop(0))
        running.append(subprocess.Popen(
            ["clang-tidy", "--quiet", path, "--", *flags], cwd=TREE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True))
    for process in running:
        collect(process)
    for note in sorted(set(notes)):
        print(f"note: {note}")
    yield from sorted(set(problems))


def cppcheck(_options):
    """cppcheck"""
    status, output = run(
        ["cppcheck", "--enable=warning,performance,portability",
         "--inline-suppr", "--error-exitcode=1", "--quiet",
         f"-j{os.cpu_count() or 1}", "--std=c99", "--language=c",
         "--suppress=nullPointerRedundantCheck",
         "--suppress=normalCheckLevelMaxBranches", "-Isrc",
         '-DDZ_VERSION=""', '-DPG_MAJORVERSION=""',
         "-DPG_VERSION_NUM=150000", "-DPG_FUNCTION_INFO_V1(x)=",
         "-DPG_MODULE_MAGIC=", "-Dpg_attribute_printf(x,y)=",
         "-Dpg_attribute_noreturn()=", "-DCppAsString2(x)=#x", *sources()])
    if status:
        yield from output.splitlines()


def jansson_in_one_file(_options):
    """only src/net/json.c includes jansson.h"""
    for path in files("src/**/*.c", "src/**/*.h"):
        if path != "src/net/json.c" and re.search(
                r'#\s*include\s*[<"]jansson', read(path)):
            yield path


def json_object_is_not_wanted(_options):
    """the library does not refer to json_object"""
    status, output = run(["nm", "-D", "--undefined-only", "datazone.so"])
    if status:
        yield output
    yield from (line for line in output.splitlines()
                if re.search(r"\bjson_object(@|$)", line))


def exported_names(_options):
    """every exported name has our prefix"""
    status, output = run(["nm", "-D", "--defined-only", "datazone.so"])
    if status:
        yield output
    for line in output.splitlines():
        name = line.split()[-1].split("@")[0]
        if not EXPORTED.match(name):
            yield name


def version_tests(_options):
    """only src/compat.h knows PostgreSQL's majors"""
    for path in sources() + headers():
        if path != "src/compat.h" and path.startswith("src/") \
                and "PG_VERSION_NUM" in read(path):
            yield path


def direction(_options):
    """rooms include only what lies below them"""
    rooms = {path.split("/")[1] for path in files("src/*/*.h")}
    for path in files("src/*/*.c", "src/*/*.h"):
        room = path.split("/")[1]
        if room not in ROOMS:
            continue
        others = re.findall(r'#\s*include\s*"([a-z_]+)/', read(path))
        for other in sorted(rooms & set(others) - ROOMS[room] - {room}):
            yield f"{path} includes from {other}/"


def pointers_in_shared_memory(_options):
    """no pointers in shared memory"""
    for path, names in SHARED_STRUCTS.items():
        text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]),
                      read(path), flags=re.S)
        structs = list(re.finditer(
            r"^(?:typedef )?struct\b[^;{]*\{(.*?)^\} *(\w*)", text,
            flags=re.S | re.M))
        for name in names - {struct[2] for struct in structs}:
            yield f"{path}: no struct {name}"
        for struct in structs:
            if names and struct[2] not in names:
                continue
            first = text.count("\n", 0, struct.start(1)) + 1
            for number, member in enumerate(struct[1].split("\n"), first):
                if "*" in member:
                    yield f"{path}:{number}: {member.strip()}"


def file_lengths(_options):
    """file lengths (told only)"""
    for path in sources() + headers() + files("**/*.py", "**/*.pm"):
        count = read(path).count("\n")
        if count > MAX_FILE_LINES and not is_generated(path):
            print(f"note: {path} has {count} lines")
    yield from ()


def python(_options):
    """Python compiles"""
    for path in files("**/*.py") + shell_or_python("python3"):
        try:
            compile(read(path), path, "exec")
        except SyntaxError as error:
            yield f"{path}: {error}"


def shell_or_python(word):
    """Return the files without ending whose first line names a program."""
    return [path for path in all_files()
            if "." not in os.path.basename(path)
            and re.match(rf"#!.*\b{word}\b", read(path)[:80])]


def shell(_options):
    """shell scripts parse"""
    scripts = shell_or_python("bash") + files("script/*.sh", ".ci/run")
    for path in sorted(set(scripts)):
        status, output = run(["bash", "-n", path])
        if status:
            yield output
        if shutil.which("shellcheck"):
            _, output = run(["shellcheck", "-x", "-P", "SCRIPTDIR",
                             "-e", "SC2012", "-f", "gcc", path])
            yield from output.splitlines()


def perl(options):
    """Perl parses"""
    pgxs = os.path.dirname(run([options.pg_config, "--pgxs"])[1].strip())
    for path in files("test/**/*.pl", "test/**/*.pm"):
        status, output = run(["perl", "-c", "-I", f"{pgxs}/../test/perl",
                              "-I", f"{TREE}/test/perl", path])
        if status and "Can't locate IPC/Run.pm" not in output:
            yield output


def machine_words(_options):
    """no file names this machine or a registry"""
    for path in all_files():
        text = read(path)
        if "\0" in text:
            continue
        for match in MACHINE_PATH.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {match.group(0)}..."
        if path.endswith("package-lock.json") and RESOLVED.search(text):
            yield f"{path}: a registry's address (\"resolved\")"


CHECKS = (build, layout, clang_tidy, cppcheck, jansson_in_one_file,
          json_object_is_not_wanted, exported_names, version_tests,
          direction, pointers_in_shared_memory, file_lengths, python, shell, perl, machine_words)


def main():
    """Run every check; say what each found."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--pg-config", required=True)
    parser.add_argument("--build-log", required=True)
    options = parser.parse_args()
    failed = 0
    for check in CHECKS:
        problems = list(check(options))
        print(f"{'FAILED' if problems else 'ok':7} {check.__doc__}",
              flush=True)
        for problem in problems:
            print(f"    {problem}")
        failed += bool(problems)
    print(f"{len(CHECKS) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
