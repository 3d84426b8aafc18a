/*
 * inputs.mjs
 *		Inputs of an operation, made from its shapes.
 *
 * Every input comes in two forms that mean the same: "sdk" is what the SDK
 * takes (a Date, bytes), "sql" is what datazone_call() takes (JSON, with ISO
 * 8601 text for a time and an object for a lineage event).  What the shapes
 * do not say, and a valid input needs, is in the three tables below.
 */
import { empties } from "./empties.mjs";
import { lineageEvent } from "./event.mjs";
import { isDomain, kindOf, membersOf } from "./operations.mjs";
import { domainIdentifier, variantsOf } from "./variants.mjs";

/* Numbers that may have a fraction; all others are integers of 32 bits, */
const FRACTIONS = new Set(["AcceptRule.threshold", "RejectRule.threshold"]);

/* but one, of 64 bits: as far as JavaScript's integers reach. */
const LONG = new Set(["Filter.intValue"]);

/* Lists that must have exactly so many items. */
const LENGTHS = { MatchClauses: 2 };

/* How often a union may contain itself before only plain arms are left. */
const NESTING = 2;

/* More rounds than any union has arms. */
const MAX_ROUNDS = 64;

/*
 * All inputs of an operation, as { variant, sdk, sql }: of each variant one,
 * and then more with every member until each arm of each union that can be
 * reached has been there.  Beside them these "arms", and those that were
 * "left" out after all (none).
 */
export function inputsOf(operation) {
	const maker = new Maker(operation);
	const wanted = armsOf(operation.input);
	const left = () => [...wanted].filter((arm) => !maker.arms.has(arm));
	const variants = variantsOf(operation, hasTime(operation.input));
	const every = variants.find(({ members }) => members === "every");
	const inputs = variants.map((variant) => maker.input(variant));

	if (operation.name in empties) {
		const variant = { ...variants[0], name: "empty values" };
		const { sdk, sql } = maker.input(variant);
		const values = empties[operation.name];

		inputs.push({ variant, sdk: { ...sdk, ...values },
			sql: { ...sql, ...values } });
	}
	for (let i = 1; left().length > 0 && i < MAX_ROUNDS; i++) {
		inputs.push(maker.input({ ...every, name: `${every.name}, arms ${i}` }));
	}
	return { inputs, left: left(), arms: wanted };
}

class Maker {
	constructor(operation) {
		this.operation = operation;
		this.serial = 0;
		this.arms = new Set();
		this.turn = new Map();
	}

	input(variant) {
		this.variant = variant;
		return { variant, ...this.#structure(this.operation.input, []) };
	}

	#value(schema, name, stack) {
		switch (kindOf(schema)) {
			case "string":
				return same(this.variant.text(`${name}${++this.serial}`));
			case "boolean":
				return same(this.variant.boolean);
			case "number":
				return same(this.#number(`${stack.at(-1)}.${name}`));
			case "timestamp":
				return { sdk: new Date(this.variant.time),
					sql: this.variant.time };
			case "blob":
				return lineageEvent(this.variant);
			case "list":
				return this.#list(schema, name, stack);
			case "map":
				return this.#map(schema, name, stack);
			case "union":
				return this.#union(schema, stack);
			default:
				return this.#structure(schema, stack);
		}
	}

	#number(name) {
		if (FRACTIONS.has(name)) {
			return 0.625;
		}
		return LONG.has(name) ? Number.MAX_SAFE_INTEGER : this.variant.number;
	}

	#list(schema, name, stack) {
		const length = LENGTHS[schema.getName()] ?? this.variant.items;
		const items = Array.from({ length },
			() => this.#value(schema.getValueSchema(), name, stack));

		return { sdk: items.map(({ sdk }) => sdk),
			sql: items.map(({ sql }) => sql) };
	}

	#map(schema, name, stack) {
		const entries = Array.from({ length: this.variant.items }, () => [
			this.variant.text(`${name}${++this.serial}`),
			this.#value(schema.getValueSchema(), name, stack)]);

		return { sdk: Object.fromEntries(
			entries.map(([key, { sdk }]) => [key, sdk])),
		sql: Object.fromEntries(
			entries.map(([key, { sql }]) => [key, sql])) };
	}

	/* An arm that has not been there yet, else the next in turn. */
	#union(schema, stack) {
		const name = schema.getName();
		const depth = stack.filter((outer) => outer === name).length;
		const arms = membersOf(schema).filter((arm) =>
			depth < NESTING || !reaches(arm.schema, name));
		const turn = this.turn.get(name) ?? 0;
		const arm = arms.find((each) => !this.arms.has(`${name}.${each.name}`))
			?? arms[turn % arms.length];
		const { sdk, sql } = this.#value(arm.schema, arm.name,
			[...stack, name]);

		this.turn.set(name, turn + 1);
		this.arms.add(`${name}.${arm.name}`);
		return { sdk: { [arm.name]: sdk }, sql: { ...this.#nulls(schema),
			[arm.name]: sql } };
	}

	#structure(schema, stack) {
		const found = { sdk: {}, sql: this.#nulls(schema) };
		const inner = [...stack, schema.getName()];

		for (const member of membersOf(schema)) {
			const { name } = member;
			if (stack.length === 0 && this.#special(member, found)) {
				continue;
			}
			if (member.required || this.variant.members === "every") {
				const { sdk, sql } = this.#value(member.schema, name, inner);

				found.sdk[name] = sdk;
				found.sql[name] = sql;
			}
		}
		return found;
	}

	/* Client token and domain have forms of their own, and may be made. */
	#special({ name, traits }, found) {
		if (traits.idempotencyToken) {
			delete found.sql[name];
			if (this.variant.token !== null) {
				found.sdk[name] = found.sql[name] =
					this.variant.token(++this.serial);
			}
			return true;
		}
		if (!isDomain(this.operation, name)) {
			return false;
		}
		found.sdk[name] = domainIdentifier;
		if (!this.variant.defaults || name !== "domainIdentifier") {
			found.sql[name] = domainIdentifier;
		}
		return true;
	}

	/* In SQL, null is the same as absent. */
	#nulls(schema) {
		return this.variant.members !== "null" ? {} : Object.fromEntries(
			membersOf(schema).map(({ name }) => [name, null]));
	}
}

function same(value) {
	return { sdk: value, sql: value };
}

/* Visit each schema inside of one, once. */
function walk(schema, visit, seen = new Set()) {
	const kind = kindOf(schema);
	const inner = { list: () => [schema.getValueSchema()],
		map: () => [schema.getValueSchema()],
		structure: () => membersOf(schema).map((member) => member.schema),
		union: () => membersOf(schema).map((member) => member.schema),
	}[kind];

	/* lists of the same name may differ from each other */
	if (kind === "structure" || kind === "union") {
		if (seen.has(schema.getName())) {
			return;
		}
		seen.add(schema.getName());
	}
	visit(schema);
	for (const each of inner?.() ?? []) {
		walk(each, visit, seen);
	}
}

function reaches(schema, name) {
	let found = false;

	walk(schema, (each) => {
		found ||= kindOf(each) === "union" && each.getName() === name;
	});
	return found;
}

function armsOf(schema) {
	const arms = new Set();

	walk(schema, (each) => {
		if (kindOf(each) === "union") {
			for (const { name } of membersOf(each)) {
				arms.add(`${each.getName()}.${name}`);
			}
		}
	});
	return arms;
}

function hasTime(schema) {
	let found = false;

	walk(schema, (each) => {
		found ||= each.isTimestampSchema();
	});
	return found;
}
