/*
 * tap.mjs
 *		Tests in the Test Anything Protocol, one after another.
 *
 * A test is a name that states a promise and a function that throws if the
 * promise is broken.  The plan comes last, so that a run that dies half-way
 * is a failed run for every reader of TAP.
 */

let count = 0;
let failed = 0;

/* A name or reason on one line, with nothing that TAP would interpret. */
function plain(text) {
	return String(text).replace(/\s+/g, " ").replace(/#/g, "\\#");
}

/* Run one test and print its point; diagnostics go into comment lines. */
export async function test(name, body) {
	count++;
	try {
		await body();
		console.log(`ok ${count} - ${plain(name)}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${count} - ${plain(name)}`);
		for (const line of String(error?.stack ?? error).split("\n")) {
			console.log(`# ${line}`);
		}
	}
}

/* Say by name what cannot be tested here, and why. */
export function skip(name, reason) {
	count++;
	console.log(`ok ${count} - ${plain(name)} # SKIP ${plain(reason)}`);
}

/* Print the plan; returns the exit status. */
export function finish() {
	console.log(`1..${count}`);
	return failed === 0 ? 0 : 1;
}
