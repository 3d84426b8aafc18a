--
-- tpc.sql
--		Tables of the shape that TPC-H and TPC-DS have; queries are our own.
--
CREATE TABLE region (r_regionkey int, r_name text, r_comment text);
CREATE TABLE nation (n_nationkey int, n_name text, n_regionkey int, n_comment text);
CREATE TABLE supplier (s_suppkey int, s_name text, s_address text, s_nationkey int, s_phone text, s_acctbal numeric, s_comment text);
CREATE TABLE part (p_partkey int, p_name text, p_mfgr text, p_brand text, p_type text, p_size int, p_container text, p_retailprice numeric, p_comment text);
CREATE TABLE partsupp (ps_partkey int, ps_suppkey int, ps_availqty int, ps_supplycost numeric, ps_comment text);
CREATE TABLE customer (c_custkey int, c_name text, c_address text, c_nationkey int, c_phone text, c_acctbal numeric, c_mktsegment text, c_comment text);
CREATE TABLE orders (o_orderkey int, o_custkey int, o_orderstatus text, o_totalprice numeric, o_orderdate date, o_orderpriority text, o_clerk text, o_shippriority int, o_comment text);
CREATE TABLE lineitem (l_orderkey int, l_partkey int, l_suppkey int, l_linenumber int, l_quantity numeric, l_extendedprice numeric, l_discount numeric, l_tax numeric, l_returnflag text, l_linestatus text, l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct text, l_shipmode text, l_comment text);
CREATE TABLE date_dim (d_date_sk int, d_date date, d_year int, d_moy int, d_dow int, d_qoy int, d_week_seq int);
CREATE TABLE item (i_item_sk int, i_item_id text, i_brand text, i_class text, i_category text, i_manufact_id int, i_current_price numeric);
CREATE TABLE store (s_store_sk int, s_store_id text, s_store_name text, s_state text, s_county text);
CREATE TABLE store_sales (ss_sold_date_sk int, ss_item_sk int, ss_customer_sk int, ss_store_sk int, ss_ticket_number int, ss_quantity int, ss_sales_price numeric, ss_ext_sales_price numeric, ss_net_profit numeric);
CREATE TABLE store_returns (sr_returned_date_sk int, sr_item_sk int, sr_customer_sk int, sr_ticket_number int, sr_return_amt numeric, sr_store_sk int);
CREATE TABLE web_sales (ws_sold_date_sk int, ws_item_sk int, ws_bill_customer_sk int, ws_quantity int, ws_ext_sales_price numeric, ws_net_profit numeric);
CREATE TABLE catalog_sales (cs_sold_date_sk int, cs_item_sk int, cs_bill_customer_sk int, cs_quantity int, cs_ext_sales_price numeric, cs_net_profit numeric);
