/*-------------------------------------------------------------------------
 *
 * errorcode.h
 *		The error code in an answer of the restJson1 protocol.
 *
 * Pure: needs no server.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_ERRORCODE_H
#define DATAZONE_AWS_ERRORCODE_H

#include <stdbool.h>
#include <stddef.h>

/* longer ones are not codes; the longest name in DataZone's model has 29 */
#define DZ_ERROR_CODE_MAX 128

/*
 * Cut the code out of "text", the value of the header x-amzn-errortype, else
 * of the body's top-level "code", else of its "__type": what stands before
 * the first ':', and of that what stands after the first '#'
 * ("aws.protocoltests#FooError:http://..." gives FooError).
 *
 * Returns the code's length, and in *code where it begins within "text" (not
 * NUL-terminated).  0: there is none, or it is no name of letters, digits,
 * '.', '_' and '-', so a code can be shown as it is.
 */
extern size_t DzErrorCodeCut(const char *text, size_t len, const char **code);

/*
 * Whether an error with this code says that the credentials are expired or
 * unknown, so that others may be accepted.
 */
extern bool DzErrorCodeRefusesKeys(const char *code);

#endif /* DATAZONE_AWS_ERRORCODE_H */
