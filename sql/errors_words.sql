--
-- Error answers that are not as the API says, or say too much.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
ALTER SERVER sim OPTIONS (ADD max_attempts '1');

-- Answers one by one: a status, headers, and a body of any kind.
CREATE TABLE answer (n serial, what text, status int, headers json, body text);
CREATE FUNCTION faults() RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', 'GetDataSourceRun',
        'kind', 'answer', 'params', json_build_object('status', status,
            'headers', coalesce(headers, '[["Content-Type", "application/json"]]'),
            'body', body)) ORDER BY n)
    FROM answer;
$$;

-- a proxy's page in place of an answer
INSERT INTO answer (what, status, headers, body)
SELECT 'page', status, '[["Content-Type", "text/html"]]',
       E'<html>\r\n<head><title>' || status || '</title></head><body>Denied</body></html>'
FROM unnest('{400,401,402,403,404,409,413,415,418,429,500,502,503,504,599}'::int[]) status;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT status, outcome('SELECT * FROM datazone_get_run(''r'')') FROM answer ORDER BY n;

-- bodies without code or message, or with wrong ones
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (what, status, body) VALUES
    ('empty', 403, ''), ('no members', 403, '{}'), ('a list', 403, '[]'),
    ('null', 403, 'null'), ('half', 403, '{"message": "ha'),
    ('message not text', 403, '{"message": {"a": 1}, "code": 7}'),
    ('capital', 403, '{"Message": "with a capital"}'),
    ('code with a namespace', 404, '{"__type": "com.amazonaws.datazone#ConflictException", "message": "m"}'),
    ('code not text', 404, '{"__type": 404, "message": "m"}'),
    ('empty code', 404, '{"__type": "", "message": ""}'),
    ('controls', 403, '{"message": "a\u0001b\nc\td\u007f", "code": "Access\u0007Denied"}'),
    ('NUL', 403, '{"message": "a\u0000b"}'),
    ('surrogate', 403, '{"message": "a\ud800b"}'),
    ('unicode', 403, '{"message": "Zugriff verweigert – 好み 🚚"}');
INSERT INTO answer (what, status, headers, body) VALUES
    ('header alone', 418, '[["x-amzn-ErrorType", "ThrottlingException"]]', ''),
    ('header first', 400, '[["x-amzn-ErrorType", "ConflictException:http://x/"]]', '{"__type": "ValidationException"}'),
    ('odd header', 400, '[["x-amzn-ErrorType", ":"]]', '{"message": "m"}'),
    ('request id twice', 400, '[["x-amzn-RequestId", "0000"]]', '{"message": "m"}');
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT what, status, outcome('SELECT * FROM datazone_get_run(''r'')') FROM answer ORDER BY n;

-- long words are cut, without tearing a character
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (what, status, body) VALUES
    ('message', 400, json_build_object('message', repeat('é', 10000), '__type', 'ValidationException')),
    ('shifted', 400, json_build_object('message', 'x' || repeat('é', 10000), '__type', 'ValidationException')),
    ('code', 400, json_build_object('message', 'm', '__type', repeat('C', 20000))),
    ('page', 500, repeat('<p>', 8000));
SELECT faults() \gset
\set ids `sim post faults :'faults'`
WITH o AS MATERIALIZED (
    SELECT what, outcome('SELECT * FROM datazone_get_run(''r'')') o FROM answer ORDER BY n)
SELECT what, length(o) < 5000 AS short, o ~ '(é{50}|C{50})' AS its_words FROM o;

-- secrets do not come back: a signature mismatch may repeat the canonical
-- request, the session token included
\! sim post identities '{"access_key": "AKIDTOKEN", "secret_key": "right", "session_token": "SECRETSESSIONTOKEN"}' > /dev/null
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET access_key_id 'AKIDTOKEN',
    SET secret_access_key 'WRONGSECRETKEY', ADD session_token 'SECRETSESSIONTOKEN');
SELECT left(o, 5) AS sqlstate, o ~ 'SECRETSESSIONTOKEN' AS token, o ~ 'WRONGSECRET' AS secret,
       o ~* 'signature=[0-9a-f]' AS signature
FROM outcome('SELECT * FROM datazone_get_run(''r'')') o;
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (what, status, body) VALUES
    ('token', 403, '{"message": "x-amz-security-token:SECRETSESSIONTOKEN and X-Amz-Security-Token: SECRETSESSIONTOKEN"}'),
    ('header', 403, '{"message": "Authorization: AWS4-HMAC-SHA256 Credential=AKIDTOKEN/20250101/eu-west-1/datazone/aws4_request, SignedHeaders=host, Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}'),
    ('bare', 400, '{"message": "SECRETSESSIONTOKEN"}'),
    ('in the code', 400, '{"__type": "SECRETSESSIONTOKEN", "message": "m"}');
SELECT faults() \gset
\set ids `sim post faults :'faults'`
ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET secret_access_key 'right');
WITH o AS MATERIALIZED (
    SELECT what, outcome('SELECT * FROM datazone_get_run(''r'')') o FROM answer ORDER BY n)
SELECT what, left(o, 5) AS sqlstate, o ~ 'SECRETSESSIONTOKEN' AS token,
       o ~* 'signature=[0-9a-f]{32}' AS signature FROM o;

-- nowhere else to go: a redirect is not followed
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (what, status, headers, body)
SELECT 'redirect', status, '[["Location", "http://127.0.0.1:9/elsewhere"]]', ''
FROM unnest('{301,302,303,307,308,304,300}'::int[]) status;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT status, outcome('SELECT * FROM datazone_get_run(''r'')') FROM answer ORDER BY n;
