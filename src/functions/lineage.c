/*-------------------------------------------------------------------------
 *
 * lineage.c
 *		Post an OpenLineage event now.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "functions/functions.h"

PG_FUNCTION_INFO_V1(datazone_post_lineage);

/*
 * datazone_post_lineage(event, domain_identifier, client_token, server)
 *
 * The event's identifier; NULL where the service answers with an empty body,
 * as it did until 2025.
 */
Datum
datazone_post_lineage(PG_FUNCTION_ARGS)
{
	Jsonb *event = DzArgJsonb(fcinfo, 0);
	char *domain = DzArgText(fcinfo, 1);
	char *token = DzArgText(fcinfo, 2);
	DzConnection *conn;
	DzParams *params;
	DzCall *call;
	const DzAnswer *answer;
	const DzJson *id;
	const char *utf8;
	size_t len;
	text *result;

	if (event == NULL)
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("argument \"event\" must not be null")));
	conn = DzConnect(DzArgText(fcinfo, 3));
	PreventCommandIfReadOnly("datazone_post_lineage()");

	params = DzParamsBegin();
	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "clientToken", token);
	DzParamsJsonb(params, "event", event);
	call = DzCallStart(conn->client, DzTypedOperation("PostLineageEvent"),
					   params, NULL, conn->domain_identifier);

	answer = DzCallWait(call);
	id = DzJsonMember(answer->body, "id");
	if (id == NULL || DzJsonTypeOf(id) == DZ_JSON_NULL)
	{
		DzCallRelease(call);
		PG_RETURN_NULL();
	}
	utf8 = DzJsonString(id, &len);
	if (utf8 == NULL)
		DzUnexpectedAnswer(answer, "Member \"id\" is not a string but: %s.",
						   DzJsonTypeName(id));
	result = cstring_to_text(pg_any_to_server(utf8, (int) len, PG_UTF8));
	DzCallRelease(call);
	PG_RETURN_TEXT_P(result);
}
