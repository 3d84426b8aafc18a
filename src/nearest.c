/*-------------------------------------------------------------------------
 *
 * nearest.c
 *		The known name that is nearest to a name that is not known.
 *
 * PostgreSQL has such a helper from 16 on; with 15 in range, one of our own
 * is shorter than two ways to do it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/varlena.h"

#include "nearest.h"

/* more changed letters than this is another name, not a slip */
#define MAX_DISTANCE 4

/* a name that is cut short is a slip too, if this much of it is there */
#define MIN_PREFIX 3

/* varstr_levenshtein() refuses longer strings */
#define MAX_LENGTH 255

/*
 * Begin a search.  A name of which half the letters would have to change is
 * near to nothing.
 */
void
DzNearestInit(DzNearest *nearest, const char *given)
{
	nearest->given = given;
	nearest->given_len = strlen(given);
	nearest->best = NULL;
	nearest->best_distance = Min(MAX_DISTANCE, nearest->given_len / 2) + 1;
}

/* Consider one known name; of equally near ones the first is kept. */
void
DzNearestOffer(DzNearest *nearest, const char *candidate)
{
	int len = strlen(candidate);
	int distance;

	if (nearest->given_len > MAX_LENGTH || len > MAX_LENGTH)
		return;

	/* the start of a name, unless another one is a slip away */
	if (nearest->best == NULL && nearest->given_len >= MIN_PREFIX &&
		strncmp(candidate, nearest->given, nearest->given_len) == 0)
		nearest->best = candidate;

	distance = varstr_levenshtein_less_equal(
		nearest->given, nearest->given_len, candidate, len, 1, 1, 1,
		nearest->best_distance - 1, true);
	if (distance < nearest->best_distance)
	{
		nearest->best = candidate;
		nearest->best_distance = distance;
	}
}
