"""A session on the private PostgreSQL whose foreign server is a stub: each
statement is answered before the next one is sent."""

import os
import subprocess

import database
import requests_check

DOMAIN = "dzd_default"
END = "--- end of statement ---"
# Headers that say something of an operation; the others are the transport's.
TOLD = {"content-type", "client-token"}

SETUP = """
CREATE EXTENSION datazone;
CREATE SERVER stub FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier '%s', endpoint_url '%s',
    max_attempts '1', rate_limit '1000000');
CREATE USER MAPPING FOR PUBLIC SERVER stub OPTIONS (
    access_key_id 'AKIDEXAMPLE', secret_access_key 'secret');

-- the answer, or the error
CREATE FUNCTION try_call(operation text, params text) RETURNS jsonb AS $$
DECLARE
    state text; message text; detail text; hint text;
BEGIN
    RETURN jsonb_build_object('value',
                              datazone_call(operation, params::jsonb));
EXCEPTION WHEN others THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE,
        message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        hint = PG_EXCEPTION_HINT;
    RETURN jsonb_build_object('state', state, 'message', message,
                              'detail', detail, 'hint', hint);
END $$ LANGUAGE plpgsql;

-- the items in their order, or the error
CREATE FUNCTION try_list(operation text, params text, max_items int)
    RETURNS jsonb AS $$
DECLARE
    state text; message text; detail text; hint text;
BEGIN
    RETURN jsonb_build_object('items', coalesce((
        SELECT jsonb_agg(item ORDER BY n)
        FROM datazone_list(operation, params::jsonb, max_items)
            WITH ORDINALITY AS listed (item, n)), '[]'));
EXCEPTION WHEN others THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE,
        message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        hint = PG_EXCEPTION_HINT;
    RETURN jsonb_build_object('state', state, 'message', message,
                              'detail', detail, 'hint', hint);
END $$ LANGUAGE plpgsql;

SET statement_timeout = '60s';
"""


class Backend:
    """The session, from the beginning to the end of a "with"."""

    def __init__(self, db, stub):
        self.command = db.command
        self.stub = stub

    def __enter__(self):
        self.psql = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env=dict(os.environ, PGCLIENTENCODING="UTF8"))
        self.ask(SETUP % (DOMAIN, self.stub.url))
        return self

    def __exit__(self, *failure):
        self.psql.stdin.close()
        self.psql.stdout.close()
        self.psql.wait()

    def ask(self, sql):
        """Run SQL; return the lines that it prints."""
        self.psql.stdin.write(f"{sql}\n\\echo '{END}'\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line == END + "\n":
                return lines
            lines.append(line[:-1])
        raise RuntimeError("\n".join(lines))

    def tell(self, answers, sql):
        """Run SQL that prints one line of JSON while the stub gives these
        answers; return that and the requests that arrived."""
        self.stub.expect(answers)
        lines = self.ask(sql)
        return database.load(lines[0]), self.stub.taken()

    def call(self, operation, params, answer, wrap="%s"):
        """Call an operation."""
        return self.tell([answer], wrap % (
            f"SELECT try_call('{operation}', {literal(params)});"))

    def list(self, operation, params, answers, max_items=None):
        """List an operation's items."""
        limit = "NULL" if max_items is None else max_items
        return self.tell(answers, f"SELECT try_list('{operation}', "
                         f"{literal(params)}, {limit});")


def literal(params):
    """Write params as an SQL literal of their JSON."""
    return "'%s'" % database.dump(params).replace("'", "''")


def differences(request, wanted):
    """Say where a request that arrived is not as it should be."""
    told = [(n, v) for n, v in request["headers"] if n.lower() in TOLD]
    return requests_check.request_differences(
        {"request": dict(request, headers=told)}, wanted)
