--
-- Timestamps: ISO 8601 and epoch seconds, to the microsecond.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- Moments as they travel, and what they mean in epoch seconds (numeric).
CREATE TABLE moment (n serial, sent json, means numeric);
CREATE FUNCTION faults() RETURNS text LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', 'GetDataSourceRun', 'kind', 'answer',
        'params', json_build_object('body', format('{"id": "r", "domainId": "dzd_x",
            "dataSourceId": "d", "projectId": "p", "status": "SUCCESS", "type": "SCHEDULED",
            "createdAt": "2025-01-02T03:04:05Z", "updatedAt": %s}', sent))) ORDER BY n)
    FROM moment;
$$;

-- What becomes of the next answer's moment: epoch seconds, or an error.
CREATE FUNCTION got() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT extract(epoch FROM updated_at) FROM datazone_get_run('r'));
EXCEPTION WHEN fdw_error OR fdw_reply_handle OR fdw_unable_to_create_reply THEN
    RETURN SQLSTATE;
END $$;

INSERT INTO moment (sent, means) VALUES
    ('"2025-01-02T03:04:05Z"', 1735787045),
    ('"2025-01-02T03:04:05.6Z"', 1735787045.6),
    ('"2025-01-02T03:04:05.678Z"', 1735787045.678),
    ('"2025-01-02T03:04:05.678901Z"', 1735787045.678901),
    ('"2025-01-02T03:04:05.000001Z"', 1735787045.000001),
    ('"2025-01-02T03:04:05.999999Z"', 1735787045.999999),
    ('"2025-01-02T03:04:05+00:00"', 1735787045),
    ('"2025-01-02T05:04:05.5+02:00"', 1735787045.5),
    ('"2025-01-01T21:34:05-05:30"', 1735787045),
    ('"2024-02-29T23:59:59.999999Z"', 1709251199.999999),
    ('"1970-01-01T00:00:00Z"', 0),
    ('"1969-12-31T23:59:59.5Z"', -0.5),
    ('1735787045', 1735787045),
    ('1735787045.678', 1735787045.678),
    ('1735787045.678901', 1735787045.678901),
    ('1735787045.000001', 1735787045.000001),
    ('1735787045.999999', 1735787045.999999),
    ('1752644436.666', 1752644436.666),
    ('1.762021397763E9', 1762021397.763),
    ('1.762021397763456E9', 1762021397.763456),
    ('1.762021397763E+09', 1762021397.763),
    ('1.762021397763e9', 1762021397.763),
    ('17620213977.63E-1', 1762021397.763),
    ('1762021397763000E-6', 1762021397.763),
    ('1.735787045E9', 1735787045),
    ('0', 0), ('0.0', 0), ('-1', -1), ('-0.5', -0.5), ('-1.5E0', -1.5),
    ('0.000001', 0.000001), ('1E-6', 0.000001), ('253402300799', 253402300799),
    ('4102444800.123456', 4102444800.123456);
SELECT faults() \gset
\set ids `sim post faults :'faults'`
WITH r AS MATERIALIZED (SELECT *, got() FROM moment ORDER BY n)
SELECT sent, got, got = to_char(means, 'FM999999999990.000000') AS exact FROM r;

-- finer than a microsecond: the nearest one, or the one before
TRUNCATE moment RESTART IDENTITY;
INSERT INTO moment (sent, means) VALUES
    ('"2025-01-02T03:04:05.123456789Z"', 1735787045.123456),
    ('"2025-01-02T03:04:05.9999999Z"', 1735787045.999999),
    ('1735787045.1234567', 1735787045.123456);
SELECT faults() \gset
\set ids `sim post faults :'faults'`
WITH r AS MATERIALIZED (SELECT *, got() FROM moment ORDER BY n)
SELECT sent, got::numeric - means BETWEEN 0 AND 0.000001 AS near FROM r;

-- the session's zone and style show the moment, and do not change it
TRUNCATE moment RESTART IDENTITY;
INSERT INTO moment (sent) VALUES ('"2025-07-02T03:04:05.678901Z"'), ('1751425445.678901');
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SET timezone = 'America/St_Johns';
SET datestyle = 'German, DMY';
SET extra_float_digits = -5;
WITH r AS MATERIALIZED (SELECT n, sent, (SELECT updated_at FROM
        datazone_get_run('r', server => left('sim', 3 + 0 * n))) AS got
    FROM moment ORDER BY n)
SELECT sent, got, extract(epoch FROM got) FROM r;
RESET extra_float_digits;
SET timezone = 'UTC';
SET datestyle = 'ISO';

-- what is no moment
TRUNCATE moment RESTART IDENTITY;
INSERT INTO moment (sent) VALUES ('""'), ('"now"'), ('"today"'), ('"infinity"'), ('"yesterday noon"'),
    ('"epoch"'), ('"2025-02-30T00:00:00Z"'), ('"2025-13-01T00:00:00Z"'), ('"2023-02-29T00:00:00Z"'),
    ('"2025-01-02T25:00:00Z"'), ('"2025-01-02T03:60:00Z"'), ('"2025-01-02T03:04:61Z"'),
    ('"2025-01-02T03:04:05Zz"'), ('"2025-01-02T03:04:05.Z"'), ('" 2025-01-02T03:04:05Z"'),
    ('"2025-01-02"'), ('"02.01.2025"'), ('"12345-01-02T03:04:05Z"'),
    ('1e300'), ('-1e300'), ('9223372036854775807'), ('1e18'), ('{}'), ('[1735787045]'), ('false');
SELECT faults() \gset
\set ids `sim post faults :'faults'`
WITH r AS MATERIALIZED (SELECT *, got() FROM moment ORDER BY n)
SELECT sent, got FROM r;

-- the simulator's own moments, in each of its styles
\! sim faults clear
\! sim set '{"epoch_style": "plain"}'
SELECT extract(epoch FROM first_revision_created_at)
FROM datazone_create_data_product_revision('dp_orders', 'plain');
\! sim set '{"epoch_style": "scientific"}'
SELECT extract(epoch FROM first_revision_created_at)
FROM datazone_create_data_product_revision('dp_orders', 'scientific');
