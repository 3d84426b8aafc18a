--
-- The table datazone_run: whose rows a role sees, and that it cannot write.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
CREATE SERVER sales FOREIGN DATA WRAPPER datazone;
CREATE SERVER finance FOREIGN DATA WRAPPER datazone;
CREATE SERVER "Odd "" name" FOREIGN DATA WRAPPER datazone;
CREATE ROLE datazone_seller;
CREATE ROLE datazone_auditor;
CREATE ROLE datazone_boss;
CREATE ROLE datazone_owner;

-- as the worker does, whoever that is
INSERT INTO datazone_run (server, domain_id, id, status)
SELECT server, 'dzd_' || d, 'run' || n, 'SUCCESS'
FROM unnest('{sales,finance,"Odd \" name",dropped}'::text[]) server,
     generate_series(1, 2) d, generate_series(1, 3) n;
SELECT count(*) FROM datazone_run;

-- without SELECT on the table, nothing
SET ROLE datazone_seller;
SELECT outcome('SELECT * FROM datazone_run');
RESET ROLE;
GRANT SELECT ON datazone_run TO datazone_seller, datazone_auditor, datazone_boss, datazone_owner;
-- without USAGE, no row
SET ROLE datazone_seller;
SELECT count(*) FROM datazone_run;
RESET ROLE;
-- with USAGE on one server, its rows
GRANT USAGE ON FOREIGN SERVER sales TO datazone_seller;
GRANT USAGE ON FOREIGN SERVER "Odd "" name" TO datazone_auditor;
GRANT datazone_seller, datazone_auditor TO datazone_boss;
ALTER SERVER finance OWNER TO datazone_owner;
SET ROLE datazone_seller;
SELECT server, count(*) FROM datazone_run GROUP BY server;
SELECT count(*) FROM datazone_run WHERE server = 'finance';
-- a condition that leaks what it sees is not asked first
CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001
AS $$BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END$$;
SELECT count(*) FROM datazone_run WHERE pg_temp.leak(server) AND id = 'run1';
SET ROLE datazone_auditor;
SELECT server, count(*) FROM datazone_run GROUP BY server ORDER BY server;
-- membership inherits USAGE, owning a server is USAGE, PUBLIC is everybody
SET ROLE datazone_boss;
SELECT server, count(*) FROM datazone_run GROUP BY server ORDER BY server;
SET ROLE datazone_owner;
SELECT server, count(*) FROM datazone_run GROUP BY server ORDER BY server;
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER finance TO PUBLIC;
SET ROLE datazone_seller;
SELECT server, count(*) FROM datazone_run GROUP BY server ORDER BY server;
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER finance FROM PUBLIC;
-- a renamed server is another name; a dropped one is nobody's
ALTER SERVER sales RENAME TO renamed;
SET ROLE datazone_seller;
SELECT count(*) FROM datazone_run;
RESET ROLE;
ALTER SERVER renamed RENAME TO sales;
SET ROLE datazone_seller;
SELECT count(*) FROM datazone_run;
RESET ROLE;
DROP SERVER sales CASCADE;
SET ROLE datazone_seller;
SELECT count(*) FROM datazone_run;
RESET ROLE;

-- a server of another wrapper is not the one whose runs these are
CREATE FOREIGN DATA WRAPPER datazone_other;
CREATE SERVER dropped FOREIGN DATA WRAPPER datazone_other;
CREATE SERVER sales FOREIGN DATA WRAPPER datazone_other;
GRANT USAGE ON FOREIGN SERVER dropped, sales TO datazone_seller;
SET ROLE datazone_seller;
SELECT count(*) FROM datazone_run;
RESET ROLE;
DROP FOREIGN DATA WRAPPER datazone_other CASCADE;
CREATE SERVER dropped FOREIGN DATA WRAPPER datazone;
GRANT USAGE ON FOREIGN SERVER dropped TO datazone_seller;
SET ROLE datazone_seller;
SELECT server, count(*) FROM datazone_run GROUP BY server;
RESET ROLE;
DROP SERVER dropped;

-- only the worker writes
GRANT USAGE ON FOREIGN SERVER finance TO datazone_seller;
SET ROLE datazone_seller;
SELECT statement, refusal(statement) FROM unnest(ARRAY[
    'INSERT INTO datazone_run (server, domain_id, id) VALUES (''finance'', ''d'', ''i'')',
    'UPDATE datazone_run SET status = ''FAILED''',
    'DELETE FROM datazone_run', 'TRUNCATE datazone_run',
    'SELECT * FROM datazone_run FOR UPDATE']) statement;
RESET ROLE;
-- and no grant writes past the policy
GRANT INSERT, UPDATE, DELETE ON datazone_run TO datazone_seller;
SET ROLE datazone_seller;
SELECT statement, refusal(statement) FROM unnest(ARRAY[
    'INSERT INTO datazone_run (server, domain_id, id) VALUES (''finance'', ''d'', ''i'')',
    'UPDATE datazone_run SET status = ''FAILED''',
    'DELETE FROM datazone_run']) statement;
RESET ROLE;
SELECT count(*), count(DISTINCT status) FROM datazone_run;

-- a run is known by its server, its domain, and its id
SELECT refusal('INSERT INTO datazone_run (server, domain_id, id) VALUES (''finance'', ''dzd_1'', ''run1'')');
SELECT refusal('INSERT INTO datazone_run (server, domain_id, id) VALUES (''finance'', ''dzd_1'', NULL)');
-- functions that return runs do not care for the policy
GRANT EXECUTE ON FUNCTION datazone_get_run TO datazone_seller;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_seller;
CREATE USER MAPPING FOR PUBLIC SERVER sim OPTIONS (access_key_id 'AKIDEXAMPLE',
    secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
REVOKE ALL ON datazone_run FROM datazone_seller;
SET ROLE datazone_seller;
SELECT id, status FROM datazone_get_run('run_payments_001', server => 'sim');
RESET ROLE;

ALTER SERVER finance OWNER TO CURRENT_USER;
DROP OWNED BY datazone_seller, datazone_auditor, datazone_boss, datazone_owner;
DROP ROLE datazone_boss, datazone_seller, datazone_auditor, datazone_owner;
