"""What is made of a transfer that has ended: success or not, the error's code
and words by the rules of restJson1, and nothing in them that is a secret."""

import json

SETUP = """
CREATE FUNCTION test_reply(text, text, int, jsonb, bytea, text, text)
    RETURNS jsonb AS :'module', 'test_reply' LANGUAGE C;
"""

KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjEA/example+of+a/session+token=="
TYPE = "x-amzn-errortype"
MIB = 1024 * 1024


def body(**members):
    """Write an error's body."""
    return json.dumps(members, ensure_ascii=False)


def told(words):
    """Write an answer whose code is known, and what matters is the words."""
    return {TYPE: "FooError"}, body(message=words)


# (name, headers, body, code, message); a body may be bytes
ERRORS = [
    ("a code in the header", {"X-Amzn-Errortype": "FooError"}, "",
     "FooError", ""),
    ("headers have no case", {"X-AMZN-ERRORTYPE": "FooError"}, "{}",
     "FooError", ""),
    ("the header's URI is no part of it",
     {TYPE: "FooError:http://internal.example.com/coral/#x"}, "", "FooError",
     ""),
    ("nor is the namespace", {TYPE: "example.service#FooError"}, "",
     "FooError", ""),
    ("nor are both", {TYPE: "example.service#FooError:http://a/#b"}, "",
     "FooError", ""),
    ("the header is asked first", {TYPE: "FooError"},
     body(code="BarError", __type="BazError", message="m"), "FooError", "m"),
    ("then code", {}, body(__type="BazError", code="a.b#BarError:http://c/",
                           message="m"), "BarError", "m"),
    ("then __type", {}, body(__type="a.b#BazError", message="m"), "BazError",
     "m"),
    ("a header that is no code gives way", {TYPE: "two words"},
     body(code="BarError"), "BarError", ""),
    ("an empty header gives way", {TYPE: ""}, body(__type="BazError"),
     "BazError", ""),
    ("a code that is a number gives way", {},
     body(code=400, __type="BazError"), "BazError", ""),
    ("a code that is null gives way", {}, body(code=None, __type="BazError"),
     "BazError", ""),
    ("a code that is no name gives way", {},
     body(code="<html>", __type="BazError"), "BazError", ""),
    ("a code too long to be one gives way", {},
     body(code="x" * 129, __type="BazError"), "BazError", ""),
    ("what is nested is not the error's", {},
     body(error=dict(code="BarError", message="inner"),
          list=[dict(__type="BazError")]), "", ""),
    ("what is nested comes after what is not", {},
     body(details=dict(__type="BarError", message="inner"),
          __type="BazError", message="outer"), "BazError", "outer"),
    ("names of members have a case", {},
     body(Code="BarError", Type="BazError", MESSAGE="m"), "", ""),
    ("escapes in a body", {}, '{"c\\u006fde":"Bar\\u0045rror",'
     '"mess\\u0061ge":"\\u00e9\\ud83d\\ude00\\/"}', "BarError",
     "\u00e9\U0001f600/"),
    ("words called message", *told("words"), "FooError", "words"),
    ("words called Message", {TYPE: "FooError"}, body(Message="words"),
     "FooError", "words"),
    ("words called errorMessage", {TYPE: "FooError"},
     body(errorMessage="words"), "FooError", "words"),
    ("message before Message before errorMessage", {TYPE: "FooError"},
     body(errorMessage="third", Message="second", message="first"),
     "FooError", "first"),
    ("words that are no text give way", {TYPE: "FooError"},
     body(message={"a": "b"}, Message=None, errorMessage="third"),
     "FooError", "third"),

    ("no body and no header", {}, "", "", ""),
    ("blanks", {}, " \r\n\t", "", ""),
    ("an empty object", {}, "{}", "", ""),
    ("an array", {}, '["code", "BarError"]', "", ""),
    ("a string", {TYPE: "FooError"}, '"message"', "FooError", ""),
    ("null", {}, "null", "", ""),
    ("HTML", {}, "<html><body><h1>503 Service Unavailable</h1></body></html>",
     "", ""),
    ("XML", {TYPE: "FooError"}, "<Error><Code>BarError</Code></Error>",
     "FooError", ""),
    ("half a document", {}, '{"code":"BarError","message":"m"', "", ""),
    ("two documents", {}, '{"code":"BarError"}{"code":"BazError"}', "", ""),
    ("the NUL character", {}, '{"code":"BarError","message":"a\\u0000b"}',
     "BarError", ""),
    ("a byte that is 0", {}, b'{"code":"BarError"\0}', "", ""),
    ("a lone surrogate", {TYPE: "FooError"}, '{"message":"\\ud800"}',
     "FooError", ""),
    ("bytes that are not UTF-8", {TYPE: "FooError"},
     b'{"message":"\xff\xc0\xaf"}', "FooError", ""),
    ("too many levels", {TYPE: "FooError"},
     '{"message":"m","x":' + "[" * 300 + "]" * 300 + "}", "FooError", ""),
    ("a body of 1 MiB", {TYPE: "FooError"},
     '{"message":"m"}'.ljust(MIB), "FooError", "m"),
    ("a longer one has no words for people", {TYPE: "FooError"},
     '{"message":"m"}'.ljust(MIB + 1), "FooError", ""),

    ("control characters become blanks", {TYPE: "FooError"},
     '{"message":"a\\u0001b\\nc\\td\x7fe\\u001b[31mf"}', "FooError",
     "a b c d e [31mf"),
    ("words are cut at 1,000 bytes", *told("x" * 1001), "FooError",
     "x" * 1000),
    ("but not inside a character", *told("x" + "\u00e9" * 600), "FooError",
     "x" + "\u00e9" * 499),
    ("nor inside one of four bytes", *told("xyz" + "\U0001f600" * 300),
     "FooError", "xyz" + "\U0001f600" * 249),
    ("1,000 bytes are not cut", *told("\u00e9" * 500), "FooError",
     "\u00e9" * 500),

    ("the session token is taken out", *told(f"token {TOKEN} is bad"),
     "FooError", "token (removed) is bad"),
    ("so is the secret key, and as often as it comes",
     *told(f"{KEY}{TOKEN}, {KEY}"), "FooError",
     "(removed)(removed), (removed)"),
    ("also where JSON writes it otherwise", {TYPE: "FooError"},
     '{"message":"it is %s"}' % TOKEN.replace("/", "\\/").replace(
         "I", "\\u0049"), "FooError", "it is (removed)"),
    ("also where the words are cut", *told("x" * 995 + TOKEN), "FooError",
     "x" * 995 + "(removed)"),
    ("also where the sender cut it", *told(f"bad: {TOKEN[:-1]}... is"),
     "FooError", "bad: (removed)... is"),
    ("at its end", *told(f"bad: {TOKEN[:30]}"), "FooError", "bad: (removed)"),
    ("twice", *told(f"{KEY[:20]}{TOKEN[:12]}, {KEY[:12]}"), "FooError",
     "(removed)(removed), (removed)"),
    ("and behind a piece that begins like it",
     *told(TOKEN[:5] + TOKEN[:13] + "x"), "FooError",
     TOKEN[:5] + "(removed)x"),
    ("eleven characters are no secret", *told(TOKEN[:11] + ", " + KEY[:11]),
     "FooError", TOKEN[:11] + ", " + KEY[:11]),
    ("nor is what is not its beginning", *told(TOKEN[1:20]), "FooError",
     TOKEN[1:20]),
    ("what repeats a request ends the words",
     *told("wrong: AWS4-HMAC-SHA256 Credential=AKID/x, Signature=00"),
     "FooError", "wrong: (removed)"),
    ("however it begins", *told("The canonical string should be 'POST\n/'"),
     "FooError", "The (removed)"),
    ("however it is written", *told("x-AMZ-security-TOKEN: abc"), "FooError",
     "(removed)"),
] + [(f"marker: {marker}", *told(f"see {marker}abc def"), "FooError",
      "see (removed)")
     for marker in ("Credential=", "Signature=", "String-to-Sign",
                    "String to Sign", "X-Amz-Signature", "Canonical String")]

# (status, outcome)
STATUSES = [(200, "success"), (201, "success"), (204, "success"),
            (299, "success"), (301, "unexpected"), (302, "unexpected"),
            (304, "unexpected"), (399, "unexpected"), (400, "refused"),
            (403, "refused"), (418, "refused"), (429, "refused"),
            (500, "refused"), (503, "refused"), (599, "refused")]

# (how the transfer ended, outcome, whether a time-out of ours ended it)
TRANSPORT = [("not connected", "not connected", False),
             ("connect timeout", "not connected", True),
             ("lost", "lost", False), ("timeout", "lost", True),
             ("too large", "too large", False),
             ("garbled", "unexpected", False),
             ("no memory", "no memory", False)]


def ask(db, cases):
    """Return what test_reply() gives for each of (outcome, words, status,
    headers, body as bytes, token or None)."""
    def field(text):
        return text.replace("\\", "\\\\").replace("\n", "\\n") \
            .replace("\r", "\\r").replace("\t", "\\t")

    rows = "".join("\t".join([
        str(i), field(outcome), field(words), str(status),
        field(json.dumps(headers)), "\\\\x" + content.hex(),
        "\\N" if token is None else field(token)]) + "\n"
        for i, (outcome, words, status, headers, content, token)
        in enumerate(cases))
    lines = db.ask(
        "CREATE TEMP TABLE t (id int, outcome text, words text, status int,"
        " headers jsonb, body bytea, token text);\n"
        "COPY t FROM STDIN;\n" + rows + "\\.\n"
        f"SELECT test_reply(outcome, words, status, headers, body, '{KEY}',"
        " token) FROM t ORDER BY id;\n")
    return [json.loads(line) for line in lines]


def as_bytes(content):
    """Return a body's bytes."""
    return content if isinstance(content, bytes) else content.encode()


def answered(status, headers, content, token=TOKEN):
    """Make a case of an answer that came whole."""
    return ("answered", "", status, headers, as_bytes(content), token)


def test_errors(tap, db):
    """Each error in its code and words."""
    got = ask(db, [answered(400 + i % 200, dict(
        headers, **{"x-amzn-RequestId": f"id-{i}"}), content)
        for i, (_, headers, content, _, _) in enumerate(ERRORS)])
    for i, (name, _, _, code, message) in enumerate(ERRORS):
        tap.same(got[i], {
            "outcome": "refused", "status": 400 + i % 200, "code": code,
            "message": message, "request_id": f"id-{i}", "timed_out": False,
            "is_whole": True}, f"an error: {name}")


def test_statuses(tap, db):
    """The status alone tells success; a success has no code and no words."""
    headers, content = {TYPE: "FooError"}, body(message="m")
    got = ask(db, [answered(status, headers, content)
                   for status, _ in STATUSES])
    tap.same([(reply["outcome"], reply["status"], reply["code"],
               reply["message"]) for reply in got],
             [(outcome, status) + (("FooError", "m") if outcome == "refused"
                                   else ("", ""))
              for status, outcome in STATUSES],
             f"{len(STATUSES)} statuses: success, refusal, or neither")


def test_transport(tap, db):
    """Whatever ended the transfer; libcurl's words are foreign ones, too."""
    got = ask(db, [(ended, f"words\n{TOKEN}", 200, {TYPE: "FooError"},
                    b'{"message":"m"}', TOKEN) for ended, _, _ in TRANSPORT])
    tap.same([(reply["outcome"], reply["timed_out"], reply["code"],
               reply["message"]) for reply in got],
             [(outcome, timed_out, "", "words (removed)")
              for _, outcome, timed_out in TRANSPORT],
             f"{len(TRANSPORT)} ways to have no answer")


def test_secrets(tap, db):
    """Secrets that are not there, or are too short to be any."""
    words = body(message="the words are short")
    got = ask(db, [answered(400, {}, words, token)
                   for token in (None, "", "short", "are short")])
    tap.same([reply["message"] for reply in got],
             ["the words are short"] * 3 + ["the words (removed)"],
             "no token, and one too short to be one, blot out nothing")
    got = ask(db, [answered(status, {"x-amzn-requestid": f"a {TOKEN}\n"},
                            "{}") for status in (200, 400)])
    tap.same([reply["request_id"] for reply in got], ["a (removed) "] * 2,
             "a request ID shows no secret and no control character")
    token = "IQoJb3JpZ2luX2VjEA0123456789"
    got = ask(db, [answered(400, {TYPE: f"ns#{token}:uri"}, "{}", token),
                   answered(400, {}, body(code=token), token),
                   answered(400, {}, "{}")])
    tap.same([reply["code"] for reply in got], ["(removed)", "(removed)", ""],
             "nor does a code")
    tap.same(got[2]["request_id"], "", "no request ID is an empty one")


def test_protocol_cases(tap, db, cases):
    """The restJson1 protocol's own cases of errors.

    An error's other members are not told: there is no place for them.
    """
    got = ask(db, [answered(case["code"], case.get("headers") or {},
                            case.get("body") or "") for case in cases])
    for case, reply in zip(cases, got):
        wanted = {"outcome": "refused", "status": case["code"],
                  "code": case["errorShape"].split("#")[1],
                  "message": (case.get("params") or {}).get("Message", "")}
        tap.same({name: reply[name] for name in wanted}, wanted,
                 f"restJson1 error {case['id']}")


def run(tap, db):
    """Run all of this file but the protocol's cases."""
    db.ask(SETUP)
    test_errors(tap, db)
    test_statuses(tap, db)
    test_transport(tap, db)
    test_secrets(tap, db)
