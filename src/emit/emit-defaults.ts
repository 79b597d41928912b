import type { DefaultsPlan, JsonValue } from "@schemacast/runtime/v1";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { JsonSchema, SchemaDocument } from "../read/schema-document.js";
import { type AjvLibrary, loadAjv } from "./ajv-library.js";
import { type DefaultPlace, hasDefaults, planDefaults } from "./defaults-plan.js";
import { forAjv } from "./for-ajv.js";

/** The defaults of one document, ready to be written into its codec. */
export interface Defaults {
  /** Undefined where there is nothing to fill. */
  readonly plan: DefaultsPlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A default that still lacks something after so many rounds lacks itself: `{}` for a node whose child is `{}` by default. */
const mostRounds = 64;
const longestDefault = 100_000;

/**
 * Where values of a document lack what its schema has a default for. A default is completed by the defaults inside it and judged by
 * the schema of its place, here and not at run time; one that is not valid is told of and left out.
 */
export async function emitDefaults(document: SchemaDocument, load = loadAjv): Promise<Defaults> {
  const { schema } = document;
  if (!hasDefaults(schema)) return { plan: undefined, diagnostics: [] };
  const { fillDefaults } = await import("@schemacast/runtime/v1");
  const refused = new Map<string, Refusal>();
  for (;;) {
    const { plan, places } = planDefaults(schema, ({ pointer, value }) => (refused.has(pointer) ? undefined : value));
    const open = places.filter(({ pointer }) => !refused.has(pointer));
    const endless = endlessPlaces(schema, refused, fillDefaults);
    const complete = new Map<string, JsonValue>();
    for (const { pointer, at, value, node } of open) {
      const part = node && { root: node, ...(plan?.defs && { defs: plan.defs }) };
      const whole = part === undefined ? value : endless.has(pointer) ? undefined : completed(value, (inner) => fillDefaults(part, inner));
      if (whole === undefined) refused.set(pointer, { at, problem: "it holds itself, without end" });
      else complete.set(pointer, whole);
    }
    const ended = open.filter(({ pointer }) => complete.has(pointer));
    for (const [{ pointer, at }, problem] of invalid({ document, library: await load() }, ended, complete))
      refused.set(pointer, { at, problem });
    if (complete.size < open.length || ended.some(({ pointer }) => refused.has(pointer))) continue;
    const final = planDefaults(schema, ({ pointer }) => complete.get(pointer));
    return { plan: complete.size > 0 ? final.plan : undefined, diagnostics: told(document, refused) };
  }
}

interface Refusal {
  /** Pointer to the default. */
  readonly at: string;
  readonly problem: string;
}

/** In front of a pointer: stands for the default of a place. */
const mark = "\0default ";

/**
 * Places whose default would hold itself, or one that does. A round of completing may multiply a default by the number of properties, so
 * who holds whom is found out with marks in place of the defaults.
 */
function endlessPlaces(
  schema: JsonSchema,
  refused: ReadonlyMap<string, unknown>,
  fill: (plan: DefaultsPlan, value: unknown) => unknown,
): ReadonlySet<string> {
  const { plan, places } = planDefaults(schema, ({ pointer }) => (refused.has(pointer) ? undefined : mark + pointer));
  const held = new Map<string, readonly string[]>();
  for (const { pointer, value, node } of places) {
    if (refused.has(pointer)) continue;
    const part = node && { root: node, ...(plan?.defs && { defs: plan.defs }) };
    held.set(pointer, part === undefined ? [] : marksIn(fill(part, value)));
  }
  // What holds only places that end, ends; the rest never does.
  const holders = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [pointer, inner] of held) {
    open.set(pointer, inner.length);
    for (const one of inner) holders.set(one, [...(holders.get(one) ?? []), pointer]);
  }
  const ending = [...held.keys()].filter((pointer) => open.get(pointer) === 0);
  for (const pointer of ending) {
    for (const holder of holders.get(pointer) ?? []) {
      const left = (open.get(holder) ?? 0) - 1;
      open.set(holder, left);
      if (left === 0) ending.push(holder);
    }
  }
  const ended = new Set(ending);
  return new Set([...held.keys()].filter((pointer) => !ended.has(pointer)));
}

function marksIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "string" && inner.startsWith(mark)) found.add(inner.slice(mark.length));
    return inner;
  });
  return [...found];
}

/** A default with all that is lacking in it; undefined where that never ends. */
function completed(value: JsonValue, fill: (value: unknown) => unknown): JsonValue | undefined {
  let whole: unknown = value;
  for (let round = 0; round < mostRounds; round++) {
    const next = fill(whole);
    // What lacks nothing is given back as it is.
    if (next === whole) return whole as JsonValue;
    whole = next;
    if (JSON.stringify(whole).length > longestDefault) return undefined;
  }
  return undefined;
}

interface Court {
  readonly document: SchemaDocument;
  readonly library: AjvLibrary;
}

type Judged = ReadonlyMap<DefaultPlace, string>;

/** The places whose default is not valid, with what is wrong; of one that is so only for what was put into it, the inner ones come first. */
function invalid(court: Court, places: readonly DefaultPlace[], complete: ReadonlyMap<string, JsonValue>): Judged {
  const asCompleted = refusedPlaces(court, places, ({ pointer }) => complete.get(pointer));
  if (asCompleted.size === 0) return asCompleted;
  const asWritten = refusedPlaces(court, [...asCompleted.keys()], ({ value }) => value);
  return asWritten.size > 0 ? asWritten : asCompleted;
}

/** One schema with all places as its properties is compiled, and judges all their defaults at once. */
function refusedPlaces(
  { document, library }: Court,
  places: readonly DefaultPlace[],
  valueOf: (place: DefaultPlace) => JsonValue | undefined,
): Judged {
  const root = typeof document.schema === "boolean" ? {} : document.schema;
  const schema = {
    type: "object",
    properties: Object.fromEntries(places.map((place, index) => [`p${index}`, place.schema])),
    ...(root.$defs !== undefined && { $defs: root.$defs }),
  };
  const judge = library.judge(forAjv({ ...document, schema }));
  const failed = judge(Object.fromEntries(places.map((place, index) => [`p${index}`, valueOf(place)])));
  return new Map(
    places.flatMap((place, index) => {
      const problem = failed.get(`p${index}`);
      return problem === undefined ? [] : [[place, problem] as const];
    }),
  );
}

function told(document: SchemaDocument, refused: ReadonlyMap<string, Refusal>): readonly Diagnostic[] {
  const byPlace = new Map([...refused.values()].map(({ at, problem }) => [at, problem]));
  return [...byPlace].map(([at, problem]) => diagnostic("emit/default-invalid", document.locate(at), { problem }));
}
