/*
 * sql_over_http2.test.mjs
 *		The extension talks HTTP/2 where the server offers it.
 *
 * The server is Node.js's own; it records which protocol each request came by
 * and checks its signature.  Needs a PostgreSQL as sql_against_sdk does, and
 * no SDK.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import http2 from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { literal, Psql } from "./lib/psql.mjs";
import { verify } from "./lib/signature.mjs";
import { finish, test } from "./lib/tap.mjs";

const DATABASE = "datazone_http2";
const scope = { region: "eu-west-1", service: "datazone" };
const keys = {
	accessKeyId: "AKIDEXAMPLE",
	secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const PAGES = 3;
const PER_PAGE = 50;

const directory = mkdtempSync(join(tmpdir(), "datazone-http2-"));
const certificate = join(directory, "cert.pem");
const key = join(directory, "key.pem");

/* What came, and what is to be answered next instead of the usual. */
const seen = { requests: [], sessions: 0, problems: [] };
let instead = null;

function run(n) {
	const when = "2026-01-02T03:04:05.000Z";

	return { id: `run${n}`, dataSourceId: "ds1", type: "SCHEDULED",
		status: "SUCCESS", projectId: "p1", createdAt: when, updatedAt: when };
}

/* The usual answer: pages of runs, one run, or a lineage event's id. */
function answer(request) {
	const url = new URL(request.url, "https://x");

	if (request.method === "POST") {
		return { id: "abcdefghijklmn", domainId: "dzd_h2" };
	}
	if (!url.pathname.endsWith("/runs")) {
		return { ...run(0), domainId: "dzd_h2" };
	}
	const page = Number(url.searchParams.get("nextToken") ?? 0);

	return {
		items: Array.from({ length: PER_PAGE }, (_, i) => run(page * 50 + i)),
		nextToken: page + 1 < PAGES ? String(page + 1) : undefined,
	};
}

function check(request, body, host) {
	const headers = Object.entries(request.headers)
		.filter(([name]) => !name.startsWith(":"));

	headers.push(["host", request.headers[":authority"] ??
		request.headers.host]);
	try {
		verify({ method: request.method, target: request.url, headers, body },
			keys, scope, host);
	} catch (error) {
		seen.problems.push(String(error));
	}
}

const server = http2.createSecureServer(certificateFiles());
server.on("session", () => seen.sessions++);
server.on("sessionError", () => {});
server.on("request", (request, response) => {
	const chunks = [];

	request.on("data", (chunk) => chunks.push(chunk));
	request.on("error", () => {});
	response.on("error", () => {});
	request.on("end", () => {
		const body = Buffer.concat(chunks);
		const odd = instead;

		check(request, body, `localhost:${server.address().port}`);
		seen.requests.push({ version: request.httpVersion,
			method: request.method, length: body.length });
		instead = null;
		if (odd !== null) {
			odd(request, response);
			return;
		}
		response.writeHead(200, { "content-type": "application/json" });
		response.end(JSON.stringify(answer(request)));
	});
});

function certificateFiles() {
	execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
		"/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
		"-keyout", key, "-out", certificate], { stdio: "ignore" });
	/* the server's user has to read what it trusts */
	chmodSync(directory, 0o755);
	chmodSync(certificate, 0o644);
	return { key: readFileSync(key), cert: readFileSync(certificate) };
}

function forget() {
	seen.requests.length = 0;
	seen.problems.length = 0;
}

async function prepare(sql, port) {
	await sql.query("CREATE EXTENSION datazone");
	await sql.query(`CREATE SERVER h2 FOREIGN DATA WRAPPER datazone OPTIONS (
		region 'eu-west-1', domain_identifier 'dzd_h2',
		endpoint_url 'https://localhost:${port}',
		ca_bundle ${literal(certificate)})`);
	await sql.query(`CREATE USER MAPPING FOR PUBLIC SERVER h2 OPTIONS (
		access_key_id ${literal(keys.accessKeyId)},
		secret_access_key ${literal(keys.secretAccessKey)})`);
}

/* All that came, came by HTTP/2 and signed. */
function assertGood(count) {
	assert.deepEqual(seen.problems, []);
	assert.equal(seen.requests.length, count);
	assert.deepEqual([...new Set(seen.requests.map((r) => r.version))],
		["2.0"]);
}

async function testAll(sql) {
	await test("a listing comes by HTTP/2, over one connection", async () => {
		const rows = await sql.query("SELECT count(DISTINCT id) FROM " +
			"datazone_list_data_source_runs('ds1')");

		assert.equal(rows, String(PAGES * PER_PAGE));
		assertGood(PAGES);
		assert.equal(seen.sessions, 1);
	});
	await test("calls of a session share that connection", async () => {
		forget();
		for (let i = 0; i < 20; i++) {
			await sql.query("SELECT id FROM datazone_get_run('run0')");
		}
		assertGood(20);
		assert.equal(seen.sessions, 1);
	});
	await test("a body larger than a window arrives whole", async () => {
		forget();
		const event = `jsonb_build_object('eventTime', '2026-01-01T00:00:00Z',
			'producer', 'https://example.com', 'schemaURL',
			'https://openlineage.io/spec/2-0-2/OpenLineage.json',
			'run', '{"runId": "r"}'::jsonb,
			'job', '{"namespace": "n", "name": "j"}'::jsonb,
			'x', repeat('y', 250000))`;

		assert.equal(await sql.query(`SELECT datazone_post_lineage(${event})`),
			"abcdefghijklmn");
		assertGood(1);
		assert.ok(seen.requests[0].length > 250000);
	});
	await test("a stream that is reset is tried again", async () => {
		forget();
		instead = (_, response) =>
			response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
		assert.equal(
			await sql.query("SELECT id FROM datazone_get_run('run0')"), "run0");
		assertGood(2);
	});
	await test("a stream cut in its body is no answer", async () => {
		forget();
		await sql.query("ALTER SERVER h2 OPTIONS (ADD max_attempts '1')");
		instead = (_, response) => {
			response.writeHead(200, { "content-type": "application/json" });
			response.write("{\"id\":");
			setTimeout(() => response.stream.close(
				http2.constants.NGHTTP2_INTERNAL_ERROR), 50);
		};
		const { sqlstate } = await sql.run(
			"SELECT id FROM datazone_get_run('run0')");

		assert.equal(sqlstate, "HV00L");
	});
	await test("a silent stream is left by a cancel, and the next call works",
		async () => {
			forget();
			instead = () => {};
			await sql.query("SET statement_timeout = '300ms'");
			const { sqlstate } = await sql.run(
				"SELECT id FROM datazone_get_run('run0')");

			assert.equal(sqlstate, "57014");
			await sql.query("RESET statement_timeout");
			assert.equal(
				await sql.query("SELECT id FROM datazone_get_run('run0')"),
				"run0");
			assertGood(2);
		});
	await test("a service error by HTTP/2 is told as any other", async () => {
		forget();
		instead = (_, response) => {
			response.writeHead(404, { "content-type": "application/json",
				"x-amzn-errortype": "ResourceNotFoundException",
				"x-amzn-requestid": "request-by-h2" });
			response.end("{\"message\":\"no such run\"}");
		};
		const { sqlstate, error } = await sql.run(
			"SELECT id FROM datazone_get_run('run0')");

		assert.equal(sqlstate, "42704");
		assert.match(error, /request-by-h2.*no such run/);
	});
}

await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const administration = new Psql("postgres");
await administration.query(`DROP DATABASE IF EXISTS ${DATABASE}`);
await administration.query(`CREATE DATABASE ${DATABASE}`);
const sql = new Psql(DATABASE);
await prepare(sql, server.address().port);
await testAll(sql);
await sql.close();
await administration.query(`DROP DATABASE ${DATABASE}`);
await administration.close();
server.close();
rmSync(directory, { recursive: true });
process.exit(finish());
