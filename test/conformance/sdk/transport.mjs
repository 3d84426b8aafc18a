/*
 * transport.mjs
 *		TLS, and answers whose framing is unusual but right.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { call, client, domainIdentifier, event, refusal } from "../lib/sdk.mjs";
import { Simulator } from "../lib/simulator.mjs";
import { test } from "../lib/tap.mjs";

const runs = { domainIdentifier, dataSourceIdentifier: "ds_orders" };

/* Run body(simulator, client) over TLS with a certificate of that kind. */
async function withTls(variant, body) {
	const directory = await mkdtemp(join(tmpdir(), "datazone-tls-"));
	const simulator = await Simulator.start(
		["--tls", directory, "--tls-variant", variant]);
	const agent = new Agent({ keepAlive: true,
		ca: readFileSync(join(directory, "ca.pem")) });

	try {
		await body(simulator, client(simulator, { maxAttempts: 1,
			requestHandler: { httpsAgent: agent } }));
	} finally {
		agent.destroy();
		await simulator.stop();
		await rm(directory, { recursive: true });
	}
}

export default async function transportTests(simulator, dz) {
	await test("TLS: calls and kept connections", () => withTls("good",
		async (secure, tls) => {
			for (let n = 0; n < 5; n++) {
				const page = await call(tls, "ListDataSourceRuns", runs);
				assert.equal(page.items.length, 50);
			}
			const counts = await secure.control("GET", "statistics");
			assert.equal(counts.requests, 5);
			assert.equal(counts.connections_opened, 1);
		}));

	for (const [variant, code] of [["expired", /CERT_HAS_EXPIRED/],
		["wrong-name", /ERR_TLS_CERT_ALTNAME_INVALID/],
		["untrusted", /UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED/]]) {
		await test(`TLS: a certificate that is ${variant} is refused`,
			() => withTls(variant, async (secure, tls) => {
				const error = await refusal(
					call(tls, "ListDataSourceRuns", runs));
				assert.match(String(error.code), code);
				const counts = await secure.control("GET", "statistics");
				assert.equal(counts.requests, 0);
			}));
	}

	for (const [kind, params] of [["chunked", { size: 7 }], ["close", {}],
		["http10", {}], ["slow", { ms: 50 }],
		["slow_body", { bytes: 4000, ms: 2 }]]) {
		await test(`${kind}: a whole answer is a whole answer`, async () => {
			await simulator.fault("ListDataSourceRuns", kind, 1, params);
			const page = await call(dz, "ListDataSourceRuns", runs);
			assert.equal(page.items.length, 50);
		});
	}

	await test("an empty answer to PostLineageEvent is a success without members", async () => {
		await simulator.settings({ lineage_empty_answer: true });
		const posted = await call(dz, "PostLineageEvent", { domainIdentifier,
			event: Buffer.from(JSON.stringify(event("empty"))) });
		await simulator.settings({ lineage_empty_answer: false });

		assert.equal(posted.$metadata.httpStatusCode, 200);
		assert.equal(posted.id, undefined);
	});
}
