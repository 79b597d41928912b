import type { Ajv, ErrorObject, Format } from "ajv";
import { type AjvProjection, rootId } from "./for-ajv.js";
import { camelCase, checkedFormats, uncheckedFormats } from "./formats.js";

/** Ajv with everything that is the same for all schemas. */
export interface AjvLibrary {
  /** An instance of its own for each schema: a shared one numbers its functions by history. */
  create(dialect: "draft-07" | "2020-12", ownProperties: boolean): Ajv;
  /**
   * Compiles the schemas one after the other. By itself Ajv compiles what a schema refers to while it compiles that schema, which
   * overflows the stack where hundreds of definitions refer to each other in a row.
   */
  compileFlat(ajv: Ajv, ids: readonly string[]): void;
  /** Compiles a schema to judge an object at once: the members that are not valid, each with the keyword it breaks first. */
  judge(projection: AjvProjection): (value: object) => ReadonlyMap<string, string>;
  /** Compiles a schema to judge values at once: everything that is wrong with one. */
  failures(projection: AjvProjection): (value: unknown) => readonly ErrorObject[];
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
    return (value) => {
      ajv.validate(rootId, value);
      return ajv.errors ?? [];
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
        const broken = new Map<string, string>();
        for (const { instancePath, keyword } of failuresOf(value)) {
          const member = instancePath.split("/")[1] ?? "";
          if (!broken.has(member)) broken.set(member, keyword);
        }
        return broken;
      };
    },
    standalone: (ajv, exports) =>
      (standalone.default.default ?? standalone.default)(ajv, { ...exports })
        .split("\n")
        .map(withoutRequire),
  };
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
