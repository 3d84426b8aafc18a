/*
 * sdk_against_simulator.test.mjs
 *		The official SDK against the simulator, for every operation it has.
 *
 * The simulator is what our own client is tested with.  If it satisfies the
 * service's official SDK (signatures, members, types, paginators, exception
 * classes, retries), what our client gets right with it is right for the
 * service, too, as far as anybody can tell without the service.
 *
 * The tests are in sdk/.  They are loaded from here only once it is clear
 * that they can be, so that an old Node.js is a skip that says its name.
 */
const oldest = 20;
const version = process.versions.node;

if (Number(version.split(".")[0]) < oldest) {
	console.log(`1..0 # SKIP the official SDK needs Node.js ${oldest}, ` +
		`this is ${version}`);
} else {
	try {
		await import("@aws-sdk/client-datazone");
	} catch (error) {
		console.log("Bail out! the SDK is not installed: run " +
			"\"npm ci --ignore-scripts\" in test/conformance");
		throw error;
	}
	await import("./sdk/main.mjs");
}
