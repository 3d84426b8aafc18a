/*
 * psql.mjs
 *		One psql session that is fed statement by statement.
 *
 * All statements share a backend, as those of an application do: its cached
 * connection and signing key are part of what is tested.  Where the server is
 * says the environment (PGHOST and so on).
 */
import { spawn } from "node:child_process";

const DEADLINE_MS = 60000;

export class Psql {
	constructor(database) {
		this.buffer = "";
		this.errors = "";
		this.serial = 0;
		this.waiting = null;
		this.child = spawn("psql", ["-X", "-q", "-A", "-t", "-d", database], {
			stdio: ["pipe", "pipe", "pipe"],
			env: { ...process.env, PGCLIENTENCODING: "UTF8" },
		});
		this.child.stdout.setEncoding("utf8");
		this.child.stderr.setEncoding("utf8");
		this.child.stdout.on("data", (text) => {
			this.buffer += text;
			this.#look();
		});
		this.child.stderr.on("data", (text) => {
			this.errors += text;
			this.#look();
		});
		this.gone = new Promise((resolve) => {
			this.child.once("close", () => {
				this.waiting?.reject(new Error(`psql ended: ${this.errors}`));
				resolve();
			});
		});
		this.child.once("error", (error) => this.waiting?.reject(error));
		this.child.stdin.on("error", () => {});
	}

	/*
	 * Run one statement.  Gives "sqlstate" ("00000" if all went well), what
	 * it printed as "text", and what psql said of an error as "error".
	 */
	async run(statement) {
		const marker = `--- end of statement ${++this.serial} ---`;
		const done = new Promise((resolve, reject) => {
			this.waiting = { marker, resolve, reject };
		});
		const timer = setTimeout(() => {
			this.waiting?.reject(new Error(`no answer to: ${statement}`));
		}, DEADLINE_MS);

		this.child.stdin.write(`${statement};\n` +
			`\\echo '${marker}' :SQLSTATE\n\\warn '${marker}'\n`);
		try {
			return await done;
		} finally {
			clearTimeout(timer);
			this.waiting = null;
		}
	}

	/* Run one statement that has to succeed; gives what it printed. */
	async query(statement) {
		const { sqlstate, text, error } = await this.run(statement);

		if (sqlstate !== "00000") {
			throw new Error(`${error}in: ${statement}`);
		}
		return text;
	}

	async close() {
		this.child.stdin.end();
		await this.gone;
	}

	/* Both streams have to have come to the marker. */
	#look() {
		const marker = this.waiting?.marker;

		if (marker === undefined) {
			return;
		}
		const end = this.buffer.indexOf(marker);
		const errorsEnd = this.errors.indexOf(`${marker}\n`);
		const line = end < 0 ? null
			: /^ (\w{5})\n/.exec(this.buffer.slice(end + marker.length));
		if (line === null || errorsEnd < 0) {
			return;
		}
		this.waiting.resolve({
			sqlstate: line[1],
			text: this.buffer.slice(0, end).replace(/\n$/, ""),
			error: this.errors.slice(0, errorsEnd),
		});
		this.buffer = this.buffer.slice(end + marker.length + line[0].length);
		this.errors = this.errors.slice(errorsEnd + marker.length + 1);
	}
}

/* A string as an SQL literal. */
export function literal(text) {
	return `'${text.replace(/'/g, "''")}'`;
}
