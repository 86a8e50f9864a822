// What tools of others expect of a schema: `npx eslint schema.graphql`. A rule that is off, or on
// with settings of its own, says why.

import plugin, { configs, parser } from "@graphql-eslint/eslint-plugin";

const name = (rule) => `@graphql-eslint/${rule}`;

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema: "schema.graphql" } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@graphql-eslint": plugin },
    rules: {
      ...configs["flat/schema-recommended"].rules,
      ...configs["flat/schema-relay"].rules,
      // Values, connections and what a command answers have no life of their own, so no id. Which
      // types have one is said by `interface Node`.
      [name("strict-id-in-types")]: "off",
      // Small lists, all of which are answered, are lists and no connections.
      [name("relay-edge-types")]: [
        "error",
        // What a list is of may be a value, such as a finding; the Relay specification says so too.
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
      ],
      // Paging goes forward, as the Relay specification allows: what is to come has no last page.
      [name("relay-arguments")]: ["error", { includeBoth: false }],
      // Recommended for types and root fields only.
      [name("require-description")]: [
        "error",
        {
          types: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          rootField: true,
        },
      ],
    },
  },
];
