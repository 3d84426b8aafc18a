--
-- What an error about an answer says of the request: which one it was, and
-- whether it has been carried out.  A proxy's page of HTML is an answer, too,
-- but not the service's.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
ALTER SERVER sim OPTIONS (ADD max_attempts '1');

-- Answers byte by byte, so that there is a request ID only where we want it.
CREATE TABLE answer (n serial, what text, has_id boolean, body text);
CREATE FUNCTION faults(lacking int DEFAULT 0) RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', '*', 'kind', 'raw', 'params',
        json_build_object('base64', translate(encode(convert_to(format(
            E'HTTP/1.1 200 OK\r\n%sContent-Length: %s\r\n\r\n%s',
            CASE WHEN has_id THEN E'x-amzn-RequestId: 019abd5e-5c00-7c3e-9d0c-5f6a3f2f9b11\r\n' END,
            octet_length(body) + lacking, body), 'UTF8'), 'base64'), E'\n', ''))) ORDER BY n)
    FROM answer;
$$;
CREATE FUNCTION outcomes(statement text) RETURNS TABLE (what text, has_id boolean, outcome text)
LANGUAGE sql AS $$
    SELECT what, has_id, outcome(statement) FROM answer ORDER BY n;
$$;
INSERT INTO answer (what, has_id, body)
SELECT what, has_id, body FROM (VALUES
    (1, 'HTML', '<html><body>Sign in</body></html>'), (2, 'an array', '[]'), (3, 'a string', '"in"'),
    (4, 'nothing', ''), (5, 'an object', '{}'), (6, 'half an object', '{"id": "r"'),
    (7, 'too deep', '{"x": ' || repeat('[', 300) || repeat(']', 300) || '}')) AS v(n, what, body),
    unnest('{f,t}'::boolean[]) WITH ORDINALITY AS i(has_id, i)
ORDER BY i, n;

-- a write: sure is only what the service itself says
SELECT faults() AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT datazone_call(''StartDataSourceRun'', ''{"dataSourceIdentifier": "d"}'')');
\set ids `sim post faults :'faults'`
SELECT what, has_id, substring(outcome FROM '(\w+ (?:may have|has) carried .*?)\.')
FROM outcomes('SELECT * FROM datazone_start_run(''d'')');
-- a read: nothing to be sure of
\set ids `sim post faults :'faults'`
SELECT what, has_id, outcome ~ 'carried' FROM outcomes('SELECT datazone_call(''GetDataSourceRun'', ''{"identifier": "r"}'')');
-- an answer that breaks off: a success has no error code that could be missing
DELETE FROM answer WHERE what <> 'an object';
SELECT faults(1) AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT datazone_call(''StartDataSourceRun'', ''{"dataSourceIdentifier": "d"}'')');
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT * FROM datazone_get_run(''r'')');
\! sim count
