"""faults.py: which request meets which fault.

A rule names operations, a kind (or several, one of which is drawn), how often
and for whom.  Draws come from the rule's own seeded generator, so that a
failing test can be repeated.  What a kind does is in fault_kinds.py.
"""
import random
import re

from .fault_kinds import KINDS

_KNOWN = {"operation", "operations", "kind", "kinds", "count", "probability",
          "seed", "skip", "match", "process", "params"}
_MATCHES = {"path", "identity", "attempt", "query", "body", "method"}


class FaultError(ValueError):
    """A rule that makes no sense; the text is for the test's author."""


class Chosen:
    """A fault that strikes one request."""

    __slots__ = ("kind", "params", "processes", "random")

    def __init__(self, rule, kind):
        self.kind = kind
        self.params = rule.params
        self.random = rule.random
        self.processes = (KINDS[kind].processes if rule.process is None
                          else rule.process)

    def plan(self, service, answer, request, record):
        """The steps by which the spoilt answer is given."""
        return KINDS[self.kind].make(self, service, answer, request, record)


class Rule:
    """One rule; see test/simulator/README.md for its members."""

    def __init__(self, identifier, given):
        unknown = set(given) - _KNOWN
        if unknown:
            raise FaultError("unknown member \"%s\"" % sorted(unknown)[0])
        self.id = identifier
        self.given = given
        names = given.get("operations", given.get("operation", "*"))
        self.operations = {names} if isinstance(names, str) else set(names)
        kinds = given.get("kinds", given.get("kind"))
        self.kinds = [kinds] if isinstance(kinds, str) else list(kinds or ())
        if not self.kinds:
            raise FaultError("a rule needs \"kind\" or \"kinds\"")
        for kind in self.kinds:
            if kind not in KINDS:
                raise FaultError("unknown kind \"%s\"; known are %s"
                                 % (kind, ", ".join(sorted(KINDS))))
        self.probability = given.get("probability")
        default = 1 if self.probability is None else None
        self.count = given.get("count", default)
        self.skip = given.get("skip", 0)
        for name, value in (("count", self.count), ("skip", self.skip)):
            if value is not None and not isinstance(value, int):
                raise FaultError("\"%s\" is a number, or null for all" % name)
        self.process = given.get("process")
        self.params = given.get("params", {})
        self.random = random.Random(given.get("seed", identifier))
        self.match = given.get("match", {})
        if set(self.match) - _MATCHES:
            raise FaultError("\"match\" knows " + ", ".join(sorted(_MATCHES)))
        self.hits = 0
        self.seen = 0

    def fits(self, record, request, identity):
        if ("*" not in self.operations
                and record["operation"] not in self.operations):
            return False
        for name, want in self.match.items():
            if name == "path":
                if not re.search(want, request.path):
                    return False
            elif name == "query":
                if not re.search(want, request.query_string):
                    return False
            elif name == "body":
                if not re.search(want.encode(), request.body):
                    return False
            elif name == "identity":
                if want != identity.access_key:
                    return False
            elif record[name] != want:
                return False
        return True

    def strikes(self):
        """Decide for a request that fits."""
        self.seen += 1
        if self.count is not None and self.hits >= self.count:
            return False
        if self.seen <= self.skip:
            return False
        if (self.probability is not None
                and self.random.random() >= self.probability):
            return False
        self.hits += 1
        return True

    def describe(self):
        return dict(self.given, id=self.id, hits=self.hits, seen=self.seen)


class FaultTable:
    """The rules in their order; the first that strikes wins."""

    def __init__(self):
        self.rules = []
        self.counter = 0

    def add(self, given):
        self.counter += 1
        rule = Rule(self.counter, given)
        self.rules.append(rule)
        return rule

    def clear(self):
        self.rules = []

    def remove(self, identifier):
        before = len(self.rules)
        self.rules = [r for r in self.rules if r.id != identifier]
        return len(self.rules) < before

    def pick(self, record, request, identity):
        for rule in self.rules:
            if rule.fits(record, request, identity) and rule.strikes():
                kind = (rule.kinds[0] if len(rule.kinds) == 1
                        else rule.random.choice(rule.kinds))
                return Chosen(rule, kind)
        return None
