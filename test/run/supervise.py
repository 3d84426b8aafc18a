"""Run a command and leave nothing of it behind.

    supervise.py [--terminal] [--remove DIR] -- COMMAND [ARGUMENT...]

Tests start clusters, simulators and shells, and some of these detach
themselves (pg_ctl does).  The kernel hands every orphan to its nearest
ancestor that asked for them: this process.  So whatever way the command ends
(by itself, by Ctrl-C, by the death of the make that called us), we know
each process that came of it, end them all, and remove the work directory.

PostgreSQL's postmaster stops at SIGINT, whoever is connected, and takes its
shared memory along; others are asked by SIGTERM.  SIGKILL is the last word.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

# How long processes may take to end when asked, and when killed.
ASKED_SECONDS = 10.0
KILLED_SECONDS = 5.0


class Ended(Exception):
    """Somebody asked us to stop."""


def prctl(option, value):
    """Call prctl(2), which Python's library does not offer."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def processes():
    """Return {pid: (parent, state, name)} of all processes."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8",
                      errors="replace") as stat:
                text = stat.read()
        except OSError:
            continue
        name, rest = text.split("(", 1)[1].rsplit(")", 1)
        state, parent = rest.split()[:2]
        found[int(entry)] = (int(parent), state, name)
    return found


def descendants():
    """Return {pid: name} of every living process that came of us."""
    table = processes()
    children = {}
    for pid, (parent, _, _) in table.items():
        children.setdefault(parent, []).append(pid)
    found, pending = {}, list(children.get(os.getpid(), ()))
    while pending:
        pid = pending.pop()
        pending.extend(children.get(pid, ()))
        if table[pid][1] != "Z":
            found[pid] = table[pid][2]
    return found


def reap():
    """Collect every dead child."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
    except ChildProcessError:
        pass


def end_signal(name, kill):
    """Return the signal that ends a process of this name."""
    if kill:
        return signal.SIGKILL
    return signal.SIGINT if name == "postgres" else signal.SIGTERM


def end_descendants():
    """End all that came of us."""
    for kill, seconds in ((False, ASKED_SECONDS), (True, KILLED_SECONDS)):
        deadline = time.monotonic() + seconds
        asked = set()
        left = descendants()
        while left and time.monotonic() < deadline:
            for pid in left.keys() - asked:
                asked.add(pid)
                try:
                    os.kill(pid, end_signal(left[pid], kill))
                except ProcessLookupError:
                    pass
            reap()
            time.sleep(0.02)
            left = descendants()
        reap()


def supervise(command, terminal):
    """Run the command, reaping for it; return its exit status."""
    process = subprocess.Popen(command, start_new_session=not terminal)
    while True:
        # WNOWAIT leaves the status in place for the one who wants it.
        info = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        if info.si_pid == process.pid:
            return process.wait()
        os.waitpid(info.si_pid, 0)


def remove_tree(directory):
    """Remove a directory, what is read-only in it too."""
    for path, _, _ in os.walk(directory):
        try:
            os.chmod(path, 0o700)
        except OSError:
            pass
    shutil.rmtree(directory, ignore_errors=True)
    if os.path.exists(directory):
        print(f"could not remove {directory}", file=sys.stderr)


def on_signal(number, _frame):
    """Turn a signal into an exception, once."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Ended(number)


def main(arguments):
    """Parse the command line, run, clean up; return the exit status."""
    remove = None
    terminal = arguments[:1] == ["--terminal"]
    if terminal:
        arguments = arguments[1:]
    if arguments[:1] == ["--remove"]:
        remove, arguments = arguments[1], arguments[2:]
    if arguments[:1] != ["--"] or len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2

    parent = os.getppid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    if terminal:
        # Not SIG_IGN: an ignored signal stays ignored in the command.
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        if os.getppid() != parent:
            raise Ended(signal.SIGTERM)
        status = supervise(arguments[1:], terminal)
        end_descendants()
    except Ended as ended:
        end_descendants()
        status = -ended.args[0]
    finally:
        if remove and not os.environ.get("KEEP"):
            remove_tree(remove)
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
