/*-------------------------------------------------------------------------
 *
 * useragent.c
 *		The header User-Agent in the form of the AWS SDKs.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/useragent.h"

#include "aws/ascii.h"

#define MAX_PART 50 /* of what others choose */
#define MAX_FEATURES 1024

static void append_part(DzBuffer *out, const char *prefix, const char *name,
						const char *value, size_t max);
static void append_token(DzBuffer *out, const char *text, size_t max);

void
DzUserAgentAppend(DzBuffer *out, const DzUserAgent *agent)
{
	DzBufferAppendText(out, "datazone-postgresql/");
	append_token(out, agent->version, MAX_PART);
	DzBufferAppendText(out, " ua/2.1");
	append_part(out, "os/", agent->os, agent->os_version, MAX_PART);
	if (agent->architecture != NULL)
		append_part(out, "md/", "arch", agent->architecture, MAX_PART);
	DzBufferAppendText(out, " lang/c");
	if (agent->postgresql != NULL)
		append_part(out, "md/", "postgresql", agent->postgresql, MAX_PART);
	append_part(out, "exec-env/", agent->execution_env, NULL, MAX_PART);
	append_part(out, "m/", agent->features, NULL, MAX_FEATURES);
	if (agent->retry_mode != NULL)
		append_part(out, "cfg/", "retry-mode", agent->retry_mode, MAX_PART);
	append_part(out, "app/", agent->app_id, NULL, MAX_PART);
}

/* " prefix/name" or " prefix/name#value" */
static void
append_part(DzBuffer *out, const char *prefix, const char *name,
			const char *value, size_t max)
{
	if (name == NULL)
		return;
	DzBufferAppendChar(out, ' ');
	DzBufferAppendText(out, prefix);
	append_token(out, name, max);
	if (value != NULL)
	{
		DzBufferAppendChar(out, '#');
		append_token(out, value, max);
	}
}

static void
append_token(DzBuffer *out, const char *text, size_t max)
{
	for (; *text != '\0' && max > 0; text++, max--)
		DzBufferAppendChar(
			out, DzIsAlnum(*text) || strchr("!$%&'*+-.^_`|~,", *text) != NULL
					 ? *text
					 : '-');
}
