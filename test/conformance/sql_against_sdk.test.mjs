/*
 * sql_against_sdk.test.mjs
 *		What datazone_call() puts on the wire against what the official SDK
 *		does, for every operation.
 *
 * Ours is built from a table that we generate, the SDK's from shapes that it
 * carries itself; the inputs are made from the latter.  The tests are in
 * requests/.
 *
 * Needs a PostgreSQL with the extension to which psql gets by the environment
 * (PGHOST and so on), as a superuser.  A database is made there, and dropped.
 */
import { start } from "./lib/start.mjs";

await start(new URL("requests/main.mjs", import.meta.url));
