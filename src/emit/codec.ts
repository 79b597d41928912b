import type { DefaultsPlan, Plan, RevivePlan } from "@schemacast/runtime/v1";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { banner, uncheckedLine } from "./banner.js";
import type { SchemaDocument } from "../read/schema-document.js";
import type { EmitRequest } from "./emit-file.js";
import { emitDefaults } from "./emit-defaults.js";
import { exportedConstant, exportedFunction, type Form, joinInForm, ownConstant, type Section } from "./forms.js";
import { emitGuard, type GuardText } from "./guard.js";
import { emitMakers } from "./handler.js";
import { isIdentity } from "./identity-plan.js";
import { importLines, type ImportedNames } from "./imports.js";
import { runtimeModule } from "./module-names.js";
import { isRare } from "./rare-plan.js";
import { revivePlan } from "./revive-plan.js";
import { SharedDeclarations } from "./shared-declarations.js";
import { Expression, literal } from "./text.js";
import type { TypeNames } from "./type-names.js";
import { emitValidator } from "./validator.js";
import { valueNames } from "./value-names.js";

export interface Codec {
  /** The text of the file in a form. */
  readonly textIn: (form: Form) => string;
  /** What `user.ts` imports of it. */
  readonly exports: readonly string[];
  /** The documents whose values hold Dates. */
  readonly revives: ReadonlySet<SchemaDocument>;
  /** The documents that have defaults. */
  readonly fills: ReadonlySet<SchemaDocument>;
  /** The documents that have a first-error validator. */
  readonly guards: ReadonlySet<SchemaDocument>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The machine's half of the pair: plan, decoder, streaming handler and validator of each type. */
export async function emitCodec(request: EmitRequest, names: TypeNames): Promise<Codec> {
  const imports: ImportedNames[] = [{ from: runtimeModule("v1", request), namespace: "$", inTypes: true }];
  const sections: Section[] = [];
  const exports: string[] = [];
  const revives = new Set<SchemaDocument>();
  const fills = new Set<SchemaDocument>();
  const guards = new Set<SchemaDocument>();
  const diagnostics: Diagnostic[] = [];
  const shared = new SharedDeclarations();
  for (const { document, lowering } of request.entries) {
    const type = names.of(document).base;
    const plan = `${valueNames(type).value}Plan`;
    const validator = await emitValidator(document, type, request.loadAjv);
    const code = shared.add(validator.code);
    if (validator.usesLibrary) imports.push({ from: runtimeModule("validation", request), namespace: "$v" });
    diagnostics.push(...validator.diagnostics);
    exports.push(`decode${type}`, `stream${type}Handler`, `validate${type}`);
    sections.push(
      ownConstant({ name: plan, type: "$.Plan", value: literal(lowering.plan, 0, `const ${plan}: $.Plan = `.length) }),
      exportedFunction({
        doc: `Wire JSON → the shape of ${type}.`,
        name: `decode${type}`,
        parameters: [["wire", ": unknown"]],
        returns: "unknown",
        value: isIdentity(lowering.plan) ? "wire" : `$.decode(${plan}, wire)`,
      }),
      exportedConstant({
        doc: `How ${type} is shown while it arrives.`,
        name: `stream${type}Handler`,
        type: "$.StreamHandler<any>",
        value: handler(plan, lowering.plan, new Map([...validator.parts].map(([path, name]) => [path, shared.resolve(name)]))),
      }),
      exportedConstant({
        doc: `Judges a value by the schema of ${type}.`,
        name: `validate${type}`,
        type: "$.Validator",
        value: shared.resolve(validator.root),
      }),
      (form) => (form === "d.ts" ? "" : code),
    );
    const guard = request.settings.guards === "first-error" ? emitGuard(validator) : undefined;
    if (guard !== undefined) {
      guards.add(document);
      exports.push(`admits${type}`);
      const guardCode = shared.add(guard.code);
      sections.push(...guardFunction(type, { root: shared.resolve(guard.root), code: guardCode }));
    }
    const defaults = await emitDefaults(document, request.loadAjv);
    diagnostics.push(...defaults.diagnostics);
    if (defaults.plan !== undefined) {
      fills.add(document);
      exports.push(`fill${type}`);
      sections.push(...fillFunction(type, defaults.plan));
    }
    const dates = revivePlan(document.schema);
    if (dates === undefined) continue;
    revives.add(document);
    exports.push(`revive${type}`);
    sections.push(...reviveFunction(type, dates));
  }
  const head = banner(request.source, request.settings.header);
  const textIn = (form: Form): string =>
    `${head}${form === "d.ts" ? "" : uncheckedLine}${importLines(imports, form)}\n${joinInForm(sections, form)}`;
  return { textIn, exports, revives, fills, guards, diagnostics };
}

function guardFunction(type: string, { root, code }: GuardText): readonly Section[] {
  const constant = exportedConstant({
    doc: `The verdict of \`validate${type}\`, sooner: stops at the first fault and doesn't say which.`,
    name: `admits${type}`,
    type: "(value: unknown) => boolean",
    value: root,
  });
  return [constant, (form) => (form === "d.ts" ? "" : code)];
}

function fillFunction(type: string, plan: DefaultsPlan): readonly string[] {
  const name = `${valueNames(type).value}Defaults`;
  return [
    ownConstant({ name, type: "$.DefaultsPlan", value: literal(plan, 0, `const ${name}: $.DefaultsPlan = `.length) }),
    exportedFunction({
      doc: `${type} with the defaults of its schema where it has nothing (option applyDefaults).`,
      name: `fill${type}`,
      parameters: [
        ["value", ": unknown"],
        ["at", "?: $.FillPlace"],
      ],
      returns: "unknown",
      value: `$.fillDefaults(${name}, value, at)`,
    }),
  ];
}

function reviveFunction(type: string, plan: RevivePlan): readonly string[] {
  const name = `${valueNames(type).value}Dates`;
  return [
    ownConstant({ name, type: "$.RevivePlan", value: literal(plan, 0, 60) }),
    exportedFunction({
      doc: `The Dates of a valid ${type}, which are text in JSON.`,
      name: `revive${type}`,
      parameters: [["valid", ": unknown"]],
      returns: "any",
      value: `$.revive(${name}, valid)`,
    }),
  ];
}

/** The plan, what the parser needs for its kinds, the functions that make its objects, and the validators of the parts that are judged as they close. */
function handler(name: string, plan: Plan, parts: ReadonlyMap<string, string>): string {
  const elements = Object.fromEntries([...parts].map(([path, part]) => [path, new Expression(part)]));
  const makers = emitMakers(plan).map((maker) => new Expression(maker));
  const rare = isRare(plan) && { rare: new Expression("$.rareKinds") };
  return literal({ plan: new Expression(name), ...rare, ...(parts.size > 0 && { elements }), ...(makers.length > 0 && { makers }) }, 0, 60);
}
