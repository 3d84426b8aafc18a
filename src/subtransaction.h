/*-------------------------------------------------------------------------
 *
 * subtransaction.h
 *		Work that may fail, in a subtransaction of its own.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SUBTRANSACTION_H
#define DATAZONE_SUBTRANSACTION_H

typedef enum DzAfterwards
{
	DZ_KEEP, /* what was done stays, and becomes visible */
	DZ_UNDO /* it is rolled back, for work that only looks */
} DzAfterwards;

/*
 * Call "work" in CurrentMemoryContext, within a subtransaction.  NULL, or the
 * error that it ended with: a copy in that context, which the caller frees or
 * throws again; all that "work" did was then rolled back.  Not to be called
 * in parallel mode, in which there are no subtransactions.
 */
extern ErrorData *DzInSubtransaction(void (*work)(void *arg), void *arg,
									 DzAfterwards afterwards);

#endif /* DATAZONE_SUBTRANSACTION_H */
