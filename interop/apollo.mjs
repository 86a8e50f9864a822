// Two points of one plan in one screen, kept by Apollo Client's cache: apollo.mjs URL, of a service
// over the simulated plan northbridge.

import assert from "node:assert/strict";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { ask, check, run } from "./checking.mjs";

const [url] = process.argv.slice(2);

const SCREEN = `
  query Screen($before: LedgerPoint!, $after: LedgerPoint!) {
    before: ledger(knownAt: $before) { ...Milestones }
    after: ledger(knownAt: $after) { ...Milestones }
    head: ledger { ...Milestones }
  }
  fragment Milestones on Ledger {
    basis { position effectiveOn }
    plan(ref: "northbridge") {
      id
      milestones { id ref timeliness targetDate { asPrinted } rating { rating } }
    }
  }
`;
const POINTS = {
  before: { review: "northbridge/board-2024-q2" },
  after: { review: "northbridge/board-2025-q2" },
};

/** Gives what a screen shows that asked through a cache, and reads everything back from it. */
async function shown(cache) {
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: `${url}/graphql` }) });
  const asked = { query: gql(SCREEN), variables: POINTS };
  await client.query(asked);
  const { data } = await client.query({ ...asked, fetchPolicy: "cache-only" });
  client.stop();
  return withoutTypenames(data);
}

function withoutTypenames(value) {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "__typename" ? undefined : inner)));
}

function values(ledger) {
  const found = ledger.plan.milestones.map(({ ref, timeliness, targetDate, rating }) => [
    ref,
    { timeliness, targetDate, rating },
  ]);
  return Object.fromEntries(found);
}

function differences(one, other) {
  const [before, after] = [values(one), values(other)];
  return Object.keys(before).filter(
    (ref) => after[ref] && JSON.stringify(before[ref]) !== JSON.stringify(after[ref]),
  );
}

check("the plan differs between the points, so that mixing them would show", async () => {
  const told = await ask(url, SCREEN, POINTS);
  assert.ok(differences(told.before, told.after).length > 10);
  assert.ok(differences(told.after, told.head).length > 10);
});

check("the points keep their values apart in the cache", async () => {
  const told = await ask(url, SCREEN, POINTS);
  assert.deepEqual(await shown(new InMemoryCache()), told);
});

check("asked for one after the other they keep them apart too", async () => {
  const cache = new InMemoryCache();
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: `${url}/graphql` }) });
  const query = gql`
    query One($at: LedgerPoint!) {
      ledger(knownAt: $at) {
        plan(ref: "northbridge") {
          id
          milestones { id ref timeliness }
        }
      }
    }
  `;
  const timeliness = ({ data }) => data.ledger.plan.milestones.map((one) => one.timeliness);
  const first = timeliness(await client.query({ query, variables: { at: POINTS.before } }));
  await client.query({ query, variables: { at: POINTS.after } });
  const again = await client.query({
    query,
    variables: { at: POINTS.before },
    fetchPolicy: "cache-only",
  });
  client.stop();
  assert.deepEqual(timeliness(again), first);
});

check("ids without their basis would have mixed them", async () => {
  const told = await ask(url, SCREEN, POINTS);
  const careless = new InMemoryCache({
    dataIdFromObject: ({ id }) => (id === undefined ? undefined : id.split("@")[0]),
  });
  const seen = await shown(careless);
  assert.notDeepEqual(seen, told);
  assert.deepEqual(differences(seen.before, seen.after), []);
});

await run();
