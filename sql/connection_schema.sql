--
-- The extension in a schema of its own, with a hostile search_path.
--
CREATE SCHEMA governance;
CREATE EXTENSION datazone SCHEMA governance;
SELECT e.extname, n.nspname, e.extrelocatable
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE extname = 'datazone';
ALTER EXTENSION datazone SET SCHEMA public;

-- every object of ours lies there, is named datazone..., and has a comment
SELECT count(*) > 0 AS some, count(*) FILTER (WHERE
           pg_describe_object(classid, objid, 0) !~ 'datazone') AS misnamed,
       count(*) FILTER (WHERE classid = 'pg_proc'::regclass AND
           pg_describe_object(classid, objid, 0) !~ 'governance') AS misplaced
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'datazone');
SELECT pg_describe_object(classid, objid, 0) AS uncommented
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'datazone')
  AND classid IN ('pg_proc'::regclass, 'pg_foreign_data_wrapper'::regclass)
  AND obj_description(objid, classid::regclass::name) IS NULL;

CREATE SERVER sales FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
CREATE USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (access_key_id 'AKIDEXAMPLE', secret_access_key 's');
SELECT * FROM governance.datazone_whoami();

-- shadows of everything that a careless lookup could take
CREATE SCHEMA trap;
CREATE TABLE trap.pg_foreign_server (oid oid, srvname name, srvfdw oid);
CREATE TABLE trap.pg_user_mapping (oid oid, umoptions text[]);
CREATE TABLE trap.pg_extension (oid oid, extname name, extnamespace oid);
CREATE FUNCTION trap.datazone_fdw_validator(text[], oid) RETURNS void
LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
SET search_path = trap, pg_catalog;
SELECT server, access_key_id FROM governance.datazone_whoami();
ALTER SERVER sales OPTIONS (SET region 'eu-west-3');
ALTER SERVER sales OPTIONS (SET region 'eu west');
SELECT server, region FROM governance.datazone_whoami('sales');
SET search_path = '';
SELECT server, region FROM governance.datazone_whoami('sales');
RESET search_path;

-- a schema of our name is not the extension
SET client_min_messages = warning;
DROP EXTENSION datazone CASCADE;
RESET client_min_messages;
CREATE SCHEMA datazone;
CREATE FUNCTION datazone.datazone_whoami(server text DEFAULT NULL,
    OUT server text, OUT endpoint text, OUT region text,
    OUT credential_source text, OUT access_key_id text,
    OUT expires_at timestamptz)
AS '$libdir/datazone', 'datazone_whoami' LANGUAGE C;
SELECT * FROM datazone.datazone_whoami();
-- nor does a wrong row type crash it
CREATE FUNCTION datazone.whoami_narrow(server text, OUT server text,
    OUT endpoint text)
AS '$libdir/datazone', 'datazone_whoami' LANGUAGE C;
SELECT * FROM datazone.whoami_narrow(NULL);
