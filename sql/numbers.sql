--
-- Numbers in answers: kept as they were written, neither rounded nor cut.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

-- A number is put where the API has no say, inside a string that holds JSON,
-- and into an item of a listing.
CREATE TABLE number (n serial, literal text);
CREATE FUNCTION body(literal text) RETURNS text LANGUAGE sql AS $$
    SELECT format('{"id": "r", "domainId": "dzd_x", "dataSourceId": "d", "projectId": "p",
        "status": "SUCCESS", "type": "SCHEDULED", "createdAt": 0, "updatedAt": 0,
        "new": [%1$s, {"n": %1$s}], "dataSourceConfigurationSnapshot": %2$s}',
        literal, to_json(format('{"a": [%s], "n": %1$s}', literal)));
$$;
CREATE FUNCTION faults() RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', operation, 'kind', 'answer', 'params',
        json_build_object('headers', '[["Content-Type", "application/json"]]'::json,
            'body', CASE WHEN operation ~ '^List' THEN format('{"items": [%s]}', body(literal))
                    ELSE body(literal) END)) ORDER BY n)
    FROM number, unnest('{GetDataSourceRun,ListDataSourceRuns}'::text[]) operation;
$$;
CREATE FUNCTION called(operation text, params text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT datazone_call(operation, params::jsonb);
$$;

INSERT INTO number (literal) VALUES
    ('0'), ('1.50'), ('0.10'), ('-1.0'), ('100'), ('0.12345678901234567890'),
    ('3.141592653589793238462643383279502884197'), ('9007199254740993'),
    ('9223372036854775807'), ('9223372036854775808'), ('-9223372036854775809'),
    ('18446744073709551616'), ('123456789012345678901234567890.123456789'),
    ('1e400'), ('-1E+400'), ('1e-400'), ('1.50e3'), ('12e-1'), ('1e1000'), ('1e-1000'),
    (repeat('9', 1000)), ('0.' || repeat('123456789', 110));

-- by datazone_call(), and in a column that is jsonb
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT left(literal, 50) AS literal, left(a->'new'->>0, 50) AS read,
       a->'new'->>0 = literal::numeric::text AS as_written,
       a->'new' = format('[%1$s, {"n": %1$s}]', literal)::jsonb AS everywhere,
       a->>'dataSourceConfigurationSnapshot' = format('{"a": [%s], "n": %1$s}', literal) AS as_text
FROM (SELECT n, literal, called('GetDataSourceRun', '{"identifier": "r"}') a
      FROM number ORDER BY n) c ORDER BY n;
SELECT count(*) AS listed FROM number,
    LATERAL datazone_list('ListDataSourceRuns', jsonb_build_object('dataSourceIdentifier', 'd' || left(literal, 0))) i
WHERE i->'new'->>0 = literal::numeric::text AND i->'new'->1->>'n' = literal::numeric::text;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT count(*) FILTER (WHERE (r.configuration_snapshot->'a')->>0 = literal::numeric::text) AS got,
       count(*) FILTER (WHERE (r.configuration_snapshot->>'n') = literal::numeric::text) AS got_too
FROM number, LATERAL datazone_get_run('r' || left(literal, 0)) r;
SELECT count(*) FILTER (WHERE r.configuration_snapshot::text
           = format('{"a": [%s], "n": %1$s}', literal)::jsonb::text) AS in_listing
FROM number, LATERAL datazone_list_data_source_runs('d' || left(literal, 0)) r;
-- zero has no sign in numeric, and nothing else is lost
TRUNCATE number RESTART IDENTITY;
INSERT INTO number (literal) VALUES ('-0'), ('-0.00'), ('0e0'), ('0E-10');
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT literal, called('GetDataSourceRun', '{"identifier": "r"}')->'new'
FROM number ORDER BY n;
\! sim faults clear

-- more digits than anyone may have meant
TRUNCATE number RESTART IDENTITY;
INSERT INTO number (literal) VALUES ('1e1001'), ('-1E+1001'), ('1e-1001'), ('1e16384'), ('1e200000'),
    ('1e2147483648'), ('1e-2147483649'), ('1e99999999999999999999'), ('1e-99999999999999999999'),
    ('1' || repeat('0', 1000)), ('0.' || repeat('0', 1000)), ('1.5e000000001001');
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT left(literal, 50) AS literal,
       regexp_replace(outcome('SELECT datazone_call(''GetDataSourceRun'', ''{"identifier": "r"}'')'),
                      ' The service answered.*', '') AS called
FROM number ORDER BY n;
SELECT left(literal, 50) AS literal,
       left(outcome('SELECT * FROM datazone_list(''ListDataSourceRuns'', ''{"dataSourceIdentifier": "d"}'')'), 5)
       AS listed
FROM number ORDER BY n;
-- inside a string that holds JSON: then the column is that string
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT count(*) FILTER (WHERE jsonb_typeof(r.configuration_snapshot) = 'string'
           AND r.configuration_snapshot #>> '{}' = format('{"a": [%s], "n": %1$s}', literal)) AS kept, count(*)
FROM number, LATERAL datazone_get_run('r' || left(literal, 0)) r;
SELECT count(*) FILTER (WHERE r.configuration_snapshot #>> '{}' = format('{"a": [%s], "n": %1$s}', literal)) AS listed
FROM number, LATERAL datazone_list_data_source_runs('d' || left(literal, 0)) r;
-- in a member that no column is made of they are nobody's business
TRUNCATE number RESTART IDENTITY;
INSERT INTO number (literal) VALUES ('1e1001'), ('1e200000'), ('1e-99999999999999999999'),
    ('1' || repeat('0', 5000));
SELECT json_agg(json_build_object('operation', 'GetDataSourceRun', 'kind', 'answer', 'params',
    json_build_object('body', replace(body(literal), '"dataSourceConfigurationSnapshot"', '"newToo"'))) ORDER BY n)
    AS faults FROM number \gset
\set ids `sim post faults :'faults'`
SELECT left(literal, 50), outcome('SELECT * FROM datazone_get_run(''r'')') FROM number ORDER BY n;

-- counts are integers however they are written, and nothing else
TRUNCATE number RESTART IDENTITY;
INSERT INTO number (literal) VALUES ('7'), ('7.0'), ('7.000'), ('70e-1'), ('0.7e1'), ('7E0'), ('-0'), ('0e-400'),
    ('2147483647'), ('-2147483648'), ('2147483648'), ('-2147483649'), ('7.5'), ('75e-1'), ('1e400'), ('1e-400'),
    ('7.00000000000000000001'), ('1e99999999999999999999'), ('12345678901234567890123');
SELECT json_agg(json_build_object('operation', 'GetDataSourceRun', 'kind', 'answer', 'params',
    json_build_object('body', replace(body('0'), '"new"',
        format('"runStatisticsForAssets": {"added": %s}, "new"', literal)))) ORDER BY n)
    AS faults FROM number \gset
\set ids `sim post faults :'faults'`
CREATE FUNCTION added() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT added FROM datazone_get_run('r'));
EXCEPTION WHEN fdw_unable_to_create_reply THEN
    RETURN sqlstate;
END $$;
SELECT literal, added() FROM number ORDER BY n;
