/*-------------------------------------------------------------------------
 *
 * room.h
 *		What the files of the server room need of each other.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SERVER_ROOM_H
#define DATAZONE_SERVER_ROOM_H

/* ---- mapping.c ---- */

/* A user mapping's keys; NULL where it has none. */
typedef struct DzMapping
{
	const char *access_key_id;
	const char *secret_access_key;
	const char *session_token;
} DzMapping;

extern DzMapping *DzMappingRead(Oid userid, Oid serverid);

/* ---- called by DzServerInit() ---- */

extern void DzConnectionInit(void);
extern void DzProtectInit(void);

#endif /* DATAZONE_SERVER_ROOM_H */
