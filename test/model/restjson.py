"""What the restJson1 protocol makes of params: an independent rendering.

Written from the protocol's rules and DESIGN's list of checks, not from the
extension's code, and over Python values instead of jsonb: where the two
disagree, one of them is wrong.
"""

import datetime
import json
import re
import urllib.parse
from decimal import Decimal

EVENT_MAX = 300000
WIDTH = {"byte": 8, "short": 16, "integer": 32, "long": 64}
FLOAT_WORDS = {"NaN", "Infinity", "-Infinity"}
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)"
                 r"(?:\.(\d{1,6}))?)?(Z|z|[+-]\d\d:?\d\d)?")


def quoted(text):
    """Percent-encode all but the unreserved characters of RFC 3986."""
    return urllib.parse.quote(text, safe="-._~")


def compact(value):
    """Write JSON without spaces, characters above ASCII as they are."""
    if isinstance(value, dict):
        # jsonb's order of keys
        keys = sorted(value, key=lambda k: (len(k.encode()), k.encode()))
        return "{" + ",".join(
            compact(k) + ":" + compact(value[k]) for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(compact(v) for v in value) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def parse_time(text):
    """Return the time, or None if the text is not an ISO date-time."""
    match = ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    offset = datetime.timedelta()
    if zone and zone not in "Zz":
        digits = zone[1:].replace(":", "")
        offset = datetime.timedelta(hours=int(digits[:2]),
                                    minutes=int(digits[2:]))
        if zone[0] == "-":
            offset = -offset
    try:
        return datetime.datetime(
            int(year), int(month), int(day), int(hour), int(minute),
            int(second or 0), int((fraction or "0").ljust(6, "0"))) - offset
    except (ValueError, OverflowError):
        return None


def time_text(text, form):
    """Write an ISO time in one of the three forms."""
    when = parse_time(text)
    if form == "iso8601":
        base = when.strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
        if when.microsecond:
            base += (".%06d" % when.microsecond).rstrip("0")
        return base + "Z"
    if form == "rfc822":
        return (when.strftime("%a, %d %b ") + "%04d" % when.year
                + when.strftime(" %H:%M:%S GMT"))
    span = when - datetime.datetime(1970, 1, 1)
    micros = (span.days * 86400 + span.seconds) * 10**6 + span.microseconds
    return format((Decimal(micros) / 10**6).normalize(), "f")


class Renderer:
    """Requests of one model."""

    def __init__(self, model):
        self.model = model

    # -- checks ------------------------------------------------------------

    def violations(self, operation, params, root, domain):
        """Return the paths of all that is wrong; empty if nothing is."""
        op = self.model.operations[operation]
        found = set()
        if not isinstance(params, dict):
            return {root or "params"}
        members = self.model.members(op["input"])
        given = {k: v for k, v in params.items() if v is not None}
        found |= {step(root, n) for n in params if n not in members}
        for name, member in members.items():
            here = step(root, name)
            if name in given:
                value = given[name]
            elif member["domain"] and domain is not None:
                value = domain
            else:
                if member["required"] and not member["token"]:
                    found.add(here)
                continue
            self.check(member["shape"], value, here, found)
            if member["place"] == "uri" and value in ("", ".", ".."):
                found.add(here)
        return found

    def check(self, shape_name, value, path, found):
        """Collect what is wrong with a value."""
        shape = self.model.shapes[shape_name]
        kind = shape["type"]
        method = getattr(self, "check_" + kind, None)
        if method:
            method(shape, value, path, found)
        elif kind in WIDTH:
            limit = 1 << (WIDTH[kind] - 1)
            if isinstance(value, bool) or \
                    not isinstance(value, (int, Decimal)) or \
                    value != int(value) or not -limit <= value < limit:
                found.add(path)
        else:
            raise AssertionError(kind)

    def check_document(self, shape, value, path, found):
        """Anything goes."""

    def check_boolean(self, shape, value, path, found):
        """True and false."""
        if not isinstance(value, bool):
            found.add(path)

    def check_float(self, shape, value, path, found):
        """A number, or one of three words."""
        if isinstance(value, str) and value in FLOAT_WORDS:
            return
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            found.add(path)

    def check_timestamp(self, shape, value, path, found):
        """An ISO 8601 text."""
        if not isinstance(value, str) or parse_time(value) is None:
            found.add(path)

    def check_string(self, shape, value, path, found):
        """Text, with what is checked of some."""
        if not isinstance(value, str):
            found.add(path)
            return
        good = {
            "": len(value) >= shape["min"],
            "domain_id": re.fullmatch("dzd[-_][a-zA-Z0-9_-]{1,36}", value),
            "client_token": re.fullmatch("[!-~]{1,128}", value),
            "plain_token": re.fullmatch("[^\x00-\x1f\x7f]+", value),
        }[shape["check"]]
        if not good:
            found.add(path)

    def check_blob(self, shape, value, path, found):
        """Base64 text, or a RunEvent."""
        if shape["check"] == "run_event":
            self.check_event(value, path, found)
        elif not isinstance(value, str) or not re.fullmatch(
                "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|"
                "[A-Za-z0-9+/]{3}=)?", value):
            found.add(path)

    def check_event(self, event, path, found):
        """What DataZone needs of an OpenLineage event."""
        if not isinstance(event, dict):
            found.add(path)
            return
        if len(compact(event).encode()) > EVENT_MAX:
            found.add(path)
        for names in (("run", "runId"), ("job", "namespace"), ("job", "name"),
                      ("eventTime",), ("producer",), ("schemaURL",)):
            value, here = event, path
            for name in names:
                if not isinstance(value, dict):
                    break
                value, here = value.get(name), step(here, name)
                if value is None:
                    break
            if not isinstance(value, str) or value == "":
                found.add(here)
            elif names == ("eventTime",) and parse_time(value) is None:
                found.add(here)

    def check_list(self, shape, value, path, found):
        """Items that are not null, unless the list is sparse."""
        if not isinstance(value, list):
            found.add(path)
            return
        if len(value) < shape["min"]:
            found.add(path)
        for i, item in enumerate(value):
            here = f"{path}[{i}]"
            if item is not None:
                self.check(shape["item"], item, here, found)
            elif not shape["sparse"]:
                found.add(here)

    def check_map(self, shape, value, path, found):
        """Entries; null ones do not count."""
        if not isinstance(value, dict):
            found.add(path)
            return
        entries = {k: v for k, v in value.items()
                   if v is not None or shape["sparse"]}
        if len(entries) < shape["min"]:
            found.add(path)
        for key, item in entries.items():
            here = step(path, key)
            self.check(shape["key"], key, here, found)
            if item is not None:
                self.check(shape["item"], item, here, found)

    def check_structure(self, shape, value, path, found):
        """Members that exist, and those that must."""
        if not isinstance(value, dict):
            found.add(path)
            return
        for name in value:
            if name not in shape["members"]:
                found.add(step(path, name))
        for name, member in shape["members"].items():
            if value.get(name) is not None:
                self.check(member["shape"], value[name], step(path, name),
                           found)
            elif member["required"]:
                found.add(step(path, name))

    def check_union(self, shape, value, path, found):
        """Exactly one member."""
        self.check_structure(shape, value, path, found)
        if isinstance(value, dict) and \
                sum(v is not None for v in value.values()) != 1:
            found.add(path)

    # -- rendering ---------------------------------------------------------

    def render(self, operation, params, domain):
        """Return method, path, sorted query pairs, headers and body.

        Params must be without violations, and name every client token.
        """
        op = self.model.operations[operation]
        members = self.model.members(op["input"])
        values = {k: v for k, v in params.items() if v is not None}
        for name, member in members.items():
            if member["domain"] and name not in values:
                values[name] = domain
        result = {"method": op["method"], "query": [], "headers": {},
                  "body": ""}
        labels = {members[n]["wire"]: self.text(members[n], values[n], "uri")
                  for n in members if members[n]["place"] == "uri"}

        def label(match):
            name = match.group(1)
            if name.endswith("+"):
                return "/".join(quoted(p) for p in
                                labels[name[:-1]].split("/"))
            return quoted(labels[name])

        result["path"] = re.sub(r"\{([^}]+)\}", label, op["uri"])
        for name, member in members.items():
            if name in values:
                self.place(result, name, member, values[name])
        result["query"].sort()
        self.body(result, op, members, values)
        return result

    def place(self, result, name, member, value):
        """Put a member into the query or the headers, if it belongs there."""
        if member["place"] == "querystring":
            items = value if isinstance(value, list) else [value]
            result["query"] += [
                f"{member['wire']}="
                f"{quoted(self.text(member, item, 'querystring'))}"
                for item in items]
        elif member["place"] == "header":
            result["headers"][member["wire"]] = self.text(member, value,
                                                          "header")
        if member["also_query"]:
            result["query"].append(f"{name}={quoted(value)}")

    def body(self, result, op, members, values):
        """Write the body and say what it is."""
        payload = [n for n, m in members.items() if m["place"] == "payload"]
        if payload:
            name = payload[0]
            if name in values:
                assert members[name]["place"] == "payload"
                result["body"] = compact(values[name])
                result["headers"]["Content-Type"] = "application/octet-stream"
        elif op["has_body"]:
            result["headers"]["Content-Type"] = "application/json"
            result["body"] = {
                m["wire"]: self.wire(m["shape"], values[n], m["time"])
                for n, m in members.items()
                if m["place"] == "body" and n in values}

    def text(self, member, value, place):
        """Write a scalar of the path, the query or a header."""
        shape = self.model.shapes[member["shape"]]
        if shape["type"] == "list":
            shape = self.model.shapes[shape["item"]]
        if shape["type"] == "timestamp":
            form = member["time"] or shape["time"] or (
                "rfc822" if place == "header" else "iso8601")
            return time_text(value, form)
        if isinstance(value, bool):
            return "true" if value else "false"
        if shape["type"] in WIDTH:
            return str(int(value))
        return str(value)

    def wire(self, shape_name, value, outer=""):
        """Return a value as the JSON body has it."""
        shape = self.model.shapes[shape_name]
        kind = shape["type"]
        if kind == "timestamp":
            form = outer or shape["time"] or "unixTimestamp"
            text = time_text(value, form)
            return Decimal(text) if form == "unixTimestamp" else text
        if kind == "list":
            return [None if v is None else
                    self.wire(shape["item"], v, shape["item_time"])
                    for v in value]
        if kind == "map":
            return {k: None if v is None else
                    self.wire(shape["item"], v, shape["item_time"])
                    for k, v in value.items()
                    if v is not None or shape["sparse"]}
        if kind in ("structure", "union"):
            return {shape["members"][n]["wire"]:
                    self.wire(shape["members"][n]["shape"], v,
                              shape["members"][n]["time"])
                    for n, v in value.items() if v is not None}
        return value


def step(path, name):
    """Write a path one member further, as messages do."""
    if re.fullmatch("[A-Za-z_][A-Za-z0-9_-]{0,63}", name):
        return f"{path}.{name}" if path else name
    cut, key = "", name
    if len(key.encode()) > 64:
        cut = "..."
        while len(key.encode()) > 64:
            key = key[:-1]
        key = name.encode()[:64].decode(errors="ignore")
    return f"{path or ''}[{json_key(key)}{cut}]"


def json_key(key):
    """Write a key as the extension does: only what must be is escaped."""
    names = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f",
             "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(names.get(c) or ("\\u%04x" % ord(c) if c < " " else c)
                         for c in key) + '"'
