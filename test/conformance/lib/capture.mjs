/*
 * capture.mjs
 *		An HTTP server that keeps what arrives and answers "{}".
 *
 * Nothing of a request is interpreted here: the target and the headers stay
 * as they were sent, or a comparison would compare what Node.js made of them.
 */
import { once } from "node:events";
import { createServer } from "node:http";

export class Capture {
	static async start() {
		const capture = new Capture();

		capture.server.listen(0, "127.0.0.1");
		await once(capture.server, "listening");
		capture.host = `127.0.0.1:${capture.server.address().port}`;
		capture.url = `http://${capture.host}`;
		return capture;
	}

	constructor() {
		this.requests = [];
		this.code = 200;
		/* awkward labels make long targets; clients keep connections */
		this.server = createServer(
			{ maxHeaderSize: 1 << 20, keepAliveTimeout: 600000 },
			(request, response) => this.#receive(request, response));
	}

	/* Answer what comes next with this status. */
	expect(code) {
		this.code = code;
	}

	/* The requests since the last call; fails unless there was one. */
	take(who) {
		const taken = this.requests;

		this.requests = [];
		if (taken.length !== 1) {
			throw new Error(`${who} sent ${taken.length} requests, not one`);
		}
		return taken[0];
	}

	/* Forget what came; returns how many requests that were. */
	clear() {
		const count = this.requests.length;

		this.requests = [];
		return count;
	}

	stop() {
		this.server.close();
		this.server.closeAllConnections();
	}

	async #receive(request, response) {
		const chunks = [];

		for await (const chunk of request) {
			chunks.push(chunk);
		}
		this.requests.push({
			method: request.method,
			target: request.url,
			headers: pairs(request.rawHeaders),
			body: Buffer.concat(chunks),
		});
		if (this.code === 204) {
			response.writeHead(204).end();
			return;
		}
		response.writeHead(this.code,
			{ "content-type": "application/json", "content-length": 2 });
		response.end("{}");
	}
}

/* [name, value] of each header, names in lower case, in their order. */
function pairs(raw) {
	const found = [];

	for (let i = 0; i < raw.length; i += 2) {
		found.push([raw[i].toLowerCase(), raw[i + 1]]);
	}
	return found;
}

/* The values of a header, joined as HTTP joins them; undefined: none. */
export function header(request, name) {
	const values = request.headers
		.filter(([given]) => given === name).map(([, value]) => value);

	return values.length > 0 ? values.join(",") : undefined;
}
