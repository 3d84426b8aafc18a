"""Requests of every operation: from good params, from damaged ones, from none;
and what is refused, in which words."""

import json
import re

import database
import refusals
import restjson
import samples

MUTATIONS = 1000
SEED = 20261121
UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                   "[0-9a-f]{12}")


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


def run(tap, db, model, renderer):
    """Run all of this file."""
    test_requests(tap, db, model, renderer)
    test_made_tokens(tap, db, model)
    test_refusals(tap, db)
    test_typed_paths(tap, db)
    test_event_size(tap, db)
    test_mutations(tap, db, model, renderer)
    test_extremes(tap, db)
    test_encodings(tap, db)
    test_names(tap, db)
