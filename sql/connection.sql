--
-- Options of servers and user mappings: what the validator takes and refuses.
--
CREATE EXTENSION datazone;
\pset format unaligned
\pset null NULL

-- Run a statement, undo it, and say how it ended.
CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    code text;
    message text;
    detail text;
    hint text;
BEGIN
    BEGIN
        EXECUTE statement;
        RAISE EXCEPTION USING ERRCODE = 'UNDO0';
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE,
            message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
            hint = PG_EXCEPTION_HINT;
    END;
    IF code = 'UNDO0' THEN
        RETURN 'taken';
    END IF;
    RETURN concat_ws(' / ', code, message, nullif(detail, ''),
                     nullif(hint, ''));
END
$$;

CREATE FUNCTION server_option(name text, value text) RETURNS text
LANGUAGE sql AS $$
    SELECT outcome(format('CREATE SERVER trial FOREIGN DATA WRAPPER datazone '
                          'OPTIONS (%I %L)', name, value));
$$;

CREATE FUNCTION mapping_options(VARIADIC options text[]) RETURNS text
LANGUAGE sql AS $$
    SELECT outcome(format('CREATE USER MAPPING FOR PUBLIC SERVER sales '
                          'OPTIONS (%s)', string_agg(format('%I %L',
                          options[i], options[i + 1]), ', ' ORDER BY i)))
    FROM generate_series(1, cardinality(options), 2) i;
$$;

-- the wrapper
SELECT fdwname, fdwhandler = 0 AS no_handler, fdwvalidator::regproc, fdwacl
FROM pg_foreign_data_wrapper WHERE fdwname = 'datazone';

-- a server may be set up in steps, so none of its options is required
CREATE SERVER sales FOREIGN DATA WRAPPER datazone;
ALTER SERVER sales OPTIONS (ADD region 'eu-west-1',
    ADD domain_identifier 'dzd_53ielnpxktdilj', ADD use_fips 'false',
    ADD connect_timeout '3100ms', ADD request_timeout '30s',
    ADD max_attempts '3', ADD retry_mode 'standard', ADD rate_limit '20',
    ADD paused 'false', ADD endpoint_url 'http://127.0.0.1:1',
    ADD ca_bundle '/etc/ssl/certs/ca-certificates.crt');
SELECT option_name, option_value
FROM pg_options_to_table((SELECT srvoptions FROM pg_foreign_server
                          WHERE srvname = 'sales'));

-- values of server options
SELECT name, value, server_option(name, value)
FROM (VALUES
    ('region', 'us-gov-west-1'),
    ('region', 'EU-west-1'),
    ('region', ''),
    ('region', 'eu.west.1'),
    ('region', 'evil.example/'),
    ('region', '-eu'),
    ('region', 'eu-'),
    ('region', '12345'),
    ('region', repeat('a', 63)),
    ('region', repeat('a', 64)),
    ('region', E'eu-west-1\n'),
    ('region', 'eu-west-ä'),
    ('domain_identifier', 'dzd-A1_b-2'),
    ('domain_identifier', 'dzd_' || repeat('x', 36)),
    ('domain_identifier', 'dzd_' || repeat('x', 37)),
    ('domain_identifier', 'dzd_'),
    ('domain_identifier', 'dzd53ielnpxktdilj'),
    ('domain_identifier', 'DZD_53ielnpxktdilj'),
    ('domain_identifier', 'xdzd_53ielnpxktdilj'),
    ('domain_identifier', 'dzd_a/../b'),
    ('domain_identifier', 'd'),
    ('domain_identifier', E'dzd_a\rb'),
    ('use_fips', 'no'),
    ('use_fips', 'on'),
    ('use_fips', 'perhaps'),
    ('connect_timeout', '1'),
    ('connect_timeout', '3100'),
    ('connect_timeout', '1.5s'),
    ('connect_timeout', '10min'),
    ('connect_timeout', '0'),
    ('connect_timeout', '-1'),
    ('connect_timeout', '0.4ms'),
    ('connect_timeout', '600001'),
    ('connect_timeout', '11min'),
    ('connect_timeout', '99999999999'),
    ('connect_timeout', '30sec'),
    ('connect_timeout', '30 kB'),
    ('connect_timeout', 'soon'),
    ('request_timeout', '1h'),
    ('request_timeout', '61min'),
    ('request_timeout', 'NaN'),
    ('max_attempts', '1'),
    ('max_attempts', '100'),
    ('max_attempts', '0'),
    ('max_attempts', '101'),
    ('max_attempts', '2.5s'),
    ('max_attempts', '3 tries'),
    ('retry_mode', 'adaptive'),
    ('retry_mode', 'legacy'),
    ('rate_limit', '0'),
    ('rate_limit', '0.5'),
    ('rate_limit', '1e3'),
    ('rate_limit', '-1'),
    ('rate_limit', '1e-9'),
    ('rate_limit', '1e9'),
    ('rate_limit', 'infinity'),
    ('rate_limit', 'NaN'),
    ('rate_limit', '20/s'),
    ('paused', 'on'),
    ('paused', '2'),
    ('endpoint_url', 'https://vpce-1.datazone.eu-west-1.vpce.amazonaws.com/a'),
    ('endpoint_url', 'http://localhost:8080'),
    ('endpoint_url', 'http://[::1]:8080'),
    ('endpoint_url', 'http://datazone.eu-west-1.api.aws'),
    ('endpoint_url', 'http://127.0.0.1.example:80'),
    ('endpoint_url', 'http://2130706433'),
    ('endpoint_url', 'file:///etc/passwd'),
    ('endpoint_url', 'gopher://localhost'),
    ('endpoint_url', 'localhost:8080'),
    ('endpoint_url', 'https://'),
    ('endpoint_url', 'https://user:word@host'),
    ('endpoint_url', 'https://host/?q=1'),
    ('endpoint_url', 'https://host/#f'),
    ('endpoint_url', 'https://host:0'),
    ('endpoint_url', 'https://host:65536'),
    ('endpoint_url', 'https://ho st'),
    ('endpoint_url', E'https://host\r\nHost: other'),
    ('ca_bundle', '/etc/ssl/ca.pem'),
    ('ca_bundle', 'ca.pem'),
    ('ca_bundle', '../ca.pem'),
    ('proxy', 'http://proxy:3128'),
    ('proxy', 'https://proxy.example/'),
    ('proxy', 'http://user:word@proxy:3128'),
    ('proxy', 'http://proxy:3128/path'),
    ('proxy', 'socks5://proxy:1080'),
    ('proxy', 'proxy:3128'),
    ('proxy', '')
) AS t(name, value);

-- names of server options: a slip, the wrong place, something else
SELECT name, server_option(name, 'x')
FROM unnest('{regoin, Region, domain, domain_id, endpoint, timeout,
              secret_access_key, credentials, host, ""}'::text[]) name;

-- values of mapping options, and which of them go together
SELECT options, mapping_options(VARIADIC options)
FROM (VALUES
    ('{access_key_id, AKIDEXAMPLE, secret_access_key, wJalr/+=}'::text[]),
    ('{access_key_id, A.b-c_1, secret_access_key, s, session_token, t}'),
    ('{access_key_id, AKIDEXAMPLE}'),
    ('{secret_access_key, s}'),
    ('{session_token, t}'),
    ('{access_key_id, AKIDEXAMPLE, session_token, t}'),
    ('{access_key_id, "", secret_access_key, s}'),
    ('{access_key_id, AKIDEXAMPLE, secret_access_key, ""}'),
    ('{access_key_id, "AKID EXAMPLE", secret_access_key, s}'),
    ('{access_key_id, AKID/EXAMPLE, secret_access_key, s}'),
    ('{access_key_id, "AKID,EXAMPLE", secret_access_key, s}'),
    ('{access_key_id, AKID=EXAMPLE, secret_access_key, s}'),
    (ARRAY['access_key_id', repeat('A', 128), 'secret_access_key', 's']),
    (ARRAY['access_key_id', repeat('A', 129), 'secret_access_key', 's']),
    (ARRAY['access_key_id', 'AKIDEXAMPLE', 'secret_access_key', E's\n']),
    (ARRAY['access_key_id', 'AKIDEXAMPLE', 'secret_access_key', E's\x7f']),
    ('{access_key_id, AKIDEXAMPLE, secret_access_key, " s"}'),
    ('{access_key_id, AKIDEXAMPLE, secret_access_key, "ß"}'),
    ('{access_key_id, AKIDEXAMPLE, secret_access_key, s, session_token, "a b"}'),
    ('{role_arn, "arn:aws:iam::123456789012:role/etl"}'),
    ('{role_session_name, etl}'),
    ('{external_id, xy}'),
    ('{credentials, default}'),
    ('{credentials, Default}'),
    ('{credentials, ""}'),
    ('{profile, etl}'),
    ('{profile, "two words"}'),
    (ARRAY['profile', E'a\nb']),
    ('{credentials, default, profile, etl}'),
    ('{credentials, default, access_key_id, A, secret_access_key, s}'),
    ('{profile, etl, access_key_id, A, secret_access_key, s}'),
    ('{credentials, default, role_arn, "arn:aws:iam::123456789012:role/etl"}'),
    ('{profile, etl, role_arn, "arn:aws:iam::123456789012:role/etl"}'),
    ('{access_key_id, A, secret_access_key, s, role_arn,
       "arn:aws-us-gov:iam::123456789012:role/path/etl", role_session_name,
       "etl@db.example", external_id, "a/b:c=1"}'),
    ('{access_key_id, A, secret_access_key, s, role_arn, "role/etl"}'),
    ('{access_key_id, A, secret_access_key, s, role_arn,
       "arn:aws:iam::1:role/e t l"}'),
    ('{credentials, default, role_arn, "arn:aws:iam::123456789012:role/etl",
       role_session_name, "a b"}'),
    ('{credentials, default, role_arn, "arn:aws:iam::123456789012:role/etl",
       role_session_name, a}'),
    ('{credentials, default, role_arn, "arn:aws:iam::123456789012:role/etl",
       external_id, "a&b"}'),
    ('{credentials, default, external_id, ab}'),
    ('{acces_key_id, AKIDEXAMPLE}'),
    ('{user, me, password, mine}'),
    ('{region, eu-west-1}')
) AS t(options);

-- a mapping without options keeps a role from PUBLIC's
SELECT outcome('CREATE USER MAPPING FOR PUBLIC SERVER sales');

-- the rules hold after ALTER too
CREATE USER MAPPING FOR PUBLIC SERVER sales
    OPTIONS (access_key_id 'AKIDEXAMPLE', secret_access_key 's');
SELECT change, outcome('ALTER USER MAPPING FOR PUBLIC SERVER sales OPTIONS ('
                       || change || ')')
FROM unnest(ARRAY[
    'DROP secret_access_key',
    'DROP access_key_id, DROP secret_access_key',
    'SET access_key_id ''AKIDOTHER'', SET secret_access_key ''t''',
    'SET secret_access_key ''''',
    'ADD session_token ''u'', DROP access_key_id, DROP secret_access_key',
    'ADD session_token ''u''']) change;
SELECT outcome('ALTER SERVER sales OPTIONS (SET region ''no region'')');

-- nothing else has options
SELECT statement, outcome(statement)
FROM unnest(ARRAY[
    'ALTER FOREIGN DATA WRAPPER datazone OPTIONS (region ''eu-west-1'')',
    'CREATE FOREIGN TABLE t (c int) SERVER sales OPTIONS (operation ''x'')',
    'CREATE FOREIGN TABLE t (c int OPTIONS (name ''x'')) SERVER sales'
    ]) statement;

-- the validator by hand
SELECT statement, outcome(statement)
FROM unnest(ARRAY[
    'SELECT datazone_fdw_validator(NULL, 1417)',
    'SELECT datazone_fdw_validator(''{}'', NULL)',
    'SELECT datazone_fdw_validator(''{NULL}'', 1417)',
    'SELECT datazone_fdw_validator(''{region}'', 1417)',
    'SELECT datazone_fdw_validator(''{=}'', 1417)',
    'SELECT datazone_fdw_validator(''{region=a,region=b}'', 1417)',
    'SELECT datazone_fdw_validator(''{region=a}'', 0)'
    ]) statement;

SET client_min_messages = warning;
DROP EXTENSION datazone CASCADE;
