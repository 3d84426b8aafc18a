/*-------------------------------------------------------------------------
 *
 * lineage.h
 *		The lineage room: OpenLineage events of what transactions change.
 *
 * A trigger notes which tables a transaction changes; before the transaction
 * commits, an event for each job and table goes into the outbox.  What was
 * rolled back, the whole or a savepoint, leaves none.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_LINEAGE_H
#define DATAZONE_LINEAGE_H

extern void DzLineageInit(void); /* the room's settings */

#endif /* DATAZONE_LINEAGE_H */
