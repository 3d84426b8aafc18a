/*
 * sdk_against_standins.test.mjs
 *		The official SDK's chain of credentials against our stand-ins.
 *
 * STS, IMDS, container and SSO on loopback are what our own chain is tested
 * with.  If the SDK gets its keys from them as well, signs a request to
 * DataZone with what it got, and understands their refusals, what they say is
 * what the services say, as far as anybody can tell without them.
 *
 * The tests are in standins/.
 */
import { start } from "./lib/start.mjs";

await start(new URL("standins/main.mjs", import.meta.url));
