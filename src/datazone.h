/*-------------------------------------------------------------------------
 *
 * datazone.h
 *		What every room may know of the extension as a whole.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_H
#define DATAZONE_H

#define DZ_EXTENSION_NAME "datazone"

#endif /* DATAZONE_H */
