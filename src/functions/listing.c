/*-------------------------------------------------------------------------
 *
 * listing.c
 *		Walk through all items of a paginated operation.
 *
 * Memory is two pages and what one item is made into, however long
 * the listing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "functions/functions.h"

/*
 * Call "each" for every item, at most "max_items" of them (-1: all).  "root"
 * is what errors call the params.
 */
void
DzListEach(const DzConnection *conn, const DzOperation *op,
		   const DzParams *params, const char *root, int64 max_items,
		   DzItemFn each, void *arg)
{
	MemoryContext listing = AllocSetContextCreate(
		CurrentMemoryContext, "datazone listing", ALLOCSET_DEFAULT_SIZES);
	MemoryContext item_cxt = AllocSetContextCreate(
		listing, "datazone listing item", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(listing);
	DzPages *pages;
	const DzJson *items;
	size_t count;

	pages = DzPagesOpen(conn->client, op, params, root,
						conn->domain_identifier, max_items);
	while ((items = DzPagesNext(pages, &count)) != NULL)
	{
		const DzJson *item = DzJsonFirst(items);

		MemoryContextSwitchTo(item_cxt);
		for (size_t i = 0; i < count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			each(DzPagesAnswer(pages), item, i, arg);
			MemoryContextReset(item_cxt);
			item = DzJsonNext(item);
		}
		MemoryContextSwitchTo(listing);
	}

	MemoryContextSwitchTo(old);
	MemoryContextDelete(listing);
}
