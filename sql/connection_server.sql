--
-- Which server and which mapping a call means.  datazone_whoami() shows both
-- and sends nothing.
--
CREATE EXTENSION datazone;
CREATE ROLE etl;
CREATE ROLE analyst;
CREATE ROLE outsider;
GRANT EXECUTE ON FUNCTION datazone_whoami TO etl, analyst, outsider;

-- without EXECUTE
CREATE ROLE stranger;
SET ROLE stranger;
SELECT * FROM datazone_whoami();
\echo :SQLSTATE
RESET ROLE;

-- no server at all
SELECT * FROM datazone_whoami();
\echo :SQLSTATE
SELECT * FROM datazone_whoami('sales');
\echo :SQLSTATE
SELECT * FROM datazone_whoami('');

-- one server: it is the default of those who have USAGE
CREATE SERVER sales FOREIGN DATA WRAPPER datazone;
SELECT * FROM datazone_whoami();
\echo :SQLSTATE
ALTER SERVER sales OPTIONS (ADD region 'eu-west-1');
SELECT * FROM datazone_whoami();
\echo :SQLSTATE
CREATE USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (access_key_id 'AKIDSUPER0001', secret_access_key 's');
SELECT * FROM datazone_whoami();
SELECT (datazone_whoami()).*;
SELECT * FROM datazone_whoami('sales');
SELECT * FROM datazone_whoami(server => 'sales');
SELECT * FROM datazone_whoami('Sales');
SELECT * FROM datazone_whoami('sale');
SELECT * FROM datazone_whoami(repeat('sales', 13));

-- USAGE is asked at every call, the mapping is the caller's own
SET ROLE etl;
SELECT * FROM datazone_whoami();
SELECT * FROM datazone_whoami('sales');
\echo :SQLSTATE
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER sales TO etl;
SET ROLE etl;
SELECT * FROM datazone_whoami();
CREATE USER MAPPING FOR etl SERVER sales
    OPTIONS (access_key_id 'AKIDETL00002', secret_access_key 's');
SELECT * FROM datazone_whoami();
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER sales FROM etl;
SET ROLE etl;
SELECT * FROM datazone_whoami('sales');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER sales TO etl;

-- membership inherits USAGE, never a mapping
GRANT etl TO analyst;
SET ROLE analyst;
SELECT * FROM datazone_whoami();
RESET ROLE;

-- a PUBLIC mapping serves whoever has none of their own
CREATE USER MAPPING FOR PUBLIC SERVER sales
    OPTIONS (access_key_id 'AKIDPUBLIC003', secret_access_key 's');
SET ROLE analyst;
SELECT access_key_id FROM datazone_whoami();
SET ROLE etl;
SELECT access_key_id FROM datazone_whoami();
RESET ROLE;
-- it gives no USAGE
SET ROLE outsider;
SELECT access_key_id FROM datazone_whoami('sales');
RESET ROLE;
-- the role's first own mapping takes over, its last one gives back
CREATE USER MAPPING FOR analyst SERVER sales
    OPTIONS (access_key_id 'AKIDANALYST4', secret_access_key 's');
SET ROLE analyst;
SELECT access_key_id FROM datazone_whoami();
RESET ROLE;
ALTER USER MAPPING FOR analyst SERVER sales
    OPTIONS (DROP access_key_id, DROP secret_access_key);
SET ROLE analyst;
SELECT access_key_id FROM datazone_whoami();
\echo :SQLSTATE
RESET ROLE;
DROP USER MAPPING FOR analyst SERVER sales;
SET ROLE analyst;
SELECT access_key_id FROM datazone_whoami();
RESET ROLE;
DROP USER MAPPING FOR PUBLIC SERVER sales;
SET ROLE analyst;
SELECT access_key_id FROM datazone_whoami();
RESET ROLE;

-- changes take effect at the next call, and a rollback takes them back
ALTER USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (SET access_key_id 'AKIDROTATED5');
SELECT access_key_id FROM datazone_whoami();
ALTER SERVER sales OPTIONS (SET region 'cn-north-1');
SELECT endpoint, region FROM datazone_whoami();
BEGIN;
ALTER SERVER sales OPTIONS (SET region 'us-east-1');
SELECT endpoint, region FROM datazone_whoami();
ROLLBACK;
SELECT endpoint, region FROM datazone_whoami();
ALTER SERVER sales OPTIONS (ADD endpoint_url 'http://127.0.0.1:8080/base/');
SELECT endpoint, region FROM datazone_whoami();
ALTER SERVER sales OPTIONS (DROP region);
SELECT endpoint, region FROM datazone_whoami();
ALTER SERVER sales OPTIONS (ADD region 'eu-west-1', DROP endpoint_url);
ALTER SERVER sales RENAME TO "Sales EU";
SELECT server FROM datazone_whoami();
ALTER SERVER "Sales EU" RENAME TO sales;
-- a short id is hidden whole
ALTER USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (SET access_key_id 'test');
SELECT access_key_id FROM datazone_whoami();
ALTER USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (SET access_key_id 'tests');
SELECT access_key_id FROM datazone_whoami();

-- two servers: the setting, or the argument
CREATE SERVER finance FOREIGN DATA WRAPPER datazone
    OPTIONS (region 'us-east-1');
CREATE USER MAPPING FOR CURRENT_USER SERVER finance
    OPTIONS (access_key_id 'AKIDFINANCE6', secret_access_key 's');
SELECT server FROM datazone_whoami();
\echo :SQLSTATE
SET datazone.server = 'finance';
SELECT server, access_key_id FROM datazone_whoami();
SELECT server, access_key_id FROM datazone_whoami('sales');
SET datazone.server = 'finances';
SELECT server FROM datazone_whoami();
SET datazone.server = '';
SELECT server FROM datazone_whoami();
-- USAGE on one of the two makes that the default
SET ROLE etl;
SELECT server FROM datazone_whoami();
SET datazone.server = 'finance';
SELECT server FROM datazone_whoami();
RESET datazone.server;
RESET ROLE;
-- many
SELECT format('CREATE SERVER s%s FOREIGN DATA WRAPPER datazone', i)
FROM generate_series(1, 12) i \gexec
SELECT server FROM datazone_whoami();
SELECT format('DROP SERVER s%s', i) FROM generate_series(1, 12) i \gexec

-- SECURITY DEFINER: the owner's mapping and rights, not the caller's setting
CREATE FUNCTION as_etl(OUT server text, OUT access_key_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT server, access_key_id FROM public.datazone_whoami()';
ALTER FUNCTION as_etl() OWNER TO etl;
CREATE FUNCTION through_invoker(OUT server text, OUT access_key_id text)
LANGUAGE sql AS 'SELECT server, access_key_id FROM public.datazone_whoami()';
CREATE FUNCTION nested(OUT server text, OUT access_key_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT * FROM public.through_invoker()';
ALTER FUNCTION nested() OWNER TO etl;
SET datazone.server = 'finance';
SELECT * FROM as_etl();
SELECT * FROM nested();
SELECT * FROM through_invoker();
SET ROLE outsider;
SELECT * FROM as_etl();
RESET ROLE;
-- neither does its own SET clause count: it passes the argument instead
GRANT USAGE ON FOREIGN SERVER finance TO etl;
ALTER FUNCTION as_etl() SET datazone.server = 'sales';
SELECT * FROM as_etl();
REVOKE USAGE ON FOREIGN SERVER finance FROM etl;
RESET datazone.server;

-- a server of another wrapper is no datazone server, whatever its name
CREATE FOREIGN DATA WRAPPER datazone_too
    VALIDATOR datazone_fdw_validator;
CREATE SERVER other FOREIGN DATA WRAPPER datazone_too
    OPTIONS (region 'eu-west-1');
SELECT server FROM datazone_whoami('other');
\echo :SQLSTATE
DROP SERVER finance CASCADE;
SELECT server FROM datazone_whoami();
SET datazone.server = 'other';
SELECT server FROM datazone_whoami();
RESET datazone.server;
SELECT server FROM datazone_whoami('finance');

-- options that never saw the validator are refused at use
ALTER FOREIGN DATA WRAPPER datazone NO VALIDATOR;
ALTER SERVER sales OPTIONS (ADD max_attempts 'many', ADD color 'blue');
SELECT server FROM datazone_whoami();
\echo :SQLSTATE
ALTER SERVER sales OPTIONS (SET max_attempts '2');
SELECT server FROM datazone_whoami();
ALTER USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (DROP secret_access_key);
SELECT server FROM datazone_whoami();
ALTER FOREIGN DATA WRAPPER datazone VALIDATOR datazone_fdw_validator;

-- a prefix of ours: a wrong setting is an error
SET datazone.sever = 'sales';

-- a long session token is stored compressed or out of line
ALTER USER MAPPING FOR CURRENT_USER SERVER sales OPTIONS (DROP access_key_id);
DO $$BEGIN
    EXECUTE format('ALTER USER MAPPING FOR CURRENT_USER SERVER sales OPTIONS '
                   '(ADD access_key_id %L, ADD secret_access_key %L, '
                   'ADD session_token %L)',
                   'AKIDTOKEN007', 's', repeat('t', 12000));
END$$;
SELECT access_key_id FROM datazone_whoami();

-- what changes made stale is let go of: one connection and one client a pair
-- of server and role, after hundreds of changes
DO $$BEGIN
    FOR i IN 1..300 LOOP
        EXECUTE format('ALTER USER MAPPING FOR CURRENT_USER SERVER sales '
                       'OPTIONS (SET access_key_id %L)', 'AKIDCHURN' || i);
        PERFORM datazone_whoami();
    END LOOP;
END$$;
SELECT access_key_id FROM datazone_whoami();
SELECT name, count(*) FROM pg_backend_memory_contexts
WHERE name IN ('datazone connection', 'datazone AWS client',
               'datazone options')
GROUP BY name ORDER BY name;

-- the extension goes and comes back in one session
SET client_min_messages = warning;
DROP EXTENSION datazone CASCADE;
RESET client_min_messages;
CREATE EXTENSION datazone;
SELECT server FROM datazone_whoami();
CREATE SERVER sales FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
CREATE USER MAPPING FOR CURRENT_USER SERVER sales
    OPTIONS (access_key_id 'AKIDAGAIN008', secret_access_key 's');
SELECT access_key_id FROM datazone_whoami();
