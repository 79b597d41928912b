import { Ajv2020 } from "ajv/dist/2020.js";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { readJsonSchema } from "../../../src/read/json/read-json-schema.js";
import { decode } from "../../../src/runtime/decode.js";
import { parse } from "../../../src/runtime/parse.js";
import type { Spec, ToolDefinition } from "../../../src/runtime/spec.js";
import type { MessyCase } from "./judge-messy.js";

const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, ownProperties: true });

/** Reads a case as generated code does: schema read and lowered, text mended by the wire schema, decoded, validated. @throws as `parse` */
export function parseMessyCase({ schema, raw }: MessyCase, policy: "safe" | "lenient"): unknown {
  const text = JSON.stringify({ title: "Subject", ...schema });
  const { documents, diagnostics } = readJsonSchema("subject.json", { read: (path) => (path === "subject.json" ? text : undefined) });
  const [document] = documents;
  if (!document) throw new Error(`not read: ${diagnostics.map(({ message }) => message).join(" ")}`);
  const { one, list, plan } = lower(document, { profile: cerebras });
  const tool = ({ schema: parameters, strict }: typeof one): ToolDefinition => ({
    type: "function",
    function: { name: "x", strict, parameters },
  });
  const compiled = ajv.compile(schema);
  const spec: Spec<unknown> = {
    name: "Subject",
    wire: { one: tool(one), list: tool(list) },
    decode: (wire) => decode(plan, wire),
    validate: (value) => compiled(value),
    instructions: "",
  };
  return parse(spec, raw, { repair: policy });
}
