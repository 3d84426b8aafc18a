"""test_faults.py: which request meets a fault, and what the wire carries."""
import base64
import gzip
import json
import time
import unittest
import zlib

from harness import DOMAIN, ORDERS, SimulatorTest, event, until
from dzsim import fault_bodies  # noqa: F401  (adds its kinds)
from dzsim.fault_kinds import KINDS

EVENTS = DOMAIN + "/lineage/events"


class Rules(SimulatorTest):
    def statuses(self, count, target=ORDERS, **more):
        return [self.sim.call("GET", target, **more).status
                for _ in range(count)]

    def test_count_and_skip(self):
        self.sim.fault("internal", "ListDataSourceRuns", count=2, skip=1)
        self.assertEqual(self.statuses(5), [200, 500, 500, 200, 200])
        self.assertEqual(self.sim.ask("GET", "faults")["faults"][0]["hits"],
                         2)

    def test_without_end(self):
        self.sim.fault("throttle", count=None)
        self.assertEqual(self.statuses(5), [429] * 5)
        self.sim.ask("DELETE", "faults")
        self.assertEqual(self.statuses(1), [200])

    def test_one_rule_is_removed(self):
        ids = self.sim.ask("POST", "faults", [
            {"kind": "internal", "count": None},
            {"kind": "throttle", "count": None}])["ids"]
        self.assertEqual(self.statuses(1), [500])
        self.sim.ask("DELETE", "faults/%d" % ids[0])
        self.assertEqual(self.statuses(1), [429])
        self.assertEqual(self.sim.control("DELETE", "faults/99")[0], 404)

    def test_probability_repeats_with_its_seed(self):
        seen = []
        for _ in range(2):
            self.sim.ask("POST", "reset", {})
            self.sim.fault("internal", probability=0.3, seed=7)
            seen.append(self.statuses(100))
        self.assertEqual(seen[0], seen[1])
        self.assertTrue(15 < seen[0].count(500) < 45, seen[0].count(500))

    def test_a_draw_of_kinds(self):
        self.sim.ask("POST", "faults", {
            "kinds": ["throttle", "internal", "unavailable"], "count": None})
        self.assertEqual(set(self.statuses(60)), {429, 500, 503})

    def test_operations(self):
        self.sim.ask("POST", "faults", {
            "operations": ["GetProject", "PostLineageEvent"],
            "kind": "throttle", "count": None})
        self.assertEqual(self.statuses(1), [200])
        self.assertEqual(self.sim.call("POST", EVENTS, event()).status, 429)

    def test_matches(self):
        self.sim.ask("POST", "identities",
                     {"access_key": "AKIDB", "secret_key": "b"})
        for match, hit, miss in (
                ({"path": "ds_orders"}, (ORDERS, {}),
                 (ORDERS.replace("orders", "stores"), {})),
                ({"query": "maxResults=7"}, (ORDERS + "?maxResults=7", {}),
                 (ORDERS, {})),
                ({"identity": "AKIDB"},
                 (ORDERS, {"key": "AKIDB", "secret": "b"}), (ORDERS, {})),
                ({"attempt": 2},
                 (ORDERS, {"unsigned": {"amz-sdk-request":
                                        "attempt=2; max=3"}}),
                 (ORDERS, {"unsigned": {"amz-sdk-request":
                                        "attempt=1; max=3"}}))):
            self.sim.ask("DELETE", "faults")
            self.sim.fault("throttle", count=None, match=match)
            self.assertEqual(self.statuses(1, hit[0], **hit[1]), [429],
                             match)
            self.assertEqual(self.statuses(1, miss[0], **miss[1]), [200],
                             match)
        self.sim.ask("DELETE", "faults")
        self.sim.fault("throttle", count=None, match={"body": '"bad"'})
        self.assertEqual(self.sim.call("POST", EVENTS, event("bad")).status,
                         429)
        self.assertEqual(self.sim.call("POST", EVENTS, event("ok")).status,
                         200)

    def test_nonsense_is_refused(self):
        for rule in ({}, {"kind": "nonsense"}, {"kind": "drop", "typo": 1},
                     {"kind": "drop", "match": {"colour": "red"}}):
            status, answer = self.sim.control("POST", "faults", rule)
            self.assertEqual(status, 400, rule)
            self.assertTrue(answer["error"])

    def test_bad_signatures_meet_no_fault(self):
        self.sim.fault("throttle", count=1)
        self.assertEqual(self.sim.call("GET", ORDERS, secret="x").status,
                         403)
        self.assertEqual(self.statuses(1), [429])

    def test_effect_or_none(self):
        def accepted():
            return self.sim.ask("GET", "lineage?summary=1")["accepted"]
        for kind in ("throttle", "internal", "unavailable", "redirect"):
            self.sim.fault(kind)
            self.sim.call("POST", EVENTS, event())
        self.assertEqual(accepted(), 0)
        for kind in ("empty", "garbage", "html200", "truncated"):
            self.sim.fault(kind)
            self.sim.call("POST", EVENTS, event())
        self.assertEqual(accepted(), 4)
        self.sim.fault("internal", process=True)
        self.sim.fault("garbage", process=False)
        self.assertEqual(self.sim.call("POST", EVENTS, event()).status, 500)
        self.sim.call("POST", EVENTS, event())
        self.assertEqual(accepted(), 5)

    def test_the_log_names_the_fault(self):
        self.sim.fault("internal")
        self.statuses(2)
        log = self.sim.ask("GET", "log")["requests"]
        self.assertEqual([(r["status"], r["fault"]) for r in log],
                         [(500, "internal"), (200, None)])
        counts = self.sim.ask("GET", "statistics")["operations"]
        self.assertEqual(counts["ListDataSourceRuns"]["faults"],
                         {"internal": 1})


class Errors(SimulatorTest):
    def test_throttle(self):
        self.sim.fault("throttle", params={"retry_after_ms": 250})
        answer = self.sim.call("GET", ORDERS)
        self.assert_refused(answer, 429, "ThrottlingException")
        self.assertEqual(answer.headers["x-amz-retry-after"], "250")

    def test_error(self):
        self.sim.fault("error", params={
            "status": 402, "code": "ServiceQuotaExceededException",
            "message": "enough"})
        self.assert_refused(self.sim.call("GET", ORDERS), 402,
                            "ServiceQuotaExceededException", "enough")

    def test_unavailable_and_html200(self):
        self.sim.fault("unavailable")
        self.sim.fault("html200")
        for status in (503, 200):
            answer = self.sim.call("GET", ORDERS)
            self.assertEqual((answer.status, answer.headers["content-type"]),
                             (status, "text/html"))
            self.assertIn(b"<html>", answer.body)

    def test_answer(self):
        for params, body in (({"json": {"a": "é"}}, '{"a":"é"}'.encode()),
                             ({"body": "text"}, b"text"),
                             ({"body_base64": "AP8="}, b"\0\xff")):
            self.sim.fault("answer", params=dict(
                params, status=202, headers=[["X-Own", "1"]]))
            answer = self.sim.call("GET", "/any/path")
            self.assertEqual((answer.status, answer.headers["x-own"],
                              answer.body), (202, "1", body))

    def test_redirect(self):
        self.sim.fault("redirect", params={"location": "http://x/"})
        answer = self.sim.call("GET", ORDERS)
        self.assertEqual((answer.status, answer.headers["location"]),
                         (302, "http://x/"))


class Connections(SimulatorTest):
    def read_all(self, target=ORDERS):
        wire = self.sim.wire()
        wire.send(wire.request_bytes("GET", target))
        data = wire.read_all()
        wire.close()
        return data

    def parts(self, target=ORDERS):
        head, _, body = self.read_all(target).partition(b"\r\n\r\n")
        return head, body

    def test_drop(self):
        for kind in ("drop", "drop_after"):
            for params in ({}, {"reset": True}):
                self.sim.fault(kind, params=params)
                self.assertEqual(self.read_all(), b"")

    def test_half_body(self):
        whole = len(self.sim.call("GET", ORDERS).body)
        self.sim.fault("half_body")
        head, body = self.parts()
        self.assertIn(b"Content-Length: %d" % whole, head)
        self.assertEqual(len(body), whole // 2)

    def test_half_head(self):
        self.sim.fault("half_head")
        self.assertNotIn(b"\r\n\r\n", self.read_all())

    def test_chunked_and_cut(self):
        whole = self.sim.call("GET", ORDERS).body
        self.sim.fault("chunked", params={"size": 1000})
        self.sim.fault("close")
        wire = self.sim.wire()
        wire.send(wire.request_bytes("GET", ORDERS) * 2)
        data = wire.read_all()
        wire.close()
        head, _, rest = data.partition(b"\r\n\r\n")
        self.assertIn(b"Transfer-Encoding: chunked", head)
        body = b""
        while True:
            size, _, rest = rest.partition(b"\r\n")
            size = int(size, 16)
            body += rest[:size]
            rest = rest[size + 2:]
            if size == 0:
                break
        self.assertEqual(body, whole)
        self.sim.fault("chunked_cut")
        head, body = self.parts()
        self.assertFalse(body.endswith(b"0\r\n\r\n"))

    def test_close(self):
        for announce, word in ((True, b"Connection: close"),
                               (False, b"Connection: keep-alive")):
            self.sim.fault("close", params={"announce": announce})
            head, body = self.parts()
            self.assertIn(word, head)
            self.assertEqual(len(json.loads(body.decode())["items"]), 50)

    def test_http10(self):
        self.sim.fault("http10")
        head, body = self.parts()
        self.assertTrue(head.startswith(b"HTTP/1.0 200 "))
        self.assertNotIn(b"Content-Length", head)
        self.assertEqual(len(json.loads(body.decode())["items"]), 50)

    def test_raw(self):
        given = base64.b64encode(b"SSH-2.0-x\r\n").decode()
        self.sim.fault("raw", params={"base64": given})
        self.assertEqual(self.read_all(), b"SSH-2.0-x\r\n")

    def test_bad_headers(self):
        for variant, sign in (("long", b"X-Long: " + b"a" * 1048576),
                              ("no_colon", b"no colon\r\n"),
                              ("nul", b"a\0b"), ("control", b"\x01\x7f"),
                              ("folded", b"\r\n b\r\n"),
                              ("many", b"X-Many-19999"),
                              ("two_lengths", b"Content-Length: 1\r\n"),
                              ("status", b"HTTP/9.9 OK")):
            self.sim.ask("POST", "faults", [
                {"kind": "bad_headers", "params": {"variant": variant}},
                {"kind": "drop"}])
            wire = self.sim.wire()
            wire.send(wire.request_bytes("GET", ORDERS) * 2)
            self.assertIn(sign, wire.read_all(), variant)
            wire.close()


class Time(SimulatorTest):
    def test_slow(self):
        self.sim.fault("slow", params={"ms": 200})
        start = time.monotonic()
        self.assertEqual(self.sim.call("GET", ORDERS).status, 200)
        self.assertGreaterEqual(time.monotonic() - start, 0.2)

    def test_slow_does_not_delay_others(self):
        self.sim.fault("slow", params={"ms": 3000})
        slow, fast = self.sim.wire(), self.sim.wire()
        slow.send(slow.request_bytes("GET", ORDERS))
        until(lambda: self.sim.ask("GET", "statistics")["in_flight"] == 1,
              "the slow request")
        start = time.monotonic()
        self.assertEqual(fast.call("GET", ORDERS).status, 200)
        self.assertLess(time.monotonic() - start, 2)
        slow.close()
        fast.close()

    def test_slow_body(self):
        self.sim.fault("slow_body", params={"bytes": 5000, "ms": 20})
        start = time.monotonic()
        answer = self.sim.call("GET", ORDERS)
        self.assertEqual(len(answer.json["items"]), 50)
        steps = (len(answer.body) + 4999) // 5000
        self.assertGreaterEqual(time.monotonic() - start, 0.02 * steps)

    def test_stall_until_the_client_leaves(self):
        self.sim.fault("stall")
        wire = self.sim.wire()
        wire.send(wire.request_bytes("GET", ORDERS))
        until(lambda: self.sim.ask("GET", "statistics")["in_flight"] == 1,
              "the stalled request")
        log = self.sim.ask("GET", "log")["requests"]
        self.assertEqual((log[0]["fault"], log[0]["answered_us"]),
                         ("stall", None))
        wire.close()
        until(lambda: self.sim.ask("GET", "statistics")["in_flight"] == 0,
              "the client to be missed")
        self.assertTrue(self.sim.ask("GET", "log")["requests"][0][
            "client_gone"])

    def test_stall_with_an_end_and_a_head(self):
        self.sim.fault("stall", params={"seconds": 0.05, "head": True})
        wire = self.sim.wire()
        wire.send(wire.request_bytes("GET", ORDERS))
        self.assertTrue(wire.read_all().startswith(b"HTTP/1.1 200"))
        wire.close()

    def test_latency_of_everything(self):
        self.sim.ask("POST", "settings", {"latency_ms": 100})
        start = time.monotonic()
        self.sim.call("GET", ORDERS)
        self.assertGreaterEqual(time.monotonic() - start, 0.1)


class Bodies(SimulatorTest):
    def body(self, kind, target=ORDERS, **params):
        self.sim.fault(kind, params=params)
        return self.sim.call("GET", target).body

    def document(self, kind, target=ORDERS, **params):
        return json.loads(self.body(kind, target, **params).decode())

    def test_wrong_types(self):
        self.assertEqual(self.document("wrong_types")["items"], "not a list")
        items = self.document("wrong_types", member="createdAt",
                              value={})["items"]
        self.assertTrue(all(item["createdAt"] == {} for item in items))

    def test_whole_body(self):
        for value in (None, [], 1, "x", True):
            self.assertEqual(self.document("whole_body", value=value), value)

    def test_missing_required(self):
        self.assertNotIn("items", self.document("missing_required"))
        items = self.document("missing_required", member="status")["items"]
        self.assertFalse(any("status" in item for item in items))
        items = self.document("missing_required", member="id",
                              null=True)["items"]
        self.assertTrue(all(item["id"] is None for item in items))

    def test_repeat_token(self):
        self.sim.fault("repeat_token", count=None)
        token = self.sim.call("GET", ORDERS).json["nextToken"]
        quoted = token.replace("+", "%2B").replace("/", "%2F").replace(
            "=", "%3D")
        for _ in range(3):
            self.assertEqual(self.sim.call(
                "GET", ORDERS + "?nextToken=" + quoted).json["nextToken"],
                token)
        answer = self.sim.call("GET", ORDERS.replace("orders", "stores"))
        self.assertEqual(answer.json["nextToken"], "for ever the same")

    def test_strings_that_are_none(self):
        for kind, sign in (("nul", b"a\\u0000b"),
                           ("lone_surrogate", b"a\\ud800b"),
                           ("bad_utf8", b"a\xff\xc0\xafb"),
                           ("raw_control", b"a\x01\nb")):
            self.assertIn(sign, self.body(kind), kind)
            self.assertIn(b'"projectId":"' + sign,
                          self.body(kind, member="projectId"), kind)

    def test_deep(self):
        self.assertIn(b"[" * 100000 + b"]" * 100000, self.body("deep"))
        self.assertIn(b'{"a":' * 500,
                      self.body("deep", depth=500, objects=True))
        self.assertEqual(len(self.document("deep", depth=50)["items"]), 50)

    def test_huge(self):
        body = self.body("huge", mib=3)
        self.assertEqual(len(json.loads(body.decode())["huge"]),
                         3 * 1024 * 1024)
        self.sim.fault("huge", params={"endless": True})
        wire = self.sim.wire()
        wire.send(wire.request_bytes("GET", ORDERS))
        size = 0
        while size < 20 * 1024 * 1024:
            more = wire.sock.recv(1 << 20)
            self.assertTrue(more)
            size += len(more)
        wire.close()
        until(lambda: self.sim.ask("GET", "statistics")["in_flight"] == 0,
              "the end of the endless answer")

    def test_gzip(self):
        self.sim.fault("gzip")
        answer = self.sim.call("GET", ORDERS)
        self.assertEqual(answer.headers["content-encoding"], "gzip")
        self.assertEqual(len(json.loads(gzip.decompress(answer.body))[
            "items"]), 50)
        with self.assertRaises((EOFError, zlib.error)):
            gzip.decompress(self.body("gzip", broken=True))

    def test_gzip_bomb(self):
        packed = self.body("gzip_bomb", mib=8)
        self.assertLess(len(packed), 100000)
        document = json.loads(gzip.decompress(packed).decode())
        self.assertEqual(len(document["nextToken"]), 8 * 1024 * 1024)

    def test_smaller_ones(self):
        self.assertEqual(self.body("empty"), b"")
        self.assertEqual(len(self.body("garbage", bytes=77)), 77)
        with self.assertRaises(ValueError):
            self.document("truncated")
        with self.assertRaises(ValueError):
            self.document("trailing")
        self.assertIn(b'"items":null}',
                      self.body("duplicate_member", member="items"))
        self.sim.fault("content_type")
        self.assertEqual(self.sim.call("GET", ORDERS).headers[
            "content-type"], "text/plain")


class Every(SimulatorTest):
    def test_no_kind_is_a_bug_for_any_operation(self):
        """Each kind meets a listing, a payload, an error and no operation;
        tearDown looks for mistakes of the simulator itself."""
        for kind in sorted(KINDS):
            for method, target, body in (
                    ("GET", ORDERS, b""), ("GET", "/nothing", b""),
                    ("GET", DOMAIN + "/projects/none", b""),
                    ("POST", EVENTS, event())):
                self.sim.ask("POST", "faults", [
                    {"kind": kind, "params": {
                        "ms": 1, "bytes": 10000, "seconds": 0, "mib": 1,
                        "depth": 10}},
                    {"kind": "drop"}])
                wire = self.sim.wire()
                wire.send(wire.request_bytes(method, target, body) * 2)
                wire.read_all()
                wire.close()
        counts = self.sim.ask("GET", "statistics")
        self.assertEqual(counts["in_flight"], 0)


if __name__ == "__main__":
    unittest.main()
