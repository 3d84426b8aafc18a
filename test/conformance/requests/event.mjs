/*
 * event.mjs
 *		A lineage event, as an object and as the bytes that are sent.
 *
 * The SDK sends the bytes that it is given.  Ours come from jsonb, which
 * orders the keys of an object by their length in bytes and then by the bytes;
 * the same order is made here, so that the bodies can be compared as bytes.
 */

/* The event of a variant: minimal, or with text in facets, too. */
export function lineageEvent({ members, text, time, number, boolean }) {
	const event = {
		eventTime: time,
		producer: "https://example.org/conformance",
		schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json",
		run: { runId: "01964b8e-8f3c-7d3a-9c1e-5d2f7c9a1b2c" },
		job: { namespace: text("namespace"), name: text("job") },
	};

	if (members === "every") {
		Object.assign(event, {
			eventType: text("COMPLETE"),
			inputs: [{ namespace: text("a"), name: text("b"), facets: {} }],
			outputs: [],
		});
		event.run.facets = {
			[text("facet")]: { number, boolean, nothing: null,
				fraction: -0.25, list: [[text("c")], [], {}] },
			[text("é")]: { [text("")]: text("d"), "": "" },
		};
	}
	return { sdk: Buffer.from(JSON.stringify(ordered(event))), sql: event };
}

/* The same value with the keys of its objects in the order of jsonb. */
function ordered(value) {
	if (Array.isArray(value)) {
		return value.map(ordered);
	}
	if (value === null || typeof value !== "object") {
		return value;
	}
	return Object.fromEntries(Object.entries(value)
		.map(([key, inner]) => [Buffer.from(key), key, ordered(inner)])
		.sort(([a], [b]) => a.length - b.length || Buffer.compare(a, b))
		.map(([, key, inner]) => [key, inner]));
}
