/*-------------------------------------------------------------------------
 *
 * answer.h
 *		Members of an answer in JSON, for the reader of credentials.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_UNIT_ANSWER_H
#define DATAZONE_UNIT_ANSWER_H

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "credentials/credentials.h"

/* "arg" is the object. */
static inline bool
answer_member(void *arg, const char *name, DzMember *out)
{
	static char number[64];
	const json_t *member = json_object_get(arg, name);

	out->is_string = json_is_string(member);
	if (out->is_string)
	{
		out->text = json_string_value(member);
		out->len = json_string_length(member);
		return true;
	}
	if (json_is_integer(member))
		(void) snprintf(number, sizeof(number), "%lld",
						(long long) json_integer_value(member));
	else if (json_is_real(member))
		(void) snprintf(number, sizeof(number), "%#.17g",
						json_real_value(member));
	else
		return false;
	out->text = number;
	out->len = strlen(number);

	return true;
}

#endif /* DATAZONE_UNIT_ANSWER_H */
