// Synthetic schemas of about 46 nodes each, the same content for every tool: JSON Schema, TypeScript, OpenAPI, BAML.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A deterministic stream of numbers in 0..1. */
function random(seed) {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const words =
  "account address amount category city code comment company contact country currency customer date delivery discount email invoice item label language line manager method name note number order owner payment phone price product quantity rating reason region score shipment source state status street supplier tag team title total unit vendor weight".split(
    " ",
  );

/** A small model that every format is printed from: objects of scalars, enums, arrays, nested objects and shared definitions. */
function makeModel(index) {
  const next = random(index + 1);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const name = `Model${index}`;
  const fieldsOf = (count, prefix, depth) => {
    const fields = [];
    const used = new Set();
    while (fields.length < count) {
      const key = `${pick(words)}${used.size % 3 === 2 ? pick(words).replace(/^./, (first) => first.toUpperCase()) : ""}`;
      if (used.has(key)) continue;
      used.add(key);
      const kind = next();
      const base = {
        key,
        description: next() < 0.35 ? `The ${key} of this ${prefix}.` : "",
        optional: next() < 0.25,
        nullable: next() < 0.1,
      };
      if (kind < 0.32)
        fields.push({
          ...base,
          type: "string",
          format: next() < 0.25 ? pick(["date", "date-time", "email", "uuid"]) : undefined,
          maxLength: next() < 0.3 ? 80 : undefined,
        });
      else if (kind < 0.44) fields.push({ ...base, type: "integer", minimum: next() < 0.5 ? 0 : undefined });
      else if (kind < 0.52) fields.push({ ...base, type: "number" });
      else if (kind < 0.6) fields.push({ ...base, type: "boolean" });
      else if (kind < 0.74)
        fields.push({ ...base, type: "enum", values: [...new Set([pick(words), pick(words), pick(words), pick(words)])] });
      else if (kind < 0.86) fields.push({ ...base, type: "array", items: { type: pick(["string", "number", "integer"]) } });
      else if (depth > 0) fields.push({ ...base, type: "array", items: { type: "ref", to: pick(["Part", "Place"]) } });
      else fields.push({ ...base, type: "string" });
      if (fields.length === 2 && depth > 0)
        fields.push({ key: "details", description: "Details.", type: "object", fields: fieldsOf(5, "detail", depth - 1) });
    }
    return fields;
  };
  const defs = { [`${name}Part`]: fieldsOf(6, "part", 0), [`${name}Place`]: fieldsOf(6, "place", 0) };
  if (next() < 0.3)
    defs[`${name}Part`].push({
      key: "children",
      description: "Parts of the part.",
      optional: true,
      type: "array",
      items: { type: "ref", to: "Part" },
    });
  const fields = [...fieldsOf(13, "record", 2), { key: "mainPlace", description: "Where it is.", type: "ref", to: "Place" }];
  return { name, fields, defs };
}

function jsonSchemaOf(model, refPrefix = "#/$defs/") {
  const node = (field) => {
    const schema = {};
    if (field.type === "ref") schema.$ref = `${refPrefix}${model.name}${field.to}`;
    else if (field.type === "enum") Object.assign(schema, { type: "string", enum: field.values });
    else if (field.type === "array") Object.assign(schema, { type: "array", items: node(field.items) });
    else if (field.type === "object") Object.assign(schema, object(field.fields));
    else
      Object.assign(schema, {
        type: field.nullable ? [field.type, "null"] : field.type,
        ...(field.format && { format: field.format }),
        ...(field.maxLength && { maxLength: field.maxLength }),
        ...(field.minimum !== undefined && { minimum: field.minimum }),
      });
    if (field.description && field.type !== "ref") schema.description = field.description;
    return schema;
  };
  const object = (fields) => ({
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.key, node(field)])),
    required: fields.filter((field) => !field.optional).map((field) => field.key),
    additionalProperties: false,
  });
  return {
    root: { title: model.name, description: `A ${model.name} found in the text.`, ...object(model.fields) },
    defs: Object.fromEntries(Object.entries(model.defs).map(([name, fields]) => [name, object(fields)])),
  };
}

function typescriptOf(model) {
  const type = (field) => {
    const own = () => {
      switch (field.type) {
        case "ref":
          return `${model.name}${field.to}`;
        case "enum":
          return field.values.map((value) => JSON.stringify(value)).join(" | ");
        case "array":
          return `Array<${type(field.items)}>`;
        case "object":
          return body(field.fields);
        case "integer":
          return "number";
        default:
          return field.type;
      }
    };
    return own() + (field.nullable && ["string", "integer", "number", "boolean"].includes(field.type) ? " | null" : "");
  };
  const body = (fields) =>
    `{\n${fields.map((field) => `${field.description ? `  /** ${field.description} */\n` : ""}  ${field.key}${field.optional ? "?" : ""}: ${type(field)};`).join("\n")}\n}`;
  return (
    [
      ...Object.entries(model.defs).map(([name, fields]) => `export interface ${name} ${body(fields)}`),
      `/** A ${model.name} found in the text. */\nexport interface ${model.name} ${body(model.fields)}`,
    ].join("\n\n") + "\n"
  );
}

function bamlOf(model) {
  const extra = [];
  const type = (field, path) => {
    const own = () => {
      switch (field.type) {
        case "ref":
          return `${model.name}${field.to}`;
        case "enum":
          return `(${field.values.map((value) => JSON.stringify(value)).join(" | ")})`;
        case "array":
          return `${type(field.items, path)}[]`;
        case "object": {
          const name = `${path}Details`;
          extra.push(classOf(name, field.fields));
          return name;
        }
        case "integer":
          return "int";
        case "number":
          return "float";
        case "boolean":
          return "bool";
        default:
          return "string";
      }
    };
    return own() + (field.optional || field.nullable ? "?" : "");
  };
  const classOf = (name, fields) =>
    `class ${name} {\n${fields.map((field) => `  ${field.key} ${type(field, name)}${field.description ? ` @description(${JSON.stringify(field.description)})` : ""}`).join("\n")}\n}`;
  const classes = [...Object.entries(model.defs).map(([name, fields]) => classOf(name, fields)), classOf(model.name, model.fields)];
  return `${[...extra, ...classes].join("\n\n")}

function Extract${model.name}(text: string) -> ${model.name} {
  client Bench
  prompt #"
    Extract from the text.
    {{ ctx.output_format }}
    {{ _.role("user") }} {{ text }}
  "#
}
`;
}

/** Writes a folder per tool below `folder`, each with `count` schemas. */
export function makeInputs(folder, count) {
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const openapi = { openapi: "3.1.0", info: { title: "bench", version: "1" }, paths: {}, components: { schemas: {} } };
  const typia = [];
  let nodes = 0;
  for (let index = 0; index < count; index += 1) {
    const model = makeModel(index);
    const { root, defs } = jsonSchemaOf(model);
    const text = `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...root, $defs: defs }, null, 2)}\n`;
    nodes += (text.match(/"(?:type|\$ref)":/g) ?? []).length;
    put(`json/schemas/${model.name}.json`, text);
    put(`ts/schemas/${model.name}.ts`, typescriptOf(model));
    put(
      `typia/src/${model.name}.ts`,
      `import typia from "typia";\n\n${typescriptOf(model)}\nexport const validate${model.name} = typia.createValidate<${model.name}>();\nexport const schema${model.name} = typia.json.schema<${model.name}>();\n`,
    );
    put(`baml/baml_src/${model.name}.baml`, bamlOf(model));
    const referred = jsonSchemaOf(model, "#/components/schemas/");
    Object.assign(openapi.components.schemas, { [model.name]: referred.root }, referred.defs);
    typia.push(model.name);
  }
  put("typia/package.json", '{ "name": "bench", "private": true }');
  put("json/node_modules/.keep", "");
  put("ts/node_modules/.keep", "");
  put("openapi/openapi.json", JSON.stringify(openapi, null, 2));
  put(
    "typia/tsconfig.json",
    JSON.stringify({
      compilerOptions: { target: "es2022", module: "esnext", moduleResolution: "bundler", strict: true, skipLibCheck: true, noEmit: true },
      include: ["src"],
    }),
  );
  put(
    "baml/baml_src/bench.baml",
    'generator ts {\n  output_type "typescript"\n  output_dir "../out"\n  version "0.226.2"\n  default_client_mode async\n}\n\nclient<llm> Bench {\n  provider openai\n  options {\n    model "gpt-4o"\n    api_key env.OPENAI_API_KEY\n  }\n}\n',
  );
  return { nodes: nodes / count };
}
