// What the programs here share: checks with names, each of which tells one line of how it went.

const PATIENCE_MS = 60_000;
const checks = [];

/** Declares a check. Its name stands here once: the tests in Python read it from the program. */
export function check(name, body) {
  checks.push([name, body]);
}

/** Runs every check, in order; one that fails does not end the others. */
export async function run() {
  for (const [name, body] of checks) {
    let failure = null;
    try {
      await soon(body(), name);
    } catch (error) {
      failure = error?.stack ?? JSON.stringify(error) ?? String(error);
    }
    console.log(JSON.stringify({ check: name, failure }));
  }
}

/** Waits for something that should come to pass; throws, saying what, where it does not. */
export async function soon(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited in vain: ${what}.`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks a document of the service, and gives the data. */
export async function ask(url, query, variables = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (answer.errors) {
    throw new Error(JSON.stringify(answer.errors));
  }
  return answer.data;
}
