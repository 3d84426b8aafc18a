-- 33 queries over the tables of TPC-DS, each for all three channels: 99.  A
-- word in braces differs by channel; dependencies.py has them.
WITH back AS (SELECT {customer_r} AS who, {r}_item_sk AS what, sum({amount}) AS total FROM {returns}
	JOIN date_dim ON {returned} = d_date_sk WHERE d_year = 2001 GROUP BY {customer_r}, {r}_item_sk)
SELECT c_customer_id FROM back one, customer
WHERE one.total > (SELECT avg(two.total) * 1.2 FROM back two WHERE two.what = one.what) AND c_customer_sk = one.who
ORDER BY c_customer_id LIMIT 100;

WITH both_ (day, price) AS (SELECT {s}_sold_date_sk, {s}_ext_sales_price FROM {sales}
		UNION ALL SELECT {o}_sold_date_sk, {o}_ext_sales_price FROM {others}),
	week AS (SELECT d_week_seq, sum(CASE WHEN d_day_name = 'Sunday' THEN price END) AS sunday,
		sum(CASE WHEN d_dow = 5 THEN price ELSE 0 END) AS friday
		FROM both_ JOIN date_dim ON d_date_sk = day GROUP BY d_week_seq)
SELECT a.d_week_seq, round(a.sunday / b.sunday, 2) AS sunday, round(a.friday / nullif(b.friday, 0), 2) AS friday
FROM week a JOIN week b ON a.d_week_seq = b.d_week_seq - 53 ORDER BY a.d_week_seq;

SELECT dt.d_year, i.i_brand_id AS brand, i.i_brand, sum({s}_ext_discount_amt) AS given
FROM date_dim dt, {sales}, item i
WHERE dt.d_date_sk = {s}_sold_date_sk AND {s}_item_sk = i.i_item_sk AND i.i_manufact_id = 5 AND dt.d_moy = 11
GROUP BY dt.d_year, i.i_brand, i.i_brand_id ORDER BY dt.d_year, given DESC, brand LIMIT 10;

WITH year_total AS (
	SELECT c_customer_id AS id, c_last_name AS name, d_year AS y, sum({s}_ext_list_price - {s}_ext_tax) AS total, 'one' AS kind
	FROM customer, {sales}, date_dim WHERE c_customer_sk = {customer} AND {s}_sold_date_sk = d_date_sk GROUP BY 1, 2, 3
	UNION ALL
	SELECT c_customer_id, c_last_name, d_year, sum({o}_ext_wholesale_cost), 'two'
	FROM customer JOIN {others} ON c_customer_sk = {customer_o} JOIN date_dim ON {o}_sold_date_sk = d_date_sk
	GROUP BY c_customer_id, c_last_name, d_year)
SELECT a.id, b.name FROM year_total a JOIN year_total b USING (id) JOIN year_total c ON c.id = b.id
WHERE a.kind = 'one' AND b.kind = 'two' AND c.y = a.y + 1 AND a.total > 0
	AND CASE WHEN a.total > 0 THEN c.total / a.total ELSE 0 END > CASE WHEN b.total > 0 THEN c.total / b.total END
ORDER BY a.id NULLS FIRST;

SELECT channel, id, sum(sold) AS sold, sum(back) AS back, sum(gain - loss) AS gain FROM (
	SELECT 'sale' AS channel, {place_sk} AS id, {s}_ext_sales_price AS sold, 0 AS back, {s}_net_profit AS gain, 0 AS loss
	FROM {sales} JOIN {place} ON {at} = {place_sk}
	UNION ALL
	SELECT 'return', {r}_reason_sk, 0, {amount}, 0, {r}_net_loss FROM {returns} LEFT OUTER JOIN {sales}
		ON {r}_item_sk = {s}_item_sk AND {r_order} = {order} WHERE {returned} > 3) q
GROUP BY ROLLUP (channel, id) ORDER BY channel, id LIMIT 100;

SELECT a.ca_state AS state, count(*) AS n FROM customer_address a, customer c, {sales} s, date_dim d, item i
WHERE a.ca_address_sk = c.c_current_addr_sk AND c.c_customer_sk = s.{customer} AND s.{s}_sold_date_sk = d.d_date_sk
	AND s.{s}_item_sk = i.i_item_sk AND d.d_month_seq = (SELECT DISTINCT d_month_seq FROM date_dim WHERE d_year = 2000 AND d_moy = 2)
	AND i.i_current_price > 1.3 * (SELECT avg(j.i_current_price) FROM item j WHERE j.i_category = i.i_category)
GROUP BY a.ca_state HAVING count(*) >= 9 ORDER BY n, 1;

SELECT i_item_id, avg({s}_quantity) AS quantity, avg({s}_coupon_amt) AS coupon FROM {sales}, customer_demographics, item, promotion
WHERE {s}_item_sk = i_item_sk AND {cdemo} = cd_demo_sk AND {s}_promo_sk = p_promo_sk AND cd_gender = 'F'
	AND (p_channel_email = 'N' OR p_channel_event = 'N') GROUP BY i_item_id;

SELECT {place_name} AS name, sum({s}_net_profit) AS profit FROM {sales}, {place}, (
	SELECT zip FROM (SELECT substr(ca_zip, 1, 5) AS zip FROM customer_address WHERE ca_country = 'X'
		INTERSECT SELECT left(ca_zip, 5) FROM customer_address JOIN customer ON ca_address_sk = c_current_addr_sk
			WHERE c_preferred_cust_flag = 'Y' GROUP BY ca_zip HAVING count(*) > 10) both_) v
WHERE {at} = {place_sk} AND substr({zip}, 1, 2) = substr(v.zip, 1, 2) GROUP BY {place_name} ORDER BY 1;

SELECT CASE WHEN (SELECT count(*) FROM {sales} WHERE {s}_quantity BETWEEN 1 AND 20) > 100
		THEN (SELECT avg({s}_ext_discount_amt) FROM {sales} WHERE {s}_quantity < 21)
		ELSE (SELECT avg({s}_net_paid) FROM {sales} WHERE {s}_list_price < 21) END AS bucket
FROM reason WHERE r_reason_sk = 1;

SELECT cd_gender, cd_education_status, count(*) AS n, max(cd_dep_count) AS most FROM customer c, customer_demographics
WHERE cd_demo_sk = c.c_current_cdemo_sk
	AND EXISTS (SELECT * FROM {sales}, date_dim WHERE c.c_customer_sk = {customer} AND {s}_sold_date_sk = d_date_sk AND d_qoy < 3)
	AND (EXISTS (SELECT * FROM {others} WHERE c.c_customer_sk = {customer_o}) OR c.c_birth_year > 1990)
GROUP BY cd_gender, cd_education_status ORDER BY cd_gender;

SELECT i_item_id, i_class, sum({s}_ext_sales_price) AS revenue,
	sum({s}_ext_sales_price) * 100 / sum(sum({s}_ext_sales_price)) OVER (PARTITION BY i_class) AS ratio
FROM {sales}, item, date_dim WHERE {s}_item_sk = i_item_sk AND d_date_sk = {s}_sold_date_sk
	AND d_date BETWEEN date '1999-02-22' AND date '1999-02-22' + 30
GROUP BY i_item_id, i_class, i_item_desc ORDER BY i_class, ratio, i_item_desc;

SELECT avg({s}_quantity) AS q, sum({s}_wholesale_cost) AS w FROM {sales}, household_demographics, customer_address
WHERE ({hdemo} = hd_demo_sk AND hd_dep_count = 3 AND {s}_sales_price BETWEEN 100 AND 150)
	OR ({addr} = ca_address_sk AND ca_state IN ('A', 'B') AND {s}_net_profit > 5);

WITH cross_items AS (SELECT i_item_sk AS sk FROM item JOIN (
		SELECT x.i_brand_id AS b, x.i_class_id AS c FROM {sales}, item x WHERE {s}_item_sk = x.i_item_sk
		INTERSECT SELECT y.i_brand_id, y.i_class_id FROM {others}, item y WHERE {o}_item_sk = y.i_item_sk) z
	ON i_brand_id = z.b AND i_class_id = z.c),
	mean AS (SELECT avg(q * p) AS v FROM (SELECT {s}_quantity AS q, {s}_list_price AS p FROM {sales}
		UNION ALL SELECT {o}_quantity, {o}_list_price FROM {others}) x)
SELECT i_brand_id, i_category_id, sum({s}_quantity * {s}_list_price) AS total, count(*) AS n FROM {sales}, item
WHERE {s}_item_sk IN (SELECT sk FROM cross_items) AND {s}_item_sk = i_item_sk
GROUP BY CUBE (i_brand_id, i_category_id) HAVING sum({s}_quantity * {s}_list_price) > (SELECT v FROM mean);

SELECT count(DISTINCT one.{order}) AS orders, sum(one.{s}_ext_tax) AS tax FROM {sales} one
WHERE EXISTS (SELECT * FROM {sales} two WHERE one.{order} = two.{order} AND one.{s}_item_sk <> two.{s}_item_sk)
	AND NOT EXISTS (SELECT * FROM {returns} back WHERE one.{order} = back.{r_order});

SELECT i_item_id, {state} AS state, count({s}_quantity) AS n, stddev_samp({s}_quantity) AS dev,
	stddev_samp({r}_return_quantity) / avg({r}_return_quantity) AS cov
FROM {sales} JOIN {returns} ON {order} = {r_order} AND {s}_item_sk = {r}_item_sk JOIN item ON i_item_sk = {s}_item_sk
	JOIN {place} ON {place_sk} = {at} JOIN date_dim a ON a.d_date_sk = {s}_sold_date_sk JOIN date_dim b ON b.d_date_sk = {returned}
WHERE a.d_quarter_name = '2001Q1' AND b.d_quarter_name IN ('2001Q1', '2001Q2')
GROUP BY i_item_id, {state};

SELECT i_item_id, ca_country, ca_state, avg({s}_list_price::numeric(12, 2)) AS list, avg(c_birth_year::numeric(12, 2)) AS born
FROM {sales}, customer_demographics a, customer, customer_address, item
WHERE {s}_item_sk = i_item_sk AND {cdemo} = a.cd_demo_sk AND {customer} = c_customer_sk AND c_current_addr_sk = ca_address_sk
	AND c_birth_month = ANY (ARRAY[1, 6]) GROUP BY ROLLUP (i_item_id, ca_country, ca_state);

SELECT w_warehouse_name, i_item_id,
	sum(CASE WHEN d_date < date '2000-03-11' THEN inv_quantity_on_hand ELSE 0 END) AS before,
	sum(inv_quantity_on_hand) FILTER (WHERE d_date >= date '2000-03-11') AS after
FROM inventory JOIN warehouse ON w_warehouse_sk = inv_warehouse_sk JOIN item ON i_item_sk = inv_item_sk
	JOIN date_dim ON d_date_sk = inv_date_sk WHERE EXISTS (SELECT 1 FROM {sales} WHERE {s}_item_sk = i_item_sk)
GROUP BY w_warehouse_name, i_item_id;

WITH often AS (SELECT substr(i_item_desc, 1, 30) AS text, i_item_sk AS sk, d_date AS day, count(*) AS n
		FROM {sales}, date_dim, item WHERE {s}_sold_date_sk = d_date_sk AND {s}_item_sk = i_item_sk GROUP BY 1, 2, 3 HAVING count(*) > 4),
	best AS (SELECT {customer} AS who FROM {sales} GROUP BY {customer}
		HAVING sum({s}_quantity) > 0.5 * (SELECT max(t) FROM (SELECT sum({o}_quantity) AS t FROM {others} GROUP BY {customer_o}) m))
SELECT sum(x.v) AS v FROM (SELECT {s}_quantity * {s}_list_price AS v FROM {sales} WHERE {s}_item_sk IN (SELECT sk FROM often)
		AND {customer} IN (SELECT who FROM best)
	UNION ALL SELECT {o}_quantity FROM {others} WHERE {o}_item_sk IN (SELECT sk FROM often)) x;

SELECT i_category, i_class, grouping(i_category) + grouping(i_class) AS level,
	rank() OVER (PARTITION BY grouping(i_category) + grouping(i_class), CASE WHEN grouping(i_class) = 0 THEN i_category END
		ORDER BY sum({s}_net_profit) / sum({s}_ext_sales_price)) AS place
FROM {sales}, item WHERE i_item_sk = {s}_item_sk GROUP BY ROLLUP (i_category, i_class)
ORDER BY level DESC, CASE WHEN grouping(i_category) + grouping(i_class) = 0 THEN i_category END, place;

SELECT * FROM (SELECT avg({s}_list_price) AS a, count({s}_list_price) AS n, count(DISTINCT {s}_list_price) AS d FROM {sales}
		WHERE {s}_quantity < 6 AND ({s}_list_price > 8 OR {s}_coupon_amt < 1)) b1,
	(SELECT avg({s}_net_paid) AS a2 FROM {sales} WHERE {s}_wholesale_cost BETWEEN 6 AND 10) b2,
	(SELECT min({s}_ext_tax) AS a3 FROM {sales} WHERE {s}_promo_sk IS NULL) b3 LIMIT 100;

SELECT count(*) AS n FROM (SELECT DISTINCT c_last_name, d_date FROM {sales}, date_dim, customer
		WHERE {s}_sold_date_sk = d_date_sk AND {customer} = c_customer_sk
	EXCEPT SELECT DISTINCT c_last_name, d_date FROM {others}, date_dim, customer
		WHERE {o}_sold_date_sk = d_date_sk AND {customer_o} = c_customer_sk AND d_month_seq BETWEEN 1200 AND 1211) cool;

WITH inv AS (SELECT w_warehouse_sk, inv_item_sk, d_moy, stddev_pop(inv_quantity_on_hand) AS dev, avg(inv_quantity_on_hand) AS mean
	FROM inventory, warehouse, date_dim WHERE inv_warehouse_sk = w_warehouse_sk AND inv_date_sk = d_date_sk GROUP BY 1, 2, 3)
SELECT a.inv_item_sk, a.d_moy, a.mean, b.dev, {s}_quantity FROM inv a, inv b, {sales}
WHERE a.inv_item_sk = b.inv_item_sk AND a.w_warehouse_sk = b.w_warehouse_sk AND b.d_moy = a.d_moy + 1
	AND CASE a.mean WHEN 0 THEN 0 ELSE a.dev / a.mean END > 1 AND {s}_item_sk = a.inv_item_sk;

SELECT DISTINCT i_product_name FROM item outside WHERE i_manufact_id BETWEEN 700 AND 740 AND (
	SELECT count(*) FROM item inside WHERE inside.i_manufact = outside.i_manufact
		AND ((inside.i_category = 'Women' AND inside.i_color = 'khaki' AND inside.i_units = 'Oz')
			OR (inside.i_size = 'small' AND inside.i_container = outside.i_container))) > 0
	AND EXISTS (SELECT FROM {sales} WHERE {s}_item_sk = outside.i_item_sk);

SELECT up.place, a.i_product_name AS best, b.i_product_name AS worst FROM
	(SELECT item_sk, rank() OVER (ORDER BY mean DESC) AS place FROM (SELECT {s}_item_sk AS item_sk, avg({s}_net_profit) AS mean
		FROM {sales} WHERE {at} = 4 GROUP BY {s}_item_sk HAVING avg({s}_net_profit) > 0.9 * (SELECT avg({s}_net_profit) FROM {sales}
			WHERE {addr} IS NULL GROUP BY {at})) v1) up
	FULL JOIN (SELECT {s}_item_sk AS item_sk, rank() OVER (ORDER BY {s}_net_paid) AS place FROM {sales}) down USING (place),
	item a, item b WHERE a.i_item_sk = up.item_sk AND b.i_item_sk = down.item_sk AND up.place < 11 ORDER BY up.place;

WITH month AS (SELECT i_category, i_brand, {place_name} AS name, d_year, d_moy, sum({s}_sales_price) AS total,
		avg(sum({s}_sales_price)) OVER (PARTITION BY i_category, i_brand, {place_name}, d_year) AS mean,
		lag(sum({s}_sales_price), 2) OVER w AS earlier, rank() OVER w AS n
	FROM item, {sales}, date_dim, {place} WHERE {s}_item_sk = i_item_sk AND {s}_sold_date_sk = d_date_sk AND {at} = {place_sk}
	GROUP BY i_category, i_brand, {place_name}, d_year, d_moy
	WINDOW w AS (PARTITION BY i_category, i_brand, {place_name} ORDER BY d_year, d_moy), unused AS (ORDER BY i_category))
SELECT one.i_category, one.name, one.total, two.total AS before, three.earlier FROM month one
	JOIN month two ON one.i_brand = two.i_brand AND one.n = two.n + 1 JOIN month three ON three.name = one.name AND three.n = one.n - 1
WHERE one.mean > 0 AND abs(one.total - one.mean) / one.mean > 0.1 ORDER BY one.total - one.mean, 3;

WITH a AS (SELECT {s}_item_sk AS sk, d_date, sum(sum({s}_sales_price)) OVER (PARTITION BY {s}_item_sk ORDER BY d_date
		ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS total FROM {sales}, date_dim WHERE {s}_sold_date_sk = d_date_sk GROUP BY 1, 2),
	b AS (SELECT {o}_item_sk AS sk, d_date, sum(sum({o}_sales_price)) OVER (PARTITION BY {o}_item_sk ORDER BY d_date) AS total
		FROM {others} JOIN date_dim ON {o}_sold_date_sk = d_date_sk GROUP BY {o}_item_sk, d_date)
SELECT * FROM (SELECT sk, day, mine, max(theirs) OVER (PARTITION BY sk ORDER BY day) AS most FROM (
		SELECT coalesce(a.sk, b.sk) AS sk, coalesce(a.d_date, b.d_date) AS day, a.total AS mine, b.total AS theirs
		FROM a FULL OUTER JOIN b ON a.sk = b.sk AND a.d_date = b.d_date) x) y WHERE mine > most ORDER BY sk, day;

SELECT {place_name} AS name, EXTRACT(year FROM d_date) AS y, jan, feb, jan + coalesce(feb, 0) AS both_
FROM (SELECT {at} AS at_, min({s}_sold_date_sk) AS day, sum({s}_ext_sales_price * {s}_quantity) FILTER (WHERE d_moy = 1) AS jan,
		sum(CASE WHEN d_moy = 2 THEN {s}_net_paid ELSE 0 END) AS feb FROM {sales}, date_dim, time_dim
	WHERE {s}_sold_date_sk = d_date_sk AND {s}_sold_time_sk = t_time_sk AND t_hour BETWEEN 8 AND 12 GROUP BY {at}) x
JOIN {place} ON {place_sk} = at_ JOIN date_dim ON d_date_sk = day;

SELECT * FROM (SELECT i_category, i_brand, {place_name} AS name, total,
		rank() OVER (PARTITION BY i_category ORDER BY total DESC) AS place
	FROM (SELECT i_category, i_brand, {place_name}, sum(coalesce({s}_sales_price * {s}_quantity, 0)) AS total
		FROM {sales} JOIN item ON i_item_sk = {s}_item_sk JOIN {place} ON {at} = {place_sk}
		GROUP BY GROUPING SETS ((i_category, i_brand), ({place_name}), ())) g) r WHERE place <= 100 ORDER BY 1, 2, 5;

SELECT sum({s}_net_profit) AS profit, {state} AS state FROM {sales}, {place} WHERE {at} = {place_sk} AND {state} IN (
	SELECT state FROM (SELECT {state} AS state, rank() OVER (PARTITION BY {state} ORDER BY sum({s}_net_profit) DESC) AS n
		FROM {sales} NATURAL JOIN (SELECT {place_sk} AS {at}, {state} FROM {place}) p GROUP BY {state}) t WHERE n <= 5)
GROUP BY {state};

WITH net AS (SELECT d_year, i_brand_id, sum(left_) AS left_ FROM (
		SELECT d_year, i_brand_id, {s}_quantity - coalesce({r}_return_quantity, 0) AS left_ FROM {sales} JOIN item ON i_item_sk = {s}_item_sk
			JOIN date_dim ON d_date_sk = {s}_sold_date_sk LEFT JOIN {returns} ON ({order} = {r_order} AND {s}_item_sk = {r}_item_sk)
		UNION SELECT d_year, i_brand_id, {o}_quantity FROM {others} JOIN item ON i_item_sk = {o}_item_sk
			JOIN date_dim ON d_date_sk = {o}_sold_date_sk) s GROUP BY d_year, i_brand_id)
SELECT now.d_year, past.left_ AS before, now.left_ AS after FROM net now JOIN net past USING (i_brand_id)
WHERE now.d_year = past.d_year + 1 AND now.left_::numeric / past.left_ < 0.9;

SELECT * FROM (SELECT count(*) AS h8 FROM {sales}, household_demographics, time_dim WHERE {s}_sold_time_sk = t_time_sk
		AND {hdemo} = hd_demo_sk AND t_hour = 8 AND t_minute >= 30 AND hd_dep_count = 4) s1,
	LATERAL (SELECT count(*) AS h9, h8 AS seen FROM {sales} JOIN time_dim ON {s}_sold_time_sk = t_time_sk WHERE t_hour = 9 AND h8 > 0) s2;

SELECT d1.d_week_seq, count(CASE WHEN p_promo_sk IS NULL THEN 1 END) AS no_promo, count(*) AS n
FROM {sales} JOIN inventory ON {s}_item_sk = inv_item_sk JOIN date_dim d1 ON {s}_sold_date_sk = d1.d_date_sk
	LEFT OUTER JOIN promotion ON {s}_promo_sk = p_promo_sk LEFT OUTER JOIN {returns} ON {r}_item_sk = {s}_item_sk AND {r_order} = {order}
	JOIN date_dim d2 ON inv_date_sk = d2.d_date_sk
WHERE d1.d_week_seq = d2.d_week_seq AND inv_quantity_on_hand < {s}_quantity AND d2.d_date > d1.d_date + 5
GROUP BY d1.d_week_seq ORDER BY n DESC;

SELECT {place_name} AS name, sum(CASE WHEN {returned} - {s}_sold_date_sk <= 30 THEN 1 ELSE 0 END) AS d30,
	sum(CASE WHEN {returned} - {s}_sold_date_sk > 30 AND {returned} - {s}_sold_date_sk <= 60 THEN 1 ELSE 0 END) AS d60
FROM {sales}, {returns}, {place} WHERE {order} = {r_order} AND {at} = {place_sk} AND {customer} = {customer_r}
GROUP BY {place_name} ORDER BY {place_name}
