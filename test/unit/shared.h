/*-------------------------------------------------------------------------
 *
 * shared.h
 *		Public test data beside the checkout, where it is present.
 *
 * The environment variable DATAZONE_SHARED names a directory whose "data"
 * holds suites that others publish (AWS's signing suite, for instance).  They
 * are not part of the project: without them, those tests are skipped by name,
 * and the project's own vectors still run.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_UNIT_SHARED_H
#define DATAZONE_UNIT_SHARED_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#define SHARED_PATH_MAX 1024

/* Whether "data/name" is there. */
extern bool shared_has(const char *name);

#define SHARED_ABSENT "the public test data is not present"

/* Write the path of "data/name" to "path" (SHARED_PATH_MAX bytes). */
extern bool shared_path(const char *name, char *path);

/* The whole file with a NUL behind it; the caller frees.  NULL: none. */
extern char *shared_read(const char *name, size_t *len);

/* The parsed file, or NULL; the caller releases. */
extern json_t *shared_json(const char *name);

#endif /* DATAZONE_UNIT_SHARED_H */
