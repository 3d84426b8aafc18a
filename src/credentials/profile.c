/*-------------------------------------------------------------------------
 *
 * profile.c
 *		What the shared config and credentials files say, merged.
 *
 * A few dozen sections at most in practice, so they are searched one by one;
 * limits keep a file that somebody made up from costing more than a moment.
 * Properties keep the file that they come from: the credentials file wins,
 * whichever of the two is read first.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/secret.h"

static const char *const kind_names[] = {"profile", "sso-session", "services"};

static bool grow(void **array, int *max, size_t size);
static void free_section(DzSection *section);
static void free_property(DzProperty *property);
static DzProperty *find_property(const DzSection *section, const char *key);
static bool is_sub_of(const char *key, const char *parent);
static void forget_subs(DzSection *section, const char *parent);

void
DzProfilesFree(DzProfiles *profiles)
{
	for (int i = 0; i < profiles->nsections; i++)
		free_section(&profiles->sections[i]);
	free(profiles->sections);
	for (int i = 0; i < DZ_PROFILE_FILES; i++)
		DzSecretFree(profiles->paths[i]);
	memset(profiles, 0, sizeof(*profiles));
}

void
DzProfilesUnreadable(DzProfiles *profiles, DzProfileFile file,
					 const char *path, const char *why)
{
	if (profiles->problem.kind == DZ_PROBLEM_NONE)
		(void) DzProblemSet(
			&profiles->problem, DZ_PROBLEM_SYNTAX,
			"Let the server's operating system user read the file, or remove "
			"it.",
			"The AWS %s file \"%s\" could not be read: %s.",
			file == DZ_CONFIG_FILE ? "config" : "credentials", path, why);
}

const DzSection *
DzProfilesFind(const DzProfiles *profiles, DzSectionKind kind,
			   const char *name)
{
	for (int i = 0; i < profiles->nsections; i++)
	{
		const DzSection *section = &profiles->sections[i];

		if (section->kind == kind && strcmp(section->name, name) == 0)
			return section;
	}

	return NULL;
}

const DzProperty *
DzSectionFind(const DzSection *section, const char *key)
{
	const DzProperty *property =
		section != NULL ? find_property(section, key) : NULL;

	return property != NULL && property->value[0] != '\0' ? property : NULL;
}

const DzProperty *
DzSectionFindSub(const DzSection *section, const char *parent, const char *key)
{
	size_t len = strlen(parent);

	for (int i = 0; section != NULL && i < section->nproperties; i++)
	{
		const DzProperty *property = &section->properties[i];

		if (is_sub_of(property->key, parent) &&
			strcmp(property->key + len + 1, key) == 0)
			return property->value[0] != '\0' ? property : NULL;
	}

	return NULL;
}

const char *
DzSectionGet(const DzSection *section, const char *key)
{
	const DzProperty *property = DzSectionFind(section, key);

	return property != NULL ? property->value : NULL;
}

const char *
DzProfilesPath(const DzProfiles *profiles, DzProfileFile file)
{
	return profiles->paths[file] != NULL ? profiles->paths[file] : "";
}

void
DzPropertyDescribe(const DzProfiles *profiles, const DzSection *section,
				   const DzProperty *property, char *out, size_t size)
{
	/* of a sub-property, the line is its parent's */
	const char *newline = strchr(property->key, '\n');
	int parent = newline != NULL ? (int) (newline - property->key) : 0;

	(void) snprintf(out, size,
					"key %.*s%s%s of %s \"%s\" (file \"%s\", line %d)", parent,
					property->key, newline != NULL ? "." : "",
					newline != NULL ? newline + 1 : property->key,
					kind_names[section->kind], section->name,
					DzProfilesPath(profiles, property->file), property->line);
}

void
DzSectionDescribe(const DzProfiles *profiles, const DzSection *section,
				  char *out, size_t size)
{
	(void) snprintf(out, size, "%s \"%s\" (file \"%s\", line %d)",
					kind_names[section->kind], section->name,
					DzProfilesPath(profiles, section->file), section->line);
}

/* Find or make a section; its index, or -1. */
int
DzProfilesSection(DzProfiles *profiles, DzSectionKind kind, const char *name,
				  size_t len, DzProfileFile file, int line)
{
	DzSection *section;

	for (int i = 0; i < profiles->nsections; i++)
	{
		section = &profiles->sections[i];
		if (section->kind == kind && strlen(section->name) == len &&
			memcmp(section->name, name, len) == 0)
			return i;
	}

	if (profiles->nsections >= DZ_PROFILE_MAX_SECTIONS)
	{
		(void) DzProblemSet(&profiles->problem, DZ_PROBLEM_SYNTAX,
							"Remove sections that nobody uses.",
							"The AWS config and credentials files have more "
							"than %d sections.",
							DZ_PROFILE_MAX_SECTIONS);
		return -1;
	}
	if (profiles->nsections == profiles->maxsections &&
		!grow((void **) &profiles->sections, &profiles->maxsections,
			  sizeof(DzSection)))
	{
		(void) DzProblemNoMemory(&profiles->problem);
		return -1;
	}
	section = &profiles->sections[profiles->nsections];
	memset(section, 0, sizeof(*section));
	section->kind = kind;
	section->file = file;
	section->line = line;
	section->name = DzSecretCopy(name, len);
	if (section->name == NULL)
	{
		(void) DzProblemNoMemory(&profiles->problem);
		return -1;
	}

	return profiles->nsections++;
}

/*
 * Set a property, unless the credentials file has set it and this one is the
 * config file's.  Sub-properties of the former value go.
 */
bool
DzSectionSet(DzProfiles *profiles, int section, const char *key,
			 const char *value, DzProfileFile file, int line)
{
	DzSection *into = &profiles->sections[section];
	DzProperty *property = find_property(into, key);

	if (property != NULL && property->file == DZ_CREDENTIALS_FILE &&
		file == DZ_CONFIG_FILE)
		return true;
	if (property == NULL)
	{
		if (into->nproperties >= DZ_PROFILE_MAX_PROPERTIES)
			return DzProblemSet(
				&profiles->problem, DZ_PROBLEM_SYNTAX,
				"Remove properties that nobody uses.",
				"In file \"%s\", line %d: section \"%s\" has more than %d "
				"properties.",
				DzProfilesPath(profiles, file), line, into->name,
				DZ_PROFILE_MAX_PROPERTIES);
		if (into->nproperties == into->maxproperties &&
			!grow((void **) &into->properties, &into->maxproperties,
				  sizeof(DzProperty)))
			return DzProblemNoMemory(&profiles->problem);
		property = &into->properties[into->nproperties];
		memset(property, 0, sizeof(*property));
		if (!DzSecretSet(&property->key, key) ||
			!DzSecretSet(&property->value, value))
		{
			free_property(property);
			return DzProblemNoMemory(&profiles->problem);
		}
		into->nproperties++;
	}
	else
	{
		char *copy = DzSecretCopy(value, strlen(value));

		if (copy == NULL)
			return DzProblemNoMemory(&profiles->problem);
		DzSecretFree(property->value);
		property->value = copy;
	}
	property->file = file;
	property->line = line;
	forget_subs(into, key);

	return true;
}

/* Forget what a file said about a section. */
void
DzSectionForget(DzSection *section, DzProfileFile file)
{
	int kept = 0;

	for (int i = 0; i < section->nproperties; i++)
	{
		if (section->properties[i].file == file)
			free_property(&section->properties[i]);
		else
			section->properties[kept++] = section->properties[i];
	}
	section->nproperties = kept;
}

/* Forget a key's sub-properties; a sub-property has none. */
static void
forget_subs(DzSection *section, const char *parent)
{
	int kept = 0;

	if (strchr(parent, '\n') != NULL)
		return;
	for (int i = 0; i < section->nproperties; i++)
	{
		if (is_sub_of(section->properties[i].key, parent))
			free_property(&section->properties[i]);
		else
			section->properties[kept++] = section->properties[i];
	}
	section->nproperties = kept;
}

static bool
is_sub_of(const char *key, const char *parent)
{
	size_t len = strlen(parent);

	return strncmp(key, parent, len) == 0 && key[len] == '\n';
}

static DzProperty *
find_property(const DzSection *section, const char *key)
{
	for (int i = 0; i < section->nproperties; i++)
	{
		if (strcmp(section->properties[i].key, key) == 0)
			return &section->properties[i];
	}

	return NULL;
}

/* Twice the room; what is in such an array are pointers, not secrets. */
static bool
grow(void **array, int *max, size_t size)
{
	int wanted = *max > 0 ? *max * 2 : 8;
	void *moved = realloc(*array, (size_t) wanted * size);

	if (moved == NULL)
		return false;
	*array = moved;
	*max = wanted;

	return true;
}

static void
free_section(DzSection *section)
{
	for (int i = 0; i < section->nproperties; i++)
		free_property(&section->properties[i]);
	free(section->properties);
	DzSecretFree(section->name);
}

static void
free_property(DzProperty *property)
{
	DzSecretFree(property->key);
	DzSecretFree(property->value);
}
