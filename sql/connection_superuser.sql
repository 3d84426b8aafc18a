--
-- What only a superuser may set stays out of everybody else's reach.
--
CREATE EXTENSION datazone;

CREATE ROLE owner;
CREATE ROLE etl;
GRANT USAGE ON FOREIGN DATA WRAPPER datazone TO owner;

-- a plain role makes servers and mappings of the harmless options
SET ROLE owner;
CREATE SERVER sales FOREIGN DATA WRAPPER datazone
    OPTIONS (region 'eu-west-1', domain_identifier 'dzd_sales');
ALTER SERVER sales OPTIONS (SET region 'eu-west-2', ADD request_timeout '5s');
CREATE USER MAPPING FOR etl SERVER sales
    OPTIONS (access_key_id 'AKIDEXAMPLE', secret_access_key 'guarded');
GRANT USAGE ON FOREIGN SERVER sales TO etl;

-- but it cannot say where requests go, whom to trust, or borrow the host's
-- identity: not when creating, not later
CREATE SERVER evil FOREIGN DATA WRAPPER datazone
    OPTIONS (endpoint_url 'https://evil.example');
\echo :SQLSTATE
CREATE SERVER evil FOREIGN DATA WRAPPER datazone
    OPTIONS (ca_bundle '/tmp/evil.pem');
CREATE SERVER evil FOREIGN DATA WRAPPER datazone
    OPTIONS (proxy 'http://evil.example');
ALTER SERVER sales OPTIONS (ADD endpoint_url 'https://evil.example');
ALTER SERVER sales OPTIONS (ADD ca_bundle '/tmp/evil.pem');
ALTER SERVER sales OPTIONS (ADD proxy 'http://evil.example');
CREATE USER MAPPING FOR owner SERVER sales OPTIONS (credentials 'default');
\echo :SQLSTATE
CREATE USER MAPPING FOR owner SERVER sales OPTIONS (profile 'admin');
ALTER USER MAPPING FOR etl SERVER sales OPTIONS (ADD credentials 'default');
ALTER USER MAPPING FOR etl SERVER sales OPTIONS (ADD profile 'admin');
RESET ROLE;
SET ROLE etl;
ALTER USER MAPPING FOR etl SERVER sales OPTIONS (ADD credentials 'default');
CREATE USER MAPPING FOR PUBLIC SERVER sales OPTIONS (profile 'admin');
RESET ROLE;

-- a superuser can, and from then on only superusers change the server
ALTER SERVER sales OPTIONS (ADD endpoint_url 'http://127.0.0.1:1',
    ADD ca_bundle '/etc/ssl/private-ca.pem');
SET ROLE owner;
ALTER SERVER sales OPTIONS (SET endpoint_url 'https://evil.example');
ALTER SERVER sales OPTIONS (SET region 'eu-west-3');
ALTER SERVER sales OPTIONS (DROP endpoint_url);
ALTER SERVER sales OPTIONS (DROP ca_bundle);
ALTER SERVER sales OPTIONS (DROP endpoint_url, DROP ca_bundle);
\echo :SQLSTATE
RESET ROLE;
SELECT srvoptions FROM pg_foreign_server WHERE srvname = 'sales';

-- also in a session that has not loaded the library yet
\c -
SET ROLE owner;
ALTER SERVER sales OPTIONS (DROP endpoint_url, DROP ca_bundle);
-- what says nothing about options stays the owner's
ALTER SERVER sales VERSION '2';
ALTER SERVER sales RENAME TO renamed;
ALTER SERVER renamed RENAME TO sales;
RESET ROLE;
ALTER SERVER sales OPTIONS (DROP endpoint_url);
ALTER SERVER sales OPTIONS (SET ca_bundle '/etc/ssl/other.pem');
ALTER SERVER sales OPTIONS (DROP ca_bundle);
SET ROLE owner;
ALTER SERVER sales OPTIONS (SET region 'eu-west-3');
RESET ROLE;

-- servers of other wrappers are none of our business
CREATE FOREIGN DATA WRAPPER foreign_wrapper;
GRANT USAGE ON FOREIGN DATA WRAPPER foreign_wrapper TO owner;
SET ROLE owner;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER foreign_wrapper
    OPTIONS (endpoint_url 'x');
ALTER SERVER elsewhere OPTIONS (DROP endpoint_url);
RESET ROLE;

-- a mapping that a superuser gave the host's identity
CREATE USER MAPPING FOR owner SERVER sales OPTIONS (credentials 'default');
SET ROLE owner;
ALTER USER MAPPING FOR owner SERVER sales OPTIONS (SET credentials 'other');
ALTER USER MAPPING FOR owner SERVER sales
    OPTIONS (ADD role_arn 'arn:aws:iam::123456789012:role/admin');
ALTER USER MAPPING FOR owner SERVER sales
    OPTIONS (ADD access_key_id 'AKIDEXAMPLE', ADD secret_access_key 's');
ALTER USER MAPPING FOR owner SERVER sales OPTIONS (ADD profile 'admin');
-- giving it up is allowed, but not for another one
ALTER USER MAPPING FOR owner SERVER sales
    OPTIONS (DROP credentials, ADD profile 'admin');
ALTER USER MAPPING FOR owner SERVER sales
    OPTIONS (DROP credentials,
             ADD role_arn 'arn:aws:iam::123456789012:role/admin');
ALTER USER MAPPING FOR owner SERVER sales OPTIONS (DROP credentials);
RESET ROLE;

-- who sees the keys of a mapping: neither the server's owner nor others
CREATE ROLE nobody;
SET ROLE nobody;
SELECT current_user, usename, umoptions FROM pg_user_mappings
WHERE srvname = 'sales' ORDER BY usename;
SET ROLE owner;
SELECT current_user, usename, umoptions FROM pg_user_mappings
WHERE srvname = 'sales' ORDER BY usename;
SET ROLE etl;
SELECT current_user, usename, umoptions FROM pg_user_mappings
WHERE srvname = 'sales' ORDER BY usename;
SELECT umoptions FROM pg_user_mapping;
RESET ROLE;

-- nobody got EXECUTE by default, but of what row security asks for everybody
SELECT proname FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid
JOIN pg_extension e ON d.refobjid = e.oid AND e.extname = 'datazone'
WHERE d.classid = 'pg_proc'::regclass
  AND has_function_privilege('nobody', p.oid, 'EXECUTE')
ORDER BY 1;

-- while a mapping is the host's identity the server's owner does not say to
-- which Region, and so to which hosts, its tokens go
SET ROLE owner;
CREATE SERVER hosted FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
ALTER SERVER hosted OPTIONS (SET region 'eu-west-2', ADD use_fips 'true');
RESET ROLE;
CREATE USER MAPPING FOR etl SERVER hosted OPTIONS (credentials 'default');
SET ROLE owner;
ALTER SERVER hosted OPTIONS (SET region 'cn-north-1');
\echo :SQLSTATE
ALTER SERVER hosted OPTIONS (DROP region);
ALTER SERVER hosted OPTIONS (SET use_fips 'false');
ALTER SERVER hosted OPTIONS (DROP use_fips);
ALTER SERVER hosted OPTIONS (SET region 'eu-west-2', ADD paused 'true');
RESET ROLE;
ALTER SERVER hosted OPTIONS (SET region 'eu-west-3');
DROP USER MAPPING FOR etl SERVER hosted;
CREATE USER MAPPING FOR PUBLIC SERVER hosted OPTIONS (profile 'admin');
SET ROLE owner;
ALTER SERVER hosted OPTIONS (SET region 's3');
RESET ROLE;
DROP USER MAPPING FOR PUBLIC SERVER hosted;
SET ROLE owner;
ALTER SERVER hosted OPTIONS (SET region 'eu-west-1', DROP use_fips);
RESET ROLE;
