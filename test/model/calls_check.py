"""Every operation through SQL: sent once and answered, in READ ONLY
transactions if it reads, and refused in the right words where it cannot be."""

import itertools
import json

import answers
import backend
import database
import samples
from answers_check import same_value

SEED = 20261122
IN_MODE = "BEGIN %s; %%s COMMIT;"
READ_ONLY = IN_MODE % "READ ONLY"


class Calls:
    """Calls of a model's operations."""

    def __init__(self, session, model, renderer):
        self.backend = session
        self.model = model
        self.renderer = renderer
        self.samples = samples.Samples(model, SEED)
        self.maker = answers.Answers(model, SEED)
        self.reader = answers.Reader(model)

    def answer(self, operation):
        """Return an answer's status and members; a payload is left empty."""
        members = self.maker.members(operation)
        body = {}
        if all(m["place"] == "body" for m in members.values()):
            body = self.maker.on_the_wire(self.maker.body(operation, "all"))
        return self.model.operations[operation]["code"], body

    def problems(self, operation, wrap="%s"):
        """Call an operation; say what is not as it should be."""
        params = self.samples.params(operation, "all")
        status, body = self.answer(operation)
        value, wrong = self.reader.answer(operation, body)
        assert not wrong or not body
        got, arrived = self.backend.call(
            operation, params,
            (status, database.dump(body).encode() if body else b""), wrap)
        found = []
        if not same_value(got.get("value"), value):
            found.append(f"{str(got)[:500]}, not {str(value)[:500]}")
        if len(arrived) != 1:
            found.append(f"{len(arrived)} requests")
        else:
            found += backend.differences(arrived[0], self.renderer.render(
                operation, params, None))
        return [f"{operation}: {text}" for text in found]

    def refused(self, operation):
        """Call a writer where nothing may be written."""
        params = self.samples.params(operation, "all")
        got, arrived = self.backend.call(operation, params,
                                         self.answer(operation), READ_ONLY)
        wanted = {"state": "25006", "message": "cannot execute datazone_call"
                  f"('{operation}') in a read-only transaction",
                  "detail": "", "hint": ""}
        return [] if got == wanted and not arrived else \
            [f"{operation}: {got}, {len(arrived)} requests"]


def test_calls(tap, calls):
    """Readers and writers, in a transaction of either kind."""
    operations = sorted(calls.model.operations)
    told = dict(line.split("|") for line in calls.backend.ask(
        "SELECT operation, read_only FROM datazone_operations();"))
    readers = [op for op in operations if told.get(op) == "t"]
    writers = [op for op in operations if told.get(op) == "f"]
    tap.same((len(told), len(readers), len(writers)), (195, 82, 113),
             "datazone_operations() has 82 readers and 113 writers")
    bad = [text for op in operations for text in calls.problems(op)]
    tap.point(not bad, f"{len(operations)} operations: sent once, answered",
              bad)
    bad = [text for op in readers for text in calls.problems(op, READ_ONLY)]
    tap.point(not bad, f"READ ONLY: {len(readers)} operations read", bad)
    bad = [text for op in writers for text in calls.refused(op)]
    tap.point(not bad, f"READ ONLY: {len(writers)} operations are refused"
              " before anything is sent", bad)


def each_refusal(calls, function, names, wrap="%s"):
    """Return what a function says to each of the operations' names."""
    array = json.dumps(names).replace("'", "''")
    calls.backend.stub.expect([])
    lines = calls.backend.ask(wrap % (
        f"SELECT {function} FROM json_array_elements_text('{array}')"
        " WITH ORDINALITY AS given (name, n) ORDER BY n;"))
    return [database.load(line) for line in lines]


def refusal(message, hint, state="22023"):
    """Make what a refusal is, as try_call() has it."""
    return {"state": state, "message": message, "detail": "", "hint": hint}


def test_refusals(tap, calls):
    """Names that are none, and operations without pages."""
    operations = sorted(calls.model.operations)
    misspelt = [op[:len(op) // 2] + "x" + op[len(op) // 2 + 1:]
                for op in operations]
    wanted = [refusal(f'unknown operation "{name}"',
                      f'Perhaps you meant "{op}".')
              for op, name in zip(operations, misspelt)]
    others = ["", "x", "DropTable", "GetDomain ", "Get Domain", "getdomain",
              "\u00e9" * 40, "pg_sleep"]
    nearest = {"GetDomain ": "GetDomain", "Get Domain": "GetDomain",
               "getdomain": "GetDomain"}
    wanted += [refusal(f'unknown operation "{name}"',
                       f'Perhaps you meant "{nearest[name]}".'
                       if name in nearest else
                       "datazone_operations() lists them all.")
               for name in others]
    for function, mode in itertools.product(
            ("try_call(name, '{}')", "try_list(name, '{}', NULL)"),
            ("READ WRITE", "READ ONLY")):
        got = each_refusal(calls, function, misspelt + others, IN_MODE % mode)
        bad = [f"{a}, not {b}" for a, b in zip(got, wanted) if a != b]
        tap.point(not bad and len(got) == len(wanted) == 203
                  and not calls.backend.stub.taken(),
                  f"{mode}, {function}: {len(got)} names that are none, with"
                  " the nearest one as the hint", bad)
    unpaged = [op for op in operations
               if calls.model.operations[op]["pager"] is None]
    got = each_refusal(calls, "try_list(name, '{}', NULL)", unpaged)
    bad = [answer for op, answer in zip(unpaged, got) if answer != refusal(
        f'operation "{op}" has no pages', "Use datazone_call().")]
    tap.point(not bad and len(got) == 154 and not calls.backend.stub.taken(),
              f"{len(got)} operations have no pages to list", bad)


def run(tap, session, model, renderer):
    """Run all of this file."""
    calls = Calls(session, model, renderer)
    test_calls(tap, calls)
    test_refusals(tap, calls)
