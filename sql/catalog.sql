--
-- What the catalogs say of the extension: signatures, attributes, privileges,
-- row types, comments.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

CREATE VIEW member AS
    SELECT classid, objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
      AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'datazone');
CREATE VIEW routine AS
    SELECT p.* FROM pg_proc p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid;

-- the promised signatures, each as it is documented
CREATE SCHEMA promised;
SET search_path = promised, public;
CREATE FUNCTION datazone_list_data_source_runs(data_source_identifier text, status text DEFAULT NULL, max_items int DEFAULT NULL, domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_run
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_list_data_sources(project_identifier text, max_items int DEFAULT NULL, domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_data_source
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_start_run(data_source_identifier text, domain_identifier text DEFAULT NULL, client_token text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_run
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_get_run(run_identifier text, domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_run
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_wait_for_run(run_identifier text, timeout interval DEFAULT '15 minutes', domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_run
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE datazone_await_run(run_identifier text, timeout interval DEFAULT '15 minutes', domain_identifier text DEFAULT NULL, server text DEFAULT NULL, INOUT status text DEFAULT NULL)
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_watch(data_source_identifier text, every interval DEFAULT '1 minute', domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS boolean
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_unwatch(data_source_identifier text, domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS boolean
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_resume(server text) RETURNS bigint
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_post_lineage(event jsonb, domain_identifier text DEFAULT NULL, client_token text DEFAULT NULL, server text DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_enqueue_lineage(event jsonb, domain_identifier text DEFAULT NULL, client_token text DEFAULT NULL, server text DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_enqueue(operation text, params jsonb, ordering_key text DEFAULT NULL, client_token text DEFAULT NULL, server text DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_requeue(outbox_id bigint) RETURNS boolean
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_discard(outbox_id bigint) RETURNS boolean
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_lineage_trigger() RETURNS trigger
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_start_metadata_generation_run(owning_project_identifier text, asset_identifier text, asset_revision text DEFAULT NULL, types text[] DEFAULT '{BUSINESS_DESCRIPTIONS}', domain_identifier text DEFAULT NULL, client_token text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_metadata_generation_run
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_get_metadata_generation_run(run_identifier text, domain_identifier text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_metadata_generation_run
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_create_data_product_revision(identifier text, name text, description text DEFAULT NULL, items jsonb DEFAULT NULL, forms_input jsonb DEFAULT NULL, glossary_terms text[] DEFAULT NULL, domain_identifier text DEFAULT NULL, client_token text DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF datazone_data_product_revision
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_whoami(server text DEFAULT NULL, OUT server text, OUT endpoint text, OUT region text, OUT credential_source text, OUT access_key_id text, OUT expires_at timestamptz)
    LANGUAGE sql AS 'SELECT NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::timestamptz';
CREATE FUNCTION datazone_call(operation text, params jsonb DEFAULT '{}', server text DEFAULT NULL) RETURNS jsonb
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_list(operation text, params jsonb DEFAULT '{}', max_items int DEFAULT NULL, server text DEFAULT NULL) RETURNS SETOF jsonb
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_operations(OUT operation text, OUT method text, OUT uri text, OUT read_only boolean, OUT paginated boolean, OUT parameters jsonb) RETURNS SETOF record
    LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION datazone_explain_lineage(query text) RETURNS TABLE (target text, target_column text, source text, source_column text, type text, subtype text, unresolved text)
    LANGUAGE plpgsql AS 'BEGIN END';
RESET search_path;
SELECT p.proname, r.proname IS NOT NULL AS there,
       pg_get_function_arguments(p.oid) = pg_get_function_arguments(r.oid) AS arguments,
       pg_get_function_result(p.oid) IS NOT DISTINCT FROM pg_get_function_result(r.oid) AS result,
       p.prokind = r.prokind AS kind
FROM pg_proc p LEFT JOIN routine r USING (proname)
WHERE p.pronamespace = 'promised'::regnamespace ORDER BY 1;
SELECT proname AS not_promised FROM routine
WHERE proname NOT IN (SELECT proname FROM pg_proc WHERE pronamespace = 'promised'::regnamespace);

-- attributes: readers, then writers
SELECT proname, provolatile, proparallel, procost, prorows, proisstrict AS strict,
       prosecdef AS definer, proleakproof AS leakproof, proconfig
FROM routine WHERE proname <> 'datazone_fdw_validator'
ORDER BY proparallel, proname;
SELECT proname AS overloaded FROM routine GROUP BY 1 HAVING count(*) > 1;
SELECT proname AS other_symbol, prosrc FROM routine
WHERE prosrc <> proname OR probin <> '$libdir/datazone';

-- nothing is granted to PUBLIC, nor to anybody but the owner, except what there
-- is to see for pg_monitor, and what row security needs and the catalogs show
SELECT proname, acl.grantee::regrole, acl.privilege_type
FROM routine, aclexplode(coalesce(proacl, acldefault('f', proowner))) acl
WHERE acl.grantee <> proowner ORDER BY 1;
SELECT relname, acl.grantee::regrole, acl.privilege_type
FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) acl
WHERE oid IN (SELECT objid FROM member) AND acl.grantee <> relowner ORDER BY 1;
SELECT fdwname FROM pg_foreign_data_wrapper, aclexplode(coalesce(fdwacl, acldefault('F', fdwowner))) acl
WHERE oid IN (SELECT objid FROM member) AND acl.grantee <> fdwowner;
-- the relations: row security, keys, indexes, who may write
SELECT relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions
FROM pg_class WHERE oid IN (SELECT objid FROM member) AND relkind <> 'c' ORDER BY 1;
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid IN (SELECT objid FROM member) AND contype IN ('p', 'c') ORDER BY 1;
SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN (SELECT objid FROM member) ORDER BY 1;
SELECT polname, polcmd, polpermissive, polroles FROM pg_policy WHERE polrelid IN (SELECT objid FROM member) ORDER BY 1;
-- rules for runs, for what is followed, and for what is watched
SELECT count(DISTINCT replace(pg_get_expr(polqual, polrelid), relname, 'a_table')) AS rules
FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE polname LIKE '%_of_usable_server';

-- row types
SELECT c.relname, string_agg(a.attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
WHERE c.relname IN ('datazone_run', 'datazone_data_source', 'datazone_metadata_generation_run',
                    'datazone_data_product_revision', 'datazone_watched_data_source', 'datazone_followed_run',
                    'datazone_stat', 'datazone_outbox', 'datazone_outbox_entry', 'datazone_delivery')
GROUP BY 1 ORDER BY 1;

-- the extension itself: watches and outbox are dumped, nothing can be moved, all of it
-- is in its schema and has its name
SELECT extversion, extrelocatable, extconfig::regclass[], extcondition, extnamespace::regnamespace FROM pg_extension WHERE extname = 'datazone';
SELECT pg_describe_object(classid, objid, 0) AS misnamed FROM member
WHERE pg_describe_object(classid, objid, 0) !~ '(^| )(public\.)?datazone';
SELECT proname AS elsewhere FROM routine WHERE pronamespace <> 'public'::regnamespace;

-- a comment on everything, with words in it; arrays, and the row types of
-- tables, are members from 17 on and take none
SELECT pg_describe_object(classid, objid, 0) AS without_comment FROM member
WHERE coalesce(length(obj_description(objid, classid::regclass::name)), 0) < 10
  AND (classid, objid) NOT IN (
    SELECT 'pg_type'::regclass, t.oid FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typelem <> 0 OR c.relkind IN ('r', 'v'));
SELECT attname AS without_comment FROM pg_attribute
WHERE attrelid IN (SELECT oid FROM pg_class WHERE oid IN (SELECT objid FROM member) AND relkind IN ('r', 'v'))
  AND attnum > 0 AND NOT attisdropped
  AND coalesce(length(col_description(attrelid, attnum)), 0) < 5;
SELECT polname AS without_comment FROM pg_policy
WHERE polrelid IN (SELECT objid FROM member) AND obj_description(oid, 'pg_policy') IS NULL;
SELECT count(*) > 15 AS some FROM member;
-- a ROLLBACK does not undo a synchronous call: each comment says so
SELECT proname AS silent FROM routine
WHERE proparallel = 'u' AND prokind = 'f' AND proname <> ALL ('{datazone_fdw_validator,datazone_lineage_trigger}')
  AND obj_description(oid, 'pg_proc') !~ 'ROLLBACK';

-- settings
SELECT name, setting, context, vartype, short_desc <> '' AS described
FROM pg_settings WHERE name LIKE 'datazone.%' ORDER BY name;
SELECT left(outcome('SET datazone.no_such_setting = 1'), 5);
SELECT left(outcome('SET datazone.capture = on'), 5);

-- all of it goes
SET client_min_messages = warning;
DROP EXTENSION datazone CASCADE;
SELECT proname FROM pg_proc WHERE proname LIKE 'datazone%' AND pronamespace = 'public'::regnamespace;
SELECT relname FROM pg_class WHERE relname LIKE 'datazone%';
SELECT typname FROM pg_type WHERE typname LIKE '%datazone%';
SELECT srvname FROM pg_foreign_server;
