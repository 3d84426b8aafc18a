/*-------------------------------------------------------------------------
 *
 * outcome.c
 *		What every outcome of a call must be, whatever the input was.
 *
 * Text is valid in the database's encoding, jsonb is what its own text says,
 * an error says what kind it is and holds no secret of ours.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"

#include "fuzz_server.h"

static void tell(const char *what, const char *text);
static bool is_path(const char *detail);
static void check_words(const char *words, bool is_looked_through);

/* Whoever tries one input (make try) wants to see what comes of it. */
static void
tell(const char *what, const char *text)
{
	if (getenv("DATAZONE_FUZZ_TELL") != NULL && text != NULL)
		fprintf(stderr, "%s: %s\n", what, text);
}

/* A text that SQL gets to see. */
void
DzOutcomeText(const char *text)
{
	tell("text", text);
	DzFuzzRequireOf(pg_verifymbstr(text, (int) strlen(text), true), text);
}

void
DzOutcomeJsonb(Jsonb *value)
{
	char *text = JsonbToCString(NULL, &value->root, VARSIZE(value));
	Jsonb *again;

	DzOutcomeText(text);
	again =
		DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
	DzFuzzRequireOf(compareJsonbContainers(&value->root, &again->root) == 0,
					text);
}

/*
 * The names in a path, and a run's status, are told as the service has them;
 * all other words of its are looked through first.
 */
void
DzOutcomeError(const ErrorData *error)
{
	bool is_looked_through = dz_fuzz_target->is_answer &&
							 error->sqlerrcode != ERRCODE_LOCK_NOT_AVAILABLE &&
							 !is_path(error->detail);

	tell(unpack_sql_state(error->sqlerrcode), error->message);
	tell("detail", error->detail);
	DzFuzzRequire(error->elevel == ERROR);
	DzFuzzRequireOf(error->sqlerrcode != ERRCODE_INTERNAL_ERROR,
					error->message);
	check_words(error->message, is_looked_through);
	check_words(error->detail, is_looked_through);
	check_words(error->hint, is_looked_through);
	check_words(error->context, is_looked_through);
}

static bool
is_path(const char *detail)
{
	return detail != NULL &&
		   (strncmp(detail, "Member \"", 8) == 0 ||
			strncmp(detail, "The required member \"", 21) == 0);
}

/* NULL where an error has none. */
static void
check_words(const char *words, bool is_looked_through)
{
	if (words == NULL)
		return;
	DzFuzzRequireOf(pg_verifymbstr(words, (int) strlen(words), true), words);
	if (!is_looked_through)
		return;
	for (int i = 0; dz_fuzz_secrets[i] != NULL; i++)
		DzFuzzRequireOf(strstr(words, dz_fuzz_secrets[i]) == NULL, words);
	for (const char *p = words; *p != '\0'; p++)
		DzFuzzRequireOf((unsigned char) *p >= ' ' && *p != 0x7F, words);
}
