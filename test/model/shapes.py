"""The service's model in one form, whatever it was read from.

Either from botocore's service-2.json, or from what the extension's own table
says (test_operations() and test_shapes()).  The first is the truth that the
table is compared with; the second stands in where the model is not present,
so that everything but that comparison still runs.

An operation is a dict: method, uri, code, input, output (shape names or
None), read_only, idempotent, pager (a list of six, or None).  A shape is a
dict: type, min, check, time, and for containers item, key, sparse, members.
A member is a dict: wire, place, shape, required, token, also_query, domain,
time.
"""

import json
import urllib.parse

# What the table decides beyond the model, told independently of it.
READ_BY_POST = {"QueryGraph", "Search", "SearchGroupProfiles",
                "SearchListings", "SearchTypes", "SearchUserProfiles"}
ALSO_REPEATABLE = {"GetIamPortalLoginUrl"}
SECRETS = {"GetEnvironmentCredentials", "GetConnection", "ListConnections",
           "CreateConnection", "UpdateConnection", "GetIamPortalLoginUrl"}

DOMAIN_PATTERN = "dzd[-_][a-zA-Z0-9_-]{1,36}"
TOKEN_PATTERN = r"[\x21-\x7E]+"


class Model:
    """Operations and shapes by name."""

    def __init__(self, operations, shapes):
        self.operations = operations
        self.shapes = shapes

    def members(self, shape_name):
        """Return the members of a structure, or none for no shape."""
        if shape_name is None:
            return {}
        return self.shapes[shape_name].get("members", {})


def read_member(owner, name, member, is_input_of):
    """Turn a member of service-2.json into our form."""
    place = member.get("location", "body")
    if owner.get("payload") == name:
        place = "payload"
    wire = member.get("locationName", name)
    if place == "querystring":
        wire = urllib.parse.quote(wire, safe="-._~")
    token = bool(member.get("idempotencyToken"))
    return {
        "wire": wire, "place": place, "shape": member["shape"],
        "required": place == "uri" or name in owner.get("required", []),
        "token": token,
        "also_query": token and is_input_of == "PostLineageEvent",
        "domain": place == "uri" and name == "domainIdentifier",
        "time": member.get("timestampFormat", ""),
    }


def read_shape(name, shape, inputs):
    """Turn a shape of service-2.json into our form."""
    kind = shape["type"]
    if kind == "double":
        kind = "float"
    if kind == "structure" and shape.get("union"):
        kind = "union"
    if kind == "structure" and shape.get("document"):
        kind = "document"
    result = {"type": kind, "check": "", "min": 0, "sparse": False,
              "time": shape.get("timestampFormat", "")}
    if kind in ("string", "blob", "list", "map"):
        result["min"] = shape.get("min", 0)
        result["sparse"] = bool(shape.get("sparse"))
    if shape.get("pattern") == DOMAIN_PATTERN:
        result["check"] = "domain_id"
    elif shape.get("pattern") == TOKEN_PATTERN:
        result["check"] = "client_token"
    elif name == "LineageEvent":
        result["check"] = "run_event"
    if kind == "list":
        result["item"] = shape["member"]["shape"]
        result["item_time"] = shape["member"].get("timestampFormat", "")
    if kind == "map":
        result["key"] = shape["key"]["shape"]
        result["item"] = shape["value"]["shape"]
        result["item_time"] = shape["value"].get("timestampFormat", "")
    if kind in ("structure", "union"):
        result["members"] = {
            n: read_member(shape, n, m, inputs.get(name))
            for n, m in shape.get("members", {}).items()}
    return result


def plain_token_shape(shapes, name):
    """Return the name of a string shape that is checked as a plain token."""
    if shapes[name]["check"]:
        return name
    plain = name + " as a token"
    shapes[plain] = dict(shapes[name], check="plain_token", min=1)
    return plain


def from_service_model(service_path, paginators_path):
    """Read botocore's files."""
    with open(service_path, encoding="utf-8") as file:
        service = json.load(file)
    with open(paginators_path, encoding="utf-8") as file:
        pagination = json.load(file)["pagination"]
    inputs = {op["input"]["shape"]: name
              for name, op in service["operations"].items() if "input" in op}
    shapes = {name: read_shape(name, shape, inputs)
              for name, shape in service["shapes"].items()}
    for shape in list(shapes.values()):
        for member in shape.get("members", {}).values():
            if member["token"]:
                member["shape"] = plain_token_shape(shapes, member["shape"])
    operations = {}
    for name, op in service["operations"].items():
        read_only = bool(op.get("readonly")) or name in READ_BY_POST
        idempotent = bool(op.get("idempotent"))
        input_shape = op.get("input", {}).get("shape")
        pager = None
        if name in pagination:
            page = pagination[name]
            limit = service["shapes"][service["shapes"][input_shape]
                                      ["members"][page["limit_key"]]["shape"]]
            pager = [page["input_token"], page["output_token"],
                     page["limit_key"], page["result_key"],
                     limit["min"], limit["max"]]
        members = shapes[input_shape]["members"] if input_shape else {}
        has_token = any(m["token"] for m in members.values())
        operations[name] = {
            "method": op["http"]["method"], "uri": op["http"]["requestUri"],
            "code": op["http"]["responseCode"], "input": input_shape,
            "output": op.get("output", {}).get("shape"),
            "read_only": read_only, "idempotent": idempotent,
            "has_token": has_token,
            "repeatable": (read_only or idempotent or has_token
                           or name in ALSO_REPEATABLE),
            "has_secrets": name in SECRETS,
            "has_body": any(m["place"] == "body" for m in members.values()),
            "pager": pager}
    return Model(operations, shapes)


def from_table(operations, shapes):
    """Take what the test module says of the compiled table."""
    for op in operations.values():
        op.setdefault("input", None)
        op.setdefault("output", None)
        op.setdefault("pager", None)
    for shape in shapes.values():
        # of a list's or map's own "time" the table means that of its items
        shape["item_time"] = shape["time"]
        if shape["type"] in ("list", "map"):
            shape["time"] = ""
    return Model(operations, shapes)


OPERATION_FIELDS = ("method", "uri", "code", "read_only", "idempotent",
                    "has_token", "repeatable", "has_secrets", "has_body",
                    "pager")
SHAPE_FIELDS = ("type", "check", "min", "sparse", "time")
MEMBER_FIELDS = ("wire", "place", "required", "token", "also_query", "domain",
                 "time")


def differences(model, table):
    """Say where the compiled table is not what the model is."""
    found = []
    if sorted(model.operations) != sorted(table.operations):
        found.append("other operations")
        return found, 0
    seen = set()
    for name, op in model.operations.items():
        ours = table.operations[name]
        found += [f"{name}.{field}: {ours[field]}, not {op[field]}"
                  for field in OPERATION_FIELDS if ours[field] != op[field]]
        if not ours["found"]:
            found.append(f"{name} is not found by its name")
        for side in ("input", "output"):
            if (op[side] is None) != (ours[side] is None):
                found.append(f"{name}: {side}")
            elif op[side] is not None:
                compare_shapes(model, table, (op[side], ours[side]), seen,
                               found)
    return found, len(seen)


def compare_shapes(model, table, pair, seen, found):
    """Compare one shape and what it refers to, each pair once."""
    todo = [pair]
    while todo:
        pair = todo.pop()
        if pair in seen:
            continue
        seen.add(pair)
        theirs, ours = model.shapes[pair[0]], table.shapes[pair[1]]
        for field in SHAPE_FIELDS:
            if field == "min" and theirs["check"]:
                continue        # the check implies it
            if ours[field] != theirs[field]:
                found.append(f"{pair[0]}.{field}: {ours[field]}, "
                             f"not {theirs[field]}")
        for field in ("item", "key"):
            if field in theirs:
                todo.append((theirs[field], ours[field]))
        if theirs.get("item_time", "") != ours.get("item_time", "") \
                and "item" in theirs:
            found.append(f"{pair[0]}: format of the items")
        if "members" not in theirs:
            continue
        if set(theirs["members"]) != set(ours["members"]):
            found.append(f"{pair[0]}: other members")
            continue
        required = sum(m["required"] for m in theirs["members"].values())
        if ours["nrequired"] != required:
            found.append(f"{pair[0]}: {ours['nrequired']} required")
        for name, member in theirs["members"].items():
            mine = ours["members"][name]
            found += [f"{pair[0]}.{name}.{field}: {mine[field]}"
                      for field in MEMBER_FIELDS
                      if mine[field] != member[field]]
            if not mine["found"]:
                found.append(f"{pair[0]}.{name} is not found by its name")
            todo.append((member["shape"], mine["shape"]))
