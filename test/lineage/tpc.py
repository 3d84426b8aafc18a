"""Queries in the shapes of TPC-H's and TPC-DS's; the texts are our own.

The official texts are TPC's and no part of this project.  Who has them may
name a directory in DATAZONE_TPC_QUERIES, with h/*.sql and ds/*.sql, a query
each.
"""

import glob
import os
import re

import harness

COMMON = ("customer={s}_bill_customer_sk cdemo={s}_bill_cdemo_sk "
          "hdemo={s}_bill_hdemo_sk addr={s}_bill_addr_sk "
          "order={s}_order_number r_order={r}_order_number "
          "customer_r={r}_returning_customer_sk "
          "returned={r}_returned_date_sk amount={r}_return_amt ")
STORE = ("customer=ss_customer_sk cdemo=ss_cdemo_sk hdemo=ss_hdemo_sk "
         "addr=ss_addr_sk order=ss_ticket_number r_order=sr_ticket_number "
         "customer_r=sr_customer_sk returned=sr_returned_date_sk "
         "amount=sr_return_amt ")
CHANNELS = (
    STORE + "sales=store_sales returns=store_returns s=ss r=sr "
    "others=web_sales o=ws customer_o=ws_bill_customer_sk "
    "place=store place_sk=s_store_sk at=ss_store_sk "
    "place_name=s_store_name state=s_state zip=s_zip",
    COMMON.format(s="cs", r="cr").replace("return_amt", "return_amount")
    + "sales=catalog_sales returns=catalog_returns s=cs r=cr "
    "others=store_sales o=ss customer_o=ss_customer_sk "
    "place=call_center place_sk=cc_call_center_sk at=cs_call_center_sk "
    "place_name=cc_name state=cc_state zip=cc_zip",
    COMMON.format(s="ws", r="wr")
    + "sales=web_sales returns=web_returns s=ws r=wr "
    "others=catalog_sales o=cs customer_o=cs_bill_customer_sk "
    "place=web_site place_sk=web_site_sk at=ws_web_site_sk "
    "place_name=web_name state=web_state zip=web_zip")


def queries_of(name):
    """Return the queries of one of our files, which ";" ends."""
    text = re.sub(r"^--.*\n", "", harness.read(name), flags=re.M)
    return [query.strip() for query in text.split(";\n") if query.strip()]


def own(schema):
    """Return our queries over schema h or ds."""
    queries = queries_of(f"tpc_{schema}_queries.sql")
    if schema == "h":
        return queries
    return [query.format(**dict(word.split("=") for word in words.split()))
            for query in queries for words in CHANNELS]


def official(schema):
    """Return the official queries over a schema, as far as there are any."""
    queries = []
    directory = os.environ.get("DATAZONE_TPC_QUERIES", "")
    for path in sorted(glob.glob(f"{directory}/{schema}/*.sql")):
        with open(path, encoding="utf-8") as file:
            queries.append(file.read().strip().rstrip(";"))
    return queries
