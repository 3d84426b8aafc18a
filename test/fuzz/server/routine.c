/*-------------------------------------------------------------------------
 *
 * routine.c
 *		The calls that SQL can make, made without SQL's executor.
 *
 * An operation's name is datazone_call() of it, with a star in front
 * datazone_list(), with a plus the same for three items; and there are the
 * names of the typed functions.
 *
 * Functions are called through their catalog entries, so that they find
 * their result types; sets are taken from the tuplestore.  The connection
 * that the server room would give is at the end.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "aws/client.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "server/server.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"
#include "worker/worker.h"

#include "fuzz_server.h"

#define DEFAULT_DOMAIN "dzd_fuzz"
#define MAX_ARGS 9
#define ITEMS "[{\"itemType\":\"ASSET\",\"identifier\":\"asset\"}]"
#define FORMS "[{\"formName\":\"form\"}]"
#define EVENT \
	"{\"eventTime\":\"2026-01-02T03:04:05Z\",\"run\":{\"runId\":\"r\"}," \
	"\"job\":{\"namespace\":\"n\",\"name\":\"j\"}," \
	"\"producer\":\"https://example.com\"," \
	"\"schemaURL\":\"https://openlineage.io/spec/2-0-2/OpenLineage.json\"}"

/* A function by its arguments; what is not given is NULL. */
typedef struct Typed
{
	const char *name;
	const char *operation;
	const char *args[MAX_ARGS];
} Typed;

static const Typed typed_functions[] = {
	{"datazone_list_data_source_runs", "ListDataSourceRuns", {"source"}},
	{"datazone_start_run", "StartDataSourceRun", {"source"}},
	{"datazone_get_run", "GetDataSourceRun", {"run"}},
	{"datazone_wait_for_run", "GetDataSourceRun", {"run", "5 s"}},
	{"datazone_list_data_sources", "ListDataSources", {"project"}},
	{"datazone_post_lineage", "PostLineageEvent", {EVENT}},
	{"datazone_start_metadata_generation_run",
	 "StartMetadataGenerationRun",
	 {"project", "asset", NULL, "{BUSINESS_DESCRIPTIONS}"}},
	{"datazone_get_metadata_generation_run",
	 "GetMetadataGenerationRun",
	 {"run"}},
	{"datazone_create_data_product_revision",
	 "CreateDataProductRevision",
	 {"product", "name", NULL, ITEMS, FORMS, "{term}"}}};

/* A function of the catalog, with the arguments that it always gets. */
typedef struct DzRoutineFunction
{
	FmgrInfo info;
	bool is_set;
	Oid result_type;
	int nargs;
	Oid types[MAX_ARGS];
	NullableDatum args[MAX_ARGS];
} DzRoutineFunction;

const char *const dz_fuzz_secrets[] = {"fuzz-secret-access-key-0123456789",
									   "fuzz-session-token-0123456789", NULL};

static DzRoutine *routines;
static int nroutines = 0;
static DzRoutineFunction *call_function;
static DzRoutineFunction *list_function;
static DzRoutineFunction *list_some_function;
static DzConnection connection;

static void add_routine(const char *name, const DzOperation *op,
						const DzRoutineFunction *function);
static DzRoutineFunction *find_function(const char *name,
										const char *const *args);
static Datum input_value(Oid type, const char *text);
static void connect_client(void);
static Jsonb *least_params(DzRoutine *routine);
static void set_typed_args(FunctionCallInfo fcinfo,
						   const DzRoutineFunction *function, Jsonb *params);
static void call(const DzRoutineFunction *function, FunctionCallInfo fcinfo);
static void look_at_rows(ReturnSetInfo *rsinfo);
static void look_at_value(Datum value, Oid type);

/* Everything in TopMemoryContext: it stays as long as the process. */
void
DzRoutineInit(void)
{
	static const char *const none[MAX_ARGS];
	static const char *const three_items[MAX_ARGS] = {NULL, NULL, "3"};
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

	connect_client();
	call_function = find_function("datazone_call", none);
	list_function = find_function("datazone_list", none);
	list_some_function = find_function("datazone_list", three_items);
	routines = palloc0(sizeof(DzRoutine) *
					   (3 * dz_noperations + lengthof(typed_functions)));
	for (int i = 0; i < dz_noperations; i++)
	{
		const DzOperation *op = &dz_operations[i];

		add_routine(op->name, op, call_function);
		if (op->pager == NULL)
			continue;
		add_routine(psprintf("*%s", op->name), op, list_function);
		add_routine(psprintf("+%s", op->name), op, list_some_function);
	}
	for (int i = 0; i < (int) lengthof(typed_functions); i++)
	{
		const Typed *typed = &typed_functions[i];
		const DzOperation *op = DzOperationFind(typed->operation);

		if (op != NULL)
			add_routine(typed->name, op,
						find_function(typed->name, typed->args));
	}
	MemoryContextSwitchTo(old);
}

static void
add_routine(const char *name, const DzOperation *op,
			const DzRoutineFunction *function)
{
	DzRoutine *routine = &routines[nroutines++];

	routine->name = name;
	routine->op = op;
	routine->function = function;
}

static DzRoutineFunction *
find_function(const char *name, const char *const *args)
{
	DzRoutineFunction *function = palloc0(sizeof(DzRoutineFunction));
	Oid oid =
		LookupFuncName(list_make1(makeString(pstrdup(name))), -1, NULL, false);
	HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(oid));
	Form_pg_proc proc = (Form_pg_proc) GETSTRUCT(tuple);

	DzFuzzRequire(proc->pronargs <= MAX_ARGS);
	fmgr_info(oid, &function->info);
	function->is_set = proc->proretset;
	function->result_type = proc->prorettype;
	function->nargs = proc->pronargs;
	for (int i = 0; i < function->nargs; i++)
	{
		function->types[i] = proc->proargtypes.values[i];
		function->args[i].isnull = args[i] == NULL;
		if (args[i] != NULL)
			function->args[i].value = input_value(function->types[i], args[i]);
	}
	ReleaseSysCache(tuple);
	return function;
}

static Datum
input_value(Oid type, const char *text)
{
	Oid input;
	Oid io_param;

	getTypeInputInfo(type, &input, &io_param);
	return OidInputFunctionCall(input, pstrdup(text), io_param, -1);
}

int
DzRoutineCount(void)
{
	return nroutines;
}

DzRoutine *
DzRoutineAt(int i)
{
	return &routines[i];
}

/* The routine of this name, or NULL. */
DzRoutine *
DzRoutineFind(const char *name, size_t len)
{
	for (int i = 0; i < nroutines; i++)
		if (strlen(routines[i].name) == len &&
			memcmp(routines[i].name, name, len) == 0)
			return &routines[i];
	return NULL;
}

void
DzRoutineCall(DzRoutine *routine, Jsonb *params)
{
	const DzRoutineFunction *function = routine->function;
	LOCAL_FCINFO(fcinfo, MAX_ARGS);

	memcpy(fcinfo->args, function->args, sizeof(function->args));
	if (function == call_function || function == list_function ||
		function == list_some_function)
	{
		if (params == NULL)
			params = least_params(routine);
		fcinfo->args[0].value = CStringGetTextDatum(routine->op->name);
		fcinfo->args[0].isnull = false;
		fcinfo->args[1].value = JsonbPGetDatum(params);
		fcinfo->args[1].isnull = false;
	}
	else if (params != NULL)
		set_typed_args(fcinfo, function, params);
	call(function, fcinfo);
}

void
DzRoutineCallUnknown(const char *name, Jsonb *params)
{
	LOCAL_FCINFO(fcinfo, MAX_ARGS);

	memcpy(fcinfo->args, call_function->args, sizeof(call_function->args));
	fcinfo->args[0].value = CStringGetTextDatum(name);
	fcinfo->args[0].isnull = false;
	fcinfo->args[1].value = JsonbPGetDatum(params);
	fcinfo->args[1].isnull = false;
	call(call_function, fcinfo);
}

/* Params with the required members; the same in each run. */
static Jsonb *
least_params(DzRoutine *routine)
{
	if (routine->least == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);
		DzSample sample = {.state = 1, .is_least = true};

		DzSampleObject(&sample, routine->op);
		routine->least =
			DatumGetJsonbP(input_value(JSONBOID, sample.out.data));
		DzBufferFree(&sample.out);
		MemoryContextSwitchTo(old);
	}
	return routine->least;
}

/* Params take the place of JSON arguments; a string, that of all texts. */
static void
set_typed_args(FunctionCallInfo fcinfo, const DzRoutineFunction *function,
			   Jsonb *params)
{
	char *text = NULL;
	JsonbValue v;

	if (JB_ROOT_IS_SCALAR(params) && JsonbExtractScalar(&params->root, &v) &&
		v.type == jbvString)
		text = pnstrdup(v.val.string.val, v.val.string.len);
	for (int i = 0; i < function->nargs; i++)
	{
		if (fcinfo->args[i].isnull)
			continue;
		if (function->types[i] == JSONBOID)
			fcinfo->args[i].value = JsonbPGetDatum(params);
		else if (function->types[i] == TEXTOID && text != NULL)
			fcinfo->args[i].value = CStringGetTextDatum(text);
	}
}

static void
call(const DzRoutineFunction *function, FunctionCallInfo fcinfo)
{
	ReturnSetInfo rsinfo = {.type = T_ReturnSetInfo};
	ExprContext *econtext = makeNode(ExprContext);
	FmgrInfo info = function->info;
	Datum result;

	econtext->ecxt_per_query_memory = CurrentMemoryContext;
	econtext->ecxt_per_tuple_memory = CurrentMemoryContext;
	rsinfo.econtext = econtext;
	rsinfo.allowedModes = SFRM_Materialize;
	rsinfo.returnMode = SFRM_Materialize;
	if (function->is_set)
	{
		rsinfo.expectedDesc = CreateTemplateTupleDesc(1);
		TupleDescInitEntry(rsinfo.expectedDesc, 1, "value", JSONBOID, -1, 0);
	}
	InitFunctionCallInfoData(*fcinfo, &info, function->nargs, InvalidOid, NULL,
							 function->is_set ? (Node *) &rsinfo : NULL);
	result = FunctionCallInvoke(fcinfo);
	if (function->is_set)
		look_at_rows(&rsinfo);
	else if (!fcinfo->isnull)
		look_at_value(result, function->result_type);
}

static void
look_at_rows(ReturnSetInfo *rsinfo)
{
	TupleTableSlot *slot;

	DzFuzzRequire(rsinfo->setResult != NULL && rsinfo->setDesc != NULL);
	slot = MakeSingleTupleTableSlot(rsinfo->setDesc, &TTSOpsMinimalTuple);
	while (tuplestore_gettupleslot(rsinfo->setResult, true, false, slot))
	{
		slot_getallattrs(slot);
		for (int i = 0; i < rsinfo->setDesc->natts; i++)
			if (!slot->tts_isnull[i])
				look_at_value(slot->tts_values[i],
							  TupleDescAttr(rsinfo->setDesc, i)->atttypid);
	}
	ExecDropSingleTupleTableSlot(slot);
	tuplestore_end(rsinfo->setResult);
}

static void
look_at_value(Datum value, Oid type)
{
	Oid output;
	bool is_varlena;

	if (type == JSONBOID)
	{
		DzOutcomeJsonb(DatumGetJsonbP(value));
		return;
	}
	getTypeOutputInfo(type, &output, &is_varlena);
	DzOutcomeText(OidOutputFunctionCall(output, value));
}

/* ---- the server room ---- */

static void
connect_client(void)
{
	DzAwsProvider *provider = DzAwsProviderOfKeys(
		"AKIDEXAMPLE", dz_fuzz_secrets[0], dz_fuzz_secrets[1]);
	DzAwsClientConfig config = {.name = "fuzz",
								.service = "datazone",
								.region = "eu-west-1",
								.provider = provider,
								.connect_timeout_ms = 3100,
								.request_timeout_ms = 30000,
								.max_attempts = 2};

	connection.serverid = 1;
	connection.userid = GetUserId();
	connection.server_name = "fuzz";
	connection.domain_identifier = DEFAULT_DOMAIN;
	connection.client = DzAwsClientCreate(&config);
	DzAwsProviderRelease(provider);
}

DzConnection *
DzConnect(const char *server)
{
	/* what earlier inputs took from it must not change what this one does */
	DzRegulatorInit(&connection.client->regulator, DzNowMonotonicUs());
	return &connection;
}

Oid
DzServerResolve(const char *server)
{
	return connection.serverid;
}

Oid
DzServerFind(const char *name)
{
	return connection.serverid;
}

char *
DzServerName(Oid serverid)
{
	return pstrdup(connection.server_name);
}

char *
DzServerDefaultDomain(Oid serverid)
{
	return pstrdup(DEFAULT_DOMAIN);
}

/* ---- the worker room: there is none to wake ---- */

void
DzWakeAtCommit(uint32 why)
{
}

void
DzRoutineRequireSettled(void)
{
	DzFuzzRequire(connection.client->references == 1);
}
