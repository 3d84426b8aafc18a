/*-------------------------------------------------------------------------
 *
 * preload.c
 *		Start the address sanitizer before anything else in the process.
 *
 * It starts at the first malloc().  In a PostgreSQL with LDAP that is below
 * a bindtextdomain() of some library's constructor, which holds a lock that
 * the sanitizer's start then meets again: the process hangs.  An object that
 * is linked with "-z initfirst" is initialised before all others.
 *
 *-------------------------------------------------------------------------
 */
#include <stdlib.h>

/* volatile: the compiler would leave the pair of calls out */
static void *volatile memory;

__attribute__((constructor)) static void
wake_sanitizer(void)
{
	memory = malloc(1);
	free(memory);
}
