// sdk_list.mjs BASE-URL
//
// The baseline of a listing: the official SDK's paginator.  Each line of
// standard input names a data source; its runs are listed, and a line says
// how many there were and how many seconds it took.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(
  new URL("../conformance/package.json", import.meta.url));
const { DataZoneClient, paginateListDataSourceRuns } =
  require("@aws-sdk/client-datazone");

const client = new DataZoneClient({
  endpoint: process.argv[2],
  region: "eu-west-1",
  credentials: {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  },
});

async function list(dataSourceIdentifier) {
  const began = process.hrtime.bigint();
  let rows = 0;
  for await (const page of paginateListDataSourceRuns(
    { client, pageSize: 50 },
    { domainIdentifier: "dzd_benchmark", dataSourceIdentifier })) {
    rows += page.items.length;
  }
  return [rows, Number(process.hrtime.bigint() - began) / 1e9];
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log((await list(line)).join(" "));
}
client.destroy();
