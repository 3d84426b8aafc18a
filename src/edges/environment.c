/*-------------------------------------------------------------------------
 *
 * environment.c
 *		As whom, and under which settings, a function's body is looked into.
 *
 * A SECURITY DEFINER function runs as its owner, and SET gives it settings of
 * its own; what it calls runs so, too.  The same body can mean other tables
 * there, by search_path, or have other policies.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/rls.h"
#include "utils/syscache.h"

/* What decides what a query's text means. */
typedef struct Environment
{
	Oid userid;
	char *search_path;
	bool row_security;
} Environment;

/*
 * As a call of the function does it.  An error before DzLeave() has to be the
 * end of a transaction or a subtransaction, which undoes it.
 */
void
DzEnter(HeapTuple proc, DzOutside *outside)
{
	Form_pg_proc form = (Form_pg_proc) GETSTRUCT(proc);
	Datum config;
	bool has_none;

	outside->settings = NewGUCNestLevel();
	GetUserIdAndSecContext(&outside->userid, &outside->security);
	if (form->prosecdef)
		SetUserIdAndSecContext(
			form->proowner, outside->security | SECURITY_LOCAL_USERID_CHANGE);
	config = SysCacheGetAttr(PROCOID, proc, Anum_pg_proc_proconfig, &has_none);
	if (!has_none)
		ProcessGUCArray(DatumGetArrayTypeP(config),
						superuser() ? PGC_SUSET : PGC_USERSET, PGC_S_SESSION,
						GUC_ACTION_SAVE);
}

void
DzLeave(const DzOutside *outside)
{
	AtEOXact_GUC(true, outside->settings);
	SetUserIdAndSecContext(outside->userid, outside->security);
}

/* There are as many as owners and paths of the functions that are met. */
int
DzEnvironmentNow(DzDerivation *derivation)
{
	Environment *environment;
	ListCell *lc;

	foreach (lc, derivation->environments)
	{
		environment = lfirst(lc);
		if (environment->userid == GetUserId() &&
			environment->row_security == row_security &&
			strcmp(environment->search_path, namespace_search_path) == 0)
			return foreach_current_index(lc);
	}
	environment = palloc(sizeof(Environment));
	environment->userid = GetUserId();
	environment->search_path = pstrdup(namespace_search_path);
	environment->row_security = row_security;
	derivation->environments = lappend(derivation->environments, environment);
	return list_length(derivation->environments) - 1;
}
