"""test_runs.py: data sources and the lives of their runs."""
import json
import unittest

from harness import DOMAIN, ORDERS, SimulatorTest, quote

RUN = DOMAIN + "/data-source-runs/"
SOURCES = DOMAIN + "/data-sources"


def runs_of(source):
    return SOURCES + "/" + source + "/runs"


class RunTest(SimulatorTest):
    def start(self, source="ds_orders", **body):
        return self.sim.post(runs_of(source), body)

    def run_status(self, identifier):
        return self.sim.call("GET", RUN + identifier).json

    def pages(self, target, **filters):
        """All items of a listing and the number of pages."""
        items, token, pages = [], None, 0
        while True:
            query = dict(filters)
            if token is not None:
                query["nextToken"] = token
            answer = self.sim.call("GET", target + "?" + "&".join(
                "%s=%s" % (name, quote(str(value)))
                for name, value in query.items()))
            self.assertEqual(answer.status, 200, answer.body)
            items += answer.json["items"]
            pages += 1
            token = answer.json.get("nextToken")
            if token is None:
                return items, pages


class Lifecycle(RunTest):
    def test_requested_running_success(self):
        self.sim.ask("POST", "runs/script", {
            "data_source": "ds_orders", "requested_seconds": 10,
            "running_seconds": 100, "outcomes": [{
                "status": "SUCCESS", "runStatisticsForAssets": {
                    "added": 4, "updated": 3, "unchanged": 2, "skipped": 1,
                    "failed": 0}}]})
        run = self.start().json
        self.assertEqual(run["status"], "REQUESTED")
        self.assertNotIn("startedAt", run)
        self.advance(9)
        self.assertEqual(self.run_status(run["id"])["status"], "REQUESTED")
        self.advance(2)
        running = self.run_status(run["id"])
        self.assertEqual(running["status"], "RUNNING")
        self.assertIn("startedAt", running)
        self.assertNotIn("stoppedAt", running)
        self.assertEqual(running["lineageSummary"],
                         {"importStatus": "IN_PROGRESS"})
        self.advance(100)
        done = self.run_status(run["id"])
        self.assertEqual(done["status"], "SUCCESS")
        self.assertEqual(done["runStatisticsForAssets"]["added"], 4)
        self.assertEqual(done["startedAt"], running["startedAt"])
        self.assertEqual(done["updatedAt"], done["stoppedAt"])
        self.assertEqual(done["lineageSummary"], {"importStatus": "SUCCESS"})
        self.assertNotIn("errorMessage", done)

    def test_scripted_ends_in_their_order(self):
        self.sim.ask("POST", "runs/script", {
            "data_source": "ds_orders", "requested_seconds": 0,
            "running_seconds": 1, "outcomes": [
                {"status": "FAILED", "errorMessage": {
                    "errorType": "THROTTLING_EXCEPTION",
                    "errorDetail": "because"}},
                {"status": "PARTIALLY_SUCCEEDED"},
                {"status": "RUNNING"}, {"status": "REQUESTED"}]})
        runs = [self.start().json["id"] for _ in range(4)]
        self.advance(10)
        found = [self.run_status(run) for run in runs]
        self.assertEqual([run["status"] for run in found],
                         ["FAILED", "PARTIALLY_SUCCEEDED", "RUNNING",
                          "REQUESTED"])
        self.assertEqual(found[0]["errorMessage"]["errorDetail"], "because")
        self.assertGreater(found[1]["runStatisticsForAssets"]["failed"], 0)

    def test_the_scale_of_time(self):
        self.sim.ask("POST", "runs/script", {
            "data_source": "ds_orders", "requested_seconds": 0,
            "running_seconds": 3600})
        run = self.start().json["id"]
        self.sim.ask("POST", "clock", {"scale": 36000})
        while self.run_status(run)["status"] == "RUNNING":
            pass
        stopped = self.run_status(run)["stoppedAt"]
        self.sim.ask("POST", "clock", {"scale": 1})
        self.assertEqual(self.run_status(run)["stoppedAt"], stopped)

    def test_source_is_running_meanwhile(self):
        self.start()
        source = self.sim.call("GET", SOURCES + "/ds_orders").json
        self.assertEqual(source["status"], "RUNNING")
        self.assertEqual(source["lastRunStatus"], "REQUESTED")
        self.advance(86400)
        source = self.sim.call("GET", SOURCES + "/ds_orders").json
        self.assertEqual(source["status"], "READY")
        self.assertIn("lastRunAssetCount", source)

    def test_runs_of_the_schedule(self):
        started = self.sim.ask("POST", "runs/start", {
            "data_sources": ["ds_orders", "ds_stores"],
            "outcome": {"status": "FAILED"}})["ids"]
        self.assertEqual(self.run_status(started[1])["type"], "SCHEDULED")
        self.advance(86400)
        self.assertEqual(self.run_status(started[1])["status"], "FAILED")
        self.assertEqual(self.sim.ask("GET", "effects")["effects"], [])

    def test_activities_match_statistics(self):
        self.sim.ask("POST", "runs/script", {
            "data_source": "ds_orders", "outcomes": [{
                "status": "PARTIALLY_SUCCEEDED", "runStatisticsForAssets": {
                    "added": 3, "updated": 2, "unchanged": 60, "skipped": 4,
                    "failed": 1}}]})
        run = self.start().json["id"]
        self.assertEqual(self.pages(RUN + run + "/activities")[0], [])
        self.advance(86400)
        items, pages = self.pages(RUN + run + "/activities")
        self.assertEqual((len(items), pages), (70, 2))
        items, _ = self.pages(RUN + run + "/activities", status="FAILED")
        self.assertEqual(len(items), 1)
        self.assertIn("errorMessage", items[0])


class Rules(RunTest):
    def test_client_tokens(self):
        first = self.start(clientToken="a")
        again = self.start(clientToken="a")
        self.assertEqual(first.body, again.body)
        self.assert_refused(self.start("ds_stores", clientToken="a"), 409,
                            "ConflictException")
        self.assertNotEqual(first.json["id"], self.start().json["id"])
        self.assertEqual(
            [e["client_token"] for e in
             self.sim.ask("GET", "effects?operation=StartDataSourceRun")[
                 "effects"]], ["a", None])
        log = self.sim.ask("GET", "log")["requests"]
        self.assertEqual([r["replayed"] for r in log],
                         [False, True, False, False])

    def test_a_token_can_be_forgotten(self):
        first = self.start(clientToken="a").json["id"]
        self.assertEqual(self.sim.ask("POST", "tokens/forget"),
                         {"forgotten": 1})
        self.assertNotEqual(self.start(clientToken="a").json["id"], first)

    def test_a_refused_call_does_not_use_its_token_up(self):
        self.assertEqual(self.start("ds_none", clientToken="t").status, 404)
        self.assertEqual(self.start("ds_orders", clientToken="t").status,
                         200)

    def test_twenty_five_runs_a_day(self):
        for _ in range(25):
            self.assertEqual(self.start().status, 200)
        self.assert_refused(self.start(), 402,
                            "ServiceQuotaExceededException")
        self.assertEqual(self.start("ds_stores").status, 200)
        self.advance(86400 - 60)
        self.assertEqual(self.start().status, 402)
        self.advance(120)
        self.assertEqual(self.start().status, 200)
        self.sim.ask("POST", "settings", {"runs_per_day": 0})
        for _ in range(30):
            self.assertEqual(self.start().status, 200)

    def test_a_replay_is_not_counted_as_a_run(self):
        for _ in range(40):
            self.assertEqual(self.start(clientToken="t").status, 200)

    def test_conflict_while_running(self):
        self.assertEqual(self.start().status, 200)
        self.assertEqual(self.start().status, 200)
        self.sim.ask("POST", "settings", {"conflict_while_running": True})
        self.assert_refused(self.start(), 409, "ConflictException",
                            "already running")

    def test_what_is_not_there(self):
        self.assert_refused(self.start("ds_none"), 404,
                            "ResourceNotFoundException")
        self.assert_refused(self.sim.call("GET", RUN + "none"), 404,
                            "ResourceNotFoundException")


class Pages(RunTest):
    def seed(self, count, **more):
        self.sim.ask("POST", "seed", {
            "data_sources": [{"id": "ds_paged"}],
            "runs": [dict({"data_source": "ds_paged", "count": count},
                          **more)]})

    def test_every_size(self):
        for count, pages in ((1, 1), (49, 1), (50, 1), (51, 2), (1003, 21)):
            self.sim.ask("POST", "reset", {})
            self.seed(count)
            items, seen = self.pages(runs_of("ds_paged"))
            self.assertEqual((len({i["id"] for i in items}), seen),
                             (count, pages))

    def test_orders(self):
        self.seed(120)
        by_time = [i["id"] for i in self.pages(runs_of("ds_paged"))[0]]
        for order, want in (("newest_first", by_time),
                            ("oldest_first", by_time[::-1])):
            self.sim.ask("POST", "settings", {"run_order": order})
            self.assertEqual([i["id"] for i in self.pages(
                runs_of("ds_paged"), maxResults=7)[0]], want)
        self.sim.ask("POST", "settings", {"run_order": "unordered"})
        mixed = [i["id"] for i in self.pages(runs_of("ds_paged"))[0]]
        self.assertEqual(sorted(mixed), sorted(by_time))
        self.assertNotIn(mixed, (by_time, by_time[::-1]))

    def test_styles(self):
        self.seed(100)
        for style, want in (("exact", 2), ("short", 4),
                            ("trailing_empty", 3)):
            self.sim.ask("POST", "settings", {"page_style": style})
            items, pages = self.pages(runs_of("ds_paged"))
            self.assertEqual((len(items), pages), (100, want), style)

    def test_new_runs_do_not_shift_a_listing(self):
        self.seed(60)
        first = self.sim.call("GET", runs_of("ds_paged")).json
        self.sim.ask("POST", "runs/start", {"data_sources": ["ds_paged"]})
        second = self.sim.call("GET", runs_of("ds_paged") + "?nextToken="
                               + quote(first["nextToken"])).json
        self.assertEqual(len(second["items"]), 10)
        self.assertEqual(len({i["id"] for i in first["items"]
                              + second["items"]}), 60)

    def test_by_state(self):
        self.seed(200, outcomes=[{"status": "SUCCESS"}, {"status": "FAILED"},
                                 {"status": "SUCCESS"},
                                 {"status": "PARTIALLY_SUCCEEDED"}])
        self.sim.ask("POST", "runs/start", {
            "data_sources": ["ds_paged"], "outcome": {"status": "RUNNING",
                                                      "requested_seconds": 0}
        })
        for status, count in (("SUCCESS", 100), ("FAILED", 50),
                              ("PARTIALLY_SUCCEEDED", 50), ("RUNNING", 1),
                              ("REQUESTED", 0)):
            items, _ = self.pages(runs_of("ds_paged"), status=status)
            self.assertEqual([i["status"] for i in items],
                             [status] * count)

    def test_a_token_of_other_filters_is_refused(self):
        token = self.sim.call("GET", ORDERS).json["nextToken"]
        for target in (ORDERS + "?status=SUCCESS&nextToken=",
                       runs_of("ds_clickstream") + "?nextToken="):
            self.assert_refused(self.sim.call("GET", target + quote(token)),
                                400, "ValidationException")
        answer = self.sim.call("GET", ORDERS + "?maxResults=3&nextToken="
                               + quote(token))
        self.assertEqual(len(answer.json["items"]), 3)

    def test_a_plus_that_was_not_encoded_is_a_plus(self):
        token = self.sim.call("GET", ORDERS).json["nextToken"]
        raw = token.replace("/", "%2F").replace("=", "%3D")
        self.assertIn("+", raw)
        wire = self.sim.wire()
        request = wire.request_bytes("GET", ORDERS + "?nextToken="
                                     + quote(token))
        wire.send(request.replace(quote(token).encode(), raw.encode()))
        self.assertEqual(wire.answer().status, 200)
        wire.close()


class Seed(RunTest):
    def test_the_retail_company(self):
        items, _ = self.pages(SOURCES, projectIdentifier="prj_retail")
        names = {i["dataSourceId"]: i["name"] for i in items}
        self.assertEqual(names["ds_orders"], "Orders (Redshift)")
        self.assertEqual(len(names), 8)
        runs, pages = self.pages(ORDERS)
        self.assertEqual((len(runs), pages), (137, 3))
        states = {run["status"] for run in runs}
        self.assertEqual(states, {"SUCCESS", "FAILED",
                                  "PARTIALLY_SUCCEEDED"})
        reasons = {run["errorMessage"]["errorDetail"] for run in runs
                   if run["status"] == "FAILED"}
        self.assertEqual(len(reasons), 7)

    def test_every_start_is_alike(self):
        first = self.pages(ORDERS)[0]
        self.sim.ask("POST", "reset", {})
        self.assertEqual(self.pages(ORDERS)[0], first)
        self.assertEqual(first[0]["createdAt"],
                         "2025-06-30T06:00:00.123456Z")

    def test_snapshot_is_a_string_of_json(self):
        run = self.run_status("run_orders_001")
        snapshot = json.loads(run["dataSourceConfigurationSnapshot"])
        self.assertIn("redshiftRunConfiguration", snapshot)


class Sources(RunTest):
    def create(self, **more):
        return self.sim.post(SOURCES, dict({
            "name": "New", "type": "GLUE",
            "projectIdentifier": "prj_retail"}, **more))

    def test_create_run_delete(self):
        made = self.create(clientToken="t")
        self.assertEqual(made.status, 201)
        identifier = made.json["id"]
        self.assertEqual(self.create(clientToken="t").json["id"], identifier)
        self.assert_refused(self.create(), 400, "ValidationException",
                            "already exists")
        self.assert_refused(self.start(identifier), 409, "ConflictException")
        self.advance(5)
        run = self.start(identifier).json
        gone = self.sim.call("DELETE", SOURCES + "/" + identifier)
        self.assertEqual((gone.status, gone.json["status"]),
                         (200, "DELETING"))
        for target in (SOURCES + "/" + identifier, RUN + run["id"]):
            self.assertEqual(self.sim.call("GET", target).status, 404)

    def test_filters(self):
        for query, count in (("type=GLUE", 5), ("status=READY", 8),
                             ("status=RUNNING", 0),
                             ("name=" + quote("Stores (Glue)"), 1),
                             ("environmentIdentifier=env_retail", 8),
                             ("connectionIdentifier=c", 0)):
            items = self.sim.call(
                "GET", SOURCES + "?projectIdentifier=prj_retail&" + query
            ).json["items"]
            self.assertEqual(len(items), count, query)

    def test_configuration_is_checked(self):
        for configuration, words in (
                ({}, "exactly one value set"),
                ({"glueRunConfiguration": {}}, "relationalFilterConfigur"),
                ({"glueRunConfiguration": {
                    "relationalFilterConfigurations": [],
                    "dataAccessRole": "me"}}, "dataAccessRole")):
            self.assert_refused(self.create(configuration=configuration),
                                400, "ValidationException", words)
        self.assert_refused(
            self.create(schedule={"timezone": "MARS", "schedule": "daily"}),
            400, "ValidationException", "2 validation errors")


if __name__ == "__main__":
    unittest.main()
