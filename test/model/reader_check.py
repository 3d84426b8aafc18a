"""The JSON reader: what it takes and what it refuses, up to its limits, and
the same as Python's reader of documents at random."""

import documents

RANDOM = 1000
DAMAGED = 2000
SEED = 20261121

SETUP = """
CREATE FUNCTION test_json(bytea) RETURNS text
    AS :'module', 'test_json' LANGUAGE C;
CREATE FUNCTION test_json_jsonb(bytea) RETURNS jsonb
    AS :'module', 'test_json_jsonb' LANGUAGE C;
CREATE FUNCTION test_json_member(bytea, text) RETURNS text
    AS :'module', 'test_json_member' LANGUAGE C;
CREATE FUNCTION test_json_integer(bytea) RETURNS bigint
    AS :'module', 'test_json_integer' LANGUAGE C;

-- the outcome as a line of text: the value, or SQLSTATE and message
CREATE FUNCTION try_json(document bytea) RETURNS text AS $$
BEGIN
    RETURN 'text ' || test_json(document);
EXCEPTION WHEN others THEN
    RETURN sqlstate || ' ' || sqlerrm;
END $$ LANGUAGE plpgsql;
CREATE FUNCTION try_json_jsonb(document bytea) RETURNS text AS $$
BEGIN
    RETURN 'json ' || test_json_jsonb(document)::text;
EXCEPTION WHEN others THEN
    RETURN sqlstate || ' ' || sqlerrm;
END $$ LANGUAGE plpgsql;
"""

VALUES = "'[' || repeat('%s,', %d) || '%s]'"


def outcomes(db, cases):
    """Return the two outcomes of each of the documents.

    They come as digits: psql does not print each character of Unicode.
    """
    rows = "".join(f"{i}\t\\\\x{case.hex()}\n" for i, case in enumerate(cases))
    lines = db.ask(
        "CREATE TEMP TABLE t (id int, document bytea);\n"
        "COPY t FROM STDIN;\n" + rows + "\\.\n"
        + "".join(f"SELECT encode(convert_to({function}(document), 'UTF8'),"
                  " 'hex') FROM t ORDER BY id;\n"
                  for function in ("try_json", "try_json_jsonb")))
    lines = [bytes.fromhex(line).decode() for line in lines]
    assert len(lines) == 2 * len(cases)
    return list(zip(lines[:len(cases)], lines[len(cases):]))


def is_same(got, wanted):
    """Compare what jsonb has; numbers by their value, however large."""
    if type(got) is not type(wanted):
        return False
    if isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(
            is_same(got[k], wanted[k]) for k in wanted)
    if isinstance(wanted, list):
        return len(got) == len(wanted) and all(map(is_same, got, wanted))
    return got == wanted


def problems(document, outcome):
    """Say in which ways an outcome is not what Python's reader makes of it."""
    text, jsonb = outcome
    try:
        value = documents.read(document)
    except documents.NotJson as error:
        return [f"{kind}: {got[:200]!r} for {document!r}, which is refused:"
                f" {error}"
                for kind, got in (("text", text), ("jsonb", jsonb))
                if not got.startswith("HV00M ")]
    if not text.startswith("text ") or documents.read(
            text[5:].encode()) != documents.without_nul(value):
        return [f"text: {text[:200]!r} for {document!r}"]
    if documents.has_long_number(value) or documents.has_nul(value):
        good = jsonb.startswith("HV00M ")
    else:
        good = jsonb.startswith("json ") and is_same(
            documents.as_jsonb(documents.read(jsonb[5:].encode())),
            documents.as_jsonb(value))
    return [] if good else [f"jsonb: {jsonb[:200]!r} for {document!r}"]


def test_accepted(tap, db):
    """Each production of the grammar."""
    bad = []
    cases = documents.ACCEPTED
    for case, outcome in zip(cases, outcomes(db, cases)):
        documents.read(case)
        bad += problems(case, outcome)
    tap.point(not bad, f"{len(cases)} documents of each production", bad)


def test_refused(tap, db):
    """What no production makes, with what is wrong and where."""
    bad = []
    cases = [case for case, _ in documents.REFUSED]
    for (case, why), outcome in zip(documents.REFUSED, outcomes(db, cases)):
        bad += problems(case, outcome)
        if outcome[0].startswith("text ") or \
                why is not None and outcome[0] != "HV00M " + why:
            bad.append(f"{outcome[0]!r} for {case!r}, not {why!r}")
    tap.point(not bad, f"{len(cases)} documents that are none", bad)


def test_limits(tap, db):
    """Depth and values up to the limits, and above them."""
    found = outcomes(db, documents.LIMITED)
    tap.point(all(got == "54000 it is nested too deeply"
                  for both in found for got in both),
              f"{len(found)} documents nested too deeply", found)

    def length(expression):
        return db.ask(f"SELECT left(try_json(d), 40), length(try_json(d))"
                      f" FROM convert_to({expression}, 'UTF8') d;")[0]

    most = 1024 * 1024
    too_many = "54000 it holds too many values|30"
    for what, at_limit, above, size in (
            ("numbers", VALUES % (1, most - 2, 1), VALUES % (1, most - 1, 1),
             2 * (most - 1) + 1),
            ("empty arrays", VALUES % ("[]", most - 2, "[]"),
             VALUES % ("[]", most - 1, "[]"), 3 * (most - 1) + 1),
            ("empty objects", VALUES % ("{}", most - 2, "{}"),
             VALUES % ("{}", most - 1, "{}"), 3 * (most - 1) + 1),
            # a name and its value are two
            ("members", "'{' || repeat('\"\":1,', %d) || '\"\":1}'"
             % (most // 2 - 2),
             "'{' || repeat('\"\":1,', %d) || '\"\":1}'" % (most // 2 - 1),
             5 * (most // 2 - 1) + 1)):
        got = length(at_limit), length(above)
        tap.point(got[0].startswith("text ") and
                  got[0].endswith(f"|{size + 5}") and got[1] == too_many,
                  f"as many {what} as there may be, and one more", got)
    tap.point(length("'[' || repeat('[],', 10000000) || '[]]'") == too_many,
              "ten million empty arrays")


def test_members(tap, db):
    """The last of the same names counts; names are compared as a whole."""
    document = r'{"a":1,"aa":2,"\u0061":3,"b":{"a":4},"":5,"\u00e9":6,"a ":7}'
    names = ["a", "aa", "b", "", "\u00e9", "a ", "A", "aaa", "e"]
    got = db.ask("".join(
        f"SELECT coalesce(test_json_member(convert_to('{document}', 'UTF8'),"
        f" '{name}'), 'none');\n" for name in names))
    tap.same(got, ["3", "2", '{"a":4}', "5", "6", "7", "none", "none",
                   "none"], "members by their names")
    got = db.ask("".join(
        f"SELECT coalesce(test_json_member(convert_to('{other}', 'UTF8'),"
        " 'a'), 'none');\n" for other in ("[]", '["a",1]', '"a"', "{}")))
    tap.same(got, ["none"] * 4, "what is no object has no members")


def test_integers(tap, db):
    """Numbers that are integers of 64 bits, however they are written."""
    pairs = [("0", 0), ("-0", 0), ("5", 5), ("-5", -5), ("5.0", 5),
             ("5e0", 5), ("50e-1", 5), ("0.5e1", 5), ("1e15", 10 ** 15),
             ("9223372036854775807", 2 ** 63 - 1),
             ("-9223372036854775808", -2 ** 63), ("9223372036854775808", None),
             ("-9223372036854775809", None), ("1" * 40, None), ("1e400", None),
             ("-1e400", None), ("1e-400", None), ("1e19", None), ("1.5", None),
             ("0.1", None), ("9007199254740991.0", 2 ** 53 - 1),
             ("-9007199254740993.0", -1 - 2 ** 53), ("0e400", 0), ("0e-400", 0),
             ("-0.00e-9", 0), ("0E99999999999999999999", 0),
             ("1E99999999999999999999", None),
             ("1e-99999999999999999999", None), ("100e-2", 1),
             ("100e-3", None), ("1.00000000000000000001", None),
             ("0." + "0" * 60 + "e9", 0), ("1." + "0" * 60 + "e1", 10),
             ("1" + "0" * 59 + "e-59", 1), ("1." + "0" * 64, None),
             ("922337203685477580.7e1", 2 ** 63 - 1),
             ("922337203685477580.8e1", None), ("1e18", 10 ** 18),
             ("-1e18", -10 ** 18), ('"5"', None), ("null", None), ("true", None), ("[]", None), ("{}", None)]
    got = db.ask("".join(
        f"SELECT coalesce(test_json_integer('{document}')::text, 'none');\n"
        for document, _ in pairs))
    tap.same(got, ["none" if value is None else str(value)
                   for _, value in pairs], "numbers as integers")


def test_random(tap, db):
    """Documents at random, whole and damaged, as Python reads them."""
    maker = documents.Documents(SEED)
    whole = [maker.document() for _ in range(RANDOM)]
    damaged = [maker.damaged() for _ in range(DAMAGED)]
    bad, refused = [], 0
    for case, outcome in zip(whole, outcomes(db, whole)):
        bad += problems(case, outcome)
        refused += not outcome[0].startswith("text ")
    tap.point(not bad and refused == 0,
              f"{RANDOM} documents at random, as another reader has them",
              bad)
    bad = []
    for case, outcome in zip(damaged, outcomes(db, damaged)):
        bad += problems(case, outcome)
        refused += not outcome[0].startswith("text ")
    tap.point(not bad and DAMAGED // 4 < refused < DAMAGED,
              f"{DAMAGED} of them damaged: {refused} refused, the others as"
              " another reader has them", bad)


def run(tap, db):
    """Run all of this file."""
    db.ask(SETUP)
    test_accepted(tap, db)
    test_refused(tap, db)
    test_limits(tap, db)
    test_members(tap, db)
    test_integers(tap, db)
    test_random(tap, db)
