--
-- twenty_tables.sql
--		What random queries read, and the check of IDENTITY edges by data.
--
-- Every column of every table has 60 values that no other column has.  What
-- the generator compares is a value modulo 2, 3, 4 or 5, and what it computes
-- is negative: adding a multiple of 60 to a column therefore selects the same rows and
-- changes exactly what is that column unchanged.
--

DO $$
BEGIN
	FOR i IN 0..19 LOOP
		EXECUTE format('CREATE TABLE r%s AS SELECT %s', i, (
			SELECT string_agg(format('%s + n AS c%s', (i * 6 + j) * 60, j), ', ')
			FROM generate_series(0, 5) j)
			|| ' FROM generate_series(0, 3) n');
	END LOOP;
END
$$;

-- "equal", or the first IDENTITY edge that data contradicts.
CREATE FUNCTION data_check(query text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	edge record;
	low int;
	before int[];
	expected int[];
	after int[];
	question text;
BEGIN
	FOR edge IN
		SELECT DISTINCT target_column, source, source_column
		FROM datazone_explain_lineage(query) WHERE subtype = 'IDENTITY'
		ORDER BY 1, 2, 3 LIMIT 6
	LOOP
		question := format('SELECT array_agg(%I ORDER BY %I) FROM (%s) q',
			edge.target_column, edge.target_column, query);
		low := (substring(edge.source FROM 'r(\d+)$')::int * 6
			+ substring(edge.source_column FROM 2)::int) * 60;
		EXECUTE question INTO before;
		SELECT array_agg(n ORDER BY n) INTO expected FROM (
			SELECT CASE WHEN v BETWEEN low AND low + 59 THEN v + 600000 ELSE v END
			FROM unnest(before) v) shifted (n);
		BEGIN
			EXECUTE format('UPDATE %s SET %I = %I + 600000', edge.source,
				edge.source_column, edge.source_column);
			EXECUTE question INTO after;
			RAISE EXCEPTION USING ERRCODE = 'ZZ001';
		EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
			NULL;
		END;
		IF after IS DISTINCT FROM expected THEN
			RETURN format('%s.%s does not arrive in %s', edge.source,
				edge.source_column, edge.target_column);
		END IF;
		IF after IS DISTINCT FROM before THEN
			PERFORM nextval('edges_seen');
		END IF;
	END LOOP;
	RETURN 'equal';
END
$$;
CREATE SEQUENCE edges_seen;
