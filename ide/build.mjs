// Builds the page at /graphql into planledger/_ide, where the service finds it and the wheel takes
// it from: node build.mjs. All of it is of the packages in package-lock.json and of this folder.

import { build } from "esbuild";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const HERE = import.meta.dirname;
const ROOT = path.dirname(HERE);
const EXAMPLES = path.join(ROOT, "docs", "examples", "questions");
const BUILT = path.join(ROOT, "planledger", "_ide");
const HALF = `${BUILT}.half`;

const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none", // THIRD-PARTY.txt has the whole texts
  logLevel: "warning",
  metafile: true,
  minify: true,
  outdir: HALF,
  target: "es2022",
};

// What these publish without a licence text is of the repository, or the author, of another package.
const TEXT_OF = {
  "@graphiql/plugin-doc-explorer": "graphiql",
  "@graphiql/plugin-history": "graphiql",
  "react-compiler-runtime": "react",
  "react-remove-scroll-bar": "react-remove-scroll",
};

async function examples() {
  const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith(".graphql")).sort();
  if (files.length === 0) {
    throw new Error(`There are no examples in ${EXAMPLES}.`);
  }
  return Promise.all(files.map((file) => example(path.join(EXAMPLES, file))));
}

/** Reads a document: the comment at its head asks the question; its variables lie beside it. */
async function example(file) {
  const query = await readFile(file, "utf8");
  const about = query.match(/^(# .*\n)+/)?.[0].replaceAll(/^# /gm, "") ?? "";
  const variables = await readFile(file.replace(/graphql$/, "variables.json"), "utf8").catch(missing);
  const name = path.basename(file, ".graphql").replace(/^[0-9]+-/, "").replaceAll("-", " ");
  return { name, about, query, variables };
}

function missing(error) {
  if (error.code !== "ENOENT") {
    throw error;
  }
  return "";
}

/** Builds what the editors run beside the page; gives the files' names and what went into them. */
async function workers() {
  const { metafile } = await build({
    ...COMMON,
    entryNames: "[name].worker-[hash]",
    entryPoints: {
      editor: "monaco-editor/esm/vs/editor/editor.worker.js",
      graphql: "monaco-graphql/esm/graphql.worker.js",
      json: "monaco-editor/esm/vs/language/json/json.worker.js",
    },
    format: "iife",
  });
  const names = Object.keys(metafile.outputs).map((output) => path.basename(output));
  const of = Object.fromEntries(names.map((name) => [name.split(".")[0], name]));
  return { of, inputs: Object.keys(metafile.inputs) };
}

async function page(workerNames) {
  const { metafile } = await build({
    ...COMMON,
    chunkNames: "[name]-[hash]",
    define: {
      ...COMMON.define,
      EXAMPLES: JSON.stringify(await examples()),
      WORKERS: JSON.stringify(workerNames),
    },
    entryNames: "[name]-[hash]",
    entryPoints: { page: "page.jsx" },
    format: "esm",
    jsx: "automatic",
    loader: { ".ttf": "file" },
    splitting: true,
  });
  const [script, { cssBundle }] = Object.entries(metafile.outputs).find(
    ([, output]) => output.entryPoint === "page.jsx",
  );
  // Parts that are loaded later bring styles too, but page.jsx has all of them already.
  const styles = Object.keys(metafile.outputs).filter((output) => output.endsWith(".css"));
  for (const unused of styles.filter((style) => style !== cssBundle)) {
    await rm(path.join(HERE, unused));
  }
  return {
    script: path.basename(script),
    style: path.basename(cssBundle),
    inputs: Object.keys(metafile.inputs),
  };
}

/** Gives name, version and licence text of every package that something of went into the page. */
async function thirdParty(inputs) {
  const found = inputs.flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []);
  const texts = [];
  for (const folder of [...new Set(found)].sort()) {
    const { name, version, license } = JSON.parse(
      await readFile(path.join(HERE, folder, "package.json"), "utf8"),
    );
    const text = await licence(path.join(HERE, folder), name);
    texts.push(`${name} ${version} (${license})\n\n${text}`);
  }
  return texts.join(`\n\n${"-".repeat(80)}\n\n`);
}

async function licence(folder, name) {
  const from = TEXT_OF[name] ? path.join(HERE, "node_modules", TEXT_OF[name]) : folder;
  const files = (await readdir(from)).filter((file) =>
    /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(file),
  );
  if (files.length === 0) {
    throw new Error(`${name} has no licence text: find out whose it is, and put it into TEXT_OF.`);
  }
  const texts = await Promise.all(
    files.sort().map((file) => readFile(path.join(from, file), "utf8")),
  );
  return texts.map((text) => text.trim()).join("\n\n");
}

await rm(HALF, { recursive: true, force: true });
await mkdir(HALF, { recursive: true });
const beside = await workers();
const made = await page(beside.of);
const html = await readFile(path.join(HERE, "page.html"), "utf8");
await writeFile(
  path.join(HALF, "page.html"),
  html.replace("page.js", made.script).replace("page.css", made.style),
);
await writeFile(
  path.join(HALF, "THIRD-PARTY.txt"),
  await thirdParty([...beside.inputs, ...made.inputs]),
);
// Only what is whole takes the place of what was there.
await rm(BUILT, { recursive: true, force: true });
await rename(HALF, BUILT);
