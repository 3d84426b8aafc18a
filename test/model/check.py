"""Test the generated table and the request builder (TAP on standard output).

Against the service's model where DATAZONE_SHARED leads to it, else against
what the compiled table says of itself; see shapes.py.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from decimal import Decimal

import answers
import database
import protocol
import refusals
import restjson
import samples
import shapes

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.normpath(os.path.join(HERE, "..", ".."))
GENERATOR = os.path.join(TREE, "script", "generate_model.py")
TABLE = os.path.join(TREE, "src", "api", "model_data.c")
NO_MODEL = "the service's model is not present"

MUTATIONS = 1000
SEED = 20261121
UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                   "[0-9a-f]{12}")


class Tap:
    """Prints points and, at the end, the plan."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def point(self, good, name, notes=()):
        """Print one result; notes say why it failed."""
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good:
            for note in list(notes)[:20]:
                print("#   " + str(note).replace("\n", "\n#   "))

    def same(self, got, wanted, name):
        """Compare two values."""
        self.point(got == wanted, name, [f"got    {got!r}",
                                         f"wanted {wanted!r}"])

    def skip(self, name, reason):
        """Say that a test did not run."""
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}")

    def done(self):
        """Print the plan; return the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def model_files():
    """Return the paths of the service's model and paginators, or None."""
    shared = os.environ.get("DATAZONE_SHARED")
    if not shared:
        return None
    names = [os.path.join(shared, "data", "datazone", name)
             for name in ("service-2.json", "paginators-1.json")]
    return names if all(map(os.path.exists, names)) else None


def generate(*arguments, seed="0"):
    """Run the generator; return its status, output and errors."""
    done = subprocess.run(
        [sys.executable, GENERATOR, *arguments], check=False, text=True,
        capture_output=True, env=dict(os.environ, PYTHONHASHSEED=seed))
    return done.returncode, done.stdout, done.stderr


# -- the generator -----------------------------------------------------------

SMALL = {
    "metadata": {"apiVersion": "2000-01-01"},
    "operations": {
        "DoIt": {
            "http": {"method": "POST", "requestUri": "/a/{Label}/b/{Key+}"},
            "input": {"shape": "DoItInput"},
            "output": {"shape": "DoItOutput"}},
        "Stream": {
            "http": {"method": "GET", "requestUri": "/s"},
            "output": {"shape": "StreamOutput"}}},
    "shapes": {
        "DoItInput": {
            "type": "structure", "required": ["label", "key"],
            "documentation": "<p>A sentence.</p>",
            "members": {
                "label": {"shape": "Text", "location": "uri",
                          "locationName": "Label"},
                "key": {"shape": "Text", "location": "uri",
                        "locationName": "Key"},
                "when": {"shape": "Time", "timestampFormat": "rfc822"},
                "class": {"shape": "Text", "locationName": "a-b"},
                "tree": {"shape": "Tree"}}},
        "DoItOutput": {"type": "structure", "members": {
            "status": {"shape": "Int", "location": "statusCode"}}},
        "StreamOutput": {"type": "structure", "payload": "events",
                         "members": {"events": {"shape": "Events"}}},
        "Events": {"type": "structure", "eventstream": True,
                   "members": {}},
        "Tree": {"type": "structure", "union": True, "members": {
            "leaf": {"shape": "Blob"}, "trees": {"shape": "Trees"},
            "none": {"shape": "Empty"}}},
        "Trees": {"type": "list", "member": {"shape": "Tree"}, "min": 1,
                  "sparse": True},
        "Empty": {"type": "structure", "members": {}},
        "Blob": {"type": "blob"}, "Int": {"type": "integer"},
        "Text": {"type": "string"}, "Time": {"type": "timestamp"}}}


def test_generator(tap):
    """A small model with what DataZone's lacks."""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "small.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(SMALL, file)
        status, text, errors = generate(path, "-")
        tap.point(status == 1 and not text and
                  "operation Stream: event stream Events" in errors,
                  "what cannot be built stops the generator", [errors])
        status, text, errors = generate("--skip-unsupported", path, "-")
        tap.point(status == 0 and "left out Stream: event stream" in errors
                  and "Stream" not in text,
                  "unless it is told to leave such operations out",
                  [errors, text])
        tap.point("A sentence" not in text, "documentation is left out")
        source = os.path.join(directory, "model_data.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        include = subprocess.run(
            [os.environ.get("PG_CONFIG", "pg_config"),
             "--includedir-server"], check=True, text=True,
            capture_output=True).stdout.strip()
        done = subprocess.run(
            ["cc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
             "-I" + include, "-I" + os.path.join(TREE, "src"), source],
            check=False, text=True, capture_output=True)
        tap.point(done.returncode == 0, "the table of a small model compiles",
                  [done.stderr])


def test_determinism(tap, files):
    """The committed file is what the generator makes, always."""
    names = ["the committed table is the generator's, byte for byte",
             "hash order does not matter",
             "no sentence of the model's documentation is in the table"]
    if files is None:
        for name in names:
            tap.skip(name, NO_MODEL)
        return
    status, text, errors = generate(*files)
    with open(TABLE, encoding="utf-8") as file:
        tap.point(status == 0 and text == file.read(), names[0], [errors])
    tap.point(all(generate(*files, seed=seed)[1] == text
                  for seed in ("1", "2")), names[1])
    with open(files[0], encoding="utf-8") as file:
        sentences = set(re.findall(r"[^<>.]{30,}", " ".join(
            documentation(json.load(file)))))
    found = [s for s in sentences if " " in s.strip() and s in text]
    tap.point(len(sentences) > 500 and not found, names[2], found)


def documentation(value):
    """Yield every documentation text of a model."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "documentation" and isinstance(inner, str):
                yield inner
            else:
                yield from documentation(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from documentation(inner)


# -- the table ---------------------------------------------------------------

def test_table(tap, db, files):
    """The compiled table against the model; returns the model to go on with"""
    table = shapes.from_table(
        *(database.load(line) for line in
          db.ask("SELECT test_operations(); SELECT test_shapes();")))
    operations = table.operations
    tap.same(len(operations), 195, "195 operations")
    tap.same(sum(op["pager"] is not None for op in operations.values()), 41,
             "41 of them paginated")
    tap.same(sum(op["read_only"] for op in operations.values()), 82,
             "82 are read-only: the model's 76 and 6 reads by POST")
    tap.same(sum(not op["repeatable"] for op in operations.values()), 28,
             "28 are not to be repeated after an unclear outcome")
    tap.same(sum(op["has_secrets"] for op in operations.values()), 6,
             "6 may answer with credentials")
    tap.same(sum(m["token"] for op in operations.values()
                 for m in table.members(op["input"]).values()), 43,
             "43 take a client token")
    if files is None:
        tap.skip("the compiled table says what the model says", NO_MODEL)
        return table
    model = shapes.from_service_model(*files)
    found, count = shapes.differences(model, table)
    tap.point(not found and count > 800,
              f"the compiled table says what the model says ({count} shapes)",
              found)
    return model


# -- requests ----------------------------------------------------------------

def request_differences(answer, wanted):
    """Say where a request differs from the reference."""
    if "request" not in answer:
        return [answer]
    got = answer["request"]
    found = []
    for field in ("method", "path"):
        if got[field] != wanted[field]:
            found.append(f"{field}: {got[field]}, not {wanted[field]}")
    query = sorted(got["query"].split("&")) if got["query"] else []
    if query != wanted["query"]:
        found.append(f"query: {query}, not {wanted['query']}")
    if dict(got["headers"]) != wanted["headers"] or \
            len(got["headers"]) != len(wanted["headers"]):
        found.append(f"headers: {got['headers']}, not {wanted['headers']}")
    body = got["body"]
    if isinstance(wanted["body"], dict):
        body = database.load(body) if body else None
    if body != wanted["body"]:
        found.append(f"body: {body}, not {wanted['body']}")
    return found


def test_requests(tap, db, model, renderer):
    """Every operation's request, from three kinds of params."""
    maker = samples.Samples(model, SEED)
    for mode in ("least", "all", "awkward"):
        given = {op: maker.params(op, mode) for op in sorted(model.operations)}
        if mode == "least":
            for op in model.operations.values():
                assert op["input"] is not None
        # the default domain comes in where the least is given
        domain = "dzd_default" if mode == "least" else None
        for params in given.values():
            if domain:
                params.pop("domainIdentifier", None)
        answers = db.requests([(op, database.dump(params), "params", domain)
                               for op, params in given.items()])
        bad = []
        for (op, params), answer in zip(given.items(), answers):
            found = request_differences(
                answer, renderer.render(op, params, domain))
            bad += [f"{op}: {text}" for text in found]
        tap.point(not bad and len(answers) == len(model.operations),
                  f"{len(answers)} requests from params of kind: {mode}", bad)


def test_made_tokens(tap, db, model):
    """Absent client tokens are made, each anew."""
    maker = samples.Samples(model, SEED)
    cases = []
    for op in sorted(model.operations):
        members = model.members(model.operations[op]["input"])
        names = [n for n, m in members.items() if m["token"]]
        if names:
            params = maker.params(op, "least")
            params.pop(names[0], None)
            cases.append((op, names[0], members[names[0]], params))
    answers = db.requests([(op, database.dump(params), None, None)
                           for op, _, _, params in cases])
    tokens, bad = [], []
    for (op, name, member, _), answer in zip(cases, answers):
        request = answer.get("request")
        if request is None:
            bad.append(answer)
            continue
        query = dict(pair.split("=") for pair in request["query"].split("&")
                     if pair)
        where = {"body": lambda: database.load(request["body"])[name],
                 "querystring": lambda: query[name],
                 "header": lambda: dict(request["headers"])[member["wire"]]}
        token = where[member["place"]]()
        tokens.append(token)
        if not UUID4.fullmatch(token):
            bad.append(f"{op}: {token}")
        if member["also_query"] and query[name] != token:
            bad.append(f"{op}: {query}")
    tap.point(len(tokens) == 43 and len(set(tokens)) == 43 and not bad,
              "43 absent client tokens become 43 UUIDs of version 4", bad)


def test_refusals(tap, db):
    """Each refusal in its words, with 22023 and the operation."""
    answers = db.requests([(op, params, "params", None)
                           for _, op, params, _, _ in refusals.REFUSALS])
    for (name, op, _, message, hint), answer in zip(refusals.REFUSALS,
                                                    answers):
        good = (answer.get("state") == "22023"
                and answer["message"] == message
                and (hint is None or answer["hint"] == hint)
                and answer["context"].startswith(f"request of {op}\n"))
        tap.point(good, f"refused: {name}", [answer, message, hint])


def test_typed_paths(tap, db):
    """With no root, paths begin at the member."""
    answers = db.requests([
        ("ListDataSourceRuns", '{"domainIdentifier":"dzd_a"}', None, None),
        ("PostLineageEvent",
         '{"domainIdentifier":"dzd_a","event":{"run":{"runId":5}}}', None,
         None),
        ("ListDataSourceRuns", '{"dataSourceIdentifier":"d"}', None,
         "no domain")])
    tap.same([answer.get("message") for answer in answers],
             ["dataSourceIdentifier: required",
              "event.run.runId: expected a string, not a number",
              "domainIdentifier: not a domain identifier"],
             "paths of a typed function begin at the member")


def test_event_size(tap, db):
    """300,000 bytes as compact JSON and UTF-8, not as written."""
    base = {"run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"},
            "eventTime": "2026-01-02T03:04:05Z", "producer": "p",
            "schemaURL": "s", "pad": ""}
    room = restjson.EVENT_MAX - len(restjson.compact(base))
    cases = []
    for pad in ("x" * room, "x" * (room + 1), "\u00e9" * (room // 2),
                "\u00e9" * (room // 2 + 1)):
        text = json.dumps({"domainIdentifier": "dzd_a",
                           "event": dict(base, pad=pad)}, indent=8)
        cases.append(("PostLineageEvent", text, "params", None))
    answers = db.requests(cases)
    tap.same([len(a["request"]["body"].encode()) if "request" in a
              else a["message"] for a in answers],
             [300000, "params.event: 300001 bytes as compact JSON, but at"
              " most 300000 are accepted", 300000 - room % 2,
              "params.event: %d bytes as compact JSON, but at most 300000"
              " are accepted" % (300000 - room % 2 + 2)],
             "300,000 bytes of event are counted as they are sent")


def test_mutations(tap, db, model, renderer):
    """Damaged params: an error with a path of what is wrong, or a request."""
    maker = samples.Samples(model, SEED)
    operations = sorted(model.operations)
    cases = []
    for i in range(MUTATIONS):
        op = maker.random.choice(operations)
        params = maker.damage(maker.params(op, ("all", "awkward")[i % 2]))
        # numbers that jsonb cannot hold are not what this is about
        cases.append((op, params))
    answers = db.requests([(op, database.dump(params), "params", None)
                           for op, params in cases])
    bad, refused, sent = [], 0, 0
    for (op, params), answer in zip(cases, answers):
        wrong = renderer.violations(op, params, "params", None)
        if "request" in answer:
            sent += 1
            if wrong:
                bad.append(f"{op}: sent in spite of {sorted(wrong)[:3]}")
            else:
                with_token(model, op, params, answer["request"])
                bad += [f"{op}: {text}" for text in request_differences(
                    answer, renderer.render(op, params, None))]
        elif answer.get("state") != "22023":
            bad.append(f"{op}: {answer}")
        else:
            refused += 1
            path = answer["message"]
            if not any(path.startswith(p + ": ") for p in wrong):
                bad.append(f"{op}: {answer['message']!r} is none of "
                           f"{sorted(wrong)[:5]}")
    tap.point(not bad and len(answers) == MUTATIONS and sent > 50
              and refused > 500,
              f"{MUTATIONS} damaged params: {refused} refused for what is"
              f" wrong with them, {sent} sent as they should be", bad)


def with_token(model, operation, params, request):
    """Put the token that was made into the params."""
    for name, member in model.members(
            model.operations[operation]["input"]).items():
        if not member["token"] or params.get(name) is not None:
            continue
        if member["place"] == "body":
            params[name] = database.load(request["body"])[name]
        elif member["place"] == "header":
            params[name] = dict(request["headers"])[member["wire"]]
        else:
            params[name] = re.search(name + "=([^&]*)",
                                     request["query"]).group(1)


# -- answers -----------------------------------------------------------------

def same_value(got, wanted):
    """Compare JSON; numbers as the doubles that they were."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(
            same_value(got[k], wanted[k]) for k in got)
    if isinstance(got, list) and isinstance(wanted, list):
        return len(got) == len(wanted) and all(map(same_value, got, wanted))
    if isinstance(got, bool) or isinstance(wanted, bool) or \
            not isinstance(wanted, (int, Decimal)):
        return got == wanted and isinstance(got, bool) == \
            isinstance(wanted, bool)
    return isinstance(got, (int, Decimal)) and float(got) == float(wanted)


def test_answers(tap, db, model):
    """Answers to every operation, with times in whichever form."""
    maker, reader = answers.Answers(model, SEED), answers.Reader(model)
    for mode in ("all", "least"):
        cases, wanted, bad = [], [], []
        for op in sorted(model.operations):
            if any(m["place"] != "body" for m in maker.members(op).values()):
                continue
            body = maker.on_the_wire(maker.body(op, mode))
            value, wrong = reader.answer(op, body)
            if wrong:
                bad.append(f"{op}: the test's answer is wrong: {wrong}")
            cases.append((op, database.dump(body), "{}", "f"))
            wanted.append(value)
        for case, answer, value in zip(cases, db.answers(cases), wanted):
            if "value" not in answer or not same_value(answer["value"],
                                                       value):
                bad.append(f"{case[0]}: {answer}\nfor {case[1]}")
        tap.point(not bad and len(cases) == 194,
                  f"{len(cases)} answers of kind: {mode}", bad)


def test_items(tap, db, model):
    """Items of every paginated operation's pages."""
    maker, reader = answers.Answers(model, SEED), answers.Reader(model)
    cases, wanted, bad = [], [], []
    for op in sorted(model.operations):
        pager = model.operations[op]["pager"]
        if pager is None:
            continue
        body = maker.on_the_wire(maker.body(op, "all"))
        cases.append((op, database.dump(body), None, "t"))
        wanted.append([reader.item(op, item, i)[0]
                       for i, item in enumerate(body[pager[3]])])
    for case, answer, value in zip(cases, db.answers(cases), wanted):
        if not value or not same_value(answer.get("value"), value):
            bad.append(f"{case[0]}: {answer}\nfor {case[1]}")
    tap.point(not bad and len(cases) == 41, f"items of {len(cases)} listings",
              bad)


def test_damaged_answers(tap, db, model):
    """Wrong types and missing members are HV00M with the path; new members
    and values pass through."""
    maker, reader = answers.Answers(model, SEED), answers.Reader(model)
    operations = [op for op in sorted(model.operations)
                  if maker.members(op) and all(
                      m["place"] == "body"
                      for m in maker.members(op).values())]
    cases, bodies = [], []
    for i in range(MUTATIONS):
        op = maker.random.choice(operations)
        body = answers.damage(maker, maker.on_the_wire(
            maker.body(op, ("all", "least")[i % 2])))
        bodies.append(body)
        cases.append((op, database.dump(body), "{}", "f"))
    bad, refused, taken = [], 0, 0
    for (op, text, _, _), body, answer in zip(cases, bodies,
                                              db.answers(cases)):
        value, wrong = reader.answer(op, body)
        if "value" in answer:
            taken += 1
            if wrong:
                bad.append(f"{op}: taken in spite of {sorted(wrong)[:3]}")
            elif not same_value(answer["value"], value):
                bad.append(f"{op}: {answer}\nfor {text[:2000]}")
            continue
        refused += 1
        if answer["state"] != "HV00M" or not any(
                f'"{path}"' in answer["message"] for path in wrong):
            bad.append(f"{op}: {answer} is none of {sorted(wrong)[:5]}")
    tap.point(not bad and refused > 200 and taken > 200,
              f"{MUTATIONS} damaged answers: {refused} refused for what is"
              f" wrong with them, {taken} taken as they are", bad)


def test_answer_places(tap, db):
    """Members in headers, payloads, and nothing at all."""
    headers = {"Domain-Id": "dzd_a", "Id": "e1", "Created-By": "\u00e9",
               "Processing-Status": "A_NEW_ONE",
               "Event-Time": "Fri, 02 Jan 2026 03:04:05 GMT",
               "Created-At": "2026-01-02T03:04:06.5Z"}
    event = '{"eventType":"COMPLETE","n":1.50,"run":{"runId":"r"}}'
    start = '{"dataSourceId":"d","domainId":"dzd_a","id":"i",' \
        '"projectId":"p","status":"REQUESTED","type":"PRIORITIZED",'
    cases = [
        ("GetLineageEvent", event, json.dumps(headers), "f"),
        ("GetLineageEvent", "", "{}", "f"),
        ("GetLineageEvent", event,
         json.dumps(dict(headers, **{"Event-Time": "soon"})), "f"),
        ("PostLineageEvent", "", "{}", "f"),
        ("UntagResource", "", "{}", "f"),
        ("StartDataSourceRun", start + '"createdAt":1.762021397763E9,'
         '"updatedAt":"2025-11-01T18:23:17.763000+00:00","new":[null]}',
         "{}", "f"),
        ("StartDataSourceRun", start + '"createdAt":"x","updatedAt":0}',
         "{}", "f"),
        ("StartDataSourceRun", start + '"createdAt":0}', "{}", "f"),
        ("StartDataSourceRun", "", "{}", "f")]
    got = [a.get("value") or a.get("message") or {} for a in
           db.answers(cases)]
    tap.same(got[0], {
        "domainId": "dzd_a", "id": "e1", "createdBy": "\u00e9",
        "processingStatus": "A_NEW_ONE", "eventTime": "2026-01-02T03:04:05Z",
        "createdAt": "2026-01-02T03:04:06.5Z",
        "event": {"eventType": "COMPLETE", "n": Decimal("1.5"),
                  "run": {"runId": "r"}}},
        "an event and the members in its headers")
    tap.same(got[1], {}, "no event and no headers")
    tap.same(got[2], 'GetLineageEvent: Member "eventTime" is not a timestamp.',
             "a header that is no time")
    tap.same(got[3:5], [{}, {}], "empty answers have no members")
    tap.same(
        (got[5]["createdAt"], got[5]["updatedAt"], got[5]["new"]),
        ("2025-11-01T18:23:17.763Z", "2025-11-01T18:23:17.763Z", [None]),
        "times in scientific notation and with an offset; new members")
    tap.same(got[6:], [
        'StartDataSourceRun: Member "createdAt" is not a timestamp.',
        'StartDataSourceRun: The required member "updatedAt" is missing.',
        'StartDataSourceRun: The required member "id" is missing.'],
        "what is missing or wrong is named")


# -- the edges ---------------------------------------------------------------

def test_extremes(tap, db):
    """Nesting and text that no shape has: an error, never a crash."""
    def nested(n):
        return "[" * n + "]" * n

    def recursive(n):
        clause = '{"and":[' * n + '{"filter":{"attribute":"a"}}' + "]}" * n
        return ('{"domainIdentifier":"dzd_a","filters":%s}' % clause)

    domain = '"domainIdentifier":"dzd_a"'
    cases = [
        ("Search", "{%s,\"searchScope\":%s}" % (domain, nested(5000))),
        ("Search", "{%s,\"searchScope\":\"ASSET\",\"filters\":%s}"
         % (domain, nested(5000))),
        ("SearchListings", recursive(50)),
        ("SearchListings", recursive(1500)),
        ("PostLineageEvent", "{%s,\"event\":{%s,\"x\":%s}}"
         % (domain, refusals.EVENT, nested(5000))),
        ("Search", "{%s,\"searchScope\":\"\\u0000\"}" % domain),
        ("Search", "{%s,\"searchScope\":\"\\ud800\"}" % domain),
        ("Search", nested(100000)),
    ]
    got = []
    for answer in db.requests([(op, text, "params", None)
                               for op, text in cases]):
        got.append("sent" if "request" in answer else
                   answer.get("no_jsonb") or answer["message"])
    tap.same(got[:3] + got[4:], [
        "params.searchScope: expected a string, not an array",
        "params.filters: expected an object, not an array",
        "sent", "sent", "22P05", "22P02", "54001"],
        "deep nesting, NUL and lone surrogates")
    tap.point(got[3] in ("sent", "stack depth limit exceeded"),
              "a filter 1,500 levels deep is sent, or is too deep", got[3:4])


def test_encodings(tap, db):
    """What is sent is UTF-8, whatever the database's encoding."""
    event = "{%s,\"x\":\"caf\u00e9\"}" % refusals.EVENT
    text = "\u00e9/\u00fc"
    cases = [("PostLineageEvent", '{"domainIdentifier":"dzd_a","event":%s,'
              '"clientToken":"t"}' % event, "params", None),
             ("CreateGlossary", '{"domainIdentifier":"dzd_a","name":"%s",'
              '"owningProjectIdentifier":"p","clientToken":"t"}' % text,
              "params", None),
             ("ListTagsForResource", '{"resourceArn":"%s"}' % text, "params",
              None)]
    wanted = db.requests(cases)
    db.ask("CREATE DATABASE latin1 ENCODING 'LATIN1' LC_COLLATE 'C'"
           " LC_CTYPE 'C' TEMPLATE template0;")
    db.ask(database.SETUP, "latin1")
    got = db.requests(cases, "latin1")
    # the module gives bytes as text: in LATIN1, each byte is a character
    for answer in got:
        answer["request"]["body"] = \
            answer["request"]["body"].encode("latin-1").decode()
    tap.same(got, wanted, "a LATIN1 database sends the same UTF-8")


def test_names(tap, db):
    """Hints for operations that do not exist."""
    pairs = [("ListDataSourceRun", "ListDataSourceRuns"),
             ("list_data_source_runs", "ListDataSourceRuns"),
             ("POSTLINEAGEEVENT", "PostLineageEvent"),
             ("StartDatasourceRuns", "StartDataSourceRun"),
             ("GetMetadatGenerationRun", "GetMetadataGenerationRun"),
             ("", ""), ("x", ""), ("DropTable", ""),
             ("StartData", "StartDataSourceRun"), ("\u00e9" * 90, ""),
             ("y" * 100000, "")]
    tap.same(db.ask("".join(
        f"SELECT coalesce(test_nearest_operation('{name}'), '');\n"
        for name, _ in pairs)), [nearest for _, nearest in pairs],
        "the nearest operation's name")


def main():
    """Run everything."""
    # the damaged params are deep, and this process walks them
    sys.setrecursionlimit(20000)
    tap = Tap()
    files = model_files()
    test_generator(tap)
    test_determinism(tap, files)
    with database.database() as db:
        model = test_table(tap, db, files)
        renderer = restjson.Renderer(model)
        test_requests(tap, db, model, renderer)
        test_made_tokens(tap, db, model)
        test_refusals(tap, db)
        test_typed_paths(tap, db)
        test_event_size(tap, db)
        test_mutations(tap, db, model, renderer)
        test_answers(tap, db, model)
        test_items(tap, db, model)
        test_damaged_answers(tap, db, model)
        test_answer_places(tap, db)
        test_extremes(tap, db)
        test_encodings(tap, db)
        test_names(tap, db)
        protocol.test_protocol(tap, db, same_value)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
