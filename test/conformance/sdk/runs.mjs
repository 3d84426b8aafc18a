/*
 * runs.mjs
 *		Data source runs through the SDK.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import { all, call, domainIdentifier, project, refusal, until } from "../lib/sdk.mjs";
import { test } from "../lib/tap.mjs";

export default async function runsTests(simulator, dz) {
	await test("ListDataSourceRuns: members and their types", async () => {
		const page = await call(dz, "ListDataSourceRuns", {
			domainIdentifier, dataSourceIdentifier: "ds_orders", maxResults: 1,
		});
		const run = page.items[0];

		assert.equal(page.items.length, 1);
		assert.ok(page.nextToken.includes("+") && page.nextToken.endsWith("="));
		assert.equal(run.id, "run_orders_137");
		assert.equal(run.dataSourceId, "ds_orders");
		assert.equal(run.projectId, project);
		assert.equal(run.createdAt.toISOString(), "2025-06-30T06:00:00.123Z");
		assert.ok(run.stoppedAt > run.startedAt);
		assert.equal(typeof run.runStatisticsForAssets.unchanged, "number");
		assert.equal(run.lineageSummary.importStatus, "SUCCESS");
	});

	await test("ListDataSourceRuns: the paginator gives each run once", async () => {
		for (const [size, pages] of [[50, 3], [7, 20], [1, 137]]) {
			const found = await all(dz, "ListDataSourceRuns", {
				domainIdentifier, dataSourceIdentifier: "ds_orders",
			}, size);
			assert.equal(found.pages, pages);
			assert.equal(found.items.length, 137);
			assert.equal(new Set(found.items.map((run) => run.id)).size, 137);
		}
	});

	await test("ListDataSourceRuns: by state, with the reasons of failures", async () => {
		const { items } = await all(dz, "ListDataSourceRuns", {
			domainIdentifier, dataSourceIdentifier: "ds_orders",
			status: "FAILED",
		}, 50);
		const types = new Set(items.map((run) => run.errorMessage.errorType));

		assert.ok(items.every((run) => run.status === "FAILED"));
		assert.equal(types.size, 7);
		assert.ok(items.every((run) => run.errorMessage.errorDetail));
	});

	await test("ListDataSourceRuns: no runs, no token", async () => {
		const page = await call(dz, "ListDataSourceRuns", {
			domainIdentifier, dataSourceIdentifier: "ds_stores",
		});
		assert.deepEqual(page.items, []);
		assert.equal(page.nextToken, undefined);
	});

	await test("StartDataSourceRun, GetDataSourceRun: a run's life", async () => {
		const started = await call(dz, "StartDataSourceRun", {
			domainIdentifier, dataSourceIdentifier: "ds_orders",
		});
		const seen = new Set([started.status]);

		assert.equal(started.domainId, domainIdentifier);
		assert.equal(started.type, "PRIORITIZED");
		assert.ok(JSON.parse(started.dataSourceConfigurationSnapshot)
			.redshiftRunConfiguration);
		const run = await until(async () => {
			const now = await call(dz, "GetDataSourceRun", {
				domainIdentifier, identifier: started.id,
			});
			seen.add(now.status);
			return now.stoppedAt && now;
		}, "the run to end");
		assert.deepEqual([...seen].slice(0, 2), ["REQUESTED", "RUNNING"]);
		assert.ok(run.stoppedAt > run.startedAt);
		assert.ok(run.startedAt >= run.createdAt);
		assert.ok(run.runStatisticsForAssets);
	});

	await test("StartDataSourceRun: a token is good for one run", async () => {
		const input = {
			domainIdentifier, dataSourceIdentifier: "ds_customers",
			clientToken: "one-run",
		};
		const first = await call(dz, "StartDataSourceRun", input);
		const second = await call(dz, "StartDataSourceRun", input);
		const other = await refusal(call(dz, "StartDataSourceRun",
			{ ...input, dataSourceIdentifier: "ds_orders" }));

		assert.equal(first.id, second.id);
		assert.deepEqual(first.createdAt, second.createdAt);
		assert.ok(other instanceof sdk.ConflictException);
	});

	await test("StartDataSourceRun: the 26th of a day is refused", async () => {
		const input = {
			domainIdentifier, dataSourceIdentifier: "ds_inventory",
		};
		for (let n = 0; n < 25; n++) {
			await call(dz, "StartDataSourceRun", input);
		}
		const error = await refusal(call(dz, "StartDataSourceRun", input));
		assert.ok(error instanceof sdk.ServiceQuotaExceededException);
		assert.equal(error.$metadata.httpStatusCode, 402);
	});

	await test("ListDataSourceRunActivities: as many as the statistics say", async () => {
		const run = await call(dz, "GetDataSourceRun", {
			domainIdentifier, identifier: "run_orders_137",
		});
		const { items } = await all(dz, "ListDataSourceRunActivities", {
			domainIdentifier, identifier: run.id,
		}, 10);
		const sum = Object.values(run.runStatisticsForAssets)
			.reduce((a, b) => a + b, 0);

		assert.equal(items.length, sum);
		assert.equal(
			items.filter((a) => a.dataAssetStatus === "UNCHANGED").length,
			run.runStatisticsForAssets.unchanged);
		assert.ok(items[0].createdAt instanceof Date);
	});
}
