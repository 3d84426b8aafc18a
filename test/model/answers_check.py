"""Answers to every operation: whole, damaged, in headers, and none."""

import json
from decimal import Decimal

import answers
import database

MUTATIONS = 1000
SEED = 20261121


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
        ("StartDataSourceRun", "{}", "{}", "f"),
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
    tap.same(got[6:9], [
        'StartDataSourceRun: Member "createdAt" is not a timestamp.',
        'StartDataSourceRun: The required member "updatedAt" is missing.',
        'StartDataSourceRun: The required member "id" is missing.'],
        "what is missing or wrong is named")
    tap.same(got[9], {}, "to an empty answer nothing is missing")


def run(tap, db, model):
    """Run all of this file."""
    test_answers(tap, db, model)
    test_items(tap, db, model)
    test_damaged_answers(tap, db, model)
    test_answer_places(tap, db)
