--
-- Arguments that are missing, NULL, or wrong: refused, and nothing is sent.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

-- a NULL in place of each required argument
SELECT call, outcome('SELECT * FROM ' || call) FROM unnest(ARRAY[
    'datazone_list_data_source_runs(NULL)',
    'datazone_list_data_source_runs(NULL, NULL, NULL, NULL, NULL)',
    'datazone_list_data_sources(NULL)',
    'datazone_start_run(NULL)',
    'datazone_start_run(NULL, ''dzd_x'', ''t'', ''sim'')',
    'datazone_get_run(NULL)',
    'datazone_wait_for_run(NULL)',
    'datazone_post_lineage(NULL)',
    'datazone_start_metadata_generation_run(NULL, ''a'')',
    'datazone_start_metadata_generation_run(''p'', NULL)',
    'datazone_start_metadata_generation_run(NULL, NULL)',
    'datazone_get_metadata_generation_run(NULL)',
    'datazone_create_data_product_revision(NULL, ''n'')',
    'datazone_create_data_product_revision(''d'', NULL)'
    ]) call;
SELECT (datazone_start_run(NULL)).*;
\echo :LAST_ERROR_SQLSTATE
CALL datazone_await_run(NULL);
\echo :LAST_ERROR_SQLSTATE
-- one NULL among others, when its turn comes
SELECT outcome($$SELECT count(*) FROM unnest('{ds_payments,NULL}'::text[]) s,
    LATERAL datazone_list_data_source_runs(s)$$);
\! sim log
\! sim forget

-- a domain that cannot be one, for every function
SELECT call, refusal('SELECT * FROM ' || call) FROM unnest(ARRAY[
    'datazone_list_data_source_runs(''d'', domain_identifier => ''nowhere'')',
    'datazone_list_data_sources(''p'', domain_identifier => ''nowhere'')',
    'datazone_start_run(''d'', ''nowhere'')',
    'datazone_get_run(''r'', ''nowhere'')',
    'datazone_wait_for_run(''r'', domain_identifier => ''nowhere'')',
    'datazone_start_metadata_generation_run(''p'', ''a'', domain_identifier => ''nowhere'')',
    'datazone_get_metadata_generation_run(''r'', ''nowhere'')',
    'datazone_create_data_product_revision(''d'', ''n'', domain_identifier => ''nowhere'')'
    ]) call;
-- a server that does not exist
SELECT call, refusal('SELECT * FROM ' || call) FROM unnest(ARRAY[
    'datazone_list_data_source_runs(''d'', server => ''nowhere'')',
    'datazone_list_data_sources(''p'', server => ''nowhere'')',
    'datazone_start_run(''d'', server => ''nowhere'')',
    'datazone_get_run(''r'', server => ''nowhere'')',
    'datazone_wait_for_run(''r'', server => ''nowhere'')',
    'datazone_start_metadata_generation_run(''p'', ''a'', server => ''nowhere'')',
    'datazone_get_metadata_generation_run(''r'', server => ''nowhere'')',
    'datazone_create_data_product_revision(''d'', ''n'', server => ''nowhere'')'
    ]) call;
-- the setting names the server, the argument overrides it
SET datazone.server = 'nowhere';
SELECT refusal('SELECT * FROM datazone_get_run(''run_payments_001'')');
RESET datazone.server;

-- client tokens of the functions whose tokens the API describes
SELECT call, to_json(token), refusal(format('SELECT * FROM ' || call, token))
FROM unnest(ARRAY[
    'datazone_start_metadata_generation_run(''p'', ''a'', client_token => %L)',
    'datazone_create_data_product_revision(''d'', ''n'', client_token => %L)'
    ]) call, unnest(ARRAY['', 'a b', 'ä', E'\x1f']) token;
SELECT refusal(format('SELECT * FROM datazone_start_run(''ds_orders'', client_token => %L)', token))
FROM unnest(ARRAY['', E'a\nb', E'\x01']) token;
\! sim count
-- an identifier that is too long is the service's to refuse
SELECT refusal(format('SELECT * FROM datazone_get_run(%L)', repeat('r', 37)));
\! sim log
