"""Test the generated table, the request builder, and what goes through them
(TAP on standard output).

Against the service's model where DATAZONE_SHARED leads to it, else against
what the compiled table says of itself; see shapes.py.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import answers_check
import backend
import calls_check
import database
import pages_check
import point
import protocol
import reader_check
import replies_check
import requests_check
import restjson
import shapes
import stub

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.normpath(os.path.join(HERE, "..", ".."))
GENERATOR = os.path.join(TREE, "script", "generate_model.py")
TABLE = os.path.join(TREE, "src", "api", "model_data.c")
NO_MODEL = "the service's model is not present"


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


def main():
    """Run everything."""
    # the damaged params are deep, and this process walks them
    sys.setrecursionlimit(20000)
    tap = point.Tap()
    files = model_files()
    test_generator(tap)
    test_determinism(tap, files)
    with database.database() as db:
        model = test_table(tap, db, files)
        renderer = restjson.Renderer(model)
        requests_check.run(tap, db, model, renderer)
        answers_check.run(tap, db, model)
        replies_check.run(tap, db)
        protocol.test_protocol(tap, db, answers_check.same_value)
        reader_check.run(tap, db)
        with stub.Stub() as service, \
                backend.Backend(db, service) as session:
            calls_check.run(tap, session, model, renderer)
            pages_check.run(tap, session, model, renderer)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
