/*-------------------------------------------------------------------------
 *
 * fake.h
 *		An environment that is a table, and profiles out of texts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_UNIT_FAKE_H
#define DATAZONE_UNIT_FAKE_H

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "credentials/environment.h"

/* Lines "NAME=value", each with its LF. */
typedef struct FakeLines
{
	const char *lines;
	char value[32][512]; /* the last ones that were asked for */
	int next;
} FakeLines;

static inline const char *
fake_get_line(void *arg, const char *name)
{
	FakeLines *fake = arg;
	size_t len = strlen(name);

	for (const char *p = fake->lines; *p != '\0'; p += strcspn(p, "\n") + 1)
	{
		char *value = fake->value[fake->next];
		size_t value_len = strcspn(p, "\n");

		if (strncmp(p, name, len) != 0 || p[len] != '=')
			continue;
		value_len -= len + 1;
		if (value_len >= sizeof(fake->value[0]))
			abort();
		memcpy(value, p + len + 1, value_len);
		value[value_len] = '\0';
		fake->next = (fake->next + 1) % 32;
		return value;
	}

	return NULL;
}

static inline const char *
fake_get_member(void *arg, const char *name)
{
	return json_string_value(json_object_get(arg, name));
}

/* NULL is the empty text; false: one of them was refused. */
static inline bool
fake_profiles(DzProfiles *profiles, const char *config,
			  const char *credentials)
{
	return (config == NULL || DzProfilesRead(profiles, DZ_CONFIG_FILE, "/c",
											 config, strlen(config))) &&
		   (credentials == NULL ||
			DzProfilesRead(profiles, DZ_CREDENTIALS_FILE, "/s", credentials,
						   strlen(credentials)));
}

#endif /* DATAZONE_UNIT_FAKE_H */
