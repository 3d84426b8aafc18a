/*
 * simulator.mjs
 *		A simulator of one's own, and its control API.
 *
 * The process ends when our end of its stdin closes, which the system does
 * for us even if we crash.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(
	new URL("../../simulator/datazone_simulator.py", import.meta.url));

export const keys = {
	accessKeyId: "AKIDEXAMPLE",
	secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

export class Simulator {
	/* Start one; "options" is its command line. */
	static async start(options = []) {
		const child = spawn("python3",
			["-B", program, "--exit-with-stdin", ...options],
			{ stdio: ["pipe", "pipe", "inherit"] });
		const lines = createInterface({ input: child.stdout })[
			Symbol.asyncIterator]();
		const url = (await lines.next()).value;
		const control = (await lines.next()).value;

		if (!url || !control) {
			throw new Error("the simulator did not start");
		}
		return new Simulator(child, url, control);
	}

	constructor(child, url, control) {
		this.child = child;
		this.url = url;
		this.controlUrl = control;
	}

	/* A control request; gives the decoded answer, throws if refused. */
	async control(method, path, given) {
		const answer = await fetch(`${this.controlUrl}/${path}`, {
			method,
			body: given === undefined ? undefined : JSON.stringify(given),
		});
		const found = await answer.json();

		if (!answer.ok) {
			throw new Error(`${method} ${path}: ${JSON.stringify(found)}`);
		}
		return found;
	}

	reset(given = {}) {
		return this.control("POST", "reset", given);
	}

	settings(given) {
		return this.control("POST", "settings", given);
	}

	fault(operation, kind, count = 1, params = {}) {
		return this.control("POST", "faults",
			{ operation, kind, count, params });
	}

	async log(operation) {
		return (await this.control("GET", `log?operation=${operation}`))
			.requests;
	}

	async effects(operation) {
		return (await this.control("GET", `effects?operation=${operation}`))
			.effects;
	}

	/* End it and wait until it is gone. */
	stop() {
		return new Promise((resolve) => {
			this.child.once("exit", resolve);
			this.child.stdin.end();
		});
	}
}
