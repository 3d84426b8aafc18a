"""test_lineage.py: lineage events: acceptance, verdicts, exactly once."""
import hashlib
import json
import unittest

from harness import DOMAIN, SimulatorTest, event, quote

EVENTS = DOMAIN + "/lineage/events"


class LineageTest(SimulatorTest):
    def post(self, body=None, token=None, query=None, **more):
        headers = {} if token is None else {"client-token": token}
        target = EVENTS
        if query is not None:
            target += "?clientToken=" + quote(query)
        return self.sim.call("POST", target,
                             event() if body is None else body,
                             headers=headers, **more)

    def listed(self, query=""):
        return self.sim.call("GET", EVENTS + query).json["items"]


class Acceptance(LineageTest):
    def test_bytes_come_back_as_they_went_in(self):
        body = event(extra="é\u2028", spaces="  ").replace(b", ", b" ,\n\t")
        posted = self.post(body).json
        self.assertRegex(posted["id"], "^[a-z0-9]{14}$")
        got = self.sim.call("GET", EVENTS + "/" + posted["id"])
        self.assertEqual(got.body, body)
        for name, value in (("domain-id", "dzd_simulator"),
                            ("id", posted["id"]),
                            ("processing-status", "REQUESTED"),
                            ("event-time", "Wed, 04 Mar 2026 05:06:07 GMT")):
            self.assertEqual(got.headers[name], value)
        self.assertRegex(got.headers["created-at"], " GMT$")
        self.assertTrue(got.headers["created-by"])

    def test_what_is_no_run_event(self):
        whole = json.loads(event())
        bad = [b"", b"x", b"[]", b'"a"', b"\xff", b"null"]
        for path in (("run",), ("job",), ("eventTime",), ("producer",),
                     ("schemaURL",), ("run", "runId"), ("job", "name"),
                     ("job", "namespace")):
            part = json.loads(event())
            holder = part if len(path) == 1 else part[path[0]]
            del holder[path[-1]]
            bad.append(json.dumps(part).encode())
        for change in ({"eventTime": "soon"}, {"eventType": "DONE"},
                       {"inputs": {}}, {"outputs": [{"name": "x"}]},
                       {"run": "r"}, {"producer": 1}):
            bad.append(json.dumps(dict(whole, **change)).encode())
        for body in bad:
            self.assert_refused(self.post(body), 400, "ValidationException")
        self.assertEqual(self.listed(), [])

    def test_size(self):
        pad = 300000 - len(event(pad=""))
        self.assertEqual(self.post(event(pad="x" * pad)).status, 200)
        self.assert_refused(self.post(event(pad="x" * (pad + 1))), 400,
                            "ValidationException", "300000")

    def test_tokens_of_header_and_query(self):
        first = self.post(token="t", query="t")
        for again in (self.post(token="t"), self.post(query="t"),
                      self.post(token="t", query="t")):
            self.assertEqual(again.body, first.body)
        self.assert_refused(self.post(token="t", query="u"), 400,
                            "ValidationException", "differ")
        self.assert_refused(self.post(event("other"), query="t"), 409,
                            "ConflictException")
        self.assert_refused(self.post(token="x" * 129), 400,
                            "ValidationException", "clientToken")
        self.assert_refused(self.post(query="é"), 400,
                            "ValidationException", "clientToken")
        self.assertEqual(len(self.listed()), 1)

    def test_without_a_token_each_post_is_an_event(self):
        self.assertNotEqual(self.post().json["id"], self.post().json["id"])

    def test_empty_answers_of_old(self):
        self.sim.ask("POST", "settings", {"lineage_empty_answer": True})
        answer = self.post()
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertEqual(len(self.listed()), 1)


class Verdicts(LineageTest):
    def statuses(self):
        return {item["eventSummary"]["openLineageRunEventSummary"]["job"][
            "name"]: item["processingStatus"] for item in self.listed()}

    def test_requested_processing_success(self):
        self.post(event("good"))
        self.assertEqual(self.statuses(), {"good": "REQUESTED"})
        self.advance(1.5)
        self.assertEqual(self.statuses(), {"good": "PROCESSING"})
        self.advance(2)
        self.assertEqual(self.statuses(), {"good": "SUCCESS"})

    def test_rules_decide(self):
        self.sim.ask("POST", "lineage/rules", [
            {"job_name": "^bad", "status": "FAILED", "count": 2},
            {"job_name": "stuck", "status": "PROCESSING"},
            {"run_id": "^never$", "status": "REQUESTED"},
            {"job_name": "slow", "processing_seconds": 500}])
        for name, run in (("bad1", "r"), ("bad2", "r"), ("bad3", "r"),
                          ("stuck", "r"), ("lost", "never"), ("slow", "r")):
            self.post(event(name, run))
        self.advance(100)
        self.assertEqual(self.statuses(), {
            "bad1": "FAILED", "bad2": "FAILED", "bad3": "SUCCESS",
            "stuck": "PROCESSING", "lost": "REQUESTED",
            "slow": "PROCESSING"})
        self.advance(1000)
        self.assertEqual(self.statuses()["slow"], "SUCCESS")

    def test_windows_and_order(self):
        marks = []
        for number in range(6):
            self.post(event("j%d" % number,
                            eventTime="2026-03-04T0%d:00:00Z"
                            % (9 - number)))
            marks.append(self.sim.ask("GET", "clock")["now_us"])
            self.advance(60)

        def names(query):
            return [item["eventSummary"]["openLineageRunEventSummary"]["job"]
                    ["name"] for item in self.listed(query)]

        self.assertEqual(names(""), ["j5", "j4", "j3", "j2", "j1", "j0"])
        self.assertEqual(names("?sortOrder=ASCENDING&timestampAfter=%.6f"
                               % (marks[2] / 1e6)), ["j3", "j4", "j5"])
        self.assertEqual(names("?timestampBefore=%.6f" % (marks[1] / 1e6)),
                         ["j1", "j0"])
        self.sim.ask("POST", "settings", {"lineage_window": "eventTime"})
        self.assertEqual(
            names("?sortOrder=ASCENDING&timestampAfter="
                  + quote("2026-03-04T06:00:00Z")),
            ["j3", "j2", "j1", "j0"])

    def test_pages(self):
        for number in range(120):
            self.post(event("j%d" % number), token="t%d" % number)
        for window in ("createdAt", "eventTime"):
            self.sim.ask("POST", "settings", {"lineage_window": window})
            seen, token = [], ""
            while token is not None:
                answer = self.sim.call("GET", EVENTS + "?maxResults=7"
                                       + token).json
                seen += [item["id"] for item in answer["items"]]
                token = answer.get("nextToken")
                token = token and "&nextToken=" + quote(token)
            self.assertEqual((len(seen), len(set(seen))), (120, 120))


class ExactlyOnce(LineageTest):
    def test_arrivals_and_acceptance_are_told_apart(self):
        self.sim.fault("throttle", "PostLineageEvent")
        self.sim.fault("drop_after", "PostLineageEvent")
        body = event("x")
        self.assertEqual(self.post(body, "a").status, 429)
        with self.assertRaises(ConnectionError):
            self.post(body, "a")
        self.assertEqual(self.post(body, "a").status, 200)
        self.post(event("y"), "b")
        found = self.sim.ask("GET", "lineage?bodies=1")["events"]
        self.assertEqual([(e["client_token"], e["arrivals"], e["job"]["name"])
                          for e in found], [("a", 2, "x"), ("b", 1, "y")])
        self.assertEqual(found[0]["sha256"],
                         hashlib.sha256(body).hexdigest())
        self.assertEqual(found[0]["body"].encode(), body)
        summary = self.sim.ask("GET", "lineage?summary=1")
        self.assertEqual(
            (summary["accepted"], summary["tokens"], summary["arrivals"],
             summary["accepted_twice"]), (2, 2, 3, []))

    def test_every_kind_of_failure_and_still_once(self):
        """A stubborn client that repeats itself, against a service that
        fails in ten ways: each event is accepted once, in order."""
        self.sim.ask("POST", "faults", {
            "operation": "PostLineageEvent", "probability": 0.3, "seed": 3,
            "kinds": ["throttle", "internal", "unavailable", "drop",
                      "drop_after", "half_body", "chunked_cut", "garbage",
                      "empty", "truncated"]})
        wire, tries = self.sim.wire(), 0
        for number in range(300):
            while True:
                tries += 1
                try:
                    answer = wire.call(
                        "POST", EVENTS, event("j%d" % number),
                        headers={"client-token": "t%d" % number})
                    if answer.status == 200 and answer.json["id"]:
                        break
                except (OSError, ValueError):
                    wire.close()
                    wire = self.sim.wire()
        wire.close()
        summary = self.sim.ask("GET", "lineage?summary=1")
        self.assertEqual((summary["accepted"], summary["tokens"],
                          summary["accepted_twice"]), (300, 300, []))
        self.assertGreater(summary["arrivals"], 300)
        self.assertGreater(tries, summary["arrivals"])
        jobs = [e["job"]["name"]
                for e in self.sim.ask("GET", "lineage")["events"]]
        self.assertEqual(jobs, ["j%d" % n for n in range(300)])

    def test_a_forgotten_token_shows_as_accepted_twice(self):
        self.post(token="a")
        self.sim.ask("POST", "tokens/forget")
        self.post(token="a")
        self.assertEqual(self.sim.ask("GET", "lineage?summary=1")[
            "accepted_twice"], ["a"])


if __name__ == "__main__":
    unittest.main()
