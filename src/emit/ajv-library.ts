import type { Ajv, ErrorObject, Format } from "ajv";
import { type AjvProjection, rootId } from "./for-ajv.js";
import { camelCase, checkedFormats, uncheckedFormats } from "./formats.js";
import { withinTime } from "../read/within-time.js";

/** What is wrong with a value; undefined where that can't be told in the time there is. */
export type Failures = (value: unknown, milliseconds?: number) => readonly ErrorObject[] | undefined;

/** Milliseconds for all values of one schema, where it has expressions: so many that only those which never end are told apart by them. */
const judgingTime = 4_000;
const timeForAll = 2_000;
const timeForOne = 200;

/** Ajv with everything that is the same for all schemas. */
export interface AjvLibrary {
  /** An instance of its own for each schema: a shared one numbers its functions by history. */
  create(dialect: "draft-07" | "2020-12", ownProperties: boolean): Ajv;
  /**
   * Compiles the schemas one after the other. By itself Ajv compiles what a schema refers to while it compiles that schema, which
   * overflows the stack where hundreds of definitions refer to each other in a row.
   */
  compileFlat(ajv: Ajv, ids: readonly string[]): void;
  /** Compiles a schema to judge an object at once: the members that are not valid, and of each what is wrong with it first. */
  judge(projection: AjvProjection): (value: object) => ReadonlyMap<string, string>;
  /** Compiles a schema to judge values at once: everything that is wrong with one. */
  failures(projection: AjvProjection): Failures;
  /** The lines of the code: Ajv prints a statement a line, and no string goes over several. */
  standalone(ajv: Ajv, exports: Readonly<Record<string, string>>): readonly string[];
}

/** Loads Ajv and makes its output free of `require`: helpers and formats are members of `$v`. */
export async function loadAjv(): Promise<AjvLibrary> {
  const [{ Ajv, _, Name }, { Ajv2020 }, { ValueScope }, standalone, validation] = await Promise.all([
    import("ajv"),
    import("ajv/dist/2020.js"),
    import("ajv/dist/compile/codegen/index.js"),
    import("ajv/dist/standalone/index.js"),
    import("@schemacast/runtime/validation"),
  ]);
  const checks = new Map<string, unknown>(Object.entries(validation));
  const formats: Record<string, Format> = Object.fromEntries(uncheckedFormats.map((name) => [name, true]));
  for (const name of checkedFormats) {
    const check = checks.get(camelCase(name));
    // The parse boundary between the module's exports and Ajv's type of a format.
    formats[name] = (typeof check === "function" ? check : { type: "number", ...(check as object) }) as Format;
  }
  const options = {
    allErrors: true,
    discriminator: true,
    formats,
    inlineRefs: false,
    logger: false,
    messages: false,
    meta: false,
    strict: false,
    strictNumbers: true,
    validateSchema: false,
    code: {
      esm: true,
      formats: _`${new Name("$v")}`,
      lines: true,
      // Takes longer than all the rest; `compactValidators` does what matters of it.
      optimize: false,
      // Ajv evaluates what it compiles. Only its text is wanted here: reading and compiling it would be a third of the time.
      process: () => "return () => true",
      source: true,
    },
  } as const;
  const failures: AjvLibrary["failures"] = ({ dialect, ownProperties, schemas }) => {
    const all = { ...options, ownProperties, code: {} };
    const ajv = dialect === "draft-07" ? new Ajv(all) : new Ajv2020(all);
    addSchemas(ajv, schemas);
    // Compiled here: that takes what time it takes.
    const validate = ajv.getSchema(rootId);
    const errorsOf = (value: unknown): readonly ErrorObject[] => {
      void validate?.(value);
      return validate?.errors ?? [];
    };
    if (!JSON.stringify([...schemas.values()]).includes('"pattern')) return errorsOf;
    let left = judgingTime;
    return (value, milliseconds = timeForOne) => {
      if (left <= 0) return undefined;
      const begun = performance.now();
      const errors = withinTime(() => errorsOf(value), Math.min(left, milliseconds));
      left -= performance.now() - begun;
      return errors?.value;
    };
  };
  const emptyOnes = new Map<string, Ajv>();
  return {
    create: (dialect, ownProperties) => {
      const key = `${dialect} ${ownProperties}`;
      const empty = emptyOnes.get(key) ?? new (dialect === "draft-07" ? Ajv : Ajv2020)({ ...options, ownProperties });
      emptyOnes.set(key, empty);
      // Keywords and formats are the same for all and take longer to set up than most schemas to compile; the rest is what grows.
      return Object.assign(Object.create(empty) as Ajv, {
        schemas: {},
        refs: {},
        scope: new ValueScope({ ...empty.scope.opts, scope: {} }),
        _cache: new Map(),
        _compilations: new Set(),
      });
    },
    compileFlat,
    failures,
    judge: (projection) => {
      const failuresOf = failures(projection);
      return (value) => {
        const errors = failuresOf(value, timeForAll);
        if (errors !== undefined) return firstProblems(errors);
        // One of the members takes too long: which?
        const alone = Object.entries(value).map(([name, member]) => [name, failuresOf({ [name]: member })] as const);
        return new Map(alone.flatMap(([name, found]) => (found === undefined ? [[name, tooLong]] : [...firstProblems(found)])));
      };
    },
    standalone: (ajv, exports) =>
      (standalone.default.default ?? standalone.default)(ajv, { ...exports })
        .split("\n")
        .map(withoutRequire),
  };
}

const tooLong = 'to match it against a "pattern" takes too long';

function firstProblems(errors: readonly ErrorObject[]): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const { instancePath, keyword } of errors) {
    const member = instancePath.split("/")[1] ?? "";
    if (!problems.has(member)) problems.set(member, `it breaks "${keyword}"`);
  }
  return problems;
}

/** Each under its `$id`. */
export function addSchemas(ajv: Ajv, schemas: AjvProjection["schemas"]): void {
  for (const [id, schema] of schemas)
    ajv.addSchema(typeof schema === "boolean" ? { $id: id, ...(!schema && { not: {} }) } : { $id: id, ...schema });
}

function compileFlat(ajv: Ajv, ids: readonly string[]): void {
  const environments = ids.flatMap((id) => ajv.schemas[id] ?? []);
  // What counts as being compiled is referred to by its future name.
  for (const environment of environments) ajv._compilations.add(environment);
  for (const [index, environment] of environments.entries()) {
    ajv._compilations.delete(environment);
    ajv.getSchema(ids[index] ?? "");
  }
}

/** Helpers are printed as `require("ajv/dist/runtime/equal").default` even in ES modules (ajv issue 2209). */
function withoutRequire(line: string): string {
  if (line.startsWith("const func"))
    return line.replace(/^(const func\d+ = )require\("ajv\/dist\/runtime\/(\w+)"\)\.default;$/, "$1$v.$2;");
  if (line.startsWith("const formats"))
    return line.replace(/^(const formats\d+ = )\$v\["([\w-]+)"\];$/, (_, head: string, name: string) => `${head}$v.${camelCase(name)};`);
  return line;
}
