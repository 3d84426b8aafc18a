/*
 * compare.mjs
 *		Where two captured requests differ.
 *
 * A difference is { part, name, ours, theirs }: in the query for a name, in
 * JSON for a path, so that an exception can be as narrow as its reason.
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import { header } from "../lib/capture.mjs";

/*
 * What is compared of a request.  Path and query stay encoded as they were
 * sent; the values of one name keep their order.
 */
export function read(request) {
	const [, path, query] = /^([^?]*)(?:\?(.*))?$/s.exec(request.target);
	const type = header(request, "content-type")?.split(";")[0].trim();
	const found = {
		method: request.method,
		path,
		query: new Map(),
		contentType: type,
		clientToken: header(request, "client-token"),
		contentLength: request.body.length === 0
			? header(request, "content-length") : undefined,
		body: request.body.toString("hex"),
		json: undefined,
	};

	for (const piece of (query ?? "").split("&").filter((text) => text)) {
		const [, name, value] = /^([^=]*)=?(.*)$/s.exec(piece);

		found.query.set(name, [...found.query.get(name) ?? [], value]);
	}
	if (type === "application/json") {
		found.json = JSON.parse(
			new TextDecoder("utf-8", { fatal: true }).decode(request.body));
	}
	return found;
}

/*
 * Whether a body is JSON without blanks and with no name twice in an object:
 * both would go unseen once it is parsed.
 */
export function isCompactJson(request) {
	const { json } = read(request);

	return json === undefined ||
		JSON.stringify(json) === request.body.toString();
}

/* All differences between our request and the SDK's, both as read() gives. */
export function differences(ours, theirs) {
	const found = [];
	const compare = (part, name, a, b) => {
		if (!isDeepStrictEqual(a, b)) {
			found.push({ part, name, ours: a, theirs: b });
		}
	};

	for (const part of ["method", "path", "contentType", "clientToken",
		"contentLength"]) {
		compare(part, "", ours[part], theirs[part]);
	}
	for (const name of new Set([...ours.query.keys(),
		...theirs.query.keys()])) {
		compare("query", name, ours.query.get(name), theirs.query.get(name));
	}
	if (ours.json === undefined || theirs.json === undefined) {
		compare("body", "", ours.body, theirs.body);
	} else {
		compareJson("$", ours.json, theirs.json, compare);
	}
	return found;
}

function compareJson(path, ours, theirs, compare) {
	const isNode = (value) => value !== null && typeof value === "object";

	if (!isNode(ours) || !isNode(theirs) ||
		Array.isArray(ours) !== Array.isArray(theirs)) {
		compare("body", path, ours, theirs);
		return;
	}
	for (const key of new Set([...Object.keys(ours),
		...Object.keys(theirs)])) {
		compareJson(`${path}.${key}`, ours[key], theirs[key], compare);
	}
}

/*
 * Take the client token out of a request, so that two that were made can be
 * compared: wherever the value stands, a word takes its place.
 */
export function takeToken(request, member) {
	const place = member.traits.httpHeader ? "clientToken"
		: member.traits.httpQuery ? "query" : "json";
	const token = place === "clientToken" ? request.clientToken
		: place === "query" ? request.query.get(member.traits.httpQuery)?.[0]
			: request.json?.[member.name];
	const replace = (value) => (value === token ? "TOKEN" : value);

	assert.equal(typeof token, "string", `no token in ${place}`);
	request.clientToken = replace(request.clientToken);
	for (const [name, values] of request.query) {
		request.query.set(name, values.map(replace));
	}
	if (place === "json") {
		request.json[member.name] = "TOKEN";
	}
	return token;
}
