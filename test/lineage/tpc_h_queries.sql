-- 22 queries over the tables of TPC-H, each with the clauses of one of its kinds.
SELECT l_shipmode, l_linestatus, sum(l_quantity) AS units, avg(l_discount) AS mean,
	sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) AS charged, count(*) AS lines
FROM lineitem WHERE l_commitdate < date '1997-01-01' - interval '9 days'
GROUP BY l_shipmode, l_linestatus HAVING max(l_linenumber) > 2 ORDER BY l_shipmode, min(l_tax);

SELECT s_name, n_name, p_partkey, p_mfgr FROM part, supplier, partsupp, nation, region
WHERE p_partkey = ps_partkey AND s_suppkey = ps_suppkey AND s_nationkey = n_nationkey
	AND n_regionkey = r_regionkey AND r_name LIKE 'A%' AND p_size BETWEEN 3 AND 9
	AND ps_supplycost = (SELECT min(i.ps_supplycost) FROM partsupp i JOIN supplier o ON o.s_suppkey = i.ps_suppkey
		WHERE i.ps_partkey = p_partkey AND o.s_acctbal > 0)
ORDER BY s_acctbal DESC, s_phone LIMIT 20;

SELECT o_orderkey, o_clerk, sum(l_extendedprice - l_discount) AS open
FROM customer JOIN orders ON o_custkey = c_custkey JOIN lineitem ON l_orderkey = o_orderkey
WHERE c_mktsegment IN ('A', 'B') AND l_receiptdate > o_orderdate
GROUP BY o_orderkey, o_clerk, o_shippriority ORDER BY open DESC, o_shippriority FETCH FIRST 7 ROWS ONLY;

SELECT o_orderpriority, count(*) AS late FROM orders
WHERE EXISTS (SELECT * FROM lineitem WHERE l_orderkey = o_orderkey AND l_commitdate < l_receiptdate)
	AND NOT EXISTS (SELECT 1 FROM customer WHERE c_custkey = o_custkey AND c_acctbal < 0)
GROUP BY o_orderpriority;

SELECT r.r_name, n.n_name, sum(l.l_extendedprice * (1 - l.l_discount)) AS local
FROM region r JOIN nation n ON n.n_regionkey = r.r_regionkey JOIN customer c ON c.c_nationkey = n.n_nationkey
	JOIN supplier s ON s.s_nationkey = c.c_nationkey JOIN orders o ON o.o_custkey = c.c_custkey
	JOIN lineitem l ON l.l_orderkey = o.o_orderkey AND l.l_suppkey = s.s_suppkey
WHERE o.o_totalprice > 100 GROUP BY r.r_name, n.n_name ORDER BY 3;

SELECT sum(l_quantity * l_tax) AS lost FROM lineitem
WHERE l_shipdate >= date '1996-02-01' AND l_discount BETWEEN 0.01 AND 0.02 AND l_returnflag <> 'R';

SELECT one, two, extract(month FROM shipped) AS m, sum(volume) AS volume FROM (
	SELECT a.n_name AS one, b.n_name AS two, l_shipdate AS shipped, l_extendedprice * l_quantity AS volume
	FROM supplier, lineitem, orders, customer, nation a, nation b
	WHERE s_suppkey = l_suppkey AND o_orderkey = l_orderkey AND c_custkey = o_custkey
		AND s_nationkey = a.n_nationkey AND c_nationkey = b.n_nationkey
		AND ((a.n_name = 'X' AND b.n_name = 'Y') OR (a.n_name = 'Y' AND b.n_name = 'X'))) AS shipping
GROUP BY one, two, m ORDER BY one, two, m;

SELECT n_name, extract(year FROM o_orderdate) AS y,
	sum(CASE WHEN c_mktsegment = 'X' THEN o_totalprice ELSE 0 END) / sum(o_totalprice) AS share
FROM orders JOIN customer ON c_custkey = o_custkey LEFT JOIN nation ON n_nationkey = c_nationkey
GROUP BY 1, 2 ORDER BY 1, 2 DESC;

SELECT nation, y, sum(gain) AS gain, count(DISTINCT brand) AS brands FROM (
	SELECT n_name AS nation, date_part('year', o_orderdate) AS y,
		l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity AS gain, p_brand AS brand
	FROM part JOIN lineitem ON p_partkey = l_partkey JOIN partsupp ON ps_partkey = l_partkey AND ps_suppkey = l_suppkey
		JOIN supplier ON s_suppkey = l_suppkey JOIN orders ON o_orderkey = l_orderkey JOIN nation ON n_nationkey = s_nationkey
	WHERE strpos(p_name, 'green') > 0) q
GROUP BY nation, y;

SELECT c_custkey, c_name, n_name, sum(l_extendedprice) FILTER (WHERE l_returnflag = 'R') AS back
FROM customer LEFT JOIN orders ON o_custkey = c_custkey LEFT JOIN lineitem ON l_orderkey = o_orderkey, nation
WHERE c_nationkey = n_nationkey AND o_orderdate < current_date
GROUP BY c_custkey, c_name, c_phone, n_name HAVING count(l_comment) > 0 ORDER BY back DESC NULLS LAST LIMIT 20;

SELECT ps_partkey, sum(ps_supplycost * ps_availqty) AS stock FROM partsupp, supplier, nation
WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = 'X' GROUP BY ps_partkey
HAVING sum(ps_supplycost * ps_availqty) > (SELECT avg(ps_supplycost) * 0.1 FROM partsupp
	JOIN supplier ON s_suppkey = ps_suppkey WHERE s_address IS NOT NULL);

SELECT l_shipmode, count(CASE WHEN o_orderpriority IN ('1', '2') THEN o_orderkey END) AS urgent,
	sum(CASE o_orderstatus WHEN 'F' THEN 0 ELSE 1 END) AS other
FROM orders NATURAL FULL JOIN (SELECT l_orderkey AS o_orderkey, l_shipmode, l_shipinstruct FROM lineitem) l
WHERE l_shipinstruct LIKE '%X' GROUP BY l_shipmode;

SELECT bucket, count(*) AS n FROM (
	SELECT c_custkey, count(o_orderkey) FROM customer LEFT JOIN orders ON c_custkey = o_custkey
		AND o_comment NOT LIKE '%urgent%' GROUP BY c_custkey) AS q (who, bucket)
GROUP BY bucket ORDER BY n DESC, bucket;

SELECT 100.0 * sum(CASE WHEN left(p_type, 4) = 'FREE' THEN l_extendedprice END)
	/ nullif(sum(l_extendedprice), max(l_tax)) AS percentage
FROM lineitem, part WHERE l_partkey = p_partkey AND l_shipdate < date '1995-10-01';

WITH revenue (who, total) AS (SELECT l_suppkey, sum(l_extendedprice) FROM lineitem WHERE l_linestatus = 'O' GROUP BY l_suppkey)
SELECT s_name, total FROM supplier, revenue
WHERE s_suppkey = who AND total = (SELECT max(total) FROM revenue) ORDER BY s_phone;

SELECT p_brand, count(DISTINCT ps_suppkey) AS n FROM part JOIN partsupp ON p_partkey = ps_partkey
WHERE p_size IN (1, 4, 9) AND p_container <> 'JAR'
	AND ps_suppkey NOT IN (SELECT s_suppkey FROM supplier WHERE s_comment ~ 'bad')
GROUP BY p_brand, p_type;

SELECT avg(l_extendedprice) / 12 AS monthly FROM lineitem, part outside
WHERE l_partkey = outside.p_partkey AND l_quantity < (SELECT 0.3 * max(l_quantity) FROM lineitem inside
	WHERE inside.l_partkey = outside.p_partkey AND inside.l_suppkey > outside.p_size);

SELECT c_name, o_orderdate, sum(l_quantity) OVER (PARTITION BY o_orderkey) AS units FROM customer, orders, lineitem
WHERE o_orderkey IN (SELECT l_orderkey FROM lineitem GROUP BY l_orderkey HAVING sum(l_quantity) > 250)
	AND c_custkey = o_custkey AND o_orderkey = l_orderkey ORDER BY o_totalprice DESC, o_orderdate LIMIT 9;

SELECT sum(l_discount) AS given FROM lineitem, part
WHERE (p_partkey = l_partkey AND p_brand = 'A' AND p_container = ANY (ARRAY['BOX', 'BAG']) AND l_quantity >= 1 AND p_size < 5)
	OR (p_partkey = l_partkey AND p_brand = 'B' AND l_shipmode = 'AIR' AND NOT p_retailprice BETWEEN 1 AND 5);

SELECT s_name FROM supplier WHERE s_suppkey IN (
	SELECT ps_suppkey FROM partsupp WHERE ps_partkey IN (SELECT p_partkey FROM part WHERE p_name LIKE 'red%')
		AND ps_availqty > (SELECT sum(l_quantity) / 2 FROM lineitem WHERE l_partkey = ps_partkey AND l_suppkey = ps_suppkey
			AND l_shipdate > date '1994-01-01'))
	AND s_nationkey = (SELECT n_nationkey FROM nation WHERE n_name = 'X') ORDER BY s_name COLLATE "C";

SELECT s_name, count(*) AS waiting FROM supplier, lineitem mine, orders
WHERE s_suppkey = mine.l_suppkey AND o_orderkey = mine.l_orderkey AND mine.l_receiptdate > mine.l_commitdate
	AND EXISTS (SELECT FROM lineitem other WHERE other.l_orderkey = mine.l_orderkey AND other.l_suppkey <> mine.l_suppkey)
	AND NOT EXISTS (SELECT FROM lineitem other WHERE other.l_orderkey = mine.l_orderkey
		AND other.l_suppkey <> mine.l_suppkey AND other.l_receiptdate > other.l_commitdate)
GROUP BY s_name ORDER BY waiting DESC, s_name;

SELECT code, count(*) AS n, sum(owed) AS owed FROM (
	SELECT substring(c_phone FROM 1 FOR 2) AS code, c_acctbal AS owed FROM customer
	WHERE substring(c_phone FROM 1 FOR 2) IN ('11', '22')
		AND c_acctbal > (SELECT avg(c_acctbal) FROM customer WHERE c_acctbal > 0 AND c_nationkey < 9)
		AND NOT EXISTS (SELECT * FROM orders WHERE o_custkey = c_custkey)) AS q
GROUP BY code ORDER BY code
