// What the client can do, on the command line:
//
//   node built/main.js http://127.0.0.1:8000 plan northbridge/board-2024-q3
//   node built/main.js http://127.0.0.1:8000 follow position.txt
//   node built/main.js http://127.0.0.1:8000 progress northbridge 1.2/1 ON_HOLD job-17

import { readFile, rename, writeFile } from "node:fs/promises";
import { Planledger, PlanledgerError, type Progress } from "./planledger-client.js";

async function plan(service: Planledger, review: string): Promise<void> {
  const { title, basis, milestones } = await service.planAtReview(review);
  console.log(`${title}, as known at ${basis.position} for ${basis.effectiveOn}`);
  for (const { ref, dueBy, timeliness, rating } of milestones) {
    console.log(ref, dueBy, timeliness, rating?.rating ?? null);
  }
}

/**
 * Prints every event; the file `kept` holds the position of the last one. After a crash, one may be
 * printed twice. Whoever stores what an event calls for in a database keeps the position there too,
 * in the same transaction: then each is dealt with exactly once.
 */
async function follow(service: Planledger, kept: string): Promise<void> {
  const after = await readFile(kept, "utf8").catch(() => "0");
  for await (const event of service.follow(after.trim())) {
    console.log(event.position, event.recordedAt, event.plan, event.type);
    await writeFile(`${kept}.half`, event.position);
    await rename(`${kept}.half`, kept);
  }
}

async function progress(service: Planledger, words: string[]): Promise<void> {
  const [planRef = "", milestone = "", state = "", commandId = ""] = words;
  const done = await service.reportProgress(planRef, milestone, state as Progress, commandId);
  console.log(done.repeated ? "Recorded before at" : "Recorded at", done.position);
}

const [url = "", what = "", ...words] = process.argv.slice(2);
const service = new Planledger(url);
try {
  if (what === "plan") {
    await plan(service, words[0] ?? "");
  } else if (what === "follow") {
    await follow(service, words[0] ?? "position.txt");
  } else {
    await progress(service, words);
  }
} catch (error) {
  if (!(error instanceof PlanledgerError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
