// The page at /graphql in a real browser that can reach nothing but this machine: browser.mjs URL
// CHROMIUM FOLDER, of a service over the simulated plan northbridge; the browser keeps its files in
// the folder.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { check, run } from "./checking.mjs";

const [url, executablePath, folder] = process.argv.slice(2);
const EXAMPLES = path.join(import.meta.dirname, "..", "docs", "examples", "questions");

const browser = await chromium.launchPersistentContext(folder, {
  executablePath,
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
    "--no-sandbox", // it is refused to root, as whom containers run; it opens only our own page
  ],
  timeout: 60_000,
  viewport: { width: 1400, height: 900 },
});
browser.setDefaultTimeout(60_000);

const page = await browser.newPage();
const requests = [];
const complaints = [];
page.on("request", (request) => requests.push(request.url()));
page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
page.on("response", (response) => response.ok() || complaints.push(`failed: ${response.url()}`));
page.on("pageerror", (error) => complaints.push(`error: ${error.stack}`));
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) {
    complaints.push(`${message.type()}: ${message.text()}`);
  }
});

const answer = page.locator(".graphiql-response");

/** Has the page carry out what its editor holds; gives the answer that came, as an object. */
async function carriedOut() {
  const came = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: /^Execute query/ }).click();
  return (await came).json();
}

/** Waits until the page shows a text in its answer. The editor sets spaces that do not break. */
async function shows(text) {
  await answer.locator(".view-line", { hasText: text }).first().waitFor();
}

/** Writes a document into a new tab, and waits until the page has read the operation's name. */
async function types(name, document) {
  await page.getByRole("button", { name: "New tab" }).click();
  await page.getByRole("tab", { name: "<untitled>" }).waitFor();
  await page.locator(".graphiql-query-editor .view-lines").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(document);
  await page.getByRole("tab", { name }).waitFor();
}

check("it opens, and lists the examples of the documentation", async () => {
  await page.goto(`${url}/graphql`);
  const listed = page.getByRole("region", { name: "Examples" }).getByRole("button");
  await listed.first().waitFor();
  const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith(".graphql"));
  const names = files.sort().map((file) => file.replace(/^[0-9]+-|[.]graphql$/g, ""));
  assert.deepEqual(
    (await listed.allTextContents()).map((name) => name.replaceAll(" ", "-")),
    names,
  );
});

check("an example opens in a tab, and is answered", async () => {
  const document = await readFile(path.join(EXAMPLES, "02-as-a-review-saw-it.graphql"), "utf8");
  await page.getByRole("button", { name: "as a review saw it" }).click();
  await page.getByRole("tab", { name: document.match(/^query (\w+)/m)[1] }).waitFor();
  const { data, errors } = await carriedOut();
  assert.equal(errors, undefined);
  await shows(`"${Object.keys(data)[0]}"`);
});

check("what one types is answered", async () => {
  await types("Typed", 'query Typed { ledger { plan(ref: "northbridge") { ref title } } }');
  const { data } = await carriedOut();
  assert.equal(data.ledger.plan.ref, "northbridge");
  await shows(`"title"`);
});

check("what is wrong is said", async () => {
  await types("Wrong", "query Wrong { ledger { nothingOfThatName } }");
  const { errors } = await carriedOut();
  assert.match(errors[0].message, /nothingOfThatName/);
  await shows(`"errors"`);
});

check("the schema's documentation is there to read", async () => {
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  const documentation = page.locator(".graphiql-doc-explorer");
  await documentation.getByText("Query", { exact: true }).first().click();
  await documentation.getByText("restatements", { exact: true }).waitFor();
});

check("what happens is shown as it happens", async () => {
  await types("Live", 'subscription Live { planEvents(after: "1300") { position type } }');
  await page.getByRole("button", { name: /^Execute query/ }).click();
  await shows(`"position"`);
  await page.getByRole("button", { name: /^Stop query/ }).click();
});

check("nothing was asked of anywhere else, and nobody complained", async () => {
  const elsewhere = requests.filter((asked) => !/^(blob:|data:)/.test(asked) && new URL(asked).origin !== url);
  assert.ok(requests.length > 10);
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(complaints, []);
});

await run();
await browser.close();
