--
-- datazone_create_mapping.sql
--		Give a role its AWS keys without leaving them in a log.
--
-- CREATE USER MAPPING takes the keys as text, and a server writes the text of
-- statements into its log, into pg_stat_statements, and into pg_stat_activity
-- if it is told to.  This psql script creates the mapping, or replaces the
-- keys of one that exists, with all of that switched off for its transaction.
-- It asks for the secrets without showing them, and after everything else has
-- been tried, so that the statement that holds them does not fail for another
-- reason.  Whoever may not switch off a log that is on is refused before the
-- keys are asked for.
--
--   psql -X -d DATABASE \
--     -f "$(pg_config --sharedir)/extension/datazone_create_mapping.sql"
--
-- with the database that has the foreign server, or \i in a session that has
-- no transaction open.  It asks for what it is not told by variables (-v
-- name=value):
--
--   server             the foreign server
--   role               the role, or public
--   from_environment   any value: take the keys from AWS_ACCESS_KEY_ID,
--                      AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN
--
-- Run it again to replace the keys of a mapping by new ones.  The host's
-- identity (credentials, profile) it does not replace: drop such a mapping
-- first.
--
-- What it cannot see: psql's own -L file, a proxy between psql and the server,
-- and event triggers that record commands.  Connect through TLS or a socket.
-- The keys are stored in pg_user_mapping, which superusers can read, and which
-- is part of every base backup and of pg_dump's output.
--
\set datazone_echo :ECHO
\set datazone_quiet :QUIET
\set datazone_stop :ON_ERROR_STOP
\set datazone_context :SHOW_CONTEXT
\set ECHO none
\set QUIET on
\set ON_ERROR_STOP on
\set SHOW_CONTEXT never

\if :{?server}
\else
\prompt 'Server, in database ':DBNAME': ' server
\endif
\if :{?role}
\else
\prompt 'Role (or public): ' role
\endif

SELECT 'DO $do$BEGIN RAISE EXCEPTION ''a transaction is open''; END$do$'
WHERE pg_catalog.transaction_timestamp()
      OPERATOR(pg_catalog.<>) pg_catalog.statement_timestamp() \gexec

\if :{?from_environment}
\set datazone_lacks_key_id `test -n "$AWS_ACCESS_KEY_ID" && echo false || echo true`
\set datazone_lacks_secret `test -n "$AWS_SECRET_ACCESS_KEY" && echo false || echo true`
SELECT pg_catalog.format('DO $do$BEGIN RAISE EXCEPTION USING MESSAGE = %L, '
                         'HINT = %L; END$do$',
                         pg_catalog.format('psql''s environment has no %s',
                                           name),
                         'Programs that change the user, as sudo and su, may '
                         'take it away.')
FROM (VALUES (:'datazone_lacks_key_id', 'AWS_ACCESS_KEY_ID'),
             (:'datazone_lacks_secret', 'AWS_SECRET_ACCESS_KEY'))
     AS variable(lacks, name)
WHERE lacks::pg_catalog.bool LIMIT 1 \gexec
\endif

-- What records the text of statements: setting, the value that stops it, and
-- whether there is no going on without.  Not essential is what would show the
-- text only while the statement runs, or if it failed.  Not listed is what
-- sounds like it but does not: log_duration alone writes no text, auto_explain
-- sees no statements of this kind.
SELECT $$(VALUES
    ('log_statement', 'none', true),
    ('log_min_duration_statement', '-1', true),
    ('log_min_duration_sample', '-1', true),
    ('log_transaction_sample_rate', '0', true),
    ('log_min_error_statement', 'panic', false),
    ('track_activities', 'off', false),
    ('debug_print_raw_parse', 'off', true),
    ('debug_print_parse', 'off', true),
    ('debug_print_rewritten', 'off', true),
    ('debug_print_plan', 'off', true),
    ('pg_stat_statements.track_utility', 'off', true),
    ('pg_stat_monitor.pgsm_track_utility', 'off', true),
    ('pgaudit.log_statement', 'off', true)
) AS switch(name, quiet, essential)
JOIN pg_settings AS s USING (name)
CROSS JOIN LATERAL (SELECT
    s.setting <> quiet AS is_on,
    s.context = 'user' OR has_parameter_privilege(name, 'SET') AS can_set
) AS state$$ AS datazone_switches \gset

BEGIN;
SET LOCAL search_path = pg_catalog, pg_temp;

SELECT format('DO $do$BEGIN RAISE EXCEPTION USING MESSAGE = %L, '
              'DETAIL = %L, HINT = %L; END$do$',
              'the keys would be written to the server''s log or statistics',
              format('These settings are on, and role "%s" may not change '
                     'them: %s.', current_user,
                     string_agg(name, ', ' ORDER BY name)),
              'Run this as a superuser, or GRANT SET ON PARAMETER to the '
              'role.')
FROM :datazone_switches
WHERE essential AND is_on AND NOT can_set
HAVING count(*) > 0 \gexec

SELECT coalesce(string_agg(name, ', ' ORDER BY name), '') AS datazone_noted,
       count(*) > 0 AS datazone_note
FROM :datazone_switches
WHERE NOT essential AND is_on AND NOT can_set \gset
\if :datazone_note
\echo 'Note: this role may not change' :datazone_noted
\echo 'There the keys show while the statement runs, or if it is interrupted.'
\endif

-- Whether a transaction is sampled for the log is drawn when it begins, so
-- this one setting must be off before.
SELECT count(*) > 0 AS datazone_sampled
FROM :datazone_switches
WHERE is_on AND name = 'log_transaction_sample_rate' \gset
\if :datazone_sampled
SET log_transaction_sample_rate = 0;
\endif
COMMIT;

\set ON_ERROR_STOP off
\set datazone_failed true
BEGIN;
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT count(set_config(name, quiet, true)) AS datazone_ignored
FROM :datazone_switches
WHERE is_on AND can_set \gset
SET LOCAL client_min_messages = warning;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;

-- Everything but the secrets: make the mapping if there is none, take its
-- present keys away, and try to add others.
SELECT format($generate$
    DO $do$
    BEGIN
        EXECUTE %L;
        BEGIN
            EXECUTE %L;
        EXCEPTION WHEN undefined_object THEN
            NULL;
        END;
        BEGIN
            EXECUTE %L;
        EXCEPTION WHEN undefined_object THEN
            NULL;
        END;
        EXECUTE %L;
        EXECUTE %3$L;
    END
    $do$ $generate$,
    'CREATE USER MAPPING IF NOT EXISTS ' || target,
    'ALTER USER MAPPING ' || target || ' OPTIONS (DROP session_token)',
    'ALTER USER MAPPING ' || target
        || ' OPTIONS (DROP access_key_id, DROP secret_access_key)',
    'ALTER USER MAPPING ' || target
        || ' OPTIONS (ADD access_key_id ''x'', ADD secret_access_key ''x'')')
FROM (SELECT format('FOR %I SERVER %I', :'role', :'server')) AS t(target)
\gexec

\if :ERROR
\else
\if :{?from_environment}
\set datazone_key_id `printf %s "$AWS_ACCESS_KEY_ID"`
\set datazone_secret `printf %s "$AWS_SECRET_ACCESS_KEY"`
\set datazone_has_token `test -n "$AWS_SESSION_TOKEN" && echo true || echo false`
\else
\prompt 'Access key id: ' datazone_key_id
\set datazone_secret `trap 'stty echo </dev/tty' 0 1 2 15; stty -echo </dev/tty && printf 'Secret access key (not shown): ' >/dev/tty && IFS= read -r s </dev/tty && printf '\n' >/dev/tty && printf %s "$s"`
\prompt 'Is there a session token (yes, no)? ' datazone_answer
\setenv DATAZONE_ANSWER :datazone_answer
\set datazone_has_token `case $(printf %s "$DATAZONE_ANSWER" | tr -d ' \t\r' | tr A-Z a-z) in y|ye|yes|t|true|on|1) echo true;; ''|n|no|f|false|off|0) echo false;; *) echo unclear;; esac`
\setenv DATAZONE_ANSWER
\unset datazone_answer
\endif

-- Anything else may be the token itself, too early: \if would show it.
SELECT :'datazone_has_token' = 'unclear' AS datazone_unclear \gset
\if :datazone_unclear
\warn 'Please answer "yes" or "no".'
\else
\if :datazone_has_token
\if :{?from_environment}
\set datazone_token `printf %s "$AWS_SESSION_TOKEN"`
\else
\set datazone_token `trap 'stty echo </dev/tty' 0 1 2 15; stty -echo </dev/tty && printf 'Session token (not shown): ' >/dev/tty && IFS= read -r s </dev/tty && printf '\n' >/dev/tty && printf %s "$s"`
\endif
ALTER USER MAPPING FOR :"role" SERVER :"server"
    OPTIONS (ADD access_key_id :'datazone_key_id',
             ADD secret_access_key :'datazone_secret',
             ADD session_token :'datazone_token');
\else
ALTER USER MAPPING FOR :"role" SERVER :"server"
    OPTIONS (ADD access_key_id :'datazone_key_id',
             ADD secret_access_key :'datazone_secret');
\endif
\set datazone_failed :ERROR
\endif
\endif
\unset datazone_key_id
\unset datazone_secret
\unset datazone_token

\if :datazone_failed
ROLLBACK;
\else
COMMIT;
\set datazone_failed :ERROR
\endif
\if :datazone_sampled
RESET log_transaction_sample_rate;
\endif

\set QUIET :datazone_quiet
\set ECHO :datazone_echo
\if :datazone_failed
\set ON_ERROR_STOP on
DO $$BEGIN RAISE EXCEPTION 'no user mapping was changed'; END$$;
\endif
\set SHOW_CONTEXT :datazone_context
\set ON_ERROR_STOP :datazone_stop
\echo 'Keys stored. As that role: SELECT * FROM datazone_whoami(' :'server' ');'
