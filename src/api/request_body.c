/*-------------------------------------------------------------------------
 *
 * request_body.c
 *		Write params as the JSON of the service, checking as it goes.
 *
 * The text is written in one pass over the jsonb, without a tree in between.
 * Recursion follows the shapes, of which a few contain themselves.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/jsontext.h"
#include "api/request.h"
#include "aws/timestamp.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

static void write_time(StringInfo buf, const DzShape *shape, uint8 outer,
					   const JsonbValue *v, const DzPath *path);
static void write_document(StringInfo buf, const JsonbValue *v);
static void write_list(StringInfo buf, const DzShape *shape,
					   const JsonbValue *v, const DzPath *path);
static void write_map(StringInfo buf, const DzShape *shape,
					  const JsonbValue *v, const DzPath *path);
static void write_members(StringInfo buf, const DzShape *shape,
						  const JsonbValue *v, const DzPath *path);

void
DzBodyValue(StringInfo buf, const DzShape *shape, uint8 outer,
			const JsonbValue *v, const DzPath *path)
{
	switch (shape->kind)
	{
		case DZ_KIND_STRING:
			DzParamString(buf, shape, true, v, path);
			break;
		case DZ_KIND_BLOB:
			appendStringInfoChar(buf, '"');
			DzParamBlob(buf, shape, v, path);
			appendStringInfoChar(buf, '"');
			break;
		case DZ_KIND_TIMESTAMP:
			write_time(buf, shape, outer, v, path);
			break;
		case DZ_KIND_DOCUMENT:
			write_document(buf, v);
			break;
		case DZ_KIND_FLOAT:
			if (v->type == jbvString)
				appendStringInfo(buf, "\"%s\"", DzParamFloatWord(v, path));
			else
				DzParamLiteral(buf, shape, v, path);
			break;
		case DZ_KIND_LIST:
			write_list(buf, shape, v, path);
			break;
		case DZ_KIND_MAP:
			write_map(buf, shape, v, path);
			break;
		case DZ_KIND_STRUCTURE:
		case DZ_KIND_UNION:
			write_members(buf, shape, v, path);
			break;
		default:
			DzParamLiteral(buf, shape, v, path);
	}
}

/* A number of seconds, or one of the two texts. */
static void
write_time(StringInfo buf, const DzShape *shape, uint8 outer,
		   const JsonbValue *v, const DzPath *path)
{
	DzTimeFormat format = DzParamTimeFormat(outer, shape, DZ_IN_BODY);
	const char *quote = format == DZ_TIME_EPOCH ? "" : "\"";
	char text[DZ_TIMESTAMP_MAX];

	DzParamTimeText(text, format, DzParamTime(v, path), path);
	appendStringInfo(buf, "%s%s%s", quote, text, quote);
}

/* Any JSON, as it is; only the encoding changes. */
static void
write_document(StringInfo buf, const JsonbValue *v)
{
	int start = buf->len;
	char *utf8;

	DzJsonbCompact(buf, &JsonbValueToJsonb(unconstify(JsonbValue *, v))->root);
	utf8 = pg_server_to_any(buf->data + start, buf->len - start, PG_UTF8);
	if (utf8 != buf->data + start)
	{
		buf->len = start;
		appendStringInfoString(buf, utf8);
		pfree(utf8);
	}
}

static void
write_list(StringInfo buf, const DzShape *shape, const JsonbValue *v,
		   const DzPath *path)
{
	const DzShape *item_shape = &dz_shapes[shape->first];
	JsonbContainer *array = DzParamArray(v, path);
	DzPath here = DzPathItem(path, 0);
	JsonbIterator *it = JsonbIteratorInit(array);
	JsonbValue item;

	check_stack_depth();
	DzParamMinimum(shape, JsonContainerSize(array), "items", path);

	appendStringInfoChar(buf, '[');
	(void) JsonbIteratorNext(&it, &item, true);
	while (JsonbIteratorNext(&it, &item, true) == WJB_ELEM)
	{
		if (here.index > 0)
			appendStringInfoChar(buf, ',');
		if (item.type != jbvNull)
			DzBodyValue(buf, item_shape, shape->time_format, &item, &here);
		else if (shape->flags & DZ_SHAPE_SPARSE)
			appendStringInfoString(buf, "null");
		else
			DzParamError(&here, "must not be null");
		here.index++;
	}
	appendStringInfoChar(buf, ']');
}

/* An entry whose value is null is absent, as a member would be. */
static void
write_map(StringInfo buf, const DzShape *shape, const JsonbValue *v,
		  const DzPath *path)
{
	const DzShape *key_shape = &dz_shapes[shape->count];
	const DzShape *item_shape = &dz_shapes[shape->first];
	JsonbIterator *it = JsonbIteratorInit(DzParamObject(v, path));
	JsonbValue key;
	JsonbValue item;
	int n = 0;

	check_stack_depth();
	appendStringInfoChar(buf, '{');
	(void) JsonbIteratorNext(&it, &key, true);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		DzPath here =
			DzPathMember(path, key.val.string.val, key.val.string.len);

		(void) JsonbIteratorNext(&it, &item, true);
		if (item.type == jbvNull && !(shape->flags & DZ_SHAPE_SPARSE))
			continue;
		if (n++ > 0)
			appendStringInfoChar(buf, ',');
		DzParamString(buf, key_shape, true, &key, &here);
		appendStringInfoChar(buf, ':');
		if (item.type == jbvNull)
			appendStringInfoString(buf, "null");
		else
			DzBodyValue(buf, item_shape, shape->time_format, &item, &here);
	}
	appendStringInfoChar(buf, '}');
	DzParamMinimum(shape, n, "entries", path);
}

/* A structure, or a union: a structure with exactly one member. */
static void
write_members(StringInfo buf, const DzShape *shape, const JsonbValue *v,
			  const DzPath *path)
{
	DzMemberScan scan;
	const DzMember *member;
	JsonbValue item;
	int n = 0;

	check_stack_depth();
	DzMemberScanStart(&scan, shape, DzParamObject(v, path), path);
	appendStringInfoChar(buf, '{');
	while ((member = DzMemberScanNext(&scan, &item)) != NULL)
	{
		DzPath here =
			DzPathMember(path, DzPoolText(member->name), member->name_len);

		DzBodyName(buf, member, n++ > 0);
		DzBodyValue(buf, &dz_shapes[member->shape], member->time_format, &item,
					&here);
	}
	appendStringInfoChar(buf, '}');

	if (scan.missing != NULL)
	{
		DzPath here = DzPathMember(path, DzPoolText(scan.missing->name),
								   scan.missing->name_len);

		DzParamError(&here, "required");
	}
	if (shape->kind == DZ_KIND_UNION && n != 1)
		DzParamErrorHint(path, DzMemberListHint(shape),
						 "exactly one member is required, not %d", n);
}

/* A name of the model is ASCII and needs no escape. */
void
DzBodyName(StringInfo buf, const DzMember *member, bool comma)
{
	if (comma)
		appendStringInfoChar(buf, ',');
	appendStringInfoChar(buf, '"');
	if (member->wire == member->name)
		appendBinaryStringInfo(buf, DzPoolText(member->name),
							   member->name_len);
	else
		appendStringInfoString(buf, DzPoolText(member->wire));
	appendBinaryStringInfo(buf, "\":", 2);
}
