"""Run psql on a private cluster with the extension and a simulator.

    session.py --work DIR --pg-config PRIVATE_PG_CONFIG [-- PSQL-ARGUMENT...]

The foreign server "sim" and a mapping for PUBLIC are there already, and
nothing of it outlives psql.
"""

import argparse
import os
import subprocess
import sys

import run
import servers

SETUP = """
CREATE EXTENSION datazone;
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier :'domain', endpoint_url :'url');
CREATE USER MAPPING FOR PUBLIC SERVER sim OPTIONS (
    access_key_id 'AKIDEXAMPLE',
    secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
"""


def main():
    """Start everything, run psql, stop everything."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--work", required=True)
    parser.add_argument("--pg-config", required=True)
    parser.add_argument("psql", nargs="*")
    arguments = parser.parse_args()
    arguments.stress, arguments.results = False, ""
    context = run.make_context(arguments)
    template = f"{context.work}/template"
    servers.make_template(context.bindir, template)
    with servers.simulator(context.tree, context.work) as url, \
            servers.cluster(context.bindir, template,
                            f"{context.work}/pg") as socket:
        environment = dict(
            context.environment, DATAZONE_SIMULATOR=url, PGHOST=socket,
            PGPORT="5432", PGUSER=servers.SUPERUSER, PGDATABASE="postgres")
        psql = [f"{context.bindir}/psql", "-X"]
        subprocess.run(
            [*psql, "-q", "-v", "ON_ERROR_STOP=1", "-v", f"url={url}",
             "-v", f"domain={servers.DOMAIN}"], input=SETUP, text=True,
            check=True, env=environment)
        status = subprocess.run([*psql, *arguments.psql], check=False,
                                cwd=context.tree,
                                env=environment).returncode
        if status and not os.environ.get("QUIET"):
            sys.stderr.write(servers.read_text(
                f"{socket}/postmaster.log", 2000))
    return status


if __name__ == "__main__":
    sys.exit(main())
