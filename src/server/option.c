/*-------------------------------------------------------------------------
 *
 * option.c
 *		The options of CREATE SERVER and CREATE USER MAPPING.
 *
 * One table says which options exist, where, and what a good value is; the
 * validator walks what the user gave past it.  PostgreSQL calls the validator
 * with the *merged list*: what the object has after the command, and not
 * which part of it is new.  Two consequences:
 *
 * - An option that is only for superusers cannot be told from one that a
 *   superuser put there last year.  So whoever is no superuser is refused as
 *   soon as the list has one, whatever the command would change: an object
 *   with such an option is changed by superusers only.  (What leaves no trace
 *   in the merged list, dropping the option, is protect.c's.)
 * - A rule about several options (a key needs its secret) holds for the
 *   object after every command, and is checked once, at the end.
 *
 * What a good value is, option_value.c knows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/reloptions.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_user_mapping.h"
#include "commands/defrem.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "nearest.h"
#include "server/option.h"
#include "server/option_value.h"

static void check_together(List *given);

#define SERVER ForeignServerRelationId
#define MAPPING UserMappingRelationId

/*
 * A time-out is never "none": a call without a deadline can hold its backend
 * for ever.  An hour and a hundred attempts are far beyond what anyone needs
 * and small enough that sums of them stay in range.
 */
static const DzOptionDef options[] = {
	{.name = "region", .catalog = SERVER, .check = DzCheckRegion},
	{.name = "domain_identifier", .catalog = SERVER, .check = DzCheckDomain},
	{.name = "use_fips", .catalog = SERVER, .check = DzCheckBoolean},
	{.name = "connect_timeout",
	 .catalog = SERVER,
	 .check = DzCheckTime,
	 .min = 1,
	 .max = 600000},
	{.name = "request_timeout",
	 .catalog = SERVER,
	 .check = DzCheckTime,
	 .min = 1,
	 .max = 3600000},
	{.name = "max_attempts",
	 .catalog = SERVER,
	 .check = DzCheckCount,
	 .min = 1,
	 .max = 100},
	{.name = "retry_mode", .catalog = SERVER, .check = DzCheckRetryMode},
	{.name = "rate_limit",
	 .catalog = SERVER,
	 .check = DzCheckRate,
	 .min = 0.001,
	 .max = 1000000},
	{.name = "paused", .catalog = SERVER, .check = DzCheckBoolean},
	{.name = "endpoint_url",
	 .catalog = SERVER,
	 .check = DzCheckEndpoint,
	 .superuser_only = true},
	{.name = "proxy",
	 .catalog = SERVER,
	 .check = DzCheckProxy,
	 .superuser_only = true},
	{.name = "ca_bundle",
	 .catalog = SERVER,
	 .check = DzCheckPath,
	 .superuser_only = true},

	{.name = "access_key_id",
	 .catalog = MAPPING,
	 .check = DzCheckKeyId,
	 .needs = "secret_access_key"},
	{.name = "secret_access_key",
	 .catalog = MAPPING,
	 .check = DzCheckSecret,
	 .needs = "access_key_id"},
	{.name = "session_token",
	 .catalog = MAPPING,
	 .check = DzCheckSecret,
	 .needs = "access_key_id"},
	{.name = "role_arn", .catalog = MAPPING, .check = DzCheckRole},
	{.name = "role_session_name",
	 .catalog = MAPPING,
	 .check = DzCheckSessionName,
	 .needs = "role_arn"},
	{.name = "external_id",
	 .catalog = MAPPING,
	 .check = DzCheckExternalId,
	 .needs = "role_arn"},
	{.name = "credentials",
	 .catalog = MAPPING,
	 .check = DzCheckCredentials,
	 .superuser_only = true},
	{.name = "profile", .catalog = MAPPING, .superuser_only = true},
};

PG_FUNCTION_INFO_V1(datazone_fdw_validator);

static const DzOptionDef *
find_option(const char *name, Oid catalog)
{
	for (int i = 0; i < (int) lengthof(options); i++)
	{
		if (options[i].catalog == catalog &&
			strcmp(options[i].name, name) == 0)
			return &options[i];
	}
	return NULL;
}

/* Whether only a superuser may set this option in that catalog. */
bool
DzOptionIsForSuperuser(const char *name, Oid catalog)
{
	const DzOptionDef *def = find_option(name, catalog);

	return def != NULL && def->superuser_only;
}

/* ----------
 * The validator
 * ----------
 */

/* What to do about a name that is no option of "catalog". */
static char *
unknown_option_hint(const char *name, Oid catalog)
{
	DzNearest nearest;
	StringInfoData names;

	if (catalog != SERVER && catalog != MAPPING)
		return pstrdup("Set options on servers and user mappings; nothing "
					   "else has any.");

	if (find_option(name, catalog == SERVER ? MAPPING : SERVER) != NULL)
		return psprintf("Set it on the %s instead.",
						catalog == SERVER ? "user mapping" : "server");

	DzNearestInit(&nearest, name);
	initStringInfo(&names);
	for (int i = 0; i < (int) lengthof(options); i++)
	{
		if (options[i].catalog != catalog)
			continue;
		DzNearestOffer(&nearest, options[i].name);
		appendStringInfo(&names, "%s%s", names.len > 0 ? ", " : "",
						 options[i].name);
	}

	if (nearest.best != NULL)
		return psprintf("Perhaps you meant the option \"%s\".", nearest.best);
	return psprintf("Valid options here are: %s.", names.data);
}

/* Everything that can be said of one option without the others. */
static void
check_option(const DzOptionDef *def, const char *value)
{
	if (def->superuser_only && !superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for option \"%s\"", def->name),
				 errdetail("Only a superuser may set it, or change a %s that "
						   "has it.",
						   def->catalog == SERVER ? "server" : "user mapping"),
				 DZ_UNLOGGED_STATEMENT));

	if (value[0] == '\0')
		DzRefuseValue(def, "It must not be empty.");
	for (const char *c = value; *c != '\0'; c++)
	{
		if ((unsigned char) *c < ' ' || *c == 0x7f)
			DzRefuseValue(def, "It must not contain control characters.");
	}

	if (def->check != NULL)
		def->check(def, value);
}

static bool
is_given(List *given, const char *name)
{
	ListCell *lc;

	foreach (lc, given)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, name) == 0)
			return true;
	}
	return false;
}

/*
 * datazone_fdw_validator(options text[], catalog oid)
 *
 * Called by PostgreSQL with the options that an object of the foreign-data
 * wrapper is to have.  Errors: HV00D unknown option, 42501 superuser only,
 * 22023 a value, or a combination, that cannot work.
 */
Datum
datazone_fdw_validator(PG_FUNCTION_ARGS)
{
	List *given;
	Oid catalog;
	ListCell *lc;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("options and catalog must not be null")));

	given = untransformRelOptions(PG_GETARG_DATUM(0));
	catalog = PG_GETARG_OID(1);

	foreach (lc, given)
	{
		DefElem *elem = lfirst_node(DefElem, lc);
		const DzOptionDef *def = find_option(elem->defname, catalog);

		if (def == NULL)
			ereport(ERROR, (errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
							errmsg("invalid option \"%s\"", elem->defname),
							errhint("%s", unknown_option_hint(elem->defname,
															  catalog)),
							DZ_UNLOGGED_STATEMENT));
		check_option(def, elem->arg ? strVal(elem->arg) : "");
	}

	foreach (lc, given)
	{
		DefElem *elem = lfirst_node(DefElem, lc);
		const DzOptionDef *def = find_option(elem->defname, catalog);

		if (def->needs != NULL && !is_given(given, def->needs))
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("option \"%s\" needs option \"%s\"",
								   def->name, def->needs),
							DZ_UNLOGGED_STATEMENT));
	}
	check_together(given);

	PG_RETURN_VOID();
}

/*
 * A mapping has keys of its own or uses the host's identity, not both: one of
 * them would be ignored.  A role is assumed on top of either.
 */
static void
check_together(List *given)
{
	bool has_keys = is_given(given, "access_key_id");
	const char *host = is_given(given, "credentials") ? "credentials"
					   : is_given(given, "profile")   ? "profile"
													  : NULL;

	if (has_keys && host != NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("options \"access_key_id\" and \"%s\" exclude "
							   "each other",
							   host),
						errhint("To change a user mapping from one to the "
								"other, drop it first."),
						DZ_UNLOGGED_STATEMENT));
	if (is_given(given, "role_arn") && !has_keys && host == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("option \"role_arn\" needs option "
							   "\"access_key_id\", \"credentials\" or "
							   "\"profile\""),
						errdetail("A role is assumed with other credentials."),
						DZ_UNLOGGED_STATEMENT));
}

/* ----------
 * Reading
 * ----------
 */

/*
 * What a server's options say, time-outs filled in.  The values went through
 * the validator; one that did not, because a superuser took the validator
 * away for a while, is refused here as it would have been there.
 */
void
DzServerOptionsRead(List *given, DzServerOptions *out)
{
	ListCell *lc;

	memset(out, 0, sizeof(*out));
	out->connect_timeout_ms = DZ_DEFAULT_CONNECT_TIMEOUT_MS;
	out->request_timeout_ms = DZ_DEFAULT_REQUEST_TIMEOUT_MS;
	out->rate_limit = -1;

	foreach (lc, given)
	{
		DefElem *elem = lfirst_node(DefElem, lc);
		const DzOptionDef *def = find_option(elem->defname, SERVER);
		const char *value = defGetString(elem);

		if (def == NULL)
			continue;
		if (def->check != NULL)
			def->check(def, value);

		if (strcmp(def->name, "region") == 0)
			out->region = value;
		else if (strcmp(def->name, "domain_identifier") == 0)
			out->domain_identifier = value;
		else if (strcmp(def->name, "endpoint_url") == 0)
			out->endpoint_url = value;
		else if (strcmp(def->name, "ca_bundle") == 0)
			out->ca_bundle = value;
		else if (strcmp(def->name, "proxy") == 0)
			out->proxy = value;
		else if (strcmp(def->name, "use_fips") == 0)
		{
			out->has_use_fips = true;
			out->use_fips = DzParseBoolean(def, value);
		}
		else if (strcmp(def->name, "retry_mode") == 0)
		{
			out->has_retry_mode = true;
			out->retry_mode = DzParseRetryMode(def, value);
		}
		else if (strcmp(def->name, "connect_timeout") == 0)
			out->connect_timeout_ms = DzParseTime(def, value);
		else if (strcmp(def->name, "request_timeout") == 0)
			out->request_timeout_ms = DzParseTime(def, value);
		else if (strcmp(def->name, "max_attempts") == 0)
			out->max_attempts = DzParseCount(def, value);
		else if (strcmp(def->name, "rate_limit") == 0)
			out->rate_limit = DzParseRate(def, value);
		else if (strcmp(def->name, "paused") == 0)
			out->paused = DzParseBoolean(def, value);
	}
}
