// The client graphql-ws, and messages that no client should send: websocket.mjs PLANLEDGER LEDGER, of
// a ledger that is empty.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { check, run, soon } from "./checking.mjs";
import { Service } from "./service.mjs";

const service = new Service(...process.argv.slice(2));
await service.start();
const URL = `${service.url.replace("http", "ws")}/graphql`;
const PROTOCOL = "graphql-transport-ws";
const FOLLOW = `subscription Follow($after: Position) {
  planEvents(after: $after) { position type plan }
}`;
const GREETING = { type: "connection_init" };

function client(options = {}) {
  return createClient({ url: URL, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
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

/** Connects by hand, sends messages, and gives the code that the connection is closed with. */
async function closedAfter(messages, protocol = PROTOCOL) {
  const socket = new WebSocket(URL, protocol);
  await soon(once(socket, "open"), "a connection");
  for (const message of messages) {
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }
  const [code] = await soon(once(socket, "close"), `an end after ${JSON.stringify(messages)}`);
  return code;
}

function subscribing(id, query = FOLLOW) {
  return { type: "subscribe", id, payload: { query } };
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
  await ours.dispose();
});

check("it goes on after a position", async () => {
  const ours = client();
  const events = ours.iterate({ query: FOLLOW, variables: { after: "2" } });
  assert.deepEqual(await positions(events, 2), ["3", "4"]);
  await service.record();
  assert.deepEqual(await positions(events, 1), ["5"]);
  await ours.dispose();
});

check("several follow on one connection", async () => {
  const ours = client();
  const [one, other] = ["3", "4"].map((after) => ours.iterate({ query: FOLLOW, variables: { after } }));
  assert.deepEqual(await positions(one, 2), ["4", "5"]);
  assert.deepEqual(await positions(other, 1), ["5"]);
  await one.return();
  const position = await service.record();
  assert.deepEqual(await positions(other, 1), [position]);
  await ours.dispose();
});

check("a question and a command are answered too", async () => {
  const ours = client();
  for await (const { data } of ours.iterate({ query: "{ ledger { basis { position } } }" })) {
    assert.equal(data.ledger.basis.position, "6");
  }
  const query = `mutation { planDraft(input: { plan: "by-socket", title: "By socket" }) {
    ... on Recorded { position } } }`;
  const answers = [];
  for await (const { data } of ours.iterate({ query })) {
    answers.push(data.planDraft.position);
  }
  assert.deepEqual(answers, ["7"]);
  await ours.dispose();
});

check("a document that is wrong is told as an error, and the connection lives on", async () => {
  const ours = client();
  const wrong = ours.iterate({ query: "subscription { nothingOfThatName }" });
  await assert.rejects(wrong.next(), (errors) => /nothingOfThatName/.test(errors[0].message));
  const events = ours.iterate({ query: FOLLOW, variables: { after: "6" } });
  assert.deepEqual(await positions(events, 1), ["7"]);
  await ours.dispose();
});

check("a position that cannot be read is told as an error", async () => {
  const ours = client();
  const events = ours.iterate({ query: FOLLOW, variables: { after: "yesterday" } });
  await assert.rejects(events.next(), (errors) => /position/.test(errors[0].message));
  await ours.dispose();
});

check("what is no message ends the connection with 4400", async () => {
  assert.equal(await closedAfter(["what?"]), 4400);
  assert.equal(await closedAfter([GREETING, { type: "nothing" }]), 4400);
  assert.equal(await closedAfter([GREETING, { type: "subscribe", id: "1" }]), 4400);
});

check("who does not greet first is shown out with 4401", async () => {
  assert.equal(await closedAfter([subscribing("1")]), 4401);
});

check("another protocol ends the connection with 4406", async () => {
  assert.equal(await closedAfter([], []), 4406);
});

check("an id that is taken ends the connection with 4409", async () => {
  assert.equal(await closedAfter([GREETING, subscribing("1"), subscribing("1")]), 4409);
});

check("a second greeting ends the connection with 4429", async () => {
  assert.equal(await closedAfter([GREETING, GREETING]), 4429);
});

check("a ping is answered with a pong", async () => {
  const ours = client({ lazy: false, keepAlive: 100 });
  await soon(new Promise((heard) => ours.on("pong", (received) => received && heard())), "a pong");
  await ours.dispose();
});

check("the service gives signs of life, with the position it is at", async () => {
  const ours = client({ lazy: false });
  const payload = await soon(
    new Promise((heard) => ours.on("ping", (received, payload) => received && heard(payload))),
    "a ping",
  );
  assert.equal(payload.position, "7");
  await ours.dispose();
});

check("a client that connects anew by itself misses nothing when the service is killed", async () => {
  const connected = [];
  const ours = client({
    retryAttempts: 50,
    retryWait: () => new Promise((again) => setTimeout(again, 100)),
    shouldRetry: () => true,
    on: { connected: () => connected.push(true) },
  });
  const events = ours.iterate({ query: FOLLOW, variables: { after: "5" } });
  assert.deepEqual(await positions(events, 2), ["6", "7"]);
  await service.kill();
  await service.start();
  await service.record();
  // It asks for what it asked for first: whoever keeps the last position drops the rest.
  assert.deepEqual(await positions(events, 3), ["6", "7", "8"]);
  assert.equal(connected.length, 2);
  await ours.dispose();
});

check("a client that keeps its position goes on there when the service is killed", async () => {
  const before = client();
  const first = before.iterate({ query: FOLLOW, variables: { after: "6" } });
  const [, kept] = await positions(first, 2);
  await service.kill();
  await assert.rejects(first.next());
  await service.start();
  await service.record();
  const after = client();
  const then = after.iterate({ query: FOLLOW, variables: { after: kept } });
  assert.deepEqual(await positions(then, 1), ["9"]);
  await after.dispose();
});

check("a service that ends says at which position, and that it is worth coming back", async () => {
  const ours = client();
  const closed = new Promise((heard) => ours.on("closed", heard));
  const events = ours.iterate({ query: FOLLOW, variables: { after: "8" } });
  assert.deepEqual(await positions(events, 1), ["9"]);
  const ended = events.next().catch(() => {});
  await service.kill("SIGTERM");
  const { code, reason } = await soon(closed, "an end");
  assert.equal(code, 1012);
  assert.match(reason, /9/);
  await ended;
});

await run();
process.exit();
