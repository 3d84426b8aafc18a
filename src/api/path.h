/*-------------------------------------------------------------------------
 *
 * path.h
 *		Where in a JSON value we are, for messages.
 *
 * A path is a chain of steps on the C stack, each pointing to the step that
 * leads to it: it costs a few stores while all is well, and becomes text only
 * when there is something to report.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_PATH_H
#define DATAZONE_PATH_H

typedef struct DzPath
{
	const struct DzPath *up; /* NULL: the value that paths begin at */
	const char *name; /* member or key, not terminated; NULL: an item */
	int len;
	int index; /* of an item, from 0; -1: some entry of a map */
} DzPath;

#define DzPathMember(up, name, len) ((DzPath){(up), (name), (len), 0})
#define DzPathItem(up, index) ((DzPath){(up), NULL, 0, (index)})
#define DzPathEntry(up) ((DzPath){(up), NULL, 0, -1})

/*
 * The path as text in CurrentMemoryContext: params.items[2].name, and [*] for
 * an entry whose key is not told.  Keys that are no plain names are quoted, and
 * long ones cut; of a deep path only the innermost steps are told.
 */
extern char *DzPathText(const DzPath *path);

/*
 * Report what is wrong with the value at "path": 22023, "path: what".
 */
#define DzParamError(path, ...) \
	ereport(ERROR, \
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), \
			 errmsg("%s: %s", DzPathText(path), psprintf(__VA_ARGS__))))

/* The same with a hint: an expression that calls errhint(), or 0. */
#define DzParamErrorHint(path, hint, ...) \
	ereport(ERROR, \
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), \
			 errmsg("%s: %s", DzPathText(path), psprintf(__VA_ARGS__)), \
			 (hint)))

#endif /* DATAZONE_PATH_H */
