"""test_control.py: the side door: log, counts, seeds, settings, reset."""
import hashlib
import json
import os
import tempfile
import time
import unittest

from harness import (DOMAIN, ORDERS, Simulator, SimulatorTest, event, quote,
                     until)

from dzsim.clock import parse_iso


class Log(SimulatorTest):
    def test_in_brief(self):
        self.sim.call("GET", ORDERS + "?status=RUNNING")
        (record,) = self.sim.ask("GET", "log?brief=1")["requests"]
        self.assertEqual((record["operation"], record["target"],
                          record["status"], record["fault"]),
                         ("ListDataSourceRuns", ORDERS + "?status=RUNNING",
                          200, None))
        self.assertGreaterEqual(record["answered_us"], record["received_us"])
        self.assertNotIn("headers", record)

    def test_a_request_as_it_was_sent(self):
        wire = self.sim.wire()
        body = event("x")
        wire.call("POST", DOMAIN + "/lineage/events?clientToken=a%20b", body,
                  unsigned={"User-Agent": "me", "amz-sdk-request":
                            "attempt=2; max=3"})
        record = self.sim.ask("GET", "log")["requests"][0]
        headers = dict((n.lower(), v) for n, v in record["headers"])
        self.assertEqual(record["operation"], "PostLineageEvent")
        self.assertEqual(record["method"], "POST")
        self.assertEqual(record["target"], DOMAIN
                         + "/lineage/events?clientToken=a%20b")
        self.assertEqual(record["path"], DOMAIN + "/lineage/events")
        self.assertEqual(record["query"], [["clientToken", "a b"]])
        self.assertEqual(record["body"].encode(), body)
        self.assertEqual((record["attempt"], record["signature"],
                          record["identity"]), (2, "ok", "AKIDEXAMPLE"))
        self.assertEqual(headers["user-agent"], "me")
        self.assertEqual(headers["host"], wire.host)
        self.assertIn("Signature=", headers["authorization"])
        self.assertEqual((record["status"], record["code"]),
                         (400, "ValidationException"))
        now = time.time() * 1e6
        self.assertLess(abs(record["received_us"] - now), 60e6)
        self.assertGreaterEqual(record["answered_us"], record["received_us"])
        wire.close()

    def test_filters(self):
        for _ in range(3):
            self.sim.call("GET", ORDERS)
        self.sim.call("GET", DOMAIN)
        self.sim.call("GET", DOMAIN + "/projects/none")

        def count(query):
            return len(self.sim.ask("GET", "log?" + query)["requests"])

        self.assertEqual(count(""), 5)
        self.assertEqual(count("operation=ListDataSourceRuns"), 3)
        self.assertEqual(count("status=404"), 1)
        self.assertEqual(count("limit=2"), 2)
        last = self.sim.ask("GET", "log")["last_sequence"]
        self.assertEqual(count("since=%d" % (last - 1)), 1)
        self.assertNotIn("body", self.sim.ask("GET", "log?bodies=0")[
            "requests"][0])
        self.sim.ask("DELETE", "log")
        self.assertEqual(count(""), 0)

    def test_binary_bodies_are_base64(self):
        self.sim.call("POST", DOMAIN + "/lineage/events", b"\xff\0")
        record = self.sim.ask("GET", "log")["requests"][0]
        self.assertEqual(record["body_base64"], "/wA=")
        self.assertIsNone(record["body"])

    def test_limits(self):
        self.sim.ask("POST", "settings", {"log_limit": 3})
        for _ in range(5):
            self.sim.call("GET", ORDERS)
        log = self.sim.ask("GET", "log")
        self.assertEqual((len(log["requests"]), log["dropped"]), (3, 2))
        self.sim.ask("POST", "settings", {"log": False})
        self.sim.call("GET", ORDERS)
        self.assertEqual(self.sim.ask("GET", "log")["last_sequence"],
                         log["last_sequence"] + 1)
        self.assertEqual(len(self.sim.ask("GET", "log")["requests"]), 3)

    def test_bodies_can_be_left_out(self):
        self.sim.ask("POST", "settings", {"log_bodies": False})
        answer = self.sim.call("POST", DOMAIN + "/lineage/events", event())
        self.assertEqual(answer.status, 200)
        until(lambda: self.sim.ask("GET", "log")["requests"][0]["body"]
              == "", "the body to be dropped")

    def test_counts(self):
        wires = [self.sim.wire() for _ in range(3)]
        self.sim.fault("slow", params={"ms": 50}, count=3)
        for wire in wires:
            wire.send(wire.request_bytes("GET", ORDERS))
        for wire in wires:
            self.assertEqual(wire.answer().status, 200)
        self.assertEqual(wires[0].call("GET", "/x").status, 404)
        counts = self.sim.ask("GET", "statistics")
        self.assertEqual(counts["requests"], 4)
        self.assertEqual(counts["peak_in_flight"], 3)
        self.assertEqual(counts["connections_opened"], 3)
        self.assertEqual(counts["operations"]["ListDataSourceRuns"],
                         {"total": 3, "statuses": {"200": 3},
                          "faults": {"slow": 3}})
        self.assertEqual(counts["operations"]["unknown"]["statuses"],
                         {"404": 1})
        for wire in wires:
            wire.close()
        self.sim.ask("DELETE", "statistics")
        self.assertEqual(self.sim.ask("GET", "statistics")["requests"], 0)


class Settings(SimulatorTest):
    def test_unknown_ones_are_refused(self):
        status, answer = self.sim.control("POST", "settings", {"x": 1})
        self.assertEqual((status, answer["error"]),
                         (400, "ValueError: unknown setting \"x\""))
        self.assertEqual(self.sim.control("GET", "nothing")[0], 404)
        self.assertEqual(self.sim.control("GET", "faults/x")[0], 404)

    def test_faults_that_are_none(self):
        for fault in ({"kind": "x"}, {"kind": "throttle", "count": "all"},
                      {"kind": "throttle", "skip": "1"}, {"count": 1}):
            with self.subTest(fault=fault):
                self.assertEqual(self.sim.control("POST", "faults", fault)[0],
                                 400)
        self.assertEqual(self.sim.ask("GET", "faults")["faults"], [])

    def test_rate_limits(self):
        self.sim.ask("POST", "settings",
                     {"rate_limits": {"ListDataSourceRuns": 5}})
        wire = self.sim.wire()
        statuses = [wire.call("GET", ORDERS).status for _ in range(20)]
        self.assertEqual(statuses[:5], [200] * 5)
        self.assertIn(429, statuses)
        self.assertEqual(wire.call("GET", DOMAIN).status, 200)
        until(lambda: wire.call("GET", ORDERS).status == 200,
              "the bucket to fill")
        wire.close()

    def test_reset(self):
        self.sim.ask("POST", "settings", {"runs_per_day": 1})
        self.sim.ask("POST", "clock", {"offset_seconds": 900, "scale": 7})
        self.sim.fault("throttle", count=None)
        self.sim.post(ORDERS, {})
        self.sim.ask("POST", "reset", {"seed": "empty"})
        self.assertEqual(self.sim.ask("GET", "settings")["runs_per_day"], 25)
        clock = self.sim.ask("GET", "clock")
        self.assertEqual((clock["offset_seconds"], clock["scale"]), (0, 0))
        self.assertEqual(self.sim.ask("GET", "faults")["faults"], [])
        self.assertEqual(self.sim.ask("GET", "runs")["runs"], [])
        self.assertEqual(self.sim.call("GET", ORDERS).status, 403)


class Seeds(SimulatorTest):
    def test_ten_thousand_data_sources(self):
        start = time.monotonic()
        added = self.sim.ask("POST", "seed", {
            "domains": [{"id": "dzd_big", "name": "Big"}],
            "data_sources": [{
                "domain": "dzd_big", "project": "prj_big", "count": 10000,
                "id": "ds_%05d", "name": "Source %d", "type": "GLUE",
                "runs": 2, "running_seconds": 30}]})
        self.assertEqual(added["data_sources"], 10000)
        started = self.sim.ask("POST", "runs/start", {
            "domain": "dzd_big", "fraction": 0.01, "seed": 5})["ids"]
        self.assertEqual(len(started), 100)
        self.assertEqual(len(self.sim.ask("GET", "runs?domain=dzd_big")[
            "runs"]), 20100)
        self.assertLess(time.monotonic() - start, 20)
        base = "/v2/domains/dzd_big/data-sources"
        wire = self.sim.wire()
        token, seen = "", 0
        while token is not None:
            answer = wire.call("GET", base + "?projectIdentifier=prj_big"
                               + token).json
            seen += len(answer["items"])
            token = answer.get("nextToken")
            token = token and "&nextToken=" + quote(token)
        wire.close()
        self.assertEqual(seen, 10000)

    def test_fifty_thousand_old_runs_cost_a_page(self):
        self.sim.ask("POST", "seed", {
            "data_sources": [{"id": "ds_old"}],
            "runs": [{"data_source": "ds_old", "count": 50000}]})
        self.sim.ask("POST", "runs/start", {"data_sources": ["ds_old"]})
        wire = self.sim.wire()
        target = ORDERS.replace("orders", "old")
        start = time.monotonic()
        for _ in range(100):
            self.assertEqual(len(wire.call(
                "GET", target + "?status=REQUESTED").json["items"]), 1)
            self.assertEqual(len(wire.call(
                "GET", target + "?status=RUNNING").json["items"]), 0)
            wire.call("GET", target)
        self.assertLess(time.monotonic() - start, 10)
        wire.close()

    def test_everything_that_a_document_may_hold(self):
        self.sim.ask("POST", "seed", {
            "settings": {"runs_per_day": 3},
            "projects": [{"id": "prj_n", "name": "N"}],
            "assets": [{"id": "ast_n", "table": "a.b", "project": "prj_n"}],
            "data_products": [{"id": "dp_n", "members": {"name": "N"}}],
            "data_sources": [{"id": "ds_n", "project": "prj_n",
                              "name": "100 %"}],
            "runs": [{"data_source": "ds_n", "count": 2, "id": "run_n_%d",
                      "last": "2026-01-02T03:04:05Z", "every_seconds": 60,
                      "outcomes": [{"status": "FAILED"}]}],
            "identities": [{"access_key": "AKIDN", "secret_key": "n"}],
            "faults": [{"kind": "throttle"}],
            "lineage_rules": [{"status": "FAILED"}],
            "metadata_rules": [{"status": "FAILED"}]})
        who = {"key": "AKIDN", "secret": "n"}
        self.assertEqual(self.sim.call("GET", DOMAIN, **who).status, 429)
        runs = self.sim.call("GET", ORDERS.replace("orders", "n"),
                             **who).json["items"]
        self.assertEqual([(r["id"], r["status"], r["createdAt"])
                          for r in runs],
                         [("run_n_2", "FAILED", "2026-01-02T03:04:05Z"),
                          ("run_n_1", "FAILED", "2026-01-02T03:03:05Z")])
        self.assertEqual(self.sim.call(
            "GET", DOMAIN + "/data-sources/ds_n").json["name"], "100 %")
        for path in ("/projects/prj_n", "/data-products/dp_n"):
            self.assertEqual(self.sim.call("GET", DOMAIN + path).status, 200)

    def test_a_document_that_makes_no_sense(self):
        for document in ({"nonsense": []}, {"settings": {"x": 1}},
                         {"runs": [{"data_source": "no", "count": 1}]},
                         {"data_sources": [{"id": "a", "domain": "no"}]},
                         {"faults": [{"kind": "x"}]}):
            self.assertEqual(self.sim.control("POST", "seed", document)[0],
                             400, document)


class Truth(SimulatorTest):
    def test_runs_as_they_are(self):
        started = self.sim.post(ORDERS, {"clientToken": "t"}).json["id"]
        self.advance(86400)
        runs = {run["id"]: run for run in self.sim.ask(
            "GET", "runs?domain=dzd_simulator&data_source=ds_orders")["runs"]}
        self.assertEqual(len(runs), 138)
        own = runs[started]
        self.assertEqual((own["clientToken"], own["startedBy"]),
                         ("t", "user_dexample"))
        answer = self.sim.call("GET", DOMAIN + "/data-source-runs/"
                               + started).json
        self.assertEqual({k: v for k, v in own.items()
                          if k not in ("clientToken", "startedBy")}, answer)

    def test_runs_in_short(self):
        self.sim.post(ORDERS, {"clientToken": "t"})
        address = "runs?domain=dzd_simulator&data_source=ds_orders"
        requested = self.sim.ask("GET", address + "&summary=1")
        self.assertEqual((requested["count"],
                          requested["statuses"]["REQUESTED"]), (138, 1))
        self.advance(86400)
        ended = self.sim.ask("GET", address + "&summary=1")
        self.assertNotEqual(ended["digest"], requested["digest"])
        self.assertNotIn("REQUESTED", ended["statuses"])
        lines = sorted("%s|%s|%d\n" % (run["id"], run["status"],
                                       parse_iso(run["updatedAt"]))
                       for run in self.sim.ask("GET", address)["runs"])
        self.assertEqual(ended["digest"], hashlib.sha256(
            "".join(lines).encode()).hexdigest())


class Files(unittest.TestCase):
    def test_state_and_log_files(self):
        with tempfile.TemporaryDirectory() as directory:
            state = os.path.join(directory, "state.json")
            log = os.path.join(directory, "log.jsonl")
            with open(state, "w", encoding="utf-8") as file:
                json.dump({"data_sources": [{"id": "ds_file", "runs": 3}]},
                          file)
            sim = Simulator("--state", state, "--log", log)
            try:
                answer = sim.call("GET", ORDERS.replace("orders", "file"))
                self.assertEqual(len(answer.json["items"]), 3)
            finally:
                sim.stop()
            with open(log, encoding="utf-8") as file:
                lines = [json.loads(line) for line in file]
            self.assertEqual([line["status"] for line in lines], [200])

    def test_empty(self):
        sim = Simulator("--empty")
        try:
            self.assertEqual(sim.call("GET", "/v2/domains").json["items"],
                             [])
        finally:
            sim.stop()


if __name__ == "__main__":
    unittest.main()
