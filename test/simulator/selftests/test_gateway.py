"""test_gateway.py: signatures, identities, routes and input, on the wire."""
import datetime
import json
import unittest

from harness import DOMAIN, ORDERS, SimulatorTest, event


class Signatures(SimulatorTest):
    def test_signed_requests_pass(self):
        self.assertEqual(self.sim.call("GET", ORDERS).status, 200)

    def test_every_answer_has_a_request_id_and_a_date(self):
        for answer in (self.sim.call("GET", ORDERS),
                       self.sim.call("GET", ORDERS, secret="wrong"),
                       self.sim.call("GET", "/nothing")):
            self.assertRegex(answer.headers["x-amzn-requestid"],
                             r"^[0-9a-f-]{36}$")
            self.assertRegex(answer.headers["date"], r" GMT$")

    def test_without_a_signature(self):
        wire = self.sim.wire()
        wire.send(("GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % ORDERS).encode())
        self.assert_refused(wire.answer(), 403,
                            "MissingAuthenticationTokenException")
        wire.close()

    def test_unknown_key(self):
        self.assert_refused(self.sim.call("GET", ORDERS, key="AKIDOTHER"),
                            403, "UnrecognizedClientException")

    def test_wrong_secret_repeats_the_canonical_request(self):
        answer = self.sim.call("GET", ORDERS + "?maxResults=5",
                               secret="wrong")
        self.assert_refused(answer, 403, "InvalidSignatureException",
                            "does not match the signature you provided")
        self.assertIn("maxResults=5", answer.json["message"])
        self.sim.ask("POST", "settings", {"canonical_in_errors": False})
        answer = self.sim.call("GET", ORDERS, secret="wrong")
        self.assertNotIn("x-amz-date", answer.json["message"])

    def test_wrong_scope(self):
        self.assert_refused(self.sim.call("GET", ORDERS, region="us-east-1"),
                            403, "InvalidSignatureException",
                            "Credential should be scoped to a valid region, "
                            "not 'us-east-1'.")
        self.assert_refused(self.sim.call("GET", ORDERS, service="sts"),
                            403, "InvalidSignatureException",
                            "correct service: 'datazone'")
        self.assert_refused(
            self.sim.call("GET", ORDERS, date="20200101T000000Z"), 403,
            "InvalidSignatureException", "Date in Credential scope")

    def test_clock_skew_of_five_minutes(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        for minutes, words in ((-6, "Signature expired: "), (-4, None),
                               (4, None), (6, "Signature not yet current: ")):
            answer = self.sim.call(
                "GET", ORDERS,
                now=now + datetime.timedelta(minutes=minutes))
            if words is None:
                self.assertEqual(answer.status, 200, minutes)
            else:
                self.assert_refused(answer, 403, "InvalidSignatureException",
                                    words)

    def test_the_clock_can_be_wrong(self):
        self.sim.ask("POST", "clock", {"offset_seconds": 600})
        answer = self.sim.call("GET", ORDERS)
        self.assert_refused(answer, 403, "InvalidSignatureException",
                            "Signature expired: ")
        self.sim.ask("POST", "settings", {"max_skew_seconds": 900})
        self.assertEqual(self.sim.call("GET", ORDERS).status, 200)
        self.sim.ask("POST", "clock", {"offset_seconds": 0,
                                       "advance_seconds": 86400})
        self.assertEqual(self.sim.call("GET", ORDERS).status, 200)

    def test_a_changed_request_is_refused(self):
        wire = self.sim.wire()
        good = wire.request_bytes("POST", ORDERS, b'{"clientToken":"a"}',
                                  headers={"content-type":
                                           "application/json"})
        for old, new in ((b'"a"}', b'"b"}'), (b"ds_orders", b"ds_stores"),
                         (b"application/json", b"application/yaml"),
                         (b"POST", b"PUT"), (b"/runs HTTP", b"/runs?a HTTP")):
            self.assertIn(old, good)
            wire.send(good.replace(old, new, 1))
            self.assert_refused(wire.answer(), 403,
                                "InvalidSignatureException")
        wire.close()

    def test_headers_that_must_be_signed(self):
        answer = self.sim.call("GET", ORDERS, unsigned={
            "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41"
                                    "e4649b934ca495991b7852b855"})
        self.assert_refused(answer, 403, "InvalidSignatureException",
                            "'x-amz-content-sha256' must be a 'SignedHeader'")
        answer = self.sim.call("GET", ORDERS, headers={
            "x-amz-content-sha256": "00"})
        self.assert_refused(answer, 403, "InvalidSignatureException",
                            "does not match the body")

    def test_malformed_authorization(self):
        for value, words in (("Basic abc", "algorithm"),
                             ("AWS4-HMAC-SHA256 Credential=a/b/c/d/e",
                              "requires 'Signature'"),
                             ("AWS4-HMAC-SHA256 Credential=a, "
                              "SignedHeaders=host, Signature=0",
                              "5 slash-delimited")):
            wire = self.sim.wire()
            wire.send(("GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s"
                       "\r\n\r\n" % (ORDERS, value)).encode())
            self.assert_refused(wire.answer(), 400,
                                "IncompleteSignatureException", words)
            wire.close()


class Identities(SimulatorTest):
    options = ("--access-key", "AKIDONE", "--secret-key", "one",
               "--access-key", "ASIATWO", "--secret-key", "two",
               "--session-token", "tok+en/=", "--region", "eu-central-1")

    def test_identities_and_region_of_the_command_line(self):
        for more, status in (
                ({"key": "AKIDONE", "secret": "one"}, 200),
                ({"key": "ASIATWO", "secret": "two",
                  "token": "tok+en/="}, 200),
                ({"key": "ASIATWO", "secret": "two"}, 403),
                ({"key": "ASIATWO", "secret": "two", "token": "other"}, 403),
                ({"key": "AKIDONE", "secret": "one", "token": "x"}, 403),
                ({}, 403)):
            answer = self.sim.call("GET", ORDERS, region="eu-central-1",
                                   **more)
            self.assertEqual(answer.status, status, more)

    def test_identities_of_the_control_api(self):
        self.sim.ask("POST", "identities", [
            {"access_key": "AKIDR", "secret_key": "r",
             "denied": ["StartDataSourceRun"]},
            {"access_key": "AKIDU", "secret_key": "u", "unauthorized": True},
            {"access_key": "AKIDE", "secret_key": "e", "expired": True}])

        def call(method, who):
            return self.sim.call(method, ORDERS, region="eu-central-1",
                                 key="AKID" + who.upper(), secret=who)

        self.assertEqual(call("GET", "r").status, 200)
        self.assert_refused(call("POST", "r"), 403, "AccessDeniedException",
                            "User is not permitted to perform operation: "
                            "StartDataSourceRun")
        self.assert_refused(call("GET", "u"), 401, "UnauthorizedException")
        self.assert_refused(call("GET", "e"), 403, "ExpiredTokenException",
                            "expired")
        self.sim.ask("POST", "reset", {})
        self.assert_refused(call("GET", "r"), 403,
                            "UnrecognizedClientException")


class Routes(SimulatorTest):
    def test_unknown_operations(self):
        for method, path in (("GET", "/v2/domains/dzd_simulator/nothing"),
                             ("PUT", ORDERS), ("GET", "/")):
            self.assert_refused(self.sim.call(method, path), 404,
                                "UnknownOperationException")

    def test_labels_are_decoded(self):
        answer = self.sim.call("GET", DOMAIN + "/data%2Dsources/x")
        self.assertEqual(answer.code, "UnknownOperationException")
        answer = self.sim.call("GET", "/v2/domains/dzd%5Fsimulator")
        self.assertEqual(answer.json["id"], "dzd_simulator")

    def test_a_missing_domain_is_not_found_by_permission(self):
        self.assert_refused(
            self.sim.call("GET", ORDERS.replace("dzd_sim", "dzd_x")), 403,
            "AccessDeniedException", "User is not permitted to perform "
            "operation: ListDataSourceRuns")

    def test_where_the_code_of_an_error_stands(self):
        for style, header, body in (
                ("header", "ResourceNotFoundException", {}),
                ("header_uri", "ResourceNotFoundException:http", {}),
                ("body_type", None,
                 {"__type": "com.amazonaws.datazone#"
                            "ResourceNotFoundException"}),
                ("body_code", None, {"code": "ResourceNotFoundException"})):
            self.sim.ask("POST", "settings", {"error_style": style})
            answer = self.sim.call("GET", DOMAIN + "/projects/nothing")
            self.assertEqual(answer.status, 404)
            if header is None:
                self.assertIsNone(answer.code)
            else:
                self.assertTrue(answer.code.startswith(header))
            self.assertEqual({k: v for k, v in answer.json.items()
                              if k != "message"}, body)


class Input(SimulatorTest):
    def test_constraints_of_query_and_label(self):
        for target, words in (
                (ORDERS + "?maxResults=0", "Value at 'maxResults' failed to "
                 "satisfy constraint: Member must be between 1 and 50"),
                (ORDERS + "?maxResults=51", "between 1 and 50"),
                (ORDERS + "?status=DONE", "enum value set: [REQUESTED"),
                (ORDERS + "?nextToken=", "have length between 1 and 8192"),
                (ORDERS + "?nextToken=abc", "Invalid nextToken"),
                (ORDERS.replace("dzd_simulator", "simulator"),
                 "Value at 'domainIdentifier' failed to satisfy constraint: "
                 "Member must satisfy regular expression pattern: "
                 "dzd[-_][a-zA-Z0-9_-]{1,36}"),
                (DOMAIN + "/data-sources", "Value at 'projectIdentifier' "
                 "failed to satisfy constraint: Member must not be null")):
            self.assert_refused(self.sim.call("GET", target), 400,
                                "ValidationException", words)

    def test_all_problems_are_counted(self):
        answer = self.sim.call("GET", ORDERS + "?maxResults=0&status=x")
        self.assertTrue(answer.json["message"].startswith(
            "2 validation errors detected: "))

    def test_bodies_that_cannot_be_read(self):
        headers = {"content-type": "application/json"}
        for body in (b"{", b"[]", b"nul", b"\xff{}", b'{"name":NaN}',
                     b'{"name":1}', b'{"a":' * 100000):
            answer = self.sim.call("POST", DOMAIN + "/projects", body,
                                   headers=headers)
            self.assert_refused(answer, 400, "SerializationException")

    def test_a_deep_filter_is_refused_and_not_fatal(self):
        clause = {"filter": {"attribute": "name", "value": "x"}}
        for _ in range(300):
            clause = {"and": [clause]}
        answer = self.sim.post(DOMAIN + "/search",
                               {"searchScope": "ASSET", "filters": clause})
        self.assertIn(answer.status, (200, 400))

    def test_content_type_of_json(self):
        answer = self.sim.call("POST", DOMAIN + "/projects", b"{}",
                               headers={"content-type": "text/plain"})
        self.assert_refused(answer, 415, "UnsupportedMediaTypeException")
        answer = self.sim.call("POST", DOMAIN + "/lineage/events", event())
        self.assertEqual(answer.status, 200)

    def test_null_is_absent_and_unknown_members_are_ignored(self):
        answer = self.sim.post(DOMAIN + "/projects", {
            "name": "P", "description": None, "unknown": [1]})
        self.assertEqual(answer.status, 201)
        self.assertNotIn("description", answer.json)

    def test_nested_paths_are_named(self):
        answer = self.sim.post(
            DOMAIN + "/data-products/dp_orders/revisions",
            {"name": "x", "items": [{"itemType": "TABLE",
                                     "identifier": "a b"}]})
        message = answer.json["message"]
        self.assertIn("Value at 'items.1.member.itemType'", message)
        self.assertIn("Value at 'items.1.member.identifier'", message)


class Http(SimulatorTest):
    def test_keep_alive_and_pipelining(self):
        wire = self.sim.wire()
        one = wire.request_bytes("GET", ORDERS + "?maxResults=1")
        two = wire.request_bytes("GET", ORDERS + "?maxResults=2")
        wire.send(one + two + one[:30])
        self.assertEqual(len(wire.answer().json["items"]), 1)
        self.assertEqual(len(wire.answer().json["items"]), 2)
        wire.send(one[30:])
        self.assertEqual(len(wire.answer().json["items"]), 1)
        wire.close()
        counts = self.sim.ask("GET", "statistics")
        self.assertEqual((counts["requests"], counts["connections_opened"]),
                         (3, 1))

    def test_chunked_requests(self):
        wire = self.sim.wire()
        body = event()
        raw = wire.request_bytes("POST", DOMAIN + "/lineage/events", body)
        head = raw[:-len(body)].replace(
            b"Content-Length: %d" % len(body), b"Transfer-Encoding: chunked")
        wire.send(head + b"%x;x=y\r\n" % 10 + body[:10])
        wire.send(b"\r\n%x\r\n" % (len(body) - 10) + body[10:]
                  + b"\r\n0\r\nTrailer: x\r\n\r\n")
        self.assertEqual(wire.answer().status, 200)
        wire.close()

    def test_connection_close_is_honoured(self):
        wire = self.sim.wire()
        wire.send(wire.request_bytes("GET", ORDERS,
                                     unsigned={"Connection": "close"}))
        self.assertEqual(wire.answer().status, 200)
        self.assertEqual(wire.read_all(), b"")
        wire.close()

    def test_expect_continue(self):
        wire = self.sim.wire()
        body = event()
        raw = wire.request_bytes("POST", DOMAIN + "/lineage/events", body,
                                 unsigned={"Expect": "100-continue"})
        wire.send(raw[:-len(body)])
        self.assertEqual(wire.answer().status, 100)
        wire.send(body)
        self.assertEqual(wire.answer().status, 200)
        wire.close()

    def test_what_is_not_http(self):
        for raw, status in ((b"hello\r\n\r\n", 400),
                            (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
                            (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                             400),
                            (b"GET / HTTP/1.1\r\nContent-Length: "
                             b"99999999999\r\n\r\n", 413),
                            (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked"
                             b"\r\n\r\nzz\r\n", 400),
                            (b"GET / HTTP/1.1\r\nA: " + b"x" * 70000, 431),
                            (b"\x16\x03\x01\x02\x00\x01", 400)):
            wire = self.sim.wire()
            wire.send(raw)
            self.assertEqual(wire.answer().status, status)
            wire.close()
        self.assertEqual(self.sim.ask("GET", "statistics")["malformed"], 7)

    def test_raw_bytes_in_targets_survive(self):
        target = DOMAIN + "/projects?maxResults=%FF%00"
        answer = self.sim.call("GET", target)
        self.assert_refused(answer, 400, "SerializationException")
        log = self.sim.ask("GET", "log")["requests"]
        self.assertEqual(log[0]["target"], target)
        json.dumps(log)


if __name__ == "__main__":
    unittest.main()
