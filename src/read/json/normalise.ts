import type { JsonSchema, SchemaObject } from "../schema-document.js";
import type { DynamicScope } from "./dynamic-scope.js";
import { emptyScope, enterResource, recursiveAnchorName } from "./dynamic-scope.js";
import { writeExtensions } from "./extension-keywords.js";
import { describeValue } from "./check-value.js";
import { draftName } from "./draft.js";
import { findInPlaceFaults } from "./find-in-place-faults.js";
import type { JsonNode } from "./json-node.js";
import { member, setOwn, stringOf } from "./json-node.js";
import { keywords } from "./keywords.js";
import { nameDefinitions } from "./name-definitions.js";
import { isNullableWithoutType } from "./nullable.js";
import type { ReadSession } from "./read-session.js";
import { resolveReference } from "./resolve-reference.js";
import type { SchemaBuild, Slot } from "./schema-build.js";
import { writeDiscriminator } from "./write-discriminator.js";
import { writeKeywords } from "./write-keywords.js";

/** A self-contained schema, and the place each of its parts came from. */
export interface NormalisedSchema {
  readonly schema: JsonSchema;
  readonly origins: ReadonlyMap<object, JsonNode>;
  readonly root: JsonNode;
}

/** What a reference leads to, in one state of the dynamic scope: an entry of `$defs`. */
interface Definition {
  readonly node: JsonNode;
  readonly scope: DynamicScope;
  readonly file: string;
  /** The objects whose `$ref` is to hold its name. */
  readonly referrers: Record<string, unknown>[];
  schema?: JsonSchema;
}

/** Bundles and upgrades the schema at a node. `name` is the root's own name among the definitions, if something refers to it. */
export function normalise(session: ReadSession, root: JsonNode, name: string): NormalisedSchema {
  return new Normaliser(session, root).run(name);
}

class Normaliser {
  readonly #session: ReadSession;
  readonly #origins = new Map<object, JsonNode>();
  readonly #definitions = new Map<string, Definition>();
  readonly #queue: Definition[] = [];
  /** Schemas written where they stand, before anything referred to them. */
  readonly #inline = new Map<string, Slot>();
  readonly #numbers = new Map<JsonNode, number>();
  readonly #root: JsonNode;
  #schemas = 0;
  #dynamicDefinitions = 0;
  /** A bound was exceeded, and told: what comes out is not used. */
  #stopped = false;

  constructor(session: ReadSession, root: JsonNode) {
    this.#session = session;
    this.#root = root;
  }

  run(name: string): NormalisedSchema {
    const root = this.#root;
    const holder: { schema: JsonSchema } = { schema: true };
    // The holder is written like any other slot; what is placed is always a schema.
    this.#place(root, emptyScope, { holder, key: "schema" });
    for (let next = this.#queue.pop(); next && !this.#stopped; next = this.#queue.pop()) this.#define(next);
    if (this.#stopped) return { schema: true, origins: this.#origins, root };
    this.#moveInline();
    const schema = this.#inlineRootReference(holder.schema);
    const rootDefinition = typeof schema === "object" ? this.#referredBy(schema) : undefined;
    const definitions = [...this.#definitions.values()];
    const names = nameDefinitions(definitions, new Map(rootDefinition && isBare(schema) ? [[rootDefinition, name]] : []));
    const defs: Record<string, unknown> = {};
    for (const definition of inFileOrder(definitions, this.#session.dependencies)) {
      const key = names.get(definition) ?? "";
      setOwn(defs, key, definition.schema ?? true);
      for (const referrer of definition.referrers) referrer.$ref = `#/$defs/${key}`;
    }
    if (typeof schema === "object" && definitions.length > 0) (schema as Record<string, unknown>).$defs = defs;
    const { loops, tooMany } = findInPlaceFaults(schema, this.#session.limits.inPlace);
    for (const loop of loops) this.#reportLoop(loop);
    if (tooMany) this.#exceeds("inPlace", Infinity, this.#origins.get(tooMany) ?? root);
    return { schema, origins: this.#origins, root };
  }

  #referredBy(schema: SchemaObject): Definition | undefined {
    return [...this.#definitions.values()].find(({ referrers }) => referrers.some((referrer) => referrer === schema));
  }

  /** A root that is nothing but a reference to what nothing else refers to takes its place. */
  #inlineRootReference(root: JsonSchema): JsonSchema {
    let current = root;
    while (isBare(current)) {
      const schema: SchemaObject = current;
      const entry = [...this.#definitions].find(([, { referrers }]) => referrers.length === 1 && referrers[0] === schema);
      const target = entry?.[1].schema;
      if (!entry || target === undefined) return current;
      this.#definitions.delete(entry[0]);
      if (typeof target === "boolean") return target;
      const { $ref: _, ...notes } = schema;
      // The definition has no other user left: it may take the root's annotations.
      current = Object.assign(target as Record<string, unknown>, notes);
    }
    return current;
  }

  #define(definition: Definition): void {
    if (this.#inline.has(this.#key(definition.node, definition.scope))) return;
    definition.schema = this.#build(definition.node, definition.scope);
  }

  /** What was written in place and is referred to as well moves to `$defs`, so that there is one of it. */
  #moveInline(): void {
    for (const [key, definition] of this.#definitions) {
      const slot = this.#inline.get(key);
      if (!slot) continue;
      const reference: Record<string, unknown> = { $ref: "" };
      this.#origins.set(reference, definition.node);
      definition.schema = replaceSlot(slot, reference);
      definition.referrers.push(reference);
    }
  }

  #place(node: JsonNode, scope: DynamicScope, slot: Slot): void {
    const key = this.#key(node, enterResource(scope, this.#session.index.resourceOf(node)));
    const definition = this.#definitions.get(key);
    if (definition) {
      const reference: Record<string, unknown> = { $ref: "" };
      this.#origins.set(reference, node);
      definition.referrers.push(reference);
      replaceSlot(slot, reference);
      return;
    }
    if (node.kind === "object") this.#inline.set(key, slot);
    replaceSlot(slot, this.#build(node, scope));
  }

  #build(node: JsonNode, outer: DynamicScope): JsonSchema {
    if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
    if (node.kind !== "object") {
      this.#reportNoSchema(node);
      return true;
    }
    if (this.#stopped || this.#exceeds("schemas", ++this.#schemas, node)) return true;
    const resource = this.#session.index.resourceOf(node);
    const scope = enterResource(outer, resource);
    const out: Record<string, unknown> = {};
    const notes = isNullableWithoutType(node) ? { anyOf: [out, { type: "null" }] } : out;
    this.#origins.set(out, node).set(notes, node);
    const build: SchemaBuild = {
      node,
      resource,
      scope,
      out,
      notes,
      place: (child, slot) => this.#place(child, scope, slot),
      resolve: (reference, at) => resolveReference(this.#session, reference, at)?.node,
      trace: (part, origin) => void this.#origins.set(part, origin),
      isRoot: node === this.#root,
      reportOnce: (code, at, facts) => this.#session.reportOnce(code, at, facts),
      report: (code, at, facts) => this.#session.report(code, at, facts),
    };
    this.#writeReferences(build);
    reportSiblings(build);
    writeKeywords(build);
    writeDiscriminator(build);
    writeExtensions(build);
    return notes;
  }

  /** A schema has one `$ref` in the normalised form; a second kind of reference beside it goes into `allOf`. */
  #writeReferences(build: SchemaBuild): void {
    const { node, out } = build;
    for (const keyword of ["$ref", "$dynamicRef", "$recursiveRef"] as const) {
      const at = node.members.get(keyword);
      const target = at && this.#target(build, keyword, at);
      if (!target) continue;
      if (!Object.hasOwn(out, "$ref")) this.#refer(target, out, build.scope);
      else {
        const extra: Record<string, unknown> = {};
        this.#origins.set(extra, node);
        this.#refer(target, extra, build.scope);
        // Read back by the writer of `allOf`, which adds its own schemas to it.
        out.allOf = [...(Array.isArray(out.allOf) ? out.allOf : []), extra];
      }
    }
  }

  #target(build: SchemaBuild, keyword: "$ref" | "$dynamicRef" | "$recursiveRef", at: JsonNode): JsonNode | undefined {
    const reference = stringOf(at);
    const { draft } = build.resource;
    if (reference === undefined || (keyword === "$dynamicRef" && draft < 2020) || (keyword === "$recursiveRef" && draft !== 2019))
      return undefined;
    const target = resolveReference(this.#session, reference, at);
    if (!target) return undefined;
    if (keyword === "$dynamicRef" && target.dynamic) {
      const anchor = stringOf(member(target.node, "$dynamicAnchor"));
      return build.scope.anchors.get(anchor ?? "") ?? target.node;
    }
    if (keyword === "$recursiveRef" && isRecursiveAnchor(target.node)) return build.scope.anchors.get(recursiveAnchorName) ?? target.node;
    return target.node;
  }

  /** Makes a holder refer to the definition of a node, in the state of the scope in which it is entered from here. */
  #refer(node: JsonNode, holder: Record<string, unknown>, outer: DynamicScope): void {
    const resource = this.#session.index.resourceOf(node);
    const scope = enterResource(outer, resource);
    const key = this.#key(node, scope);
    let definition = this.#definitions.get(key);
    if (!definition) {
      definition = { node, scope, file: resource.file.path, referrers: [] };
      this.#definitions.set(key, definition);
      this.#exceeds("definitions", this.#definitions.size, node);
      if (scope.key !== "") this.#exceeds("dynamicDefinitions", ++this.#dynamicDefinitions, node);
      this.#queue.push(definition);
    }
    holder.$ref = "";
    definition.referrers.push(holder);
  }

  #key(node: JsonNode, scope: DynamicScope): string {
    let number = this.#numbers.get(node);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(node, number);
    }
    return `${number}${scope.key}`;
  }

  #reportLoop(holder: SchemaObject): void {
    const node = this.#origins.get(holder) ?? this.#root;
    const at = member(node, "$ref") ?? member(node, "$dynamicRef") ?? member(node, "$recursiveRef") ?? node;
    this.#session.report("read/ref-loop", at, { ref: stringOf(at) ?? String(holder.$ref) });
  }

  #reportNoSchema(node: JsonNode): void {
    const advice = 'Write a schema, for example { "type": "string" }.';
    const keyword = node.segment ?? "The root";
    this.#session.report("read/keyword-value", node, {
      keyword,
      expected: "a schema (an object, true or false)",
      found: describeValue(node),
      advice,
    });
  }

  #exceeds(limit: keyof typeof limitUnits, count: number, node: JsonNode): boolean {
    const allowed = this.#session.limits[limit];
    if (count <= allowed) return false;
    this.#session.report("read/too-large", node, { allowed: allowed.toLocaleString("en-US"), unit: limitUnits[limit] });
    this.#stopped = true;
    return true;
  }
}

/** What older drafts ignore beside `$ref` is applied, because Ajv applies it; the first such keyword is told. */
function reportSiblings({ node, resource, report }: SchemaBuild): void {
  if (resource.draft > 7 || stringOf(member(node, "$ref")) === undefined) return;
  for (const [name, value] of node.members) {
    const keyword = keywords.get(name);
    if (!keyword || keyword.annotation || keyword.structural || keyword.since || name === "$ref" || name === "nullable") continue;
    report("read/ref-siblings", value, { keyword: name, draft: draftName(resource.draft) });
    return;
  }
}

/** What each bound counts, as the message says it. */
const limitUnits = {
  schemas: "schemas, counted after references are followed",
  definitions: "definitions in use",
  dynamicDefinitions: "definitions that differ only by their dynamic scope",
  inPlace: "schemas that apply to one value, counted after references are followed",
} as const;

function isRecursiveAnchor(node: JsonNode): boolean {
  const flag = member(node, "$recursiveAnchor");
  return flag?.kind === "scalar" && flag.value === true;
}

/** Puts a schema into a slot and returns what stood there. */
function replaceSlot({ holder, key }: Slot, schema: JsonSchema): JsonSchema {
  // Array slots are addressed by number, object slots by name; both hold schemas only.
  const target = holder as Record<string | number, unknown>;
  const before = Object.hasOwn(target, key) ? target[key] : true;
  if (typeof key === "number") target[key] = schema;
  else setOwn(target, key, schema);
  return before as JsonSchema;
}

/** Nothing but a reference and annotations. */
function isBare(schema: JsonSchema): schema is SchemaObject {
  if (typeof schema === "boolean" || !Object.hasOwn(schema, "$ref")) return false;
  return Object.keys(schema).every((name) => name === "$ref" || name.startsWith("x-") || keywords.get(name)?.annotation);
}

/** The order in which the definitions were written: the first file's first. */
function inFileOrder(definitions: readonly Definition[], files: readonly string[]): readonly Definition[] {
  const ranks = new Map(files.map((file, index) => [file, index]));
  const rank = ({ file }: Definition): number => ranks.get(file) ?? files.length;
  return definitions.toSorted((left, right) => rank(left) - rank(right) || left.node.offset - right.node.offset);
}
