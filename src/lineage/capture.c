/*-------------------------------------------------------------------------
 *
 * capture.c
 *		Whether lineage writes itself, and where it goes: settings.
 *
 * What is captured is for a DBA to say, for a role or a database, and not for
 * who runs the statements.  Events are enqueued as the owner of the server, so
 * that a role that loads data needs neither keys nor USAGE.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "commands/extension.h"
#include "foreign/foreign.h"
#include "utils/guc.h"

#include "datazone.h"
#include "lineage/room.h"
#include "server/server.h"

int DzCaptureMode = DZ_CAPTURE_OFF;
int DzCaptureInterval = 3600;

static char *capture_server = NULL; /* datazone.capture_server */

static const struct config_enum_entry modes[] = {
	{"off", DZ_CAPTURE_OFF, false},
	{"table", DZ_CAPTURE_TABLE, false},
	{"column", DZ_CAPTURE_COLUMN, false},
	{NULL, 0, false}};

static void note_mode(int newval, void *extra);
static bool names_server(void);
static const char *missing_server(const char **hint);

/* Called at load. */
void
DzCaptureInit(void)
{
	DefineCustomEnumVariable(
		"datazone.capture",
		"Whether the lineage of statements is captured as they run.",
		"\"table\": which tables go into which; \"column\": which columns.",
		&DzCaptureMode, DZ_CAPTURE_OFF, modes, PGC_SUSET, 0, NULL, note_mode,
		NULL);
	DefineCustomStringVariable(
		"datazone.capture_server", "Server that captured lineage is sent to.",
		"While unset, the only datazone server of the database.",
		&capture_server, NULL, PGC_SUSET, 0, NULL, DzNoteTextSetting, NULL);
	DefineCustomIntVariable(
		"datazone.capture_interval",
		"After which time the same lineage of the same job is told again.",
		"Rows that come in between are added up; 0: each time.",
		&DzCaptureInterval, 3600, 0, INT_MAX, PGC_SUSET, GUC_UNIT_S, NULL,
		NULL, NULL);
	DzTextInit();
	DzExcludeInit();
	DzHooksInit();
	DzCommandsInit();
	DzRoutinesInit();
	DzLifeInit();
}

/* The setting still has its old value. */
static void
note_mode(int newval, void *extra)
{
	if (DzCaptureMode == DZ_CAPTURE_OFF && newval != DZ_CAPTURE_OFF)
		DzResume();
	DzNoteEnumSetting(newval, extra);
}

static bool
names_server(void)
{
	return capture_server != NULL && capture_server[0] != '\0';
}

Oid
DzCaptureServer(void)
{
	if (names_server())
		return DzServerFind(capture_server);
	return DzServerOnly();
}

/* Else no table has a name. */
bool
DzNamespaceIsSet(void)
{
	return DzDatasetNamespace != NULL && DzDatasetNamespace[0] != '\0';
}

bool
DzCaptureIsReady(void)
{
	static bool warned = false;
	const char *hint = NULL;
	const char *detail = NULL;

	if (!DzSharedIsThere())
		hint = "Add datazone to shared_preload_libraries and restart the "
			   "server.";
	else if (!DzNamespaceIsSet())
		hint = "Set \"datazone.dataset_namespace\" to the name that lineage "
			   "shall have for this server.";
	else if (!OidIsValid(DzCaptureServer()))
		detail = missing_server(&hint);
	if (hint != NULL && !warned)
	{
		warned = true;
		ereport(WARNING, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						  errmsg("lineage is not captured"),
						  detail != NULL ? errdetail("%s", detail) : 0,
						  errhint("%s", hint)));
	}
	return hint == NULL;
}

/* Why there is no server to send to, and what to do. */
static const char *
missing_server(const char **hint)
{
	char *names = DzServerNames();

	if (names != NULL)
		*hint =
			psprintf("Set \"datazone.capture_server\" to one of %s.", names);
	else if (OidIsValid(get_extension_oid(DZ_EXTENSION_NAME, true)))
		*hint = "CREATE SERVER ... FOREIGN DATA WRAPPER datazone OPTIONS "
				"(region '...', domain_identifier '...').";
	else
	{
		*hint = "CREATE EXTENSION datazone, and a server of it.";
		return "The database does not have the extension.";
	}

	if (names_server())
		return psprintf(
			OidIsValid(get_foreign_server_oid(capture_server, true))
				? "Server \"%s\", which \"datazone.capture_server\" names, is "
				  "not of FOREIGN DATA WRAPPER datazone."
				: "Server \"%s\", which \"datazone.capture_server\" names, "
				  "does not exist.",
			capture_server);
	return names != NULL ? "There are several datazone servers, and "
						   "\"datazone.capture_server\" is not set."
						 : "The database has no server of FOREIGN DATA "
						   "WRAPPER datazone.";
}
