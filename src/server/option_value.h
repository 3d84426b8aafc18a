/*-------------------------------------------------------------------------
 *
 * option_value.h
 *		What an option is, and what a good value of it; private to option.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SERVER_OPTION_VALUE_H
#define DATAZONE_SERVER_OPTION_VALUE_H

#include "compat.h"
#include "aws/retry.h"

typedef struct DzOptionDef DzOptionDef;
typedef void (*DzCheckFn)(const DzOptionDef *def, const char *value);

struct DzOptionDef
{
	const char *name;
	Oid catalog; /* where it may stand */
	DzCheckFn check; /* NULL: any text will do */
	bool superuser_only;
	const char *needs; /* has no meaning without this option */
	double min; /* of a number, or a time in milliseconds */
	double max;
};

/*
 * Part of every ereport() about options: the text of a command that sets them
 * may hold keys, and the server logs the text of commands that fail.
 */
#define DZ_UNLOGGED_STATEMENT errhidestmt(true), errhidecontext(true)

/* Throw 22023; "detail" says what a good value is. */
pg_noreturn extern void DzRefuseValue(const DzOptionDef *def,
									  const char *detail);

/* Each throws that unless the value is good. */
extern void DzCheckRegion(const DzOptionDef *def, const char *value);
extern void DzCheckDomain(const DzOptionDef *def, const char *value);
extern void DzCheckEndpoint(const DzOptionDef *def, const char *value);
extern void DzCheckPath(const DzOptionDef *def, const char *value);
extern void DzCheckBoolean(const DzOptionDef *def, const char *value);
extern void DzCheckProxy(const DzOptionDef *def, const char *value);
extern void DzCheckRetryMode(const DzOptionDef *def, const char *value);
extern void DzCheckTime(const DzOptionDef *def, const char *value);
extern void DzCheckCount(const DzOptionDef *def, const char *value);
extern void DzCheckRate(const DzOptionDef *def, const char *value);
extern void DzCheckKeyId(const DzOptionDef *def, const char *value);
extern void DzCheckSecret(const DzOptionDef *def, const char *value);
extern void DzCheckRole(const DzOptionDef *def, const char *value);
extern void DzCheckSessionName(const DzOptionDef *def, const char *value);
extern void DzCheckExternalId(const DzOptionDef *def, const char *value);
extern void DzCheckCredentials(const DzOptionDef *def, const char *value);

/* These too; times are in milliseconds, rates in requests a second. */
extern bool DzParseBoolean(const DzOptionDef *def, const char *value);
extern DzRetryMode DzParseRetryMode(const DzOptionDef *def, const char *value);
extern int DzParseTime(const DzOptionDef *def, const char *value);
extern int DzParseCount(const DzOptionDef *def, const char *value);
extern double DzParseRate(const DzOptionDef *def, const char *value);

#endif /* DATAZONE_SERVER_OPTION_VALUE_H */
