/*
 * main.mjs
 *		Every operation's requests, ours against the SDK's.
 *
 * Both sides get the same inputs.  Their requests have to be the same, but
 * for the listed exceptions, and both signatures have to be valid.
 */
import assert from "node:assert/strict";

import { verify } from "../lib/signature.mjs";
import { finish, skip, test } from "../lib/tap.mjs";
import {
	differences, isCompactJson, read, takeToken,
} from "./compare.mjs";
import { exceptions } from "./exceptions.mjs";
import { inputsOf } from "./inputs.mjs";
import { compareWithModel, modelFile } from "./model.mjs";
import {
	kindOf, membersOf, needless, operations, placeOf, tokenOf,
} from "./operations.mjs";
import { identities, Ours, scope, Theirs } from "./sides.mjs";
import * as supplement from "./supplement.mjs";
import { domainIdentifier } from "./variants.mjs";

const UUID4 =
	/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/* A failure shows so many problems of an operation. */
const MAX_SHOWN = 5;

const used = new Set();
const arms = new Set();
const madeTokens = [];
let generated = 0;
let compared = 0;

const theirs = await Theirs.start();
const ours = await Ours.start();

/* What is wrong with our request for an input: nothing, or texts. */
async function compareInput(operation, { variant, sdk, sql }, identity) {
	const [outcome] = await Promise.all([
		ours.send(operation, sql, identity),
		theirs.send(operation, sdk, identity)]);

	if (!outcome.accepted) {
		ours.capture.clear();
		theirs.capture.clear();
		return [`refused: ${outcome.error}`];
	}
	const problems = [];
	const [our, their] = [ours, theirs].map((side) => {
		const request = side.capture.take(side.name);

		try {
			verify(request, identity.keys, scope, side.capture.host);
		} catch (error) {
			problems.push(`signature of ${side.name}: ${error.message}`);
		}
		return request;
	});

	if (!isCompactJson(our)) {
		problems.push(`our body is not compact JSON: ${our.body}`);
	}
	compared++;
	return [...problems,
		...compareRequests(operation, variant, read(our), read(their))];
}

/* What no exception explains. */
function compareRequests(operation, variant, our, their) {
	const problems = [];

	if (variant.token === null) {
		for (const request of [our, their]) {
			const made = takeToken(request, tokenOf(operation));

			assert.match(made, UUID4);
			madeTokens.push(made);
		}
	}
	for (const difference of differences(our, their)) {
		const found = exceptions.find(({ explains }) =>
			explains({ operation, variant, our, difference }));

		if (found !== undefined) {
			used.add(found);
			continue;
		}
		problems.push(`${difference.part} ${difference.name}: ` +
			`${JSON.stringify(difference.ours)}, but the SDK sends ` +
			JSON.stringify(difference.theirs));
	}
	return problems;
}

async function testOperation(operation) {
	const { inputs, left, arms: reached } = inputsOf(operation);
	const problems = [];

	generated += inputs.length;
	assert.deepEqual(left, [], "arms of unions without an input");
	for (const [i, input] of inputs.entries()) {
		for (const problem of await compareInput(operation, input,
			identities[i % identities.length])) {
			problems.push(`${input.variant.name}: ${problem}`);
		}
	}
	for (const arm of reached) {
		arms.add(arm);
	}
	assert.equal(problems.length, 0, `${problems.length} problems with ` +
		`${inputs.length} inputs:\n${problems.slice(0, MAX_SHOWN).join("\n")}`);
}

/* What datazone_operations() should say, from the SDK's shapes. */
function described(operation) {
	return {
		method: operation.method,
		uri: operation.uri,
		paginated: operation.paginated,
		parameters: membersOf(operation.input).map((member) => ({
			name: member.name,
			type: kindOf(member.schema),
			where: placeOf(member),
			required: member.required,
		})).sort(byName),
	};
}

function byName(a, b) {
	return a.name < b.name ? -1 : 1;
}

/* The SDK's shapes know one kind of number. */
async function testOperations() {
	const told = new Map((await ours.operations()).map((row) => [
		row.operation, {
			method: row.method,
			uri: row.uri,
			paginated: row.paginated,
			parameters: row.parameters.map((parameter) => ({ ...parameter,
				type: parameter.type.replace(/^(integer|long|float)$/,
					"number"),
			})).sort(byName),
		}]));

	assert.deepEqual([...told.keys()].sort(),
		operations.map(({ name }) => name));
	for (const operation of operations) {
		assert.deepEqual(told.get(operation.name), described(operation),
			operation.name);
	}
}

function operationNamed(wanted) {
	return operations.find(({ name }) => name === wanted);
}

/*
 * A difference by decision that has no request of ours to compare: libcurl
 * and the canonical form of the signature both remove dot segments, so that
 * the request would go to another resource.
 */
async function testDotSegments() {
	const operation = operationNamed("GetAsset");
	const [identity] = identities;

	for (const identifier of [".", ".."]) {
		const input = { domainIdentifier, identifier };
		const { sqlstate, error } = await ours.send(operation, input,
			identity);

		assert.equal(sqlstate, "22023", error);
		assert.equal(ours.capture.clear(), 0);
		await theirs.send(operation, input, identity);
		assert.equal(read(theirs.capture.take("the SDK")).path,
			`/v2/domains/${domainIdentifier}/assets/${identifier}`);
	}
}

/* The judge of signatures has to see each change of what is signed. */
async function testVerifier() {
	const [{ keys }] = identities;
	const { accepted, error } = await ours.send(operationNamed("UpdateDomain"),
		{ identifier: domainIdentifier, name: "n", clientToken: "token" },
		identities[0]);

	assert.ok(accepted, error);
	const request = ours.capture.take("SQL");
	const check = (changed, key = keys) => verify({ ...request, ...changed },
		key, scope, ours.capture.host);
	const headers = (name, value) => ({ headers: request.headers.map(
		([given, old]) => [given, given === name ? value : old]) });

	check({});
	for (const changed of [
		{ method: "PATCH" },
		{ target: request.target.replace("token", "tokem") },
		{ target: request.target.replace("domains/", "domain/") },
		{ body: Buffer.from('{"name":"m"}') },
		headers("content-type", "application/xml"),
		headers("x-amz-date", "20200101T000000Z"),
		headers("authorization", "none"),
		{ headers: [...request.headers, ["x-amz-other", "unsigned"]] },
	]) {
		assert.throws(() => check(changed), assert.AssertionError);
	}
	assert.throws(() => check({}, { ...keys, secretAccessKey: "another" }),
		assert.AssertionError);
}

async function testShapes() {
	const supplemented = "the SDK with its supplement has all of the model";

	await test("the SDK still lacks all that is supplemented", () => {
		assert.deepEqual(needless, []);
	});
	if (modelFile() === null) {
		skip(supplemented, "the service's model is not present");
	} else {
		await test(supplemented, () => {
			assert.deepEqual(compareWithModel(operations), []);
		});
	}
	await test("datazone_operations() says what the SDK knows",
		testOperations);
}

try {
	await test("a changed request has no valid signature", testVerifier);
	await testShapes();
	for (const operation of operations) {
		await test(`${operation.name} is sent as the SDK sends it`,
			() => testOperation(operation));
	}
	await test("every input was accepted, sent, and compared", () => {
		assert.ok(generated > operations.length);
		assert.equal(compared, generated);
	});
	await test("tokens that are made are all different", () => {
		assert.ok(madeTokens.length > 0);
		assert.equal(new Set(madeTokens).size, madeTokens.length);
	});
	await test("a dot segment as a label is refused, though the SDK sends it",
		testDotSegments);
	for (const exception of exceptions) {
		await test(`an exception still applies: ${exception.name}`, () => {
			assert.ok(used.has(exception), "no request needed it");
		});
	}
	console.log(`# ${operations.length} operations, of which the SDK's ` +
		`version lacks ${Object.keys(supplement.operations).length}; ` +
		`${compared} inputs; ${arms.size} arms of unions`);
} finally {
	theirs.stop();
	await ours.stop();
}
process.exitCode = finish();
