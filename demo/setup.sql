--
-- What the guided session finds ready: an extension, a connection, a role.
--
\set ON_ERROR_STOP on
\set QUIET on

CREATE EXTENSION datazone;

-- Only a superuser may set endpoint_url; without it the same server would
-- talk to the real service in its Region.
CREATE SERVER retail FOREIGN DATA WRAPPER datazone
    OPTIONS (region 'eu-west-1', domain_identifier 'dzd_simulator',
             endpoint_url :'url');

-- A reader and an ETL role as README.md has them, ...
CREATE ROLE reader NOLOGIN;
CREATE ROLE etl LOGIN;
GRANT USAGE ON FOREIGN SERVER retail TO reader;
GRANT SELECT ON datazone_run, datazone_watched_data_source, datazone_followed_run TO reader;
GRANT EXECUTE ON FUNCTION
    datazone_whoami(text),
    datazone_operations(),
    datazone_list_data_sources(text, int, text, text),
    datazone_list_data_source_runs(text, text, int, text, text),
    datazone_get_run(text, text, text),
    datazone_wait_for_run(text, interval, text, text),
    datazone_get_metadata_generation_run(text, text, text)
TO reader;
GRANT EXECUTE ON PROCEDURE datazone_await_run(text, interval, text, text, text) TO reader;

GRANT reader TO etl;
GRANT EXECUTE ON FUNCTION
    datazone_start_run(text, text, text, text),
    datazone_watch(text, interval, text, text),
    datazone_unwatch(text, text, text),
    datazone_post_lineage(jsonb, text, text, text),
    datazone_enqueue_lineage(jsonb, text, text, text),
    datazone_enqueue(text, jsonb, text, text, text),
    datazone_requeue(bigint),
    datazone_discard(bigint),
    datazone_explain_lineage(text)
TO etl;
GRANT SELECT ON datazone_outbox, datazone_delivery TO etl;

-- ... which owns the tables that it loads, and so the lineage of them, ...
GRANT EXECUTE ON FUNCTION
    datazone_lineage_trigger(),
    datazone_resume(text)
TO etl;
CREATE SCHEMA staging AUTHORIZATION etl;
CREATE SCHEMA mart AUTHORIZATION etl;
CREATE TABLE staging.orders AS
    SELECT n AS order_id, date '2025-06-01' + n % 30 AS day, (n % 90 + 10)::numeric AS amount
    FROM generate_series(1, 3000) n;
ALTER TABLE staging.orders OWNER TO etl;

-- ... the steward's functions that the session shows, and the statistics.
GRANT EXECUTE ON FUNCTION
    datazone_start_metadata_generation_run(text, text, text, text[], text, text, text),
    datazone_create_data_product_revision(text, text, text, jsonb, jsonb, text[], text, text, text),
    datazone_call(text, jsonb, text),
    datazone_list(text, jsonb, int, text)
TO etl;
GRANT pg_monitor TO etl;

-- The keys with which etl's calls, and the worker's for etl's watches, go.
CREATE USER MAPPING FOR etl SERVER retail
    OPTIONS (access_key_id 'AKIDEXAMPLE',
             secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');

-- Captured lineage goes as the server's owner; the role that loads by night
-- has no rights on anything of datazone.
GRANT USAGE ON FOREIGN DATA WRAPPER datazone TO etl;
ALTER SERVER retail OWNER TO etl;
CREATE ROLE nightly LOGIN;
ALTER ROLE nightly SET datazone.capture = 'column';
