#!/usr/bin/env python3
"""Check that the documents show what the product does (TAP on stdout).

Each fenced block of doc/reference.md marked "text" is psql's output: it must
stand, as it is, in expected/reference.out, which the SQL tests compare with
what the product prints.  Each function, procedure, table, type and setting of
the install script and the sources must be named in doc/reference.md.
"""

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

    print(f"1..{len(results)}")
    for number, (what, is_true) in enumerate(results, 1):
        print(f"{'ok' if is_true else 'not ok'} {number} - {what}")
    return 0 if all(is_true for _, is_true in results) else 1


if __name__ == "__main__":
    sys.exit(main())
