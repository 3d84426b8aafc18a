/*-------------------------------------------------------------------------
 *
 * xml.h
 *		A small reader of XML, for the answers of STS.
 *
 * Pure.  Enough of XML 1.0 for what AWS's Query protocol sends: elements,
 * attributes (which are skipped), text, CDATA, comments, processing
 * instructions, the five named entities and character references.  A document
 * type declaration is refused, so there are no entities to expand.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_XML_H
#define DATAZONE_CREDENTIALS_XML_H

#include <stdbool.h>
#include <stddef.h>

#define DZ_XML_MAX_DEPTH 32
#define DZ_XML_MAX_PATH 1024

/*
 * Called at the end of each element that has no child elements.  "path" is its
 * name behind those of the elements around it, joined with '/', without
 * namespace prefixes: "ErrorResponse/Error/Code".  "text" is its content,
 * entities resolved and CDATA included, with a NUL behind it; both are gone
 * after the call, and the text is wiped.  False ends the reading.
 */
typedef bool (*DzXmlLeafFn)(void *arg, const char *path, const char *text,
							size_t len);

typedef enum DzXmlResult
{
	DZ_XML_DONE, /* well-formed as far as this goes; each leaf has been told */
	DZ_XML_REFUSED, /* it is not, or above a limit, or "leaf" returned false */
	DZ_XML_NO_MEMORY
} DzXmlResult;

/* Read a document; leaves before a place that ends it have been told. */
extern DzXmlResult DzXmlRead(const char *text, size_t len, DzXmlLeafFn leaf,
							 void *arg);

#endif /* DATAZONE_CREDENTIALS_XML_H */
