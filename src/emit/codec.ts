import type { DefaultsPlan, Plan, RevivePlan } from "@schemacast/runtime/v1";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { banner } from "./banner.js";
import type { SchemaDocument } from "../read/schema-document.js";
import type { EmitRequest } from "./emit-file.js";
import { emitDefaults } from "./emit-defaults.js";
import { emitMakers } from "./handler.js";
import { importLines, type ImportedNames } from "./imports.js";
import { revivePlan } from "./revive-plan.js";
import { Expression, literal } from "./text.js";
import type { TypeNames } from "./type-names.js";
import { emitValidator } from "./validator.js";
import { valueNames } from "./value-names.js";

export interface Codec {
  readonly text: string;
  /** What `user.ts` imports of it. */
  readonly exports: readonly string[];
  /** The documents whose values hold Dates. */
  readonly revives: ReadonlySet<SchemaDocument>;
  /** The documents that have defaults. */
  readonly fills: ReadonlySet<SchemaDocument>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The machine's half of the pair: plan, decoder, streaming handler and validator of each type. */
export async function emitCodec(request: EmitRequest, names: TypeNames): Promise<Codec> {
  const imports: ImportedNames[] = [{ from: "@schemacast/runtime/v1", namespace: "$" }];
  const sections: string[] = [];
  const exports: string[] = [];
  const revives = new Set<SchemaDocument>();
  const fills = new Set<SchemaDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const { document, lowering } of request.entries) {
    const type = names.of(document).root;
    const plan = `${valueNames(type).value}Plan`;
    const validator = await emitValidator(document, type);
    imports.push(...Object.entries(validator.imports).map(([namespace, from]) => ({ from, namespace })));
    diagnostics.push(...validator.diagnostics);
    exports.push(`decode${type}`, `stream${type}Handler`, `validate${type}`);
    sections.push(`const ${plan}: $.Plan = ${literal(lowering.plan, 0, `const ${plan}: $.Plan = `.length)};

/** Wire JSON → the shape of ${type}. */
export function decode${type}(wire: unknown): unknown {
  return $.decode(${plan}, wire);
}

/** How a ${type} is shown while it arrives. */
export const stream${type}Handler: $.StreamHandler<any> = ${handler(plan, lowering.plan, validator.parts)};

${validator.code}`);
    const defaults = await emitDefaults(document);
    diagnostics.push(...defaults.diagnostics);
    if (defaults.plan !== undefined) {
      fills.add(document);
      exports.push(`fill${type}`);
      sections.push(fillFunction(type, defaults.plan));
    }
    const dates = revivePlan(document.schema);
    if (dates === undefined) continue;
    revives.add(document);
    exports.push(`revive${type}`);
    sections.push(reviveFunction(type, dates));
  }
  const text = `${banner(request.source, request.settings.header)}// @ts-nocheck\n${importLines(imports)}\n${sections.join("\n")}`;
  return { text, exports, revives, fills, diagnostics };
}

function fillFunction(type: string, plan: DefaultsPlan): string {
  const name = `${valueNames(type).value}Defaults`;
  return `const ${name}: $.DefaultsPlan = ${literal(plan, 0, `const ${name}: $.DefaultsPlan = `.length)};

/** A ${type} with the defaults of its schema where it has nothing (option applyDefaults). */
export function fill${type}(value: unknown, at?: $.FillPlace): unknown {
  return $.fillDefaults(${name}, value, at);
}
`;
}

function reviveFunction(type: string, plan: RevivePlan): string {
  const name = `${valueNames(type).value}Dates`;
  return `const ${name}: $.RevivePlan = ${literal(plan, 0, 60)};

/** The Dates of a valid ${type}, which are text in JSON. */
export function revive${type}(valid: unknown): any {
  return $.revive(${name}, valid);
}
`;
}

/** The plan, the functions that make its objects, and the validators of the parts that are judged as they close. */
function handler(name: string, plan: Plan, parts: ReadonlyMap<string, string>): string {
  const elements = Object.fromEntries([...parts].map(([path, part]) => [path, new Expression(part)]));
  const makers = emitMakers(plan).map((maker) => new Expression(maker));
  return literal({ plan: new Expression(name), ...(parts.size > 0 && { elements }), ...(makers.length > 0 && { makers }) }, 0, 60);
}
