--
-- captured.sql
--		What statements that are captured as they run read and write.
--
CREATE SERVER nowhere FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1',
	domain_identifier 'dzd_simulator', endpoint_url 'http://127.0.0.1:9');
CREATE USER MAPPING FOR PUBLIC SERVER nowhere OPTIONS (access_key_id 'AKIDEXAMPLE', secret_access_key 'example');

CREATE TABLE t (a int, b int, c int, d text, e date);
CREATE TABLE u (a int, x int, y text, z numeric);
CREATE TABLE tgt (a int, b int, c int, d text);
CREATE TABLE logged (a int, b text);
CREATE TABLE watched (k int, v int, s text);
CREATE TABLE part (k int, v int) PARTITION BY RANGE (k);
CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (0) TO (100);
CREATE MATERIALIZED VIEW mv AS SELECT a, count(b) AS n FROM t WHERE c > 0 GROUP BY a;
CREATE UNIQUE INDEX ON mv (a);
INSERT INTO t VALUES (1, 2, 3, 'x', '2026-01-01');
INSERT INTO u VALUES (1, 2, 'y', 3);

CREATE FUNCTION log_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO logged SELECT n.k, n.s FROM new_rows n WHERE n.v > 0;
	RETURN NULL;
END
$$;
CREATE FUNCTION log_both() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO logged SELECT o.k + n.k, n.s FROM old_rows o JOIN new_rows n ON n.v = o.v;
	RETURN NULL;
END
$$;
CREATE TRIGGER log_new AFTER INSERT ON watched REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION log_new();
CREATE TRIGGER log_both AFTER UPDATE ON watched REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION log_both();
CREATE FUNCTION log_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO logged SELECT NEW.k, u.y FROM u WHERE u.x = NEW.v;
	RETURN NEW;
END
$$;
CREATE TABLE by_row (k int, v int);
CREATE TRIGGER log_row BEFORE INSERT ON by_row FOR EACH ROW EXECUTE FUNCTION log_row();
CREATE FUNCTION load(n int) RETURNS void LANGUAGE sql BEGIN ATOMIC
	INSERT INTO tgt (a, d) SELECT a + n, d FROM t WHERE b = n; END;
CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO %I (a) SELECT x FROM u', 'tgt');
	FOR i IN 1..3 LOOP
		UPDATE tgt SET b = u.x + i FROM u WHERE u.a = tgt.a;
	END LOOP;
END
$$;

CREATE SCHEMA hidden;
CREATE TABLE hidden.one (a int);
CREATE VIEW hidden.over_t AS SELECT a FROM t;
CREATE FUNCTION opaque(n int) RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN n; END';
CREATE FUNCTION other_opaque(n int) RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN n; END';

-- All that was told, as datazone_explain_lineage() tells it; of "input" the
-- target and the source, of "note" and "text" the text.
CREATE FUNCTION told(OUT what text, OUT target text, OUT target_column text, OUT source text, OUT source_column text,
	OUT kind text)
RETURNS SETOF record LANGUAGE sql AS $$
	WITH event AS (DELETE FROM datazone_outbox_entry RETURNING payload, payload #> '{outputs,0}' AS output),
	input (output, target_column, input) AS (
		SELECT output ->> 'name', key, jsonb_array_elements(value -> 'inputFields')
		FROM event, jsonb_each(output #> '{facets,columnLineage,fields}')
		UNION ALL
		SELECT output ->> 'name', '*', jsonb_array_elements(output #> '{facets,columnLineage,dataset}') FROM event)
	SELECT 'edge', replace(output, current_database() || '.', ''), target_column,
		replace(input ->> 'name', current_database() || '.', ''), input ->> 'field',
		(t ->> 'type') || ' ' || (t ->> 'subtype')
	FROM input, jsonb_array_elements(input -> 'transformations') t
	UNION ALL
	SELECT 'input', replace(output ->> 'name', current_database() || '.', ''), '',
		replace(i ->> 'name', current_database() || '.', ''), '', ''
	FROM event, jsonb_array_elements(payload -> 'inputs') i
	UNION ALL
	SELECT 'text', payload #>> '{job,facets,sql,query}', '', '', '', '' FROM event
	UNION ALL
	SELECT DISTINCT 'note', e ->> 'errorMessage', '', '', '', ''
	FROM event, jsonb_array_elements(payload #> '{run,facets,extractionError,errors}') e
$$;
