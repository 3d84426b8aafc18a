/*-------------------------------------------------------------------------
 *
 * nearest.h
 *		The known name that is nearest to a name that is not known.
 *
 * For hints only.  Offer every known name; "best" is the one with the fewest
 * changed letters, or NULL if none is near enough to be a slip of the pen.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_NEAREST_H
#define DATAZONE_NEAREST_H

typedef struct DzNearest
{
	const char *given; /* not copied */
	int given_len;
	const char *best; /* points to what was offered */
	int best_distance; /* only a smaller one is of interest */
} DzNearest;

extern void DzNearestInit(DzNearest *nearest, const char *given);
extern void DzNearestOffer(DzNearest *nearest, const char *candidate);

#endif /* DATAZONE_NEAREST_H */
