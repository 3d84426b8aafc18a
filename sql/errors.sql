--
-- What the service refuses: SQLSTATE, message, detail, hint, context.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
-- what is retried is another file's matter
ALTER SERVER sim OPTIONS (ADD max_attempts '1');

CREATE TABLE answer (n serial, code text, status int, message text, style text);
CREATE FUNCTION faults(operation text) RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', operation, 'kind', 'error',
        'params', json_strip_nulls(json_build_object('code', code,
            'status', status, 'message', message, 'style', style))) ORDER BY n)
    FROM answer;
$$;
CREATE FUNCTION outcomes(statement text)
RETURNS TABLE (code text, status int, outcome text) LANGUAGE sql AS $$
    SELECT code, status, outcome(statement) FROM answer ORDER BY n;
$$;

-- the exceptions of the API
INSERT INTO answer (code, status, message) VALUES
    ('ValidationException', 400, '1 validation error detected: Value at ''x'''),
    ('UnauthorizedException', 401, 'User is not authorized'),
    ('ServiceQuotaExceededException', 402, 'Too many of them'),
    ('AccessDeniedException', 403, 'User is not permitted to perform operation: GetDataSourceRun'),
    ('ResourceNotFoundException', 404, 'Requested run cannot be found'),
    ('ConflictException', 409, 'There is a conflict'),
    ('ThrottlingException', 429, 'Rate exceeded'),
    ('InternalServerException', 500, 'Internal server error');
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT * FROM datazone_get_run(''r'')');
-- from every operation: its name, and the same SQLSTATE
SELECT json_agg(json_build_object('operation', operation, 'kind', 'error',
    'params', json_build_object('code', code, 'status', status, 'message', 'no'))
    ORDER BY o, n) AS faults
FROM answer, unnest('{ListDataSourceRuns,ListDataSources,StartDataSourceRun,PostLineageEvent,StartMetadataGenerationRun,GetMetadataGenerationRun,CreateDataProductRevision}'::text[])
         WITH ORDINALITY AS t(operation, o) \gset
\set ids `sim post faults :'faults'`
SELECT refusal(call) FROM unnest(ARRAY[
    'datazone_list_data_source_runs(''d'')',
    'datazone_list_data_sources(''p'')',
    'datazone_start_run(''d'')',
    'datazone_post_lineage(''{"run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}, "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}'')',
    'datazone_start_metadata_generation_run(''p'', ''a'')',
    'datazone_get_metadata_generation_run(''r'')',
    'datazone_create_data_product_revision(''d'', ''n'')'
    ]) WITH ORDINALITY AS c(f, o), LATERAL (SELECT 'SELECT * FROM ' || f) AS s(call),
    answer ORDER BY o, n;

-- the gateway before the service has codes of its own
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (code, status, message) VALUES
    ('MissingAuthenticationTokenException', 403, 'Missing Authentication Token'),
    ('IncompleteSignatureException', 400, 'Authorization header requires ''Signature'''),
    ('InvalidSignatureException', 403, 'The request signature we calculated does not match'),
    ('SignatureDoesNotMatch', 403, 'The request signature we calculated does not match'),
    ('UnrecognizedClientException', 403, 'The security token included in the request is invalid.'),
    ('InvalidClientTokenId', 403, 'The security token included in the request is invalid'),
    ('ExpiredTokenException', 403, 'The security token included in the request is expired'),
    ('ExpiredToken', 400, 'The provided token has expired.'),
    ('RequestExpired', 400, 'Request has expired'),
    ('RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'),
    ('AccessDenied', 403, 'User: arn:aws:iam::1:user/u is not authorized'),
    ('TooManyRequestsException', 429, 'Too Many Requests'),
    ('ServiceUnavailableException', 503, 'Service is unavailable'),
    ('BadGateway', 502, 'bad'),
    ('GatewayTimeout', 504, 'late'),
    ('SerializationException', 400, 'unexpected token'),
    ('NewException', 400, 'new'), ('NewException', 401, 'new'),
    ('NewException', 402, 'new'), ('NewException', 403, 'new'),
    ('NewException', 404, 'new'), ('NewException', 409, 'new'),
    ('NewException', 429, 'new'), ('NewException', 500, 'new'),
    ('NewException', 503, 'new');
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
WITH o AS MATERIALIZED (
    SELECT *, outcome('SELECT * FROM datazone_get_run(''r'')') FROM answer ORDER BY n)
SELECT code, status, split_part(outcome, ' / ', 1) AS sqlstate,
       split_part(outcome, ' / ', 2) AS message,
       position(message IN outcome) > 0 AS its_words,
       outcome ~ format('HTTP status %s, request ID <id>', status) AS its_status,
       substring(outcome FROM '((?:Check|Put) .*); datazone_whoami') AS hint
FROM o;

-- wherever the code stands
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (code, status, message, style)
SELECT 'ConflictException', 409, 'in conflict', style
FROM unnest('{header,header_uri,body_type,body_code}'::text[]) style;
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT outcome, count(*) FROM outcomes('SELECT * FROM datazone_get_run(''r'')')
GROUP BY outcome;

-- what the simulator itself says of keys and signatures
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET secret_access_key 'wrong');
SELECT outcome('SELECT * FROM datazone_get_run(''r'')');
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET access_key_id 'AKIDUNKNOWN');
SELECT outcome('SELECT * FROM datazone_get_run(''r'')');
\! sim post identities '[{"access_key": "AKIDEXPIRED", "secret_key": "s", "expired": true}, {"access_key": "AKIDUNAUTHORIZED", "secret_key": "s", "unauthorized": true}, {"access_key": "AKIDDENIED", "secret_key": "s", "denied": ["StartDataSourceRun"]}]' > /dev/null
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET access_key_id 'AKIDEXPIRED', SET secret_access_key 's');
SELECT outcome('SELECT * FROM datazone_get_run(''r'')');
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET access_key_id 'AKIDUNAUTHORIZED');
SELECT outcome('SELECT * FROM datazone_get_run(''r'')');
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET access_key_id 'AKIDDENIED');
SELECT outcome('SELECT * FROM datazone_start_run(''ds_orders'')');
SELECT outcome('SELECT * FROM datazone_get_run(''run_orders_001'')');
-- a wrong Region signs for another place
ALTER SERVER sim OPTIONS (SET region 'us-east-1');
SELECT outcome('SELECT * FROM datazone_get_run(''run_orders_001'')');
