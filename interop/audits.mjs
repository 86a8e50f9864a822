// The audits of graphql-http, of how GraphQL is served over HTTP: audits.mjs URL. One line for each.

import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);

for (const audit of serverAudits({ url: `${url}/graphql`, fetchFn: fetch })) {
  const { status, reason = null, response } = await audit.fn();
  // Undici keeps the connection of an answer that nobody reads.
  await response?.body?.cancel();
  console.log(JSON.stringify({ id: audit.id, name: audit.name, status, reason }));
}
