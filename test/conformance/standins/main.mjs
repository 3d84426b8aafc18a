/*
 * main.mjs
 *		Every source of credentials that the SDK and the stand-ins share.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { keys, Simulator } from "../lib/simulator.mjs";
import { finish, test } from "../lib/tap.mjs";

const role = "arn:aws:iam::111122223333:role";
const simulator = await Simulator.start();
const child = spawn("python3", ["-B",
	fileURLToPath(new URL("../../simulator/identity_standins.py", import.meta.url)),
	"--parent-pid", String(process.pid), "--simulator", simulator.controlUrl],
{ stdio: ["ignore", "pipe", "inherit"] });
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const url = (await lines.next()).value;
const standins = new Simulator(child, url, (await lines.next()).value);
const home = await mkdtemp(join(tmpdir(), "dz-standins-"));

/* A file of the home directory. */
async function write(path, text) {
	const file = join(home, path);

	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
	return file;
}

/* One call in a process with this environment and these files. */
async function call(environment) {
	const clean = Object.fromEntries(Object.entries(process.env).filter(
		([name]) => !/^AWS_|_proxy$/i.test(name)));
	const run = spawn(process.execPath,
		[fileURLToPath(new URL("call.mjs", import.meta.url))], {
			env: { ...clean, HOME: home, DATAZONE_URL: simulator.url,
				AWS_EC2_METADATA_DISABLED: "true",
				AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL_SSO: url,
				AWS_REGION: "eu-west-1", ...environment },
			stdio: ["ignore", "pipe", "inherit"],
		});
	let out = "";

	run.stdout.on("data", (data) => { out += data; });
	await new Promise((resolve) => { run.on("close", resolve); });
	return JSON.parse(out);
}

/* The call must be signed with keys of this source. */
async function gets(name, pattern, environment, check = () => {}) {
	await test(name, async () => {
		await standins.control("DELETE", "log");
		await simulator.control("DELETE", "log");
		const found = await call(environment);
		const { requests } = await simulator.control("GET", "log");

		assert.match(found.accessKeyId ?? JSON.stringify(found), pattern);
		assert.equal(requests.at(-1).identity, found.accessKeyId);
		assert.equal(requests.at(-1).signature, "ok");
		await check((await standins.control("GET", "log")).requests, found);
	});
}

const imds = { AWS_EC2_METADATA_DISABLED: "false",
	AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
const source = `[profile source]
aws_access_key_id = ${keys.accessKeyId}
aws_secret_access_key = ${keys.secretAccessKey}
`;

try {
	await gets("the instance", /^ASIAIMDS/, imds, (asked, found) => {
		assert.deepEqual(asked.map((one) => one.operation),
			["ImdsToken", "ImdsRoles", "ImdsCredentials"]);
		assert.ok(Date.parse(found.expiration) > Date.now());
	});

	await standins.control("POST", "settings",
		{ container_authorization: "pod-token" });
	const token = await write("pod.token", "pod-token");
	await gets("a container with a token file", /^ASIAECS/, {
		AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container/v1`,
		AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token,
	});
	await gets("a container with a token", /^ASIAECS/, {
		AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container/v1`,
		AWS_CONTAINER_AUTHORIZATION_TOKEN: "pod-token",
	});

	const web = await write("web.token", "web-identity-token");
	await gets("web identity of the environment", /^ASIASTS/, {
		AWS_ROLE_ARN: `${role}/irsa`,
		AWS_WEB_IDENTITY_TOKEN_FILE: web,
	}, ([asked]) => {
		assert.equal(asked.operation, "AssumeRoleWithWebIdentity");
		assert.equal(asked.signature, "unsigned");
		assert.equal(asked.form.WebIdentityToken, "web-identity-token");
	});

	await write(".aws/config", `${source}
[profile role]
role_arn = ${role}/first
source_profile = source
external_id = an-id
[profile chain]
role_arn = ${role}/second
source_profile = role
[profile instance]
role_arn = ${role}/i
credential_source = Ec2InstanceMetadata
[profile wrong]
role_arn = ${role}/first
source_profile = stale
[profile stale]
aws_access_key_id = ${keys.accessKeyId}
aws_secret_access_key = not-the-secret
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example.com/start
`);
	await gets("a role", /^ASIASTS/, { AWS_PROFILE: "role" }, ([asked]) => {
		assert.equal(asked.signature, "ok");
		assert.equal(asked.form.ExternalId, "an-id");
	});
	await gets("a chain of roles", /^ASIASTS/, { AWS_PROFILE: "chain" },
		(asked) => {
			assert.deepEqual(asked.map((one) => one.form.RoleArn),
				[`${role}/first`, `${role}/second`]);
			assert.deepEqual(asked.map((one) => one.signature), ["ok", "ok"]);
		});
	await gets("a role of the instance", /^ASIASTS/,
		{ AWS_PROFILE: "instance", ...imds }, (asked) => {
			assert.match(asked.at(-1).identity, /^ASIAIMDS/);
		});

	await standins.control("POST", "settings", { sso_token: "sso-token" });
	const cached = createHash("sha1").update("corp").digest("hex");
	await write(`.aws/sso/cache/${cached}.json`, JSON.stringify({
		accessToken: "sso-token", expiresAt: "2099-01-01T00:00:00Z",
		region: "eu-west-1", startUrl: "https://corp.example.com/start" }));
	await gets("an SSO session", /^ASIASSO/, { AWS_PROFILE: "sso" });

	/* What is refused is the SDK's exception. */
	await standins.control("POST", "settings",
		{ roles: { [`${role}/first`]: { denied: true } } });
	await test("STS denies a role", async () => {
		const found = await call({ AWS_PROFILE: "role" });
		assert.match(JSON.stringify(found), /AccessDenied/);
		assert.match(found.message, /is not authorized to perform: sts:AssumeRole/);
	});
	await standins.control("POST", "settings", { roles: {} });
	await test("STS finds a signature wrong", async () => {
		const found = await call({ AWS_PROFILE: "wrong" });
		assert.match(JSON.stringify(found), /SignatureDoesNotMatch|signature we calculated/);
	});
	await standins.control("POST", "settings",
		{ web_identity_token: "another" });
	await test("STS does not know a token", async () => {
		const found = await call({ AWS_ROLE_ARN: `${role}/irsa`,
			AWS_WEB_IDENTITY_TOKEN_FILE: web });
		assert.match(JSON.stringify(found), /InvalidIdentityToken/);
	});
	await standins.control("POST", "settings", { sso_token: "another" });
	await test("the portal does not know a token", async () => {
		const found = await call({ AWS_PROFILE: "sso" });
		assert.match(JSON.stringify(found), /Unauthorized|Session token not found|SSO/);
	});
	await test("nothing broke in the stand-ins", async () => {
		const { bugs, malformed } = await standins.control("GET", "statistics");
		assert.equal(bugs + malformed, 0);
	});
} finally {
	child.kill();
	await simulator.stop();
	await rm(home, { recursive: true, force: true });
}
process.exitCode = finish();
