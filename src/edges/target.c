/*-------------------------------------------------------------------------
 *
 * target.c
 *		The columns of a target, in order.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

/*
 * The flow into a column.  Columns come mostly in order, so the last place is
 * looked at first; any other is found by halves.
 */
DzFlow *
DzTargetColumn(DzEdgeTarget *target, AttrNumber attnum, const char *name)
{
	DzEdgeColumn *column;
	int low = 0;
	int high = list_length(target->columns);

	if (high > 0 && ((DzEdgeColumn *) llast(target->columns))->attnum < attnum)
		low = high;
	while (low < high)
	{
		int middle = (low + high) / 2;

		column = list_nth(target->columns, middle);
		if (column->attnum == attnum)
			return &column->flow;
		if (column->attnum < attnum)
			low = middle + 1;
		else
			high = middle;
	}
	column = palloc0(sizeof(DzEdgeColumn));
	column->attnum = attnum;
	column->name = name;
	target->columns = list_insert_nth(target->columns, low, column);
	return &column->flow;
}
