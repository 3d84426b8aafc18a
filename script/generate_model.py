#!/usr/bin/env python3
"""Write the table of operations (src/api/model_data.c) from a service model.

    script/generate_model.py [--skip-unsupported] service-2.json paginators-1.json > model_data.c

The input is a restJson1 service's public model in botocore's form; the
paginators may be "-" for none.  The output is what src/api/model.h declares:
names, places, types and the checks made before sending, and no text of the
model's documentation.  The same input gives the same bytes, and a change of
the model changes only the lines that it concerns: positions are left to the C
compiler, which is why the tables are written as structures of named parts.

What the program does not know stops the run.  With --skip-unsupported an
optional member of that kind (an answer's headers by prefix) is left out, or
else the operation (event streams, host prefixes, query text in a path, result
keys inside a structure); each is told on standard error.
"""

import argparse
import json
import re
import sys

# ---------------------------------------------------------------------------
# Decisions that the model does not hold.  A name that the model lacks is
# reported on standard error and has no effect, so that any model may be given.
# ---------------------------------------------------------------------------

# Reads by POST: allowed in READ ONLY transactions although not "readonly".
READ_ONLY_TOO = {
    "QueryGraph", "Search", "SearchGroupProfiles", "SearchListings",
    "SearchTypes", "SearchUserProfiles",
}

# A second arrival does no harm, though the model does not say so.
REPEATABLE_TOO = {"GetIamPortalLoginUrl"}

# The answer may hold credentials.
SECRETS = {
    "CreateConnection", "GetConnection", "GetEnvironmentCredentials",
    "GetIamPortalLoginUrl", "ListConnections", "UpdateConnection",
}

# A path member that the server's default domain fills when it is absent.
DEFAULT_DOMAIN_MEMBER = "domainIdentifier"

# The token goes into the header, where the SDKs send it, and into the query,
# where the API's reference had it first: whichever the service reads, it
# recognises a repetition.
TOKEN_IN_QUERY_TOO = {"PostLineageEvent"}

# A blob whose bytes are an OpenLineage RunEvent; in params, a JSON object.
RUN_EVENT_SHAPES = {"LineageEvent"}

# The patterns that are checked before sending; all others are the service's.
PATTERN_CHECKS = {
    r"dzd[-_][a-zA-Z0-9_-]{1,36}": "DOMAIN_ID",
    r"[\x21-\x7E]+": "CLIENT_TOKEN",
}

# ---------------------------------------------------------------------------

NUMBERS = {"byte": "BYTE", "short": "SHORT", "integer": "INTEGER",
           "long": "LONG", "float": "FLOAT", "double": "FLOAT"}
TIME_FORMATS = {None: "BY_PLACE", "unixTimestamp": "EPOCH", "iso8601": "ISO",
                "rfc822": "HTTP"}
PLACES = {None: "BODY", "uri": "PATH", "querystring": "QUERY",
          "header": "HEADER", "headers": "HEADER_PREFIX",
          "statusCode": "STATUS"}
UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                 "0123456789-._~")


class Unsupported(Exception):
    """The model asks for what the request builder does not do."""


class ModelError(Exception):
    """The input is not a model in the expected form."""


def json_key_order(name):
    """The order of keys in jsonb: shorter first, then by bytes."""
    return (len(name.encode()), name.encode())


def percent_encode(text):
    return "".join(c if c in UNRESERVED else
                   "".join("%%%02X" % b for b in c.encode()) for c in text)


def c_string(text):
    if not all(" " <= c <= "~" for c in text):
        raise ModelError("name with characters outside ASCII: %r" % text)
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


class Pool:
    """All text, once each, as the members of one C structure."""

    def __init__(self):
        self.fields = {}        # text -> field name
        self.taken = {}         # field name -> text

    def add(self, text):
        if text not in self.fields:
            base = re.sub(r"[^A-Za-z0-9_]", "_", text)
            field, n = base, 1
            while field in self.taken:
                n += 1
                field = "%s_%d" % (base, n)
            self.fields[text] = field
            self.taken[field] = text
        return self.fields[text]

    def lines(self):
        size = sum(len(text) + 1 for text in self.fields)
        if size > 0xFFFF:
            raise ModelError("%d bytes of names do not fit 16-bit offsets"
                             % size)
        order = sorted(self.fields, key=lambda t: self.fields[t])
        yield "static const struct pool"
        yield "{"
        for text in order:
            yield "\tchar\t\tt_%s[%d];" % (self.fields[text], len(text) + 1)
        yield "}\t\t\tpool = {"
        for text in order:
            yield "\t%s," % c_string(text)
        yield "};"


class Model:
    def __init__(self, service, paginators):
        self.operations = service["operations"]
        self.shapes = service["shapes"]
        self.pagination = paginators.get("pagination", {})
        self.pool = Pool()
        self.scalars = {}       # C name -> initializer
        self.used = set()       # names of lists, maps, structures
        self.left_out = set()   # (structure, member)

    # -- shapes ------------------------------------------------------------

    def shape(self, name):
        try:
            return self.shapes[name]
        except KeyError:
            raise ModelError("shape %s is missing" % name) from None

    def scalar(self, kind, check="NONE", time="BY_PLACE", minimum=0):
        """A scalar shape, shared by all that are checked alike."""
        name = kind
        if check != "NONE":
            name = check
        elif time != "BY_PLACE":
            name += "_" + time
        if minimum and check in ("NONE", "RUN_EVENT"):
            name += "_MIN_%d" % minimum
        self.scalars[name] = (
            "SCALAR(%s, %s, %s, %d)" % (kind, check, time, minimum))
        return name

    def reference(self, name, is_token=False):
        """The C name of a shape, which from now on is part of the table."""
        shape = self.shape(name)
        kind = shape["type"]
        minimum = int(shape.get("min", 0))
        if minimum > 0xFFFF:
            raise ModelError("minimum of %s does not fit 16 bits" % name)
        if shape.get("eventstream"):
            raise Unsupported("event stream " + name)
        if kind in ("structure", "list", "map") and not shape.get("document"):
            self.used.add(name)
            return name
        if kind == "string":
            check = PATTERN_CHECKS.get(shape.get("pattern"), "NONE")
            if is_token and check == "NONE":
                check, minimum = "PLAIN_TOKEN", 1
            return self.scalar("STRING", check, minimum=minimum)
        if kind == "blob":
            check = "RUN_EVENT" if name in RUN_EVENT_SHAPES else "NONE"
            return self.scalar("BLOB", check, minimum=minimum)
        if kind == "timestamp":
            return self.scalar("TIMESTAMP", time=self.time_format(shape))
        if kind == "boolean":
            return self.scalar("BOOLEAN")
        if kind in NUMBERS:
            return self.scalar(NUMBERS[kind])
        if kind == "structure" and shape.get("document"):
            return self.scalar("DOCUMENT")
        raise Unsupported("type %s of shape %s" % (kind, name))

    @staticmethod
    def time_format(thing):
        text = thing.get("timestampFormat")
        if text not in TIME_FORMATS:
            raise Unsupported("timestamp format %s" % text)
        return TIME_FORMATS[text]

    def parts_of(self, name):
        """The shapes that "name" refers to, in a fixed order."""
        shape = self.shape(name)
        if shape["type"] == "list":
            return [shape["member"]["shape"]]
        if shape["type"] == "map":
            return [shape["key"]["shape"], shape["value"]["shape"]]
        if shape["type"] == "structure":
            return [m["shape"] for _, m in self.members(name)]
        return []

    def reachable(self, roots):
        seen, todo = set(), list(roots)
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                todo.extend(self.parts_of(name))
        return seen

    # -- members -----------------------------------------------------------

    def members(self, name):
        shape = self.shape(name)
        return sorted((item for item in shape.get("members", {}).items()
                       if (name, item[0]) not in self.left_out),
                      key=lambda item: json_key_order(item[0]))

    def place(self, name, member_name, member):
        if self.shape(name).get("payload") == member_name:
            return "PAYLOAD"
        location = member.get("location")
        if location not in PLACES:
            raise Unsupported("location %s of %s.%s"
                              % (location, name, member_name))
        place = PLACES[location]
        return place

    def leave_out_members(self, warn):
        """Leave out the optional members that have no place we know."""
        outputs = {op["output"]["shape"] for op in self.operations.values()
                   if "output" in op}
        roots = outputs | {op["input"]["shape"]
                           for op in self.operations.values()
                           if "input" in op}
        for name in sorted(roots):
            for member_name, member in self.members(name):
                if member_name in self.shape(name).get("required", []):
                    continue
                try:
                    place = self.place(name, member_name, member)
                    if place == "HEADER_PREFIX" and name in outputs:
                        raise Unsupported("answer's headers by prefix")
                except Unsupported as why:
                    self.left_out.add((name, member_name))
                    warn("left out %s.%s: %s" % (name, member_name, why))

    def member_line(self, owner, name, member, operation):
        if len(name) > 0xFF:
            raise ModelError("name of %s.%s is too long" % (owner, name))
        place = self.place(owner, name, member)
        wire = member.get("locationName", name)
        if place == "QUERY" and self.shape(member["shape"])["type"] != "map":
            wire = percent_encode(wire)
        flags = []
        if name in self.shape(owner).get("required", []) or place == "PATH":
            flags.append("REQUIRED")
        if member.get("idempotencyToken"):
            flags.append("TOKEN")
            if operation in TOKEN_IN_QUERY_TOO:
                flags.append("ALSO_QUERY")
        if place == "PATH" and name == DEFAULT_DOMAIN_MEMBER:
            flags.append("DOMAIN")
        self.pool.add(name)
        fields = [self.pool.add(name), self.pool.add(wire),
                  self.reference(member["shape"],
                                 bool(member.get("idempotencyToken"))),
                  place,
                  " | ".join("DZ_MEMBER_" + f for f in flags) or "0",
                  self.time_format(member)]
        if wire == name and fields[5] == "BY_PLACE":
            return "\t\tM(%s, %s, %s, %s)," % (
                fields[0], fields[2], fields[3], fields[4])
        return "\t\tW(%s)," % ", ".join(fields)

    # -- operations --------------------------------------------------------

    def check_operation(self, name):
        """Raise Unsupported for what the request builder does not do."""
        op = self.operations[name]
        if "endpoint" in op and op["endpoint"].get("hostPrefix"):
            raise Unsupported("host prefix")
        if "?" in op["http"]["requestUri"]:
            raise Unsupported("query text in the path")
        pager = self.pagination.get(name, {})
        for key in ("input_token", "output_token", "result_key", "limit_key"):
            if key in pager and not re.fullmatch(r"\w+", str(pager[key])):
                raise Unsupported("paginator with %s %s" % (key, pager[key]))
        for side in ("input", "output"):
            if side not in op:
                continue
            root = op[side]["shape"]
            for member_name, member in self.members(root):
                place = self.place(root, member_name, member)
                if place == "HEADER_PREFIX" and side == "output":
                    raise Unsupported("answer's headers by prefix: %s.%s"
                                      % (root, member_name))
            for shape in sorted(self.reachable([root])):
                self.reference(shape)

    def path_parts(self, name):
        """(literal, label member or None, is it greedy) of a path."""
        uri = self.operations[name]["http"]["requestUri"]
        pieces = re.split(r"\{([^}]+)\}", uri)
        parts = []
        for i in range(0, len(pieces), 2):
            label = pieces[i + 1] if i + 1 < len(pieces) else None
            if label is not None:
                parts.append((pieces[i], label.rstrip("+"),
                              label.endswith("+")))
            elif pieces[i] or not parts:
                parts.append((pieces[i], None, False))
        return parts

    def label_index(self, name, label):
        root = self.operations[name].get("input", {}).get("shape")
        if len(self.members(root)) > 0xFE:
            raise ModelError("operation %s has too many members" % name)
        for i, (member_name, member) in enumerate(self.members(root)):
            if (member.get("location") == "uri"
                    and member.get("locationName", member_name) == label):
                return i
        raise ModelError("operation %s has no member for label %s"
                         % (name, label))

    def has_token(self, name):
        root = self.operations[name].get("input", {}).get("shape")
        return root is not None and any(
            m.get("idempotencyToken") for _, m in self.members(root))

    def has_body(self, name):
        root = self.operations[name].get("input", {}).get("shape")
        return root is not None and any(
            self.place(root, n, m) == "BODY" for n, m in self.members(root))

    def pager_fields(self, name):
        """The pager's initializer, or None."""
        pager = self.pagination.get(name)
        if pager is None:
            return None
        limit = pager.get("limit_key")
        low = high = 0
        if limit is not None:
            root = self.shape(self.operations[name]["input"]["shape"])
            shape = self.shape(root["members"][limit]["shape"])
            low, high = int(shape.get("min", 0)), int(shape.get("max", 0))
        return '{%s, %s, %s, %s, %d, %d}' % (
            c_string(pager["input_token"]), c_string(pager["output_token"]),
            c_string(limit) if limit else "NULL",
            c_string(pager["result_key"]), low, high)

    def operation_flags(self, name):
        op = self.operations[name]
        read_only = bool(op.get("readonly")) or name in READ_ONLY_TOO
        idempotent = bool(op.get("idempotent"))
        token = self.has_token(name)
        flags = {
            "read_only": read_only,
            "idempotent": idempotent,
            "has_token": token,
            "repeatable": (read_only or idempotent or token
                           or name in REPEATABLE_TOO),
            "has_secrets": name in SECRETS,
            "has_body": self.has_body(name),
        }
        return ["." + flag + " = true" for flag, on in flags.items() if on]


# ---------------------------------------------------------------------------
# Output
# ---------------------------------------------------------------------------

HEAD = """\
/*-------------------------------------------------------------------------
 *
 * model_data.c
 *		The service's operations and shapes: generated, not for editing.
 *
 * script/generate_model.py wrote this from the service's public model, API
 * version %(version)s; model.h says what the tables mean.  Positions are
 * left to the compiler, so that a new version of the model is a diff of what
 * changed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/model.h"

/* clang-format off */

/* text, a member by its own name, a member with all it may have, a shape */
#define T(field) offsetof(struct pool, t_##field)
#define M(field, shape, place, flags) \\
	{T(field), T(field), S_##shape, sizeof(pool.t_##field) - 1, \\
		DZ_IN_##place, flags, DZ_TIME_BY_PLACE}
#define W(field, wire, shape, place, flags, time) \\
	{T(field), T(wire), S_##shape, sizeof(pool.t_##field) - 1, \\
		DZ_IN_##place, flags, DZ_TIME_##time}
#define SCALAR(kind, check, time, min) \\
	{DZ_KIND_##kind, DZ_CHECK_##check, DZ_TIME_##time, 0, 0, 0, 0, min}
#define LIST(item, flags, min, time) \\
	{DZ_KIND_LIST, DZ_CHECK_NONE, DZ_TIME_##time, flags, S_##item, 0, 0, min}
#define MAP(key, item, flags, min, time) \\
	{DZ_KIND_MAP, DZ_CHECK_NONE, DZ_TIME_##time, flags, S_##item, S_##key, 0, min}
#define EMPTY(kind) \\
	{DZ_KIND_##kind, DZ_CHECK_NONE, DZ_TIME_BY_PLACE, 0, 0, 0, 0, 0}
#define MEMBERS(kind, shape, nrequired, flags) \\
	{DZ_KIND_##kind, DZ_CHECK_NONE, DZ_TIME_BY_PLACE, flags, \\
		offsetof(struct members, shape) / sizeof(DzMember), \\
		lengthof(members.shape), nrequired, 0}
#define PARTS(operation) \\
	.first_part = offsetof(struct parts, operation) / sizeof(DzPathPart), \\
	.nparts = lengthof(parts.operation)
"""

TAIL = """
const char *const dz_pool = (const char *) &pool;
const DzMember *const dz_members = (const DzMember *) &members;
const DzPathPart *const dz_path_parts = (const DzPathPart *) &parts;
const int	dz_nshapes = lengthof(dz_shapes);
const int	dz_noperations = lengthof(dz_operations);
"""


def member_tables(model, names, inputs):
    """The lines of the structure that holds every member."""
    blocks = []
    for name in names:
        if model.shape(name)["type"] != "structure":
            continue
        lines = [model.member_line(name, n, m, inputs.get(name))
                 for n, m in model.members(name)]
        if lines:
            blocks.append((name, lines))
    out = ["static const struct members", "{"]
    out += ["\tDzMember\t%s[%d];" % (n, len(ls)) for n, ls in blocks]
    out += ["}\t\t\tmembers = {"]
    for name, lines in blocks:
        out += ["\t.%s = {" % name] + lines + ["\t},"]
    return out + ["};"]


def container_line(model, name):
    """The table entry of a list, map, structure or union."""
    shape = model.shape(name)
    sparse = "DZ_SHAPE_SPARSE" if shape.get("sparse") else "0"
    minimum = int(shape.get("min", 0))
    if shape["type"] == "list":
        item = shape["member"]
        return "LIST(%s, %s, %d, %s)" % (
            model.reference(item["shape"]), sparse, minimum,
            model.time_format(item))
    if shape["type"] == "map":
        key, item = shape["key"], shape["value"]
        return "MAP(%s, %s, %s, %d, %s)" % (
            model.reference(key["shape"]), model.reference(item["shape"]),
            sparse, minimum, model.time_format(item))
    kind = "UNION" if shape.get("union") else "STRUCTURE"
    members = model.members(name)
    if not members:
        return "EMPTY(%s)" % kind
    renamed = any(m.get("locationName", n) != n for n, m in members)
    required = [n for n, m in members if n in shape.get("required", [])
                or m.get("location") == "uri"]
    return "MEMBERS(%s, %s, %d, %s)" % (
        kind, name, len(required), "DZ_SHAPE_RENAMED" if renamed else "0")


def shape_tables(model, names):
    entries = [(n, container_line(model, n)) for n in names]
    entries = sorted(model.scalars.items()) + entries
    clash = set(model.scalars) & set(names)
    if clash:
        raise ModelError("shape names in use: %s" % ", ".join(sorted(clash)))
    out = ["enum", "{"]
    out += ["\tS_%s," % name for name, _ in entries]
    out += ["};", ""]
    table = ["const DzShape dz_shapes[] = {"]
    table += ["\t[S_%s] = %s," % entry for entry in entries]
    return out, table + ["};"]


def operation_tables(model, names):
    parts = ["static const struct parts", "{"]
    values = []
    for name in names:
        pieces = model.path_parts(name)
        parts.append("\tDzPathPart\t%s[%d];" % (name, len(pieces)))
        values.append("\t.%s = {" % name)
        for literal, label, greedy in pieces:
            where = ("DZ_NO_LABEL" if label is None
                     else str(model.label_index(name, label)))
            values.append("\t\t{T(%s), %s, %s},%s" % (
                model.pool.add(literal), where,
                "true" if greedy else "false",
                " /* %s */" % label if label else ""))
        values.append("\t},")
    parts += ["}\t\t\tparts = {"] + values + ["};"]

    pagers = sorted({model.pager_fields(n) for n in names} - {None})
    # a pager's C name follows from its content, not from its position
    def pager_name(fields):
        return "P_" + re.sub(r"\W+", "_", fields).strip("_")
    pager_lines = []
    for fields in pagers:
        pager_lines.append("static const DzPager %s =" % pager_name(fields))
        pager_lines.append("\t%s;" % fields)

    table = ["const DzOperation dz_operations[] = {"]
    for name in names:
        op = model.operations[name]
        fields = [".name = %s" % c_string(name),
                  ".method = %s" % c_string(op["http"]["method"])]
        pager = model.pager_fields(name)
        if pager is not None:
            fields.append(".pager = &%s" % pager_name(pager))
        for side in ("input", "output"):
            fields.append(".%s = %s" % (
                side, "S_" + op[side]["shape"] if side in op
                else "DZ_NO_SHAPE"))
        fields.append("PARTS(%s)" % name)
        fields.append(".success_code = %d"
                      % op["http"].get("responseCode", 200))
        fields += model.operation_flags(name)
        table.append("\t{")
        table += ["\t\t%s," % f for f in fields]
        table.append("\t},")
    return parts, pager_lines, table + ["};"]


def generate(service, paginators, skip_unsupported=False, warn=print):
    model = Model(service, paginators)
    if skip_unsupported:
        model.leave_out_members(warn)
    names = []
    for name in sorted(model.operations, key=str.encode):
        try:
            model.check_operation(name)
            names.append(name)
        except Unsupported as why:
            if not skip_unsupported:
                raise Unsupported("operation %s: %s" % (name, why)) from None
            warn("left out %s: %s" % (name, why))

    # what the kept operations reach, and nothing that only others use
    model.scalars, model.used = {}, set()
    roots = [model.operations[n][side]["shape"] for n in names
             for side in ("input", "output") if side in model.operations[n]]
    for name in sorted(model.reachable(roots)):
        if model.shape(name)["type"] in ("structure", "list", "map"):
            model.reference(name)
    used = sorted(model.used, key=str.encode)
    inputs = {model.operations[n]["input"]["shape"]: n for n in names
              if "input" in model.operations[n]}

    members = member_tables(model, used, inputs)
    enum, shapes = shape_tables(model, used)
    parts, pagers, operations = operation_tables(model, names)
    version = service.get("metadata", {}).get("apiVersion", "unknown")
    blocks = [HEAD % {"version": version}, "\n".join(enum)]
    for block in (list(model.pool.lines()), members, shapes, parts, pagers,
                  operations):
        if block:
            blocks.append("\n".join(block) + "\n")
    return "\n".join(blocks) + TAIL


def report_unknown_decisions(service, warn):
    known = set(service["operations"]) | set(service["shapes"])
    for name in sorted(READ_ONLY_TOO | REPEATABLE_TOO | SECRETS
                       | TOKEN_IN_QUERY_TOO | RUN_EVENT_SHAPES):
        if name not in known:
            warn("this model has no %s" % name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("service", help="service-2.json")
    parser.add_argument("paginators", help="paginators-1.json, or -")
    parser.add_argument("--skip-unsupported", action="store_true",
                        help="leave out what the request builder cannot do")
    args = parser.parse_args()

    def warn(text):
        print("generate_model.py: " + text, file=sys.stderr)

    with open(args.service, encoding="utf-8") as file:
        service = json.load(file)
    paginators = {}
    if args.paginators != "-":
        with open(args.paginators, encoding="utf-8") as file:
            paginators = json.load(file)
    report_unknown_decisions(service, warn)
    try:
        text = generate(service, paginators, args.skip_unsupported, warn)
    except (Unsupported, ModelError) as error:
        warn(str(error))
        return 1
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
