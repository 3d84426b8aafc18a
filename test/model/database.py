"""A private PostgreSQL with the test module's functions, asked in batches."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "run"))

import servers  # noqa: E402  (found by the line above)

SETUP = """
CREATE FUNCTION test_request(text, jsonb, text, text) RETURNS jsonb
    AS :'module', 'test_request' LANGUAGE C;
CREATE FUNCTION test_request_time(text, jsonb, text, text, int)
    RETURNS float8 AS :'module', 'test_request_time' LANGUAGE C;
CREATE FUNCTION test_nearest_operation(text) RETURNS text
    AS :'module', 'test_nearest_operation' LANGUAGE C;
CREATE FUNCTION test_operations() RETURNS jsonb
    AS :'module', 'test_operations' LANGUAGE C;
CREATE FUNCTION test_shapes() RETURNS jsonb
    AS :'module', 'test_shapes' LANGUAGE C;

CREATE FUNCTION test_answer(text, text, jsonb, int) RETURNS jsonb
    AS :'module', 'test_answer' LANGUAGE C;
CREATE FUNCTION test_items(text, text) RETURNS SETOF jsonb
    AS :'module', 'test_items' LANGUAGE C;

-- what an answer becomes, or the error
CREATE FUNCTION try_answer(operation text, body text, headers text,
                           as_items boolean) RETURNS jsonb AS $$
BEGIN
    IF as_items THEN
        RETURN jsonb_build_object('value', coalesce((
            SELECT jsonb_agg(i) FROM test_items(operation, body) AS i), '[]'));
    END IF;
    RETURN jsonb_build_object('value', test_answer(
        operation, body, headers::jsonb, 200));
EXCEPTION WHEN others THEN
    RETURN jsonb_build_object('state', sqlstate, 'message', sqlerrm);
END $$ LANGUAGE plpgsql;

-- the request, or the error, or that jsonb itself refused the params
CREATE FUNCTION try_request(operation text, params text, root text,
                            domain text) RETURNS jsonb AS $$
DECLARE
    parsed jsonb;
    state text; message text; hint text; context text;
BEGIN
    BEGIN
        parsed := params::jsonb;
    EXCEPTION WHEN others THEN
        RETURN jsonb_build_object('no_jsonb', sqlstate);
    END;
    RETURN jsonb_build_object(
        'request', test_request(operation, parsed, root, domain));
EXCEPTION WHEN others THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE,
        message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT,
        context = PG_EXCEPTION_CONTEXT;
    RETURN jsonb_build_object('state', state, 'message', message,
                              'hint', hint, 'context', context);
END $$ LANGUAGE plpgsql;
"""


def load(text):
    """Parse JSON with numbers as they are written."""
    return json.loads(text, parse_float=Decimal)


def dump(value):
    """Write JSON for params; decimals as they are."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{dump(v)}"
                              for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dump, value)) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value)


def copy_field(text):
    """Write one field of COPY's text format."""
    if text is None:
        return "\\N"
    return text.replace("\\", "\\\\").replace("\n", "\\n") \
        .replace("\r", "\\r").replace("\t", "\\t")


class Database:
    """psql on the private cluster."""

    def __init__(self, bindir, socket):
        self.command = [f"{bindir}/psql", "-XqAt", "-v", "ON_ERROR_STOP=1",
                        "-v", f"module={HERE}/requests",
                        "-v", f"protocol={HERE}/restjson1", "-h", socket,
                        "-U", servers.SUPERUSER, "-d", "postgres"]

    def ask(self, sql, database=None):
        """Run SQL; return the lines that it prints."""
        command = self.command[:-1] + [database] if database else self.command
        done = subprocess.run(command, input=sql, text=True, check=False,
                              capture_output=True, encoding="utf-8",
                              env=dict(os.environ, PGCLIENTENCODING="UTF8"))
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.split("\n")[:-1]

    def requests(self, cases, database=None):
        """Return what try_request() gives for each of the cases:
        (operation, params as JSON text, root, default domain)."""
        return self.each("try_request", cases, database)

    def answers(self, cases, database=None):
        """Return what try_answer() gives for each of the cases:
        (operation, body, headers as JSON text, "t" or "f" for items)."""
        return self.each("try_answer", cases, database, "boolean")

    def each(self, function, cases, database, last="text"):
        """Call a function of four arguments for each of the cases."""
        rows = "".join("\t".join([str(i), *map(copy_field, case)]) + "\n"
                       for i, case in enumerate(cases))
        lines = self.ask(
            "CREATE TEMP TABLE t (id int, a text, b text, c text,"
            f" d {last});\n"
            "COPY t FROM STDIN;\n" + rows + "\\.\n"
            f"SELECT {function}(a, b, c, d) FROM t ORDER BY id;\n", database)
        return [load(line) for line in lines]


@contextlib.contextmanager
def database():
    """Start a cluster with the module in it."""
    pg_config = os.environ.get("PG_CONFIG", "pg_config")
    bindir = subprocess.run([pg_config, "--bindir"], check=True, text=True,
                            capture_output=True).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="dzmodel") as directory:
        servers.make_template(bindir, f"{directory}/template")
        with servers.cluster(bindir, f"{directory}/template",
                             f"{directory}/pg") as socket:
            result = Database(bindir, socket)
            result.ask(SETUP)
            yield result
