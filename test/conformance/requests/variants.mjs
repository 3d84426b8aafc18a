/*
 * variants.mjs
 *		The kinds of input that every operation gets.
 *
 * A variant says which members there are ("required", "every", or "null":
 * required ones and null for the rest), how strings and client tokens are
 * made (no token: it is left out), how many items a list or map has, which
 * boolean, number and time there are, and whether SQL leaves the domain to
 * the server's default.
 */
import { tokenOf } from "./operations.mjs";

export const domainIdentifier = "dzd-Aa0_-conformance";

const plain = {
	members: "every",
	text: (name) => name,
	token: (serial) => `token-${serial}`,
	items: 2,
	boolean: true,
	number: 42,
	time: "2026-01-02T03:04:05Z",
	defaults: false,
};

/* As far as a token may go: 1 to 128 printable ASCII characters. */
const awkwardToken = (serial) =>
	"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" + String(serial).padStart(95, "x");

/* Every string holds its own name, so that no two can be mistaken. */
const awkwardTexts = {
	"ASCII": (name) => ` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~${name}`,
	"Unicode": (name) => "\u{10ffff}é ß ñ 漢字 العربية עברית e\u0301 " +
		`\u0085 \u00a0 \u2028 \u2029 \ufeff \ufffd \uffff ${name} ` +
		"\u{1f986} \u{1f469}\u200d\u{1f680} \u{1d4b3}",
	"blanks": (name) => `  ${name}   and   more  `,
	"control characters": (name) => `\t${name}` +
		Array.from({ length: 31 }, (_, i) => String.fromCharCode(i + 1))
			.join("") + "\x7f\r\n",
	"percent": (name) => `100% %2F %2f %zz %25%20 + %2B %E9%C3 ${name} %`,
	"paths": (name) => `../${name}/./a//b/..;/~root/*?q=1&r=2#f`,
	"dots": (name) => `.${name}..`,
	"markup": (name) => `{"a":["${name}\\u0000",null]}'; -- $1 :name ` +
		":'x' E'\\'' &amp; <!--",
	"ARN": (name) => `arn:aws:glue:eu-west-1:123456789012:table/db/${name}`,
	"length": (name) => `${name}${"x".repeat(400)}${"é".repeat(400)}`,
};

const times = {
	"milliseconds": "2026-01-02T03:04:05.678Z",
	"tenths of a second": "2026-01-02T03:04:05.5Z",
	"microseconds": "2026-01-02T03:04:05.678901Z",
	"another zone": "2026-01-02T08:34:05.25+05:30",
	"before 1970": "1969-12-31T23:59:58.250Z",
	"the first year": "0001-01-01T00:00:00Z",
	"the last second": "9999-12-31T23:59:59Z",
};

/* The variants for an operation. */
export function variantsOf(operation, hasTime) {
	const found = [
		{ ...plain, name: "required members", members: "required" },
		{ ...plain, name: "required members, else null", members: "null" },
		{ ...plain, name: "the default domain", members: "required",
			defaults: true },
		{ ...plain, name: "every member" },
		{ ...plain, name: "lists of one item, zero, false", items: 1,
			number: 0, boolean: false },
		{ ...plain, name: "longer lists, a large number", items: 4,
			number: 2147483647 },
		{ ...plain, name: "a negative number", number: -2147483648 },
	];

	for (const [name, text] of Object.entries(awkwardTexts)) {
		found.push({ ...plain, name: `awkward text, ${name}`, text,
			token: awkwardToken });
	}
	if (tokenOf(operation) !== undefined) {
		found.push({ ...plain, name: "a token to be made", members: "required",
			token: null });
		found.push({ ...plain, name: "a token to be made, every other member",
			token: null });
	}
	for (const [name, time] of hasTime ? Object.entries(times) : []) {
		found.push({ ...plain, name: `a time, ${name}`, time });
	}
	return found;
}
