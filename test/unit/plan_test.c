/*-------------------------------------------------------------------------
 *
 * plan_test.c
 *		Which source of credentials a profile or the default chain means.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/plan.h"

#include "fake.h"
#include "shared.h"
#include "tap.h"

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))
#define KEYS "aws_access_key_id = id\naws_secret_access_key = secret\n"
#define ARN "arn:aws:iam::123456789012:role/"
#define ENV_KEYS "AWS_ACCESS_KEY_ID=eid\nAWS_SECRET_ACCESS_KEY=esecret\n"
#define PAIR_A "[profile A]\nrole_arn = " ARN "A\nsource_profile = B\n"

/*
 * What DzPlanDescribe() says and a few values behind it, or, after a '!', what
 * the problem's detail contains.  "profile" NULL: the default chain.
 */
static const struct
{
	const char *name;
	const char *lines;
	const char *config;
	const char *credentials;
	const char *profile;
	const char *expected;
} cases[] = {
	/* ---- the default chain ---- */
	{"nothing", "", NULL, NULL, NULL,
	 "instance metadata service http://169.254.169.254"},
	{"nothing, and no instance", "AWS_EC2_METADATA_DISABLED=true\n", NULL,
	 NULL, NULL, "!Neither the server's environment nor profile \"default\""},
	{"keys", ENV_KEYS, "[default]\n" KEYS, NULL, NULL,
	 "environment, access keys eid/esecret"},
	{"keys with a token", ENV_KEYS "AWS_SESSION_TOKEN=et\nAWS_ACCOUNT_ID=7\n",
	 NULL, NULL, NULL, "environment, access keys eid/esecret/et@7"},
	{"keys and a broken file", ENV_KEYS, "oops\n", NULL, NULL,
	 "environment, access keys eid/esecret"},
	{"blank keys", "AWS_ACCESS_KEY_ID= \nAWS_SECRET_ACCESS_KEY=\n",
	 "[default]\n" KEYS, NULL, NULL,
	 "profile \"default\", access keys id/secret"},
	{"half a pair", "AWS_ACCESS_KEY_ID=a\n", "[default]\n" KEYS, NULL, NULL,
	 "!AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"},
	{"the other half", "AWS_SECRET_ACCESS_KEY=a\n", NULL, NULL, NULL,
	 "!AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID"},
	{"a broken file", "", "oops\n", NULL, NULL, "!file \"/c\", line 1"},
	{"a profile of the credentials file", "AWS_PROFILE=p\n", NULL,
	 "[p]\n" KEYS "aws_session_token=t\naws_account_id=9\n", NULL,
	 "profile \"p\", access keys id/secret/t@9"},
	{"a profile that is not there", "AWS_PROFILE=nope\n", "[default]\n" KEYS,
	 NULL, NULL, "!There is no profile \"nope\" in the AWS config file"},
	{"the default one need not be there", "AWS_PROFILE=default\n", NULL, NULL,
	 NULL, "instance metadata service http://169.254.169.254"},
	{"a profile without credentials", "AWS_PROFILE=p\n",
	 "[profile p]\nregion=x\nec2_metadata_service_endpoint_mode=IPv6\n", NULL,
	 NULL, "instance metadata service http://[fd00:ec2::254]"},
	{"half a pair in a profile", "", "[default]\naws_access_key_id=a\n", NULL,
	 NULL, "!has aws_access_key_id without aws_secret_access_key"},
	{"web identity",
	 "AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_ROLE_ARN=" ARN
	 "W\nAWS_ROLE_SESSION_NAME=n\n",
	 NULL, NULL, NULL, "web identity (role " ARN "W) /t n"},
	{"web identity without a role", "AWS_WEB_IDENTITY_TOKEN_FILE=/t\n", NULL,
	 NULL, NULL, "!AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN"},
	{"a role alone is nothing", "AWS_ROLE_ARN=" ARN "W\n", NULL, NULL, NULL,
	 "instance metadata service http://169.254.169.254"},
	{"web identity before containers",
	 "AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_ROLE_ARN=" ARN
	 "W\nAWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/c\n",
	 NULL, NULL, NULL, "web identity (role " ARN "W) /t"},
	{"a container",
	 "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/c\n"
	 "AWS_CONTAINER_AUTHORIZATION_TOKEN=z\n",
	 NULL, NULL, NULL, "container credentials http://169.254.170.2/c token z"},
	{"a container with a file",
	 "AWS_CONTAINER_CREDENTIALS_FULL_URI="
	 "http://169.254.170.23/v1\n"
	 "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/z\n",
	 NULL, NULL, NULL, "container credentials http://169.254.170.23/v1 /z"},
	{"a container that is refused",
	 "AWS_CONTAINER_CREDENTIALS_FULL_URI="
	 "http://evil/\n",
	 NULL, NULL, NULL, "!plain http"},
	{"a metadata service that is none",
	 "AWS_EC2_METADATA_SERVICE_ENDPOINT=x\n", NULL, NULL, NULL,
	 "!AWS_EC2_METADATA_SERVICE_ENDPOINT is not usable"},

	/* ---- a profile by its name ---- */
	{"that one, whatever the environment has", ENV_KEYS, NULL, "[p]\n" KEYS,
	 "p", "profile \"p\", access keys id/secret"},
	{"which must be there", ENV_KEYS, NULL, NULL, "default",
	 "!There is no profile \"default\""},
	{"and have credentials", ENV_KEYS, "[default]\nregion=x\n", NULL,
	 "default", "!Profile \"default\" has no credentials."},
	{"a process", "",
	 "[profile p]\ncredential_process = a \"b c\" | d\n"
	 "aws_account_id = 3\n" KEYS,
	 NULL, "p", "profile \"p\", process a \"b c\" | d @3"},
	{"web identity of a profile", "AWS_ROLE_ARN=" ARN "no\nHOME=/h\n",
	 "[profile p]\nrole_arn = " ARN
	 "P\nweb_identity_token_file = ~/t\nrole_session_name = n\n",
	 NULL, "p", "profile \"p\", web identity (role " ARN "P) /h/t n"},
	{"whose role is missing", "AWS_ROLE_ARN=" ARN "no\n",
	 "[profile p]\nweb_identity_token_file = /t\n", NULL, "p",
	 "!profile \"p\" (file \"/c\", line 1) has web_identity_token_file "
	 "without role_arn"},
	{"whose file has no home", "",
	 "[profile p]\nrole_arn = " ARN "P\nweb_identity_token_file = ~/t\n", NULL,
	 "p", "!HOME is not set"},
	{"a source that has no role",
	 "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/c\n",
	 "[profile p]\ncredential_source = EcsContainer\n", NULL, "p",
	 "profile \"p\", container credentials http://169.254.170.2/c"},
	{"a sign-in that is not supported", "", "[profile p]\nlogin_session = x\n",
	 NULL, "p", "!login_session"},

	/* ---- roles ---- */
	{"a role", "", PAIR_A "[profile B]\n" KEYS, NULL, "A",
	 "profile \"B\", access keys, assumed (role " ARN "A) id/secret"},
	{"a role with all it may have", "",
	 "[profile A]\nrole_arn = " ARN "A\nsource_profile = A\nexternal_id = e\n"
	 "role_session_name = n\nduration_seconds = 3600\n" KEYS,
	 NULL, "A",
	 "profile \"A\", access keys, assumed (role " ARN
	 "A) id/secret [n e 3600]"},
	{"a role on a role", "",
	 PAIR_A "[profile B]\nrole_arn = " ARN
			"B\nsource_profile = C\n[profile C]\n" KEYS,
	 NULL, "A",
	 "profile \"C\", access keys, assumed (role " ARN "B), assumed (role " ARN
	 "A) id/secret"},
	{"a role in the environment", ENV_KEYS,
	 "[profile A]\nrole_arn = " ARN "A\ncredential_source = Environment\n",
	 NULL, "A",
	 "profile \"A\", environment, access keys, assumed (role " ARN
	 "A) eid/esecret"},
	{"which has no keys", "",
	 "[profile A]\nrole_arn = " ARN "A\ncredential_source = Environment\n",
	 NULL, "A", "!environment has no access keys"},
	{"a role in a container", "",
	 "[profile A]\nrole_arn = " ARN "A\ncredential_source = EcsContainer\n",
	 NULL, "A", "!Neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"},
	{"a role of an instance", "",
	 "[profile A]\nrole_arn = " ARN "A\ncredential_source = "
	 "Ec2InstanceMetadata\nec2_metadata_service_endpoint = http://m\n",
	 NULL, "A",
	 "profile \"A\", instance metadata service, assumed (role " ARN
	 "A) http://m"},
	{"which is off", "AWS_EC2_METADATA_DISABLED=true\n",
	 "[profile A]\nrole_arn = " ARN
	 "A\ncredential_source = Ec2InstanceMetadata\n",
	 NULL, "A", "!is switched off by AWS_EC2_METADATA_DISABLED"},
	{"a source that is none", "",
	 "[profile A]\nrole_arn = " ARN "A\ncredential_source = environment\n",
	 NULL, "A",
	 "!key credential_source of profile \"A\" (file \"/c\", line 3) names no"},
	{"both sources", "", PAIR_A "credential_source = Environment\n", NULL, "A",
	 "!has both source_profile and credential_source"},
	{"no source", "", "[profile A]\nrole_arn = " ARN "A\n" KEYS, NULL, "A",
	 "!has role_arn, but neither"},
	{"a source that is not there", "", PAIR_A, NULL, "A",
	 "!key source_profile of profile \"A\" (file \"/c\", line 3) names a "
	 "profile that does not exist"},
	{"a source without credentials", "", PAIR_A "[profile B]\n", NULL, "A",
	 "!profile \"B\" (file \"/c\", line 4) has no credentials"},
	{"a source without credentials stops the chain", "AWS_PROFILE=A\n",
	 PAIR_A "[profile B]\n", NULL, NULL, "!has no credentials"},
	{"a circle", "", PAIR_A "[profile B]\nrole_arn = x\nsource_profile = A\n",
	 NULL, "A", "!profile \"A\" (file \"/c\", line 1) is a source of itself"},
	{"a profile that is its own source, without keys", "",
	 "[profile A]\nrole_arn = x\nsource_profile = A\n", NULL, "A",
	 "!has no credentials"},
	{"a device", "", PAIR_A "mfa_serial = x\n[profile B]\n" KEYS, NULL, "A",
	 "!has mfa_serial"},
	{"a time that is none", "", PAIR_A "duration_seconds = 899\n", NULL, "A",
	 "!duration_seconds that is not between"},
	{"a time that is too long", "", PAIR_A "duration_seconds = 43201\n", NULL,
	 "A", "!duration_seconds that is not between"},
	{"a time in words", "", PAIR_A "duration_seconds = 900s\n", NULL, "A",
	 "!duration_seconds that is not between"},

	/* ---- IAM Identity Center ---- */
	{"a session", "HOME=/h\n",
	 "[profile p]\nsso_session = my-sso\nsso_account_id = 1\n"
	 "sso_role_name = r\n[sso-session my-sso]\nsso_region = eu-west-1\n"
	 "sso_start_url = https://x\n",
	 NULL, "p",
	 "profile \"p\", IAM Identity Center my-sso 1 r eu-west-1 https://x "
	 "/h/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json"},
	{"which the profile repeats", "HOME=/h\n",
	 "[profile p]\nsso_session = my-sso\nsso_account_id = 1\n"
	 "sso_role_name = r\nsso_region = eu-west-1\n[sso-session my-sso]\n"
	 "sso_region = eu-west-1\nsso_start_url = https://x\n",
	 NULL, "p",
	 "profile \"p\", IAM Identity Center my-sso 1 r eu-west-1 https://x "
	 "/h/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json"},
	{"or contradicts", "HOME=/h\n",
	 "[profile p]\nsso_session = s\nsso_account_id = 1\n"
	 "sso_role_name = r\nsso_region = eu-west-2\n[sso-session s]\n"
	 "sso_region = eu-west-1\nsso_start_url = https://x\n",
	 NULL, "p", "!another sso_region"},
	{"without a session", "HOME=/h\n",
	 "[profile p]\nsso_account_id = 1\nsso_role_name = r\n"
	 "sso_region = eu-west-1\nsso_start_url = https://x\n",
	 NULL, "p",
	 "profile \"p\", IAM Identity Center - 1 r eu-west-1 https://x "
	 "/h/.aws/sso/cache/98383e6608d65e46b24bbd92582bc8d916605a21.json"},
	{"no home", "",
	 "[profile p]\nsso_account_id = 1\nsso_role_name = r\n"
	 "sso_region = eu-west-1\nsso_start_url = https://x\n",
	 NULL, "p", "!HOME is not set"},
	{"a Region that is none", "HOME=/h\n",
	 "[profile p]\nsso_account_id = 1\nsso_role_name = r\n"
	 "sso_region = e/\nsso_start_url = https://x\n",
	 NULL, "p", "!sso_region that is no name of a Region"},
	{"no start URL", "HOME=/h\n",
	 "[profile p]\nsso_account_id = 1\nsso_role_name = r\n"
	 "sso_region = eu-west-1\n",
	 NULL, "p", "!has no sso_start_url"},
	{"no such session", "HOME=/h\n", "[profile p]\nsso_session = s\n", NULL,
	 "p", "!sso_session that does not exist"},
	{"a session without a Region", "HOME=/h\n",
	 "[profile p]\nsso_session = s\n[sso-session s]\nsso_start_url = x\n",
	 NULL, "p", "!sso-session \"s\" (file \"/c\", line 3) has no sso_region"},
	{"a token and no credentials", "HOME=/h\n",
	 "[profile p]\nsso_session = s\n[sso-session s]\nsso_start_url = x\n"
	 "sso_region = eu-west-1\n",
	 NULL, "p", "!gives an access token and no credentials"},
};

static void
add(char *out, size_t size, const char *format, const char *text)
{
	size_t len = strlen(out);

	if (text != NULL)
		(void) snprintf(out + len, size - len, format, text);
}

static void
describe(const DzPlan *plan, char *out, size_t size)
{
	DzPlanDescribe(plan, out, size);
	add(out, size, " %s", plan->access_key_id);
	add(out, size, "/%s", plan->secret_access_key);
	add(out, size, "/%s", plan->session_token);
	add(out, size, " %s", plan->command);
	if (plan->base == DZ_BASE_SSO)
	{
		add(out, size, " %s",
			plan->sso_session != NULL ? plan->sso_session : "-");
		add(out, size, " %s", plan->sso_account_id);
		add(out, size, " %s", plan->sso_role_name);
		add(out, size, " %s", plan->sso_region);
		add(out, size, " %s", plan->sso_start_url);
		add(out, size, " %s", plan->sso_token_path);
	}
	add(out, size, " %s", plan->uri);
	add(out, size, " %s", plan->token_file);
	add(out, size, " token %s", plan->token);
	add(out, size, " %s", plan->web_role.session_name);
	if (plan->base == DZ_BASE_KEYS)
		add(out, size, "@%s", plan->account_id);
	else if (plan->base == DZ_BASE_PROCESS)
		add(out, size, " @%s", plan->account_id);
	for (int i = 0; i < plan->nroles; i++)
	{
		const DzRole *role = &plan->roles[i];
		char duration[32];

		if (role->session_name == NULL)
			continue;
		(void) snprintf(duration, sizeof(duration), " %d]",
						role->duration_seconds);
		add(out, size, " [%s", role->session_name);
		add(out, size, " %s", role->external_id);
		add(out, size, "%s", duration);
	}
}

static void
test_case(size_t i)
{
	const char *expected = cases[i].expected;
	FakeLines lines = {.lines = cases[i].lines};
	DzEnvironment env = {fake_get_line, &lines};
	DzProfiles profiles = {0};
	DzProblem problem = {0};
	DzPlan plan = {0};
	char text[1024];
	bool is_ok;

	(void) fake_profiles(&profiles, cases[i].config, cases[i].credentials);
	is_ok = cases[i].profile == NULL
				? DzPlanDefault(&plan, &env, &profiles, &problem)
				: DzPlanProfile(&plan, &env, &profiles, cases[i].profile,
								&problem);
	if (expected[0] == '!')
	{
		tap_ok(!is_ok && strstr(problem.detail, expected + 1) != NULL,
			   "%s: %s", cases[i].name, problem.detail);
		tap_ok(problem.kind != DZ_PROBLEM_NONE && problem.hint[0] != '\0',
			   "%s: with a hint", cases[i].name);
	}
	else
	{
		describe(&plan, text, sizeof(text));
		tap_text(is_ok ? text : problem.detail, expected, "%s", cases[i].name);
		tap_int((int64_t) problem.kind, DZ_PROBLEM_NONE, "%s: no problem",
				cases[i].name);
	}
	DzPlanFree(&plan);
	DzProfilesFree(&profiles);
}

/* What a user mapping has: keys, and a role on top. */
static void
test_mapping(void)
{
	DzPlan plan = {0};
	DzProblem problem = {0};
	char text[256];

	tap_ok(DzPlanKeys(&plan, "i", "s", NULL, &problem) &&
			   DzPlanAddRole(&plan, ARN "M", "n", "e", 0, &problem),
		   "keys and a role");
	describe(&plan, text, sizeof(text));
	tap_text(text, "access keys, assumed (role " ARN "M) i/s [n e 0]",
			 "what they are");
	for (int i = 1; i < DZ_PLAN_MAX_ROLES; i++)
		(void) DzPlanAddRole(&plan, ARN "M", NULL, NULL, 0, &problem);
	tap_int(plan.nroles, DZ_PLAN_MAX_ROLES, "many roles");
	tap_ok(!DzPlanAddRole(&plan, ARN "M", NULL, NULL, 0, &problem),
		   "too many: %s", problem.detail);
	DzPlanDescribe(&plan, text, 20);
	tap_text(text, "access keys, assume", "a description is cut");
	DzPlanFree(&plan);
	tap_ok(plan.base == DZ_BASE_NONE && plan.nroles == 0, "freed");
}

/* The letters for the user agent; the profile is A. */
static void
test_features(void)
{
	static const struct
	{
		const char *lines;
		const char *config;
		const char *expected;
	} features[] = {
		{ENV_KEYS, NULL, "g"},
		{"", NULL, "0"},
		{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/c\n", NULL, "z"},
		{"AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_ROLE_ARN=" ARN "W\n", NULL,
		 "h,k"},
		{"", "[profile A]\n" KEYS, "n"},
		{"", "[profile A]\ncredential_process = x\n", "v,w"},
		{"", "[profile A]\nrole_arn = " ARN "A\nweb_identity_token_file = t\n",
		 "q,k"},
		{"", PAIR_A "[profile B]\n" KEYS, "o,n,i"},
		{"",
		 "[profile A]\nrole_arn = " ARN
		 "A\ncredential_source = Ec2InstanceMetadata\n",
		 "p,0,i"},
		{"HOME=/h\n",
		 "[profile A]\nsso_account_id = 1\nsso_role_name = r\n"
		 "sso_region = eu-west-1\nsso_start_url = https://x\n",
		 "t,u"},
		{"HOME=/h\n",
		 "[profile A]\nsso_session = s\nsso_account_id = 1\n"
		 "sso_role_name = r\n[sso-session s]\nsso_region = eu-west-1\n"
		 "sso_start_url = https://x\n",
		 "r,s"},
	};

	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
	{
		FakeLines lines = {.lines = features[i].lines};
		DzEnvironment env = {fake_get_line, &lines};
		DzProfiles profiles = {0};
		DzProblem problem = {0};
		DzPlan plan = {0};
		char letters[32];

		(void) fake_profiles(&profiles, features[i].config, NULL);
		if (features[i].config == NULL)
			(void) DzPlanDefault(&plan, &env, &profiles, &problem);
		else
			(void) DzPlanProfile(&plan, &env, &profiles, "A", &problem);
		DzPlanFeatures(&plan, false, letters, sizeof(letters));
		tap_text(letters, features[i].expected, "features %s",
				 features[i].expected);
		DzPlanFree(&plan);
		DzProfilesFree(&profiles);
	}
}

/* More profiles in a row than a plan has room for. */
static void
test_long_chain(void)
{
	DzEnvironment env = {fake_get_line, &(FakeLines){.lines = ""}};
	DzProfiles profiles = {0};
	DzProblem problem = {0};
	DzPlan plan = {0};
	char config[4096];
	char *p = config;

	for (int i = 0; i <= DZ_PLAN_MAX_ROLES; i++)
		p += sprintf(p, "[profile p%d]\nrole_arn=r\nsource_profile=p%d\n", i,
					 i + 1);
	(void) sprintf(p, "[profile p%d]\n" KEYS, DZ_PLAN_MAX_ROLES + 1);
	tap_ok(fake_profiles(&profiles, config, NULL), "a long chain");
	tap_ok(!DzPlanProfile(&plan, &env, &profiles, "p0", &problem),
		   "is refused: %s", problem.detail);
	DzPlanFree(&plan);
	tap_ok(DzPlanProfile(&plan, &env, &profiles, "p1", &problem),
		   "one shorter is not");
	tap_int(plan.nroles, DZ_PLAN_MAX_ROLES, "its roles");
	DzPlanFree(&plan);
	DzProfilesFree(&profiles);
}

/* ---- the SDKs' cases ---- */

static const char *
our_words(const char *error)
{
	static const struct
	{
		const char *theirs;
		const char *ours;
	} words[] = {
		{"profile must contain `source_profile`", "but neither source_prof"},
		{"profile contained both", "has both source_profile and"},
		{"profile missing aws_secret_access_key",
		 "without aws_secret_access_key"},
		{"profile missing aws_access_key_id", "without aws_access_key_id"},
		{"profile `B` did not contain credential information",
		 "has no credentials"},
		{"profile `A` did not contain credential information",
		 "Profile \"A\" has no credentials"},
		{"could not find source profile B", "a profile that does not exist"},
		{"No profiles were defined", "There is no profile \"A\""},
		{"profile formed an infinite loop", "is a source of itself"},
		{"`role_arn` was missing", "without role_arn"},
		{"if `sso_role_name` is set, then `sso_account_id`",
		 "sso_role_name without sso_account_id"},
		{"if `sso_account_id` is set, then `sso_role_name`",
		 "sso_account_id without sso_role_name"},
		{"`sso_region` can only be specified in the [sso-session]",
		 "has no sso_region"},
		{"sso-session named `oops`", "an sso_session that does not exist"}};

	for (size_t i = 0; i < NELEMS(words); i++)
	{
		if (strncmp(error, words[i].theirs, strlen(words[i].theirs)) == 0)
			return words[i].ours;
	}

	return error;
}

/* Sections of one kind, as a config file has them. */
static void
write_sections(DzBuffer *out, const char *prefix, const json_t *sections)
{
	const char *name;
	json_t *section;

	json_object_foreach((json_t *) sections, name, section)
	{
		const char *key;
		json_t *value;

		DzBufferAppendText(out, prefix);
		DzBufferAppendText(out, name);
		DzBufferAppendText(out, "]\n");
		json_object_foreach(section, key, value)
		{
			DzBufferAppendText(out, key);
			DzBufferAppendText(out, " = ");
			DzBufferAppendText(out, json_string_value(value));
			DzBufferAppendChar(out, '\n');
		}
	}
}

static void
set_text(json_t *object, const char *key, const char *value)
{
	if (value != NULL)
		json_object_set_new(object, key, json_string(value));
}

static json_t *
role_json(const DzRole *role)
{
	json_t *object = json_pack("{}");

	set_text(object, "role_arn", role->arn);
	set_text(object, "external_id", role->external_id);
	set_text(object, "role_session_name", role->session_name);

	return object;
}

/* The plan as the cases write it; a base of another kind is null. */
static json_t *
chain_json(const DzPlan *plan)
{
	json_t *chain = json_array();
	json_t *base = json_pack("{}");

	if (plan->base == DZ_BASE_KEYS)
	{
		set_text(base, "access_key_id", plan->access_key_id);
		set_text(base, "secret_access_key", plan->secret_access_key);
		set_text(base, "account_id", plan->account_id);
		json_array_append_new(chain, json_pack("{sO}", "AccessKey", base));
	}
	else if (plan->base == DZ_BASE_IMDS)
		json_array_append_new(
			chain, json_pack("{ss}", "NamedSource", "Ec2InstanceMetadata"));
	else if (plan->base == DZ_BASE_SSO)
	{
		set_text(base, "sso_session", plan->sso_session);
		set_text(base, "sso_account_id", plan->sso_account_id);
		set_text(base, "sso_role_name", plan->sso_role_name);
		set_text(base, "sso_region", plan->sso_region);
		set_text(base, "sso_start_url", plan->sso_start_url);
		json_array_append_new(chain, json_pack("{sO}", "Sso", base));
	}
	else if (plan->base == DZ_BASE_WEB_IDENTITY)
	{
		json_t *role = role_json(&plan->web_role);

		set_text(role, "web_identity_token_file", plan->token_file);
		json_array_append_new(chain,
							  json_pack("{so}", "WebIdentityToken", role));
	}
	else
		json_array_append_new(chain, json_null());
	json_decref(base);
	for (int i = 0; i < plan->nroles; i++)
		json_array_append_new(chain, json_pack("{so}", "AssumeRole",
											   role_json(&plan->roles[i])));

	return chain;
}

static void
test_shared_case(const json_t *c)
{
	const char *docs = json_string_value(json_object_get(c, "docs"));
	const json_t *input = json_object_get(c, "input");
	const json_t *output = json_object_get(c, "output");
	const char *error = json_string_value(json_object_get(output, "Error"));
	FakeLines lines = {.lines = "HOME=/h\n"};
	DzEnvironment env = {fake_get_line, &lines};
	DzProfiles profiles = {0};
	DzProblem problem = {0};
	DzBuffer text = {0};
	DzPlan plan = {0};
	json_t *chain;
	bool is_ok;

	DzBufferAppendText(&text, "");
	write_sections(&text, "[profile ", json_object_get(input, "profiles"));
	write_sections(&text, "[sso-session ",
				   json_object_get(input, "sso_sessions"));
	(void) fake_profiles(&profiles, text.data, NULL);
	is_ok = DzPlanProfile(
		&plan, &env, &profiles,
		json_string_value(json_object_get(input, "selected_profile")),
		&problem);
	chain = chain_json(&plan);
	if (strcmp(docs, "SSO token profile selected") == 0 && !is_ok)
		tap_skip(docs, "a bearer token signs nothing, so it is refused");
	else if (error != NULL)
		tap_ok(!is_ok && strstr(problem.detail, our_words(error)) != NULL,
			   "shared: %s (%s)", docs, problem.detail);
	else
		tap_ok(is_ok &&
				   json_equal(chain, json_object_get(output, "ProfileChain")),
			   "shared: %s", docs);
	json_decref(chain);
	DzPlanFree(&plan);
	DzBufferFree(&text);
	DzProfilesFree(&profiles);
}

static void
test_shared(void)
{
	static const char name[] = "credential-chain/assume-role-tests.json";
	json_t *json;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	json = shared_json(name);
	tap_int((int64_t) json_array_size(json), 28, "28 shared cases");
	for (size_t i = 0; i < json_array_size(json); i++)
		test_shared_case(json_array_get(json, i));
	json_decref(json);
}

int
main(void)
{
	for (size_t i = 0; i < NELEMS(cases); i++)
		test_case(i);
	test_mapping();
	test_features();
	test_long_chain();
	test_shared();

	return tap_done();
}
