"""Answers of the service: made from a model, damaged, and what an answer
should look like to SQL; independent of the extension's code."""

import copy
import datetime
import random
import re
from decimal import Decimal

import restjson
import samples

WIDTHS = ("byte", "short", "integer", "long")
HTTP = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|"
                  r"Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT")
EPOCH = datetime.datetime(1970, 1, 1)


class Time(str):
    """A timestamp in ISO form, to be written in any form."""


class Answers:
    """Makes answers; the same seed makes the same ones."""

    def __init__(self, model, seed):
        self.model = model
        self.random = random.Random(seed)
        self.samples = samples.Samples(model, seed)

    def body(self, operation, mode):
        """Return the members of an answer's body, with Times in them."""
        return {name: self.value(member["shape"], mode, 0)
                for name, member in self.members(operation).items()
                if member["place"] == "body"
                and (mode == "all" or member["required"])}

    def members(self, operation):
        """Return the members of an operation's output."""
        return self.model.members(self.model.operations[operation]["output"])

    def value(self, name, mode, depth):
        """Return a value of a shape."""
        shape = self.model.shapes[name]
        kind = shape["type"]
        if kind == "timestamp":
            return Time(self.random.choice(samples.TIMES))
        if kind == "float":
            return self.random.choice([0, Decimal("0.5"), Decimal("0.1"),
                                       Decimal("1E+20"), Decimal("-2.5E-7")])
        if kind == "list":
            return [self.value(shape["item"], mode, depth + 1)
                    for _ in range(0 if depth > 6 else 2)]
        if kind == "map":
            return {f"k\u00e9{i}": self.value(shape["item"], mode, depth + 1)
                    for i in range(0 if depth > 6 else 2)}
        if kind == "union":
            names = list(shape["members"])
            if depth > 6:
                names = [n for n in names if not self.samples.leads_back(
                    shape["members"][n]["shape"])] or names
            tag = self.random.choice(names)
            return {tag: self.value(shape["members"][tag]["shape"], mode,
                                    depth + 1)}
        if kind == "structure":
            return {n: self.value(m["shape"], mode, depth + 1)
                    for n, m in shape["members"].items()
                    if m["required"] or (mode == "all" and depth < 8)}
        if kind == "string" and not shape["check"]:
            return self.random.choice(samples.AWKWARD)
        return self.samples.value(name, mode, depth)

    def on_the_wire(self, value):
        """Write the Times of a value in one of the forms that services use."""
        if isinstance(value, dict):
            return {k: self.on_the_wire(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self.on_the_wire(v) for v in value]
        if not isinstance(value, Time):
            return value
        when = restjson.parse_time(value)
        form = self.random.choice(["iso", "as is", "number", "exponent",
                                   "http"])
        if form == "as is":
            return str(value)
        if form == "http" and when.microsecond == 0:
            return restjson.time_text(value, "rfc822")
        # a double tells microseconds apart for some 250 years around 1970
        if form in ("number", "exponent") and 1800 < when.year < 2200:
            number = Decimal(restjson.time_text(value, "unixTimestamp"))
            if form == "number":
                return number
            return Decimal("%E" % number) if number == Decimal(
                "%E" % number) else number
        return restjson.time_text(value, "iso8601")


def read_time(value):
    """Return a wire's timestamp in ISO form, or None."""
    if isinstance(value, str):
        if restjson.parse_time(value) is not None:
            return restjson.time_text(value, "iso8601")
        if HTTP.fullmatch(value):
            when = datetime.datetime.strptime(value,
                                              "%a, %d %b %Y %H:%M:%S GMT")
            return restjson.time_text(when.isoformat(), "iso8601")
        if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", value):
            return None
        value = Decimal(value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    try:
        when = EPOCH + datetime.timedelta(
            microseconds=int((Decimal(value) * 10**6).to_integral_value(
                "ROUND_HALF_UP")))
    except (OverflowError, ArithmeticError):
        return None
    return restjson.time_text(when.isoformat(), "iso8601")


def is_integer(number):
    """Say whether a number is one that 64 bits hold, in whatever form."""
    return number == int(number) and -2**63 <= number < 2**63


class Reader:
    """What an answer becomes, or what is wrong with it."""

    def __init__(self, model):
        self.model = model

    def answer(self, operation, body):
        """Return (value, paths of what is wrong)."""
        wrong = set()
        output = self.model.operations[operation]["output"]
        members = {n: m for n, m in self.model.members(output).items()
                   if m["place"] == "body"}
        return self.members(members, body, "", wrong), wrong

    def item(self, operation, item, index):
        """The same for one item of a page."""
        wrong = set()
        op = self.model.operations[operation]
        key = op["pager"][3]
        shape = self.model.shapes[
            self.model.members(op["output"])[key]["shape"]]
        return self.value(shape["item"], item, f"{key}[{index}]",
                          wrong), wrong

    def members(self, members, value, path, wrong, is_union=False):
        """Read the pairs of an object."""
        result = {}
        for name, item in value.items():
            if name not in members:
                if not (is_union and name == "__type"):
                    result[name] = item
            elif item is not None:
                result[name] = self.value(members[name]["shape"], item,
                                          restjson.step(path, name), wrong)
        wrong |= {restjson.step(path, name)
                  for name, member in members.items()
                  if member["required"] and value.get(name) is None}
        return result

    def value(self, name, value, path, wrong):
        """Read a value of a shape."""
        shape = self.model.shapes[name]
        kind = shape["type"]
        if value is None or kind == "document":
            return value
        number = isinstance(value, (int, Decimal)) and \
            not isinstance(value, bool)
        if kind == "timestamp":
            time = read_time(value)
            if time is None:
                wrong.add(path)
            return time
        good = {
            "string": isinstance(value, str), "blob": isinstance(value, str),
            "boolean": isinstance(value, bool),
            "float": number or isinstance(value, str),
            "list": isinstance(value, list)}.get(
                kind, number and is_integer(value) if kind in WIDTHS
                else isinstance(value, dict))
        if not good:
            wrong.add(path)
            return value
        if kind == "list":
            return [self.value(shape["item"], item, f"{path}[{i}]", wrong)
                    for i, item in enumerate(value)]
        if kind == "map":
            # a key may be a secret: no path shows one
            return {k: self.value(shape["item"], v, f"{path}[*]", wrong)
                    for k, v in value.items()
                    if v is not None or shape["sparse"]}
        if kind in ("structure", "union"):
            return self.members(shape["members"], value, path, wrong,
                                kind == "union")
        return value


def damage(maker, body):
    """Return a damaged copy of a body."""
    body = copy.deepcopy(body)
    for _ in range(maker.random.randint(1, 3)):
        spots = list(samples.places(body))
        if not spots:
            break
        holder, key = maker.random.choice(spots)
        kind = maker.random.random()
        if kind < 0.2:
            if isinstance(holder, dict):
                del holder[key]
            else:
                holder.pop(key)
        elif kind < 0.4 and isinstance(holder, dict):
            holder[maker.random.choice(["new", "__type", "\u00e9", ""])] = \
                nonsense(maker.random)
        else:
            holder[key] = nonsense(maker.random)
    return body


def nonsense(rng):
    """Return any JSON value that an answer may hold."""
    return rng.choice([
        None, None, True, False, 0, -1, Decimal("1.5"), Decimal("5.0"),
        2**62, Decimal("1E+300"), Decimal("-1E+13"), "", "text", "1",
        "1762021397.763", "Fri, 02 Jan 2026 03:04:05 GMT", "x" * 3000,
        [], {}, [None], {"a": [1, {"b": None}]},
        [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]])
