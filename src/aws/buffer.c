/*-------------------------------------------------------------------------
 *
 * buffer.c
 *		A growable byte buffer for the pure files, wiped when it goes.
 *
 * realloc() would leave a copy of the old bytes in the heap, so growing is
 * done by hand: allocate, copy, wipe, free.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/buffer.h"

#include <stdint.h>
#include <stdlib.h>

#include <openssl/crypto.h>

#define INITIAL_SIZE 512

bool
DzBufferReserve(DzBuffer *buf, size_t extra)
{
	size_t size = buf->size > 0 ? buf->size : INITIAL_SIZE;
	char *data;

	if (buf->failed)
		return false;
	if (buf->data != NULL && extra < buf->size - buf->len)
		return true;

	while (size <= buf->len || size - buf->len <= extra)
	{
		if (size > SIZE_MAX / 2)
		{
			buf->failed = true;
			return false;
		}
		size *= 2;
	}

	data = malloc(size);
	if (data == NULL)
	{
		buf->failed = true;
		return false;
	}
	if (buf->data != NULL)
	{
		memcpy(data, buf->data, buf->len);
		OPENSSL_cleanse(buf->data, buf->size);
		free(buf->data);
	}
	data[buf->len] = '\0';
	buf->data = data;
	buf->size = size;

	return true;
}

void
DzBufferAppend(DzBuffer *buf, const char *bytes, size_t len)
{
	if (!DzBufferReserve(buf, len))
		return;
	memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
DzBufferAppendText(DzBuffer *buf, const char *text)
{
	DzBufferAppend(buf, text, strlen(text));
}

void
DzBufferAppendChar(DzBuffer *buf, char c)
{
	DzBufferAppend(buf, &c, 1);
}

void
DzBufferReset(DzBuffer *buf)
{
	buf->len = 0;
	buf->failed = false;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

void
DzBufferFree(DzBuffer *buf)
{
	if (buf->data != NULL)
	{
		OPENSSL_cleanse(buf->data, buf->size);
		free(buf->data);
	}
	*buf = (DzBuffer){0};
}
