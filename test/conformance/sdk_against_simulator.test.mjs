/*
 * sdk_against_simulator.test.mjs
 *		The official SDK against the simulator, for every operation it has.
 *
 * The simulator is what our own client is tested with.  If it satisfies the
 * service's official SDK (signatures, members, types, paginators, exception
 * classes, retries), what our client gets right with it is right for the
 * service, too, as far as anybody can tell without the service.
 *
 * The tests are in sdk/.
 */
import { start } from "./lib/start.mjs";

await start(new URL("sdk/main.mjs", import.meta.url));
