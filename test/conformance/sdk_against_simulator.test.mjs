/*
 * sdk_against_simulator.test.mjs
 *		The official SDK against the simulator, for every operation it has.
 *
 * The simulator is what our own client is tested with.  If it satisfies the
 * service's official SDK (signatures, members, types, paginators, exception
 * classes, retries), what our client gets right with it is right for the
 * service, too, as far as anybody can tell without the service.
 */
import assert from "node:assert/strict";

import { client, covered } from "./lib/sdk.mjs";
import { Simulator } from "./lib/simulator.mjs";
import { finish, test } from "./lib/tap.mjs";
import catalogTests from "./sdk/catalog.mjs";
import errorTests from "./sdk/errors.mjs";
import lineageTests from "./sdk/lineage.mjs";
import metadataTests from "./sdk/metadata.mjs";
import productTests from "./sdk/products.mjs";
import runTests from "./sdk/runs.mjs";
import sourceTests from "./sdk/sources.mjs";
import transportTests from "./sdk/transport.mjs";

/* Two minutes of a run pass in two seconds. */
const simulator = await Simulator.start(["--time-scale", "60"]);
const dz = client(simulator);
let mistakes = 0;

try {
	for (const tests of [runTests, sourceTests, lineageTests, metadataTests,
		productTests, catalogTests, errorTests, transportTests]) {
		await simulator.reset();
		await tests(simulator, dz);
		const counts = await simulator.control("GET", "statistics");
		mistakes += counts.bugs + counts.malformed;
	}

	await test("every operation of the simulator was called", async () => {
		const { operations } = await simulator.control("GET", "health");
		assert.deepEqual([...covered].sort(), operations);
	});

	await test("the simulator made no mistake of its own", () => {
		assert.equal(mistakes, 0);
	});
} finally {
	dz.destroy();
	await simulator.stop();
}
process.exitCode = finish();
