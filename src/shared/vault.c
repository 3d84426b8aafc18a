/*-------------------------------------------------------------------------
 *
 * vault.c
 *		The vault of credentials, for servers without one.
 *
 * There is no room for it in the segment yet: each process fetches its own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "shared/vault.h"

DzVaultAnswer
DzVaultAsk(const DzVaultKey *key, DzVaultQuestion *question, DzVaultItem *item)
{
	return DZ_VAULT_NONE;
}

void
DzVaultPublish(const DzVaultKey *key, DzVaultItem *item)
{
	item->generation = 0;
}

void
DzVaultFail(const DzVaultKey *key, const char *failure, size_t len,
			int64 retry_at_us)
{
}

void
DzVaultAbandon(const DzVaultKey *key)
{
}
