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
#include "utils/builtins.h"
#include "utils/varlena.h"

/* varstr_levenshtein() refuses more than 255 bytes; no name is so long */
#define MAX_NAME 100

/* farther away, a name is no help as a hint */
#define MAX_DISTANCE 4

/* The search for the nearest name: what is sought, and the best so far. */
typedef struct Nearest
{
	char sought[MAX_NAME + 1];
	int len; /* 0: nothing can be near */
	const char *best;
	int best_distance;
} Nearest;

static int plain_name(char *dst, const char *name, size_t len);
static void nearest_init(Nearest *nearest, const char *name, size_t len);
static void nearest_offer(Nearest *nearest, const char *candidate);

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
	Nearest nearest;

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
	Nearest nearest;

	nearest_init(&nearest, name, len);
	for (int i = 0; i < shape->count; i++)
		nearest_offer(&nearest, DzPoolText(dz_members[shape->first + i].name));
	return nearest.best;
}

/*
 * Copy a name without underscores and in lower case.  Names of the API are
 * ASCII; bytes above it stay what they are and match nothing.
 */
static int
plain_name(char *dst, const char *name, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len && n < MAX_NAME; i++)
	{
		char c = name[i];

		if (c == '_')
			continue;
		dst[n++] = (c >= 'A' && c <= 'Z') ? c - 'A' + 'a' : c;
	}
	dst[n] = '\0';
	return n;
}

static void
nearest_init(Nearest *nearest, const char *name, size_t len)
{
	nearest->len = 0;
	nearest->best = NULL;
	nearest->best_distance = MAX_DISTANCE + 1;

	/* a cut name could end inside a character, and is near to none anyway */
	if (len <= MAX_NAME)
		nearest->len = plain_name(nearest->sought, name, len);
}

/* Remember "candidate" if it is nearer than all before it. */
static void
nearest_offer(Nearest *nearest, const char *candidate)
{
	char plain[MAX_NAME + 1];
	int len;
	int distance;

	if (nearest->len == 0)
		return;
	len = plain_name(plain, candidate, strlen(candidate));
	distance = varstr_levenshtein_less_equal(nearest->sought, nearest->len,
											 plain, len, 1, 1, 1,
											 nearest->best_distance - 1, true);

	/* a name of which more than half would change is another name */
	if (distance < nearest->best_distance && distance <= len / 2)
	{
		nearest->best = candidate;
		nearest->best_distance = distance;
	}
}
