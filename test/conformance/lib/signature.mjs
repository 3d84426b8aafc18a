/*
 * signature.mjs
 *		Does a captured request bear a valid AWS Signature Version 4?
 *
 * Written from the specification, for the receiving side: everything is
 * computed from the bytes that arrived.  A third implementation beside ours
 * and the SDK's, so that neither is judged by itself.
 */
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";

import { header } from "./capture.mjs";

const AUTHORIZATION = new RegExp("^AWS4-HMAC-SHA256 " +
	"Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aws4_request, ?" +
	"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$");
const UNRESERVED = /[A-Za-z0-9._~-]/;
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/* What must be signed wherever it is sent; x-amz-* goes without saying. */
const ALWAYS_SIGNED = ["client-token", "content-type", "host"];

/*
 * Throws unless the request is signed by these credentials ("accessKeyId",
 * "secretAccessKey", and "sessionToken" or nothing) for this scope ("region",
 * "service") and host, now.
 */
export function verify(request, credentials, scope, host) {
	const match = AUTHORIZATION.exec(header(request, "authorization") ?? "");

	assert.ok(match, "no Authorization of the right form");
	const [, keyId, date, region, service, names, signature] = match;
	const when = header(request, "x-amz-date");

	assert.deepEqual([keyId, region, service],
		[credentials.accessKeyId, scope.region, scope.service]);
	assert.match(when ?? "", /^\d{8}T\d{6}Z$/);
	assert.equal(when.slice(0, 8), date);
	assert.ok(Math.abs(Date.now() - instant(when)) < CLOCK_TOLERANCE_MS,
		`x-amz-date is ${when}`);
	assert.equal(header(request, "host"), host);
	assert.equal(header(request, "x-amz-security-token"),
		credentials.sessionToken);
	checkSignedNames(request, names.split(";"));

	const hash = sha256(request.body);
	assert.equal(header(request, "x-amz-content-sha256") ?? hash, hash);
	const toSign = ["AWS4-HMAC-SHA256", when,
		`${date}/${region}/${service}/aws4_request`,
		sha256(canonicalRequest(request, names.split(";"), hash))].join("\n");
	const key = [date, region, service, "aws4_request"].reduce(
		(previous, part) => hmac(previous, part),
		`AWS4${credentials.secretAccessKey}`);
	assert.equal(hmac(key, toSign).toString("hex"), signature,
		"the signature does not fit the request");
}

function checkSignedNames(request, names) {
	assert.deepEqual(names, [...new Set(names)].sort(),
		"signed headers are not in order");
	for (const name of names) {
		assert.ok(header(request, name) !== undefined,
			`${name} is signed but not sent`);
	}
	for (const [name] of request.headers) {
		if (ALWAYS_SIGNED.includes(name) || /^x-amz-(?!user-agent)/.test(name)) {
			assert.ok(names.includes(name), `${name} is sent but not signed`);
		}
	}
}

function canonicalRequest(request, names, hash) {
	const mark = request.target.indexOf("?");
	const path = mark < 0 ? request.target : request.target.slice(0, mark);
	const query = mark < 0 ? "" : request.target.slice(mark + 1);
	const headers = names.map((name) => `${name}:` +
		header(request, name).trim().replace(/\s+/g, " ") + "\n");

	return [request.method, canonicalPath(path), canonicalQuery(query),
		headers.join(""), names.join(";"), hash].join("\n");
}

/* Dot segments and empty ones go; what is left is encoded once more. */
function canonicalPath(path) {
	const segments = [];

	for (const segment of path.split("/")) {
		if (segment === "..") {
			segments.pop();
		} else if (segment !== "" && segment !== ".") {
			segments.push(encode(Buffer.from(segment, "latin1")));
		}
	}
	const slash = segments.length > 0 && /\/$|\/\.\.?$/.test(path) ? "/" : "";
	return `/${segments.join("/")}${slash}`;
}

/* Encoded anew and sorted, by name and then by value. */
function canonicalQuery(query) {
	const compare = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

	return query.split("&").filter((piece) => piece !== "")
		.map((piece) => {
			const equals = piece.indexOf("=");
			const name = equals < 0 ? piece : piece.slice(0, equals);
			const value = equals < 0 ? "" : piece.slice(equals + 1);

			return [encode(decode(name)), encode(decode(value))];
		})
		.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
		.map(([name, value]) => `${name}=${value}`)
		.join("&");
}

/* The bytes that percent-encoded text stands for. */
export function decode(text) {
	return Buffer.from(text.replace(/%([0-9A-Fa-f]{2})/g,
		(_, digits) => String.fromCharCode(parseInt(digits, 16))), "latin1");
}

function encode(bytes) {
	return [...bytes].map((byte) => {
		const character = String.fromCharCode(byte);

		return UNRESERVED.test(character) ? character
			: "%" + byte.toString(16).toUpperCase().padStart(2, "0");
	}).join("");
}

function instant(basic) {
	return Date.parse(basic.replace(
		/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function sha256(data) {
	return createHash("sha256").update(data).digest("hex");
}

function hmac(key, data) {
	return createHmac("sha256", key).update(data).digest();
}
