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

-- An ordinary role, as an ETL job would have: USAGE on the server, a user
-- mapping with its keys, and EXECUTE on the functions that it may call.
CREATE ROLE etl LOGIN;
GRANT USAGE ON FOREIGN SERVER retail TO etl;
CREATE USER MAPPING FOR etl SERVER retail
    OPTIONS (access_key_id 'AKIDEXAMPLE',
             secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO etl;
GRANT EXECUTE ON ALL PROCEDURES IN SCHEMA public TO etl;
