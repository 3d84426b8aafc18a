/*-------------------------------------------------------------------------
 *
 * settings.c
 *		How lineage names this server and the job, and what a failure does.
 *
 * How datasets are named is for the administrator to say, once for all
 * sessions: the same table must have one name.  What runs is known to the
 * session alone.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/guc.h"

#include "lineage/lineage.h"
#include "lineage/room.h"

#define UUID_LENGTH 36

int DzLineageErrorMode = DZ_LINEAGE_WARN;
char *DzDatasetNamespace = NULL;
char *DzJobNamespace = NULL;
char *DzJobName = NULL;
char *DzParentRun = NULL;
uint64 DzOriginGeneration = 1;

static const struct config_enum_entry error_modes[] = {
	{"warn", DZ_LINEAGE_WARN, false},
	{"error", DZ_LINEAGE_ERROR, false},
	{NULL, 0, false}};

static bool
is_uuid(const char *text)
{
	if (strlen(text) != UUID_LENGTH)
		return false;
	for (int i = 0; i < UUID_LENGTH; i++)
	{
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-' : !isxdigit((unsigned char) text[i]))
			return false;
	}
	return true;
}

bool
DzParentRunParse(const char *text, DzParentName *parent)
{
	char *copy = pstrdup(text);
	char *last = strrchr(copy, '/');

	if (last == NULL)
		return false;
	*last = '\0';
	parent->run_id = last + 1;
	last = strrchr(copy, '/');
	if (last == NULL)
		return false;
	*last = '\0';
	parent->name = last + 1;
	parent->namespace = copy;
	return copy[0] != '\0' && parent->name[0] != '\0' &&
		   is_uuid(parent->run_id);
}

static bool
check_parent_run(char **newval, void **extra, GucSource source)
{
	DzParentName parent;

	if (*newval == NULL || (*newval)[0] == '\0' ||
		DzParentRunParse(*newval, &parent))
		return true;
	GUC_check_errdetail("It is not \"namespace/name/runId\" with a UUID as "
						"runId.");
	return false;
}

/* Nothing that looks like nothing, breaks a line or stands for two names. */
static bool
is_plain(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
	{
		if ((unsigned char) *c > ' ' && *c != 0x7f)
			continue;
		GUC_check_errdetail(
			"It has a blank or a control character at byte %d.",
			(int) (c - text) + 1);
		return false;
	}
	return true;
}

/* scheme://authority; what identifies a dataset goes on with a slash. */
static bool
is_dataset_namespace(const char *text)
{
	const char *authority = strstr(text, "://");
	const char *c = text;

	if (authority == NULL || !isalpha((unsigned char) *c))
		return false;
	while (c < authority && (isalnum((unsigned char) *c) || *c == '+' ||
							 *c == '-' || *c == '.'))
		c++;
	return c == authority && authority[3] != '\0' &&
		   strchr(authority + 3, '/') == NULL;
}

/* In both, empty is as good as not set. */
static bool
check_job_namespace(char **newval, void **extra, GucSource source)
{
	return *newval == NULL || is_plain(*newval);
}

static bool
check_dataset_namespace(char **newval, void **extra, GucSource source)
{
	if (*newval == NULL || (*newval)[0] == '\0')
		return true;
	if (!is_plain(*newval))
		return false;
	if (is_dataset_namespace(*newval))
		return true;
	GUC_check_errdetail("It is not scheme://authority, with no other slash.");
	GUC_check_errhint("Write it as OpenLineage names servers, as in "
					  "postgres://db.example.com:5432.");
	return false;
}

/* Assign hooks of settings that events depend on. */
void
DzNoteTextSetting(const char *newval, void *extra)
{
	DzOriginGeneration++;
}

void
DzNoteEnumSetting(int newval, void *extra)
{
	DzOriginGeneration++;
}

static void
define_session_settings(void)
{
	DefineCustomStringVariable(
		"datazone.job_namespace", "Namespace of the job that lineage names.",
		"While unset, that of datazone.dataset_namespace.", &DzJobNamespace,
		NULL, PGC_USERSET, 0, check_job_namespace, DzNoteTextSetting, NULL);
	DefineCustomStringVariable(
		"datazone.job_name", "Name of the job that lineage names.",
		"While unset, the name of the table that was changed, or the outermost "
		"procedure's.",
		&DzJobName, NULL, PGC_USERSET, 0, NULL, DzNoteTextSetting, NULL);
	DefineCustomStringVariable(
		"datazone.parent_run", "Run that the runs of lineage belong to.",
		"As namespace/name/runId.", &DzParentRun, NULL, PGC_USERSET, 0,
		check_parent_run, DzNoteTextSetting, NULL);
}

/* Called at load. */
void
DzLineageInit(void)
{
	DefineCustomStringVariable(
		"datazone.dataset_namespace",
		"How lineage names this server, as postgres://host:port.",
		"While unset, there are no events of lineage.", &DzDatasetNamespace,
		NULL, PGC_SIGHUP, 0, check_dataset_namespace, DzNoteTextSetting, NULL);
	DefineCustomEnumVariable(
		"datazone.lineage_errors",
		"Whether a transaction fails if its lineage cannot be recorded.", NULL,
		&DzLineageErrorMode, DZ_LINEAGE_WARN, error_modes, PGC_SUSET, 0, NULL,
		NULL, NULL);
	define_session_settings();
	DzAttachInit();
	DzCaptureInit();
}
