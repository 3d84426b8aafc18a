#!/usr/bin/env python3
"""Check that the documents show what the product does (TAP on stdout).

Each fenced block of doc/reference.md marked "text" is psql's output: it must
stand, as it is, in expected/reference.out, which the SQL tests compare with
what the product prints.  Each function, procedure, table, type and setting of
the install script and the sources must be named in doc/reference.md.  Each
function that README.md or the demo grants must have that signature, and each
link between the documents must have an end.  The IAM policies of
doc/security.md must be ones.  No job that README schedules may start more
runs a day than DataZone allows to a data source (25, by its quotas).
"""

import json
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]


def blocks(text):
    """The ```text blocks of a Markdown document."""
    return re.findall(r"^```text\n(.*?)^```$", text, re.M | re.S)


def public_names():
    """Names that the install script and the settings make public."""
    script = (TOP / "datazone--1.0.sql").read_text()
    names = set(re.findall(
        r"^CREATE (?:FUNCTION|PROCEDURE|TABLE|VIEW|TYPE) @extschema@\.(\w+)",
        script, re.M))
    for source in (TOP / "src").rglob("*.c"):
        names.update(re.findall(
            r'DefineCustom\w+Variable\(\s*"(datazone\.\w+)"',
            source.read_text()))
    return sorted(names)


def granted(text):
    """Signatures in GRANT EXECUTE statements: name(type, ...)."""
    statements = re.findall(r"^GRANT EXECUTE ON (?:FUNCTION|PROCEDURE)\s(.*?);",
                            text, re.M | re.S)
    return [s for t in statements for s in re.findall(r"\w+\([^)]*\)", t)]


def anchors(text):
    """What a link to a heading is called: lower case, no punctuation."""
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-")
            for h in re.findall(r"^#+ (.*)$", text, re.M)}


def has_end(document, link):
    """Does this link of the document lead to a file, and to its heading?"""
    path, _, anchor = link.partition("#")
    target = document.parent / path if path else document
    return target.exists() and (
        not anchor or anchor in anchors(target.read_text()))


def grants_and_links():
    """Results for what the documents grant, and where they lead."""
    script = (TOP / "datazone--1.0.sql").read_text()
    for name in "README.md", "demo/setup.sql":
        signatures = granted((TOP / name).read_text())
        yield f"{name} grants functions", len(signatures) > 0
        for signature in signatures:
            yield (f"{name} grants {signature}",
                   f"@extschema@.{signature} FROM PUBLIC;" in script)
    for name in "README.md", "CONTRIBUTING.md", "doc/reference.md", \
            "doc/architecture.md", "doc/security.md":
        document = TOP / name
        text = re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.M | re.S)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"https?:", link):
                yield f"{name} links to {link}", has_end(document, link)


def operations():
    """The names of the service's operations, of the generated table."""
    table = (TOP / "src/api/model_data.c").read_text()
    return set(re.findall(r"^\tDzPathPart\t(\w+)\[", table, re.M))


def policies():
    """Results for the IAM policies of doc/security.md: JSON of the form that
    IAM reads, whose actions are operations of the service; together they
    allow all that the reference says is needed."""
    known = operations()
    text = (TOP / "doc/security.md").read_text()
    allowed = set()
    for number, block in enumerate(
            re.findall(r"^```json\n(.*?)^```$", text, re.M | re.S), 1):
        try:
            policy = json.loads(block)
        except ValueError:
            yield f"policy {number} is JSON", False
            continue
        statements = policy.get("Statement", [])
        yield (f"policy {number} has IAM's form",
               policy.get("Version") == "2012-10-17" and statements
               and all(s.get("Effect") == "Allow" and "Action" in s
                       and ("Resource" in s) != ("Principal" in s)
                       for s in statements))
        for statement in statements:
            actions = statement["Action"]
            for action in [actions] if isinstance(actions, str) else actions:
                allowed.add(action)
                service, _, name = action.partition(":")
                yield (f"policy {number}: {action} exists",
                       action == "sts:AssumeRole" or service == "datazone"
                       and name in known)
    needed = set(re.findall(r"`(datazone:[A-Z]\w+)`", (
        TOP / "doc/reference.md").read_text()))
    yield "doc/reference.md names actions", len(needed) > 5
    for action in sorted(needed):
        yield f"a policy of doc/security.md allows {action}", action in allowed


def schedules():
    """Results for the jobs that README has pg_cron run: once an hour at most."""
    jobs = re.findall(r"cron\.schedule\('(\w+)', '([^']+)'",
                      (TOP / "README.md").read_text())
    yield "README.md schedules jobs", len(jobs) > 0
    for name, when in jobs:
        yield (f"job {name} ({when}) runs once an hour at most",
               re.fullmatch(r"\d+ \S+ \S+ \S+ \S+", when) is not None)


def main():
    reference = (TOP / "doc/reference.md").read_text()
    output = (TOP / "expected/reference.out").read_text()
    shown = blocks(reference)
    results = [("doc/reference.md has examples", len(shown) > 0)]
    for block in shown:
        first = block.split("\n", 1)[0]
        results.append((f"as printed: {first}", block in output))
    for name in public_names():
        results.append((f"doc/reference.md names {name}", name in reference))
    results.extend(grants_and_links())
    results.extend(policies())
    results.extend(schedules())

    print(f"1..{len(results)}")
    for number, (what, is_true) in enumerate(results, 1):
        print(f"{'ok' if is_true else 'not ok'} {number} - {what}")
    return 0 if all(is_true for _, is_true in results) else 1


if __name__ == "__main__":
    sys.exit(main())
