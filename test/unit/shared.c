/*-------------------------------------------------------------------------
 *
 * shared.c
 *		Public test data beside the checkout, where it is present.
 *
 *-------------------------------------------------------------------------
 */
#include "shared.h"

#include <stdio.h>
#include <stdlib.h>

#include <unistd.h>

bool
shared_path(const char *name, char *path)
{
	const char *directory = getenv("DATAZONE_SHARED");
	int len;

	if (directory == NULL || directory[0] == '\0')
		return false;
	len = snprintf(path, SHARED_PATH_MAX, "%s/data/%s", directory, name);

	return len > 0 && len < SHARED_PATH_MAX;
}

bool
shared_has(const char *name)
{
	char path[SHARED_PATH_MAX];

	return shared_path(name, path) && access(path, R_OK) == 0;
}

char *
shared_read(const char *name, size_t *len)
{
	char path[SHARED_PATH_MAX];
	FILE *file = shared_path(name, path) ? fopen(path, "rb") : NULL;
	char *text = NULL;
	long size;

	if (file == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 &&
		fseek(file, 0, SEEK_SET) == 0)
		text = malloc((size_t) size + 1);
	if (text != NULL)
	{
		*len = fread(text, 1, (size_t) size, file);
		text[*len] = '\0';
	}
	(void) fclose(file);

	return text;
}

json_t *
shared_json(const char *name)
{
	size_t len;
	char *text = shared_read(name, &len);
	json_error_t error;
	json_t *json = NULL;

	if (text != NULL)
		json = json_loadb(text, len, 0, &error);
	free(text);

	return json;
}
