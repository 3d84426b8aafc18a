"""test_sigv4.py: dzsim/sigv4.py against vectors.

The vectors below are the project's own requests, signed by the official SDK
for JavaScript.  Where DATAZONE_SHARED names a directory with public vectors,
all of those are checked, too; without it they are reported as skipped.
"""
import glob
import hashlib
import json
import os
import unittest
import urllib.parse

from harness import quote
from dzsim import sigv4

SHARED = os.environ.get("DATAZONE_SHARED")
TIME = "20260203T040506Z"
ARN = "arn%3Aaws%3Adatazone%3Aeu-west-1%3A123456789012%3Adomain%2Fdzd_a"
# name, method, path, query, body, headers, signature
OWN = (
    ("no query", "GET", "/v2/domains/dzd_a/projects", "", "", {},
     "d6b46a3343ed0f9b9be80f221d13940b8c5cadc8dfa0027972507b18ee4dcb2a"),
    ("query", "GET", "/v2/domains/dzd_a/data-sources",
     "status=FAILED&nextToken=a%2Bb%2Fc%3D%20d~&empty=&name="
     + quote("Zoë & Søn"), "", {},
     "975faa429072a8b7ee4a266944ddfe3e3200f9e1e5ac67b77dd60b177590e643"),
    ("repeated names and an ARN in the path", "DELETE", "/tags/" + ARN,
     "tagKeys=b&tagKeys=a&tagKeys=a%20b", "", {},
     "90fc3e1f68019d2d80dc634de1b024fa992ebea7660b4214bea4298d3fad7d5b"),
    ("body", "POST", "/v2/domains/dzd_a/data-sources/ds/runs", "",
     '{"clientToken":"é"}', {"content-type": "application/json"},
     "83c2ef59f7b1ce042010d5c23ab0868737ceb19e5cff581fb29f5b19a338bb96"),
    ("session token and a token in query and header", "POST",
     "/v2/domains/dzd_a/lineage/events", "clientToken=t%21~",
     '{"eventType":"COMPLETE"}',
     {"client-token": "t!~", "x-amz-security-token": "SESSION/+="},
     "989f2596938cac67d56f4a79bfdf28ed3e58e50fac99c3aa22cd153124524a3f"),
    ("white space in a header", "GET", "/v2/domains/dzd_a", "", "",
     {"x-note": "  a   b  c "},
     "f378b2036f107832c6a182f400d29bce07cf0fb4a900fdab61896eeb0c9be393"),
)


def compute(secret, scope, timestamp, method, path, query, headers, body,
            signed, **how):
    """(canonical request, string to sign, signature)."""
    canonical = sigv4.canonical_request(
        method, path, query, headers, signed,
        hashlib.sha256(body).hexdigest(), **how)
    text = sigv4.string_to_sign(timestamp, "/".join(scope), canonical)
    key = sigv4.signing_key(secret, *scope[:3])
    return canonical, text, sigv4.signature(key, text)


class OwnVectors(unittest.TestCase):
    def test_signatures(self):
        for name, method, path, query, body, more, want in OWN:
            headers = dict(more, host="datazone.example")
            headers["x-amz-date"] = TIME
            with self.subTest(name):
                got = compute("own+secret/1234",
                              ["20260203", "eu-west-1", "datazone",
                               "aws4_request"], TIME, method, path, query,
                              list(headers.items()), body.encode(),
                              sorted(headers))
                self.assertEqual(got[2], want)


class Canonical(unittest.TestCase):
    def test_path_is_encoded_twice(self):
        self.assertEqual(sigv4.canonical_path("/tags/a%3Ab%2Fc"),
                         "/tags/a%253Ab%252Fc")
        self.assertEqual(sigv4.canonical_path("/é~"), "/%C3%A9~")

    def test_path_is_normalised(self):
        for given, want in (("", "/"), ("/", "/"), ("/a/./b", "/a/b"),
                            ("/a/../b/", "/b/"), ("//a//b", "/a/b"),
                            ("/..", "/"), ("/a/.", "/a/"), ("/a/..", "/"),
                            ("/a.b/..c", "/a.b/..c")):
            with self.subTest(given):
                self.assertEqual(sigv4.canonical_path(given), want)

    def test_query_is_sorted_by_name_then_value(self):
        self.assertEqual(sigv4.canonical_query("a-b=1&a=2&a=1&B=&c"),
                         "B=&a=1&a=2&a-b=1&c=")

    def test_query_decodes_once_and_keeps_a_raw_plus(self):
        self.assertEqual(sigv4.canonical_query("a=b+c%2B%20%e9"),
                         "a=b%2Bc%2B%20%E9")
        self.assertEqual(sigv4.canonical_query("a=%zz%4"), "a=%25zz%254")

    def test_repeated_headers_are_joined(self):
        self.assertEqual(
            sigv4.canonical_headers([("a", " x  y "), ("b", "1"),
                                     ("a", "z")], ["a", "b"]),
            "a:x y,z\nb:1\n")


def parse_request(text):
    """Leniently: (method, raw target, [(lower name, value)], body)."""
    head, _, body = text.partition("\n\n")
    lines = head.split("\n")
    first = lines[0].rpartition(" HTTP/1.1")[0]
    method, _, target = first.partition(" ")
    headers = []
    for line in lines[1:]:
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0],
                           headers[-1][1] + " " + line.strip())
        elif line:
            name, _, value = line.partition(":")
            headers.append((name.lower(), value))
    return method, target, headers, body


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


@unittest.skipUnless(SHARED, "DATAZONE_SHARED is not set: public vectors")
class SharedVectors(unittest.TestCase):
    def test_signature_suite(self):
        cases = sorted(glob.glob(os.path.join(SHARED, "data", "sigv4-suite",
                                              "*", "context.json")))
        self.assertEqual(len(cases), 38)
        for path in cases:
            directory = os.path.dirname(path)
            with self.subTest(os.path.basename(directory)):
                self.check_case(directory, json.loads(read(path)))

    def check_case(self, directory, context):
        method, target, headers, body = parse_request(
            read(directory, "request.txt"))
        body = body.encode()
        credentials = context["credentials"]
        stamp = context["timestamp"].replace("-", "").replace(":", "")
        headers.append(("x-amz-date", stamp))
        if credentials.get("token") and not context.get(
                "omit_session_token"):
            headers.append(("x-amz-security-token", credentials["token"]))
        if context["sign_body"]:
            headers.append(("x-amz-content-sha256",
                            hashlib.sha256(body).hexdigest()))
        path, _, query = target.partition("?")
        scope = [stamp[:8], context["region"], context["service"],
                 "aws4_request"]
        got = compute(credentials["secret_access_key"], scope, stamp, method,
                      path, query, headers, body,
                      sorted({name for name, _ in headers}),
                      normalize=context["normalize"])
        for name, value in zip(("canonical-request", "string-to-sign",
                                "signature"), got):
            self.assertEqual(
                value, read(directory, "header-%s.txt" % name).rstrip("\n"))

    def test_double_encoding(self):
        directory = os.path.join(SHARED, "data", "sigv4-extra",
                                 "double-url-encode")
        method, target, headers, body = parse_request(
            read(directory, "request.txt"))
        got = compute("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                      ["20210511", "us-east-2", "lambda", "aws4_request"],
                      "20210511T154045Z", method, target, "", headers,
                      body.encode(), sorted({n for n, _ in headers}))
        signed = read(directory, "header-signed-request.txt")
        self.assertIn("Signature=" + got[2], signed)

    def test_datazone_vectors(self):
        vectors = json.loads(read(SHARED, "data", "datazone",
                                  "sigv4-vectors.json"))
        self.assertEqual(len(vectors), 9)
        for vector in vectors:
            with self.subTest(vector["operation"] + vector["url"]):
                self.check_datazone(vector)

    def check_datazone(self, vector):
        url = urllib.parse.urlsplit(vector["url"])
        authorization = vector["headers"]["Authorization"]
        signed = authorization.split("SignedHeaders=")[1].split(",")[0]
        headers = [(name.lower(), value)
                   for name, value in vector["headers"].items()]
        headers.append(("host", url.netloc))
        got = compute("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                      ["20261121", "us-east-1", "datazone", "aws4_request"],
                      "20261121T000000Z", vector["method"], url.path,
                      url.query, headers, (vector["body"] or "").encode(),
                      signed.split(";"))
        self.assertEqual(got[0], vector["canonical_request"])
        self.assertEqual(got[1], vector["string_to_sign"])
        self.assertTrue(authorization.endswith("Signature=" + got[2]))


if __name__ == "__main__":
    unittest.main()
