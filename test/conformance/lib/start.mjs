/*
 * start.mjs
 *		Load tests that use the SDK, or say why that cannot be.
 *
 * Nothing here is newer than the oldest Node.js that there might be, so that
 * an old one is a skip that says its name.
 */
const oldest = 20;
const version = process.versions.node;

/* Run the module at this URL. */
export async function start(url) {
	if (Number(version.split(".")[0]) < oldest) {
		console.log(`1..0 # SKIP the official SDK needs Node.js ${oldest}, ` +
			`this is ${version}`);
		return;
	}
	try {
		await import("@aws-sdk/client-datazone");
	} catch (error) {
		console.log("Bail out! the SDK is not installed: run " +
			"\"npm ci --ignore-scripts\" in test/conformance");
		throw error;
	}
	await import(url);
}
