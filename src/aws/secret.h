/*-------------------------------------------------------------------------
 *
 * secret.h
 *		Texts that are wiped before their memory is given back.
 *
 * The pure files have no memory contexts.  What they read may be a secret
 * access key, and which of a file's values is one is not known before all of
 * it has been read: so all of them are kept like this.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_SECRET_H
#define DATAZONE_AWS_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* A copy of "len" bytes with a NUL behind them; NULL: out of memory. */
extern char *DzSecretCopy(const char *text, size_t len);

/*
 * Put a copy of "text" (NULL: none) into *place, whose former text is wiped.
 * False: out of memory, and *place is NULL.
 */
extern bool DzSecretSet(char **place, const char *text);

/* Wipe and free; NULL is allowed. */
extern void DzSecretFree(char *text);

#endif /* DATAZONE_AWS_SECRET_H */
