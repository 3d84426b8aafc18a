/*-------------------------------------------------------------------------
 *
 * replay.h
 *		A published case of a credential chain: its files and its traffic.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_UNIT_REPLAY_H
#define DATAZONE_UNIT_REPLAY_H

#include "credentials/config.h"
#include "credentials/metadata.h"
#include "credentials/plan.h"

#include "fake.h"
#include "shared.h"
#include "tap.h"

typedef struct Case
{
	char directory[256]; /* below the public data */
	json_t *env_json;
	DzEnvironment env;
	DzProfiles profiles;
	DzPlan plan;
	DzConfig config;
	DzConfigSource source;
	json_t *traffic;
	size_t event; /* of the traffic, the next one */
	int status; /* of the last answer */
	const char *answer; /* its body */
	char failure[1536]; /* "": none so far */
	bool is_plain_http; /* recorded with an endpoint that we refuse */
} Case;

/* Note the first failure; false, for "return fail(...)". */
TAP_PRINTF(2, 3)
static inline bool
fail(Case *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (c->failure[0] == '\0')
		(void) vsnprintf(c->failure, sizeof(c->failure), format, args);
	va_end(args);

	return false;
}

/* A file of the case's file system; NULL: there is none. */
static inline char *
read_file(const Case *c, const char *path, size_t *len)
{
	char name[SHARED_PATH_MAX];

	(void) snprintf(name, sizeof(name), "%s/fs%s%s", c->directory,
					path[0] == '/' ? "" : "/", path);

	return shared_read(name, len);
}

static inline void
read_profiles(Case *c)
{
	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		DzBuffer path = {0};
		size_t len;
		char *text = NULL;

		if (DzEnvironmentFile(&c->env, (DzProfileFile) file, &path))
			text = read_file(c, path.data, &len);
		if (text != NULL)
			(void) DzProfilesRead(&c->profiles, (DzProfileFile) file,
								  path.data, text, len);
		free(text);
		DzBufferFree(&path);
	}
}

/* ---- recorded exchanges ---- */

static inline const json_t *
next_action(Case *c)
{
	const json_t *events = json_object_get(c->traffic, "events");

	return json_object_get(json_array_get(events, c->event++), "action");
}

static inline const char *
data_of(const json_t *action, const char *direction)
{
	const json_t *data = json_object_get(action, "Data");
	const char *text = json_string_value(
		json_object_get(json_object_get(data, "data"), "Utf8"));
	const char *is = json_string_value(json_object_get(data, "direction"));

	return is != NULL && strcmp(is, direction) == 0 ? text : NULL;
}

static inline bool
is_same_uri(const Case *c, const char *uri, const char *recorded)
{
	char https[1024];

	if (!c->is_plain_http)
		return strcmp(uri, recorded) == 0;
	if (strncmp(recorded, "http://", 7) != 0)
		return false;
	(void) snprintf(https, sizeof(https), "https://%s%s", recorded + 7,
					strchr(recorded + 7, '/') != NULL ? "" : "/");

	return strcmp(uri, https) == 0;
}

/* The next recorded request's body; its answer goes into the case. */
static inline const char *
next_exchange(Case *c, const char *method, const char *uri, const char *token)
{
	const json_t *request =
		json_object_get(json_object_get(next_action(c), "Request"), "request");
	const char *recorded = json_string_value(json_object_get(request, "uri"));
	const char *recorded_token = json_string_value(
		json_array_get(json_object_get(json_object_get(request, "headers"),
									   DZ_IMDS_TOKEN_HEADER),
					   0));
	const char *body = "";
	const json_t *action;

	if (recorded == NULL)
	{
		(void) fail(c, "nothing more was recorded");
		return NULL;
	}
	if (strcmp(method,
			   json_string_value(json_object_get(request, "method"))) != 0 ||
		!is_same_uri(c, uri, recorded))
	{
		(void) fail(c, "%s %s, recorded is %s", method, uri, recorded);
		return NULL;
	}
	if (token != NULL &&
		(recorded_token == NULL || strcmp(token, recorded_token) != 0))
	{
		(void) fail(c, "another token than recorded");
		return NULL;
	}

	c->status = 0;
	c->answer = "";
	while ((action = next_action(c)) != NULL)
	{
		const json_t *response =
			json_object_get(json_object_get(action, "Response"), "response");
		const char *text = data_of(action, "Request");

		if (text != NULL)
			body = text;
		text = data_of(action, "Response");
		if (text != NULL)
			c->answer = text;
		if (response != NULL)
			c->status = (int) json_integer_value(
				json_object_get(json_object_get(response, "Ok"), "status"));
		if (json_object_get(action, "Request") != NULL)
		{
			c->event--;
			break;
		}
	}

	return body;
}

#endif /* DATAZONE_UNIT_REPLAY_H */
