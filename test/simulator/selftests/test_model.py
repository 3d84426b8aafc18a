"""test_model.py: the simulator against the service's public model.

Needs the model, in DATAZONE_SHARED; without it every test is reported as
skipped.  Checked are routes, places, names and constraints of every input
member, and the answers of every operation: members that must be there, no
member that is not in the model, types, patterns, forms of timestamps.
"""
import json
import os
import re
import unittest

from harness import DOMAIN, ORDERS, SimulatorTest, event, quote
from dzsim import registry, service  # noqa: F401  (fills the registry)
from dzsim import shapes as s
from dzsim.clock import parse_iso

SHARED = os.environ.get("DATAZONE_SHARED")
KINDS = {"string": s.Str, "integer": s.Int, "long": s.Int, "boolean": s.Bool,
         "timestamp": s.Time, "blob": s.Blob, "list": s.List, "map": s.Map}
# The API reference shows a success with three types where the model says two.
EXCEPTIONS = {"StartMetadataGenerationRun.types": (1, 3)}


def load():
    path = os.path.join(SHARED, "data", "datazone", "service-2.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


@unittest.skipUnless(SHARED, "DATAZONE_SHARED is not set: no public model")
class Inputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model = load()

    def test_every_operation(self):
        self.assertEqual(len(registry.OPERATIONS), 28)
        for name, entry in sorted(registry.OPERATIONS.items()):
            with self.subTest(name):
                self.check_operation(name, entry)

    def check_operation(self, name, entry):
        operation = self.model["operations"][name]
        http = operation["http"]
        self.assertEqual((entry.method, entry.uri, entry.status),
                         (http["method"], http["requestUri"],
                          http["responseCode"]))
        given = self.model["shapes"][operation["input"]["shape"]]
        own = {member.name: member for member in entry.members}
        own.pop("clientTokenQuery", None)
        self.assertEqual(set(own), set(given["members"]))
        for member, about in given["members"].items():
            place = {"uri": "label", "querystring": "query",
                     "header": "header"}.get(about.get("location"), "body")
            if given.get("payload") == member:
                place = "payload"
            self.assertEqual(
                (own[member].place, own[member].wire, own[member].required,
                 own[member].token),
                (place, about.get("locationName", member),
                 member in given.get("required", ()),
                 about.get("idempotencyToken", False)))
            self.check_shape("%s.%s" % (name, member), own[member].shape,
                             about["shape"], 0)

    def check_shape(self, path, shape, name, depth):
        if depth > 12:
            return
        about = self.model["shapes"][name]
        if isinstance(shape, s.Recursive):
            shape = shape.target
        kind = KINDS.get(about["type"]) or (
            s.Union if about.get("union") else s.Struct)
        self.assertIs(type(shape), kind, path)
        limits = EXCEPTIONS.get(path, (about.get("min"), about.get("max")))
        if kind is s.Str:
            self.assertEqual((shape.words, set(shape.enum or ())),
                             (about.get("pattern"),
                              set(about.get("enum", ()))), path)
        if kind in (s.Str, s.Int, s.List, s.Map):
            self.assertEqual((shape.low, shape.high), limits, path)
        if kind is s.Blob:
            self.assertEqual(shape.high, about["max"], path)
        self.check_parts(path, shape, about, depth + 1)

    def check_parts(self, path, shape, about, depth):
        if isinstance(shape, s.List):
            self.check_shape(path + "[]", shape.member,
                             about["member"]["shape"], depth)
        elif isinstance(shape, s.Map):
            self.check_shape(path + ".key", shape.key, about["key"]["shape"],
                             depth)
            self.check_shape(path + ".value", shape.value,
                             about["value"]["shape"], depth)
        elif isinstance(shape, s.Struct):
            self.assertEqual(set(shape.members), set(about["members"]), path)
            self.assertEqual(set(shape.required),
                             set(about.get("required", ())), path)
            for member, inner in about["members"].items():
                self.check_shape(path + "." + member, shape.members[member],
                                 inner["shape"], depth)


class Checker:
    """Compares a value of an answer with a shape of the model."""

    def __init__(self, model):
        self.shapes = model["shapes"]

    def check(self, path, value, name):
        about = self.shapes[name]
        getattr(self, "check_" + about["type"])(path, value, about)

    def fail(self, path, value, why):
        raise AssertionError("%s: %s: %r" % (path, why, value))

    def check_structure(self, path, value, about):
        if not isinstance(value, dict):
            self.fail(path, value, "no object")
        for name in about.get("required", ()):
            if name not in value:
                self.fail(path, value, "no member " + name)
        for name, inner in value.items():
            if name not in about["members"]:
                self.fail(path, name, "unknown member")
            self.check(path + "." + name, inner,
                       about["members"][name]["shape"])
        if about.get("union") and len(value) != 1:
            self.fail(path, value, "not one member of a union")

    def check_list(self, path, value, about):
        if not isinstance(value, list):
            self.fail(path, value, "no list")
        self.check_size(path, value, about)
        for number, item in enumerate(value):
            self.check("%s[%d]" % (path, number), item,
                       about["member"]["shape"])

    def check_map(self, path, value, about):
        for key, item in value.items():
            self.check(path, key, about["key"]["shape"])
            self.check(path, item, about["value"]["shape"])

    def check_string(self, path, value, about):
        if not isinstance(value, str):
            self.fail(path, value, "no string")
        self.check_size(path, value, about)
        if "pattern" in about and not re.fullmatch(about["pattern"], value,
                                                   re.ASCII):
            self.fail(path, value, "not like " + about["pattern"])
        if "enum" in about and value not in about["enum"]:
            self.fail(path, value, "not in the enum")

    def check_size(self, path, value, about):
        # An empty list stands for "none" in the service's answers, too.
        if len(value) > about.get("max", len(value)) or (
                value and len(value) < about.get("min", 0)):
            self.fail(path, value, "wrong size")

    def check_integer(self, path, value, about):
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail(path, value, "no integer")

    check_long = check_integer

    def check_boolean(self, path, value, about):
        if not isinstance(value, bool):
            self.fail(path, value, "no boolean")

    def check_timestamp(self, path, value, about):
        if about.get("timestampFormat") == "iso8601":
            if not isinstance(value, str) or parse_iso(value) is None:
                self.fail(path, value, "no ISO 8601 moment")
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            self.fail(path, value, "no epoch number")


@unittest.skipUnless(SHARED, "DATAZONE_SHARED is not set: no public model")
class Answers(SimulatorTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = load()

    def setUp(self):
        super().setUp()
        self.seen = set()

    def check(self, name, target, method="GET", document=None, raw=b""):
        """Call an operation and check its answer; gives the document."""
        if document is not None:
            answer = self.sim.post(target, document)
        else:
            answer = self.sim.call(method, target, raw)
        operation = self.model["operations"][name]
        self.assertEqual(answer.status, operation["http"]["responseCode"],
                         answer.body)
        Checker(self.model).check(name, answer.json,
                                  operation["output"]["shape"])
        self.seen.add(name)
        return answer.json

    def test_every_operation(self):
        self.check_runs()
        self.check_sources()
        self.check_lineage()
        self.check_metadata()
        self.check_products()
        self.check_the_rest()
        self.assertEqual(self.seen | {"GetLineageEvent"},
                         set(registry.OPERATIONS))

    def check_runs(self):
        run = self.check("StartDataSourceRun", ORDERS, document={})["id"]
        one = DOMAIN + "/data-source-runs/"
        for seconds in (0, 10, 10000):
            self.advance(seconds)
            self.check("GetDataSourceRun", one + run)
            self.check("ListDataSourceRuns", ORDERS)
        for status in ("FAILED", "PARTIALLY_SUCCEEDED", "SUCCESS"):
            items = self.check("ListDataSourceRuns",
                               ORDERS + "?status=" + status)["items"]
            self.check("ListDataSourceRunActivities",
                       one + items[0]["id"] + "/activities")

    def check_sources(self):
        base = DOMAIN + "/data-sources"
        self.check("ListDataSources", base + "?projectIdentifier=prj_retail")
        for name in ("ds_orders", "ds_returns", "ds_stores"):
            self.check("GetDataSource", base + "/" + name)
        made = self.check("CreateDataSource", base, document={
            "name": "n", "type": "GLUE", "projectIdentifier": "prj_retail",
            "schedule": {"timezone": "UTC",
                         "schedule": "cron(0 6 * * ? *)"},
            "assetFormsInput": [{"formName": "F", "content": "{}"}],
            "configuration": {"glueRunConfiguration": {
                "relationalFilterConfigurations": [
                    {"databaseName": "d"}]}}})
        self.check("DeleteDataSource", base + "/" + made["id"]
                   + "?retainPermissionsOnRevokeFailure=false", "DELETE")

    def check_lineage(self):
        base = DOMAIN + "/lineage/events"
        self.check("PostLineageEvent", base, "POST", raw=event(
            inputs=[{"namespace": "n", "name": "i"}]))
        for seconds in (0, 2, 10):
            self.advance(seconds)
            self.check("ListLineageEvents", base)

    def check_metadata(self):
        base = DOMAIN + "/metadata-generation-runs"
        document = {"owningProjectIdentifier": "prj_retail",
                    "types": ["BUSINESS_NAMES"],
                    "target": {"type": "ASSET", "identifier": "ast_orders"}}
        self.sim.ask("POST", "metadata/rules",
                     {"status": "PARTIALLY_SUCCEEDED", "count": 1})
        runs = [self.check("StartMetadataGenerationRun", base,
                           document=document)["id"] for _ in range(2)]
        self.check("CancelMetadataGenerationRun",
                   base + "/" + runs[1] + "/cancel", "POST")
        for seconds in (0, 5, 100):
            self.advance(seconds)
            self.check("ListMetadataGenerationRuns", base)
            self.check("GetMetadataGenerationRun", base + "/" + runs[0])

    def check_products(self):
        base = DOMAIN + "/data-products"
        made = self.check("CreateDataProduct", base, document={
            "name": "n", "owningProjectIdentifier": "prj_retail",
            "description": "d", "glossaryTerms": ["trm_order"],
            "formsInput": [{"formName": "F", "typeIdentifier": "T"}],
            "items": [{"itemType": "ASSET", "identifier": "ast_orders"}]})
        one = base + "/" + made["id"]
        self.check("CreateDataProductRevision", one + "/revisions",
                   document={"name": "m"})
        self.check("GetDataProduct", one + "?revision=1")
        self.check("ListDataProductRevisions", one + "/revisions")

    def check_the_rest(self):
        for scope in ("ASSET", "GLOSSARY", "GLOSSARY_TERM", "DATA_PRODUCT"):
            self.check("Search", DOMAIN + "/search", document={
                "searchScope": scope, "searchText": "o",
                "additionalAttributes": ["FORMS", "TEXT_MATCH_RATIONALE"]})
        made = self.check("CreateProject", DOMAIN + "/projects", document={
            "name": "n", "resourceTags": {"a": "b"}})
        self.check("GetProject", DOMAIN + "/projects/" + made["id"])
        self.check("ListProjects", DOMAIN + "/projects")
        domain = self.check("GetDomain", DOMAIN)
        self.check("ListDomains", "/v2/domains")
        tags = "/tags/" + quote(domain["arn"])
        self.check("TagResource", tags, document={"tags": {"a": "b"}})
        self.check("ListTagsForResource", tags)
        self.check("UntagResource", tags + "?tagKeys=a", "DELETE")


if __name__ == "__main__":
    unittest.main()
