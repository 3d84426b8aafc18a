"""shapes.py: what a value may be, as the service's model says it.

A shape checks a value that was read from JSON and appends (path, words) to a
list of problems, in the service's words.  A value of the wrong JSON type is
not a constraint violation but an unreadable body: SerializationException.
"""
import re

from .clock import parse_iso
from .errors import serialization


class Shape:
    """Base: anything goes."""

    def check(self, value, path, problems):
        raise NotImplementedError

    def from_text(self, text):
        """A value from a label, a query parameter or a header."""
        return text


def _range_words(noun, low, high):
    if low is not None and high is not None:
        return "Member must %s between %s and %s, inclusive" % (noun, low,
                                                                high)
    if low is not None:
        return ("Member must %s greater than or equal to %s"
                % (noun, low))
    return "Member must %s less than or equal to %s" % (noun, high)


def _outside(size, low, high):
    return ((low is not None and size < low)
            or (high is not None and size > high))


class Str(Shape):
    """A string: pattern (whole string), length in characters, enum."""

    def __init__(self, pattern=None, low=None, high=None, enum=None):
        self.words = pattern
        self.pattern = (re.compile(pattern, re.ASCII) if pattern
                        else None)
        self.low = low
        self.high = high
        self.enum = enum

    def check(self, value, path, problems):
        if not isinstance(value, str):
            raise serialization("%s: expected a string" % path)
        if _outside(len(value), self.low, self.high):
            problems.append((path, _range_words("have length", self.low,
                                                self.high)))
        if self.pattern and not self.pattern.fullmatch(value):
            problems.append((path, "Member must satisfy regular expression "
                             "pattern: " + self.words))
        if self.enum and value not in self.enum:
            problems.append((path, "Member must satisfy enum value set: [%s]"
                             % ", ".join(self.enum)))


class Int(Shape):
    """A whole number with optional bounds."""

    def __init__(self, low=None, high=None):
        self.low = low
        self.high = high

    def check(self, value, path, problems):
        if isinstance(value, bool) or not isinstance(value, int):
            raise serialization("%s: expected an integer" % path)
        if _outside(value, self.low, self.high):
            problems.append((path, _range_words("be", self.low, self.high)))

    def from_text(self, text):
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise serialization("expected an integer, got '%s'" % text)
        return int(text)


class Bool(Shape):
    def check(self, value, path, problems):
        if not isinstance(value, bool):
            raise serialization("%s: expected a boolean" % path)

    def from_text(self, text):
        if text not in ("true", "false"):
            raise serialization("expected a boolean, got '%s'" % text)
        return text == "true"


class Time(Shape):
    """A moment; from text it becomes microseconds since the epoch."""

    def check(self, value, path, problems):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise serialization("%s: expected a timestamp" % path)

    def from_text(self, text):
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", text):
            return int(float(text) * 1000000)
        moment = parse_iso(text)
        if moment is None:
            raise serialization("expected a timestamp, got '%s'" % text)
        return moment


class Blob(Shape):
    """Raw bytes of a payload."""

    def __init__(self, high):
        self.high = high

    def check(self, value, path, problems):
        if len(value) > self.high:
            problems.append((path, "Member must have length less than or "
                             "equal to %d" % self.high))


class List(Shape):
    def __init__(self, member, low=None, high=None):
        self.member = member
        self.low = low
        self.high = high

    def check(self, value, path, problems):
        if not isinstance(value, list):
            raise serialization("%s: expected a list" % path)
        if _outside(len(value), self.low, self.high):
            problems.append((path, _range_words("have length", self.low,
                                                self.high)))
        for number, item in enumerate(value, 1):
            self.member.check(item, "%s.%d.member" % (path, number), problems)


class Map(Shape):
    def __init__(self, key, value, low=None, high=None):
        self.key = key
        self.value = value
        self.low = low
        self.high = high

    def check(self, value, path, problems):
        if not isinstance(value, dict):
            raise serialization("%s: expected a map" % path)
        if _outside(len(value), self.low, self.high):
            problems.append((path, _range_words("have length", self.low,
                                                self.high)))
        for key, item in value.items():
            self.key.check(key, path, problems)
            self.value.check(item, path + "." + key, problems)


class Struct(Shape):
    """Members by name; unknown ones are ignored, null is absent."""

    def __init__(self, required=(), **members):
        self.required = tuple(required.split()) if required else ()
        self.members = members

    def check(self, value, path, problems):
        if not isinstance(value, dict):
            raise serialization("%s: expected an object" % (path or "body"))
        prefix = path + "." if path else ""
        for name in self.required:
            if value.get(name) is None:
                problems.append((prefix + name, "Member must not be null"))
        for name, shape in self.members.items():
            if value.get(name) is not None:
                shape.check(value[name], prefix + name, problems)


class Union(Struct):
    """Exactly one known member."""

    def check(self, value, path, problems):
        super().check(value, path, problems)
        chosen = [name for name in value if value[name] is not None]
        if len(chosen) != 1:
            problems.append((path, "Member must have exactly one value set"))


class Recursive(Shape):
    """A shape that is named before it is complete."""

    def __init__(self):
        self.target = None

    def check(self, value, path, problems):
        self.target.check(value, path, problems)
