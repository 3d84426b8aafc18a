/*
 * model.mjs
 *		The SDK's shapes, with what was added to them, against the service's
 *		model.
 *
 * Only where the model is present: DATAZONE_SHARED names a directory that
 * holds data/datazone/service-2.json.  It proves the supplement, which was
 * written by hand, right and complete.
 */
import { existsSync, readFileSync } from "node:fs";

import { kindOf, membersOf } from "./operations.mjs";

/* The path of the model, or null. */
export function modelFile() {
	const shared = process.env.DATAZONE_SHARED;
	const path = `${shared}/data/datazone/service-2.json`;

	return shared && existsSync(path) ? path : null;
}

/* All differences, as text. */
export function compareWithModel(operations) {
	const model = JSON.parse(readFileSync(modelFile(), "utf8"));
	const comparison = new Comparison(model.shapes);
	const names = operations.map(({ name }) => name);

	comparison.same("operations", names, Object.keys(model.operations).sort());
	for (const operation of operations) {
		const { http, input } = model.operations[operation.name] ?? {};

		comparison.same(operation.name,
			[operation.method, operation.uri, operation.code],
			[http?.method, http?.requestUri, http?.responseCode]);
		comparison.shape(operation.name, operation.input, input.shape);
	}
	return comparison.found;
}

class Comparison {
	constructor(shapes) {
		this.shapes = shapes;
		this.seen = new Set();
		this.found = [];
	}

	same(what, ours, theirs) {
		if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
			this.found.push(`${what}: ${JSON.stringify(ours)}, but the ` +
				`model says ${JSON.stringify(theirs)}`);
		}
	}

	shape(path, schema, name) {
		const shape = this.shapes[name];
		const kind = kindOf(schema);

		this.same(path, kind, kindInModel(shape));
		if (kind === "list") {
			this.shape(`${path}[]`, schema.getValueSchema(),
				shape.member.shape);
		} else if (kind === "map") {
			this.shape(`${path}{}`, schema.getValueSchema(),
				shape.value.shape);
		} else if (shape.members !== undefined && !this.seen.has(name)) {
			this.seen.add(name);
			this.members(path, schema, shape);
		}
	}

	members(path, schema, shape) {
		const members = membersOf(schema);

		this.same(path, members.map(({ name }) => name).sort(),
			Object.keys(shape.members).sort());
		for (const { name, schema: inner, required, traits } of members) {
			const member = shape.members[name];
			const here = `${path}.${name}`;

			if (member === undefined) {
				continue;
			}
			this.same(here, required, (shape.required ?? []).includes(name));
			this.same(here, traitsInSdk(traits), traitsInModel(shape, name));
			this.same(here, inner.isTimestampSchema() ? formatInSdk(inner) : "",
				member.timestampFormat ??
				this.shapes[member.shape].timestampFormat ?? "");
			this.shape(here, inner, member.shape);
		}
	}
}

function kindInModel(shape) {
	if (shape?.union) {
		return "union";
	}
	return /^(integer|long|float|double)$/.test(shape?.type) ? "number"
		: shape?.type;
}

/* Where HTTP carries a member, and whether it is a client token. */
function traitsInSdk(traits) {
	const token = traits.idempotencyToken ? ["token"] : [];

	if (traits.httpLabel) {
		return ["uri", ...token];
	}
	if (traits.httpQuery) {
		return ["querystring", traits.httpQuery, ...token];
	}
	if (traits.httpHeader) {
		return ["header", traits.httpHeader, ...token];
	}
	return [traits.httpPayload ? "payload" : "body", ...token];
}

function traitsInModel(shape, name) {
	const { location, locationName, idempotencyToken } = shape.members[name];
	const token = idempotencyToken ? ["token"] : [];

	if (location === "uri") {
		return ["uri", ...token];
	}
	if (location !== undefined) {
		return [location, locationName, ...token];
	}
	return [shape.payload === name ? "payload" : "body", ...token];
}

/* The SDK's number for a time says its format; the first is none. */
function formatInSdk(schema) {
	return ["", "iso8601", "rfc822", "unixTimestamp"][schema.getSchema() - 4];
}
