/*
 * operations.mjs
 *		Every operation as the SDK sees it: where it goes, what it takes, and
 *		the command that sends it.
 *
 * The shapes are the SDK's, not ours, so that what is generated from them is
 * independent of the table that our requests are built from.
 */
import { getEndpointPlugin, NormalizedSchema, sdk } from "./runtime.mjs";
import * as supplement from "./supplement.mjs";

/* Entries of the supplement that are not needed any more. */
export const needless = supplement.applySupplement();

/* In the order of their names. */
export const operations = allOperations();

function allOperations() {
	const own = Object.keys(sdk)
		.filter((name) => Array.isArray(sdk[name]) && sdk[name][0] === 9)
		.map((name) => name.slice(0, -1));
	const added = Object.keys(supplement.operations)
		.filter((name) => !own.includes(name));

	return [
		...own.map((name) => describe(name, sdk[`${name}$`],
			sdk[`${name}Command`], `paginate${name}` in sdk)),
		...added.map((name) => {
			const schema = supplement.operationSchema(name);

			return describe(name, schema, command(name, schema),
				supplement.paginated.includes(name));
		}),
	].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(name, schema, Command, paginated) {
	const [, , , { http: [method, uri, code] }, input] = schema;

	return { name, method, uri, code, paginated, Command,
		input: NormalizedSchema.of(input) };
}

/* A command as the SDK's own are made. */
function command(name, schema) {
	return sdk.$Command.classBuilder()
		.ep(sdk.GetDomainCommand.getEndpointParameterInstructions())
		.m((Command, cs, config) => [getEndpointPlugin(config,
			Command.getEndpointParameterInstructions())])
		.s("DataZone", name, {})
		.n("DataZoneClient", `${name}Command`)
		.sc(schema)
		.build();
}

/* What a value of this schema is, in the API's words. */
export function kindOf(schema) {
	const tests = {
		union: schema.isUnionSchema(),
		structure: schema.isStructSchema(),
		list: schema.isListSchema(),
		map: schema.isMapSchema(),
		string: schema.isStringSchema(),
		number: schema.isNumericSchema(),
		boolean: schema.isBooleanSchema(),
		timestamp: schema.isTimestampSchema(),
		blob: schema.isBlobSchema(),
	};

	return Object.keys(tests).find((kind) => tests[kind]);
}

/*
 * The members of a structure or union in their order: name, schema, required,
 * and traits (where HTTP carries it, whether it is a client token).
 */
export function membersOf(schema) {
	const required = schema.getSchema()[6] ?? 0;

	return [...schema.structIterator()].map(([name, member], i) => ({
		name,
		schema: member,
		required: i < required,
		traits: member.getMergedTraits(),
	}));
}

/* Where a top-level member goes. */
export function placeOf({ traits }) {
	if (traits.httpLabel) {
		return "path";
	}
	if (traits.httpQuery) {
		return "query";
	}
	return traits.httpHeader ? "header" : "body";
}

/* The member that is the client token, if there is one. */
export function tokenOf(operation) {
	return membersOf(operation.input)
		.find(({ traits }) => traits.idempotencyToken);
}

/* Whether a member is the domain's identifier, which has a form of its own. */
export function isDomain(operation, name) {
	return operation.uri === `/v2/domains/{${name}}` ||
		operation.uri.startsWith(`/v2/domains/{${name}}/`);
}
