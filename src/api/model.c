/*-------------------------------------------------------------------------
 *
 * model.c
 *		Look up operations and members by name.
 *
 * A name that does not exist is most often one that was mistyped, or written
 * in SQL's way (list_data_sources, LISTDATASOURCES).  The nearest name is
 * found without regard to case and underscores, so that both give a hint.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/model.h"
#include "nearest.h"

/* no name is longer; a longer one is near to none */
#define MAX_NAME 100

/* The search for the nearest name, by plain names. */
typedef struct PlainNearest
{
	DzNearest search;
	const char *best; /* as the API spells it */
} PlainNearest;

static char *plain_name(const char *name, size_t len);
static void nearest_init(PlainNearest *nearest, const char *name, size_t len);
static void nearest_offer(PlainNearest *nearest, const char *candidate);

const DzOperation *
DzOperationFind(const char *name)
{
	int low = 0;
	int high = dz_noperations - 1;

	while (low <= high)
	{
		int middle = (low + high) / 2;
		int order = strcmp(name, dz_operations[middle].name);

		if (order == 0)
			return &dz_operations[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *
DzOperationNearest(const char *name)
{
	PlainNearest nearest;

	nearest_init(&nearest, name, strlen(name));
	for (int i = 0; i < dz_noperations; i++)
		nearest_offer(&nearest, dz_operations[i].name);
	return nearest.best;
}

const DzMember *
DzShapeMember(const DzShape *shape, const char *name, size_t len)
{
	int low = shape->first;
	int high = shape->first + shape->count - 1;

	while (low <= high)
	{
		int middle = (low + high) / 2;
		const DzMember *member = &dz_members[middle];
		int order = DzMemberOrder(member, name, len);

		if (order == 0)
			return member;
		if (order > 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *
DzShapeNearest(const DzShape *shape, const char *name, size_t len)
{
	PlainNearest nearest;

	nearest_init(&nearest, name, len);
	for (int i = 0; i < shape->count; i++)
		nearest_offer(&nearest, DzPoolText(dz_members[shape->first + i].name));
	return nearest.best;
}

/*
 * A copy of a name without underscores and in lower case; one that is too
 * long becomes empty.  Names of the API are ASCII; bytes above it stay what
 * they are and match nothing.
 */
static char *
plain_name(const char *name, size_t len)
{
	char *plain = palloc(MAX_NAME + 1);
	char *p = plain;

	if (len > MAX_NAME)
		len = 0;
	for (size_t i = 0; i < len; i++)
	{
		char c = name[i];

		if (c != '_')
			*p++ = (c >= 'A' && c <= 'Z') ? c - 'A' + 'a' : c;
	}
	*p = '\0';
	return plain;
}

static void
nearest_init(PlainNearest *nearest, const char *name, size_t len)
{
	DzNearestInit(&nearest->search, plain_name(name, len));
	nearest->best = NULL;
}

static void
nearest_offer(PlainNearest *nearest, const char *candidate)
{
	char *plain = plain_name(candidate, strlen(candidate));

	DzNearestOffer(&nearest->search, plain);
	if (nearest->search.best == plain)
		nearest->best = candidate;
}
