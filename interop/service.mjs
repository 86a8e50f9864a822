// A service of a program's own, that it may kill and start again where it was.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { ask, soon } from "./checking.mjs";

const DRAFT = `mutation Draft($input: PlanDraftInput!) {
  planDraft(input: $input) { ... on Recorded { position } ... on UserError { message } }
}`;

export class Service {
  #port = "0";
  #process;
  #plans = 0;

  /** Serves a ledger that is there; `program` is planledger. */
  constructor(program, ledger) {
    this.program = program;
    this.ledger = ledger;
  }

  /** Starts it, the first time on any free port, and then on the same one. */
  async start() {
    this.#process = spawn(
      this.program,
      ["serve", "--ledger", this.ledger, "--port", this.#port],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const lines = createInterface({ input: this.#process.stdout });
    const [said] = await soon(once(lines, "line"), "it serves");
    this.url = said.match(/http:\S+/)[0];
    this.#port = new URL(this.url).port;
  }

  /** Ends it on the spot, as a crash would, or with another signal. */
  async kill(signal = "SIGKILL") {
    const ended = once(this.#process, "exit");
    this.#process.kill(signal);
    await soon(ended, "it ends");
  }

  /** Records another plan, which is one entry; gives its position. */
  async record() {
    this.#plans += 1;
    const input = { plan: `plan-${this.#plans}`, title: `Plan ${this.#plans}` };
    const { planDraft } = await ask(this.url, DRAFT, { input });
    assert.ok(planDraft.position, planDraft.message);
    return planDraft.position;
  }
}
