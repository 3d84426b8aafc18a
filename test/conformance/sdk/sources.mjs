/*
 * sources.mjs
 *		Data sources through the SDK.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import { all, call, domainIdentifier, project, refusal, until } from "../lib/sdk.mjs";
import { test } from "../lib/tap.mjs";

export default async function sourcesTests(simulator, dz) {
	await test("ListDataSources: names, schedules, the last run", async () => {
		const { items, pages } = await all(dz, "ListDataSources", {
			domainIdentifier, projectIdentifier: project,
		}, 3);
		const names = Object.fromEntries(
			items.map((source) => [source.dataSourceId, source.name]));
		const orders = items.find((s) => s.dataSourceId === "ds_returns");

		assert.equal(items.length, 8);
		assert.equal(pages, 3);
		assert.equal(names.ds_orders, "Orders (Redshift)");
		assert.equal(names.ds_preferences,
			"Préférences des clients – 好み (Glue)");
		assert.equal(orders.schedule.schedule, "cron(0 6 * * ? *)");
		assert.ok(orders.lastRunAt instanceof Date);
		assert.ok(orders.lastRunStatus);
	});

	await test("ListDataSources: filters", async () => {
		const glue = await call(dz, "ListDataSources", {
			domainIdentifier, projectIdentifier: project, type: "GLUE",
		});
		const named = await call(dz, "ListDataSources", {
			domainIdentifier, projectIdentifier: project,
			name: "Préférences des clients – 好み (Glue)",
		});
		assert.equal(glue.items.length, 5);
		assert.deepEqual(named.items.map((s) => s.dataSourceId),
			["ds_preferences"]);
	});

	await test("CreateDataSource, GetDataSource, DeleteDataSource", async () => {
		const input = {
			domainIdentifier, projectIdentifier: project, name: "Loyalty",
			type: "GLUE", description: "Points",
			schedule: { timezone: "EUROPE_PARIS",
				schedule: "cron(0 5 * * ? *)" },
			configuration: { glueRunConfiguration: {
				relationalFilterConfigurations: [
					{ databaseName: "loyalty" }],
			} },
			assetFormsInput: [{ formName: "Steward",
				typeIdentifier: "StewardForm", content: "{}" }],
		};
		const made = await call(dz, "CreateDataSource", input);
		const again = await refusal(call(dz, "CreateDataSource", input));

		assert.equal(made.$metadata.httpStatusCode, 201);
		assert.equal(made.status, "CREATING");
		assert.ok(again instanceof sdk.ValidationException);
		const source = await until(async () => {
			const now = await call(dz, "GetDataSource",
				{ domainIdentifier, identifier: made.id });
			return now.status === "READY" && now;
		}, "the data source to become ready");
		assert.equal(source.name, "Loyalty");
		assert.equal(source.schedule.timezone, "EUROPE_PARIS");
		assert.equal(source.configuration.glueRunConfiguration
			.relationalFilterConfigurations[0].databaseName, "loyalty");
		assert.equal(source.assetFormsOutput[0].formName, "Steward");

		const gone = await call(dz, "DeleteDataSource",
			{ domainIdentifier, identifier: made.id,
				retainPermissionsOnRevokeFailure: true });
		assert.equal(gone.status, "DELETING");
		assert.equal(gone.retainPermissionsOnRevokeFailure, true);
		const error = await refusal(call(dz, "GetDataSource",
			{ domainIdentifier, identifier: made.id }));
		assert.ok(error instanceof sdk.ResourceNotFoundException);
	});
}
