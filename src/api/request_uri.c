/*-------------------------------------------------------------------------
 *
 * request_uri.c
 *		The path and the query of a request.
 *
 * Everything is percent-encoded once, as it goes over the wire; the signature
 * encodes the path a second time on its own account.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/request.h"
#include "aws/uri.h"

static void append_label(StringInfo path, const DzRequestInput *input,
						 const DzPathPart *part, StringInfo scratch);
static bool is_dot_segment(const char *text, size_t len);
static void append_segment(StringInfo buf, const char *text, size_t len);
static void append_pair(StringInfo query, const char *name,
						const DzShape *shape, DzTimeFormat time_format,
						const JsonbValue *v, const DzPath *path,
						StringInfo scratch);
static void append_list(StringInfo query, const char *name,
						const DzShape *list, const JsonbValue *v,
						const DzPath *path, StringInfo scratch);
static void append_map(StringInfo query, const DzRequestInput *input,
					   const DzShape *map, const JsonbValue *v,
					   const DzPath *path, StringInfo scratch);
static bool is_query_member(const DzRequestInput *input, const char *name);

char *
DzRequestPath(const DzOperation *op, const DzRequestInput *input)
{
	StringInfoData path;
	StringInfoData scratch;

	initStringInfo(&path);
	initStringInfo(&scratch);
	for (int i = 0; i < op->nparts; i++)
	{
		const DzPathPart *part = &dz_path_parts[op->first_part + i];

		appendStringInfoString(&path, DzPoolText(part->literal));
		if (part->label != DZ_NO_LABEL)
			append_label(&path, input, part, &scratch);
	}
	return path.data;
}

/*
 * A label must be something, and it must not be a dot segment: libcurl and
 * the canonical form both remove those, and the request would go elsewhere.
 */
static void
append_label(StringInfo path, const DzRequestInput *input,
			 const DzPathPart *part, StringInfo scratch)
{
	const DzMember *member = &input->members[part->label];
	const DzShape *shape = &dz_shapes[member->shape];
	DzPath here =
		DzPathMember(input->root, DzPoolText(member->name), member->name_len);
	const char *segment;

	resetStringInfo(scratch);
	DzParamText(scratch, shape,
				DzParamTimeFormat(member->time_format, shape, DZ_IN_PATH),
				&input->values[part->label], &here);
	if (scratch->len == 0)
		DzParamError(&here, "must not be empty");

	segment = scratch->data;
	for (;;)
	{
		size_t len = part->is_greedy ? strcspn(segment, "/") : strlen(segment);

		if (is_dot_segment(segment, len))
			DzParamError(&here, "must not be \"%.*s\"", (int) len, segment);
		append_segment(path, segment, len);
		if (segment[len] == '\0')
			break;
		appendStringInfoChar(path, '/');
		segment += len + 1;
	}
}

static bool
is_dot_segment(const char *text, size_t len)
{
	return (len == 1 && text[0] == '.') ||
		   (len == 2 && text[0] == '.' && text[1] == '.');
}

static void
append_segment(StringInfo buf, const char *text, size_t len)
{
	enlargeStringInfo(buf, 3 * len + 1);
	buf->len += DzUriEncode(buf->data + buf->len, text, len);
}

/* Members in the query, in the model's order; the signature sorts for itself */
char *
DzRequestQuery(const DzRequestInput *input)
{
	StringInfoData query;
	StringInfoData scratch;

	initStringInfo(&query);
	initStringInfo(&scratch);
	for (int i = 0; i < input->shape->count; i++)
	{
		const DzMember *member = &input->members[i];
		const JsonbValue *v = &input->values[i];
		const DzShape *shape = &dz_shapes[member->shape];
		DzPath here = DzPathMember(input->root, DzPoolText(member->name),
								   member->name_len);

		if (v->type == jbvNull)
			continue;
		if (member->flags & DZ_MEMBER_ALSO_QUERY)
			append_pair(&query, DzPoolText(member->name), shape, DZ_TIME_ISO,
						v, &here, &scratch);
		else if (member->place != DZ_IN_QUERY)
			continue;
		else if (shape->kind == DZ_KIND_MAP)
			append_map(&query, input, shape, v, &here, &scratch);
		else if (shape->kind == DZ_KIND_LIST)
			append_list(&query, DzPoolText(member->wire), shape, v, &here,
						&scratch);
		else
			append_pair(
				&query, DzPoolText(member->wire), shape,
				DzParamTimeFormat(member->time_format, shape, DZ_IN_QUERY), v,
				&here, &scratch);
	}
	return query.data;
}

static void
append_pair(StringInfo query, const char *name, const DzShape *shape,
			DzTimeFormat time_format, const JsonbValue *v, const DzPath *path,
			StringInfo scratch)
{
	resetStringInfo(scratch);
	DzParamText(scratch, shape, time_format, v, path);
	if (query->len > 0)
		appendStringInfoChar(query, '&');
	appendStringInfoString(query, name);
	appendStringInfoChar(query, '=');
	append_segment(query, scratch->data, scratch->len);
}

/* The name once for each item; nothing for an empty list. */
static void
append_list(StringInfo query, const char *name, const DzShape *list,
			const JsonbValue *v, const DzPath *path, StringInfo scratch)
{
	const DzShape *shape = &dz_shapes[list->first];
	DzTimeFormat time_format =
		DzParamTimeFormat(list->time_format, shape, DZ_IN_QUERY);
	JsonbContainer *array = DzParamArray(v, path);
	JsonbIterator *it = JsonbIteratorInit(array);
	DzPath here = DzPathItem(path, 0);
	JsonbValue item;

	DzParamMinimum(list, JsonContainerSize(array), "items", path);
	(void) JsonbIteratorNext(&it, &item, true);
	while (JsonbIteratorNext(&it, &item, true) == WJB_ELEM)
	{
		if (item.type == jbvNull)
			DzParamError(&here, "must not be null");
		append_pair(query, name, shape, time_format, &item, &here, scratch);
		here.index++;
	}
}

/* Each entry under its own name, unless a member of the input has that. */
static void
append_map(StringInfo query, const DzRequestInput *input, const DzShape *map,
		   const JsonbValue *v, const DzPath *path, StringInfo scratch)
{
	const DzShape *shape = &dz_shapes[map->first];
	DzTimeFormat time_format =
		DzParamTimeFormat(map->time_format, shape, DZ_IN_QUERY);
	JsonbIterator *it = JsonbIteratorInit(DzParamObject(v, path));
	JsonbValue key;
	JsonbValue item;

	(void) JsonbIteratorNext(&it, &key, true);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		DzPath here =
			DzPathMember(path, key.val.string.val, key.val.string.len);
		StringInfoData name;

		(void) JsonbIteratorNext(&it, &item, true);
		resetStringInfo(scratch);
		DzParamString(scratch, &dz_shapes[map->count], false, &key, &here);
		initStringInfo(&name);
		append_segment(&name, scratch->data, scratch->len);
		if (item.type == jbvNull || is_query_member(input, name.data))
			continue;
		if (shape->kind == DZ_KIND_LIST)
			append_list(query, name.data, shape, &item, &here, scratch);
		else
			append_pair(query, name.data, shape, time_format, &item, &here,
						scratch);
	}
}

static bool
is_query_member(const DzRequestInput *input, const char *name)
{
	for (int i = 0; i < input->shape->count; i++)
		if (input->members[i].place == DZ_IN_QUERY &&
			dz_shapes[input->members[i].shape].kind != DZ_KIND_MAP &&
			strcmp(DzPoolText(input->members[i].wire), name) == 0)
			return true;
	return false;
}
