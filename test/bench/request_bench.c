/*-------------------------------------------------------------------------
 *
 * request_bench.c
 *		Benchmark module: build and sign a request, without sending it.
 *
 * Linked from the extension's own object files.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/api.h"
#include "aws/sigv4.h"
#include "fmgr.h"
#include "portability/instr_time.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(bench_request);

static void
build_and_sign(DzSigner *signer, const DzOperation *op, Jsonb *params)
{
	DzAwsRequest *request =
		DzRequestBuild(op, DzParamsOf(params), "params", NULL);
	DzSignHeader *headers =
		palloc((request->nheaders + 1) * sizeof(DzSignHeader));
	DzSignInput in = {0};
	DzSignOutput out;

	headers[0] = (DzSignHeader){"host", "datazone.eu-west-1.api.aws"};
	for (int i = 0; i < request->nheaders; i++)
		headers[i + 1] = (DzSignHeader){request->headers[i].name,
										request->headers[i].value};
	in.method = request->method;
	in.path = request->path;
	in.query = request->query;
	in.headers = headers;
	in.nheaders = request->nheaders + 1;
	in.body = request->body;
	in.body_len = request->body_len;
	in.region = "eu-west-1";
	in.service = "datazone";
	in.access_key_id = "AKIDEXAMPLE";
	in.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
	in.unix_time = 1767225600;
	if (!DzSign(signer, &in, &out))
		elog(ERROR, "could not sign");
}

/* bench_request(operation, params, n): microseconds of one */
Datum
bench_request(PG_FUNCTION_ARGS)
{
	const DzOperation *op =
		DzOperationFind(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	Jsonb *params = PG_GETARG_JSONB_P(1);
	int n = PG_GETARG_INT32(2);
	DzSigner *signer = DzSignerCreate();
	MemoryContext round = AllocSetContextCreate(CurrentMemoryContext, "round",
												ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(round);
	instr_time start;
	instr_time end;

	if (op == NULL || signer == NULL || n < 1)
		elog(ERROR, "nothing to measure");
	build_and_sign(signer, op, params); /* derives the key */
	INSTR_TIME_SET_CURRENT(start);
	for (int i = 0; i < n; i++)
	{
		build_and_sign(signer, op, params);
		MemoryContextReset(round);
	}
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	MemoryContextSwitchTo(old);
	DzSignerFree(signer);
	PG_RETURN_FLOAT8(INSTR_TIME_GET_DOUBLE(end) * 1e6 / n);
}
