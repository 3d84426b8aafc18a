/*-------------------------------------------------------------------------
 *
 * credentials.c
 *		Fuzz: members of answers with credentials, and when to renew them.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/credentials.h"
#include "credentials/metadata.h"
#include "credentials/sts.h"

#include "fuzz.h"

#define NMEMBERS 6

/* The members that an answer has, in the order in which they are asked for. */
typedef struct Answer
{
	DzMember members[NMEMBERS];
	bool has[NMEMBERS];
	int next;
} Answer;

static bool next_member(void *arg, const char *name, DzMember *out);
static void take_member(const uint8_t **data, size_t *size, DzMember *out,
						bool *has);
static void check_visible(const char *text);
static void check_times(const DzCredentials *credentials, int64_t fetched_us,
						double random01);
static void check_body(const char *text, size_t len);
static void check_role(const char *text, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	DzAnswerForm form =
		(DzAnswerForm) (fuzz_byte(&data, &size) % DZ_ANSWER_FORMS);
	double random01 = fuzz_byte(&data, &size) / 255.0;
	int64_t fetched_us = (int64_t) fuzz_byte(&data, &size) * 10000000000000;
	Answer answer = {0};
	DzCredentials credentials = {0};
	DzProblem problem = {0};
	const char *token = NULL;
	size_t len = 0;

	for (int i = 0; i < NMEMBERS; i++)
		take_member(&data, &size, &answer.members[i], &answer.has[i]);
	if (DzCredentialsRead(&credentials, form, next_member, &answer, &problem))
	{
		check_visible(credentials.access_key_id);
		check_visible(credentials.secret_access_key);
		if (credentials.session_token != NULL)
			check_visible(credentials.session_token);
		if (credentials.account_id != NULL)
			check_visible(credentials.account_id);
		REQUIRE(credentials.expires || form == DZ_ANSWER_PROCESS);
		check_times(&credentials, fetched_us, random01);
	}
	else
		REQUIRE(problem.kind == DZ_PROBLEM_ANSWER &&
				problem.detail[0] != '\0');
	DzCredentialsFree(&credentials);

	answer.next = 0;
	if (DzSsoTokenRead(next_member, &answer, fetched_us, &token, &len,
					   &problem))
		REQUIRE(DzHeaderValueIsSafe(token, len));
	check_body(answer.members[0].text, answer.members[0].len);
	check_role(answer.members[1].text, answer.members[1].len);
	for (int i = 0; i < NMEMBERS; i++)
		free((void *) answer.members[i].text);
	return 0;
}

/* A byte for the kind, one for the length, and the text. */
static void
take_member(const uint8_t **data, size_t *size, DzMember *out, bool *has)
{
	uint8_t kind = fuzz_byte(data, size);
	size_t len = fuzz_byte(data, size);
	char *text;

	if (len > *size)
		len = *size;
	text = fuzz_alloc(len);
	if (len > 0)
		memcpy(text, *data, len);
	*data += len;
	*size -= len;
	out->text = text;
	out->len = len;
	out->is_string = kind % 3 != 1;
	*has = kind % 3 != 0;
}

static bool
next_member(void *arg, const char *name, DzMember *out)
{
	Answer *answer = arg;
	int i = answer->next++ % NMEMBERS;

	REQUIRE(name != NULL && name[0] != '\0');
	*out = answer->members[i];
	return answer->has[i];
}

static void
check_visible(const char *text)
{
	REQUIRE(text != NULL && text[0] != '\0');
	for (; *text != '\0'; text++)
		REQUIRE(*text > ' ' && *text <= '~');
}

/* Never after their end, and never before their beginning. */
static void
check_times(const DzCredentials *credentials, int64_t fetched_us,
			double random01)
{
	int64_t at = DzRefreshAtUs(credentials, fetched_us, random01);
	DzCredentials copy = *credentials;

	if (!credentials->expires)
	{
		REQUIRE(at == INT64_MAX);
		return;
	}
	REQUIRE(at <= credentials->expires_us);
	if (fetched_us <= credentials->expires_us)
		REQUIRE(at >= fetched_us);
	REQUIRE(DzCredentialsFreshness(credentials, at, credentials->expires_us) ==
			DZ_EXPIRED);
	if (DzCredentialsExtend(&copy, fetched_us, random01))
		REQUIRE(credentials->expires_us <= fetched_us &&
				copy.expires_us > fetched_us);
	else
		REQUIRE(copy.expires_us == credentials->expires_us &&
				copy.expires_us > fetched_us);
}

/* Whatever a token holds, the body is a form of the parameters we know. */
static void
check_body(const char *text, size_t len)
{
	DzStsRequest request = {.role_arn = "arn:aws:iam::1:role/name",
							.session_name = "name",
							.web_identity_token = text,
							.web_identity_token_len = len};
	DzBuffer body = {0};
	DzProblem problem = {0};
	int fields = 1;

	if (DzStsRequestBody(&body, &request, &problem))
	{
		for (const char *p = body.data; *p != '\0'; p++)
		{
			REQUIRE(*p > ' ' && *p <= '~');
			fields += *p == '&';
		}
		REQUIRE(fields == 5);
	}
	else
		REQUIRE(len == 0);
	DzBufferFree(&body);
}

/* The name of a role adds one segment to the path. */
static void
check_role(const char *text, size_t len)
{
	DzBuffer path = {0};

	if (DzImdsCredentialsPath(text, len, &path))
	{
		const char *name = path.data + strlen(DZ_IMDS_ROLE_PATH);

		REQUIRE(name[0] != '\0' && strpbrk(name, "/?# \r\n") == NULL);
		REQUIRE(strcmp(name, ".") != 0 && strcmp(name, "..") != 0);
	}
	DzBufferFree(&path);
}
