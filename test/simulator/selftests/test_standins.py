"""The stand-ins for sources of credentials: refusals first."""
import datetime
import json
import os
import subprocess
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request

import harness

PROGRAM = os.path.join(harness.HOME, "identity_standins.py")
ROLE = "arn:aws:iam::111122223333:role/etl"
TTL = "x-aws-ec2-metadata-token-ttl-seconds"
TOKEN = "x-aws-ec2-metadata-token"
ROLES = "/latest/meta-data/iam/security-credentials/"


class StandinsTest(unittest.TestCase):
    """Plain requests by urllib, signed ones by the harness's own signer."""

    @classmethod
    def setUpClass(cls):
        cls.process = subprocess.Popen(
            [sys.executable, "-B", PROGRAM, "--parent-pid",
             str(os.getpid())], stdout=subprocess.PIPE, text=True)
        cls.url = cls.process.stdout.readline().strip()
        cls.side = cls.process.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        cls.process.wait()
        cls.process.stdout.close()

    def ask(self, method, path, headers=None, body=None):
        """(status, text) of a request."""
        request = urllib.request.Request(self.url + path, body, headers or {},
                                         method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def control(self, method, name, given=None):
        """A control request's answer."""
        request = urllib.request.Request(
            f"{self.side}/{name}",
            None if given is None else json.dumps(given).encode(),
            method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def sts(self, secret=harness.SECRET, service="sts", **given):
        """A signed request to STS."""
        given = {"Action": "AssumeRole", "Version": "2011-06-15",
                 "RoleArn": ROLE, "RoleSessionName": "test", **given}
        body = urllib.parse.urlencode(given).encode()
        now = datetime.datetime.now(datetime.timezone.utc)
        headers = {"host": self.url.partition("//")[2],
                   "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ"),
                   "content-type": "application/x-www-form-urlencoded"}
        headers["authorization"] = harness.sign(
            "POST", "/", headers, body, secret=secret, service=service)
        return self.ask("POST", "/", headers, body)

    def test_sts_refuses(self):
        """Wrong secret, service, role, session, duration, external id."""
        for code, given in (
                ("SignatureDoesNotMatch", {"secret": "wrong"}),
                ("SignatureDoesNotMatch", {"service": "datazone"}),
                ("ValidationError", {"RoleArn": "role"}),
                ("ValidationError", {"RoleSessionName": "a b"}),
                ("ValidationError", {"DurationSeconds": "60"}),
                ("ValidationError", {"ExternalId": "a b"}),
                ("ValidationError", {"Version": "2012-10-17"}),
                ("ValidationError", {"Unknown": "x"}),
                ("InvalidAction", {"Action": "GetFederationToken"})):
            status, text = self.sts(**given)
            self.assertGreaterEqual(status, 400)
            self.assertIn(f"<Code>{code}</Code>", text)

    def test_sts_heeds_trust(self):
        """A role that trusts others, or wants an external id."""
        self.control("POST", "settings", {"roles": {
            ROLE: {"external_id": "right", "trusts": [harness.KEY]}}})
        self.assertIn("AccessDenied", self.sts()[1])
        self.assertIn("AccessDenied", self.sts(ExternalId="wrong")[1])
        self.assertEqual(self.sts(ExternalId="right")[0], 200)
        self.control("POST", "settings", {"roles": {
            ROLE: {"trusts": ["AKIDOTHER"]}}})
        self.assertIn("AccessDenied", self.sts()[1])
        self.control("POST", "settings", {"roles": {}})

    def test_sts_wants_a_signature(self):
        """AssumeRole unsigned; and what must be unsigned, signed."""
        status, text = self.ask(
            "POST", "/", {"content-type": "application/x-www-form-urlencoded"},
            b"Action=AssumeRole&Version=2011-06-15")
        self.assertEqual(status, 403)
        self.assertIn("MissingAuthenticationToken", text)
        self.assertEqual(self.sts(Action="AssumeRoleWithWebIdentity",
                                  WebIdentityToken="abcd")[0], 400)

    def test_imds_wants_a_token(self):
        """No token, a wrong one, a forgotten one, version 1, a proxy."""
        self.assertEqual(self.ask("GET", ROLES)[0], 401)
        self.assertEqual(self.ask("GET", ROLES, {TOKEN: "x"})[0], 401)
        self.assertEqual(self.ask("PUT", "/latest/api/token")[0], 400)
        self.assertEqual(self.ask("PUT", "/latest/api/token",
                                  {TTL: "21601"})[0], 400)
        self.assertEqual(self.ask("PUT", "/latest/api/token", {
            TTL: "60", "X-Forwarded-For": "10.0.0.1"})[0], 403)
        token = self.ask("PUT", "/latest/api/token", {TTL: "60"})[1]
        self.assertEqual(self.ask("GET", ROLES, {TOKEN: token}),
                         (200, "instance-role"))
        self.assertEqual(self.ask("GET", ROLES + "other",
                                  {TOKEN: token})[0], 404)
        self.control("POST", "imds/forget", {})
        self.assertEqual(self.ask("GET", ROLES, {TOKEN: token})[0], 401)

    def test_each_fetch_gives_other_keys(self):
        """And the control API knows them."""
        token = self.ask("PUT", "/latest/api/token", {TTL: "60"})[1]
        got = [json.loads(self.ask("GET", ROLES + "instance-role",
                                   {TOKEN: token})[1]) for _ in range(2)]
        self.assertNotEqual(got[0]["AccessKeyId"], got[1]["AccessKeyId"])
        known = {key["access_key"]: key["secret_key"]
                 for key in self.control("GET", "keys")["keys"]}
        for keys in got:
            self.assertEqual(known[keys["AccessKeyId"]],
                             keys["SecretAccessKey"])

    def test_container_and_portal_want_their_tokens(self):
        """A wrong one is 401, another role is 403."""
        self.control("POST", "settings", {"container_authorization": "a",
                                          "sso_token": "b"})
        self.assertEqual(self.ask("GET", "/container")[0], 401)
        self.assertEqual(self.ask("GET", "/container",
                                  {"Authorization": "a"})[0], 200)
        path = "/federation/credentials?account_id=111122223333&role_name="
        bearer = "x-amz-sso_bearer_token"
        self.assertEqual(self.ask("GET", path + "Reader")[0], 401)
        self.assertEqual(self.ask("GET", path + "Other", {bearer: "b"})[0],
                         403)
        self.assertEqual(self.ask("GET", path + "Reader", {bearer: "b"})[0],
                         200)


if __name__ == "__main__":
    unittest.main()
