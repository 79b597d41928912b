import * as fc from "fast-check";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { at, type Form, names, object, objects, scalars, tags } from "./combined-parts.js";
import { conditions } from "./conditional-forms.js";
import type { Sample } from "./schema-arbitrary.js";

// Keywords in combinations that few people write and a reader of the standard may: conditions in conditions, unions over references,
// parts without a type, boolean schemas. Not every value is valid: the law looks at those that are.

const objectForms: readonly Form[] = [
  ({ of: [a, b, c], keys: [k] }) => ({
    schema: { type: "object", properties: { [k]: a.schema }, patternProperties: { "^p_": b.schema }, additionalProperties: c.schema },
    values: objects([
      [k, [a]],
      ["p_1", [b]],
      ["other", [c]],
    ]),
  }),
  ({ of: [a, b], keys: [k] }) => ({
    schema: { patternProperties: { "^p_": a.schema, _q$: b.schema }, additionalProperties: false, minProperties: k.length % 2 },
    values: objects([
      ["p_1", [a]],
      ["1_q", [b]],
      ["p_q", [a, b]],
    ]),
  }),
  (parts) => {
    const {
      of: [a, b],
      keys: [k, l],
    } = parts;
    return {
      schema: object(parts, { properties: { [k]: a.schema, [l]: false, kind: b.schema }, required: ["kind"] }),
      values: objects([[k, [a]]], { kind: at(b, 0) }),
    };
  },
  ({ of: [a, b], keys: [k, l] }) => ({
    schema: { type: "object", required: [k, l], properties: { [k]: a.schema }, additionalProperties: b.schema },
    values: objects([], { [k]: at(a, 0), [l]: at(k === l ? a : b, 1) }),
  }),
  ({ of: [a, b, c], keys: [k, l] }) => ({
    schema: {
      allOf: [
        { properties: { [k]: a.schema } },
        {
          anyOf: [
            { properties: { [l]: b.schema }, required: [l] },
            { type: "object", properties: { [l]: c.schema } },
          ],
        },
      ],
    },
    values: objects([
      [k, [a]],
      [l, [b, c]],
    ]),
  }),
  ({ of: [a, b, c], keys: [k, l] }) => ({
    schema: {
      type: "object",
      oneOf: [
        { properties: { [k]: a.schema, kind: { const: "x" } }, required: ["kind"], additionalProperties: false },
        { properties: { [l]: b.schema, kind: { enum: ["y", "z"] } }, required: ["kind"] },
        { patternProperties: { "^p": c.schema }, additionalProperties: false },
      ],
    },
    values: [
      ...tags.flatMap((kind) =>
        objects(
          [
            [k, [a]],
            [l, [b]],
          ],
          { kind },
        ),
      ),
      ...objects([
        ["p", [c]],
        ["pp", [c]],
      ]),
    ],
  }),
  ({ of: [a, b], keys: [k, l] }) => ({
    schema: { type: "object", properties: { [k]: a.schema }, allOf: [{ properties: { [k]: b.schema } }, { required: [l] }] },
    values: objects([[k, [a, b]]], { [l]: at(a, 0) }),
  }),
];

const otherForms: readonly Form[] = [
  ({ of: [a, b, c] }) => ({
    schema: { type: "array", prefixItems: [a.schema, b.schema], items: c.schema, minItems: 1 },
    values: [[at(a, 0)], [at(a, 1), at(b, 0)], [at(a, 0), at(b, 1), at(c, 0), at(c, 1)]],
  }),
  ({ of: [a, b, c] }) => ({
    schema: { type: "array", prefixItems: [a.schema], unevaluatedItems: b.schema, contains: c.schema, minContains: 0 },
    values: [[at(a, 0)], [at(a, 1), at(b, 0)], [at(a, 0), at(b, 1), at(b, 0)]],
  }),
  ({ of: [a, b] }) => ({
    schema: { prefixItems: [a.schema, false], items: b.schema },
    values: [[at(a, 0)], [], "s"],
  }),
  ({ of: [a, b] }) => ({
    schema: { allOf: [{ type: "array", items: a.schema }, { prefixItems: [b.schema] }] },
    values: [[at(b, 0)], [at(a, 0)], [at(a, 0), at(a, 1)], []],
  }),
  ({ of: [a, b, c] }) => ({ schema: { anyOf: [a.schema, b.schema, c.schema] }, values: [a, b, c].flatMap(({ values }) => values) }),
  ({ of: [a, b, c] }) => ({
    schema: { oneOf: [{ allOf: [a.schema, { not: { const: "never" } }] }, { anyOf: [b.schema, c.schema] }], description: "One." },
    values: [a, b, c].flatMap(({ values }) => values),
  }),
  ({ of: [a, b, c] }) => ({
    schema: { allOf: [{ anyOf: [a.schema, b.schema] }, { anyOf: [c.schema, b.schema] }] },
    values: [a, b, c].flatMap(({ values }) => values),
  }),
  ({ of: [a] }) => ({ schema: { type: "array", items: a.schema, description: "Some." }, values: [[], [at(a, 0), at(a, 1)]] }),
  ({ of: [a] }) => ({ schema: { items: a.schema }, values: [[at(a, 0)], "s", null, {}] }),
];

const forms = [...conditions, ...conditions, ...objectForms, ...objectForms, ...otherForms];

function formed(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const parts = fc.record({
    of: fc.tuple(member, member, member),
    keys: fc.tuple(names, names, names),
    closed: fc.boolean(),
    type: fc.boolean(),
  });
  return fc.tuple(fc.constantFrom(...forms), parts).map(([form, chosen]) => form(chosen));
}

/** A schema over two definitions of its own, referred to with and without something beside the reference. */
const root = fc.tuple(formed(fc.constantFrom(...scalars)), formed(fc.constantFrom(...scalars))).chain(([a, b]) => {
  const reference: fc.Arbitrary<Sample> = fc.constantFrom<Sample>(
    { schema: { $ref: "#/$defs/A" }, values: a.values },
    { schema: { $ref: "#/$defs/B", description: "Another." }, values: b.values },
    { schema: { $ref: "#/$defs/A", properties: { more: { type: "string" } } }, values: a.values },
    { schema: { anyOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }, { type: "null" }] }, values: [...a.values, null, ...b.values] },
  );
  const leaf = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...scalars) }, { weight: 2, arbitrary: reference });
  const node = fc.letrec<{ node: Sample }>((tie) => ({
    node: fc.oneof({ maxDepth: 2, depthIdentifier: "combined" }, leaf, formed(tie("node"))),
  })).node;
  const withDefs = (sample: Sample): Sample => ({
    ...sample,
    schema: typeof sample.schema === "boolean" ? sample.schema : { ...sample.schema, $defs: { A: a.schema, B: b.schema } },
  });
  return formed(node).map(withDefs);
});

/** Trees of themselves through maps, tuples and unions. */
const recursive = fc
  .tuple(formed(fc.constantFrom(...scalars)), fc.constantFrom(0, 1, 2, 3), fc.boolean())
  .map(([own, how, dynamic]): Sample => {
    const again: JsonSchema = dynamic ? { $dynamicRef: "#node" } : { $ref: "#/$defs/node" };
    const ways: readonly (readonly [JsonSchema, (child: unknown) => unknown])[] = [
      [{ type: "object", additionalProperties: again }, (child) => ({ k: child, key: child })],
      [{ type: "array", prefixItems: [again], items: own.schema }, (child) => [child, at(own, 0)]],
      [{ anyOf: [own.schema, again] }, (child) => child],
      [{ type: "object", patternProperties: { "^p": again }, additionalProperties: own.schema }, (child) => ({ p: child, q: at(own, 1) })],
    ];
    const [child, wrap] = ways[how] ?? [true, (inner): unknown => inner];
    const leaf = { name: "s" };
    return {
      schema: {
        $ref: "#/$defs/node",
        $defs: {
          node: {
            ...(dynamic && { $dynamicAnchor: "node" }),
            type: "object",
            properties: { name: { type: "string" }, child },
            required: ["name"],
            additionalProperties: false,
          },
        },
      },
      values: [leaf, { ...leaf, child: wrap(leaf) }, { ...leaf, child: wrap({ ...leaf, child: wrap(leaf) }) }],
    };
  });

/** Schemas of unusual combinations of keywords, each with values of which some are valid. */
export const combined: fc.Arbitrary<Sample> = fc.oneof({ weight: 9, arbitrary: root }, { weight: 1, arbitrary: recursive });
