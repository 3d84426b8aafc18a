--
-- twenty_tables.sql
--		What random queries read, twice; and the check of their edges by data.
--
-- Column j of table i has number n = 6 i + j and values from 4200 (n + 1) on.
-- In schema "moved" each column has other values: 420,000 (n + 1) more.  All
-- that the generator does with a value keeps its sign or turns it, compares
-- values, or takes them modulo 2 to 7; the order of values and their
-- remainders are the same in both schemas.  So the same query has the same
-- rows over both, and whatever is a column's value there, or its negative, has
-- moved as that column has.  What arrives unchanged is positive, what is
-- computed is negative, and counts are small.
--

CREATE SCHEMA moved;
DO $$
BEGIN
	FOR i IN 0..19 LOOP
		EXECUTE format('CREATE TABLE r%s AS SELECT %s', i, (
			SELECT string_agg(format('%s + (n * %s) %% 3 AS c%s',
				4200 * (i * 6 + j + 1), j % 2 + 1, j), ', ')
			FROM generate_series(0, 5) j)
			|| ' FROM generate_series(0, 2) n');
		EXECUTE format('CREATE TABLE moved.r%s AS SELECT %s FROM r%s', i, (
			SELECT string_agg(format('c%s + 420000 * %s AS c%s',
				j, i * 6 + j + 1, j), ', ')
			FROM generate_series(0, 5) j), i);
	END LOOP;
END
$$;

CREATE TYPE cell AS (name text, value int, times bigint);

-- How often each output column has each value.
CREATE FUNCTION cells(query text)
RETURNS SETOF cell LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format(
		'SELECT key, value::int, count(*) FROM (%s) q, '
		'jsonb_each_text(to_jsonb(q)) GROUP BY 1, 2', query);
END
$$;
CREATE FUNCTION moved_cells(query text)
RETURNS SETOF cell LANGUAGE sql SET search_path = moved, public
AS 'SELECT cells(query)';

-- A value where the columns have moved.
CREATE FUNCTION moved(value int)
RETURNS int LANGUAGE sql IMMUTABLE
AS 'SELECT value + sign(value)::int * 420000 * (abs(value) / 4200)';

-- "equal", or what of the data the edges do not explain; and how many IDENTITY
-- edges were seen to carry a change from a column to an output.
CREATE FUNCTION data_check(query text, OUT problem text, OUT seen bigint)
LANGUAGE plpgsql AS $$
BEGIN
	WITH here AS MATERIALIZED (SELECT * FROM cells(query)),
	there AS MATERIALIZED (SELECT * FROM moved_cells(query)),
	-- a whole row stands for each column of its table
	edge AS MATERIALIZED (
		SELECT DISTINCT target_column AS name, subtype,
			substring(source FROM 'r(\d+)$')::int * 6 + n + 1 AS number
		FROM datazone_explain_lineage(query), generate_series(0, 5) n
		WHERE target_column IS NOT NULL
			AND coalesce(substring(source_column FROM 2)::int, n) = n
	),
	should_be AS MATERIALIZED (SELECT name, moved(value) AS value, times FROM here),
	differing (text) AS (
		SELECT format('%s is not the same where its sources have moved', name)
		FROM ((TABLE should_be EXCEPT TABLE there)
			UNION ALL (TABLE there EXCEPT TABLE should_be)) d
	),
	unexplained (text) AS (
		SELECT format('%s has a value of number %s by no edge', name, abs(value) / 4200)
		FROM here WHERE abs(value) >= 4200 AND NOT EXISTS (
			SELECT FROM edge WHERE edge.name = here.name AND number = abs(value) / 4200
				AND (subtype = 'IDENTITY'
					OR value < 0 AND subtype IN ('TRANSFORMATION', 'AGGREGATION')))
	),
	computed (text) AS (
		SELECT format('%s is computed, but has IDENTITY edges alone', name)
		FROM here WHERE value < 0 AND EXISTS (SELECT FROM edge WHERE edge.name = here.name)
			AND NOT EXISTS (SELECT FROM edge
				WHERE edge.name = here.name AND subtype <> 'IDENTITY')
	)
	SELECT coalesce(string_agg(DISTINCT p.text, '; '), 'equal'),
		(SELECT count(*) FROM edge WHERE subtype = 'IDENTITY' AND EXISTS (
			SELECT FROM here WHERE here.name = edge.name AND value >= 4200
				AND value / 4200 = number))
	INTO data_check.problem, data_check.seen
	FROM (TABLE differing UNION ALL TABLE unexplained UNION ALL TABLE computed) p;
END
$$;

-- "equal", or a column that changes an output although no edge leads from it
-- there or to the row set.  Up to two columns are asked, by giving them other
-- values.
CREATE FUNCTION influence_check(query text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	asked record;
	before cell[];
	changed text;
BEGIN
	FOR asked IN
		WITH edge AS MATERIALIZED (
			SELECT target_column, source, 'c' || n AS source_column
			FROM datazone_explain_lineage(query), generate_series(0, 5) n
			WHERE (subtype IS NOT NULL OR target_column IS NOT NULL)
				AND coalesce(source_column, 'c' || n) = 'c' || n
		)
		SELECT source, source_column, array_agg(target_column) AS known
		FROM (TABLE edge UNION ALL
			SELECT '', source, source_column FROM datazone_explain_lineage(query)
			WHERE subtype IS NULL AND source_column IS NOT NULL) e
		GROUP BY 1, 2 HAVING every(target_column IS NOT NULL)
		ORDER BY md5(query || source || source_column) LIMIT 2
	LOOP
		IF before IS NULL THEN
			SELECT array_agg(c) INTO before FROM cells(query) c;
		END IF;
		BEGIN
			EXECUTE format('UPDATE %s SET %I = hashint4(%2$I) %% 10007',
				asked.source, asked.source_column);
			SELECT string_agg(DISTINCT d.name, ', ') INTO changed
			FROM ((SELECT * FROM unnest(before) EXCEPT SELECT * FROM cells(query))
				UNION ALL (SELECT * FROM cells(query) EXCEPT SELECT * FROM unnest(before))) d
			WHERE d.name <> ALL (asked.known);
			RAISE EXCEPTION USING ERRCODE = 'ZZ001';
		EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
			NULL;
		END;
		IF changed IS NOT NULL THEN
			RETURN format('%s.%s changes %s by no edge', asked.source,
				asked.source_column, changed);
		END IF;
		PERFORM nextval('columns_asked');
	END LOOP;
	RETURN 'equal';
END
$$;
CREATE SEQUENCE columns_asked;

-- "equal", or what an answer has lost if columns that are only read, in no role,
-- get other values, all of them at once: then nothing may change.  An edge of
-- the whole row is one of each column.
CREATE FUNCTION read_check(query text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	updates text[];
	form text;
	changed text;
BEGIN
	FOREACH form IN ARRAY ARRAY['hashint4(%1$I) %% 10007', 'NULL'] LOOP
		SELECT array_agg(format('UPDATE %s SET %s', source, columns)) INTO updates
		FROM (
			SELECT source, string_agg(format('%1$I = ' || form, source_column), ', ')
			FROM (SELECT source, source_column FROM datazone_explain_lineage(query)
				WHERE source IS NOT NULL
				GROUP BY 1, 2 HAVING every(subtype IS NULL)) c
			WHERE source_column IS NOT NULL AND source NOT IN (
				SELECT source FROM datazone_explain_lineage(query)
				WHERE source_column IS NULL AND subtype IS NOT NULL)
			GROUP BY 1
		) t (source, columns);
		changed := changed_by(query, updates);
		IF changed IS NOT NULL THEN
			RETURN format('%s changes by what is only read: %s', changed, updates);
		END IF;
	END LOOP;
	PERFORM nextval('only_read_asked') FROM unnest(updates);
	RETURN 'equal';
END
$$;
CREATE SEQUENCE only_read_asked;

-- The outputs that are not the same after such updates, which are undone.
CREATE FUNCTION changed_by(query text, updates text[])
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	before cell[];
	statement text;
	changed text;
BEGIN
	IF updates IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT array_agg(c) INTO before FROM cells(query) c;
	BEGIN
		FOREACH statement IN ARRAY updates LOOP
			EXECUTE statement;
		END LOOP;
		SELECT string_agg(DISTINCT d.name, ', ') INTO changed
		FROM ((SELECT * FROM unnest(before) EXCEPT SELECT * FROM cells(query))
			UNION ALL (SELECT * FROM cells(query) EXCEPT SELECT * FROM unnest(before))) d;
		RAISE EXCEPTION USING ERRCODE = 'ZZ001';
	EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
		RETURN changed;
	END;
END
$$;
