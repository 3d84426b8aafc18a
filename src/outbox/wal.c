/*-------------------------------------------------------------------------
 *
 * wal.c
 *		All that was written up to now is on disk.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xlog.h"
#include "access/xlog_internal.h"

#include "outbox/reading.h"

/*
 * GetXLogInsertRecPtr() tells where the next record begins.  At the end of a
 * page that is behind the header of the next one, which nobody has written
 * and XLogFlush() would complain about: the last record ends before it.
 */
static XLogRecPtr
end_of_wal(void)
{
	XLogRecPtr next = GetXLogInsertRecPtr();

	if (XLogSegmentOffset(next, wal_segment_size) == SizeOfXLogLongPHD)
		return next - SizeOfXLogLongPHD;
	if (next % XLOG_BLCKSZ == SizeOfXLogShortPHD)
		return next - SizeOfXLogShortPHD;
	return next;
}

void
DzWalFlush(void)
{
	XLogFlush(end_of_wal());
}
