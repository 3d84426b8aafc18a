/*-------------------------------------------------------------------------
 *
 * clean.h
 *		Of transfers with secrets nothing stays in freed memory.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CLEAN_H
#define DATAZONE_CLEAN_H

#include <curl/curl.h>

extern CURLcode DzCleanInitLibcurl(void);
extern void DzCleanBegin(void);
extern void DzCleanEnd(void);
extern CURLcode DzCleanTls(CURL *easy, void *context, void *arg);

#endif /* DATAZONE_CLEAN_H */
