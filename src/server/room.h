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

/* What a user mapping says; NULL where it has no such option. */
typedef struct DzMapping
{
	Oid mappingid;
	bool is_public; /* PUBLIC's, not the role's own */
	const char *access_key_id;
	const char *secret_access_key;
	const char *session_token;
	const char *credentials;
	const char *profile;
	const char *role_arn;
	const char *role_session_name;
	const char *external_id;
} DzMapping;

extern DzMapping *DzMappingRead(Oid userid, Oid serverid);

/* ---- called by DzServerInit() ---- */

extern void DzConnectionInit(void);
extern void DzProtectInit(void);

#endif /* DATAZONE_SERVER_ROOM_H */
