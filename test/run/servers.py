"""What SQL tests talk to: a private PostgreSQL cluster and a simulator.

Every test file gets both for itself, so that files run side by side, in any
order, and leave no role or setting to each other.  Clusters are copies of
one template and listen on a Unix socket only.
"""

import contextlib
import os
import signal
import subprocess
import time

SUPERUSER = "postgres"
DOMAIN = "dzd_simulator"
START_SECONDS = 60
STOP_SECONDS = 30

# Durability is the business of tests that ask for it (the TAP tests make
# their own clusters); here it only costs time.
SETTINGS = """
listen_addresses = ''
port = 5432
fsync = off
shared_buffers = 16MB
max_connections = 40
log_line_prefix = '%m [%p] %a '
log_statement = none
timezone = 'UTC'
lc_messages = 'C'
"""


class StartError(Exception):
    """A server did not start; the message ends with its log."""


def read_text(path, limit=20000):
    """Return the end of a file, or nothing where there is none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()[-limit:]
    except OSError:
        return ""


def stop_process(process, number):
    """Ask a process to end by a signal; kill it if it does not."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(condition, process, what, log):
    """Poll a condition until it gives something true, and return that."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise StartError(f"{what} did not start\n{read_text(log)}")


def make_template(bindir, directory):
    """Make the cluster that all others are copied from."""
    subprocess.run(
        [f"{bindir}/initdb", "-D", directory, "-U", SUPERUSER, "-A", "trust",
         "-E", "UTF8", "--no-locale", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL)
    with open(f"{directory}/postgresql.conf", "a", encoding="utf-8") as conf:
        conf.write(SETTINGS)


@contextlib.contextmanager
def cluster(bindir, template, directory, settings=()):
    """Run a copy of the template in a new directory; give the socket's."""
    data, log = f"{directory}/data", f"{directory}/postmaster.log"
    os.makedirs(directory)
    subprocess.run(["cp", "-a", template, data], check=True)
    command = [f"{bindir}/postgres", "-D", data, "-k", directory]
    for setting in settings:
        command += ["-c", setting]
    with open(log, "wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=subprocess.STDOUT,
                                   start_new_session=True)

    def ready():
        lines = read_text(f"{data}/postmaster.pid").splitlines()
        return len(lines) >= 8 and lines[7].strip() == "ready"

    try:
        wait_until(ready, process, "PostgreSQL", log)
        yield directory
    finally:
        stop_process(process, signal.SIGINT)


@contextlib.contextmanager
def simulator(tree, directory, arguments=()):
    """Run a simulator; give its base URL, the first line that it prints."""
    out_name, log = f"{directory}/simulator.url", f"{directory}/simulator.log"
    with open(out_name, "wb") as out, open(log, "wb") as errors:
        process = subprocess.Popen(
            ["python3", "-B", f"{tree}/test/simulator/datazone_simulator.py",
             *arguments],
            stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
            start_new_session=True)

    def url():
        line, end, _ = read_text(out_name).partition("\n")
        return line.strip() if end else None

    try:
        yield wait_until(url, process, "the simulator", log)
    finally:
        stop_process(process, signal.SIGTERM)
