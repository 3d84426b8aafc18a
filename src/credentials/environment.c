/*-------------------------------------------------------------------------
 *
 * environment.c
 *		The environment variables of the AWS SDKs, and where files are.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/environment.h"

#include <string.h>

static const struct
{
	const char *variable;
	const char *otherwise;
} locations[DZ_PROFILE_FILES] = {
	{"AWS_CONFIG_FILE", "~/.aws/config"},
	{"AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"}};

const char *
DzEnvironmentGet(const DzEnvironment *env, const char *name)
{
	const char *value = env->get(env->arg, name);

	return value != NULL && value[strspn(value, " \t\r\n")] != '\0' ? value
																	: NULL;
}

bool
DzEnvironmentFile(const DzEnvironment *env, DzProfileFile file, DzBuffer *out)
{
	const char *path = DzEnvironmentGet(env, locations[file].variable);

	return DzEnvironmentExpand(
		env, path != NULL ? path : locations[file].otherwise, out);
}

bool
DzEnvironmentExpand(const DzEnvironment *env, const char *path, DzBuffer *out)
{
	if (path[0] == '~' && (path[1] == '/' || path[1] == '\0'))
	{
		const char *home = DzEnvironmentGet(env, "HOME");
		size_t len = home != NULL ? strlen(home) : 0;

		if (home == NULL)
			return false;
		if (len > 1 && home[len - 1] == '/')
			len--;
		DzBufferAppend(out, home, len);
		path++;
	}
	DzBufferAppendText(out, path);

	return !out->failed;
}

const char *
DzEnvironmentProfile(const DzEnvironment *env, bool *is_named)
{
	const char *name = DzEnvironmentGet(env, "AWS_PROFILE");

	if (name == NULL)
		name = DzEnvironmentGet(env, "AWS_DEFAULT_PROFILE");
	*is_named = name != NULL;

	return name != NULL ? name : "default";
}

bool
DzEnvironmentTraceId(const DzEnvironment *env, DzBuffer *out)
{
	static const char hex[] = "0123456789ABCDEF";
	const char *id = DzEnvironmentGet(env, "_X_AMZN_TRACE_ID");

	if (id == NULL ||
		DzEnvironmentGet(env, "AWS_LAMBDA_FUNCTION_NAME") == NULL)
		return false;
	for (; *id != '\0'; id++)
	{
		unsigned char c = (unsigned char) *id;

		/* what a header's value may not hold; all else stays readable */
		if (c >= ' ' && c <= '~')
			DzBufferAppendChar(out, *id);
		else
		{
			DzBufferAppendChar(out, '%');
			DzBufferAppendChar(out, hex[c >> 4]);
			DzBufferAppendChar(out, hex[c & 0x0f]);
		}
	}

	return !out->failed;
}
