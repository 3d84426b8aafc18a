/*-------------------------------------------------------------------------
 *
 * profile_test.c
 *		The shared config and credentials files.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/profile.h"

#include "fake.h"
#include "shared.h"
#include "tap.h"

/*
 * What is expected is either the profiles, written as "kind name{key=value}",
 * LF as '|', or what the problem's detail contains, after a '!'.
 */
static const struct
{
	const char *name;
	const char *config;
	const char *credentials;
	const char *expected;
} cases[] = {
	{"no file", NULL, NULL, ""},
	{"comments alone", "# a\n; b\n\n", "", ""},
	{"default and another", "[default]\nregion=eu-west-1\n[profile etl]\n",
	 NULL, "profile default{region=eu-west-1}profile etl{}"},
	{"a byte order mark", "\xef\xbb\xbf[default]\na = b", NULL,
	 "profile default{a=b}"},
	{"lines of Windows", "[default] \r\n\r\na = b \r\n  c\r\n", NULL,
	 "profile default{a=b|c}"},
	{"the last line has no end", "[default]\na = b", NULL,
	 "profile default{a=b}"},
	{"names have all their characters", "[profile a-b/c.d%e@f_g:h+1]\n",
	 "[a-b/c.d%e@f_g:h+1]\nx=y\n", "profile a-b/c.d%e@f_g:h+1{x=y}"},
	{"names keep their case", "[profile A]\n[profile a]\n", NULL,
	 "profile A{}profile a{}"},
	{"keys do not", "[default]\nReGion = EU\n", NULL,
	 "profile default{region=EU}"},
	{"a value with = and [", "[default]\na = b=[c]\n", NULL,
	 "profile default{a=b=[c]}"},
	{"a value that begins with #", "[default]\na = # b\nc =#d\n", NULL,
	 "profile default{a=,c=#d}"},
	{"a comment after a tab", "[default]\na = b\t; c\n", NULL,
	 "profile default{a=b}"},
	{"the credentials file wins", "[default]\na=1\nb=1\n",
	 "[default]\nb=2\nc=2\n", "profile default{a=1,b=2,c=2}"},
	{"[profile default] before", "[profile default]\na=1\n[default]\nb=2\n",
	 "[default]\nc=3\n", "profile default{a=1,c=3}"},
	{"[profile default] after", "[default]\nb=2\n[profile default]\na=1\n",
	 "[default]\nc=3\n", "profile default{a=1,c=3}"},
	{"sections of all kinds",
	 "[sso-session s]\nsso_region=x\n[services v]\n[profile p]\n", NULL,
	 "session s{sso_region=x}services v{}profile p{}"},
	{"of the same name", "[sso-session n]\na=1\n[profile n]\na=2\n", NULL,
	 "session n{a=1}profile n{a=2}"},
	{"kinds that the credentials file has not", NULL,
	 "[profile p]\na=1\n[sso-session s]\na=1\n[services v]\na=1\n[p]\n",
	 "profile p{}"},
	{"sections without a prefix", "[p]\na=1\n[plugins]\nb=2\n[]\nc=3\n", NULL,
	 ""},
	{"a prefix without a name", "[profile]\na=1\n[profile ]\na=1\n", NULL, ""},
	{"a key that is none", "[default]\na b = c\n  d\ne = f\n", NULL,
	 "profile default{e=f}"},
	{"sub-properties",
	 "[services v]\ndatazone =\n  endpoint_url = u\n\n"
	 "\t# not this\n  Other=2\nsts=\n endpoint_url=w\n",
	 NULL,
	 "services v{datazone=|endpoint_url = u|Other=2,"
	 "datazone|endpoint_url=u,datazone|other=2,sts=|endpoint_url=w,"
	 "sts|endpoint_url=w}"},
	{"sub-properties go with their parent",
	 "[services v]\nx=\n a=1\nx=\n b=2\n", NULL, "services v{x=|b=2,x|b=2}"},
	{"also for a plain value", "[profile p]\nx=\n a=1\nx=3\n", NULL,
	 "profile p{x=3}"},
	{"those of the credentials file stay", "[profile p]\nx=\n a=1\n",
	 "[p]\nx=\n b=2\n", "profile p{x=|b=2,x|b=2}"},

	{"no bracket", "[default\n", NULL, "!line 1: the header of a section"},
	{"text behind the bracket", "[default] x\n", NULL,
	 "!line 1: the header of a section"},
	{"a bracket alone", "\n[\n", NULL, "!line 2: the header of a section"},
	{"no section", "\n\na=b\n", NULL, "!line 3: a property stands before"},
	{"no section, indented", " a=b\n", NULL,
	 "!line 1: an indented line stands before"},
	{"no =", "[default]\nhello\n", NULL,
	 "!line 2: a property must have the form"},
	{"no =, in a section that is ignored", "[x]\nhello\n", NULL,
	 "!line 2: a property must have the form"},
	{"no key", "[default]\n = b\n", NULL, "!line 2: an indented line"},
	{"no key, not indented", "[default]\n= b\n", NULL,
	 "!line 2: a property must have a key"},
	{"continuation of a header", "[default]\n b\n", NULL,
	 "!line 2: an indented line continues no property"},
	{"a sub-property without =", "[default]\na=\n b\n", NULL,
	 "!line 3: a sub-property must have the form"},
	{"a sub-property without a key", "[default]\na=\n =b\n", NULL,
	 "!line 3: a sub-property must have a key"},
	{"the credentials file is named", "[default]\n", "oops\n",
	 "!file \"/s\", line 1"},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static void
append(char *out, size_t size, const char *text)
{
	size_t len = strlen(out);

	for (; *text != '\0' && len + 1 < size; text++)
		out[len++] = *text == '\n' ? '|' : *text;
	out[len] = '\0';
}

static void
dump(const DzProfiles *profiles, char *out, size_t size)
{
	static const char *const kinds[] = {"profile ", "session ", "services "};

	out[0] = '\0';
	for (int i = 0; i < profiles->nsections; i++)
	{
		const DzSection *section = &profiles->sections[i];

		append(out, size, kinds[section->kind]);
		append(out, size, section->name);
		append(out, size, "{");
		for (int j = 0; j < section->nproperties; j++)
		{
			append(out, size, j > 0 ? "," : "");
			append(out, size, section->properties[j].key);
			append(out, size, "=");
			append(out, size, section->properties[j].value);
		}
		append(out, size, "}");
	}
}

static void
test_cases(void)
{
	for (size_t i = 0; i < NELEMS(cases); i++)
	{
		DzProfiles profiles = {0};
		const char *expected = cases[i].expected;
		bool is_ok =
			fake_profiles(&profiles, cases[i].config, cases[i].credentials);
		char text[2048];

		if (expected[0] == '!')
		{
			tap_ok(!is_ok, "%s: refused", cases[i].name);
			tap_ok(strstr(profiles.problem.detail, expected + 1) != NULL,
				   "%s: %s", cases[i].name, profiles.problem.detail);
			tap_ok(profiles.problem.kind == DZ_PROBLEM_SYNTAX &&
					   profiles.problem.hint[0] != '\0',
				   "%s: with a hint", cases[i].name);
		}
		else
		{
			tap_ok(is_ok, "%s: taken", cases[i].name);
			dump(&profiles, text, sizeof(text));
			tap_text(text, expected, "%s: what it says", cases[i].name);
		}
		DzProfilesFree(&profiles);
		tap_int(profiles.nsections, 0, "%s: freed", cases[i].name);
	}
}

/* The order in which the files are read does not matter. */
static void
test_order(void)
{
	static const char config[] = "[profile p]\na=1\nx=\n b=1\ny=\n c=1\n"
								 "[default]\nd=1\n[profile default]\ne=1\n";
	static const char credentials[] = "[p]\na=2\ny=\n d=2\n[default]\nf=1\n";
	DzProfiles profiles = {0};
	const DzSection *p;

	tap_ok(DzProfilesRead(&profiles, DZ_CREDENTIALS_FILE, "/s", credentials,
						  strlen(credentials)) &&
			   DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c", config,
							  strlen(config)),
		   "the credentials file first");
	p = DzProfilesFind(&profiles, DZ_SECTION_PROFILE, "p");
	tap_text(DzSectionGet(p, "a"), "2", "it wins");
	tap_text(DzSectionFindSub(p, "x", "b") != NULL
				 ? DzSectionFindSub(p, "x", "b")->value
				 : NULL,
			 "1", "sub-properties of the other file");
	tap_ok(DzSectionFindSub(p, "y", "c") == NULL &&
			   DzSectionFindSub(p, "y", "d") != NULL,
		   "and none of a property that was not taken");
	p = DzProfilesFind(&profiles, DZ_SECTION_PROFILE, "default");
	tap_text(DzSectionGet(p, "d"), NULL, "[default] has no say");
	tap_text(DzSectionGet(p, "e"), "1", "[profile default] has");
	tap_text(DzSectionGet(p, "f"), "1", "and the credentials file, too");
	DzProfilesFree(&profiles);
}

static void
test_lookup(void)
{
	DzProfiles profiles = {0};
	const DzSection *section;
	const DzProperty *property;
	char text[DZ_PROPERTY_TEXT_SIZE];

	tap_ok(fake_profiles(&profiles,
						 "[profile p]\na=\nb=1\n[services v]\nb =\n c = 2\n",
						 "[p]\nsecret=x\n"),
		   "two files");
	section = DzProfilesFind(&profiles, DZ_SECTION_PROFILE, "p");
	tap_text(DzSectionGet(section, "a"), NULL, "an empty value is none");
	tap_text(DzSectionGet(section, "c"), NULL, "nor is another's");
	tap_text(DzSectionGet(NULL, "b"), NULL, "no section has none");
	property = DzSectionFind(section, "secret");
	DzPropertyDescribe(&profiles, section, property, text, sizeof(text));
	tap_text(text, "key secret of profile \"p\" (file \"/s\", line 2)",
			 "where a property stands");
	DzSectionDescribe(&profiles, section, text, sizeof(text));
	tap_text(text, "profile \"p\" (file \"/c\", line 1)",
			 "where a section stands");
	tap_ok(DzProfilesFind(&profiles, DZ_SECTION_SERVICES, "p") == NULL,
		   "a profile is no services section");
	section = DzProfilesFind(&profiles, DZ_SECTION_SERVICES, "v");
	property = DzSectionFindSub(section, "b", "c");
	DzPropertyDescribe(&profiles, section, property, text, sizeof(text));
	tap_text(text, "key b.c of services \"v\" (file \"/c\", line 5)",
			 "where a sub-property's parent stands");
	DzProfilesFree(&profiles);
}

static void
test_warnings(void)
{
	DzProfiles profiles = {0};

	tap_ok(fake_profiles(&profiles, "[old]\n[default]\n\na b=1\n",
						 "[in valid]\n"),
		   "what is ignored is no error");
	tap_int(profiles.nwarnings, 3, "but is told");
	tap_int(profiles.warnings[0].line, 1, "a section without a prefix");
	tap_int(profiles.warnings[1].line, 4, "a key that is none");
	tap_int((int64_t) profiles.warnings[2].file, DZ_CREDENTIALS_FILE,
			"a section of the credentials file");
	DzProfilesFree(&profiles);
}

/* Above a limit there is an error, and nothing overruns. */
static void
test_limits(void)
{
	size_t size = DZ_PROFILE_MAX_FILE + 2;
	char *text = tap_alloc(size);
	char *p = text;
	DzProfiles profiles = {0};

	memset(text, '\n', size);
	tap_ok(DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c", text,
						  DZ_PROFILE_MAX_FILE),
		   "a file of the largest size");
	tap_ok(!DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c", text,
						   DZ_PROFILE_MAX_FILE + 1),
		   "one byte more is refused");
	DzProfilesFree(&profiles);

	for (int i = 0; i <= DZ_PROFILE_MAX_SECTIONS; i++)
		p += sprintf(p, "[profile p%d]\n", i);
	tap_ok(!DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c", text,
						   (size_t) (p - text)),
		   "too many sections: %s", profiles.problem.detail);
	DzProfilesFree(&profiles);

	p = text + sprintf(text, "[default]\n");
	for (int i = 0; i <= DZ_PROFILE_MAX_PROPERTIES; i++)
		p += sprintf(p, "k%d=v\n", i);
	tap_ok(!DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c", text,
						   (size_t) (p - text)),
		   "too many properties: %s", profiles.problem.detail);
	DzProfilesFree(&profiles);

	tap_ok(!DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c",
						   "[default]\na=b\0c\n", 16),
		   "a NUL: %s", profiles.problem.detail);
	tap_ok(!DzProfilesRead(&profiles, DZ_CREDENTIALS_FILE, "/s", "", 0),
		   "after a problem nothing is read");
	DzProfilesFree(&profiles);
	DzProfilesUnreadable(&profiles, DZ_CONFIG_FILE, "/c\n", "Is a directory");
	tap_text(profiles.problem.detail,
			 "The AWS config file \"/c?\" could not be read: Is a directory.",
			 "a file that cannot be read");
	DzProfilesFree(&profiles);
	free(text);
}

/* ---- the SDKs' cases ---- */

/* What our detail says for an error that a case expects. */
static const char *
our_words(const char *error)
{
	static const struct
	{
		const char *theirs;
		const char *ours;
	} words[] = {
		{"Profile definition must end with ']'", "header of a section"},
		{"Expected a profile definition", "before the first section"},
		{"Property did not have a name", "must have a key before its"},
		{"Expected an '=' sign defining a property", "form \"key = value\""},
		{"Expected a property definition", "continues no property"},
		{"Expected an '=' sign defining a sub-property",
		 "a sub-property must have the form"},
		{"Sub-property did not have a name",
		 "a sub-property must have a key before its"}};

	for (size_t i = 0; i < NELEMS(words); i++)
	{
		if (strncmp(error, words[i].theirs, strlen(words[i].theirs)) == 0 &&
			(error[strlen(words[i].theirs)] == '\0' ||
			 error[strlen(words[i].theirs)] == ','))
			return words[i].ours;
	}

	return error;
}

/* Sections of one kind as an object; sub-properties are not told there. */
static json_t *
to_json(const DzProfiles *profiles, DzSectionKind kind)
{
	json_t *all = json_pack("{}");

	for (int i = 0; i < profiles->nsections; i++)
	{
		const DzSection *section = &profiles->sections[i];
		json_t *one = json_pack("{}");

		for (int j = 0; j < section->nproperties; j++)
		{
			if (strchr(section->properties[j].key, '\n') == NULL)
				json_object_set_new(one, section->properties[j].key,
									json_string(section->properties[j].value));
		}
		if (section->kind == kind)
			json_object_set(all, section->name, one);
		json_decref(one);
	}

	return all;
}

static void
test_shared_case(const json_t *c)
{
	const char *name = json_string_value(json_object_get(c, "name"));
	const json_t *input = json_object_get(c, "input");
	const json_t *output = json_object_get(c, "output");
	const char *error =
		json_string_value(json_object_get(output, "errorContaining"));
	const json_t *config = json_object_get(output, "config");
	const json_t *sessions = json_object_get(config, "sso_sessions");
	DzProfiles profiles = {0};
	bool is_ok = fake_profiles(
		&profiles, json_string_value(json_object_get(input, "configFile")),
		json_string_value(json_object_get(input, "credentialsFile")));
	json_t *found = to_json(&profiles, DZ_SECTION_PROFILE);
	json_t *found_sessions = to_json(&profiles, DZ_SECTION_SSO_SESSION);

	if (error != NULL)
		tap_ok(!is_ok &&
				   strstr(profiles.problem.detail, our_words(error)) != NULL,
			   "shared: %s (%s)", name, profiles.problem.detail);
	else
		tap_ok(is_ok &&
				   json_equal(found, json_object_get(config, "profiles")) &&
				   (sessions == NULL || json_equal(found_sessions, sessions)),
			   "shared: %s", name);
	json_decref(found);
	json_decref(found_sessions);
	DzProfilesFree(&profiles);
}

static void
test_shared(void)
{
	static const char name[] = "credential-chain/profile-parser-tests.json";
	json_t *json;
	const json_t *tests;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	json = shared_json(name);
	tests = json_object_get(json, "tests");
	tap_int((int64_t) json_array_size(tests), 65, "65 shared cases");
	for (size_t i = 0; i < json_array_size(tests); i++)
		test_shared_case(json_array_get(tests, i));
	json_decref(json);
}

int
main(void)
{
	test_cases();
	test_order();
	test_lookup();
	test_warnings();
	test_limits();
	test_shared();

	return tap_done();
}
