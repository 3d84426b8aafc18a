/*
 * lineage.mjs
 *		Lineage events through the SDK: bytes in, bytes out, verdicts.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import { all, call, domainIdentifier, event, refusal, until } from "../lib/sdk.mjs";
import { test } from "../lib/tap.mjs";

export default async function lineageTests(simulator, dz) {
	await test("PostLineageEvent, GetLineageEvent: the bytes come back", async () => {
		const bytes = Buffer.from(
			JSON.stringify(event("öffnen", { "extra ": "\u2028 é 好" })));
		const posted = await call(dz, "PostLineageEvent",
			{ domainIdentifier, event: bytes });
		const got = await call(dz, "GetLineageEvent",
			{ domainIdentifier, identifier: posted.id });

		assert.match(posted.id, /^[a-z0-9]{14}$/);
		assert.equal(posted.domainId, domainIdentifier);
		assert.deepEqual(Buffer.from(got.event), bytes);
		assert.equal(got.id, posted.id);
		assert.equal(got.domainId, domainIdentifier);
		assert.equal(got.eventTime.toISOString(), "2026-03-04T05:06:07.000Z");
		assert.ok(Math.abs(got.createdAt - Date.now()) < 60000);
		assert.ok(["REQUESTED", "PROCESSING", "SUCCESS"]
			.includes(got.processingStatus));
		assert.ok(got.createdBy);
	});

	await test("PostLineageEvent: a token is good for one event", async () => {
		const input = {
			domainIdentifier, clientToken: "one-event",
			event: Buffer.from(JSON.stringify(event("tokens"))),
		};
		const first = await call(dz, "PostLineageEvent", input);
		const second = await call(dz, "PostLineageEvent", input);
		const other = await refusal(call(dz, "PostLineageEvent", {
			...input, event: Buffer.from(JSON.stringify(event("others"))),
		}));

		assert.equal(first.id, second.id);
		assert.ok(other instanceof sdk.ConflictException);
		assert.equal((await simulator.effects("PostLineageEvent"))
			.filter((e) => e.client_token === "one-event").length, 1);
	});

	await test("ListLineageEvents: the verdict comes later", async () => {
		await simulator.control("POST", "lineage/rules",
			{ job_name: "^doomed$", status: "FAILED" });
		const before = new Date(Date.now() - 1000);
		const good = await call(dz, "PostLineageEvent", { domainIdentifier,
			event: Buffer.from(JSON.stringify(event("good"))) });
		const bad = await call(dz, "PostLineageEvent", { domainIdentifier,
			event: Buffer.from(JSON.stringify(event("doomed"))) });
		const verdicts = await until(async () => {
			const { items } = await all(dz, "ListLineageEvents", {
				domainIdentifier, timestampAfter: before,
				sortOrder: "ASCENDING",
			}, 2);
			const found = Object.fromEntries(
				items.map((e) => [e.id, e.processingStatus]));
			return found[bad.id] === "FAILED" && found[good.id] === "SUCCESS"
				&& items;
		}, "both verdicts");
		const summary = verdicts.find((e) => e.id === bad.id).eventSummary
			.openLineageRunEventSummary;

		assert.equal(summary.job.name, "doomed");
		assert.equal(summary.eventType, "COMPLETE");
		assert.equal(summary.outputs[0].name, "shop.dw.orders");
		const failed = await call(dz, "ListLineageEvents",
			{ domainIdentifier, processingStatus: "FAILED" });
		assert.deepEqual(failed.items.map((e) => e.id), [bad.id]);
		assert.equal(failed.items[0].eventTime.toISOString(),
			"2026-03-04T05:06:07.890Z");
		const later = await call(dz, "ListLineageEvents", {
			domainIdentifier, timestampAfter: new Date(Date.now() + 60000) });
		assert.deepEqual(later.items, []);
	});

	await test("PostLineageEvent: 300,000 bytes go in, one more does not", async () => {
		const text = JSON.stringify(event("big", { pad: "" }));
		const fill = (size) => Buffer.from(text.replace('"pad":""',
			`"pad":"${"x".repeat(size - Buffer.byteLength(text))}"`));
		const posted = await call(dz, "PostLineageEvent",
			{ domainIdentifier, event: fill(300000) });
		const error = await refusal(call(dz, "PostLineageEvent",
			{ domainIdentifier, event: fill(300001) }));

		assert.ok(posted.id);
		assert.ok(error instanceof sdk.ValidationException);
	});

	await test("PostLineageEvent: what is no RunEvent is refused", async () => {
		const { run, ...noRun } = event("x");
		for (const body of ["", "no JSON", "[]", JSON.stringify(noRun)]) {
			const error = await refusal(call(dz, "PostLineageEvent",
				{ domainIdentifier, event: Buffer.from(body) }));
			assert.ok(error instanceof sdk.ValidationException, body);
		}
	});
}
