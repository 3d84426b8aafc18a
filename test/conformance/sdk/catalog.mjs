/*
 * catalog.mjs
 *		Search, projects, domains and tags through the SDK.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import {
	all, arn, call, domainIdentifier, project, refusal,
} from "../lib/sdk.mjs";
import { test } from "../lib/tap.mjs";

async function searchTests(simulator, dz) {
	await test("Search: assets with forms and the reason of the match", async () => {
		const found = await call(dz, "Search", {
			domainIdentifier, searchScope: "ASSET", searchText: "ORDERS",
			searchIn: [{ attribute: "name" }],
			additionalAttributes: ["FORMS", "TEXT_MATCH_RATIONALE"],
		});
		const { assetItem } = found.items[0];

		assert.equal(found.totalMatchCount, 1);
		assert.equal(assetItem.identifier, "ast_orders");
		assert.ok(assetItem.createdAt instanceof Date);
		assert.deepEqual(JSON.parse(assetItem.additionalAttributes
			.formsOutput[0].content),
		{ sourceIdentifier: "retail.sales.orders" });
		assert.deepEqual(assetItem.additionalAttributes.matchRationale[0]
			.textMatches[0].matchOffsets, [{ startOffset: 0, endOffset: 6 }]);
	});

	await test("Search: filters, sort and pages in the body", async () => {
		const { items, pages } = await all(dz, "Search", {
			domainIdentifier, searchScope: "ASSET",
			owningProjectIdentifier: project,
			filters: { and: [
				{ filter: { attribute: "typeIdentifier",
					value: "RedshiftTable", operator: "TEXT_SEARCH" } },
				{ or: [
					{ filter: { attribute: "name", value: "orders" } },
					{ filter: { attribute: "name", value: "customers" } },
					{ filter: { attribute: "name", value: "returns" } }] },
			] },
			sort: { attribute: "name", order: "DESCENDING" },
		}, 1);

		assert.deepEqual(items.map((i) => i.assetItem.name),
			["orders", "customers"]);
		assert.equal(pages, 2);
	});

	await test("Search: glossaries, terms, data products", async () => {
		const count = {};
		for (const searchScope of ["GLOSSARY", "GLOSSARY_TERM",
			"DATA_PRODUCT"]) {
			const page = await call(dz, "Search",
				{ domainIdentifier, searchScope });
			count[searchScope] = page.items.map(
				(item) => Object.keys(item)[0])[0];
		}
		assert.deepEqual(count, { GLOSSARY: "glossaryItem",
			GLOSSARY_TERM: "glossaryTermItem",
			DATA_PRODUCT: "dataProductItem" });
	});
}

async function projectTests(simulator, dz) {
	await test("CreateProject, GetProject, ListProjects", async () => {
		const made = await call(dz, "CreateProject", {
			domainIdentifier, name: "Loyalty Programme", description: "Points",
			resourceTags: { team: "loyalty" },
		});
		const got = await call(dz, "GetProject",
			{ domainIdentifier, identifier: made.id });
		const { items, pages } = await all(dz, "ListProjects",
			{ domainIdentifier }, 1);

		assert.equal(made.$metadata.httpStatusCode, 201);
		assert.equal(got.name, "Loyalty Programme");
		assert.equal(got.projectStatus, "ACTIVE");
		assert.deepEqual(got.resourceTags,
			[{ key: "team", value: "loyalty", source: "PROJECT" }]);
		assert.ok(got.createdAt instanceof Date);
		assert.deepEqual(items.map((p) => p.id),
			["prj_retail", "prj_finance", made.id]);
		assert.equal(pages, 3);
	});

	await test("CreateProject: a name with a slash is refused", async () => {
		const error = await refusal(call(dz, "CreateProject",
			{ domainIdentifier, name: "a/b" }));
		assert.ok(error instanceof sdk.ValidationException);
		assert.match(error.message, /'name'.*regular expression pattern/);
	});

	await test("GetDomain, ListDomains", async () => {
		await simulator.control("POST", "seed", {
			domains: Array.from({ length: 30 }, (_, n) => (
				{ id: `dzd-extra${n}`, name: `Extra ${n}` })) });
		const domain = await call(dz, "GetDomain",
			{ identifier: domainIdentifier });
		const { items, pages } = await all(dz, "ListDomains", {}, 25);

		assert.equal(domain.arn, arn);
		assert.equal(domain.status, "AVAILABLE");
		assert.equal(domain.createdAt.toISOString(),
			"2025-01-02T08:30:00.500Z");
		assert.equal(items.length, 31);
		assert.equal(pages, 2);
		assert.equal(items[0].managedAccountId, "123456789012");
		assert.equal(items[1].domainVersion, "V2");
	});
}

async function tagTests(simulator, dz) {
	await test("TagResource, ListTagsForResource, UntagResource: ARNs in paths", async () => {
		await call(dz, "TagResource", { resourceArn: arn,
			tags: { "cost centre": "7", stage: "test", owner: "" } });
		const tagged = await call(dz, "ListTagsForResource",
			{ resourceArn: arn });
		await call(dz, "UntagResource",
			{ resourceArn: arn, tagKeys: ["cost centre", "owner"] });
		const left = await call(dz, "ListTagsForResource",
			{ resourceArn: arn });
		const error = await refusal(call(dz, "ListTagsForResource",
			{ resourceArn: `${arn}_nowhere` }));

		assert.deepEqual(tagged.tags,
			{ "cost centre": "7", stage: "test", owner: "" });
		assert.deepEqual(left.tags, { stage: "test" });
		assert.ok(error instanceof sdk.ResourceNotFoundException);
	});
}

export default async function catalogTests(simulator, dz) {
	await searchTests(simulator, dz);
	await projectTests(simulator, dz);
	await tagTests(simulator, dz);
}
