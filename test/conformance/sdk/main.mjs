/*
 * main.mjs
 *		All tests of the official SDK against one simulator, in their order.
 *
 * Each group starts with a fresh simulator state and may rely on nothing
 * that another one left behind.
 */
import assert from "node:assert/strict";

import { client, covered } from "../lib/sdk.mjs";
import { Simulator } from "../lib/simulator.mjs";
import { finish, test } from "../lib/tap.mjs";
import catalogTests from "./catalog.mjs";
import errorTests from "./errors.mjs";
import lineageTests from "./lineage.mjs";
import metadataTests from "./metadata.mjs";
import productTests from "./products.mjs";
import runTests from "./runs.mjs";
import sourceTests from "./sources.mjs";
import transportTests from "./transport.mjs";

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
