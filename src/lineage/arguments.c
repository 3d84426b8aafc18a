/*-------------------------------------------------------------------------
 *
 * arguments.c
 *		What a lineage trigger was told: its arguments, as key=value.
 *
 * They are checked when the trigger is made (attach.c).  A mistake of one
 * that was made while the library was not loaded is an error of the first
 * statement that fires it, whatever datazone.lineage_errors says: the
 * definition is wrong, and would be at every load.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "parser/scansup.h"
#include "utils/builtins.h"
#include "utils/varlena.h"

#include "domain.h"
#include "lineage/room.h"
#include "nearest.h"

/* the names that may stand before the equals sign */
static const char *const keys[] = {"domain", "server", "job", "inputs",
								   "namespace"};

pg_noreturn static void refuse(const Trigger *trigger, const char *arg,
							   const char *why, const char *hint);
pg_noreturn static void refuse_unknown(const Trigger *trigger, const char *arg,
									   const char *key);

static void
refuse(const Trigger *trigger, const char *arg, const char *why,
	   const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("invalid argument \"%s\" of trigger \"%s\"", arg,
						   trigger->tgname),
					errdetail("%s", why), hint ? errhint("%s", hint) : 0));
}

static void
refuse_unknown(const Trigger *trigger, const char *arg, const char *key)
{
	DzNearest nearest;

	DzNearestInit(&nearest, key);
	for (int i = 0; i < (int) lengthof(keys); i++)
		DzNearestOffer(&nearest, keys[i]);
	refuse(trigger, arg,
		   "An argument is key=value, where key is domain, server, job, "
		   "inputs or namespace.",
		   nearest.best ? psprintf("Perhaps you meant \"%s\".", nearest.best)
						: NULL);
}

/* ----------
 * Inputs
 * ----------
 */

/*
 * Cut at the next comma that is not within double quotes; the rest, or NULL
 * if this was the last.
 */
static char *
cut_item(char *list)
{
	bool quoted = false;

	for (char *p = list; *p; p++)
	{
		if (*p == '"')
			quoted = !quoted;
		else if (*p == ',' && !quoted)
		{
			*p = '\0';
			return p + 1;
		}
	}
	return NULL;
}

static char *
trim(char *text)
{
	char *end;

	while (scanner_isspace(*text))
		text++;
	end = text + strlen(text);
	while (end > text && scanner_isspace(end[-1]))
		*--end = '\0';
	return text;
}

/*
 * A dataset elsewhere: its namespace, white space, its name.  Without white
 * space the first slash after "://" stands between them, as DataZone writes
 * what identifies an asset.
 */
static bool
read_foreign(char *item, DzLineageInput *input)
{
	char *end = item;

	while (*end && !scanner_isspace(*end))
		end++;
	if (*end == '\0')
		end = strchr(strstr(item, "://") + 3, '/');
	if (end == NULL)
		return false;
	*end = '\0';
	input->namespace = item;
	input->name = trim(end + 1);
	return input->name[0] != '\0';
}

/* [[database.]schema.]table, as SQL writes identifiers. */
static bool
read_table(char *item, DzLineageInput *input)
{
	List *parts;
	int count;

	if (!SplitIdentifierString(item, '.', &parts))
		return false;
	count = list_length(parts);
	if (count < 1 || count > 3)
		return false;
	if (count == 3)
		input->database = linitial(parts);
	if (count > 1)
		input->schema = list_nth(parts, count - 2);
	input->name = llast(parts);
	return true;
}

static List *
read_inputs(const Trigger *trigger, const char *arg, const char *value)
{
	char *rest = pstrdup(value);
	List *inputs = NIL;

	while (rest != NULL)
	{
		char *item = rest;
		DzLineageInput *input = palloc0(sizeof(DzLineageInput));
		bool ok;

		rest = cut_item(item);
		item = trim(item);
		if (item[0] != '"' && strstr(item, "://") != NULL)
			ok = read_foreign(item, input);
		else
			ok = read_table(item, input);
		if (!ok)
			refuse(trigger, arg,
				   "Inputs are separated by commas; each is table, "
				   "schema.table, database.schema.table, or a namespace with "
				   "\"://\", a space or slash, and a name.",
				   NULL);
		inputs = lappend(inputs, input);
	}
	return inputs;
}

/* ----------
 * All arguments
 * ----------
 */

static void
set_once(const Trigger *trigger, const char *arg, const char **member,
		 const char *value)
{
	if (*member != NULL)
		refuse(trigger, arg, "It is given twice.", NULL);
	*member = value;
}

static void
read_argument(DzDefinition *definition, const Trigger *trigger,
			  const char *arg)
{
	const char *equals = strchr(arg, '=');
	char *key = equals ? pnstrdup(arg, equals - arg) : pstrdup(arg);
	const char *value = equals ? equals + 1 : NULL;

	if (equals == NULL)
		refuse_unknown(trigger, arg, key);
	if (value[0] == '\0')
		refuse(trigger, arg, "Nothing follows the equals sign.", NULL);

	if (strcmp(key, "domain") == 0)
	{
		if (!DzIsDomainId(value, strlen(value)))
			refuse(trigger, arg, "The value is not a domain identifier.",
				   "Write it as dzd_ or dzd- and up to 36 letters, digits, "
				   "\"_\" and \"-\".");
		set_once(trigger, arg, &definition->domain, value);
	}
	else if (strcmp(key, "server") == 0)
		set_once(trigger, arg, &definition->server, value);
	else if (strcmp(key, "job") == 0)
		set_once(trigger, arg, &definition->job, value);
	else if (strcmp(key, "namespace") == 0)
		set_once(trigger, arg, &definition->namespace, value);
	else if (strcmp(key, "inputs") != 0)
		refuse_unknown(trigger, arg, key);
	else if (definition->inputs != NIL)
		refuse(trigger, arg, "It is given twice.", NULL);
	else
		definition->inputs = read_inputs(trigger, arg, value);
}

DzDefinition *
DzDefinitionRead(const Trigger *trigger)
{
	DzDefinition *definition = palloc0(sizeof(DzDefinition));

	definition->trigger = trigger->tgoid;
	definition->name = pstrdup(trigger->tgname);
	definition->nargs = trigger->tgnargs;
	definition->args = palloc(sizeof(char *) * (trigger->tgnargs + 1));
	for (int i = 0; i < trigger->tgnargs; i++)
	{
		definition->args[i] = pstrdup(trigger->tgargs[i]);
		read_argument(definition, trigger, definition->args[i]);
	}
	return definition;
}
