import { decode, type PlanNode } from "@schemacast/runtime/v1";
import { expect, test } from "vitest";
import { encode } from "../../src/lower/encode.js";
import { lower, type LowerOptions } from "../../src/lower/lower.js";
import { checkProfile } from "../../src/lower/profile-checker.js";
import type { RuleId } from "../../src/lower/wire.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { documentOf } from "./document-of.js";
import { validatorOf } from "./validator-of.js";

/** One schema, what becomes of it on the wire, and values with their form on the wire. */
export interface RuleRow {
  readonly name: string;
  /** Schema of a required property `p`. */
  readonly schema: JsonSchema;
  readonly defs?: { readonly [name: string]: JsonSchema };
  /** What is sent for `p`; absent: not looked at. */
  readonly wire?: JsonSchema;
  readonly plan?: PlanNode;
  /** Pairs of value and wire JSON; both directions are checked. */
  readonly values?: readonly (readonly [unknown, unknown])[];
  /** Diagnostic codes, in order; `lower/close-object` left out. */
  readonly codes?: readonly string[];
  readonly options?: Partial<LowerOptions>;
}

/** Runs a table: each row is lowered as the property `p` of an object, and has to name `rule` among its changes. */
export function ruleTable(rule: RuleId | undefined, rows: readonly RuleRow[]): void {
  test.each(rows)("$name", (row) => {
    const document = documentOf({
      type: "object",
      properties: { p: row.schema },
      required: ["p"],
      additionalProperties: false,
      ...(row.defs && { $defs: row.defs }),
    });
    const lowering = lower(document, { profile: cerebras, ...row.options });
    const { one, plan, changes, diagnostics } = lowering;
    if (rule !== undefined) expect(changes.map((change) => change.rule)).toContain(rule);
    if (row.wire !== undefined) expect(one.schema).toMatchObject({ properties: { p: row.wire } });
    if (row.wire !== undefined) expect(Reflect.get(Object(one.schema["properties"]), "p")).toEqual(row.wire);
    if (row.plan !== undefined) expect(plan.root).toEqual({ kind: "object", fields: { p: { node: row.plan } } });
    if (row.codes !== undefined) {
      expect(diagnostics.map(({ code }) => code).filter((code) => code !== "lower/close-object")).toEqual(row.codes);
    }
    if (one.strict && row.options?.profile === undefined) {
      expect(checkProfile(one.schema, cerebras, "tools")).toEqual([]);
      expect(checkProfile(one.schema, cerebras, "json_schema")).toEqual([]);
    }
    const validate = validatorOf(one.schema);
    for (const [value, wire] of row.values ?? []) {
      expect(encode(lowering, { p: value })).toEqual({ wire: { p: wire }, dropped: [] });
      expect(decode(plan, { p: wire })).toEqual({ p: value });
      expect(validate({ p: wire })).toBe(true);
    }
  });
}
