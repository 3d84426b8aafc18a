/*-------------------------------------------------------------------------
 *
 * buffer.h
 *		A growable byte buffer for the pure files, wiped when it goes.
 *
 * The pure files have no StringInfo, and what they assemble holds session
 * tokens.  A failure to grow is remembered in the buffer: appends become
 * no-ops, and the caller asks once, at the end.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_BUFFER_H
#define DATAZONE_AWS_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Zeroed = empty.  "data" is NULL or holds "len" bytes and a NUL. */
typedef struct DzBuffer
{
	char *data;
	size_t len;
	size_t size; /* allocated */
	bool failed; /* out of memory: the contents are not complete */
} DzBuffer;

/*
 * Make room for "extra" more bytes and a NUL.  False: out of memory, now or
 * earlier.  What is moved is wiped where it was.
 */
extern bool DzBufferReserve(DzBuffer *buf, size_t extra);

extern void DzBufferAppend(DzBuffer *buf, const char *bytes, size_t len);
extern void DzBufferAppendText(DzBuffer *buf, const char *text);
extern void DzBufferAppendChar(DzBuffer *buf, char c);

/* Empty the buffer, keep its memory, forget a failure. */
extern void DzBufferReset(DzBuffer *buf);

/* Wipe and free; the buffer is as zeroed afterwards. */
extern void DzBufferFree(DzBuffer *buf);

#endif /* DATAZONE_AWS_BUFFER_H */
