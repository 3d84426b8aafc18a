/*
 * products.mjs
 *		Data products and their revisions through the SDK.
 */
import assert from "node:assert/strict";

import * as sdk from "@aws-sdk/client-datazone";

import {
	all, call, domainIdentifier, project, refusal,
} from "../lib/sdk.mjs";
import { test } from "../lib/tap.mjs";

const items = [{ itemType: "ASSET", identifier: "ast_orders", revision: "1",
	glossaryTerms: ["trm_order"] }];

export default async function productTests(simulator, dz) {
	let product;

	await test("CreateDataProduct, GetDataProduct", async () => {
		product = await call(dz, "CreateDataProduct", {
			domainIdentifier, owningProjectIdentifier: project,
			name: "Baskets", description: "What is bought together.", items,
			glossaryTerms: ["trm_order"],
			formsInput: [{ formName: "Steward", typeIdentifier: "StewardForm",
				typeRevision: "3", content: "{\"steward\":\"Zoë\"}" }],
		});
		const got = await call(dz, "GetDataProduct",
			{ domainIdentifier, identifier: product.id });

		assert.equal(product.$metadata.httpStatusCode, 201);
		assert.equal(product.revision, "1");
		assert.equal(product.status, "CREATED");
		assert.ok(product.createdAt instanceof Date);
		assert.deepEqual(got.items, items);
		assert.deepEqual(got.formsOutput, [{ formName: "Steward",
			typeName: "StewardForm", typeRevision: "3",
			content: "{\"steward\":\"Zoë\"}" }]);
		assert.deepEqual(got.createdAt, product.createdAt);
	});

	await test("CreateDataProductRevision: numbers go up, the first stays known", async () => {
		const second = await call(dz, "CreateDataProductRevision", {
			domainIdentifier, identifier: product.id, name: "Baskets 2",
			items,
		});
		const first = await call(dz, "GetDataProduct", {
			domainIdentifier, identifier: product.id, revision: "1" });

		assert.equal(second.$metadata.httpStatusCode, 201);
		assert.equal(second.revision, "2");
		assert.equal(second.owningProjectId, project);
		assert.deepEqual(second.firstRevisionCreatedAt, product.createdAt);
		assert.equal(first.name, "Baskets");
	});

	await test("CreateDataProductRevision: a token is good for one revision", async () => {
		const input = { domainIdentifier, identifier: "dp_orders",
			name: "Orders", clientToken: "one-revision" };
		const one = await call(dz, "CreateDataProductRevision", input);
		const two = await call(dz, "CreateDataProductRevision", input);
		const other = await refusal(call(dz, "CreateDataProductRevision",
			{ ...input, name: "Other" }));

		assert.equal(one.revision, "2");
		assert.equal(two.revision, "2");
		assert.ok(other instanceof sdk.ConflictException);
	});

	await test("ListDataProductRevisions: all of them, page by page", async () => {
		for (let n = 3; n <= 53; n++) {
			await call(dz, "CreateDataProductRevision", {
				domainIdentifier, identifier: product.id, name: `B ${n}` });
		}
		const found = await all(dz, "ListDataProductRevisions",
			{ domainIdentifier, identifier: product.id }, 50);

		assert.equal(found.pages, 2);
		assert.deepEqual(
			found.items.map((r) => Number(r.revision)).sort((a, b) => a - b),
			Array.from({ length: 53 }, (_, n) => n + 1));
		assert.ok(found.items.every((r) => r.createdAt instanceof Date));
	});

	await test("data products: what is not there, what is not allowed", async () => {
		const missing = await refusal(call(dz, "CreateDataProductRevision",
			{ domainIdentifier, identifier: "dp_nowhere", name: "x" }));
		const noAsset = await refusal(call(dz, "CreateDataProduct", {
			domainIdentifier, owningProjectIdentifier: project, name: "x",
			items: [{ itemType: "ASSET", identifier: "ast_nowhere" }] }));
		const long = await refusal(call(dz, "CreateDataProductRevision", {
			domainIdentifier, identifier: "dp_orders",
			name: "x".repeat(65) }));

		assert.ok(missing instanceof sdk.ResourceNotFoundException);
		assert.equal(missing.message,
			"Requested dataProduct cannot be found in domain");
		assert.ok(noAsset instanceof sdk.ResourceNotFoundException);
		assert.ok(long instanceof sdk.ValidationException);
	});
}
