/*
 * metadata.mjs
 *		Metadata generation runs through the SDK.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import {
	all, call, domainIdentifier, project, refusal, until,
} from "../lib/sdk.mjs";
import { test } from "../lib/tap.mjs";

const target = { type: "ASSET", identifier: "ast_orders" };

function start(dz, more = {}) {
	return call(dz, "StartMetadataGenerationRun", {
		domainIdentifier, owningProjectIdentifier: project, target,
		types: ["BUSINESS_DESCRIPTIONS"], ...more,
	});
}

function get(dz, identifier, more = {}) {
	return call(dz, "GetMetadataGenerationRun",
		{ domainIdentifier, identifier, ...more });
}

async function lifeTests(simulator, dz) {
	await test("StartMetadataGenerationRun, GetMetadataGenerationRun: a run's life", async () => {
		const started = await start(dz, {
			types: ["BUSINESS_DESCRIPTIONS", "BUSINESS_NAMES"],
			target: { ...target, revision: "1" },
		});

		assert.equal(started.status, "SUBMITTED");
		assert.equal(started.owningProjectId, project);
		assert.ok(Math.abs(started.createdAt - Date.now()) < 60000);
		const run = await until(async () => {
			const now = await get(dz, started.id);
			return now.status === "SUCCEEDED" && now;
		}, "the metadata generation run to end");
		assert.deepEqual(run.createdAt, started.createdAt);
		assert.deepEqual(run.types,
			["BUSINESS_DESCRIPTIONS", "BUSINESS_NAMES"]);
		assert.deepEqual(run.target, { ...target, revision: "1" });
		assert.deepEqual(run.typeStats.map((t) => t.status),
			["SUCCEEDED", "SUCCEEDED"]);
		const one = await get(dz, started.id, { type: "BUSINESS_NAMES" });
		assert.deepEqual(one.typeStats.map((t) => t.type),
			["BUSINESS_NAMES"]);
	});

	await test("StartMetadataGenerationRun: the older member type", async () => {
		const run = await start(dz, { types: undefined,
			type: "BUSINESS_NAMES" });
		assert.equal(run.type, "BUSINESS_NAMES");
		assert.deepEqual(run.types, ["BUSINESS_NAMES"]);
	});

	await test("StartMetadataGenerationRun: a token is good for one run", async () => {
		const first = await start(dz, { clientToken: "one-metadata-run" });
		const second = await start(dz, { clientToken: "one-metadata-run" });
		const other = await refusal(start(dz, {
			clientToken: "one-metadata-run", types: ["BUSINESS_NAMES"] }));

		assert.equal(first.id, second.id);
		assert.ok(other instanceof sdk.ConflictException);
	});

	await test("ListMetadataGenerationRuns: epoch numbers in every form", async () => {
		for (const epoch_style of ["plain", "scientific"]) {
			await simulator.settings({ epoch_style });
			const { items } = await all(dz, "ListMetadataGenerationRuns",
				{ domainIdentifier, targetIdentifier: "ast_orders" }, 1);
			assert.equal(items.length, 3);
			assert.ok(items.every(
				(run) => Math.abs(run.createdAt - Date.now()) < 60000));
		}
		await simulator.settings({ epoch_style: "mixed" });
	});
}

async function endTests(simulator, dz) {
	await test("CancelMetadataGenerationRun: before the end, not after", async () => {
		await simulator.control("POST", "metadata/rules",
			{ target: "ast_orders", status: "IN_PROGRESS", count: 1 });
		const slow = await start(dz);
		const gone = await call(dz, "CancelMetadataGenerationRun",
			{ domainIdentifier, identifier: slow.id });
		const canceled = await get(dz, slow.id);
		const error = await refusal(call(dz, "CancelMetadataGenerationRun",
			{ domainIdentifier, identifier: slow.id }));

		assert.equal(gone.$metadata.httpStatusCode, 200);
		assert.equal(canceled.status, "CANCELED");
		assert.ok(error instanceof sdk.ValidationException);
		assert.match(error.message, /CANCELED status cannot be canceled/);
	});

	await test("GetMetadataGenerationRun: what failed, and why", async () => {
		await simulator.control("POST", "metadata/rules", {
			target: "ast_orders", status: "PARTIALLY_SUCCEEDED", count: 1,
			failures: { BUSINESS_NAMES: "Too few columns." },
		});
		const started = await start(dz, {
			types: ["BUSINESS_DESCRIPTIONS", "BUSINESS_NAMES"] });
		const run = await until(async () => {
			const now = await get(dz, started.id);
			return now.status === "PARTIALLY_SUCCEEDED" && now;
		}, "the run to succeed in part");
		const names = run.typeStats.find((t) => t.type === "BUSINESS_NAMES");

		assert.equal(names.status, "FAILED");
		assert.equal(names.errorMessage, "Too few columns.");
	});

	await test("StartMetadataGenerationRun: wrong assets are refused", async () => {
		const missing = await refusal(start(dz,
			{ target: { type: "ASSET", identifier: "ast_nowhere" } }));
		const model = await refusal(start(dz,
			{ target: { type: "ASSET", identifier: "ast_forecast" } }));

		assert.ok(missing instanceof sdk.ResourceNotFoundException);
		assert.match(missing.message, /given Asset doesn't exist/);
		assert.ok(model instanceof sdk.ValidationException);
	});
}

export default async function metadataTests(simulator, dz) {
	await lifeTests(simulator, dz);
	await endTests(simulator, dz);
}
