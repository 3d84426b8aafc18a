"""Turn a Smithy JSON AST into the form of botocore's service-2.json.

Only what a restJson1 client's table needs.  Smithy is the language that AWS
writes its models in; the protocol's own test model exists in it alone.
"""

API = "smithy.api#"
FORMATS = {"date-time": "iso8601", "epoch-seconds": "unixTimestamp",
           "http-date": "rfc822"}
PRELUDE = {"String": "string", "Blob": "blob", "Boolean": "boolean",
           "Byte": "byte", "Short": "short", "Integer": "integer",
           "Long": "long", "Float": "float", "Double": "double",
           "Timestamp": "timestamp", "PrimitiveBoolean": "boolean",
           "PrimitiveInteger": "integer"}
TYPES = {"enum": "string", "intEnum": "integer", "union": "structure"}
LOCATIONS = {"httpHeader": "header", "httpLabel": "uri",
             "httpQuery": "querystring", "httpPrefixHeaders": "headers",
             "httpQueryParams": "querystring",
             "httpResponseCode": "statusCode"}


class Converter:
    """Names shapes by what follows "#", and by more where that is taken."""

    def __init__(self, ast):
        self.ast = ast["shapes"]
        self.names = {}
        taken = {}
        for key in sorted(self.ast):
            space, name = key.split("#")
            if taken.setdefault(name, key) != key:
                name = space.rsplit(".", 1)[-1].capitalize() + name
                taken[name] = key
            self.names[key] = name
        self.shapes = {}

    def name(self, key):
        """Return a shape's name; the language's own ones are made here."""
        if key in self.names:
            return self.names[key]
        name = "Api" + key.removeprefix(API)
        kind = PRELUDE.get(key.removeprefix(API))
        if key == API + "Unit":
            self.shapes[name] = {"type": "structure", "members": {}}
        elif key == API + "Document":
            self.shapes[name] = {"type": "structure", "document": True}
        elif kind:
            self.shapes[name] = {"type": kind}
        else:
            self.shapes[name] = {"type": "structure", "members": {}}
        return name

    @staticmethod
    def trait(thing, name, default=None):
        """Return the value of a trait, or the default."""
        return thing.get("traits", {}).get(API + name, default)

    def reference(self, thing):
        """Turn a member of a list or map."""
        result = {"shape": self.name(thing["target"])}
        form = self.trait(thing, "timestampFormat")
        if form:
            result["timestampFormat"] = FORMATS[form]
        return result

    def member(self, name, thing):
        """Turn a member of a structure."""
        result = self.reference(thing)
        for trait, location in LOCATIONS.items():
            value = self.trait(thing, trait)
            if value is not None:
                result["location"] = location
                result["locationName"] = value if isinstance(value, str) \
                    else name
        if self.trait(thing, "jsonName"):
            result["locationName"] = self.trait(thing, "jsonName")
        if self.trait(thing, "idempotencyToken") is not None:
            result["idempotencyToken"] = True
        return result

    def shape(self, thing):
        """Turn a shape."""
        kind = TYPES.get(thing["type"], thing["type"])
        result = {"type": kind}
        if kind == "document":
            return {"type": "structure", "document": True}
        form = self.trait(thing, "timestampFormat")
        if form:
            result["timestampFormat"] = FORMATS[form]
        if self.trait(thing, "sparse") is not None:
            result["sparse"] = True
        if "min" in self.trait(thing, "length", {}):
            result["min"] = self.trait(thing, "length")["min"]
        if kind == "list":
            result["member"] = self.reference(thing["member"])
        if kind == "map":
            result["key"] = self.reference(thing["key"])
            result["value"] = self.reference(thing["value"])
        if kind == "structure":
            members = thing.get("members", {})
            result["members"] = {n: self.member(n, m)
                                 for n, m in members.items()}
            result["required"] = [
                n for n, m in members.items()
                if self.trait(m, "required") is not None]
            payload = [n for n, m in members.items()
                       if self.trait(m, "httpPayload") is not None]
            if payload:
                result["payload"] = payload[0]
            if thing["type"] == "union":
                result["union"] = True
                if self.trait(thing, "streaming") is not None:
                    result["eventstream"] = True
        return result

    def operation(self, thing):
        """Turn an operation."""
        http = self.trait(thing, "http")
        result = {"http": {"method": http["method"],
                           "requestUri": http["uri"],
                           "responseCode": http.get("code", 200)}}
        for trait, flag in (("readonly", "readonly"),
                            ("idempotent", "idempotent")):
            if self.trait(thing, trait) is not None:
                result[flag] = True
        if self.trait(thing, "endpoint") is not None:
            result["endpoint"] = self.trait(thing, "endpoint")
        for side in ("input", "output"):
            target = thing.get(side, {}).get("target", API + "Unit")
            if target != API + "Unit":
                result[side] = {"shape": self.name(target)}
        return result

    def service(self):
        """Return the whole model."""
        operations = {}
        for key, thing in self.ast.items():
            if thing["type"] == "operation":
                operations[self.names[key]] = self.operation(thing)
            elif thing["type"] != "service":
                self.shapes[self.names[key]] = self.shape(thing)
        return {"metadata": {"apiVersion": "protocol tests"},
                "operations": operations, "shapes": self.shapes}
