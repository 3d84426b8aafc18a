/*-------------------------------------------------------------------------
 *
 * option_value.c
 *		What a good value of an option is.
 *
 * No message repeats a value: it may be a key.  What a good one looks like is
 * said instead.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/guc.h"

#include "aws/ascii.h"
#include "aws/endpoint.h"
#include "domain.h"
#include "server/option_value.h"

/* Refuse a value.  "detail" says what a good one is. */
void
DzRefuseValue(const DzOptionDef *def, const char *detail)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("invalid value for option \"%s\"", def->name),
					errdetail_internal("%s", detail), DZ_UNLOGGED_STATEMENT));
}

/* It becomes part of a host name, so nothing else may be in it. */
void
DzCheckRegion(const DzOptionDef *def, const char *value)
{
	if (!DzRegionIsValid(value))
		DzRefuseValue(def, "It must be the name of a Region, such as "
						   "eu-west-1: up to 63 letters, digits and hyphens.");
}

/* The service's pattern: dzd, a hyphen or underscore, 1 to 36 characters. */
void
DzCheckDomain(const DzOptionDef *def, const char *value)
{
	if (!DzIsDomainId(value, strlen(value)))
		DzRefuseValue(def, "It must be the identifier of a DataZone domain: "
						   "\"dzd-\" or \"dzd_\" and 1 to 36 letters, "
						   "digits, hyphens and underscores.");
}

void
DzCheckEndpoint(const DzOptionDef *def, const char *value)
{
	DzEndpoint endpoint;
	const char *error;

	if (!DzEndpointResolve("datazone", NULL, false, value, &endpoint, &error))
		DzRefuseValue(def, error);
}

/*
 * A relative path would be looked up in the data directory, which is no place
 * for certificates.  Whether the file is there shows at each use.
 */
void
DzCheckPath(const DzOptionDef *def, const char *value)
{
	if (!is_absolute_path(value))
		DzRefuseValue(def, "It must be an absolute path.");
}

bool
DzParseBoolean(const DzOptionDef *def, const char *value)
{
	bool result = false;

	if (!parse_bool(value, &result))
		DzRefuseValue(def, "It must be \"true\" or \"false\".");
	return result;
}

void
DzCheckBoolean(const DzOptionDef *def, const char *value)
{
	(void) DzParseBoolean(def, value);
}

DzRetryMode
DzParseRetryMode(const DzOptionDef *def, const char *value)
{
	if (strcmp(value, "adaptive") == 0)
		return DZ_RETRY_ADAPTIVE;
	if (strcmp(value, "standard") != 0)
		DzRefuseValue(def, "It must be \"standard\" or \"adaptive\".");
	return DZ_RETRY_STANDARD;
}

void
DzCheckRetryMode(const DzOptionDef *def, const char *value)
{
	(void) DzParseRetryMode(def, value);
}

/*
 * Everybody may read a server's options, so a password has no place in one.
 * "http" is how the proxy itself is reached: what goes through it is https.
 */
void
DzCheckProxy(const DzOptionDef *def, const char *value)
{
	DzEndpoint origin;
	const char *error;
	const char *rest = DzUrlOrigin(value, &origin, &error);

	if (rest == NULL || (rest[0] != '\0' && strcmp(rest, "/") != 0))
		DzRefuseValue(def, "It must be \"http://\" or \"https://\" with a "
						   "host and a port, without user name or path.");
}

/* A time as settings take it: with a unit, else in milliseconds. */
int
DzParseTime(const DzOptionDef *def, const char *value)
{
	int ms = 0;

	if (!parse_int(value, &ms, GUC_UNIT_MS, NULL) || ms < def->min ||
		ms > def->max)
		DzRefuseValue(def, psprintf("It must be a time from %.0f to %.0f "
									"milliseconds, or one with a unit: "
									"\"ms\", \"s\" or \"min\".",
									def->min, def->max));
	return ms;
}

void
DzCheckTime(const DzOptionDef *def, const char *value)
{
	(void) DzParseTime(def, value);
}

int
DzParseCount(const DzOptionDef *def, const char *value)
{
	int count = 0;

	if (!parse_int(value, &count, 0, NULL) || count < def->min ||
		count > def->max)
		DzRefuseValue(def, psprintf("It must be a whole number from %.0f "
									"to %.0f.",
									def->min, def->max));
	return count;
}

void
DzCheckCount(const DzOptionDef *def, const char *value)
{
	(void) DzParseCount(def, value);
}

/* Requests a second; 0 means that nothing is held back. */
double
DzParseRate(const DzOptionDef *def, const char *value)
{
	double rate = 0;

	if (!parse_real(value, &rate, 0, NULL) || isnan(rate) ||
		(rate != 0 && (rate < def->min || rate > def->max)))
		DzRefuseValue(def, psprintf("It must be 0, or a number of requests a "
									"second from %g to %.0f.",
									def->min, def->max));
	return rate;
}

void
DzCheckRate(const DzOptionDef *def, const char *value)
{
	(void) DzParseRate(def, value);
}

/*
 * The id stands in the Authorization header between separators of its own;
 * AWS uses letters, digits and underscores.
 */
void
DzCheckKeyId(const DzOptionDef *def, const char *value)
{
	size_t len = strlen(value);

	if (len > 128 || strspn(value, "abcdefghijklmnopqrstuvwxyz"
								   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
								   "0123456789_-.") != len)
		DzRefuseValue(def, "It must be an access key id: up to 128 letters, "
						   "digits, hyphens, underscores and dots.");
}

/* A blank or a letter beyond ASCII is a slip in copying. */
void
DzCheckSecret(const DzOptionDef *def, const char *value)
{
	for (const char *c = value; *c != '\0'; c++)
	{
		if (*c <= ' ' || *c > '~')
			DzRefuseValue(def, "It must consist of ASCII characters "
							   "without blanks.");
	}
}

/* As the API reference of AWS STS has it. */
void
DzCheckRole(const DzOptionDef *def, const char *value)
{
	size_t len = strlen(value);

	DzCheckSecret(def, value);
	if (len < 20 || len > 2048 || strncmp(value, "arn:", 4) != 0)
		DzRefuseValue(def, "It must be the ARN of a role, such as "
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

void
DzCheckSessionName(const DzOptionDef *def, const char *value)
{
	size_t len = strlen(value);

	if (len < 2 || len > 64 || !is_made_of(value, "_+=,.@-"))
		DzRefuseValue(def, "It must consist of 2 to 64 letters, digits and "
						   "characters of _+=,.@-.");
}

void
DzCheckExternalId(const DzOptionDef *def, const char *value)
{
	size_t len = strlen(value);

	if (len < 2 || len > 1224 || !is_made_of(value, "_+=,.@:/-"))
		DzRefuseValue(def, "It must consist of 2 to 1224 letters, digits and "
						   "characters of _+=,.@:/-.");
}

void
DzCheckCredentials(const DzOptionDef *def, const char *value)
{
	if (strcmp(value, "default") != 0)
		DzRefuseValue(def, "It must be \"default\": the credentials that the "
						   "server process finds on its host.");
}
