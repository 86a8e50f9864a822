// The client graphql-sse, and a reader of text/event-stream as browsers have one: sse.mjs PLANLEDGER
// LEDGER, of a ledger that is empty.

import assert from "node:assert/strict";
import { createClient } from "graphql-sse";
import { check, run, soon } from "./checking.mjs";
import { Service } from "./service.mjs";

const service = new Service(...process.argv.slice(2));
await service.start();
const URL = `${service.url}/graphql`;
const FOLLOW = `subscription Follow($after: Position) {
  planEvents(after: $after) { position type plan }
}`;

function client(options = {}) {
  return createClient({ url: URL, retryAttempts: 0, ...options });
}

/** Gives the positions of the next events that a subscription is told. */
async function positions(events, count) {
  const found = [];
  while (found.length < count) {
    const { value } = await soon(events.next(), `event ${found.length + 1} of ${count}`);
    assert.equal(value.errors, undefined, JSON.stringify(value));
    found.push(value.data.planEvents.position);
  }
  return found;
}

/** Reads text/event-stream, and gives the last `id` once so many of them were there. */
async function lastId(address, headers, count) {
  const broken = new AbortController();
  const response = await fetch(address, {
    headers: { accept: "text/event-stream", ...headers },
    signal: broken.signal,
  });
  assert.equal(response.status, 200);
  const ids = [];
  let text = "";
  for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
    text += bytes;
    ids.splice(0, ids.length, ...text.matchAll(/^id: (\d+)$/gm));
    if (ids.length >= count) {
      break;
    }
  }
  broken.abort();
  return ids.map(([, id]) => id);
}

check("what was recorded comes first, and then each as it is recorded", async () => {
  await service.record();
  await service.record();
  const ours = client();
  const events = ours.iterate({ query: FOLLOW });
  assert.deepEqual(await positions(events, 2), ["1", "2"]);
  await service.record();
  await service.record();
  assert.deepEqual(await positions(events, 2), ["3", "4"]);
  await events.return();
  ours.dispose();
});

check("it goes on after a position", async () => {
  const ours = client();
  const events = ours.iterate({ query: FOLLOW, variables: { after: "2" } });
  assert.deepEqual(await positions(events, 2), ["3", "4"]);
  ours.dispose();
});

check("a question is answered too", async () => {
  const ours = client();
  const answers = [];
  for await (const { data } of ours.iterate({ query: "{ ledger { basis { position } } }" })) {
    answers.push(data.ledger.basis.position);
  }
  assert.deepEqual(answers, ["4"]);
  ours.dispose();
});

check("a document that is wrong is told as an error", async () => {
  const ours = client();
  const answers = [];
  try {
    for await (const answer of ours.iterate({ query: "subscription { nothingOfThatName }" })) {
      answers.push(answer);
    }
  } catch (error) {
    answers.push({ errors: [error] }); // a refusal to begin comes as one
  }
  assert.match(JSON.stringify(answers, ["errors", "message"]), /nothingOfThatName|400/);
  assert.equal(answers.length, 1);
  ours.dispose();
});

check("a browser that connects anew goes on after the last event it had", async () => {
  const asked = `${URL}?query=${encodeURIComponent(FOLLOW)}`;
  assert.deepEqual(await lastId(asked, {}, 4), ["1", "2", "3", "4"]);
  assert.deepEqual(await lastId(asked, { "last-event-id": "3" }, 1), ["4"]);
});

check("the feed as text/event-stream goes on after the last event it had", async () => {
  assert.deepEqual(await lastId(`${service.url}/events`, {}, 4), ["1", "2", "3", "4"]);
  assert.deepEqual(await lastId(`${service.url}/events`, { "last-event-id": "2" }, 2), ["3", "4"]);
});

check("a client that connects anew by itself misses nothing when the service is killed", async () => {
  const ours = client({
    retryAttempts: 50,
    retry: () => new Promise((again) => setTimeout(again, 100)),
  });
  const events = ours.iterate({ query: FOLLOW, variables: { after: "2" } });
  assert.deepEqual(await positions(events, 2), ["3", "4"]);
  await service.kill();
  await service.start();
  await service.record();
  // It asks for what it asked for first: whoever keeps the last position drops the rest.
  assert.deepEqual(await positions(events, 3), ["3", "4", "5"]);
  ours.dispose();
});

check("a client that keeps its position goes on there when the service is killed", async () => {
  const ours = client();
  const first = ours.iterate({ query: FOLLOW, variables: { after: "3" } });
  const [, kept] = await positions(first, 2);
  await service.kill();
  await assert.rejects(first.next());
  await service.start();
  await service.record();
  const then = ours.iterate({ query: FOLLOW, variables: { after: kept } });
  assert.deepEqual(await positions(then, 1), ["6"]);
  ours.dispose();
});

await run();
process.exit();
