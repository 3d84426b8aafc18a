/*-------------------------------------------------------------------------
 *
 * credentials.c
 *		Credentials: what the sources answer, how long it lasts.
 *
 * Keys and tokens become parts of headers.  Whoever can write an answer, a
 * file or the environment has the keys anyway, but a line end in one of them
 * would write a header of its own, and a stray one would only be refused by
 * the service with no hint of the cause.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/credentials.h"

#include <string.h>

#include "aws/ascii.h"
#include "aws/secret.h"
#include "aws/timestamp.h"

#define US_PER_SECOND INT64_C(1000000)
#define MINUTE_US (60 * US_PER_SECOND)
#define EARLIEST_US (15 * MINUTE_US)
#define LATEST_US (10 * MINUTE_US)
#define MAX_RETRY_US (5 * MINUTE_US)

#define MAX_KEY_LEN 128
#define MAX_SECRET_LEN 1024
#define MAX_TOKEN_LEN 32768
#define MAX_ACCOUNT_LEN 64

/* How the members of each form are called; NULL: it has no such member. */
typedef struct Form
{
	const char *source;
	const char *access_key_id;
	const char *secret_access_key;
	const char *token;
	const char *expiration;
	const char *account_id;
	bool must_expire;
	bool is_epoch_ms; /* the expiration is a number of milliseconds */
} Form;

static const Form forms[DZ_ANSWER_FORMS] = {
	{"The credential_process", "AccessKeyId", "SecretAccessKey",
	 "SessionToken", "Expiration", "AccountId", false, false},
	{"The container's credential service", "AccessKeyId", "SecretAccessKey",
	 "Token", "Expiration", "AccountId", true, false},
	{"The instance metadata service", "AccessKeyId", "SecretAccessKey",
	 "Token", "Expiration", "AccountId", true, false},
	{"IAM Identity Center", "accessKeyId", "secretAccessKey", "sessionToken",
	 "expiration", NULL, true, true}};

static bool check_kind(DzAnswerForm form, DzMemberFn member, void *arg,
					   DzProblem *problem);
static bool check_version(DzMemberFn member, void *arg, DzProblem *problem);
static bool check_code(DzMemberFn member, void *arg, DzProblem *problem);
static bool copy_member(char **out, const Form *form, const char *name,
						DzMemberFn member, void *arg, DzProblem *problem);
static bool read_expiration(DzCredentials *out, const Form *form,
							DzMemberFn member, void *arg, DzProblem *problem);
static bool parse_epoch_ms(const DzMember *text, int64_t *us);
static bool check_texts(const DzCredentials *credentials, const char *source,
						DzProblem *problem);
static bool is_visible(const char *text, size_t max);
static bool equals(const DzMember *text, const char *word);
static bool is_none(const char *text);

void
DzCredentialsFree(DzCredentials *credentials)
{
	DzSecretFree(credentials->access_key_id);
	DzSecretFree(credentials->secret_access_key);
	DzSecretFree(credentials->session_token);
	DzSecretFree(credentials->account_id);
	memset(credentials, 0, sizeof(*credentials));
}

bool
DzCredentialsSet(DzCredentials *out, const char *access_key_id,
				 const char *secret_access_key, const char *session_token,
				 const char *account_id, const char *source,
				 DzProblem *problem)
{
	DzCredentialsFree(out);
	if (!DzSecretSet(&out->access_key_id,
					 is_none(access_key_id) ? NULL : access_key_id) ||
		!DzSecretSet(&out->secret_access_key,
					 is_none(secret_access_key) ? NULL : secret_access_key) ||
		!DzSecretSet(&out->session_token,
					 is_none(session_token) ? NULL : session_token) ||
		!DzSecretSet(&out->account_id,
					 is_none(account_id) ? NULL : account_id))
		return DzProblemNoMemory(problem);

	return check_texts(out, source, problem);
}

static bool
is_none(const char *text)
{
	return text == NULL || text[0] == '\0';
}

bool
DzCredentialsRead(DzCredentials *out, DzAnswerForm form, DzMemberFn member,
				  void *arg, DzProblem *problem)
{
	const Form *of = &forms[form];

	DzCredentialsFree(out);

	return check_kind(form, member, arg, problem) &&
		   copy_member(&out->access_key_id, of, of->access_key_id, member, arg,
					   problem) &&
		   copy_member(&out->secret_access_key, of, of->secret_access_key,
					   member, arg, problem) &&
		   copy_member(&out->session_token, of, of->token, member, arg,
					   problem) &&
		   copy_member(&out->account_id, of, of->account_id, member, arg,
					   problem) &&
		   read_expiration(out, of, member, arg, problem) &&
		   check_texts(out, of->source, problem);
}

/* Whether the answer is one with credentials. */
static bool
check_kind(DzAnswerForm form, DzMemberFn member, void *arg, DzProblem *problem)
{
	if (form == DZ_ANSWER_PROCESS)
		return check_version(member, arg, problem);
	if (form == DZ_ANSWER_IMDS)
		return check_code(member, arg, problem);

	return true;
}

static bool
check_version(DzMemberFn member, void *arg, DzProblem *problem)
{
	DzMember version;

	if (member(arg, "Version", &version) && !version.is_string &&
		equals(&version, "1"))
		return true;

	return DzProblemSet(problem, DZ_PROBLEM_ANSWER,
						"Let the command print \"Version\": 1.",
						"The credential_process did not print credentials of "
						"version 1.");
}

/* A 200 of the instance metadata service may be a failure. */
static bool
check_code(DzMemberFn member, void *arg, DzProblem *problem)
{
	DzMember code;

	if (!member(arg, "Code", &code) || equals(&code, "Success"))
		return true;
	if (equals(&code, "AssumeRoleUnauthorizedAccess"))
		return DzProblemSet(
			problem, DZ_PROBLEM_ANSWER,
			"Let the trust policy of the instance's role name "
			"ec2.amazonaws.com.",
			"The instance metadata service could not assume the instance's "
			"role: the role does not trust EC2.");

	return DzProblemSet(problem, DZ_PROBLEM_ANSWER,
						"Look at the instance's role.",
						"The instance metadata service answered with a code "
						"other than Success instead of credentials.");
}

static bool
copy_member(char **out, const Form *form, const char *name, DzMemberFn member,
			void *arg, DzProblem *problem)
{
	DzMember text;

	if (name == NULL || !member(arg, name, &text) || text.len == 0)
		return true;
	if (!text.is_string || memchr(text.text, '\0', text.len) != NULL)
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
							"%s gave a %s that is no text.", form->source,
							name);
	*out = DzSecretCopy(text.text, text.len);

	return *out != NULL || DzProblemNoMemory(problem);
}

static bool
read_expiration(DzCredentials *out, const Form *form, DzMemberFn member,
				void *arg, DzProblem *problem)
{
	DzMember text;
	bool is_ok;

	if (!member(arg, form->expiration, &text))
		return !form->must_expire ||
			   DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
							"%s gave credentials without %s.", form->source,
							form->expiration);
	if (form->is_epoch_ms)
		is_ok = !text.is_string && parse_epoch_ms(&text, &out->expires_us);
	else
		is_ok = text.is_string &&
				DzTimestampParse(text.text, text.len, &out->expires_us);
	out->expires = is_ok;

	return is_ok || DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
								 "%s gave credentials whose %s is no time.",
								 form->source, form->expiration);
}

/* Digits alone; up to the year 9999 there are at most 15 of them. */
static bool
parse_epoch_ms(const DzMember *text, int64_t *us)
{
	int64_t ms = 0;

	if (text->len == 0 || text->len > 15)
		return false;
	for (size_t i = 0; i < text->len; i++)
	{
		if (!DzIsDigit(text->text[i]))
			return false;
		ms = ms * 10 + (text->text[i] - '0');
	}
	*us = ms * 1000;

	return true;
}

static bool
check_texts(const DzCredentials *credentials, const char *source,
			DzProblem *problem)
{
	if (credentials->access_key_id == NULL ||
		credentials->secret_access_key == NULL)
		return DzProblemSet(
			problem, DZ_PROBLEM_ANSWER, "", "%s gave no %s.", source,
			credentials->access_key_id == NULL ? "access key id"
											   : "secret access key");
	/* Credential=<id>/<scope>, SignedHeaders=... */
	if (!is_visible(credentials->access_key_id, MAX_KEY_LEN) ||
		strpbrk(credentials->access_key_id, "/,=") != NULL)
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER,
							"Look for quotes, spaces or a line end in it.",
							"%s gave an access key id that is none.", source);
	if (!is_visible(credentials->secret_access_key, MAX_SECRET_LEN))
		return DzProblemSet(
			problem, DZ_PROBLEM_ANSWER, "Look for spaces or a line end in it.",
			"%s gave a secret access key that is none.", source);
	if (credentials->session_token != NULL &&
		!is_visible(credentials->session_token, MAX_TOKEN_LEN))
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER,
							"Look for spaces or a line end in it.",
							"%s gave a session token that is none.", source);
	if (credentials->account_id != NULL &&
		!is_visible(credentials->account_id, MAX_ACCOUNT_LEN))
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
							"%s gave an account id that is none.", source);

	return true;
}

/* Printable ASCII without spaces. */
static bool
is_visible(const char *text, size_t max)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
	{
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	}

	return len <= max;
}

static bool
equals(const DzMember *text, const char *word)
{
	return text->len == strlen(word) &&
		   memcmp(text->text, word, text->len) == 0;
}

bool
DzSsoTokenRead(DzMemberFn member, void *arg, int64_t now_us,
			   const char **token, size_t *len, DzProblem *problem)
{
	static const char sign_in[] =
		"Run \"aws sso login\" as the server's operating system user.";
	DzMember text;
	int64_t expires_us;

	if (!member(arg, "accessToken", &text) || !text.is_string ||
		text.len == 0 || text.len > MAX_TOKEN_LEN)
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER, sign_in,
							"The cached token of IAM Identity Center has no "
							"accessToken.");
	for (size_t i = 0; i < text.len; i++)
	{
		if (text.text[i] <= ' ' || text.text[i] > '~')
			return DzProblemSet(problem, DZ_PROBLEM_ANSWER, sign_in,
								"The cached accessToken of IAM Identity "
								"Center is no token.");
	}
	*token = text.text;
	*len = text.len;

	if (!member(arg, "expiresAt", &text) || !text.is_string ||
		!DzTimestampParse(text.text, text.len, &expires_us))
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER, sign_in,
							"The cached token of IAM Identity Center has no "
							"expiresAt.");
	if (expires_us <= now_us)
		return DzProblemSet(problem, DZ_PROBLEM_ANSWER, sign_in,
							"The cached token of IAM Identity Center has "
							"expired.");

	return true;
}

int64_t
DzRefreshAtUs(const DzCredentials *credentials, int64_t fetched_us,
			  double random01)
{
	int64_t ahead = EARLIEST_US;
	int64_t life;

	if (!credentials->expires)
		return INT64_MAX;
	life = credentials->expires_us - fetched_us;
	if (life / 4 < ahead)
		ahead = life > 0 ? life / 4 : 0;

	/* not all processes at once: the last third is a matter of chance */
	ahead -=
		(int64_t) ((double) ahead * random01 *
				   (double) (EARLIEST_US - LATEST_US) / (double) EARLIEST_US);

	return credentials->expires_us - ahead;
}

int64_t
DzRefreshRetryAtUs(int64_t now_us, int nfailures, double random01)
{
	int64_t delay = US_PER_SECOND;

	for (int i = 1; i < nfailures && delay < MAX_RETRY_US; i++)
		delay *= 2;
	if (delay > MAX_RETRY_US)
		delay = MAX_RETRY_US;

	return now_us + delay - (int64_t) ((double) delay * random01 / 2);
}

DzFreshness
DzCredentialsFreshness(const DzCredentials *credentials, int64_t refresh_at_us,
					   int64_t now_us)
{
	if (!credentials->expires)
		return DZ_FRESH;
	if (now_us >= credentials->expires_us)
		return DZ_EXPIRED;

	return now_us >= refresh_at_us ? DZ_REFRESH_DUE : DZ_FRESH;
}

bool
DzCredentialsExtend(DzCredentials *credentials, int64_t now_us,
					double random01)
{
	if (!credentials->expires || credentials->expires_us > now_us)
		return false;
	credentials->expires_us =
		now_us + LATEST_US +
		(int64_t) ((double) (EARLIEST_US - LATEST_US) * random01);

	return true;
}
