/*-------------------------------------------------------------------------
 *
 * request.c
 *		Build an operation's request from params.
 *
 * Every request of the extension is built here, from the table: datazone_call
 * hands over what the user wrote, typed functions what their arguments say.
 * First the params are compared with the operation's input shape, then what
 * is absent and has a default gets it, then each part of the request (path,
 * query, headers, body) is written from the members that belong to it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/api.h"
#include "api/jsontext.h"
#include "api/request.h"
#include "aws/uuid.h"
#include "compat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

/*
 * What path and query may have.  The service's own limits are far lower, and
 * its to set; libcurl takes 8 MB.
 */
#define DZ_URI_MAX (1024 * 1024)

/* What the body is besides its bytes. */
typedef struct Body
{
	StringInfoData text;
	const char *content_type; /* NULL: none, and no header says so */
} Body;

static void collect(DzRequestInput *input, const DzParams *params);
static void collect_object(DzRequestInput *input, Jsonb *object);
static void add_defaults(DzRequestInput *input, const char *default_domain);
static int required_hint(const DzMember *member);
static void set_string(JsonbValue *v, const char *text);
static void write_body(Body *body, const DzOperation *op,
					   const DzRequestInput *input);
static void write_body_members(StringInfo buf, const DzRequestInput *input);
static void write_payload(Body *body, const DzShape *shape,
						  const JsonbValue *v, const DzPath *path);
static void write_run_event(StringInfo buf, const JsonbValue *v,
							const DzPath *path);
static void write_binary(StringInfo buf, const DzShape *shape,
						 const JsonbValue *v, const DzPath *path);
static void tell_operation(void *arg);

DzAwsRequest *
DzRequestBuild(const DzOperation *op, const DzParams *params, const char *root,
			   const char *default_domain)
{
	static const DzShape no_input = {.kind = DZ_KIND_STRUCTURE};
	DzAwsRequest *request = palloc0(sizeof(DzAwsRequest));
	DzPath root_path = {NULL, root, root ? strlen(root) : 0, 0};
	DzRequestInput input;
	Body body;
	ErrorContextCallback context;

	context.callback = tell_operation;
	context.arg = unconstify(DzOperation *, op);
	context.previous = error_context_stack;
	error_context_stack = &context;

	input.shape = op->input == DZ_NO_SHAPE ? &no_input : &dz_shapes[op->input];
	input.members = dz_members + input.shape->first;
	input.values = palloc0(sizeof(JsonbValue) * (input.shape->count + 1));
	input.root = root ? &root_path : NULL;
	collect(&input, params);
	add_defaults(&input, default_domain);

	request->operation = op->name;
	request->method = op->method;
	request->repeatable = op->repeatable;
	request->path = DzRequestPath(op, &input);
	request->query = DzRequestQuery(&input);
	if (strlen(request->path) + strlen(request->query) > DZ_URI_MAX)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("identifiers and query are too long for a "
							   "request"),
						errdetail("At most %d bytes of URI can be sent.",
								  DZ_URI_MAX)));

	write_body(&body, op, &input);
	request->body = body.text.data;
	request->body_len = body.text.len;

	request->headers =
		DzRequestHeaders(&input, body.content_type, &request->nheaders);

	error_context_stack = context.previous;
	return request;
}

static void
tell_operation(void *arg)
{
	const DzOperation *op = arg;

	errcontext("request of %s", op->name);
}

/* Put the params beside the members they belong to. */
static void
collect(DzRequestInput *input, const DzParams *params)
{
	if (params->object != NULL)
		collect_object(input, params->object);

	/* single members are ours, and known to be known */
	for (int i = 0; i < params->count; i++)
	{
		const char *name = params->members[i].name;
		const DzMember *member =
			DzShapeMember(input->shape, name, strlen(name));

		if (member == NULL)
			elog(ERROR, "member \"%s\" is not in the model", name);
		input->values[member - input->members] = params->members[i].value;
	}
}

static void
collect_object(DzRequestInput *input, Jsonb *object)
{
	DzMemberScan scan;
	const DzMember *member;
	JsonbValue v;

	if (!JB_ROOT_IS_OBJECT(object))
	{
		DzPath all = DzPathMember(NULL, "params", 6);

		DzParamError(input->root ? input->root : &all,
					 "expected a JSON object");
	}
	DzMemberScanStart(&scan, input->shape, &object->root, input->root);
	while ((member = DzMemberScanNext(&scan, &v)) != NULL)
		input->values[member - input->members] = v;
}

/*
 * Give what is absent its default, if it has one.  Only now is it known which
 * required members are missing.
 */
static void
add_defaults(DzRequestInput *input, const char *default_domain)
{
	for (int i = 0; i < input->shape->count; i++)
	{
		const DzMember *member = &input->members[i];
		DzPath here = DzPathMember(input->root, DzPoolText(member->name),
								   member->name_len);

		if (input->values[i].type != jbvNull)
			continue;
		if ((member->flags & DZ_MEMBER_DOMAIN) && default_domain != NULL)
			set_string(&input->values[i], default_domain);
		else if (member->flags & DZ_MEMBER_TOKEN)
		{
			char *token = palloc(DZ_UUID_TEXT_SIZE);

			DzUuidRandom(token);
			set_string(&input->values[i], token);
		}
		else if (member->flags & DZ_MEMBER_REQUIRED)
			DzParamErrorHint(&here, required_hint(member), "required");
	}
}

/*
 * The default domain is where a call goes, not what it is about: none stands
 * in for the domain that DeleteDomain is to delete.
 */
static int
required_hint(const DzMember *member)
{
	if (member->flags & DZ_MEMBER_DOMAIN)
		return errhint("Pass a domain identifier, or set option "
					   "\"domain_identifier\" of the server.");
	if (dz_shapes[member->shape].check == DZ_CHECK_DOMAIN_ID)
		return errhint("Pass the domain's identifier: the server's option "
					   "\"domain_identifier\" stands in for the member "
					   "\"domainIdentifier\" only.");
	return 0;
}

static void
set_string(JsonbValue *v, const char *text)
{
	v->type = jbvString;
	v->val.string.val = unconstify(char *, text);
	v->val.string.len = strlen(text);
}

/*
 * The body: the payload member alone, or the JSON of all members that have no
 * other place, or nothing, and then no content type either.
 */
static void
write_body(Body *body, const DzOperation *op, const DzRequestInput *input)
{
	initStringInfo(&body->text);
	body->content_type = NULL;
	if (op->has_body)
	{
		body->content_type = "application/json";
		write_body_members(&body->text, input);
		return;
	}
	for (int i = 0; i < input->shape->count; i++)
	{
		const DzMember *member = &input->members[i];

		if (member->place == DZ_IN_PAYLOAD)
		{
			DzPath here = DzPathMember(input->root, DzPoolText(member->name),
									   member->name_len);

			write_payload(body, &dz_shapes[member->shape], &input->values[i],
						  &here);
		}
	}
}

static void
write_body_members(StringInfo buf, const DzRequestInput *input)
{
	int n = 0;

	appendStringInfoChar(buf, '{');
	for (int i = 0; i < input->shape->count; i++)
	{
		const DzMember *member = &input->members[i];
		DzPath here = DzPathMember(input->root, DzPoolText(member->name),
								   member->name_len);

		if (member->place != DZ_IN_BODY || input->values[i].type == jbvNull)
			continue;
		DzBodyName(buf, member, n++ > 0);
		DzBodyValue(buf, &dz_shapes[member->shape], member->time_format,
					&input->values[i], &here);
	}
	appendStringInfoChar(buf, '}');
}

/*
 * A payload keeps its form: bytes, text, or the JSON of a structure.  An
 * absent structure is an empty one to the protocol; anything else absent is
 * an empty body.
 */
static void
write_payload(Body *body, const DzShape *shape, const JsonbValue *v,
			  const DzPath *path)
{
	if (v->type == jbvNull)
	{
		if (shape->kind != DZ_KIND_STRUCTURE)
			return;
		appendStringInfoString(&body->text, "{}");
		body->content_type = "application/json";
	}
	else if (shape->kind == DZ_KIND_BLOB)
	{
		body->content_type = "application/octet-stream";
		if (shape->check == DZ_CHECK_RUN_EVENT)
			write_run_event(&body->text, v, path);
		else
			write_binary(&body->text, shape, v, path);
	}
	else if (shape->kind == DZ_KIND_STRING)
	{
		body->content_type = "text/plain";
		DzParamString(&body->text, shape, false, v, path);
	}
	else
	{
		body->content_type = "application/json";
		DzBodyValue(&body->text, shape, DZ_TIME_BY_PLACE, v, path);
	}
}

/* The event is a JSON object in params, and compact JSON on the wire. */
static void
write_run_event(StringInfo buf, const JsonbValue *v, const DzPath *path)
{
	JsonbContainer *event = DzParamObject(v, path);
	char *utf8;

	DzJsonbCompact(buf, event);
	utf8 = pg_server_to_any(buf->data, buf->len, PG_UTF8);
	if (utf8 != buf->data)
	{
		resetStringInfo(buf);
		appendStringInfoString(buf, utf8);
		pfree(utf8);
	}
	DzLineageEventCheck(event, buf->len, path);
}

/* Any other blob is base64 text in params. */
static void
write_binary(StringInfo buf, const DzShape *shape, const JsonbValue *v,
			 const DzPath *path)
{
	bytea *bytes;

	DzParamBlob(buf, shape, v, path);
	bytes = DatumGetByteaPP(
		DirectFunctionCall2(binary_decode, CStringGetTextDatum(buf->data),
							CStringGetTextDatum("base64")));
	resetStringInfo(buf);
	appendBinaryStringInfo(buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
}
