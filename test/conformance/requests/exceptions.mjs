/*
 * exceptions.mjs
 *		Where our requests differ from the SDK's, and why.
 *
 * Each explains single differences (see compare.mjs).  One that explains
 * nothing any more has to go, and the test says so.
 */

const ISO = /^(\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d)(?:\.(\d+))?Z$/;

export const exceptions = [
	{
		name: "PostLineageEvent sends its token in the query, too",
		reason: "the API's reference documented it there until 2025, and a " +
			"service that reads only that form would post twice",
		explains: ({ operation, our, difference }) =>
			operation.name === "PostLineageEvent" &&
			difference.part === "query" &&
			difference.name === "clientToken" &&
			difference.theirs === undefined &&
			difference.ours.length === 1 &&
			decodeURIComponent(difference.ours[0]) === our.clientToken,
	},
	{
		name: "a fraction of a second has no trailing zeros in a query",
		reason: "PostgreSQL keeps no count of digits; the SDK prints three",
		explains: ({ difference }) => difference.part === "query" &&
			isTime(difference, (ours, theirs) =>
				theirs.length === 3 && theirs.replace(/0+$/, "") === ours),
	},
	{
		name: "a time in a query keeps its microseconds",
		reason: "PostgreSQL's times have them; JavaScript's have milliseconds",
		explains: ({ difference }) => difference.part === "query" &&
			isTime(difference, (ours, theirs) =>
				ours.length > 3 && ours.startsWith(theirs)),
	},
	{
		name: "a time in a body keeps its microseconds",
		reason: "PostgreSQL's times have them; JavaScript's have milliseconds",
		explains: ({ variant, difference: { part, ours, theirs } }) =>
			part === "body" && ours === exactSeconds(variant.time) &&
			theirs === Date.parse(variant.time) / 1000,
	},
];

/* Seconds since 1970, with the whole fraction of the text. */
function exactSeconds(time) {
	const fraction = /\.\d+/.exec(time)?.[0] ?? "";

	return Number(Math.floor(Date.parse(time) / 1000) + fraction);
}

/* Whether one time stands on both sides, with fractions that compare says. */
function isTime({ ours, theirs }, compare) {
	const a = ISO.exec(ours?.[0]);
	const b = ISO.exec(theirs?.[0]);

	return ours?.length === 1 && theirs?.length === 1 && a !== null &&
		b !== null && a[1] === b[1] && compare(a[2] ?? "", b[2] ?? "");
}
