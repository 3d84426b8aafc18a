--
-- oracle.sql
--		What the server itself says that a query reads.
--
-- A view's rewrite rule depends on every column that its query refers to;
-- views inside it are named, not expanded.  A whole row is a dependency on
-- the relation, which every RTE is as well: it does not count on either side.
--
-- A column in no role at all is one that nothing is derived from: an edge that
-- is lost shows as that.  So which columns are only read is told beforehand.
--
-- Catalogs are asked by their whole names, as they may be shadowed.
--

-- "only_read" names the columns that may be read in no role, as
-- schema.table.column; NULL: any may be.
CREATE FUNCTION known(view_name regclass, query text, only_read text[])
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	problem text;
BEGIN
	SELECT string_agg(word || ' ' || name, '; ' ORDER BY word, name)
	INTO problem FROM (
		SELECT CASE WHEN ours.name IS NULL THEN 'missing'
			WHEN theirs.name IS NULL THEN 'too many' ELSE 'only read' END,
			coalesce(ours.name, theirs.name)
		FROM (
			SELECT DISTINCT n.nspname || '.' || c.relname || '.' || a.attname
			FROM pg_catalog.pg_rewrite r
			JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass
				AND d.objid = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
			JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
				AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
				AND a.attnum = d.refobjsubid
			WHERE r.ev_class = view_name AND d.refobjsubid > 0
				AND d.refobjid <> view_name
		) theirs (name)
		FULL JOIN (
			SELECT source || '.' || source_column, every(subtype IS NULL)
			FROM datazone_explain_lineage(query)
			WHERE source_column IS NOT NULL AND source_column NOT IN
				('tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax')
			GROUP BY 1
		) ours (name, only_read) USING (name)
		WHERE ours.name IS NULL OR theirs.name IS NULL
			OR ours.only_read AND ours.name <> ALL (known.only_read)
	) differences (word, name);

	RETURN coalesce(problem, 'equal');
END
$$;

-- "equal", the differences, or "no view: " and why it cannot be one.
CREATE FUNCTION oracle(query text, only_read text[] DEFAULT '{}')
RETURNS text LANGUAGE plpgsql
SET datazone.capture_views = 'name' SET client_min_messages = error AS $$
DECLARE
	answer text;
BEGIN
	BEGIN
		EXECUTE 'CREATE TEMP VIEW oracle_view AS ' || query;
	EXCEPTION WHEN OTHERS THEN
		RETURN 'no view: ' || SQLERRM;
	END;
	answer := known('pg_temp.oracle_view', query, only_read);
	DROP VIEW pg_temp.oracle_view;
	RETURN answer;
END
$$;

-- The server records no dependencies on its own catalogs, as they cannot be
-- dropped.  So its views are made again over tables of the same shape, which
-- shadow the catalogs (anyarray, and what has it inside, is no column of a table).
CREATE FUNCTION copy_catalogs()
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	definition text;
BEGIN
	CREATE SCHEMA shadow;
	FOR definition IN
		SELECT format('CREATE TABLE shadow.%I (%s)', c.relname,
			(SELECT string_agg(format('%I %s', attname,
				CASE WHEN format_type(atttypid, NULL) IN ('anyarray', 'pg_statistic[]')
					THEN 'text[]' ELSE format_type(atttypid, atttypmod) END),
				', ' ORDER BY attnum)
			 FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0))
		FROM pg_class c
		WHERE relkind = 'r' AND relnamespace = 'pg_catalog'::regnamespace
	LOOP
		EXECUTE definition;
	END LOOP;
END
$$;

-- The definition is taken before the shadow falls on its names.
CREATE FUNCTION oracle_of_view(view_name regclass, only_read text[] DEFAULT '{}')
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	query text := rtrim(pg_get_viewdef(view_name), ';');
	answer text;
BEGIN
	SET LOCAL search_path = shadow, pg_catalog, public;
	answer := oracle(query, only_read);
	SET LOCAL search_path = public, pg_catalog;
	RETURN answer;
END
$$;
