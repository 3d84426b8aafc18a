/*
 * call.mjs
 *		One call of DataZone with the SDK's default chain, as a process.
 *
 * The chain reads the environment and files once a process, so that each way
 * to get keys has a process of its own.  Prints a line of JSON: the keys' id
 * and expiry, or the exception's name and words.
 */
import { DataZoneClient, GetDataSourceRunCommand } from "@aws-sdk/client-datazone";

const client = new DataZoneClient({
	region: "eu-west-1",
	endpoint: process.env.DATAZONE_URL,
	maxAttempts: 2,
});

try {
	await client.send(new GetDataSourceRunCommand({
		domainIdentifier: "dzd_simulator",
		identifier: "run_orders_001",
	}));
	const keys = await client.config.credentials();
	console.log(JSON.stringify({
		accessKeyId: keys.accessKeyId,
		expiration: keys.expiration ?? null,
	}));
} catch (error) {
	console.log(JSON.stringify({ name: error.name, message: error.message }));
}
