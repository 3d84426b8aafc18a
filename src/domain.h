/*-------------------------------------------------------------------------
 *
 * domain.h
 *		What the identifier of a DataZone domain looks like.
 *
 * The one pattern of the service's model that is checked on this side: in a
 * server's options and in each call's params.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_DOMAIN_H
#define DATAZONE_DOMAIN_H

#define DZ_DOMAIN_PREFIX_LEN 4 /* "dzd-" or "dzd_" */
#define DZ_DOMAIN_NAME_MAX 36

/* The model's pattern for DomainId: dzd[-_][a-zA-Z0-9_-]{1,36} */
static inline bool
DzIsDomainId(const char *text, size_t len)
{
	if (len <= DZ_DOMAIN_PREFIX_LEN ||
		len > DZ_DOMAIN_PREFIX_LEN + DZ_DOMAIN_NAME_MAX ||
		memcmp(text, "dzd", 3) != 0 || (text[3] != '-' && text[3] != '_'))
		return false;

	/* not isalnum(): that asks the locale */
	for (size_t i = DZ_DOMAIN_PREFIX_LEN; i < len; i++)
	{
		char c = text[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			  (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return true;
}

#endif /* DATAZONE_DOMAIN_H */
