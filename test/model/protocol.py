"""The restJson1 protocol's own test cases, through the same generator, table
and builder as DataZone's operations (DATAZONE_SHARED/data/restjson1)."""

import base64
import datetime
import json
import os
import re
import subprocess
import sys
from decimal import Decimal

import database
import replies_check
import restjson
import smithy

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "..", "script", "generate_model.py")
FIXED_TOKEN = "00000000-0000-4000-8000-000000000000"
UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                   "[0-9a-f]{12}")


class Cases:
    """Params and answers as the cases write them, and as SQL does."""

    def __init__(self, service):
        self.shapes = service["shapes"]

    def to_sql(self, name, value):
        """Times become ISO 8601, blobs base64."""
        shape = self.shapes[name]
        kind = shape["type"]
        if value is None or shape.get("document"):
            return value
        if kind == "timestamp":
            return restjson.time_text(
                (datetime.datetime(1970, 1, 1)
                 + datetime.timedelta(
                     microseconds=int(Decimal(value) * 10**6))).isoformat(),
                "iso8601")
        if kind == "blob":
            return base64.b64encode(value.encode()).decode()
        if kind == "list":
            return [self.to_sql(shape["member"]["shape"], v) for v in value]
        if kind == "map":
            return {k: self.to_sql(shape["value"]["shape"], v)
                    for k, v in value.items()}
        if kind == "structure":
            return {k: self.to_sql(shape["members"][k]["shape"], v)
                    for k, v in value.items()}
        return value


def request_problems(case, answer):
    """Say what of a request is not as the case wants it."""
    request = answer.get("request")
    if request is None:
        return [str(answer)]
    found = []
    headers = {n.lower(): v for n, v in request["headers"]}
    query = request["query"].split("&") if request["query"] else []
    query = [re.sub(f"={UUID4.pattern}$", f"={FIXED_TOKEN}", q)
             for q in query]
    if request["method"] != case["method"]:
        found.append(request["method"])
    if request["path"] != case["uri"]:
        found.append(request["path"])
    if sorted(query) != sorted(case.get("queryParams") or []):
        found.append(f"query {query}")
    names = {q.split("=")[0] for q in query}
    found += [f"query has {n}" for n in case.get("forbidQueryParams") or []
              if n in names]
    found += [f"query lacks {n}" for n in case.get("requireQueryParams") or []
              if n not in names]
    found += [f"{n}: {headers.get(n.lower())}"
              for n, v in (case.get("headers") or {}).items()
              if headers.get(n.lower()) != v]
    found += [f"header {n}" for n in case.get("forbidHeaders") or []
              if n.lower() in headers and n.lower() != "content-length"]
    found += [f"no header {n}" for n in case.get("requireHeaders") or []
              if n.lower() not in headers and n.lower() != "content-length"]
    body = case.get("body")
    if body and case.get("bodyMediaType") == "application/json":
        if not request["body"] or \
                database.load(request["body"]) != database.load(body):
            found.append(f"body {request['body']}")
    elif body is not None and request["body"] != body:
        found.append(f"body {request['body']}")
    return found


def run_requests(tap, db, converter, cases, service):
    """All request cases that are ours."""
    reader = Cases(service)
    asked, kept = [], []
    for case in cases:
        name = converter.names[case["operation"]]
        params = case.get("params") or {}
        if "input" in service["operations"][name]:
            params = reader.to_sql(
                service["operations"][name]["input"]["shape"], params)
        asked.append((name, database.dump(params), "params", None))
        kept.append(case)
    for case, answer in zip(kept, db.requests(asked, "protocol")):
        problems = request_problems(case, answer)
        tap.point(not problems, f"restJson1 request {case['id']}", problems)


def run_answers(tap, db, converter, cases, service, same_value):
    """All answer cases that are ours."""
    reader = Cases(service)
    asked = [(converter.names[case["operation"]], case.get("body") or "",
              json.dumps(case.get("headers") or {}), "f") for case in cases]
    for case, answer in zip(cases, db.answers(asked, "protocol")):
        name = converter.names[case["operation"]]
        wanted = case.get("params") or {}
        if "output" in service["operations"][name]:
            wanted = reader.to_sql(
                service["operations"][name]["output"]["shape"], wanted)
        tap.point(same_value(answer.get("value"), wanted),
                  f"restJson1 answer {case['id']}", [answer, wanted])


def build(service):
    """Generate the table of the protocol's model and build a module of it."""
    model = os.path.join(HERE, "obj", "restjson.json")
    table = os.path.join(HERE, "obj", "protocol_model.c")
    with open(model, "w", encoding="utf-8") as file:
        json.dump(service, file)
    done = subprocess.run(
        [sys.executable, GENERATOR, "--skip-unsupported", model, "-"],
        check=True, text=True, capture_output=True)
    with open(table, "w", encoding="utf-8") as file:
        file.write(done.stdout)
    subprocess.run(
        ["make", "-s", "--no-print-directory", "-f", "module.mk",
         "with_llvm=no", "module=restjson1", f"MODEL_DATA={table}",
         "PG_CONFIG=" + os.environ.get("PG_CONFIG", "pg_config"), "all"],
        cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    return set(re.findall(r"left out (\w+):", done.stderr))


def test_protocol(tap, db, same_value):
    """The cases called core: what DataZone's operations are made of."""
    shared = os.environ.get("DATAZONE_SHARED", "")
    directory = os.path.join(shared, "data", "restjson1")
    if not shared or not os.path.isdir(directory):
        tap.skip("the restJson1 protocol's own cases",
                 "they are not present")
        return
    with open(os.path.join(directory, "restjson1-model-ast.json"),
              encoding="utf-8") as file:
        converter = smithy.Converter(json.load(file))
    with open(os.path.join(directory, "restjson1-cases.json"),
              encoding="utf-8") as file:
        cases = database.load(file.read())
    service = converter.service()
    left_out = build(service)
    db.ask("CREATE DATABASE protocol TEMPLATE template0;")
    db.ask(database.SETUP.replace("'module'", "'protocol'"), "protocol")
    wanted = {"request": [], "response": [], "error": []}
    for case in cases:
        if case["relevance"] != "core" or case.get("appliesTo") == "server":
            continue
        if case.get("errorShape"):
            wanted["error"].append(case)
        elif converter.names[case["operation"]] in left_out:
            tap.skip(f"restJson1 {case['kind']} {case['id']}",
                     "the generator leaves its operation out")
        else:
            wanted[case["kind"]].append(case)
    run_requests(tap, db, converter, wanted["request"], service)
    run_answers(tap, db, converter, wanted["response"], service, same_value)
    replies_check.test_protocol_cases(tap, db, wanted["error"])
    tap.same(len(wanted["error"]), 14, "the protocol has 14 cases of errors")
