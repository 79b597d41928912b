// A sample instance of every placeholder, so that templates compile, lint and run as they stand. Imports are dropped on filling.
import type { NearMiss } from "@schemacast/runtime/mock";
import type * as $ from "@schemacast/runtime/v1";

export interface $Type$ {
  readonly sample: string;
}

export interface $Type$Partial {
  readonly sample?: string;
}

export function $validate$(value: unknown): boolean {
  return typeof value === "object" && value !== null && "sample" in value && typeof value.sample === "string";
}

const $name$Tool: $.ToolDefinition = {
  type: "function",
  function: {
    name: "extract_sample",
    strict: true,
    parameters: { type: "object", properties: { sample: { type: "string" } }, required: ["sample"], additionalProperties: false },
  },
};

const $name$ListTool: $.ToolDefinition = {
  type: "function",
  function: {
    name: "extract_sample_list",
    strict: true,
    parameters: {
      type: "object",
      properties: { items: { type: "array", items: $name$Tool.function.parameters } },
      required: ["items"],
      additionalProperties: false,
    },
  },
};

export const $name$Spec: $.Spec<$Type$> = {
  name: "Sample",
  wire: { one: $name$Tool, list: $name$ListTool },
  decode: (wire) => wire,
  validate: $validate$,
  instructions: "Extract a sample.",
};

export const $name$StreamSpec: $.StreamSpec<$Type$, $Type$Partial> = {
  ...$name$Spec,
  handler: { plan: { root: { kind: "object", fields: { sample: { node: { kind: "text" } } } } } },
};

export const $name$SampleData: readonly unknown[] = [{ sample: "yes" }];

export const $name$NearMissData: readonly NearMiss[] = [{ breaks: "required", path: "/sample", says: 'lacks "sample"', value: {} }];
