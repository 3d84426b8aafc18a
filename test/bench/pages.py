"""Answers of the service, made up: pages of runs, one run, an event's id."""

import base64
import json
import random

PAGE = 50
ALL_PAGES = 2000
TENTH_PAGES = ALL_PAGES // 10
TOKEN_BYTES = 150
RUN = "0run000000abcd"
EVENT_BYTES = 2048

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
DETAIL = ("Access denied when calling Glue: User is not authorized to perform "
          "glue:GetTable on \"sales_eu\" (zażółć gęślą jaźń)")


def compact(value):
    """Write JSON as the service does."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def identifier(source):
    """Return an identifier of the service's form."""
    return "".join(source.choices(LETTERS, k=14))


def run(source, number):
    """Return a run with all members that a listing has."""
    minute, second = divmod(number, 60)
    day, minute = divmod(minute, 1440)
    hour, minute = divmod(minute, 60)
    at = f"2025-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}T{hour:02}:" \
         f"{minute:02}:{second:02}"
    return {
        "id": identifier(source), "dataSourceId": "4ds0benchmark0",
        "projectId": "5pr0benchmark0",
        "type": source.choice(["PRIORITIZED", "SCHEDULED"]),
        "status": "PARTIALLY_SUCCEEDED",
        "runStatisticsForAssets": {
            "added": source.randrange(100), "updated": source.randrange(1000),
            "unchanged": source.randrange(10000), "skipped": 0, "failed": 1},
        "errorMessage": {"errorType": "ACCESS_DENIED_EXCEPTION",
                         "errorDetail": DETAIL},
        "createdAt": f"{at}.{source.randrange(1000):03}Z",
        "updatedAt": f"{at}.{source.randrange(1000):03}Z",
        "startedAt": f"{at}.{source.randrange(1000):03}Z",
        "stoppedAt": f"{at}.{source.randrange(1000):03}Z",
        "lineageSummary": {"importStatus": "SUCCESS"}}


def write_all(directory):
    """Write a file for each page, named after the token that asks for it.

    Returns the names of the first page, and of the one with which the last
    tenth of the listing begins.
    """
    source = random.Random(20251121)
    tokens = [base64.urlsafe_b64encode(source.randbytes(TOKEN_BYTES)).decode()
              for _ in range(ALL_PAGES)]
    for page, token in enumerate(tokens):
        answer = {"items": [run(source, page * PAGE + i)
                            for i in range(PAGE)]}
        if page + 1 < ALL_PAGES:
            answer["nextToken"] = tokens[page + 1]
        with open(f"{directory}/{token}.json", "w", encoding="utf-8") as file:
            file.write(compact(answer))
    return tokens[0], tokens[ALL_PAGES - TENTH_PAGES]


def one_run():
    """Return the answer of GetDataSourceRun."""
    found = run(random.Random(1), 1)
    found.update(
        id=RUN, domainId="dzd_benchmark",
        dataSourceConfigurationSnapshot=json.dumps({
            "glueRunConfiguration": {
                "accountId": "123456789012", "region": "eu-west-1",
                "relationalFilterConfigurations": [{
                    "databaseName": "sales_eu", "filterExpressions": [
                        {"type": "INCLUDE", "expression": "*"}]}]}}))
    return found


def event():
    """Return an OpenLineage event of EVENT_BYTES as compact JSON."""
    found = {
        "eventType": "COMPLETE", "eventTime": "2025-11-21T02:00:00.000Z",
        "run": {"runId": "01941f29-7c00-7000-8000-000000000001"},
        "job": {"namespace": "postgres://warehouse:5432",
                "name": "nightly.load_daily_sales"},
        "inputs": [], "outputs": [],
        "producer": "https://example.com/etl/1.0",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json"
                     "#/$defs/RunEvent"}
    number = 0
    while len(compact(found)) < EVENT_BYTES - 250:
        number += 1
        found["inputs"].append({
            "namespace": "postgres://warehouse:5432",
            "name": f"shop.public.order_lines_{number:04}",
            "facets": {"schema": {"fields": [
                {"name": "order_id", "type": "bigint"},
                {"name": "amount", "type": "numeric"}]}}})
    found["job"]["name"] += "_" * (EVENT_BYTES - len(compact(found)))
    return compact(found)


ANSWERS = {
    "POST": compact({"domainId": "dzd_benchmark", "id": "0event00000abc"}),
    "GET": compact(one_run()),
}
