/*
 * errors.mjs
 *		Refusals become the SDK's exceptions; failures that pass are retried.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import {
	call, client, domainIdentifier, event, refusal,
} from "../lib/sdk.mjs";
import { keys } from "../lib/simulator.mjs";
import { test } from "../lib/tap.mjs";

const runs = { domainIdentifier, dataSourceIdentifier: "ds_orders" };

const classes = [
	[400, "ValidationException"], [401, "UnauthorizedException"],
	[402, "ServiceQuotaExceededException"], [403, "AccessDeniedException"],
	[404, "ResourceNotFoundException"], [409, "ConflictException"],
	[429, "ThrottlingException"], [500, "InternalServerException"],
];

async function classTests(simulator, dz) {
	for (const [status, code] of classes) {
		await test(`${code}: status, message, request id, wherever the code stands`, async () => {
			for (const style of ["header", "header_uri", "body_type",
				"body_code"]) {
				await simulator.fault("ListDataSourceRuns", "error", 1,
					{ status, code, message: `says ${style}`, style });
				const error = await refusal(call(
					client(simulator, { maxAttempts: 1 }),
					"ListDataSourceRuns", runs));
				assert.ok(error instanceof sdk[code], `${style}: ${error}`);
				assert.equal(error.message, `says ${style}`);
				assert.equal(error.$metadata.httpStatusCode, status);
				assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
			}
		});
	}

	await test("a missing domain is AccessDenied, a bad one a ValidationException", async () => {
		const missing = await refusal(call(dz, "ListDataSourceRuns",
			{ ...runs, domainIdentifier: "dzd_nowhere" }));
		const bad = await refusal(call(dz, "ListDataSourceRuns",
			{ ...runs, domainIdentifier: "nowhere" }));
		const token = await refusal(call(dz, "ListDataSourceRuns",
			{ ...runs, nextToken: "made up" }));

		assert.ok(missing instanceof sdk.AccessDeniedException);
		assert.equal(missing.message, "User is not permitted to perform " +
			"operation: ListDataSourceRuns");
		assert.ok(bad instanceof sdk.ValidationException);
		assert.match(bad.message, /^1 validation error detected: Value at 'dom/);
		assert.ok(token instanceof sdk.ValidationException);
	});
}

async function identityTests(simulator, dz) {
	await test("wrong keys, tokens and regions are refused as the service does", async () => {
		const refused = async (more) => (await refusal(call(
			client(simulator, more), "ListDataSourceRuns", runs))).name;

		assert.equal(await refused({ credentials:
			{ ...keys, secretAccessKey: "wrong" } }),
		"InvalidSignatureException");
		assert.equal(await refused({ credentials:
			{ ...keys, accessKeyId: "AKIDUNKNOWN" } }),
		"UnrecognizedClientException");
		assert.equal(await refused({ credentials:
			{ ...keys, sessionToken: "unasked" } }),
		"UnrecognizedClientException");
		assert.equal(await refused({ region: "us-east-1" }),
			"InvalidSignatureException");
	});

	await test("a session token is signed and checked; an expired one is named", async () => {
		await simulator.control("POST", "identities", [
			{ access_key: "ASIATEMPORARY", secret_key: "s/+=",
				session_token: "a+b/c==" },
			{ access_key: "ASIAEXPIRED", secret_key: "s",
				session_token: "old", expired: true },
			{ access_key: "AKIDREADER", secret_key: "r",
				denied: ["StartDataSourceRun"] }]);
		const as = (accessKeyId, secretAccessKey, sessionToken) => client(
			simulator, { credentials:
				{ accessKeyId, secretAccessKey, sessionToken } });
		const page = await call(as("ASIATEMPORARY", "s/+=", "a+b/c=="),
			"ListDataSourceRuns", runs);
		const expired = await refusal(call(as("ASIAEXPIRED", "s", "old"),
			"ListDataSourceRuns", runs));
		const reader = as("AKIDREADER", "r");
		const denied = await refusal(call(reader, "StartDataSourceRun", runs));

		assert.equal(page.items.length, 50);
		assert.equal(expired.name, "ExpiredTokenException");
		assert.ok(denied instanceof sdk.AccessDeniedException);
		assert.ok((await call(reader, "ListDataSourceRuns", runs)).items);
	});

	await test("a wrong clock is refused, then corrected by the SDK from Date", async () => {
		await simulator.control("POST", "clock", { offset_seconds: 3600 });
		const dzSkewed = client(simulator);
		const page = await call(dzSkewed, "ListDataSourceRuns", runs);
		const seen = (await simulator.log("ListDataSourceRuns")).slice(-2);
		await simulator.control("POST", "clock", { offset_seconds: 0 });

		assert.equal(page.items.length, 50);
		assert.deepEqual(seen.map((r) => r.code),
			["InvalidSignatureException", null]);
	});
}

async function retryTests(simulator, dz) {
	for (const [kind, params] of [["throttle", { retry_after_ms: 10 }],
		["internal", {}], ["unavailable", {}], ["drop", {}]]) {
		await test(`${kind}: retried with the same token until it succeeds`, async () => {
			await simulator.control("DELETE", "log");
			await simulator.fault("PostLineageEvent", kind, 2, params);
			const posted = await call(dz, "PostLineageEvent", {
				domainIdentifier,
				event: Buffer.from(JSON.stringify(event(kind))) });
			const seen = await simulator.log("PostLineageEvent");
			const tokens = new Set(seen.map((r) => Object.fromEntries(
				r.headers.map(([k, v]) => [k.toLowerCase(), v]))[
				"client-token"]));

			assert.ok(posted.id);
			assert.equal(seen.length, 3);
			assert.deepEqual(seen.map((r) => r.attempt), [1, 2, 3]);
			assert.ok(seen.every((r) => r.signature === "ok"));
			assert.equal(tokens.size, 1);
		});
	}

	await test("drop_after: the retry with the same token has no second effect", async () => {
		await simulator.fault("StartDataSourceRun", "drop_after", 1);
		const before = (await simulator.effects("StartDataSourceRun")).length;
		const run = await call(dz, "StartDataSourceRun",
			{ ...runs, dataSourceIdentifier: "ds_payments" });
		const effects = await simulator.effects("StartDataSourceRun");

		assert.equal(effects.length, before + 1);
		assert.equal(effects.at(-1).id, run.id);
	});

	await test("three throttled attempts: the SDK gives up", async () => {
		await simulator.control("DELETE", "log");
		await simulator.fault("ListDataSourceRuns", "throttle", 3,
			{ retry_after_ms: 10 });
		const error = await refusal(call(dz, "ListDataSourceRuns", runs));

		assert.ok(error instanceof sdk.ThrottlingException);
		assert.equal((await simulator.log("ListDataSourceRuns")).length, 3);
	});
}

export default async function errorTests(simulator, dz) {
	await classTests(simulator, dz);
	await identityTests(simulator, dz);
	await retryTests(simulator, dz);
}
