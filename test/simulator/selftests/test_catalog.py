"""test_catalog.py: metadata runs, products, search, projects, domains, tags.

The official SDK checks these from outside (test/conformance); here are the
corners that it does not reach.
"""
import unittest

from harness import DOMAIN, SimulatorTest, quote

META = DOMAIN + "/metadata-generation-runs"
PRODUCTS = DOMAIN + "/data-products"


class Metadata(SimulatorTest):
    def start(self, **more):
        return self.sim.post(META, dict({
            "owningProjectIdentifier": "prj_retail",
            "types": ["BUSINESS_NAMES"],
            "target": {"type": "ASSET", "identifier": "ast_orders"}},
            **more))

    def get(self, identifier):
        return self.sim.call("GET", META + "/" + identifier).json

    def test_life(self):
        run = self.start().json
        self.assertEqual(run["status"], "SUBMITTED")
        self.advance(3)
        self.assertEqual(self.get(run["id"])["status"], "IN_PROGRESS")
        self.advance(10)
        self.assertEqual(self.get(run["id"])["status"], "SUCCEEDED")

    def test_rules(self):
        self.sim.ask("POST", "metadata/rules", [
            {"target": "orders", "status": "FAILED", "count": 1},
            {"target": "orders", "status": "SUBMITTED"}])
        one, two = self.start().json["id"], self.start().json["id"]
        self.advance(1000)
        self.assertEqual(self.get(one)["status"], "FAILED")
        self.assertIn("errorMessage", self.get(one)["typeStats"][0])
        self.assertEqual(self.get(two)["status"], "SUBMITTED")

    def test_types(self):
        for more, status in (
                ({"types": ["BUSINESS_DESCRIPTIONS", "BUSINESS_NAMES",
                            "BUSINESS_GLOSSARY_ASSOCIATIONS"]}, 200),
                ({"types": None, "type": "BUSINESS_NAMES"}, 200),
                ({"types": None}, 400), ({"types": []}, 400),
                ({"types": ["POEMS"]}, 400),
                ({"owningProjectIdentifier": "prj_none"}, 404),
                ({"target": {"type": "ASSET"}}, 400)):
            self.assertEqual(self.start(**more).status, status, more)

    def test_list_filters(self):
        first = self.start().json["id"]
        self.advance(100)
        self.start(types=["BUSINESS_DESCRIPTIONS"])
        for query, count in (("", 2), ("?status=SUCCEEDED", 1),
                             ("?type=BUSINESS_DESCRIPTIONS", 1),
                             ("?targetIdentifier=ast_returns", 0)):
            items = self.sim.call("GET", META + query).json["items"]
            self.assertEqual(len(items), count, query)
        self.assertEqual(self.sim.call(
            "GET", META + "?status=SUCCEEDED").json["items"][0]["id"], first)

    def test_cancel(self):
        run = self.start().json["id"]
        target = META + "/" + run + "/cancel"
        self.assertEqual(self.sim.call("POST", target).body, b"{}")
        self.assert_refused(self.sim.call("POST", target), 400,
                            "ValidationException",
                            "The MetadataGenerationRun in CANCELED status "
                            "cannot be canceled.")
        self.assert_refused(
            self.sim.call("POST", META + "/none/cancel"), 404,
            "ResourceNotFoundException")


class Products(SimulatorTest):
    def test_epochs_are_numbers_in_both_forms(self):
        forms = {}
        for style in ("plain", "scientific"):
            self.sim.ask("POST", "settings", {"epoch_style": style})
            answer = self.sim.call("GET", PRODUCTS + "/dp_orders")
            forms[style] = answer.body.decode()
            self.assertEqual(answer.json["createdAt"], 1735806600.5)
        self.assertIn('"createdAt":1735806600.5,', forms["plain"])
        self.assertIn('"createdAt":1.7358066005E9,', forms["scientific"])

    def test_a_revision_holds_what_was_sent(self):
        answer = self.sim.post(PRODUCTS + "/dp_orders/revisions",
                               {"name": "Orders"})
        self.assertEqual((answer.status, answer.json["revision"]),
                         (201, "2"))
        self.assertNotIn("items", answer.json)
        first = self.sim.call("GET", PRODUCTS + "/dp_orders?revision=1").json
        self.assertEqual(len(first["items"]), 2)
        self.assert_refused(
            self.sim.call("GET", PRODUCTS + "/dp_orders?revision=9"), 404,
            "ResourceNotFoundException")

    def test_input(self):
        for body, words in (({}, "'name'"), ({"name": ""}, "'name'"),
                            ({"name": "x", "items": []}, "'items'"),
                            ({"name": "x", "glossaryTerms": ["a b"]},
                             "glossaryTerms.1.member"),
                            ({"name": "x", "formsInput": [{}]}, "formName"),
                            ({"name": "x", "clientToken": "é"},
                             "clientToken")):
            self.assert_refused(
                self.sim.post(PRODUCTS + "/dp_orders/revisions", body), 400,
                "ValidationException", words)


class Search(SimulatorTest):
    def search(self, **body):
        return self.sim.post(DOMAIN + "/search",
                             dict({"searchScope": "ASSET"}, **body))

    def names(self, **body):
        return [item["assetItem"]["name"]
                for item in self.search(**body).json["items"]]

    def test_filters(self):
        def where(attribute, value, operator="EQ"):
            return {"filter": {"attribute": attribute, "value": value,
                               "operator": operator}}
        self.assertEqual(self.names(filters=where("name", "orders")),
                         ["orders"])
        self.assertEqual(self.names(filters=where("name", "order",
                                                  "TEXT_SEARCH")),
                         ["orders", "order_lines"])
        self.assertEqual(self.names(filters=where("name", "f", "LT")),
                         ["customers"])
        self.assertEqual(self.names(filters=where("glossaryTerms",
                                                  "trm_order")), ["orders"])
        self.assertEqual(self.names(filters={"or": [
            where("name", "orders"), where("name", "returns")]}),
            ["orders", "returns"])
        self.assert_refused(self.search(filters={}), 400,
                            "ValidationException", "exactly one")

    def test_pages_of_a_sorted_search(self):
        seen, token = [], None
        while True:
            body = {"sort": {"attribute": "name", "order": "DESCENDING"},
                    "maxResults": 2}
            if token:
                body["nextToken"] = token
            answer = self.search(**body).json
            self.assertEqual(answer["totalMatchCount"], 7)
            seen += [i["assetItem"]["name"] for i in answer["items"]]
            token = answer.get("nextToken")
            if token is None:
                break
        self.assertEqual(seen, sorted(seen, reverse=True))
        self.assertEqual(len(seen), 7)

    def test_a_project_that_is_not_there(self):
        self.assert_refused(self.search(owningProjectIdentifier="prj_no"),
                            400, "ValidationException")


class Domains(SimulatorTest):
    ARN = "arn:aws:datazone:eu-west-1:123456789012:domain/dzd_simulator"

    def test_list_domains_has_pages_of_at_most_25(self):
        self.sim.ask("POST", "seed", {"domains": [
            {"id": "dzd_extra%d" % n} for n in range(40)]})
        answer = self.sim.call("GET", "/v2/domains")
        self.assertEqual(len(answer.json["items"]), 25)
        self.assertEqual(
            self.sim.call("GET", "/v2/domains?maxResults=26").status, 400)
        self.assertEqual(self.sim.call(
            "GET", "/v2/domains?status=DELETED").json["items"], [])

    def test_projects(self):
        made = self.sim.post(DOMAIN + "/projects", {
            "name": "New one", "resourceTags": {"a": "b"},
            "membershipAssignments": [{
                "member": {"userIdentifier": "u"},
                "designation": "PROJECT_OWNER"}]}).json
        self.assertEqual(self.sim.call(
            "GET", DOMAIN + "/projects/" + made["id"]).json, made)
        items = self.sim.call("GET", DOMAIN + "/projects?name="
                              + quote("New one")).json["items"]
        self.assertEqual([i["id"] for i in items], [made["id"]])
        self.assert_refused(
            self.sim.post(DOMAIN + "/projects", {
                "name": "x", "membershipAssignments": [{"member": {}}]}),
            400, "ValidationException", "2 validation errors")

    def test_tags(self):
        target = "/tags/" + quote(self.ARN)
        self.assertEqual(self.sim.post(target, {"tags": {
            "a b": "c+d", "e": ""}}).body, b"{}")
        self.assertEqual(self.sim.call("GET", target).json,
                         {"tags": {"a b": "c+d", "e": ""}})
        self.assertEqual(self.sim.call(
            "DELETE", target + "?tagKeys=e&tagKeys=a%20b").status, 200)
        self.assertEqual(self.sim.call("GET", target).json, {"tags": {}})
        for body, words in (({}, "'tags'"), ({"tags": {"a*": "b"}}, "'tags'"),
                            ({"tags": {"t%d" % n: "" for n in range(51)}},
                             "at most 50")):
            self.assert_refused(self.sim.post(target, body), 400,
                                "ValidationException", words)
        self.assert_refused(self.sim.call("GET", "/tags/nothing"), 400,
                            "ValidationException")
        self.assert_refused(self.sim.call("GET", target + "x"), 404,
                            "ResourceNotFoundException")

    def test_domain(self):
        domain = self.sim.call("GET", DOMAIN).json
        self.assertEqual(domain["arn"], self.ARN)
        self.assert_refused(self.sim.call("GET", "/v2/domains/dzd_none"),
                            403, "AccessDeniedException", "GetDomain")


if __name__ == "__main__":
    unittest.main()
