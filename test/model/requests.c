/*-------------------------------------------------------------------------
 *
 * requests.c
 *		Test module: show what the request builder makes of params, what is
 *		made of answers, and the tables.
 *
 * Links the rooms' files as they are, so that every operation can be looked
 * at without a connection.  What would come from the network is in transfer.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/api.h"
#include "fmgr.h"
#include "funcapi.h"
#include "portability/instr_time.h"
#include "transfer.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(test_request);
PG_FUNCTION_INFO_V1(test_request_time);
PG_FUNCTION_INFO_V1(test_answer);
PG_FUNCTION_INFO_V1(test_items);
PG_FUNCTION_INFO_V1(test_nearest_operation);
PG_FUNCTION_INFO_V1(test_operations);
PG_FUNCTION_INFO_V1(test_shapes);

static const char *const kind_names[] = {
	[DZ_KIND_STRING] = "string",       [DZ_KIND_BOOLEAN] = "boolean",
	[DZ_KIND_BYTE] = "byte",           [DZ_KIND_SHORT] = "short",
	[DZ_KIND_INTEGER] = "integer",     [DZ_KIND_LONG] = "long",
	[DZ_KIND_FLOAT] = "float",         [DZ_KIND_TIMESTAMP] = "timestamp",
	[DZ_KIND_BLOB] = "blob",           [DZ_KIND_DOCUMENT] = "document",
	[DZ_KIND_LIST] = "list",           [DZ_KIND_MAP] = "map",
	[DZ_KIND_STRUCTURE] = "structure", [DZ_KIND_UNION] = "union"};

static const char *const check_names[] = {
	[DZ_CHECK_NONE] = "",
	[DZ_CHECK_DOMAIN_ID] = "domain_id",
	[DZ_CHECK_CLIENT_TOKEN] = "client_token",
	[DZ_CHECK_PLAIN_TOKEN] = "plain_token",
	[DZ_CHECK_RUN_EVENT] = "run_event"};

static const char *const time_names[] = {[DZ_TIME_BY_PLACE] = "",
										 [DZ_TIME_EPOCH] = "unixTimestamp",
										 [DZ_TIME_ISO] = "iso8601",
										 [DZ_TIME_HTTP] = "rfc822"};

static const char *const place_names[] = {[DZ_IN_BODY] = "body",
										  [DZ_IN_PATH] = "uri",
										  [DZ_IN_QUERY] = "querystring",
										  [DZ_IN_HEADER] = "header",
										  [DZ_IN_HEADER_PREFIX] = "headers",
										  [DZ_IN_PAYLOAD] = "payload",
										  [DZ_IN_STATUS] = "statusCode"};

static DzAwsRequest *build(FunctionCallInfo fcinfo);
static const DzJson *parse(const char *text, size_t len);
static void field(StringInfo buf, const char *name, const char *value);
static void flag(StringInfo buf, const char *name, bool on);
static void describe_path(StringInfo buf, const DzOperation *op);
static void describe_shape(StringInfo buf, const DzShape *shape);
static Datum as_jsonb(StringInfo buf);

static DzAwsRequest *
build(FunctionCallInfo fcinfo)
{
	char *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const DzOperation *op = DzOperationFind(name);

	if (op == NULL)
		elog(ERROR, "no operation %s", name);
	return DzRequestBuild(
		op, DzParamsOf(PG_GETARG_JSONB_P(1)),
		PG_ARGISNULL(2) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(2)),
		PG_ARGISNULL(3) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(3)));
}

/* test_request(operation, params, root, default_domain) returns jsonb */
Datum
test_request(PG_FUNCTION_ARGS)
{
	DzAwsRequest *request = build(fcinfo);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	field(&buf, "operation", request->operation);
	field(&buf, "method", request->method);
	field(&buf, "path", request->path);
	field(&buf, "query", request->query);
	flag(&buf, "repeatable", request->repeatable);
	appendStringInfoString(&buf, "\"headers\":[");
	for (int i = 0; i < request->nheaders; i++)
	{
		appendStringInfoString(&buf, i > 0 ? ",[" : "[");
		DzJsonAppendString(&buf, request->headers[i].name,
						   strlen(request->headers[i].name));
		appendStringInfoChar(&buf, ',');
		DzJsonAppendString(&buf, request->headers[i].value,
						   strlen(request->headers[i].value));
		appendStringInfoChar(&buf, ']');
	}
	appendStringInfoString(&buf, "],\"body\":");
	DzJsonAppendString(&buf, request->body, request->body_len);
	appendStringInfoChar(&buf, '}');
	return as_jsonb(&buf);
}

/* test_request_time(operation, params, root, domain, n): microseconds each */
Datum
test_request_time(PG_FUNCTION_ARGS)
{
	int n = PG_GETARG_INT32(4);
	MemoryContext round = AllocSetContextCreate(CurrentMemoryContext, "round",
												ALLOCSET_DEFAULT_SIZES);
	const DzOperation *op =
		DzOperationFind(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	Jsonb *params = PG_GETARG_JSONB_P(1);
	MemoryContext old = MemoryContextSwitchTo(round);
	instr_time start;
	instr_time end;

	INSTR_TIME_SET_CURRENT(start);
	for (int i = 0; i < n; i++)
	{
		(void) DzRequestBuild(op, DzParamsOf(params), "params", "dzd_default");
		MemoryContextReset(round);
	}
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	MemoryContextSwitchTo(old);
	PG_RETURN_FLOAT8(INSTR_TIME_GET_DOUBLE(end) * 1e6 / n);
}

/* test_answer(operation, body, headers, status) returns jsonb */
Datum
test_answer(PG_FUNCTION_ARGS)
{
	const DzOperation *op =
		DzOperationFind(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	text *body = PG_GETARG_TEXT_PP(1);
	DzHttpTransfer transfer = {.headers = PG_GETARG_JSONB_P(2),
							   .status = PG_GETARG_INT32(3)};
	const char *payload = VARDATA_ANY(body);
	size_t len = VARSIZE_ANY_EXHDR(body);
	const char *json = len > 0 ? text_to_cstring(body) : "{}";
	DzAnswer answer = {.op = op, .is_empty = len == 0};

	/* the protocol's blobs need be no JSON; DataZone's is */
	for (int i = 0;
		 op->output != DZ_NO_SHAPE && i < dz_shapes[op->output].count; i++)
	{
		const DzMember *member = &dz_members[dz_shapes[op->output].first + i];

		if (member->place == DZ_IN_PAYLOAD &&
			dz_shapes[member->shape].check == DZ_CHECK_NONE)
			json = "{}";
	}
	answer.body = parse(json, strlen(json));
	return JsonbPGetDatum(DzValueToJsonb(&answer, &transfer, payload, len));
}

/* test_items(operation, body) returns setof jsonb: a page's items */
Datum
test_items(PG_FUNCTION_ARGS)
{
	const DzOperation *op =
		DzOperationFind(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	text *body = PG_GETARG_TEXT_PP(1);
	DzAnswer answer = {.op = op};
	const DzJson *items;
	const DzJson *item;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	answer.body = parse(VARDATA_ANY(body), VARSIZE_ANY_EXHDR(body));
	items = DzJsonMember(answer.body, op->pager->result_key);
	item = DzJsonFirst(items);
	for (size_t i = 0; i < DzJsonLength(items); i++)
	{
		ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
		Datum value = JsonbPGetDatum(DzItemToJsonb(&answer, item, i));
		bool isnull = false;

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value,
							 &isnull);
		item = DzJsonNext(item);
	}
	return (Datum) 0;
}

static const DzJson *
parse(const char *text, size_t len)
{
	DzJsonError error;
	const char *message;
	const DzJson *value =
		DzJsonParse(CurrentMemoryContext, text, len, &error, &message);

	if (value == NULL)
		ereport(ERROR, (errcode(ERRCODE_FDW_UNABLE_TO_CREATE_REPLY),
						errmsg("no JSON: %s", message)));
	return value;
}

Datum
test_nearest_operation(PG_FUNCTION_ARGS)
{
	const char *nearest =
		DzOperationNearest(text_to_cstring(PG_GETARG_TEXT_PP(0)));

	if (nearest == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(nearest));
}

/* All operations, by name. */
Datum
test_operations(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < dz_noperations; i++)
	{
		const DzOperation *op = &dz_operations[i];

		appendStringInfo(&buf, "%s\"%s\":{", i > 0 ? "," : "{", op->name);
		field(&buf, "method", op->method);
		describe_path(&buf, op);
		appendStringInfo(&buf, "\"code\":%d,", op->success_code);
		if (op->input != DZ_NO_SHAPE)
			appendStringInfo(&buf, "\"input\":\"%d\",", op->input);
		if (op->output != DZ_NO_SHAPE)
			appendStringInfo(&buf, "\"output\":\"%d\",", op->output);
		flag(&buf, "read_only", op->read_only);
		flag(&buf, "idempotent", op->idempotent);
		flag(&buf, "has_token", op->has_token);
		flag(&buf, "repeatable", op->repeatable);
		flag(&buf, "has_secrets", op->has_secrets);
		flag(&buf, "has_body", op->has_body);
		if (op->pager != NULL)
			appendStringInfo(&buf,
							 "\"pager\":[\"%s\",\"%s\",\"%s\",\"%s\",%d,%d],",
							 op->pager->input_token, op->pager->output_token,
							 op->pager->limit_key ? op->pager->limit_key : "",
							 op->pager->result_key, op->pager->limit_min,
							 op->pager->limit_max);
		appendStringInfo(&buf, "\"found\":%s}",
						 DzOperationFind(op->name) == op ? "true" : "false");
	}
	appendStringInfoChar(&buf, '}');
	return as_jsonb(&buf);
}

/* All shapes, by number. */
Datum
test_shapes(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < dz_nshapes; i++)
	{
		appendStringInfo(&buf, "%s\"%d\":", i > 0 ? "," : "{", i);
		describe_shape(&buf, &dz_shapes[i]);
	}
	appendStringInfoChar(&buf, '}');
	return as_jsonb(&buf);
}

static void
describe_path(StringInfo buf, const DzOperation *op)
{
	appendStringInfoString(buf, "\"uri\":\"");
	for (int i = 0; i < op->nparts; i++)
	{
		const DzPathPart *part = &dz_path_parts[op->first_part + i];

		appendStringInfoString(buf, DzPoolText(part->literal));
		if (part->label != DZ_NO_LABEL)
			appendStringInfo(
				buf, "{%s%s}",
				DzPoolText(
					dz_members[dz_shapes[op->input].first + part->label].wire),
				part->is_greedy ? "+" : "");
	}
	appendStringInfoString(buf, "\",");
}

static void
describe_shape(StringInfo buf, const DzShape *shape)
{
	appendStringInfoChar(buf, '{');
	field(buf, "type", kind_names[shape->kind]);
	field(buf, "check", check_names[shape->check]);
	field(buf, "time", time_names[shape->time_format]);
	flag(buf, "sparse", shape->flags & DZ_SHAPE_SPARSE);
	if (shape->kind == DZ_KIND_LIST || shape->kind == DZ_KIND_MAP)
		appendStringInfo(buf, "\"item\":\"%d\",", shape->first);
	if (shape->kind == DZ_KIND_MAP)
		appendStringInfo(buf, "\"key\":\"%d\",", shape->count);
	if (shape->kind == DZ_KIND_STRUCTURE || shape->kind == DZ_KIND_UNION)
	{
		appendStringInfo(buf, "\"nrequired\":%d,\"members\":{",
						 shape->nrequired);
		for (int i = 0; i < shape->count; i++)
		{
			const DzMember *member = &dz_members[shape->first + i];
			const char *name = DzPoolText(member->name);

			appendStringInfo(buf, "%s\"%s\":{", i > 0 ? "," : "", name);
			field(buf, "wire", DzPoolText(member->wire));
			field(buf, "place", place_names[member->place]);
			field(buf, "time", time_names[member->time_format]);
			flag(buf, "required", member->flags & DZ_MEMBER_REQUIRED);
			flag(buf, "token", member->flags & DZ_MEMBER_TOKEN);
			flag(buf, "also_query", member->flags & DZ_MEMBER_ALSO_QUERY);
			flag(buf, "domain", member->flags & DZ_MEMBER_DOMAIN);
			flag(buf, "found",
				 DzShapeMember(shape, name, strlen(name)) == member);
			appendStringInfo(buf, "\"shape\":\"%d\"}", member->shape);
		}
		appendStringInfoString(buf, "},");
	}
	appendStringInfo(buf, "\"min\":%d}", shape->min);
}

static void
field(StringInfo buf, const char *name, const char *value)
{
	appendStringInfo(buf, "\"%s\":", name);
	DzJsonAppendString(buf, value, strlen(value));
	appendStringInfoChar(buf, ',');
}

static void
flag(StringInfo buf, const char *name, bool on)
{
	appendStringInfo(buf, "\"%s\":%s,", name, on ? "true" : "false");
}

static Datum
as_jsonb(StringInfo buf)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf->data));
}

/* ---- what error.c would do ---- */

void
DzAnswerRefuse(const DzAnswer *answer, int sqlstate, const char *what)
{
	ereport(ERROR,
			(errcode(sqlstate), errmsg("%s: %s", answer->op->name, what)));
}

void
DzUnexpectedAnswer(const DzAnswer *answer, const char *fmt, ...)
{
	char detail[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(detail, sizeof(detail), fmt, args);
	va_end(args);
	ereport(ERROR, (errcode(ERRCODE_FDW_UNABLE_TO_CREATE_REPLY),
					errmsg("%s: %s", answer->op->name, detail)));
}
