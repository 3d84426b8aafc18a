/*-------------------------------------------------------------------------
 *
 * profile.h
 *		The shared config and credentials files of the AWS tools.
 *
 * Pure: the caller reads the files.  Source of the rules: "Shared config and
 * credentials files" in the AWS SDKs and Tools reference guide, and where
 * that is silent, what the SDKs agree on.
 *
 * Wording:  a *section* is what a header in brackets begins: a profile, an
 * sso-session or a services section; it has *properties*, key and value.  A
 * property whose value is empty may have indented *sub-properties*.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_PROFILE_H
#define DATAZONE_CREDENTIALS_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/problem.h"

#define DZ_PROFILE_MAX_FILE (1024 * 1024) /* bytes */
#define DZ_PROFILE_MAX_SECTIONS 10000
#define DZ_PROFILE_MAX_PROPERTIES 256 /* of a section, with their subs */
#define DZ_PROFILE_MAX_WARNINGS 16 /* that are kept */

typedef enum DzProfileFile
{
	DZ_CONFIG_FILE,
	DZ_CREDENTIALS_FILE /* its properties win over the config file's */
} DzProfileFile;

#define DZ_PROFILE_FILES 2

typedef enum DzSectionKind
{
	DZ_SECTION_PROFILE,
	DZ_SECTION_SSO_SESSION,
	DZ_SECTION_SERVICES
} DzSectionKind;

/*
 * The key is in lower case; a sub-property's is "parent\nname".  Lines of a
 * value that was continued are joined with LF; the value of a property with
 * sub-properties is their lines, each after an LF.
 */
typedef struct DzProperty
{
	char *key;
	char *value;
	DzProfileFile file;
	int line;
} DzProperty;

typedef struct DzSection
{
	DzSectionKind kind;
	char *name;
	bool is_prefixed; /* the config file has it as [profile name] */
	DzProfileFile file; /* where it was first seen */
	int line;
	DzProperty *properties;
	int nproperties;
	int maxproperties;
} DzSection;

/* Something that was ignored; "why" is a constant sentence. */
typedef struct DzProfileWarning
{
	DzProfileFile file;
	int line;
	const char *why;
} DzProfileWarning;

/* Zeroed = empty. */
typedef struct DzProfiles
{
	DzSection *sections;
	int nsections;
	int maxsections;
	char *paths[DZ_PROFILE_FILES]; /* of files that were read, or NULL */
	DzProfileWarning warnings[DZ_PROFILE_MAX_WARNINGS];
	int nwarnings; /* all of them, kept or not */
	DzProblem problem; /* of the first file that could not be read */
} DzProfiles;

/* Wipe and free; empty afterwards. */
extern void DzProfilesFree(DzProfiles *profiles);

/*
 * Read the text of one of the two files into "profiles", which merges them
 * whatever their order.  The caller wipes the text, which holds secrets.  "path" is for messages.  False: out of memory, or the
 * text is none that the tools accept; profiles->problem tells file and line,
 * and nothing in "profiles" is to be used.
 */
extern bool DzProfilesRead(DzProfiles *profiles, DzProfileFile file,
						   const char *path, const char *text, size_t len);

/*
 * For the caller that could not open or read a file that is there: the same
 * as a text that is not accepted.  "why" is strerror()'s.
 */
extern void DzProfilesUnreadable(DzProfiles *profiles, DzProfileFile file,
								 const char *path, const char *why);

/* The section of that name (in its case), or NULL. */
extern const DzSection *DzProfilesFind(const DzProfiles *profiles,
									   DzSectionKind kind, const char *name);

/*
 * A property by its lower-case key, or a sub-property by its parent's key and
 * its own.  NULL: there is none, or its value is empty, which is the same.
 */
extern const DzProperty *DzSectionFind(const DzSection *section,
									   const char *key);
extern const DzProperty *DzSectionFindSub(const DzSection *section,
										  const char *parent, const char *key);

/* The value alone; "section" may be NULL, too. */
extern const char *DzSectionGet(const DzSection *section, const char *key);

/* The path of the file that a section or property stands in. */
extern const char *DzProfilesPath(const DzProfiles *profiles,
								  DzProfileFile file);

/*
 * Write which property it is and where it stands, to be named in a problem:
 * 'key region of profile "x" (file "/etc/aws/config", line 3)'.
 */
#define DZ_PROPERTY_TEXT_SIZE 512
extern void DzPropertyDescribe(const DzProfiles *profiles,
							   const DzSection *section,
							   const DzProperty *property, char *out,
							   size_t size);

/* The same for a section: 'profile "x" (file "/etc/aws/config", line 1)'. */
extern void DzSectionDescribe(const DzProfiles *profiles,
							  const DzSection *section, char *out,
							  size_t size);

/*
 * profile.c, for the parser alone.  Each returns false when out of memory or
 * above a limit, and sets profiles->problem then.
 */
extern int DzProfilesSection(DzProfiles *profiles, DzSectionKind kind,
							 const char *name, size_t len, DzProfileFile file,
							 int line);
extern bool DzSectionSet(DzProfiles *profiles, int section, const char *key,
						 const char *value, DzProfileFile file, int line);
extern void DzSectionForget(DzSection *section, DzProfileFile file);

#endif /* DATAZONE_CREDENTIALS_PROFILE_H */
