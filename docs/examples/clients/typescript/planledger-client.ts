// A client of planledger: how to ask for a plan as it was known at a review, how to follow what is
// recorded without losing anything, and how to record safely. Copy it, and change it into what you
// need.

import { createClient, type Client } from "graphql-sse";

/** Counts the ledger's entries. A string of digits, which may be too long for a number. */
export type Position = string;

export type Timeliness =
  | "NO_DATE"
  | "NOT_YET_DUE"
  | "DUE_THIS_MONTH"
  | "OVERDUE"
  | "DONE_ON_TIME"
  | "DONE_LATE";

export type Progress = "NOT_STARTED" | "IN_PROGRESS" | "ON_HOLD";

const PLAN_AT_REVIEW = `
  query PlanAtReview($plan: PlanRef!, $review: ReviewRef!) {
    ledger(knownAt: { review: $review }) {
      basis { position effectiveOn }
      plan(ref: $plan) {
        title
        milestones { ref text dueBy timeliness rating { rating } }
      }
    }
  }
`;

interface PlanAtReview {
  ledger: {
    basis: { position: Position; effectiveOn: string };
    plan: {
      title: string;
      milestones: readonly {
        ref: string;
        text: string;
        dueBy: string | null;
        timeliness: Timeliness | null;
        rating: { rating: "BLUE" | "GREEN" | "AMBER" | "RED" } | null;
      }[];
    } | null;
  };
}

const FOLLOW = `
  subscription Follow($after: Position!, $plan: PlanRef) {
    planEvents(after: $after, plan: $plan) { position recordedAt plan type effectiveOn }
  }
`;

/** An entry of the ledger. */
export interface PlanEvent {
  position: Position;
  recordedAt: string;
  plan: string;
  type: string;
  effectiveOn: string;
}

const REPORT_PROGRESS = `
  mutation ReportProgress($input: MilestoneProgressReportInput!) {
    result: milestoneProgressReport(input: $input) {
      __typename
      ... on MilestoneRecorded { position repeated }
      ... on UserError { code message }
    }
  }
`;

type ReportProgress = {
  result:
    | { __typename: "MilestoneRecorded"; position: Position; repeated: boolean }
    | { __typename: "Refused" | "Conflict"; code: string; message: string };
};

interface Answer<Data> {
  data?: Data | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** The service did not do what was asked. Trying again will not help. */
export class PlanledgerError extends Error {}

/** A rule of the ledger is against a command; `code` says which, and stays the same. */
export class RefusedError extends PlanledgerError {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Trouble that may be over soon. */
class TemporaryError extends Error {}

const TEMPORARY = new Set([429, 502, 503, 504]);
const TRIES = 6; // about half a minute in all
// A service that has nothing to tell on a stream sends a sign of life every 15 seconds.
const SILENCE_MS = 60_000;

export class Planledger {
  readonly #url: string;
  readonly #streams: Client;

  constructor(url: string) {
    this.#url = `${url.replace(/\/$/, "")}/graphql`;
    // It would begin anew with the position it was first given; `follow` knows better.
    this.#streams = createClient({ url: this.#url, retryAttempts: 0, fetchFn: fetchHeard });
  }

  /** Gives a plan as it was known at a review such as "northbridge/board-2024-q3". */
  async planAtReview(review: string) {
    const plan = review.slice(0, review.indexOf("/"));
    const { ledger } = await this.#ask<PlanAtReview>(PLAN_AT_REVIEW, { plan, review });
    if (ledger.plan === null) {
      throw new PlanledgerError(`There was no plan ${plan} at ${review}.`);
    }
    return { ...ledger.plan, basis: ledger.basis };
  }

  /**
   * Records how far a milestone is. `commandId` names this one report, up to 100 characters; best is
   * what your own system calls it. Whatever happens on the way, a report that is sent again under it
   * is recorded once. Throws RefusedError where a rule is against it.
   */
  async reportProgress(plan: string, milestone: string, state: Progress, commandId: string) {
    const input = { plan, milestone, state, commandId };
    const { result } = await this.#ask<ReportProgress>(REPORT_PROGRESS, { input });
    if (result.__typename !== "MilestoneRecorded") {
      throw new RefusedError(result.code, result.message);
    }
    return { position: result.position, repeated: result.repeated };
  }

  /**
   * Gives every event after a position, in order, as they are recorded; never ends by itself. A
   * connection that breaks is made again where it broke. Throws PlanledgerError where the service
   * stays away, or refuses.
   */
  async *follow(after: Position, plan: string | null = null): AsyncGenerator<PlanEvent> {
    for (let tries = 0; ; tries = await waited(tries)) {
      const variables = { after, plan };
      const answers = this.#streams.iterate<{ planEvents: PlanEvent }>({ query: FOLLOW, variables });
      try {
        for await (const answer of answers) {
          const { planEvents } = dataOf(answer as Answer<{ planEvents: PlanEvent }>);
          yield planEvents;
          after = planEvents.position;
          tries = 0;
        }
      } catch (error) {
        if (!isTemporary(error)) {
          throw error;
        }
      }
    }
  }

  async #ask<Data>(query: string, variables: object): Promise<Data> {
    for (let tries = 0; ; tries = await waited(tries)) {
      try {
        return dataOf(await this.#sent<Data>(JSON.stringify({ query, variables })));
      } catch (error) {
        if (!isTemporary(error)) {
          throw error;
        }
      }
    }
  }

  async #sent<Data>(body: string): Promise<Answer<Data>> {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const signal = AbortSignal.timeout(SILENCE_MS);
    const response = await fetch(this.#url, { method: "POST", headers, body, signal });
    const said = await response.text();
    if (TEMPORARY.has(response.status)) {
      throw new TemporaryError(said);
    }
    if (!response.ok) {
      throw new PlanledgerError(`The service answered ${response.status}: ${said}`);
    }
    return JSON.parse(said) as Answer<Data>;
  }
}

/** Whether an error may be over soon; what never came to an answer is, as is a broken connection. */
function isTemporary(error: unknown): boolean {
  if (error instanceof PlanledgerError) {
    return false;
  }
  // graphql-sse throws the response where the service refused to stream.
  const status = (error as { response?: Response }).response?.status;
  return status === undefined || status === 200 || TEMPORARY.has(status);
}

/** Fetches as ever, and breaks a connection off on which nothing was heard for too long. */
async function fetchHeard(input: string, init: RequestInit): Promise<Response> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, silent.signal]) : silent.signal;
  const heard = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, onward) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
      onward.enqueue(bytes);
    },
    flush: () => clearTimeout(timer),
  });
  const response = await fetch(input, { ...init, signal });
  return new Response(response.body?.pipeThrough(heard) ?? null, response);
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors?.some((error) => error.extensions?.code === "STORE_UNAVAILABLE")) {
    throw new TemporaryError("The ledger cannot be read at the moment.");
  }
  if (errors || !data) {
    throw new PlanledgerError(errors?.map((error) => error.message).join("; ") ?? "No data.");
  }
  return data;
}

/** Waits before the next try, longer each time. Throws PlanledgerError where it was the last. */
async function waited(tries: number): Promise<number> {
  if (tries + 1 >= TRIES) {
    throw new PlanledgerError(`Gave up after ${TRIES} tries.`);
  }
  await new Promise((done) => setTimeout(done, 2 ** tries * 1000));
  return tries + 1;
}
