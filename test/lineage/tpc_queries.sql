-- Queries of our own, each as rich as those that the schemas are made for.
SELECT l_shipmode, l_linestatus, sum(l_quantity) AS units, avg(l_discount) AS mean,
	sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) AS charged, count(*) AS lines
FROM lineitem WHERE l_shipdate < date '1997-01-01' - interval '9 days'
GROUP BY l_shipmode, l_linestatus HAVING max(l_linenumber) > 2 ORDER BY l_shipmode, min(l_tax);

SELECT s_name, n_name, p_partkey FROM part, supplier, partsupp, nation, region
WHERE p_partkey = ps_partkey AND s_suppkey = ps_suppkey AND s_nationkey = n_nationkey
	AND n_regionkey = r_regionkey AND r_name LIKE 'A%'
	AND ps_supplycost = (SELECT min(i.ps_supplycost) FROM partsupp i JOIN supplier o ON o.s_suppkey = i.ps_suppkey
		WHERE i.ps_partkey = p_partkey AND o.s_acctbal > 0)
ORDER BY s_acctbal DESC LIMIT 20;

SELECT o_orderpriority, count(*) AS late FROM orders
WHERE EXISTS (SELECT * FROM lineitem WHERE l_orderkey = o_orderkey AND l_commitdate < l_receiptdate)
	AND NOT EXISTS (SELECT 1 FROM customer WHERE c_custkey = o_custkey AND c_acctbal < 0)
GROUP BY o_orderpriority;

SELECT n_name, extract(year FROM o_orderdate) AS y,
	sum(CASE WHEN c_mktsegment = 'X' THEN o_totalprice ELSE 0 END) / sum(o_totalprice) AS share
FROM orders JOIN customer ON c_custkey = o_custkey LEFT JOIN nation ON n_nationkey = c_nationkey
GROUP BY 1, 2 ORDER BY 1, 2 DESC;

SELECT bucket, count(*) AS n FROM (
	SELECT c_custkey, count(o_orderkey) FROM customer LEFT JOIN orders ON c_custkey = o_custkey
		AND o_comment NOT LIKE '%urgent%' GROUP BY c_custkey) AS q (who, bucket)
GROUP BY bucket ORDER BY n DESC;

WITH revenue (who, total) AS (SELECT l_suppkey, sum(l_extendedprice) FROM lineitem GROUP BY l_suppkey)
SELECT s_name, total FROM supplier, revenue
WHERE s_suppkey = who AND total = (SELECT max(total) FROM revenue);

SELECT p_brand, count(DISTINCT ps_suppkey) AS n FROM part JOIN partsupp ON p_partkey = ps_partkey
WHERE p_size IN (1, 4, 9) AND ps_suppkey NOT IN (SELECT s_suppkey FROM supplier WHERE s_comment ~ 'bad')
GROUP BY p_brand, p_type;

SELECT d_year, i_category, s_state, sum(ss_ext_sales_price) AS total, grouping(i_category, s_state) AS level,
	rank() OVER (PARTITION BY d_year, grouping(i_category) ORDER BY sum(ss_net_profit) DESC) AS place
FROM store_sales JOIN date_dim ON d_date_sk = ss_sold_date_sk JOIN item ON i_item_sk = ss_item_sk
	JOIN store ON s_store_sk = ss_store_sk
WHERE d_moy BETWEEN 1 AND 6 GROUP BY d_year, ROLLUP (i_category, s_state) ORDER BY level, place LIMIT 50;

WITH sales AS (
	SELECT 'store' AS channel, ss_item_sk AS item, ss_sold_date_sk AS day, ss_ext_sales_price AS price FROM store_sales
	UNION ALL SELECT 'web', ws_item_sk, ws_sold_date_sk, ws_ext_sales_price FROM web_sales
	UNION ALL SELECT 'catalog', cs_item_sk, cs_sold_date_sk, cs_ext_sales_price FROM catalog_sales)
SELECT channel, i_brand, sum(price) AS total, sum(price) FILTER (WHERE d_dow = 6) AS weekend
FROM sales JOIN item ON i_item_sk = item JOIN date_dim ON d_date_sk = day
GROUP BY CUBE (channel, i_brand);

WITH month AS (SELECT i_category, d_year, d_moy, sum(ss_sales_price) AS total,
		lag(sum(ss_sales_price)) OVER w AS before, avg(sum(ss_sales_price)) OVER (PARTITION BY i_category, d_year) AS mean
	FROM item, store_sales, date_dim WHERE ss_item_sk = i_item_sk AND ss_sold_date_sk = d_date_sk
	GROUP BY i_category, d_year, d_moy WINDOW w AS (PARTITION BY i_category ORDER BY d_year, d_moy))
SELECT one.i_category, one.total, two.before FROM month one JOIN month two USING (i_category, d_year)
WHERE one.mean > 0 AND abs(one.total - two.mean) / one.mean > 0.1 ORDER BY one.total - two.mean, 3 LIMIT 100;

SELECT ss_customer_sk AS who FROM store_sales JOIN date_dim ON ss_sold_date_sk = d_date_sk AND d_year = 2000
INTERSECT SELECT ws_bill_customer_sk FROM web_sales WHERE ws_net_profit > 0
EXCEPT SELECT cs_bill_customer_sk FROM catalog_sales WHERE cs_quantity > 3;

SELECT i_item_id, coalesce(sold, 0) - coalesce(back, 0) AS net FROM item
LEFT JOIN LATERAL (SELECT sum(ss_quantity) AS sold FROM store_sales WHERE ss_item_sk = i_item_sk) a ON true
LEFT JOIN LATERAL (SELECT sum(sr_return_amt) AS back FROM store_returns WHERE sr_item_sk = i_item_sk AND sr_store_sk > sold) b ON true
WHERE i_current_price > (SELECT 1.2 * avg(j.i_current_price) FROM item j WHERE j.i_category = item.i_category);

SELECT DISTINCT ON (i_class) i_class, i_item_id, nullif(i_manufact_id, 0) AS m, array_agg(i_brand) OVER (PARTITION BY i_category) AS brands
FROM item ORDER BY i_class, i_current_price DESC;

WITH RECURSIVE weeks (n, d) AS (SELECT d_week_seq, d_date FROM date_dim WHERE d_dow = 0
	UNION ALL SELECT w.n + 1, x.d_date FROM weeks w JOIN date_dim x ON x.d_week_seq = w.n + 1 AND x.d_moy < 3)
SELECT n, max(d) AS last FROM weeks GROUP BY n;

SELECT (SELECT count(*) FROM store_sales WHERE ss_quantity < 10) AS few,
	(SELECT avg(ss_net_profit) FROM store_sales WHERE ss_quantity > (SELECT min(ws_quantity) FROM web_sales)) AS profit
FROM store WHERE s_county IS NOT NULL
