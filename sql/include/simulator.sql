\set ECHO none
--
-- What the tests of calls start from: the extension, a server "sim" that is
-- the simulator, and functions that show what is the same in every run.
-- "sim" (test/run/sim) is the simulator's side door.
--
\pset format unaligned
\pset null NULL
SET timezone = 'UTC';
SET datestyle = 'ISO';
\getenv path PATH
\set path :srcdir '/test/run:' :path
\setenv PATH :path
\getenv url DATAZONE_SIMULATOR

CREATE EXTENSION datazone;
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator', endpoint_url :'url');
CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
    access_key_id 'AKIDEXAMPLE',
    secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');

-- Hide what differs between runs, request ids and ports, and between versions
-- of libcurl (8.14 and later say it in the second way).
CREATE FUNCTION stable(words text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(words,
        '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '<id>', 'g'),
        '(127\.0\.0\.1|localhost):\d+', '\1:<port>', 'g'),
        'transfer closed with (\d+) bytes remaining to read|end of response with (\d+) bytes missing',
        '<\1\2 bytes missing>', 'g');
$$;

-- Run a query and say how it ended: its number of rows, or SQLSTATE, message,
-- detail and hint.  The first line of the context is added where it is ours.
CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rows bigint;
    code text;
    message text;
    detail text;
    hint text;
    context text;
BEGIN
    EXECUTE statement;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN rows || ' rows';
EXCEPTION WHEN OTHERS OR ASSERT_FAILURE OR QUERY_CANCELED THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
        context = PG_EXCEPTION_CONTEXT;
    context := split_part(context, E'\n', 1);
    IF context ~ '^(SQL |PL/pgSQL |line )' THEN
        context := '';
    END IF;
    RETURN stable(concat_ws(' / ', code, message, nullif(detail, ''),
                            nullif(hint, ''), nullif(context, '')));
END
$$;

-- Only the SQLSTATE and the message of the same.
CREATE FUNCTION refusal(statement text) RETURNS text
LANGUAGE sql AS $$
    SELECT array_to_string((string_to_array(outcome(statement), ' / '))[1:2],
                           ' ');
$$;

-- Of an answer that is not what the API promises: SQLSTATE, and which promise.
CREATE FUNCTION broken_promise(statement text) RETURNS text
LANGUAGE sql AS $$
    SELECT CASE WHEN o LIKE 'HV00M / %' THEN concat_ws(' ', 'HV00M', substring(o
               FROM '(?:Member|The answer|An item|The service repeated) [^/]*?\.(?= |$)'))
           ELSE o END
    FROM outcome(statement) o;
$$;

-- The simulator's log as rows: \set log `sim get log`, then requests(:'log').
CREATE FUNCTION requests(log text)
RETURNS TABLE (n bigint, operation text, method text, target text,
               query jsonb, headers jsonb, body text, status int,
               attempt int, fault text)
LANGUAGE sql AS $$
    SELECT row_number() OVER (ORDER BY r->'sequence'),
           r->>'operation', r->>'method', r->>'target',
           (SELECT coalesce(jsonb_object_agg(q->>0, q->>1), '{}')
            FROM jsonb_array_elements(r->'query') q),
           (SELECT coalesce(jsonb_object_agg(lower(h->>0), h->>1), '{}')
            FROM jsonb_array_elements(r->'headers') h),
           r->>'body', (r->>'status')::int, (r->>'attempt')::int, r->>'fault'
    FROM jsonb_array_elements(log::jsonb->'requests') r;
$$;

\set ECHO all
