"""JSON documents for the reader: what it takes, what it refuses, and random
ones with what Python's own reader makes of them.

The rules are RFC 8259's.  Refused besides: what is no UTF-8, halves of
surrogate pairs, the NUL character, and more depth or values than the limits.
"""

import json
import random
import re
from decimal import Decimal

# of a number in jsonb, before or behind the point
MAX_DIGITS = 1000


class Number(str):
    """A number as it was written."""


class Pairs(list):
    """An object as it was written: (name, value) in their order."""


class NotJson(Exception):
    """The document is refused."""


def no_constant(word):
    """Refuse NaN and the infinities, which Python takes."""
    raise NotJson(word)


def check(value):
    """Refuse the characters that Python takes and PostgreSQL does not."""
    if isinstance(value, Number) or value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if re.search("[\ud800-\udfff]", value):
            raise NotJson("a character that cannot be held")
        return
    if isinstance(value, Pairs):
        for name, inner in value:
            if "\0" in name:
                raise NotJson("a name that cannot be held")
            check(name)
            check(inner)
    else:
        for inner in value:
            check(inner)


def read(document):
    """Return a document's value, or raise NotJson."""
    try:
        value = json.loads(document.decode("utf-8"), parse_int=Number,
                           parse_float=Number, parse_constant=no_constant,
                           object_pairs_hook=Pairs)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error
    check(value)
    return value


def as_jsonb(value):
    """Return a value as jsonb has it: the last of the same names, numbers by
    their value."""
    if isinstance(value, Number):
        return Decimal(value)
    if isinstance(value, Pairs):
        return {name: as_jsonb(inner) for name, inner in value}
    if isinstance(value, list):
        return [as_jsonb(inner) for inner in value]
    return value


def has_long_number(value):
    """Say whether there is a number, also below a name that is repeated, that
    is not made into jsonb."""
    if isinstance(value, Number):
        exponent = re.search("[eE](.*)", value)
        return len(value) > MAX_DIGITS or \
            exponent is not None and abs(int(exponent[1])) > MAX_DIGITS
    if isinstance(value, Pairs):
        return any(has_long_number(inner) for _, inner in value)
    return isinstance(value, list) and any(map(has_long_number, value))


def has_nul(value):
    """Say whether a string of the value holds the character NUL."""
    if isinstance(value, Pairs):
        return any(has_nul(inner) for _, inner in value)
    if isinstance(value, list):
        return any(map(has_nul, value))
    return isinstance(value, str) and "\0" in value


def without_nul(value):
    """Return a value whose strings with NUL are nothing but that."""
    if isinstance(value, Pairs):
        return Pairs((name, without_nul(inner)) for name, inner in value)
    if isinstance(value, list):
        return [without_nul(inner) for inner in value]
    if isinstance(value, str) and "\0" in value:
        return "\0"
    return value


# -- the tables --------------------------------------------------------------

# What is taken, by the grammar's productions.
ACCEPTED = [
    # value
    b"true", b"false", b"null", b"{}", b"[]", b'""', b"0", b'"a"',
    # ws: before, between and behind all tokens
    b" \t\n\r null \t\n\r ", b" [ ] ", b"\n{\r}\t",
    b' [ 1 , 2 ] ', b'\t{\t"a"\t:\t1\t,\t"b"\t:\t[\t]\t}\t',
    # object, member
    b'{"a":1}', b'{"a":1,"b":2}', b'{"":{}}', b'{"a":{"b":{"c":[]}}}',
    b'{"a":1,"a":2}', b'{"a":[1],"a":{},"b":0,"a":null}', b'{"\\u0061":1,"a":2}',
    b'{"\\"":1,"\\\\":2,"\\n":3}',
    # array
    b"[1]", b"[1,2,3]", b"[[]]", b"[{}]", b"[[],{}]", b"[{},[]]",
    b"[[[]],[],[[],[]]]", b'[null,true,false,0,"",[],{}]', b"[[1],2]",
    b"[{},1]", b'{"a":[],"b":{},"c":[{}],"d":1}', b'[{"a":[]},{"b":{}}]',
    # number = [ minus ] int [ frac ] [ exp ]
    b"-0", b"0", b"1", b"-1", b"10", b"1234567890", b"0.0", b"-0.0", b"0.5",
    b"1.50", b"1.25e0", b"1e1", b"1E1", b"1e+1", b"1e-1", b"1E+01", b"0e0",
    b"0E-0", b"-0e+0", b"-1.0e-10", b"1e400", b"-1E-400", b"[0,0]",
    b"9223372036854775807", b"-9223372036854775808", b"9223372036854775808",
    b"123456789012345678901234567890", b"0.12345678901234567890",
    b"1" + b"0" * 999, b"0." + b"1" * 998, b"1e1000", b"1e-1000",
    # string: unescaped characters from U+0020 on, save two
    b'" !#[]~\x7f"', '"\u0080\u07ff\u0800\ud7ff\ue000\uffff"'.encode(),
    '"\U00010000\U0010ffff"'.encode(), '"\u2028\u2029\u0085\ufeff"'.encode(),
    '{"\u00e9":"\u597d"}'.encode(), b'"/"', b"\"'\"", b'" "', b'"a b"',
    # escapes
    b'"\\"\\\\\\/\\b\\f\\n\\r\\t"', b'"\\u0001\\u001f\\u007f"', b'"\\u0041"',
    b'"\\u00e9\\u00E9\\u2028\\uffff\\uFFFE"', b'"\\ud7ff\\ue000"',
    b'"\\ud800\\udc00\\udbff\\udfff\\uD83D\\uDE00"', b'"a\\u0062c"',
    b'"\\u0000"', b'{"a":["a\\u0000b",1]}', b'"\\\\u0000"', b'"\\\\ud800"', b'["\\\\"]', b'"\\\\\\""', b'"x\\ty\\\\z"',
    # at the limit of depth, in arrays, in objects, and in both
    b"[" * 256 + b"]" * 256, b'{"a":' * 256 + b"1" + b"}" * 256,
    b'[{"a":' * 128 + b"0" + b"}]" * 128,
    b"[" + b"[" * 255 + b"]" * 255 + b"," + b"[" * 255 + b"]" * 255 + b"]",
]

# What is refused: the document, and why (None: in no words of importance).
REFUSED = [
    # nothing
    (b"", "a value is missing at byte 1"),
    (b" \t\r\n", "a value is missing at byte 5"),
    # not the four kinds of space
    (b"\x0b1", None), (b"\x0c1", None), (b"\xc2\xa01", None), (b"1\xc2\xa0", None),
    ("\u20281".encode(), None), (b"[1\x0b]", None), (b"\x00", None),
    (b"1\x00", None), (b"[\x00]", None), (b"{}\x00", None),
    # a byte order mark is none of ours to skip
    (b"\xef\xbb\xbf{}", "a value is missing at byte 1"), (b"\xef\xbb\xbf", None),
    (b"\xff\xfe{\x00}\x00", None), (b"\x00{\x00}", None),
    # more than one value
    (b"{}{}", "more text after the value at byte 3"), (b"{} x", None),
    (b"1 2", None), (b"[]]", None), (b"{}}", None), (b'""""', None),
    (b"null,", None), (b"[],", None), (b"truefalse", None), (b"0x", None),
    # words
    (b"tru", None), (b"True", None), (b"TRUE", None), (b"truE", None),
    (b"nul", None), (b"nulll", None), (b"fals", None), (b"falsey", None),
    (b"t", None), (b"undefined", None), (b"NaN", None), (b"-NaN", None),
    (b"Infinity", None), (b"-Infinity", None), (b"inf", None), (b"None", None),
    # arrays
    (b"[", None), (b"]", None), (b"[1", None), (b"[1,", None), (b"[,", None),
    (b"[,]", None), (b"[,1]", None), (b"[1,]", "a value is missing at byte 4"),
    (b"[1,,2]", None), (b"[1 2]", 'a comma or "]" is missing at byte 4'),
    (b"[1}", None), (b"[}", None), (b"[[]", None), (b"[1:2]", None),
    (b'["a":1]', None), (b"[[],]", None), (b"[]1", None), (b"[1;2]", None),
    (b"[/*x*/1]", None), (b"[1]//", None), (b"#\n1", None),
    # objects
    (b"{", "a member's name is missing at byte 2"), (b"}", None), (b"{]", None),
    (b"{,}", None), (b"{1:2}", None), (b"{a:1}", None), (b"{'a':1}", None),
    (b"{null:1}", None), (b'{"a"}', "a colon is missing at byte 5"),
    (b'{"a":}', None), (b'{"a" 1}', None), (b'{"a"=1}', None),
    (b'{"a":1,}', "a member's name is missing at byte 8"), (b'{"a":1', None),
    (b'{"a":1,,"b":2}', None), (b'{"a":1 "b":2}', None), (b'{"a":1]', None),
    (b'{"a":1;"b":2}', None), (b'{"a":1:2}', None), (b'{"a"', None),
    (b'{"a', None), (b'{"a":', None), (b'{"a":{}', None), (b'{{}:1}', None),
    (b'{[]:1}', None), (b'{"a":1,2}', None), (b'{"a":1,"b"}', None),
    # numbers
    (b"-", None), (b"+1", None), (b"--1", None), (b"- 1", None), (b"01", None),
    (b"-01", None), (b"00", None), (b"00.1", None), (b"1.", None), (b".1", None),
    (b"-.1", None), (b"1.e1", None), (b"1..2", None), (b"1.2.3", None),
    (b"1e", None), (b"1e+", None), (b"1e-", None), (b"1E", None), (b"1e1.5", None),
    (b"1e+-1", None), (b"1ee1", None), (b"1e 1", None), (b"0x10", None),
    (b"0b1", None), (b"0o7", None), (b"1_000", None), (b"1,000", None),
    (b"1f", None), (b"1L", None), (b"1 .5", None), (b"\xd9\xa1", None),
    (b"\xef\xbc\x91", None), (b"1\xef\xbc\x91", None), (b"[01]", None), (b"[1.]", None),
    (b"[-]", None), (b"1-", None), (b"1-1", None),
    # strings
    (b'"', "a string does not end at byte 2"), (b'"a', None), (b"'a'", None),
    (b'a"', None), (b'"a"b"', None), (b'"a\n"', "a control character in a string"
                                      " at byte 3"),
    *[(b'"' + bytes([c]) + b'"', None) for c in range(0x20)],
    *[(b'{"a' + bytes([c]) + b'":1}', None) for c in (0, 1, 9, 10, 13, 31)],
    (b'"a\x00b"', "it is not UTF-8"), (b'"\\n\n"', None),
    # escapes
    *[(b'"\\' + bytes([c]) + b'"', None) for c in range(0x80)
      if chr(c) not in '"\\/bfnrtu'],
    (b'"\\', None), (b'"\\"', None), (b'"\\\\\\"', None), (b'"\\u', None),
    (b'"\\u"', None), (b'"\\u1"', None), (b'"\\u12"', None), (b'"\\u123"', None),
    (b'"\\u12', None), (b'"\\u123g"', None), (b'"\\u 123"', None),
    (b'"\\u+123"', None), (b'"\\u-123"', None), (b'"\\u0x1"', None),
    (b'"\\U00000041"', None), (b'"\\u{41}"', None), (b'"\\x41"', None),
    (b'"\\101"', None), (b'"\\u12\\u34"', None), (b'"\\N"', None),
    (b'"\\\xc3\xa9"', None),
    (b'{"\\u0000":1}', None), (b'{"a\\u0000":1}', None),
    # halves of surrogate pairs
    (b'"\\ud800"', "half a surrogate pair at byte 8"), (b'"\\udc00"', None),
    (b'"\\udbff"', None), (b'"\\udfff"', None), (b'"\\udc00\\ud800"', None),
    (b'"\\ud800\\ud800"', None), (b'"\\ud800\\ue000"', None),
    (b'"\\ud800\\u0041"', None), (b'"\\ud800a"', None), (b'"\\ud800\\n"', None),
    (b'"\\ud800\\"', None), (b'"\\ud800\\u"', None), (b'"\\ud800\\udc0"', None),
    (b'"\\ud800\\uDC0g"', None), (b'"\\ud800 \\udc00"', None), (b'"\\ud800', None),
    (b'"\\ud800\\', None), (b'"\\ud800\\u', None), (b'"\\ud800\\udc0', None),
    (b'"\\ud800\\udc00\\udc00"', None), (b'{"\\ud800":1}', None),
    # bytes that are no UTF-8: alone, cut, overlong, surrogates, too large
    *[(b'"' + bad + b'"', "it is not UTF-8") for bad in (
        b"\x80", b"\xbf", b"\xfe", b"\xff", b"\xc3", b"\xc3(", b"\xe5\xa5",
        b"\xe5", b"\xf0\x9f\x98", b"\xf0\x9f", b"\xf0", b"\xc0\x80", b"\xc0\xaf",
        b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\x80\xaf", b"\xe0\x9f\xbf",
        b"\xf0\x80\x80\x80", b"\xf0\x8f\xbf\xbf", b"\xed\xa0\x80",
        b"\xed\xad\xbf", b"\xed\xb0\x80", b"\xed\xbf\xbf",
        b"\xed\xa0\xbd\xed\xb8\x80", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80",
        b"\xf7\xbf\xbf\xbf", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80",
        b"\xc3\xa9\xa9", b"a\xc3", b"\xe5\xa5\xbd\xe5\xa5")],
    (b"\xc3\xa9", None), (b"\xff", None), (b'{"a":1}\xff', None),
    (b'{"\xff":1}', None), (b'"\xc3', None), (b'"\\u00e9\xc3"', None),
]

# Above the limits.
LIMITED = [
    b"[" * 257 + b"]" * 257, b'{"a":' * 257 + b"1" + b"}" * 257,
    b'[{"a":' * 129 + b"0" + b"}]" * 129, b"[" * 257, b"[" * 100000,
    b'{"":' * 100000, b"[1," * 257, b'{"a":1,"b":' + b"[" * 256,
]


# -- at random ---------------------------------------------------------------

PIECES = [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b" ", b"\n", b"\t",
          b"0", b"1", b"9", b"-", b"+", b".", b"e", b"E", b"true", b"false",
          b"null", b"NaN", b"\\u", b"\\u0000", b"\\ud83d", b"\\ude00",
          b"\\ud83d\\ude00", b"\\n", b"\\/", b"\x00", b"\x01", b"\x1f",
          b"\x7f", b"\x80", b"\xc3\xa9", b"\xc3", b"\xa9", b"\xed\xa0\x80",
          b"\xf0\x9f\x98\x80", b"\xef\xbb\xbf", b"\xff", b"[]", b"{}", b'""',
          b'"a":', b"1e5", b"0.1", b"//", b"'"]
CHARACTERS = "ab \"\\/\b\f\n\r\t\x01\x1f\x7f\u0080\u00e9\u07ff\u0800\u2028" \
    "\ud7ff\ue000\ufeff\uffff\U0001f600\U0010ffff"
NAMES = ["a", "b", "", "id", "\u00e9", "a\"", "\U0001f600", "aa"]


class Documents:
    """Makes documents; the same seed makes the same ones."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def space(self):
        """Return some space, mostly none."""
        if self.random.random() < 0.8:
            return ""
        return "".join(self.random.choices(" \t\n\r",
                                           k=self.random.randrange(1, 4)))

    def escape(self, character):
        """Return a character in one of the forms that a string may have."""
        code = ord(character)
        short = dict(zip("\"\\/\b\f\n\r\t", "\"\\/bfnrt")).get(character)
        forms = []
        if code >= 0x20 and character not in "\"\\":
            forms.append(character)
        if short is not None:
            forms.append("\\" + short)
        units = [code] if code < 0x10000 else [
            0xd800 + (code - 0x10000 >> 10), 0xdc00 + (code - 0x10000 & 0x3ff)]
        style = self.random.choice(["\\u%04x", "\\u%04X"])
        forms.append("".join(style % unit for unit in units))
        return self.random.choice(forms)

    def string(self, text=None):
        """Return a string."""
        if text is None:
            text = self.random.choices(CHARACTERS,
                                       k=self.random.choice([0, 1, 3, 20]))
        return '"' + "".join(map(self.escape, text)) + '"'

    def digits(self, most):
        """Return some digits."""
        return "".join(self.random.choices("0123456789",
                                           k=self.random.randint(1, most)))

    def number(self):
        """Return a number in one of its forms."""
        text = self.random.choice(["", "-"])
        text += self.random.choice(["0", "1", "9" + self.digits(30)])
        if self.random.random() < 0.4:
            text += "." + self.digits(25)
        if self.random.random() < 0.3:
            text += self.random.choice("eE") + \
                self.random.choice(["", "+", "-"]) + self.digits(3)
        return text

    def value(self, depth=0):
        """Return a value with what it holds."""
        kind = self.random.choice(["object", "array", "string", "number",
                                   "word"][0 if depth < 6 else 2:])
        if kind == "string":
            return self.string()
        if kind == "number":
            return self.number()
        if kind == "word":
            return self.random.choice(["true", "false", "null"])
        items = [self.space() + self.value(depth + 1) + self.space()
                 for _ in range(self.random.choice([0, 1, 2, 5]))]
        if kind == "array":
            return "[" + (",".join(items) or self.space()) + "]"
        items = [self.space() + self.string(self.random.choice(NAMES))
                 + self.space() + ":" + item for item in items]
        return "{" + (",".join(items) or self.space()) + "}"

    def document(self):
        """Return a document as bytes."""
        return (self.space() + self.value() + self.space()).encode()

    def damaged(self):
        """Return a document, damaged a little."""
        document = self.document()
        for _ in range(self.random.choice([1, 1, 2, 4])):
            start = self.random.randint(0, len(document))
            end = min(len(document), start + self.random.choice([0, 0, 1, 3]))
            piece = self.random.choice(
                [b"", self.random.choice(PIECES), document[start:end] * 2,
                 bytes([self.random.randrange(256)])])
            document = document[:start] + piece + document[end:]
        if self.random.random() < 0.1:
            document = document[:self.random.randint(0, len(document))]
        return document
