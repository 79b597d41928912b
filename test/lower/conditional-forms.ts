// oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema
import { type Form, object, objects, tags } from "./combined-parts.js";

const isX = { properties: { kind: { const: "x" } }, required: ["kind"] };
const isY = { properties: { kind: { const: "y" } }, required: ["kind"] };

/** Ways to put conditions into a schema. */
export const conditions: readonly Form[] = [
  // Both outcomes speak of the same property, which the object may declare too.
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l],
    } = parts;
    return {
      schema: object(parts, {
        properties: { kind: { enum: tags }, [k]: parts.closed ? true : {}, [l]: c.schema },
        if: isX,
        then: { properties: { [k]: a.schema }, required: [k] },
        else: { properties: { [k]: b.schema } },
      }),
      values: tags.flatMap((kind) =>
        objects(
          [
            [k, [a, b]],
            [l, [c]],
          ],
          { kind },
        ),
      ),
    };
  },
  // A chain of conditions.
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l],
    } = parts;
    return {
      schema: object(parts, {
        properties: { kind: { type: "string" }, ...(parts.closed && { [k]: {}, [l]: true }) },
        if: isX,
        then: { properties: { [k]: a.schema } },
        else: { if: isY, then: { properties: { [k]: b.schema }, required: [k] }, else: { properties: { [l]: c.schema } } },
      }),
      values: [...tags, "z"].flatMap((kind) =>
        objects(
          [
            [k, [a, b, c]],
            [l, [c, a]],
          ],
          { kind },
        ),
      ),
    };
  },
  // Several conditions, none of which says "else".
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l],
    } = parts;
    return {
      schema: object(parts, {
        properties: { kind: { enum: ["x", "y", "z"] }, ...(parts.closed && { [k]: true }) },
        allOf: [
          { if: isX, then: { properties: { [k]: a.schema }, required: [k] } },
          { if: isY, then: { properties: { [k]: b.schema, [l]: c.schema } } },
        ],
        ...(!parts.closed && { unevaluatedProperties: c.schema }),
      }),
      values: [...tags, "z"].flatMap((kind) =>
        objects(
          [
            [k, [a, b, c]],
            [l, [c]],
          ],
          { kind },
        ),
      ),
    };
  },
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l],
    } = parts;
    return {
      schema: object(parts, {
        properties: { [k]: a.schema },
        dependentSchemas: { [k]: { properties: { [l]: b.schema } }, other: { properties: { [l]: c.schema }, minProperties: 1 } },
        dependentRequired: { [l]: [k] },
      }),
      values: objects([
        [k, [a]],
        [l, [b, c]],
      ]),
    };
  },
  // Conditions beside a union, and inside its branches.
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l],
    } = parts;
    return {
      schema: object(parts, {
        ...(parts.closed && { properties: { kind: true, [k]: true, [l]: true } }),
        anyOf: [
          { properties: { [k]: a.schema }, required: [k] },
          { properties: { [k]: b.schema, kind: { const: "x" } }, if: isX, then: { properties: { [l]: c.schema } } },
        ],
        if: isX,
        then: { properties: { [k]: b.schema } },
      }),
      values: tags.flatMap((kind) =>
        objects(
          [
            [k, [a, b]],
            [l, [c, a]],
          ],
          { kind },
        ),
      ),
    };
  },
  // Keys that branches evaluate where they hold, beside keys that none of them evaluates.
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l, m],
    } = parts;
    return {
      schema: {
        ...(parts.type && { type: "object" }),
        properties: { kind: { enum: tags } },
        anyOf: [
          { properties: { [k]: a.schema }, ...(parts.closed && { required: [k] }) },
          { properties: { [l]: b.schema } },
          { properties: { kind: { const: "x" } }, required: ["kind"], ...(parts.closed && { additionalProperties: c.schema }) },
        ],
        ...(!parts.closed && { if: { properties: { [m]: c.schema } } }),
        unevaluatedProperties: false,
      },
      values: tags.flatMap((kind) =>
        objects(
          [
            [k, [a]],
            [l, [b, c]],
            [m, [c]],
          ],
          { kind },
        ),
      ),
    };
  },
  (parts) => {
    const {
      of: [a, b, c],
      keys: [k, l, m],
    } = parts;
    return {
      schema: {
        ...(parts.type && { type: "object" }),
        allOf: [
          { properties: { kind: { type: "string" }, [k]: a.schema }, if: isX, then: { patternProperties: { "": c.schema } } },
          {
            anyOf: [
              { properties: { [l]: b.schema }, required: [l] },
              { properties: { [m]: c.schema }, if: isY, then: { properties: { other: true } } },
            ],
          },
        ],
        unevaluatedProperties: parts.closed ? false : a.schema,
      },
      values: tags.flatMap((kind) =>
        objects(
          [
            [k, [a]],
            [l, [b]],
            [m, [c]],
            ["other", [c, a]],
          ],
          { kind },
        ),
      ),
    };
  },
  // Conditions of a map.
  (parts) => {
    const {
      of: [a, b],
      keys: [k, l, m],
    } = parts;
    return {
      schema: { type: "object", additionalProperties: a.schema, if: { required: [k] }, then: { properties: { [l]: b.schema } } },
      values: objects([
        [k, [a]],
        [l, [a, b]],
        [m, [a]],
      ]),
    };
  },
];
