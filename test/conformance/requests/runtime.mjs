/*
 * runtime.mjs
 *		The SDK, and those parts of its runtime that it uses itself.
 *
 * They are looked up from the SDK's own place, so that they are the very
 * modules that it runs with, wherever npm has put them.
 */
import { createRequire } from "node:module";

const here = createRequire(import.meta.url);
const there = createRequire(here.resolve("@aws-sdk/client-datazone"));

export const sdk = here("@aws-sdk/client-datazone");
export const { NormalizedSchema } = there("@smithy/core/schema");
export const { getEndpointPlugin } = there("@smithy/core/endpoints");
