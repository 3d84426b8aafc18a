/*
 * sides.mjs
 *		The two that are compared: datazone_call() in a PostgreSQL, and the
 *		SDK, each with a server that captures what it sends.
 *
 * Each side has one client with permanent keys and one with a session token;
 * in SQL these are foreign servers of the same names.
 */
import { Capture } from "../lib/capture.mjs";
import { literal, Psql } from "../lib/psql.mjs";
import { sdk } from "./runtime.mjs";
import { domainIdentifier } from "./variants.mjs";

const DATABASE = "datazone_conformance";

const permanent = {
	accessKeyId: "AKIDEXAMPLE",
	secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

/* What both sign for, and with what. */
export const scope = { region: "eu-west-1", service: "datazone" };
export const identities = [
	{ name: "permanent", keys: permanent },
	{ name: "temporary",
		keys: { ...permanent, sessionToken: "SESSION+TOKEN/example==" } },
];

/*
 * SQLSTATEs of a request that was sent.  "{}" may be less than the API
 * promises to answer: that is HV00M, and none of our business here.
 */
const SENT = ["00000", "HV00M"];

/* datazone_call() through one session of psql, in a database of its own. */
export class Ours {
	static async start() {
		const ours = new Ours();

		ours.name = "SQL";
		ours.capture = await Capture.start();
		ours.administration = new Psql("postgres");
		await ours.administration.query(
			`DROP DATABASE IF EXISTS ${DATABASE}`);
		await ours.administration.query(`CREATE DATABASE ${DATABASE}
			TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
		ours.sql = new Psql(DATABASE);
		await ours.sql.query("CREATE EXTENSION datazone");
		for (const identity of identities) {
			await ours.#createServer(identity);
		}
		return ours;
	}

	/*
	 * Send an operation's request.  Gives whether it was accepted, and what
	 * psql said if not.
	 */
	async send(operation, params, { name }) {
		this.capture.expect(operation.code);
		const { sqlstate, error } = await this.sql.run(
			`SELECT datazone_call(${literal(operation.name)}, ` +
			`${literal(JSON.stringify(params))}, '${name}')`);

		return { accepted: SENT.includes(sqlstate), sqlstate, error };
	}

	/* What datazone_operations() says. */
	async operations() {
		return JSON.parse(await this.sql.query(
			"SELECT json_agg(o) FROM datazone_operations() AS o"));
	}

	async stop() {
		await this.sql.close();
		await this.administration.query(`DROP DATABASE ${DATABASE}`);
		await this.administration.close();
		this.capture.stop();
	}

	async #createServer({ name, keys }) {
		const token = keys.sessionToken === undefined ? ""
			: `, session_token ${literal(keys.sessionToken)}`;

		await this.sql.query(`CREATE SERVER ${name}
			FOREIGN DATA WRAPPER datazone
			OPTIONS (region '${scope.region}', max_attempts '1',
				rate_limit '1000000', endpoint_url '${this.capture.url}',
				domain_identifier '${domainIdentifier}')`);
		await this.sql.query(`CREATE USER MAPPING FOR PUBLIC SERVER ${name}
			OPTIONS (access_key_id ${literal(keys.accessKeyId)},
				secret_access_key ${literal(keys.secretAccessKey)}${token})`);
	}
}

export class Theirs {
	static async start() {
		const theirs = new Theirs();

		theirs.name = "the SDK";
		theirs.capture = await Capture.start();
		theirs.clients = new Map(identities.map(({ name, keys }) => [name,
			new sdk.DataZoneClient({ region: scope.region, credentials: keys,
				endpoint: theirs.capture.url, maxAttempts: 1 })]));
		return theirs;
	}

	async send(operation, input, { name }) {
		this.capture.expect(operation.code);
		await this.clients.get(name).send(new operation.Command(input));
	}

	stop() {
		for (const client of this.clients.values()) {
			client.destroy();
		}
		this.capture.stop();
	}
}
