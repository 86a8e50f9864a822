// The page at /graphql: GraphiQL, asking the service that it came from, with our examples beside it.

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { DOC_EXPLORER_PLUGIN } from "@graphiql/plugin-doc-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

// Not "graphiql/style.css": that brings fonts of half a megabyte along.
import "monaco-editor/min/vs/editor/editor.main.css";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./page.css";

// build.mjs puts both in place of these names.
/* global EXAMPLES, WORKERS */

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(WORKERS[label] ?? WORKERS.editor, import.meta.url)),
};

const here = new URL(location.pathname, location.href);
const fetcher = createGraphiQLFetcher({
  url: here.href,
  subscriptionUrl: here.href.replace(/^http/, "ws"),
});

function Icon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="M3 2h7l3 3v9H3z M5.5 7h5 M5.5 9.5h5 M5.5 12h3" />
    </svg>
  );
}

function Examples() {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const ready = queryEditor && variableEditor; // they are loaded after the page

  function open({ query, variables }) {
    if (queryEditor.getValue().trim()) {
      addTab();
    }
    queryEditor.setValue(query);
    variableEditor.setValue(variables);
  }

  return (
    <section aria-label="Examples">
      <div className="graphiql-doc-explorer-title">Examples</div>
      <p>
        They ask about the simulated plan, which <code>planledger serve --example northbridge</code>{" "}
        serves. Put refs of your own plan in their place.
      </p>
      <ul className="planledger-examples">
        {EXAMPLES.map((example) => (
          <li key={example.name}>
            <button type="button" disabled={!ready} onClick={() => open(example)}>
              {example.name}
            </button>
            <p>{example.about}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const EXAMPLES_PLUGIN = { title: "Examples", icon: Icon, content: Examples };

createRoot(document.getElementById("page")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={[EXAMPLES[0]]}
    plugins={[EXAMPLES_PLUGIN, HISTORY_PLUGIN]}
    referencePlugin={DOC_EXPLORER_PLUGIN}
    visiblePlugin={EXAMPLES_PLUGIN}
  >
    <GraphiQL.Logo>planledger</GraphiQL.Logo>
  </GraphiQL>,
);
