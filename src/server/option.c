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
 * The text of a command that sets options may hold keys, and the server logs
 * the text of commands that fail.  So every error from here asks for its
 * statement and context to be left out of the log, and repeats no value.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/reloptions.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_user_mapping.h"
#include "commands/defrem.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "aws/ascii.h"
#include "aws/endpoint.h"
#include "nearest.h"
#include "domain.h"
#include "server/option.h"

/* Part of every ereport() of this file, see above. */
#define UNLOGGED_STATEMENT errhidestmt(true), errhidecontext(true)

typedef struct OptionDef OptionDef;
typedef void (*CheckFn)(const OptionDef *def, const char *value);

struct OptionDef
{
	const char *name;
	Oid catalog; /* where it may stand */
	CheckFn check; /* NULL: any text will do */
	bool superuser_only;
	const char *needs; /* has no meaning without this option */
	double min; /* of a number, or a time in milliseconds */
	double max;
};

static void check_region(const OptionDef *def, const char *value);
static void check_domain(const OptionDef *def, const char *value);
static void check_endpoint(const OptionDef *def, const char *value);
static void check_path(const OptionDef *def, const char *value);
static void check_boolean(const OptionDef *def, const char *value);
static void check_proxy(const OptionDef *def, const char *value);
static void check_retry_mode(const OptionDef *def, const char *value);
static void check_time(const OptionDef *def, const char *value);
static void check_count(const OptionDef *def, const char *value);
static void check_rate(const OptionDef *def, const char *value);
static void check_key_id(const OptionDef *def, const char *value);
static void check_secret(const OptionDef *def, const char *value);
static void check_role(const OptionDef *def, const char *value);
static void check_session_name(const OptionDef *def, const char *value);
static void check_external_id(const OptionDef *def, const char *value);
static void check_credentials(const OptionDef *def, const char *value);
static void check_together(List *given);

#define SERVER ForeignServerRelationId
#define MAPPING UserMappingRelationId

/*
 * A time-out is never "none": a call without a deadline can hold its backend
 * for ever.  An hour and a hundred attempts are far beyond what anyone needs
 * and small enough that sums of them stay in range.
 */
static const OptionDef options[] = {
	{.name = "region", .catalog = SERVER, .check = check_region},
	{.name = "domain_identifier", .catalog = SERVER, .check = check_domain},
	{.name = "use_fips", .catalog = SERVER, .check = check_boolean},
	{.name = "connect_timeout",
	 .catalog = SERVER,
	 .check = check_time,
	 .min = 1,
	 .max = 600000},
	{.name = "request_timeout",
	 .catalog = SERVER,
	 .check = check_time,
	 .min = 1,
	 .max = 3600000},
	{.name = "max_attempts",
	 .catalog = SERVER,
	 .check = check_count,
	 .min = 1,
	 .max = 100},
	{.name = "retry_mode", .catalog = SERVER, .check = check_retry_mode},
	{.name = "rate_limit",
	 .catalog = SERVER,
	 .check = check_rate,
	 .min = 0.001,
	 .max = 1000000},
	{.name = "paused", .catalog = SERVER, .check = check_boolean},
	{.name = "endpoint_url",
	 .catalog = SERVER,
	 .check = check_endpoint,
	 .superuser_only = true},
	{.name = "proxy",
	 .catalog = SERVER,
	 .check = check_proxy,
	 .superuser_only = true},
	{.name = "ca_bundle",
	 .catalog = SERVER,
	 .check = check_path,
	 .superuser_only = true},

	{.name = "access_key_id",
	 .catalog = MAPPING,
	 .check = check_key_id,
	 .needs = "secret_access_key"},
	{.name = "secret_access_key",
	 .catalog = MAPPING,
	 .check = check_secret,
	 .needs = "access_key_id"},
	{.name = "session_token",
	 .catalog = MAPPING,
	 .check = check_secret,
	 .needs = "access_key_id"},
	{.name = "role_arn", .catalog = MAPPING, .check = check_role},
	{.name = "role_session_name",
	 .catalog = MAPPING,
	 .check = check_session_name,
	 .needs = "role_arn"},
	{.name = "external_id",
	 .catalog = MAPPING,
	 .check = check_external_id,
	 .needs = "role_arn"},
	{.name = "credentials",
	 .catalog = MAPPING,
	 .check = check_credentials,
	 .superuser_only = true},
	{.name = "profile", .catalog = MAPPING, .superuser_only = true},
};

PG_FUNCTION_INFO_V1(datazone_fdw_validator);

static const OptionDef *
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
	const OptionDef *def = find_option(name, catalog);

	return def != NULL && def->superuser_only;
}

/* ----------
 * Values
 * ----------
 */

/* Refuse a value.  "detail" says what a good one is. */
static void
refuse_value(const OptionDef *def, const char *detail)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("invalid value for option \"%s\"", def->name),
					errdetail_internal("%s", detail), UNLOGGED_STATEMENT));
}

/* It becomes part of a host name, so nothing else may be in it. */
static void
check_region(const OptionDef *def, const char *value)
{
	if (!DzRegionIsValid(value))
		refuse_value(def, "It must be the name of a Region, such as "
						  "eu-west-1: up to 63 letters, digits and hyphens.");
}

/* The service's pattern: dzd, a hyphen or underscore, 1 to 36 characters. */
static void
check_domain(const OptionDef *def, const char *value)
{
	if (!DzIsDomainId(value, strlen(value)))
		refuse_value(def, "It must be the identifier of a DataZone domain: "
						  "\"dzd-\" or \"dzd_\" and 1 to 36 letters, "
						  "digits, hyphens and underscores.");
}

static void
check_endpoint(const OptionDef *def, const char *value)
{
	DzEndpoint endpoint;
	const char *error;

	if (!DzEndpointResolve("datazone", NULL, false, value, &endpoint, &error))
		refuse_value(def, error);
}

/*
 * A relative path would be looked up in the data directory, which is no place
 * for certificates.  Whether the file is there shows at each use.
 */
static void
check_path(const OptionDef *def, const char *value)
{
	if (!is_absolute_path(value))
		refuse_value(def, "It must be an absolute path.");
}

static bool
parse_boolean(const OptionDef *def, const char *value)
{
	bool result = false;

	if (!parse_bool(value, &result))
		refuse_value(def, "It must be \"true\" or \"false\".");
	return result;
}

static void
check_boolean(const OptionDef *def, const char *value)
{
	(void) parse_boolean(def, value);
}

static DzRetryMode
parse_retry_mode(const OptionDef *def, const char *value)
{
	if (strcmp(value, "adaptive") == 0)
		return DZ_RETRY_ADAPTIVE;
	if (strcmp(value, "standard") != 0)
		refuse_value(def, "It must be \"standard\" or \"adaptive\".");
	return DZ_RETRY_STANDARD;
}

static void
check_retry_mode(const OptionDef *def, const char *value)
{
	(void) parse_retry_mode(def, value);
}

/*
 * Everybody may read a server's options, so a password has no place in one.
 * "http" is how the proxy itself is reached: what goes through it is https.
 */
static void
check_proxy(const OptionDef *def, const char *value)
{
	DzEndpoint origin;
	const char *error;
	const char *rest = DzUrlOrigin(value, &origin, &error);

	if (rest == NULL || (rest[0] != '\0' && strcmp(rest, "/") != 0))
		refuse_value(def, "It must be \"http://\" or \"https://\" with a "
						  "host and a port, without user name or path.");
}

/* A time as settings take it: with a unit, else in milliseconds. */
static int
parse_time(const OptionDef *def, const char *value)
{
	int ms = 0;

	if (!parse_int(value, &ms, GUC_UNIT_MS, NULL) || ms < def->min ||
		ms > def->max)
		refuse_value(def, psprintf("It must be a time from %.0f to %.0f "
								   "milliseconds, or one with a unit: "
								   "\"ms\", \"s\" or \"min\".",
								   def->min, def->max));
	return ms;
}

static void
check_time(const OptionDef *def, const char *value)
{
	(void) parse_time(def, value);
}

static int
parse_count(const OptionDef *def, const char *value)
{
	int count = 0;

	if (!parse_int(value, &count, 0, NULL) || count < def->min ||
		count > def->max)
		refuse_value(def, psprintf("It must be a whole number from %.0f "
								   "to %.0f.",
								   def->min, def->max));
	return count;
}

static void
check_count(const OptionDef *def, const char *value)
{
	(void) parse_count(def, value);
}

/* Requests a second; 0 means that nothing is held back. */
static double
parse_rate(const OptionDef *def, const char *value)
{
	double rate = 0;

	if (!parse_real(value, &rate, 0, NULL) || isnan(rate) ||
		(rate != 0 && (rate < def->min || rate > def->max)))
		refuse_value(def, psprintf("It must be 0, or a number of requests a "
								   "second from %g to %.0f.",
								   def->min, def->max));
	return rate;
}

static void
check_rate(const OptionDef *def, const char *value)
{
	(void) parse_rate(def, value);
}

/*
 * The id stands in the Authorization header between separators of its own;
 * AWS uses letters, digits and underscores.
 */
static void
check_key_id(const OptionDef *def, const char *value)
{
	size_t len = strlen(value);

	if (len > 128 || strspn(value, "abcdefghijklmnopqrstuvwxyz"
								   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
								   "0123456789_-.") != len)
		refuse_value(def, "It must be an access key id: up to 128 letters, "
						  "digits, hyphens, underscores and dots.");
}

/* A blank or a letter beyond ASCII is a slip in copying. */
static void
check_secret(const OptionDef *def, const char *value)
{
	for (const char *c = value; *c != '\0'; c++)
	{
		if (*c <= ' ' || *c > '~')
			refuse_value(def, "It must consist of ASCII characters "
							  "without blanks.");
	}
}

/* As the API reference of AWS STS has it. */
static void
check_role(const OptionDef *def, const char *value)
{
	size_t len = strlen(value);

	check_secret(def, value);
	if (len < 20 || len > 2048 || strncmp(value, "arn:", 4) != 0)
		refuse_value(def, "It must be the ARN of a role, such as "
						  "arn:aws:iam::123456789012:role/name.");
}

static bool
is_made_of(const char *value, const char *others)
{
	for (const char *c = value; *c != '\0'; c++)
	{
		if (!DzIsAlnum(*c) && strchr(others, *c) == NULL)
			return false;
	}
	return true;
}

static void
check_session_name(const OptionDef *def, const char *value)
{
	size_t len = strlen(value);

	if (len < 2 || len > 64 || !is_made_of(value, "_+=,.@-"))
		refuse_value(def, "It must consist of 2 to 64 letters, digits and "
						  "characters of _+=,.@-.");
}

static void
check_external_id(const OptionDef *def, const char *value)
{
	size_t len = strlen(value);

	if (len < 2 || len > 1224 || !is_made_of(value, "_+=,.@:/-"))
		refuse_value(def, "It must consist of 2 to 1224 letters, digits and "
						  "characters of _+=,.@:/-.");
}

static void
check_credentials(const OptionDef *def, const char *value)
{
	if (strcmp(value, "default") != 0)
		refuse_value(def, "It must be \"default\": the credentials that the "
						  "server process finds on its host.");
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
check_option(const OptionDef *def, const char *value)
{
	if (def->superuser_only && !superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for option \"%s\"", def->name),
				 errdetail("Only a superuser may set it, or change a %s that "
						   "has it.",
						   def->catalog == SERVER ? "server" : "user mapping"),
				 UNLOGGED_STATEMENT));

	if (value[0] == '\0')
		refuse_value(def, "It must not be empty.");
	for (const char *c = value; *c != '\0'; c++)
	{
		if ((unsigned char) *c < ' ' || *c == 0x7f)
			refuse_value(def, "It must not contain control characters.");
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
		const OptionDef *def = find_option(elem->defname, catalog);

		if (def == NULL)
			ereport(ERROR, (errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
							errmsg("invalid option \"%s\"", elem->defname),
							errhint("%s", unknown_option_hint(elem->defname,
															  catalog)),
							UNLOGGED_STATEMENT));
		check_option(def, elem->arg ? strVal(elem->arg) : "");
	}

	foreach (lc, given)
	{
		DefElem *elem = lfirst_node(DefElem, lc);
		const OptionDef *def = find_option(elem->defname, catalog);

		if (def->needs != NULL && !is_given(given, def->needs))
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("option \"%s\" needs option \"%s\"",
								   def->name, def->needs),
							UNLOGGED_STATEMENT));
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
						UNLOGGED_STATEMENT));
	if (is_given(given, "role_arn") && !has_keys && host == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("option \"role_arn\" needs option "
							   "\"access_key_id\", \"credentials\" or "
							   "\"profile\""),
						errdetail("A role is assumed with other credentials."),
						UNLOGGED_STATEMENT));
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
		const OptionDef *def = find_option(elem->defname, SERVER);
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
			out->use_fips = parse_boolean(def, value);
		}
		else if (strcmp(def->name, "retry_mode") == 0)
		{
			out->has_retry_mode = true;
			out->retry_mode = parse_retry_mode(def, value);
		}
		else if (strcmp(def->name, "connect_timeout") == 0)
			out->connect_timeout_ms = parse_time(def, value);
		else if (strcmp(def->name, "request_timeout") == 0)
			out->request_timeout_ms = parse_time(def, value);
		else if (strcmp(def->name, "max_attempts") == 0)
			out->max_attempts = parse_count(def, value);
		else if (strcmp(def->name, "rate_limit") == 0)
			out->rate_limit = parse_rate(def, value);
		else if (strcmp(def->name, "paused") == 0)
			out->paused = parse_boolean(def, value);
	}
}
