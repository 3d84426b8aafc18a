/*-------------------------------------------------------------------------
 *
 * request_headers.c
 *		The headers of a request that come from params.
 *
 * A header ends at a line end, so neither names nor values may hold control
 * characters: whoever could put them there would write headers of their own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/request.h"

static int count_headers(const DzRequestInput *input);
static char *header_value(const DzMember *member, const JsonbValue *v,
						  const DzPath *path);
static void append_list(StringInfo buf, const DzShape *shape,
						const JsonbValue *v, const DzPath *path);
static void append_item(StringInfo buf, const DzShape *shape,
						DzTimeFormat time_format, const JsonbValue *v,
						const DzPath *path);
static void check_value(const char *value, const DzPath *path);
static int add_by_prefix(DzHttpHeader *headers, const DzMember *member,
						 const JsonbValue *v, const DzPath *path);
static bool is_header_name(const char *name);

/*
 * The headers of the request, "*count" of them, in CurrentMemoryContext.
 * "content_type" says what the body is; NULL: there is none.
 */
DzHttpHeader *
DzRequestHeaders(const DzRequestInput *input, const char *content_type,
				 int *count)
{
	/* one more for the content type */
	DzHttpHeader *headers =
		palloc(sizeof(DzHttpHeader) * (count_headers(input) + 1));
	int n = 0;

	for (int i = 0; i < input->shape->count; i++)
	{
		const DzMember *member = &input->members[i];
		const JsonbValue *v = &input->values[i];
		DzPath here = DzPathMember(input->root, DzPoolText(member->name),
								   member->name_len);

		if (v->type == jbvNull)
			continue;
		if (member->place == DZ_IN_HEADER_PREFIX)
			n += add_by_prefix(headers + n, member, v, &here);
		if (member->place != DZ_IN_HEADER)
			continue;
		headers[n].name = DzPoolText(member->wire);
		headers[n].value = header_value(member, v, &here);

		/* a member may say what the payload is */
		if (pg_strcasecmp(headers[n].name, "Content-Type") == 0)
			content_type = NULL;
		n++;
	}
	if (content_type != NULL)
	{
		headers[n].name = "Content-Type";
		headers[n].value = content_type;
		n++;
	}
	*count = n;
	return headers;
}

/* How many headers there may be. */
static int
count_headers(const DzRequestInput *input)
{
	int n = 0;

	for (int i = 0; i < input->shape->count; i++)
	{
		const JsonbValue *v = &input->values[i];

		if (input->members[i].place == DZ_IN_HEADER)
			n++;
		if (input->members[i].place == DZ_IN_HEADER_PREFIX &&
			v->type == jbvBinary)
			n += JsonContainerSize(v->val.binary.data);
	}
	return n;
}

static char *
header_value(const DzMember *member, const JsonbValue *v, const DzPath *path)
{
	const DzShape *shape = &dz_shapes[member->shape];
	StringInfoData buf;

	initStringInfo(&buf);
	if (shape->kind == DZ_KIND_LIST)
		append_list(&buf, shape, v, path);
	else
		DzParamText(
			&buf, shape,
			DzParamTimeFormat(member->time_format, shape, DZ_IN_HEADER), v,
			path);
	check_value(buf.data, path);
	return buf.data;
}

static void
append_list(StringInfo buf, const DzShape *shape, const JsonbValue *v,
			const DzPath *path)
{
	const DzShape *item_shape = &dz_shapes[shape->first];
	DzTimeFormat time_format =
		DzParamTimeFormat(shape->time_format, item_shape, DZ_IN_HEADER);
	JsonbContainer *array = DzParamArray(v, path);
	JsonbIterator *it = JsonbIteratorInit(array);
	DzPath here = DzPathItem(path, 0);
	JsonbValue item;

	DzParamMinimum(shape, JsonContainerSize(array), "items", path);
	(void) JsonbIteratorNext(&it, &item, true);
	for (; JsonbIteratorNext(&it, &item, true) == WJB_ELEM; here.index++)
	{
		if (here.index > 0)
			appendStringInfoString(buf, ", ");
		append_item(buf, item_shape, time_format, &item, &here);
	}
}

/* An item of a list; a string that looks like two items is quoted. */
static void
append_item(StringInfo buf, const DzShape *shape, DzTimeFormat time_format,
			const JsonbValue *v, const DzPath *path)
{
	StringInfoData text;

	if (v->type == jbvNull)
		DzParamError(path, "must not be null");
	initStringInfo(&text);
	DzParamText(&text, shape, time_format, v, path);
	if (shape->kind != DZ_KIND_STRING || strpbrk(text.data, ",\"") == NULL)
	{
		appendBinaryStringInfo(buf, text.data, text.len);
		return;
	}
	appendStringInfoChar(buf, '"');
	for (const char *p = text.data; *p != '\0'; p++)
	{
		if (*p == '"' || *p == '\\')
			appendStringInfoChar(buf, '\\');
		appendStringInfoChar(buf, *p);
	}
	appendStringInfoChar(buf, '"');
}

static void
check_value(const char *value, const DzPath *path)
{
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char) *p < ' ' || *p == 0x7F)
			DzParamError(path, "must not hold control characters");
}

/* A header for each entry of a map; returns how many. */
static int
add_by_prefix(DzHttpHeader *headers, const DzMember *member,
			  const JsonbValue *v, const DzPath *path)
{
	const DzShape *shape = &dz_shapes[member->shape];
	JsonbIterator *it = JsonbIteratorInit(DzParamObject(v, path));
	JsonbValue key;
	JsonbValue item;
	int n = 0;

	(void) JsonbIteratorNext(&it, &key, true);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		DzPath here =
			DzPathMember(path, key.val.string.val, key.val.string.len);
		StringInfoData value;
		char *name;

		(void) JsonbIteratorNext(&it, &item, true);
		if (item.type == jbvNull)
			continue;
		name = psprintf("%s%.*s", DzPoolText(member->wire), key.val.string.len,
						key.val.string.val);
		if (!is_header_name(name))
			DzParamError(&here, "not the name of a header");
		initStringInfo(&value);
		DzParamText(&value, &dz_shapes[shape->first], DZ_TIME_HTTP, &item,
					&here);
		check_value(value.data, &here);
		headers[n].name = name;
		headers[n].value = value.data;
		n++;
	}
	return n;
}

/* A token of RFC 9110, section 5.6.2. */
static bool
is_header_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && strspn(name, "!#$%&'*+-.^_`|~0123456789"
								   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
								   "abcdefghijklmnopqrstuvwxyz") == len;
}
