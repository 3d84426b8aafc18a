"""Params that satisfy a model: the least, everything, and awkward text; and
what becomes of them when they are damaged at random."""

import copy
import random
from decimal import Decimal

AWKWARD = ["a/b", "postgres://h:5432/db.s.t", "arn:aws:glue:eu-west-1:1:t/x",
           "\u00e9\u4e2d\U0001f600", " leading and trailing ", "a+b=c&d?e#f%2F",
           "quote\"back\\slash", "tab\tnewline\n", "'(!*)'~-._", "null",
           "[]", "{\"a\":1}", "...", "\u007f\u0080\u2028"]
TIMES = ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+01:00",
         "1969-12-31T23:59:59.5Z", "2024-02-29 12:00:00-0330",
         "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]
NUMBERS = [0, 1, -1, 25, 2147483647, -2147483648]
FLOATS = [0, Decimal("0.5"), Decimal("-1.25"), Decimal("1E+20"),
          Decimal("123456789.000000001")]

EVENT = {
    "eventType": "COMPLETE", "eventTime": "2026-01-02T03:04:05.678Z",
    "producer": "https://example.com/etl", "run": {
        "runId": "01941f29-7c00-7000-8000-000000000001",
        "facets": {"nominalTime": {"nominalStartTime": "2026-01-02T03:00:00Z"}}},
    "job": {"namespace": "postgres://h:5432", "name": "load \u00e9\"\\\n"},
    "inputs": [], "outputs": [{"namespace": "n", "name": "s.t",
                               "numbers": [0, -1, Decimal("1.50"), None,
                                           True]}],
    "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json"}


class Samples:
    """Makes params; the same seed makes the same ones."""

    def __init__(self, model, seed):
        self.model = model
        self.random = random.Random(seed)

    def params(self, operation, mode):
        """Return params of an operation: "least", "all" or "awkward"."""
        op = self.model.operations[operation]
        if op["input"] is None:
            return {}
        params = {}
        for name, member in self.model.members(op["input"]).items():
            if mode == "least" and not member["required"] \
                    and not member["token"]:
                continue
            shape = self.model.shapes[member["shape"]]
            if member["place"] == "uri" and shape["type"] == "string" \
                    and not shape["check"]:
                params[name] = self.label(shape, mode)
            elif member["place"] == "header" and not shape["check"]:
                params[name] = "x" * max(1, shape["min"])
            else:
                params[name] = self.value(member["shape"], mode, 0)
        return params

    def label(self, shape, mode):
        """Return text for a path."""
        text = self.random.choice(AWKWARD) if mode == "awkward" else "label-1"
        return text.ljust(shape["min"], "x")

    def value(self, name, mode, depth):
        """Return a value of a shape."""
        shape = self.model.shapes[name]
        kind = shape["type"]
        if kind == "string":
            return self.string(shape, mode)
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind in ("byte", "short"):
            return self.random.choice([0, 1, -1])
        if kind in ("integer", "long"):
            return self.random.choice(NUMBERS)
        if kind == "float":
            return self.random.choice(FLOATS)
        if kind == "timestamp":
            return self.random.choice(TIMES[:2] if mode != "awkward"
                                      else TIMES)
        if kind == "blob":
            return copy.deepcopy(EVENT) if shape["check"] else "Zm9vYmE="
        if kind == "list":
            count = max(shape["min"], 0 if mode == "least" or depth > 6 else 2)
            return [self.value(shape["item"], mode, depth + 1)
                    for _ in range(count)]
        if kind == "map":
            count = max(shape["min"], 0 if mode == "least" or depth > 6 else 2)
            return {self.key(shape, mode, i):
                    self.value(shape["item"], mode, depth + 1)
                    for i in range(count)}
        if kind == "union":
            return self.union(shape, mode, depth)
        return {n: self.value(m["shape"], mode, depth + 1)
                for n, m in shape["members"].items()
                if m["required"] or (mode != "least" and depth < 8)}

    def string(self, shape, mode):
        """Return text that passes its check."""
        if shape["check"] == "domain_id":
            return self.random.choice(["dzd_53ielnpxktdilj", "dzd-a",
                                       "dzd_" + "A0-_" * 9])
        if shape["check"] in ("client_token", "plain_token"):
            return self.random.choice(["t", "!~" * 64, "a-token"])
        if mode == "awkward":
            return self.random.choice(AWKWARD).ljust(shape["min"], "x")
        return "x" * max(1, shape["min"])

    def key(self, shape, mode, i):
        """Return a map's key."""
        key = self.string(self.model.shapes[shape["key"]], mode)
        return f"{key}{i}"

    def union(self, shape, mode, depth):
        """Return a union with one member, one that ends soon if deep."""
        names = list(shape["members"])
        if depth > 6:
            names = [n for n in names if not self.leads_back(
                shape["members"][n]["shape"])] or names
        name = self.random.choice(names)
        return {name: self.value(shape["members"][name]["shape"], mode,
                                 depth + 1)}

    def leads_back(self, name, seen=()):
        """Say whether a shape contains itself."""
        if name in seen:
            return True
        shape = self.model.shapes[name]
        inner = [m["shape"] for m in shape.get("members", {}).values()]
        inner += [shape[k] for k in ("item",) if k in shape]
        return any(self.leads_back(n, (*seen, name)) for n in inner)

    # -- damage --------------------------------------------------------------

    def damage(self, params):
        """Return a copy with one to three random changes."""
        params = copy.deepcopy(params)
        for _ in range(self.random.randint(1, 3)):
            params = self.damage_once(params)
        return params

    def damage_once(self, params):
        """Change one place of the params, or all of them."""
        spots = list(places(params))
        if not spots or self.random.random() < 0.02:
            return self.nonsense()
        holder, key = self.random.choice(spots)
        kind = self.random.random()
        if kind < 0.15:
            if isinstance(holder, dict):
                del holder[key]
            else:
                holder.pop(key)
        elif kind < 0.3 and isinstance(holder, dict):
            holder[self.misspelt(key)] = holder.pop(key)
        elif kind < 0.4 and isinstance(holder, dict):
            holder[self.random.choice(["x", "", "\u00e9", "a b", "k" * 200,
                                       "__type"])] = self.nonsense()
        elif kind < 0.5:
            holder[key] = [holder[key]] * self.random.randint(0, 3)
        elif kind < 0.6:
            holder[key] = {"a": holder[key]}
        else:
            holder[key] = self.nonsense()
        return params

    def misspelt(self, name):
        """Return a name with a letter more, less, or different."""
        i = self.random.randrange(len(name) + 1)
        return name[:i] + self.random.choice(["", "x", "_"]) + \
            name[i + self.random.randint(0, 1):]

    def nonsense(self):
        """Return any JSON value."""
        return self.random.choice([
            None, True, False, 0, -1, Decimal("1.5"), Decimal("5.0"),
            2**31, 2**63, -2**63, 10**40, Decimal("1E+300"), Decimal("1E-30"),
            "", ".", "..", "x", "\u00e9\u4e2d\U0001f600" * 50, "a\r\nb: c",
            "\u0001", "dzd_", "dzd_ok", "2026-13-45T00:00:00Z",
            "1762021397.763", "Fri, 02 Jan 2026 03:04:05 GMT",
            "2026-01-02T03:04:05Z", "y" * 5000, [], {}, [[]], [None], [{}],
            {"": ""}, {"a": {"b": [1, "2", None]}}, deep(self.random)])


def deep(rng):
    """Return arrays or objects in each other."""
    value = {}
    for _ in range(rng.choice([10, 100, 300])):
        value = [value] if rng.random() < 0.5 else {"a": value}
    return value


def places(value):
    """Yield every (container, key or index) of a value."""
    items = value.items() if isinstance(value, dict) else \
        enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from places(item)
