"""What the benchmarks run on: a server, a cluster, the recorded requests.

The test bed's sockets are made once and live through the whole run: first a
recorder answers on them, so that the requests of the extension can be taken
down as they are, signed for this very address; then nginx inherits them.
"""

import contextlib
import os
import subprocess
import sys

import pages
import recorder
import webserver
from partner import Partner

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(TREE, "test", "run"))

import servers  # noqa: E402  (found by the line above)

DOMAIN = "dzd_benchmark"
ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

SETUP = """
CREATE EXTENSION datazone;
CREATE SERVER http FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier '{domain}', endpoint_url '{http}');
CREATE SERVER https FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier '{domain}', endpoint_url '{https}',
    ca_bundle '{ca}');
CREATE USER MAPPING FOR PUBLIC SERVER http OPTIONS (
    access_key_id '{key}', secret_access_key '{secret}');
CREATE USER MAPPING FOR PUBLIC SERVER https OPTIONS (
    access_key_id '{key}', secret_access_key '{secret}');
"""

# What each measured operation is in SQL: an expression that is one request
# for each row of "g(i)".
CALLS = {
    "PostLineageEvent":
        "datazone_post_lineage('{event}'::jsonb, server => '{scheme}')",
    "GetDataSourceRun":
        "(SELECT r.id FROM datazone_get_run("
        "CASE WHEN i > 0 THEN '{run}' END, server => '{scheme}') r)",
}


class Session:
    """A psql that stays: a backend, and with it its connections."""

    MARK = "=== done"

    def __init__(self, command):
        self.partner = Partner(command)

    def ask(self, sql):
        """Run SQL; return the lines that it prints."""
        self.partner.write(f"{sql}\n\\echo {self.MARK}\n")
        return self.partner.read_until(self.MARK)

    def pid(self):
        """Return the backend's process id."""
        return int(self.ask("SELECT pg_backend_pid();")[0])

    def close(self):
        """End the backend, and wait until it is gone."""
        self.partner.close()


class Bed:
    """Names of everything, and how to talk to it."""

    def __init__(self, work, pg_config):
        self.work = work
        self.bindir = subprocess.run(
            [pg_config, "--bindir"], check=True, text=True,
            capture_output=True).stdout.strip()
        self.socket = ""
        self.server = webserver.WebServer(work)
        self.requests = {}

    def session(self):
        """Start a session; the caller closes it."""
        return contextlib.closing(Session(
            [f"{self.bindir}/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h",
             self.socket, "-U", servers.SUPERUSER, "-d", "postgres"]))

    def call(self, operation, scheme):
        """Return the SQL of one call."""
        return CALLS[operation].format(event=pages.event(), run=pages.RUN,
                                       scheme=scheme)

    def curl_loop(self, operation, scheme):
        """Return the command that repeats a recorded request."""
        command = [f"{HERE}/curl_loop", self.requests[operation, scheme],
                   self.server.url(scheme)]
        return command + ([self.server.ca] if scheme == "https" else [])

    def curl_multi(self, scheme, in_flight):
        """Return the command that repeats a recorded event, many at once."""
        command = [f"{HERE}/curl_multi",
                   self.requests["PostLineageEvent", scheme],
                   self.server.url(scheme), str(in_flight)]
        return command + ([self.server.ca] if scheme == "https" else [])

    def sdk(self):
        """Return where the official SDK is, or None."""
        path = f"{TREE}/test/conformance/node_modules/@aws-sdk/client-datazone"
        return path if os.path.isdir(path) else None

    def versions(self):
        """Return what takes part, with versions."""
        def first_line(*command):
            try:
                done = subprocess.run(command, check=False, text=True,
                                      stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT)
            except OSError:
                return f"{command[0]} unknown"
            return done.stdout.split("\n", 1)[0]

        found = [first_line(f"{self.bindir}/postgres", "--version"),
                 first_line("curl-config", "--version"),
                 first_line("openssl", "version").split(" (")[0],
                 first_line("nginx", "-v").replace("nginx version: ", "")]
        if self.sdk():
            found.append("Node.js " + first_line("node", "--version"))
            found.append("SDK for JavaScript " + first_line(
                "node", "-p",
                f"require('{self.sdk()}/package.json').version"))
        return found


def record(bed):
    """Take down one request of each kind, and see that libcurl's loop sends
    the same bytes."""
    with recorder.Recorder(bed.server, pages.ANSWERS) as recording:
        for operation in CALLS:
            for scheme in ("http", "https"):
                with bed.session() as session:
                    session.ask("SELECT " + bed.call(operation, scheme)
                                + " FROM (VALUES (1)) g(i);")
                sent = recording.take()
                name = f"{bed.work}/{operation}.{scheme}"
                with open(name, "wb") as file:
                    file.write(sent)
                bed.requests[operation, scheme] = name
                subprocess.run(bed.curl_loop(operation, scheme), check=True,
                               input="1\n", text=True,
                               stdout=subprocess.DEVNULL)
                again = recording.take()
                if again != sent:
                    raise RuntimeError(
                        f"libcurl's loop does not send what was recorded:\n"
                        f"{sent!r}\n{again!r}")


@contextlib.contextmanager
def laid(work, pg_config, settings=()):
    """Start everything, PostgreSQL with more settings."""
    bed = Bed(work, pg_config)
    servers.make_template(bed.bindir, f"{work}/template")
    # without JIT, because compiling a statement is not what is measured
    with servers.cluster(bed.bindir, f"{work}/template", f"{work}/pg",
                         ("jit=off", *settings)) as socket:
        bed.socket = socket
        with bed.session() as session:
            session.ask(SETUP.format(
                domain=DOMAIN, http=bed.server.url("http"),
                https=bed.server.url("https"), ca=bed.server.ca,
                key=ACCESS_KEY, secret=SECRET_KEY))
        record(bed)
        with bed.server.serving(DOMAIN):
            yield bed
