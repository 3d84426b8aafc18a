/*
 * sdk.mjs
 *		What all tests of the official SDK need: a client, calls, waiting.
 *
 * Every call goes through here, so that the test of completeness knows which
 * operations were covered.
 */
import * as sdk from "@aws-sdk/client-datazone";

import { keys } from "./simulator.mjs";

export const domainIdentifier = "dzd_simulator";
export const project = "prj_retail";
export const arn = "arn:aws:datazone:eu-west-1:123456789012:domain/dzd_simulator";
export const covered = new Set();

export function client(simulator, more = {}) {
	return new sdk.DataZoneClient({
		region: "eu-west-1",
		endpoint: simulator.url,
		credentials: keys,
		...more,
	});
}

/* Send one operation by name and note that it was covered. */
export function call(dz, name, input, options) {
	covered.add(name);
	return dz.send(new sdk[`${name}Command`](input), options);
}

/* All items of a paginated operation, through the SDK's paginator. */
export async function all(dz, name, input, pageSize, key = "items") {
	const items = [];
	let pages = 0;

	covered.add(name);
	for await (const page of sdk[`paginate${name}`](
		{ client: dz, pageSize }, input)) {
		items.push(...page[key]);
		pages++;
	}
	return { items, pages };
}

/* Poll until the condition gives something true. */
export async function until(condition, what) {
	const deadline = Date.now() + 30000;

	for (;;) {
		const found = await condition();
		if (found) {
			return found;
		}
		if (Date.now() > deadline) {
			throw new Error(`gave up waiting for ${what}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/* The exception that a call throws; fails if there is none. */
export async function refusal(promise) {
	try {
		await promise;
	} catch (error) {
		return error;
	}
	throw new Error("the call was expected to fail");
}

export function event(name, more = {}) {
	return {
		eventType: "COMPLETE",
		eventTime: "2026-03-04T05:06:07.890Z",
		producer: "https://example.org/conformance",
		schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json" +
			"#/$defs/RunEvent",
		run: { runId: "01964b8e-8f3c-7d3a-9c1e-5d2f7c9a1b2c" },
		job: { namespace: "conformance", name },
		inputs: [{ namespace: "postgres://db:5432", name: "shop.raw.orders" }],
		outputs: [{ namespace: "postgres://db:5432", name: "shop.dw.orders" }],
		...more,
	};
}
