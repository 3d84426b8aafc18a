/*-------------------------------------------------------------------------
 *
 * sample.c
 *		Make params and answers out of the table of operations.
 *
 * libFuzzer does not see the table: to the code all operations look alike.
 * So inputs are made that have the right names in the right places, and a
 * few wrong ones; libFuzzer then changes their bytes.
 *
 * Nothing here throws, or uses the server's memory: libFuzzer calls it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fuzz_server.h"

/* inputs are cut soon after this */
#define MAX_LENGTH 8192
#define MAX_DEPTH 10

/* One in so many values is of a wrong kind, one name in so many unknown. */
#define WRONG_ONE_IN 24

static const char *const strings[] = {"\"\"",
									  "\"x\"",
									  "\"dzd_fuzz\"",
									  "\"a/b\"",
									  "\"..\"",
									  "\".\"",
									  "\"arn:aws:glue:eu-west-1:1:t/x\"",
									  "\"\xc3\xa9\xe6\x97\xa5\"",
									  "\"\\u00e9\\u65e5\\ud83d\\ude00\"",
									  "\"\\ud83d\"",
									  "\"\\u0000\"",
									  "\"a\\r\\nb: c\"",
									  "\"\\u007f\\u0080\\u2028\"",
									  "\"a+b=c&d?e#f%2F\"",
									  "\"SUCCESS\"",
									  "\"RUNNING\"",
									  "\"{\\\"a\\\":[1.50,null]}\"",
									  "\"null\"",
									  "\"fuzz-session-token-0123456789\"",
									  "\"fuzz-secret-access-key-0123456789\""};

static const char *const numbers[] = {"0",
									  "-0",
									  "1",
									  "-1",
									  "25",
									  "1.5",
									  "5.0",
									  "1e0",
									  "127",
									  "128",
									  "-32769",
									  "2147483647",
									  "2147483648",
									  "-2147483649",
									  "9223372036854775807",
									  "9223372036854775808",
									  "-9223372036854775809",
									  "1e308",
									  "1e309",
									  "2.5e-320",
									  "1e-400",
									  "1762021397.763",
									  "1.762021397763E9"};

static const char *const times[] = {"\"2026-01-02T03:04:05Z\"",
									"\"2026-01-02T03:04:05.678+01:00\"",
									"\"0001-01-01T00:00:00Z\"",
									"\"9999-12-31T23:59:59.999999Z\"",
									"\"2026-13-45T00:00:00Z\"",
									"\"Fri, 02 Jan 2026 03:04:05 GMT\"",
									"1762021397.763",
									"1.762021397763E9",
									"-62135596801",
									"1e18",
									"\"1762021397.763\""};

static const char *const floats[] = {
	"0.5", "-1.25e3", "1e20", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""};

static const char *const blobs[] = {"\"\"",    "\"Zm9v\"", "\"Zg==\"",
									"\"Zg=\"", "\"====\"", "\"Z\\n9v\""};

static const char *const nonsense[] = {
	"null",   "true", "false",       "0",
	"-1",     "1.5",  "1e300",       "\"\"",
	"\"x\"",  "[]",   "{}",          "[[]]",
	"[null]", "[{}]", "{\"\":\"\"}", "{\"a\":{\"b\":[1,null]}}"};

static void put(DzSample *sample, const char *text);
static void put_char(DzSample *sample, char c);
static bool one_in(DzSample *sample, uint64 n);
static void put_any(DzSample *sample, const char *const *texts, int count);
static void put_value(DzSample *sample, const DzShape *shape);
static void put_scalar(DzSample *sample, const DzShape *shape);
static void put_string(DzSample *sample, const DzShape *shape);
static void put_event(DzSample *sample);
static int item_count(DzSample *sample, const DzShape *shape);
static void put_list(DzSample *sample, const DzShape *shape);
static void put_map(DzSample *sample, const DzShape *shape);
static void put_members(DzSample *sample, const DzShape *shape, bool at_root);
static bool is_wanted(DzSample *sample, const DzMember *member, bool at_root);
static void put_union(DzSample *sample, const DzShape *shape);
static int shortest_member(const DzShape *shape);
static void put_name(DzSample *sample, const DzMember *member);

#define PUT_ANY(sample, texts) put_any(sample, texts, lengthof(texts))

/* Below "limit"; xorshift, of which no more is wanted than variety. */
uint64
DzSampleRandom(DzSample *sample, uint64 limit)
{
	sample->state ^= sample->state << 13;
	sample->state ^= sample->state >> 7;
	sample->state ^= sample->state << 17;
	return sample->state % limit;
}

void
DzSampleObject(DzSample *sample, const DzOperation *op)
{
	uint16 root = sample->is_answer ? op->output : op->input;

	/* the sequence stays at 0 if it begins there */
	if (sample->state == 0)
		sample->state = 1;
	sample->depth = 0;
	if (root == DZ_NO_SHAPE)
		put(sample, "{}");
	else
		put_members(sample, &dz_shapes[root], true);
}

static void
put(DzSample *sample, const char *text)
{
	DzBufferAppendText(&sample->out, text);
}

static void
put_char(DzSample *sample, char c)
{
	DzBufferAppendChar(&sample->out, c);
}

static bool
one_in(DzSample *sample, uint64 n)
{
	return !sample->is_least && DzSampleRandom(sample, n) == 0;
}

static void
put_any(DzSample *sample, const char *const *texts, int count)
{
	put(sample, texts[DzSampleRandom(sample, count)]);
}

static void
put_value(DzSample *sample, const DzShape *shape)
{
	if (one_in(sample, WRONG_ONE_IN))
	{
		PUT_ANY(sample, nonsense);
		return;
	}
	sample->depth++;
	switch (shape->kind)
	{
		case DZ_KIND_LIST:
			put_list(sample, shape);
			break;
		case DZ_KIND_MAP:
			put_map(sample, shape);
			break;
		case DZ_KIND_STRUCTURE:
			put_members(sample, shape, false);
			break;
		case DZ_KIND_UNION:
			put_union(sample, shape);
			break;
		default:
			put_scalar(sample, shape);
	}
	sample->depth--;
}

static void
put_scalar(DzSample *sample, const DzShape *shape)
{
	switch (shape->kind)
	{
		case DZ_KIND_STRING:
			put_string(sample, shape);
			break;
		case DZ_KIND_BOOLEAN:
			put(sample, one_in(sample, 2) ? "true" : "false");
			break;
		case DZ_KIND_FLOAT:
			PUT_ANY(sample, floats);
			break;
		case DZ_KIND_TIMESTAMP:
			if (sample->is_least)
				put(sample, times[0]);
			else
				PUT_ANY(sample, times);
			break;
		case DZ_KIND_BLOB:
			if (shape->check == DZ_CHECK_RUN_EVENT)
				put_event(sample);
			else if (sample->is_least)
				put(sample, blobs[1]);
			else
				PUT_ANY(sample, blobs);
			break;
		case DZ_KIND_DOCUMENT:
			PUT_ANY(sample, nonsense);
			break;
		default:
			if (sample->is_least)
				put(sample, "1");
			else
				PUT_ANY(sample, numbers);
	}
}

/* At least what the shape asks for. */
static void
put_string(DzSample *sample, const DzShape *shape)
{
	if (!sample->is_least && one_in(sample, 2))
	{
		PUT_ANY(sample, strings);
		return;
	}
	put_char(sample, '"');
	if (shape->check == DZ_CHECK_DOMAIN_ID)
		put(sample, "dzd_sample");
	else
		for (int i = 0; i < Max(shape->min, 1); i++)
			put_char(sample, 'x');
	put_char(sample, '"');
}

static void
put_event(DzSample *sample)
{
	put(sample, "{\"eventTime\":\"2026-01-02T03:04:05Z\",\"run\":{\"runId\":");
	put(sample, one_in(sample, 4) ? "null" : "\"r\"");
	put(sample, "},\"job\":{\"namespace\":\"n\",\"name\":\"j\"},"
				"\"producer\":\"p\",\"schemaURL\":\"s\"");
	if (one_in(sample, 2))
	{
		put(sample, ",\"inputs\":");
		PUT_ANY(sample, nonsense);
	}
	put_char(sample, '}');
}

static int
item_count(DzSample *sample, const DzShape *shape)
{
	if (sample->is_least || sample->depth > MAX_DEPTH ||
		sample->out.len > MAX_LENGTH)
		return shape->min;
	return shape->min + (int) DzSampleRandom(sample, 4);
}

static void
put_list(DzSample *sample, const DzShape *shape)
{
	int count = item_count(sample, shape);

	put_char(sample, '[');
	for (int i = 0; i < count; i++)
	{
		if (i > 0)
			put_char(sample, ',');
		put_value(sample, &dz_shapes[shape->first]);
	}
	put_char(sample, ']');
}

static void
put_map(DzSample *sample, const DzShape *shape)
{
	int count = item_count(sample, shape);

	put_char(sample, '{');
	for (int i = 0; i < count; i++)
	{
		char key[8];

		(void) snprintf(key, sizeof(key), "\"k%d\"", i);
		if (i > 0)
			put_char(sample, ',');
		if (one_in(sample, 4))
			PUT_ANY(sample, strings);
		else
			put(sample, key);
		put_char(sample, ':');
		put_value(sample, &dz_shapes[shape->first]);
	}
	put_char(sample, '}');
}

static void
put_members(DzSample *sample, const DzShape *shape, bool at_root)
{
	size_t begin;

	put_char(sample, '{');
	begin = sample->out.len;
	for (int i = 0; i < shape->count; i++)
	{
		const DzMember *member = &dz_members[shape->first + i];

		if (!is_wanted(sample, member, at_root))
			continue;
		if (sample->out.len > begin)
			put_char(sample, ',');
		put_name(sample, member);
		put_value(sample, &dz_shapes[member->shape]);
	}
	if (one_in(sample, WRONG_ONE_IN))
		put(sample, sample->out.len > begin ? ",\"unknown\":[{}]"
											: "\"unknown\":{\"a\":0}");
	put_char(sample, '}');
}

static bool
is_wanted(DzSample *sample, const DzMember *member, bool at_root)
{
	bool is_required = (member->flags & DZ_MEMBER_REQUIRED) != 0;

	/* of an answer, what stands in the body */
	if (sample->is_answer && at_root && member->place != DZ_IN_BODY)
		return false;
	if (is_required)
		return !one_in(sample, WRONG_ONE_IN);
	if (sample->depth > MAX_DEPTH || sample->out.len > MAX_LENGTH)
		return false;
	return one_in(sample, 2);
}

/* One member; now and then none, or two. */
static void
put_union(DzSample *sample, const DzShape *shape)
{
	int at = shortest_member(shape);
	int n =
		one_in(sample, WRONG_ONE_IN) ? (int) DzSampleRandom(sample, 2) * 2 : 1;

	if (!sample->is_least && sample->depth <= MAX_DEPTH)
		at = (int) DzSampleRandom(sample, shape->count);
	put_char(sample, '{');
	for (int i = 0; i < n; i++)
	{
		const DzMember *member =
			&dz_members[shape->first + (at + i) % shape->count];

		if (i > 0)
			put_char(sample, ',');
		put_name(sample, member);
		put_value(sample, &dz_shapes[member->shape]);
	}
	put_char(sample, '}');
}

/* A member that ends soon: unions contain themselves. */
static int
shortest_member(const DzShape *shape)
{
	for (int i = 0; i < shape->count; i++)
	{
		const DzMember *member = &dz_members[shape->first + i];
		const DzShape *inner = &dz_shapes[member->shape];

		if (inner->kind < DZ_KIND_LIST ||
			(inner->kind == DZ_KIND_LIST && inner->min == 0))
			return i;
	}
	return 0;
}

static void
put_name(DzSample *sample, const DzMember *member)
{
	put_char(sample, '"');
	put(sample, DzPoolText(sample->is_answer ? member->wire : member->name));
	if (one_in(sample, 4 * WRONG_ONE_IN))
		put_char(sample, 's');
	put(sample, "\":");
}
