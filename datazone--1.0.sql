/* datazone--1.0.sql */

-- complain if the script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION datazone" to load this file. \quit

-- ---------------------------------------------------------------------------
-- Connection
-- ---------------------------------------------------------------------------

CREATE FUNCTION @extschema@.datazone_fdw_validator(options text[], catalog oid)
RETURNS void
AS 'MODULE_PATHNAME', 'datazone_fdw_validator'
LANGUAGE C;

REVOKE ALL ON FUNCTION @extschema@.datazone_fdw_validator(text[], oid) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_fdw_validator(text[], oid) IS
'Checks the options of servers and user mappings; called by CREATE and ALTER';

CREATE FOREIGN DATA WRAPPER datazone
    NO HANDLER
    VALIDATOR @extschema@.datazone_fdw_validator;

COMMENT ON FOREIGN DATA WRAPPER datazone IS
'Amazon DataZone: servers name a Region and a domain, user mappings hold credentials';

CREATE FUNCTION @extschema@.datazone_whoami(
    server text DEFAULT NULL,
    OUT server text,
    OUT endpoint text,
    OUT region text,
    OUT credential_source text,
    OUT access_key_id text,
    OUT expires_at timestamptz)
AS 'MODULE_PATHNAME', 'datazone_whoami'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000;

REVOKE ALL ON FUNCTION @extschema@.datazone_whoami(text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_whoami(text) IS
'With which identity, and to which endpoint, this role''s calls go; sends nothing and shows no secret';

-- ---------------------------------------------------------------------------
-- Data source runs
-- ---------------------------------------------------------------------------

-- The catalog table of runs, and the row type of the functions below.  Only
-- the background worker writes it; it is not dumped, as sync rebuilds it.
CREATE TABLE @extschema@.datazone_run (
    server                 text NOT NULL,
    domain_id              text NOT NULL,
    id                     text NOT NULL,
    data_source_id         text,
    project_id             text,
    type                   text,
    status                 text,
    created_at             timestamptz,
    updated_at             timestamptz,
    started_at             timestamptz,
    stopped_at             timestamptz,
    added                  int,
    updated                int,
    unchanged              int,
    skipped                int,
    failed                 int,
    lineage_import_status  text,
    error_type             text,
    error_detail           text,
    configuration_snapshot jsonb,
    synced_at              timestamptz,
    PRIMARY KEY (server, domain_id, id)
);

-- the latest runs of a data source; old runs, for datazone.run_retention
CREATE INDEX datazone_run_by_source ON @extschema@.datazone_run
    (server, domain_id, data_source_id, created_at DESC);
CREATE INDEX datazone_run_by_update ON @extschema@.datazone_run (updated_at);
CREATE INDEX datazone_run_unfinished ON @extschema@.datazone_run (server, domain_id, data_source_id)
    WHERE status OPERATOR(pg_catalog.<>) ALL (ARRAY['SUCCESS', 'PARTIALLY_SUCCEEDED', 'FAILED']);

REVOKE ALL ON TABLE @extschema@.datazone_run FROM PUBLIC;

ALTER TABLE @extschema@.datazone_run ENABLE ROW LEVEL SECURITY;

COMMENT ON TABLE @extschema@.datazone_run IS
'Runs of watched data sources, kept by the background worker; also the row type of the functions that return runs';
COMMENT ON COLUMN @extschema@.datazone_run.server IS 'Name of the foreign server';
COMMENT ON COLUMN @extschema@.datazone_run.domain_id IS 'DataZone domain';
COMMENT ON COLUMN @extschema@.datazone_run.id IS 'Identifier of the run';
COMMENT ON COLUMN @extschema@.datazone_run.data_source_id IS 'Data source that ran';
COMMENT ON COLUMN @extschema@.datazone_run.project_id IS 'Project that owns the data source';
COMMENT ON COLUMN @extschema@.datazone_run.type IS 'PRIORITIZED (on demand) or SCHEDULED';
COMMENT ON COLUMN @extschema@.datazone_run.status IS 'REQUESTED, RUNNING, SUCCESS, PARTIALLY_SUCCEEDED or FAILED';
COMMENT ON COLUMN @extschema@.datazone_run.created_at IS 'When the run was requested';
COMMENT ON COLUMN @extschema@.datazone_run.updated_at IS 'When the service last changed the run';
COMMENT ON COLUMN @extschema@.datazone_run.started_at IS 'When the run began';
COMMENT ON COLUMN @extschema@.datazone_run.stopped_at IS 'When the run ended';
COMMENT ON COLUMN @extschema@.datazone_run.added IS 'Assets that the run added';
COMMENT ON COLUMN @extschema@.datazone_run.updated IS 'Assets that the run updated';
COMMENT ON COLUMN @extschema@.datazone_run.unchanged IS 'Assets that the run found unchanged';
COMMENT ON COLUMN @extschema@.datazone_run.skipped IS 'Assets that the run skipped';
COMMENT ON COLUMN @extschema@.datazone_run.failed IS 'Assets that the run could not import';
COMMENT ON COLUMN @extschema@.datazone_run.lineage_import_status IS 'IN_PROGRESS, SUCCESS, PARTIALLY_SUCCEEDED or FAILED';
COMMENT ON COLUMN @extschema@.datazone_run.error_type IS 'Why the run failed, as a code of the service';
COMMENT ON COLUMN @extschema@.datazone_run.error_detail IS 'Why the run failed, in the service''s words';
COMMENT ON COLUMN @extschema@.datazone_run.configuration_snapshot IS 'Configuration of the data source at the time of the run';
COMMENT ON COLUMN @extschema@.datazone_run.synced_at IS 'When the background worker last wrote the row; NULL in function results';
COMMENT ON INDEX @extschema@.datazone_run_by_source IS
'The latest runs of a data source';
COMMENT ON INDEX @extschema@.datazone_run_by_update IS
'Runs that datazone.run_retention lets go';

-- Whose the rows are: they have their server's name, which can go to another
-- one.  The background worker's own notes; as good as the rows, so not dumped.
CREATE TABLE @extschema@.datazone_run_server (
    server                   text   NOT NULL PRIMARY KEY,
    server_id                oid    NOT NULL,
    origin_system_identifier bigint NOT NULL
);

REVOKE ALL ON TABLE @extschema@.datazone_run_server FROM PUBLIC;

COMMENT ON TABLE @extschema@.datazone_run_server IS
'The background worker''s notes of which servers the rows of datazone_run are of, so that another one of the name inherits nothing';
COMMENT ON COLUMN @extschema@.datazone_run_server.server IS 'Name of the foreign server in datazone_run';
COMMENT ON COLUMN @extschema@.datazone_run_server.server_id IS 'The server''s OID';
COMMENT ON COLUMN @extschema@.datazone_run_server.origin_system_identifier IS 'Cluster in which this is its OID';

-- The same for the policy below, which looks with the rights of whoever reads
-- runs: names and OIDs of servers, which every role sees in the catalog.
CREATE FUNCTION @extschema@.datazone_run_servers(
    OUT server    text,
    OUT server_id oid)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.server, c.server_id
    FROM @extschema@.datazone_run_server c
    WHERE c.origin_system_identifier OPERATOR(pg_catalog.=)
        (SELECT system_identifier FROM pg_catalog.pg_control_system());
END;

COMMENT ON FUNCTION @extschema@.datazone_run_servers() IS
'Which servers the rows of datazone_run are of; for its row security';

-- A role sees the runs of the servers on which it has USAGE; not those that a
-- former server has left under the name of one.
CREATE POLICY datazone_run_of_usable_server ON @extschema@.datazone_run
    FOR SELECT
    USING (server OPERATOR(pg_catalog.=) ANY (
        SELECT s.srvname::text FROM pg_catalog.pg_foreign_server s
        JOIN pg_catalog.pg_foreign_data_wrapper w
            ON w.oid OPERATOR(pg_catalog.=) s.srvfdw
        WHERE w.fdwname OPERATOR(pg_catalog.=) 'datazone'
        AND pg_catalog.has_server_privilege(s.oid, 'USAGE')
        AND NOT EXISTS (
            SELECT FROM @extschema@.datazone_run_servers() c
            WHERE c.server OPERATOR(pg_catalog.=) s.srvname
            AND c.server_id OPERATOR(pg_catalog.<>) s.oid)));

COMMENT ON POLICY datazone_run_of_usable_server ON @extschema@.datazone_run IS
'A role sees the runs of the servers on which it has USAGE';

CREATE FUNCTION @extschema@.datazone_list_data_source_runs(
    data_source_identifier text,
    status                 text DEFAULT NULL,
    max_items              int  DEFAULT NULL,
    domain_identifier      text DEFAULT NULL,
    server                 text DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_run
AS 'MODULE_PATHNAME', 'datazone_list_data_source_runs'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000;

REVOKE ALL ON FUNCTION @extschema@.datazone_list_data_source_runs(text, text, int, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_list_data_source_runs(text, text, int, text, text) IS
'Runs of a data source, all pages, a row each; LIMIT does not stop the requests, max_items does';

CREATE FUNCTION @extschema@.datazone_start_run(
    data_source_identifier text,
    domain_identifier      text DEFAULT NULL,
    client_token           text DEFAULT NULL,
    server                 text DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_run
AS 'MODULE_PATHNAME', 'datazone_start_run'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 10000 ROWS 1;

REVOKE ALL ON FUNCTION @extschema@.datazone_start_run(text, text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_start_run(text, text, text, text) IS
'Starts a run of a data source now, once in a statement; a ROLLBACK does not undo it';

CREATE FUNCTION @extschema@.datazone_get_run(
    run_identifier    text,
    domain_identifier text DEFAULT NULL,
    server            text DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_run
AS 'MODULE_PATHNAME', 'datazone_get_run'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000 ROWS 1;

REVOKE ALL ON FUNCTION @extschema@.datazone_get_run(text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_get_run(text, text, text) IS
'One data source run';

CREATE FUNCTION @extschema@.datazone_wait_for_run(
    run_identifier    text,
    timeout           interval DEFAULT '15 minutes',
    domain_identifier text DEFAULT NULL,
    server            text DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_run
AS 'MODULE_PATHNAME', 'datazone_wait_for_run'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000 ROWS 1;

REVOKE ALL ON FUNCTION @extschema@.datazone_wait_for_run(text, interval, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_wait_for_run(text, interval, text, text) IS
'Waits until a data source run is SUCCESS, PARTIALLY_SUCCEEDED or FAILED; holds the statement''s snapshot meanwhile';

CREATE PROCEDURE @extschema@.datazone_await_run(
    run_identifier    text,
    timeout           interval DEFAULT '15 minutes',
    domain_identifier text DEFAULT NULL,
    server            text DEFAULT NULL,
    INOUT status      text DEFAULT NULL)
AS 'MODULE_PATHNAME', 'datazone_await_run'
LANGUAGE C;

REVOKE ALL ON PROCEDURE @extschema@.datazone_await_run(text, interval, text, text, text) FROM PUBLIC;

COMMENT ON PROCEDURE @extschema@.datazone_await_run(text, interval, text, text, text) IS
'Waits until a data source run has ended and gives its status; commits between polls, so that no snapshot is held';

-- ---------------------------------------------------------------------------
-- Watching data sources
-- ---------------------------------------------------------------------------

-- Only functions and the background worker write it.  It is dumped: a watch is
-- somebody's wish.  Where a row was made (its origin) is part of it, so that a
-- copy of the database does not ask the service in its original's name.
CREATE TABLE @extschema@.datazone_watched_data_source (
    server                   text        NOT NULL,
    domain_id                text        NOT NULL,
    data_source_id           text        NOT NULL,
    role                     regrole     NOT NULL,
    every                    interval    NOT NULL,
    state                    text        NOT NULL DEFAULT 'active'
        CONSTRAINT datazone_watched_data_source_state
        CHECK (state OPERATOR(pg_catalog.=) ANY (ARRAY['active', 'held'])),
    last_sync_at             timestamptz,
    last_error               text,
    server_id                oid         NOT NULL,
    origin_system_identifier bigint      NOT NULL,
    origin_database_id       oid         NOT NULL,
    PRIMARY KEY (server, domain_id, data_source_id)
) WITH (fillfactor = 70);

REVOKE ALL ON TABLE @extschema@.datazone_watched_data_source FROM PUBLIC;

SELECT pg_catalog.pg_extension_config_dump('@extschema@.datazone_watched_data_source', '');

ALTER TABLE @extschema@.datazone_watched_data_source ENABLE ROW LEVEL SECURITY;

-- A role sees those of the servers on which it has USAGE.
CREATE POLICY datazone_watched_data_source_of_usable_server ON @extschema@.datazone_watched_data_source
    FOR SELECT
    USING (EXISTS (
        SELECT FROM pg_catalog.pg_foreign_server s
        JOIN pg_catalog.pg_foreign_data_wrapper w
            ON w.oid OPERATOR(pg_catalog.=) s.srvfdw
        WHERE s.srvname OPERATOR(pg_catalog.=) datazone_watched_data_source.server
        AND w.fdwname OPERATOR(pg_catalog.=) 'datazone'
        AND pg_catalog.has_server_privilege(s.oid, 'USAGE')));

COMMENT ON TABLE @extschema@.datazone_watched_data_source IS
'Data sources whose runs the background worker keeps in datazone_run; written by datazone_watch() and datazone_unwatch()';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.server IS 'Name of the foreign server';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.domain_id IS 'DataZone domain';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.data_source_id IS 'Data source that is watched';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.role IS 'Role with whose user mapping the worker asks';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.every IS 'How often to ask, if rate_limit allows';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.state IS 'active, or held: it came from another database, or its server was made anew, and it waits for datazone_resume()';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.last_sync_at IS 'When all that a cycle asks for was last asked and written';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.last_error IS 'Why the last cycle did not end well; NULL if it did';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.server_id IS 'The server''s OID: another one of that name inherits nothing';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.origin_system_identifier IS 'Cluster in which the watch was made or resumed';
COMMENT ON COLUMN @extschema@.datazone_watched_data_source.origin_database_id IS 'Database in which the watch was made or resumed';
COMMENT ON POLICY datazone_watched_data_source_of_usable_server ON @extschema@.datazone_watched_data_source IS
'A role sees the watches of the servers on which it has USAGE';

-- Runs that datazone_start_run() has started, until they have ended.  Not
-- dumped: a follow is short, and a copy has nothing to follow.  A copy of the
-- files has the rows, and knows by their origin that they are not its own.
CREATE TABLE @extschema@.datazone_followed_run (
    server         text        NOT NULL,
    domain_id      text        NOT NULL,
    run_id         text        NOT NULL,
    data_source_id text,
    role           regrole     NOT NULL,
    server_id      oid         NOT NULL,
    followed_at    timestamptz NOT NULL DEFAULT pg_catalog.now(),
    origin_system_identifier bigint NOT NULL,
    origin_database_id       oid    NOT NULL,
    PRIMARY KEY (server, domain_id, run_id)
);

REVOKE ALL ON TABLE @extschema@.datazone_followed_run FROM PUBLIC;

ALTER TABLE @extschema@.datazone_followed_run ENABLE ROW LEVEL SECURITY;

-- A role sees those of the servers on which it has USAGE.
CREATE POLICY datazone_followed_run_of_usable_server ON @extschema@.datazone_followed_run
    FOR SELECT
    USING (EXISTS (
        SELECT FROM pg_catalog.pg_foreign_server s
        JOIN pg_catalog.pg_foreign_data_wrapper w
            ON w.oid OPERATOR(pg_catalog.=) s.srvfdw
        WHERE s.srvname OPERATOR(pg_catalog.=) datazone_followed_run.server
        AND w.fdwname OPERATOR(pg_catalog.=) 'datazone'
        AND pg_catalog.has_server_privilege(s.oid, 'USAGE')
        AND s.oid OPERATOR(pg_catalog.=) datazone_followed_run.server_id));

COMMENT ON TABLE @extschema@.datazone_followed_run IS
'Runs started by datazone_start_run() that the background worker follows until they have ended';
COMMENT ON COLUMN @extschema@.datazone_followed_run.server IS 'Name of the foreign server';
COMMENT ON COLUMN @extschema@.datazone_followed_run.domain_id IS 'DataZone domain';
COMMENT ON COLUMN @extschema@.datazone_followed_run.run_id IS 'Identifier of the run';
COMMENT ON COLUMN @extschema@.datazone_followed_run.data_source_id IS 'Data source that runs';
COMMENT ON COLUMN @extschema@.datazone_followed_run.role IS 'Role with whose user mapping the worker asks';
COMMENT ON COLUMN @extschema@.datazone_followed_run.server_id IS 'The server''s OID: another one of that name inherits nothing';
COMMENT ON COLUMN @extschema@.datazone_followed_run.followed_at IS 'When the transaction began that started the run';
COMMENT ON COLUMN @extschema@.datazone_followed_run.origin_system_identifier IS 'Cluster in which the run was started';
COMMENT ON COLUMN @extschema@.datazone_followed_run.origin_database_id IS 'Database in which the run was started';
COMMENT ON POLICY datazone_followed_run_of_usable_server ON @extschema@.datazone_followed_run IS
'A role sees the followed runs of the servers on which it has USAGE';

CREATE FUNCTION @extschema@.datazone_watch(
    data_source_identifier text,
    every                  interval DEFAULT '1 minute',
    domain_identifier      text     DEFAULT NULL,
    server                 text     DEFAULT NULL)
RETURNS boolean
AS 'MODULE_PATHNAME', 'datazone_watch'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_watch(text, interval, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_watch(text, interval, text, text) IS
'Has the background worker keep the runs of a data source in datazone_run, once this commits; true if it was not watched; a ROLLBACK undoes it';

CREATE FUNCTION @extschema@.datazone_unwatch(
    data_source_identifier text,
    domain_identifier      text DEFAULT NULL,
    server                 text DEFAULT NULL)
RETURNS boolean
AS 'MODULE_PATHNAME', 'datazone_unwatch'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_unwatch(text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_unwatch(text, text, text) IS
'Ends the watch of a data source; true if there was one; its runs stay in datazone_run; a ROLLBACK undoes it';

CREATE FUNCTION @extschema@.datazone_resume(
    server text)
RETURNS bigint
AS 'MODULE_PATHNAME', 'datazone_resume'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_resume(text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_resume(text) IS
'Has the server''s watches and entries of the outbox go on that are held because they came with a dump or a copy of another database; gives their number; a ROLLBACK undoes it';

-- ---------------------------------------------------------------------------
-- Statistics
-- ---------------------------------------------------------------------------

CREATE FUNCTION @extschema@.datazone_stat_get(
    OUT datid                oid,
    OUT datname              name,
    OUT worker_pid           int,
    OUT worker_state         text,
    OUT worker_started_at    timestamptz,
    OUT worker_failures      int,
    OUT worker_last_error    text,
    OUT worker_last_error_at timestamptz,
    OUT watched              int,
    OUT watches_failing      int,
    OUT watches_held         int,
    OUT followed             int,
    OUT in_flight            int,
    OUT queue_depth          bigint,
    OUT oldest_entry_age     interval,
    OUT entries_failed       bigint,
    OUT entries_held         bigint,
    OUT lineage_errors       bigint,
    OUT lineage_cut          bigint,
    OUT calls                bigint,
    OUT requests             bigint,
    OUT retries              bigint,
    OUT throttles            bigint,
    OUT failures             bigint,
    OUT failures_by_sqlstate jsonb,
    OUT bytes_sent           bigint,
    OUT bytes_received       bigint,
    OUT mean_latency_ms      float8,
    OUT max_latency_ms       float8)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'datazone_stat_get'
LANGUAGE C VOLATILE PARALLEL RESTRICTED ROWS 10;

REVOKE ALL ON FUNCTION @extschema@.datazone_stat_get() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @extschema@.datazone_stat_get() TO pg_monitor;

COMMENT ON FUNCTION @extschema@.datazone_stat_get() IS
'The rows of the view datazone_stat';

CREATE VIEW @extschema@.datazone_stat AS
    SELECT datid, datname, worker_pid, worker_state, worker_started_at,
           worker_failures, worker_last_error, worker_last_error_at, watched,
           watches_failing, watches_held, followed, in_flight, queue_depth,
           oldest_entry_age, entries_failed, entries_held, lineage_errors,
           lineage_cut, calls, requests, retries, throttles, failures,
           failures_by_sqlstate, bytes_sent, bytes_received, mean_latency_ms,
           max_latency_ms
    FROM @extschema@.datazone_stat_get();

REVOKE ALL ON TABLE @extschema@.datazone_stat FROM PUBLIC;
GRANT SELECT ON TABLE @extschema@.datazone_stat TO pg_monitor;

COMMENT ON VIEW @extschema@.datazone_stat IS
'What each database''s background worker does, and what all calls of the database''s processes came to since the server started; needs shared_preload_libraries';
COMMENT ON COLUMN @extschema@.datazone_stat.datid IS 'OID of the database';
COMMENT ON COLUMN @extschema@.datazone_stat.datname IS 'Its name';
COMMENT ON COLUMN @extschema@.datazone_stat.worker_pid IS 'Process of its background worker; NULL: none runs';
COMMENT ON COLUMN @extschema@.datazone_stat.worker_state IS 'What the worker does, or why there is none';
COMMENT ON COLUMN @extschema@.datazone_stat.worker_started_at IS 'When the last worker started';
COMMENT ON COLUMN @extschema@.datazone_stat.worker_failures IS 'Errors in a row that ended the worker';
COMMENT ON COLUMN @extschema@.datazone_stat.worker_last_error IS 'The last error that it met, whether it is well again or not';
COMMENT ON COLUMN @extschema@.datazone_stat.worker_last_error_at IS 'When it met that';
COMMENT ON COLUMN @extschema@.datazone_stat.watched IS 'Data sources that the worker watches';
COMMENT ON COLUMN @extschema@.datazone_stat.watches_failing IS 'Those of them that have a last_error';
COMMENT ON COLUMN @extschema@.datazone_stat.watches_held IS 'Watches that are not active: see datazone_resume()';
COMMENT ON COLUMN @extschema@.datazone_stat.followed IS 'Single runs that it follows';
COMMENT ON COLUMN @extschema@.datazone_stat.in_flight IS 'Requests of the worker under way now';
COMMENT ON COLUMN @extschema@.datazone_stat.queue_depth IS 'Entries of the outbox that wait for delivery, nearly';
COMMENT ON COLUMN @extschema@.datazone_stat.oldest_entry_age IS 'How long the oldest of them has waited; NULL: none waits';
COMMENT ON COLUMN @extschema@.datazone_stat.entries_failed IS 'Entries that gave up: see datazone_requeue() and datazone_discard()';
COMMENT ON COLUMN @extschema@.datazone_stat.entries_held IS 'Entries that came with a copy of another database: see datazone_resume()';
COMMENT ON COLUMN @extschema@.datazone_stat.lineage_errors IS 'Events that transactions went without, as lineage_errors is warn';
COMMENT ON COLUMN @extschema@.datazone_stat.lineage_cut IS 'Events of lineage that have less in them, as they were too large or their plan was one of too many';
COMMENT ON COLUMN @extschema@.datazone_stat.calls IS 'Calls that have ended, the worker''s and all others';
COMMENT ON COLUMN @extschema@.datazone_stat.requests IS 'Requests that they sent, retries included';
COMMENT ON COLUMN @extschema@.datazone_stat.retries IS 'Requests that repeated one that had failed';
COMMENT ON COLUMN @extschema@.datazone_stat.throttles IS 'Requests that the service refused because there were too many';
COMMENT ON COLUMN @extschema@.datazone_stat.failures IS 'Calls that ended with an error';
COMMENT ON COLUMN @extschema@.datazone_stat.failures_by_sqlstate IS 'The same by SQLSTATE; other: all that have no counter, cancelled ones among them';
COMMENT ON COLUMN @extschema@.datazone_stat.bytes_sent IS 'Bodies of requests';
COMMENT ON COLUMN @extschema@.datazone_stat.bytes_received IS 'Bodies of answers, decoded';
COMMENT ON COLUMN @extschema@.datazone_stat.mean_latency_ms IS 'From a call''s start to its end, pauses between attempts included';
COMMENT ON COLUMN @extschema@.datazone_stat.max_latency_ms IS 'The longest of these times';

-- ---------------------------------------------------------------------------
-- Data sources
-- ---------------------------------------------------------------------------

CREATE TYPE @extschema@.datazone_data_source AS (
    server                text,
    domain_id             text,
    id                    text,
    project_id            text,
    environment_id        text,
    connection_id         text,
    name                  text,
    description           text,
    type                  text,
    status                text,
    enable_setting        text,
    schedule              jsonb,
    last_run_status       text,
    last_run_at           timestamptz,
    last_run_asset_count  int,
    last_run_error_type   text,
    last_run_error_detail text,
    created_at            timestamptz,
    updated_at            timestamptz
);

COMMENT ON TYPE @extschema@.datazone_data_source IS
'A data source as the service lists it';

CREATE FUNCTION @extschema@.datazone_list_data_sources(
    project_identifier text,
    max_items          int  DEFAULT NULL,
    domain_identifier  text DEFAULT NULL,
    server             text DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_data_source
AS 'MODULE_PATHNAME', 'datazone_list_data_sources'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000;

REVOKE ALL ON FUNCTION @extschema@.datazone_list_data_sources(text, int, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_list_data_sources(text, int, text, text) IS
'Data sources of a project with their names, schedules and last runs, all pages, a row each';

-- ---------------------------------------------------------------------------
-- Lineage
-- ---------------------------------------------------------------------------

CREATE FUNCTION @extschema@.datazone_post_lineage(
    event             jsonb,
    domain_identifier text DEFAULT NULL,
    client_token      text DEFAULT NULL,
    server            text DEFAULT NULL)
RETURNS text
AS 'MODULE_PATHNAME', 'datazone_post_lineage'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 10000;

REVOKE ALL ON FUNCTION @extschema@.datazone_post_lineage(jsonb, text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_post_lineage(jsonb, text, text, text) IS
'Posts an OpenLineage RunEvent now and gives its identifier; a ROLLBACK does not undo it';

-- ---------------------------------------------------------------------------
-- The outbox: calls that a transaction enqueues, sent after its commit
-- ---------------------------------------------------------------------------

CREATE TABLE @extschema@.datazone_outbox_entry (
    id                       bigint      NOT NULL GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    xid                      xid8        NOT NULL,
    operation                text        NOT NULL,
    server                   text        NOT NULL,
    server_id                oid         NOT NULL,
    role                     regrole     NOT NULL,
    domain_id                text,
    ordering_key             text,
    client_token             text,
    payload                  jsonb       NOT NULL,
    job                      text,
    run_id                   text,
    enqueued_at              timestamptz NOT NULL,
    state                    text        NOT NULL DEFAULT 'pending',
    attempts                 int         NOT NULL DEFAULT 0,
    next_attempt_at          timestamptz,
    claimed_at               timestamptz,
    error_code               text,
    error_message            text,
    request_id               text,
    origin_system_identifier bigint      NOT NULL,
    origin_database_id       oid         NOT NULL,
    role_name                name
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000);

CREATE INDEX datazone_outbox_entry_xid ON @extschema@.datazone_outbox_entry (xid);
CREATE INDEX datazone_outbox_entry_lane ON @extschema@.datazone_outbox_entry (server_id, role, id);
CREATE INDEX datazone_outbox_entry_key ON @extschema@.datazone_outbox_entry (server_id, role, ordering_key, id)
    WHERE ordering_key IS NOT NULL;
-- one for both, as every entry that is enqueued pays for each
CREATE INDEX datazone_outbox_entry_special ON @extschema@.datazone_outbox_entry (id)
    WHERE claimed_at IS NOT NULL OR state OPERATOR(pg_catalog.=) 'failed';

REVOKE ALL ON TABLE @extschema@.datazone_outbox_entry FROM PUBLIC;

COMMENT ON TABLE @extschema@.datazone_outbox_entry IS
'Calls that wait in the outbox; to be read through the view datazone_outbox';

COMMENT ON COLUMN @extschema@.datazone_outbox_entry.id IS 'Its number, and its place in the queue';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.xid IS 'Transaction that enqueued it';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.operation IS 'Operation of the API';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.server IS 'Name of the foreign server';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.server_id IS 'The server''s OID: another one of that name inherits nothing';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.role IS 'Role with whose user mapping it is sent';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.domain_id IS 'DataZone domain; NULL: the operation takes none';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.ordering_key IS 'Entries of a role and server with the same key are sent one after the other; NULL: in any order';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.client_token IS 'By which the service knows repetitions; NULL: the operation takes none';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.payload IS 'Parameters of the call; of PostLineageEvent the event';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.job IS 'Of a lineage event: namespace and name of its job';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.run_id IS 'Of a lineage event: its runId';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.enqueued_at IS 'When it was enqueued, or requeued';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.state IS 'pending, or failed: it gave up and waits for datazone_requeue() or datazone_discard()';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.attempts IS 'Requests that were sent for it';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.next_attempt_at IS 'When it is tried again; NULL: as soon as may be';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.claimed_at IS 'Of a call that must not be repeated: when it was about to be sent';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.error_code IS 'SQLSTATE of the last failure';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.error_message IS 'The last failure in words';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.request_id IS 'The service''s identifier of the last request';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.origin_system_identifier IS 'Cluster in which it was enqueued or resumed';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.origin_database_id IS 'Database in which it was enqueued or resumed';
COMMENT ON COLUMN @extschema@.datazone_outbox_entry.role_name IS 'The role''s name then: in another cluster the role is only the same if its name is';
COMMENT ON SEQUENCE @extschema@.datazone_outbox_entry_id_seq IS 'Numbers of entries of the outbox';
COMMENT ON INDEX @extschema@.datazone_outbox_entry_xid IS 'What transactions that have just committed enqueued';
COMMENT ON INDEX @extschema@.datazone_outbox_entry_lane IS 'Entries of a server and role, in their order';
COMMENT ON INDEX @extschema@.datazone_outbox_entry_key IS 'Entries of a role, server and ordering key, in their order';
COMMENT ON INDEX @extschema@.datazone_outbox_entry_special IS 'Calls that may have been sent, and entries that gave up';

-- A role sees its own entries, members of pg_monitor all; what is to be sent
-- is shown to members of the entry's role only.  An entry that came from
-- another database is held: that is not stored, as nobody would be there to
-- store it at the moment of a restore.  Its error was met elsewhere, and is not
-- what it waits for.  A role that was dropped is dumped as a number, which is
-- somebody else's in another cluster: there the name decides, too, and what has
-- another one is the bootstrap superuser's.  (Conditions are repeated, as one in
-- FROM would make the refusal of an INSERT one of the view's shape, instead of
-- one of rights.)
CREATE VIEW @extschema@.datazone_outbox WITH (security_barrier) AS
    SELECT id, operation, domain_id, server, role,
           CASE WHEN state OPERATOR(pg_catalog.=) 'pending'
                 AND (origin_system_identifier OPERATOR(pg_catalog.<>)
                      (SELECT system_identifier FROM pg_catalog.pg_control_system())
                   OR origin_database_id OPERATOR(pg_catalog.<>)
                      (SELECT oid FROM pg_catalog.pg_database
                       WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()))
                THEN 'held' ELSE state END AS state,
           attempts, next_attempt_at,
           CASE WHEN state OPERATOR(pg_catalog.=) 'pending'
                 AND (origin_system_identifier OPERATOR(pg_catalog.<>)
                      (SELECT system_identifier FROM pg_catalog.pg_control_system())
                   OR origin_database_id OPERATOR(pg_catalog.<>)
                      (SELECT oid FROM pg_catalog.pg_database
                       WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()))
                THEN NULL ELSE error_code END AS error_code,
           CASE WHEN state OPERATOR(pg_catalog.=) 'pending'
                 AND (origin_system_identifier OPERATOR(pg_catalog.<>)
                      (SELECT system_identifier FROM pg_catalog.pg_control_system())
                   OR origin_database_id OPERATOR(pg_catalog.<>)
                      (SELECT oid FROM pg_catalog.pg_database
                       WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()))
                THEN 'came with a copy of another database: datazone_resume() lets it go on'
                ELSE error_message END AS error_message,
           request_id,
           client_token, ordering_key, enqueued_at,
           CASE WHEN pg_catalog.pg_has_role(
                CASE WHEN origin_system_identifier OPERATOR(pg_catalog.=)
                          (SELECT system_identifier FROM pg_catalog.pg_control_system())
                       OR role_name OPERATOR(pg_catalog.=) pg_catalog.pg_get_userbyid(role::oid)
                     THEN role::oid ELSE 10 END, 'MEMBER')
                THEN payload END AS payload
    FROM @extschema@.datazone_outbox_entry
    WHERE pg_catalog.pg_has_role(
                CASE WHEN origin_system_identifier OPERATOR(pg_catalog.=)
                          (SELECT system_identifier FROM pg_catalog.pg_control_system())
                       OR role_name OPERATOR(pg_catalog.=) pg_catalog.pg_get_userbyid(role::oid)
                     THEN role::oid ELSE 10 END, 'MEMBER')
       OR pg_catalog.pg_has_role('pg_monitor', 'MEMBER');

REVOKE ALL ON TABLE @extschema@.datazone_outbox FROM PUBLIC;
GRANT SELECT ON TABLE @extschema@.datazone_outbox TO pg_monitor;

COMMENT ON VIEW @extschema@.datazone_outbox IS
'Calls that wait for delivery or gave up; a role sees its own, members of pg_monitor all';
COMMENT ON COLUMN @extschema@.datazone_outbox.id IS 'Its number, and its place in the queue';
COMMENT ON COLUMN @extschema@.datazone_outbox.operation IS 'Operation of the API';
COMMENT ON COLUMN @extschema@.datazone_outbox.domain_id IS 'DataZone domain; NULL: the operation takes none';
COMMENT ON COLUMN @extschema@.datazone_outbox.server IS 'Name of the foreign server';
COMMENT ON COLUMN @extschema@.datazone_outbox.role IS 'Role with whose user mapping it is sent';
COMMENT ON COLUMN @extschema@.datazone_outbox.state IS 'pending; held: it came from another database and waits for datazone_resume(); failed: it gave up';
COMMENT ON COLUMN @extschema@.datazone_outbox.attempts IS 'Requests that were sent for it';
COMMENT ON COLUMN @extschema@.datazone_outbox.next_attempt_at IS 'When it is tried again; NULL: as soon as may be';
COMMENT ON COLUMN @extschema@.datazone_outbox.error_code IS 'SQLSTATE of the last failure';
COMMENT ON COLUMN @extschema@.datazone_outbox.error_message IS 'The last failure in words; of a held one, what it waits for';
COMMENT ON COLUMN @extschema@.datazone_outbox.request_id IS 'The service''s identifier of the last request';
COMMENT ON COLUMN @extschema@.datazone_outbox.client_token IS 'By which the service knows repetitions; NULL: the operation takes none';
COMMENT ON COLUMN @extschema@.datazone_outbox.ordering_key IS 'Entries of a role and server with the same key are sent one after the other; NULL: in any order';
COMMENT ON COLUMN @extschema@.datazone_outbox.enqueued_at IS 'When it was enqueued, or requeued';
COMMENT ON COLUMN @extschema@.datazone_outbox.payload IS 'Parameters of the call; of PostLineageEvent the event; NULL for who is no member of the role';

CREATE TABLE @extschema@.datazone_delivery (
    outbox_id         bigint PRIMARY KEY,
    role              regrole,
    server            text,
    operation         text,
    domain_id         text,
    job               text,
    run_id            text,
    client_token      text,
    payload_sha256    text,
    attempts          int,
    request_id        text,
    service_id        text,
    enqueued_at       timestamptz,
    delivered_at      timestamptz,
    processing_status text,
    server_id         oid
);

CREATE INDEX datazone_delivery_delivered_at ON @extschema@.datazone_delivery (delivered_at);

-- Events of which DataZone has not said yet what became of them.
CREATE INDEX datazone_delivery_undecided ON @extschema@.datazone_delivery (server_id, role, domain_id, delivered_at)
    WHERE operation OPERATOR(pg_catalog.=) 'PostLineageEvent' AND service_id IS NOT NULL
    AND (processing_status IS NULL OR processing_status OPERATOR(pg_catalog.<>) ALL (ARRAY['SUCCESS', 'FAILED']));
CREATE INDEX datazone_delivery_service_id ON @extschema@.datazone_delivery (service_id)
    WHERE operation OPERATOR(pg_catalog.=) 'PostLineageEvent' AND service_id IS NOT NULL
    AND (processing_status IS NULL OR processing_status OPERATOR(pg_catalog.<>) ALL (ARRAY['SUCCESS', 'FAILED']));

REVOKE ALL ON TABLE @extschema@.datazone_delivery FROM PUBLIC;
GRANT SELECT ON TABLE @extschema@.datazone_delivery TO pg_monitor;

ALTER TABLE @extschema@.datazone_delivery ENABLE ROW LEVEL SECURITY;

CREATE POLICY datazone_delivery_of_role ON @extschema@.datazone_delivery
    FOR SELECT
    USING (pg_catalog.pg_has_role(role::oid, 'MEMBER')
        OR pg_catalog.pg_has_role('pg_monitor', 'MEMBER'));

COMMENT ON TABLE @extschema@.datazone_delivery IS
'What was delivered, kept for datazone.delivery_retention; a role sees its own, members of pg_monitor all';
COMMENT ON COLUMN @extschema@.datazone_delivery.outbox_id IS 'Its number in the outbox';
COMMENT ON COLUMN @extschema@.datazone_delivery.role IS 'Role with whose user mapping it was sent';
COMMENT ON COLUMN @extschema@.datazone_delivery.server IS 'Name of the foreign server';
COMMENT ON COLUMN @extschema@.datazone_delivery.operation IS 'Operation of the API';
COMMENT ON COLUMN @extschema@.datazone_delivery.domain_id IS 'DataZone domain; NULL: the operation takes none';
COMMENT ON COLUMN @extschema@.datazone_delivery.job IS 'Of a lineage event: namespace and name of its job';
COMMENT ON COLUMN @extschema@.datazone_delivery.run_id IS 'Of a lineage event: its runId';
COMMENT ON COLUMN @extschema@.datazone_delivery.client_token IS 'By which the service knows repetitions; NULL: the operation takes none';
COMMENT ON COLUMN @extschema@.datazone_delivery.payload_sha256 IS 'SHA-256 of the body that was sent';
COMMENT ON COLUMN @extschema@.datazone_delivery.attempts IS 'Requests that were sent for it';
COMMENT ON COLUMN @extschema@.datazone_delivery.request_id IS 'The service''s identifier of the last request';
COMMENT ON COLUMN @extschema@.datazone_delivery.service_id IS 'Identifier that the service gave to what was made; NULL: none';
COMMENT ON COLUMN @extschema@.datazone_delivery.enqueued_at IS 'When it was enqueued, or requeued';
COMMENT ON COLUMN @extschema@.datazone_delivery.delivered_at IS 'When its delivery was recorded';
COMMENT ON COLUMN @extschema@.datazone_delivery.processing_status IS 'Of a lineage event, what DataZone made of it: REQUESTED, PROCESSING, SUCCESS or FAILED; NULL: not known yet';
COMMENT ON COLUMN @extschema@.datazone_delivery.server_id IS 'The server''s OID: another one of that name has nothing to do with it';
COMMENT ON POLICY datazone_delivery_of_role ON @extschema@.datazone_delivery IS
'A role sees its own deliveries, members of pg_monitor all';
COMMENT ON INDEX @extschema@.datazone_delivery_delivered_at IS
'Deliveries that datazone.delivery_retention lets go';
COMMENT ON INDEX @extschema@.datazone_delivery_undecided IS
'Events of which DataZone has not said yet what became of them';
COMMENT ON INDEX @extschema@.datazone_delivery_service_id IS
'The same by the service''s identifier';

CREATE FUNCTION @extschema@.datazone_enqueue_lineage(
    event             jsonb,
    domain_identifier text DEFAULT NULL,
    client_token      text DEFAULT NULL,
    server            text DEFAULT NULL)
RETURNS bigint
AS 'MODULE_PATHNAME', 'datazone_enqueue_lineage'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_enqueue_lineage(jsonb, text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_enqueue_lineage(jsonb, text, text, text) IS
'Posts an OpenLineage RunEvent once this commits, and gives its number in the outbox; a ROLLBACK undoes it';

CREATE FUNCTION @extschema@.datazone_enqueue(
    operation    text,
    params       jsonb,
    ordering_key text DEFAULT NULL,
    client_token text DEFAULT NULL,
    server       text DEFAULT NULL)
RETURNS bigint
AS 'MODULE_PATHNAME', 'datazone_enqueue'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_enqueue(text, jsonb, text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_enqueue(text, jsonb, text, text, text) IS
'Calls any writing operation of the API once this commits, and gives its number in the outbox; a ROLLBACK undoes it';

CREATE FUNCTION @extschema@.datazone_requeue(
    outbox_id bigint)
RETURNS boolean
AS 'MODULE_PATHNAME', 'datazone_requeue'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_requeue(bigint) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_requeue(bigint) IS
'Has an entry of the outbox that gave up tried again, as the last one and with a new number; true if there was such an entry; a ROLLBACK undoes it';

CREATE FUNCTION @extschema@.datazone_discard(
    outbox_id bigint)
RETURNS boolean
AS 'MODULE_PATHNAME', 'datazone_discard'
LANGUAGE C VOLATILE PARALLEL UNSAFE;

REVOKE ALL ON FUNCTION @extschema@.datazone_discard(bigint) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_discard(bigint) IS
'Deletes an entry from the outbox; true if there was such an entry; it may have been sent before; a ROLLBACK undoes it';

SELECT pg_catalog.pg_extension_config_dump('@extschema@.datazone_outbox_entry', '');
SELECT pg_catalog.pg_extension_config_dump(
    pg_catalog.pg_get_serial_sequence('@extschema@.datazone_outbox_entry', 'id'), '');

-- ---------------------------------------------------------------------------
-- Lineage
-- ---------------------------------------------------------------------------

CREATE FUNCTION @extschema@.datazone_lineage_trigger()
RETURNS trigger
AS 'MODULE_PATHNAME', 'datazone_lineage_trigger'
LANGUAGE C;

REVOKE ALL ON FUNCTION @extschema@.datazone_lineage_trigger() FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_lineage_trigger() IS
'Trigger that posts an OpenLineage event of what a transaction did to the table, after it commits and as the owner of the table';

-- ---------------------------------------------------------------------------
-- Metadata generation
-- ---------------------------------------------------------------------------

CREATE TYPE @extschema@.datazone_metadata_generation_run AS (
    id                text,
    domain_id         text,
    owning_project_id text,
    status            text,
    types             text[],
    created_at        timestamptz,
    created_by        text
);

COMMENT ON TYPE @extschema@.datazone_metadata_generation_run IS
'A run that generates descriptions or names for an asset';

CREATE FUNCTION @extschema@.datazone_start_metadata_generation_run(
    owning_project_identifier text,
    asset_identifier          text,
    asset_revision            text   DEFAULT NULL,
    types                     text[] DEFAULT '{BUSINESS_DESCRIPTIONS}',
    domain_identifier         text   DEFAULT NULL,
    client_token              text   DEFAULT NULL,
    server                    text   DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_metadata_generation_run
AS 'MODULE_PATHNAME', 'datazone_start_metadata_generation_run'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 10000 ROWS 1;

REVOKE ALL ON FUNCTION @extschema@.datazone_start_metadata_generation_run(text, text, text, text[], text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_start_metadata_generation_run(text, text, text, text[], text, text, text) IS
'Starts generating business descriptions, names or glossary associations for an asset, once in a statement; a ROLLBACK does not undo it';

CREATE FUNCTION @extschema@.datazone_get_metadata_generation_run(
    run_identifier    text,
    domain_identifier text DEFAULT NULL,
    server            text DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_metadata_generation_run
AS 'MODULE_PATHNAME', 'datazone_get_metadata_generation_run'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000 ROWS 1;

REVOKE ALL ON FUNCTION @extschema@.datazone_get_metadata_generation_run(text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_get_metadata_generation_run(text, text, text) IS
'One metadata generation run';

-- ---------------------------------------------------------------------------
-- Data products
-- ---------------------------------------------------------------------------

CREATE TYPE @extschema@.datazone_data_product_revision AS (
    id                        text,
    revision                  text,
    domain_id                 text,
    owning_project_id         text,
    name                      text,
    description               text,
    status                    text,
    glossary_terms            text[],
    items                     jsonb,
    forms_output              jsonb,
    created_at                timestamptz,
    created_by                text,
    first_revision_created_at timestamptz,
    first_revision_created_by text
);

COMMENT ON TYPE @extschema@.datazone_data_product_revision IS
'A revision of a data product';

CREATE FUNCTION @extschema@.datazone_create_data_product_revision(
    identifier        text,
    name              text,
    description       text   DEFAULT NULL,
    items             jsonb  DEFAULT NULL,
    forms_input       jsonb  DEFAULT NULL,
    glossary_terms    text[] DEFAULT NULL,
    domain_identifier text   DEFAULT NULL,
    client_token      text   DEFAULT NULL,
    server            text   DEFAULT NULL)
RETURNS SETOF @extschema@.datazone_data_product_revision
AS 'MODULE_PATHNAME', 'datazone_create_data_product_revision'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 10000 ROWS 1;

REVOKE ALL ON FUNCTION @extschema@.datazone_create_data_product_revision(text, text, text, jsonb, jsonb, text[], text, text, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_create_data_product_revision(text, text, text, jsonb, jsonb, text[], text, text, text) IS
'Creates a new revision of a data product, once in a statement; a ROLLBACK does not undo it';

-- ---------------------------------------------------------------------------
-- The whole API
-- ---------------------------------------------------------------------------

CREATE FUNCTION @extschema@.datazone_call(
    operation text,
    params    jsonb DEFAULT '{}',
    server    text  DEFAULT NULL)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'datazone_call'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 10000;

REVOKE ALL ON FUNCTION @extschema@.datazone_call(text, jsonb, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_call(text, jsonb, text) IS
'Calls any operation of the API now, with its own parameter names, and gives its answer; a ROLLBACK does not undo it';

CREATE FUNCTION @extschema@.datazone_list(
    operation text,
    params    jsonb DEFAULT '{}',
    max_items int   DEFAULT NULL,
    server    text  DEFAULT NULL)
RETURNS SETOF jsonb
AS 'MODULE_PATHNAME', 'datazone_list'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10000;

REVOKE ALL ON FUNCTION @extschema@.datazone_list(text, jsonb, int, text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_list(text, jsonb, int, text) IS
'Items of any paginated operation of the API, all pages, a row each; LIMIT does not stop the requests, max_items does';

CREATE FUNCTION @extschema@.datazone_operations(
    OUT operation  text,
    OUT method     text,
    OUT uri        text,
    OUT read_only  boolean,
    OUT paginated  boolean,
    OUT parameters jsonb)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'datazone_operations'
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 195;

REVOKE ALL ON FUNCTION @extschema@.datazone_operations() FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_operations() IS
'The operations that datazone_call() and datazone_list() know, with their parameters';

CREATE FUNCTION @extschema@.datazone_explain_lineage(query text)
RETURNS TABLE (
    target        text,
    target_column text,
    source        text,
    source_column text,
    type          text,
    subtype       text,
    unresolved    text)
AS 'MODULE_PATHNAME', 'datazone_explain_lineage'
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 1000 ROWS 100;

REVOKE ALL ON FUNCTION @extschema@.datazone_explain_lineage(text) FROM PUBLIC;

COMMENT ON FUNCTION @extschema@.datazone_explain_lineage(text) IS
'The column lineage of one statement, from the server''s own analysis, without planning or running it; needs the privileges that the statement needs';
