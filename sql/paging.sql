--
-- Pages: every item once, no request too many, max_items stops the asking.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\! sim seed '{"data_sources": [{"id": "ds_zero"}, {"id": "ds_one", "runs": 1}, {"id": "ds_49", "runs": 49}, {"id": "ds_50", "runs": 50}, {"id": "ds_51", "runs": 51}, {"id": "ds_100", "runs": 100}, {"id": "ds_1003", "runs": 1003}]}'

-- What was asked for: requests and their maxResults in order, by source.
CREATE FUNCTION asked(log text) RETURNS TABLE (source text, requests bigint,
    max_results text, tokens bigint)
LANGUAGE sql AS $$
    SELECT split_part(target, '/', 6), count(*),
           string_agg(query->>'maxResults', ' ' ORDER BY n),
           count(DISTINCT query->>'nextToken')
    FROM requests(log) GROUP BY 1 ORDER BY min(n);
$$;

-- all items
SELECT source, count(r.id), count(DISTINCT r.id),
       coalesce(bool_and(r.data_source_id = source), true) AS its_own
FROM unnest('{ds_zero,ds_one,ds_49,ds_50,ds_51,ds_100,ds_1003}'::text[])
         WITH ORDINALITY AS s(source, n)
LEFT JOIN LATERAL datazone_list_data_source_runs(source) r ON true
GROUP BY source, n ORDER BY n;
\set log `sim get log`
SELECT * FROM asked(:'log');
-- in the service's order
SELECT count(*) FILTER (WHERE created_at > before) AS out_of_order
FROM (SELECT created_at, lag(created_at) OVER (ORDER BY ordinality) AS before
      FROM datazone_list_data_source_runs('ds_1003') WITH ORDINALITY) r;
-- each page's request carries the token of the page before it
\! sim forget
SELECT count(*) FROM datazone_list_data_source_runs('ds_1003');
\set log `sim get log`
SELECT count(*) AS requests, count(query->>'nextToken') AS with_token,
       count(DISTINCT query->>'nextToken') AS tokens,
       bool_and(query->>'nextToken' ~ '[+/]') AS to_be_encoded,
       bool_and(target ~ 'nextToken=[A-Za-z0-9%]+(&|$)'
                OR NOT query ? 'nextToken') AS encoded,
       bool_and(status = 200) AS taken
FROM requests(:'log');

-- max_items: rows, and requests
\! sim forget
SELECT m, count(r.id), count(DISTINCT r.id)
FROM unnest('{1,2,49,50,51,99,100,101,150,1000,1002,1003,1004,2147483647}'::int[])
         WITH ORDINALITY AS s(m, n)
LEFT JOIN LATERAL datazone_list_data_source_runs('ds_1003', max_items => m) r
    ON true
GROUP BY m, n ORDER BY n;
\set log `sim get log`
SELECT first.listing, count(*) AS requests,
       string_agg(query->>'maxResults', ' ' ORDER BY n) AS max_results
FROM (SELECT *, count(*) FILTER (WHERE NOT query ? 'nextToken')
                    OVER (ORDER BY n) AS listing
      FROM requests(:'log')) first
GROUP BY listing ORDER BY listing;
\! sim forget
SELECT count(*) FROM datazone_list_data_source_runs('ds_1003', max_items => 0);
SELECT count(*) FROM datazone_list_data_sources('prj_retail', 0);
\! sim count
SELECT outcome($$SELECT * FROM datazone_list_data_source_runs('ds_1003',
    max_items => -1)$$);
SELECT outcome($$SELECT * FROM datazone_list_data_sources('prj_retail',
    -2147483648)$$);
\! sim count
-- more than there is
SELECT source, m, count(r.id)
FROM (VALUES ('ds_zero', 1), ('ds_one', 1), ('ds_one', 2), ('ds_49', 50),
      ('ds_50', 50), ('ds_50', 51), ('ds_51', 50)) AS s(source, m)
LEFT JOIN LATERAL datazone_list_data_source_runs(source, max_items => m) r
    ON true
GROUP BY source, m ORDER BY source, m;
-- and together with a status
SELECT count(*), min(status), max(status)
FROM datazone_list_data_source_runs('ds_1003', 'SUCCESS', 60);

-- the service may give fewer than asked, and a last page without items
\! sim set '{"page_style": "short"}'
\! sim forget
SELECT count(*), count(DISTINCT id) FROM datazone_list_data_source_runs('ds_100');
SELECT count(*), count(DISTINCT id)
FROM datazone_list_data_source_runs('ds_100', max_items => 60);
\set log `sim get log`
SELECT * FROM asked(:'log');
\! sim set '{"page_style": "trailing_empty"}'
\! sim forget
SELECT count(*), count(DISTINCT id) FROM datazone_list_data_source_runs('ds_100');
SELECT count(*) FROM datazone_list_data_source_runs('ds_100', max_items => 100);
\set log `sim get log`
SELECT * FROM asked(:'log');
\! sim set '{"page_style": "exact", "run_order": "unordered"}'
SELECT count(*), count(DISTINCT id) FROM datazone_list_data_source_runs('ds_1003');
\! sim set '{"run_order": "newest_first"}'

-- data sources are paged in the same way
\! sim seed '{"projects": [{"id": "prj_big"}, {"id": "prj_none"}], "data_sources": [{"id": "ds_big_%04d", "count": 1003, "project": "prj_big"}]}'
\! sim forget
SELECT p, m, count(s.id), count(DISTINCT s.id), count(DISTINCT s.project_id)
FROM (VALUES (1, 'prj_big', NULL), (2, 'prj_big', 51), (3, 'prj_none', NULL),
      (4, 'prj_big', 1)) AS v(n, p, m)
LEFT JOIN LATERAL datazone_list_data_sources(p, m) s ON true
GROUP BY n, p, m ORDER BY n;
\set log `sim get log`
SELECT query->>'projectIdentifier' AS project, query->>'maxResults' AS max_results,
       count(*) AS requests, count(query->>'nextToken') AS with_token
FROM requests(:'log') GROUP BY 1, 2 ORDER BY min(n);

-- a listing that fails half-way gives an error, not what it had
\! sim post faults '{"operation": "ListDataSourceRuns", "kind": "error", "skip": 2, "params": {"status": 404, "code": "ResourceNotFoundException"}}' > /dev/null
SELECT refusal($$SELECT * FROM datazone_list_data_source_runs('ds_1003')$$);
\! sim faults clear
-- a page that is refused for a moment is asked for again, with its token
\! sim post faults '{"operation": "ListDataSourceRuns", "kind": "internal", "skip": 2, "count": 2}' > /dev/null
\! sim forget
SELECT count(*), count(DISTINCT id) FROM datazone_list_data_source_runs('ds_1003');
\set log `sim get log`
SELECT count(*) AS requests, count(DISTINCT query->>'nextToken') AS tokens,
       max(attempt) AS attempts FROM requests(:'log');

-- a caller may begin at a token; if the service repeats it, that is an end
SELECT datazone_call('ListDataSourceRuns', '{"dataSourceIdentifier": "ds_1003"}')->>'nextToken' AS given \gset
\! sim post faults '{"operation": "ListDataSourceRuns", "kind": "repeat_token", "count": null}' > /dev/null
\! sim forget
SELECT refusal(format($$SELECT * FROM datazone_list('ListDataSourceRuns', %L)$$,
    jsonb_build_object('dataSourceIdentifier', 'ds_1003', 'nextToken', :'given')));
\set log `sim get log`
SELECT count(*) AS requests FROM requests(:'log');
\! sim faults clear
