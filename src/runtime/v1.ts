// The frozen surface for generated files. A breaking change is a v2.ts, never an edit here.
export type {
  Attempt,
  ChatClient,
  ChatMessage,
  Check,
  ExtractInput,
  ExtractionDetails,
  ExtractOptions,
  Hooks,
  Issue,
  ParseOptions,
  Usage,
} from "./options.js";
export type { Extraction, ExtractionStream, ListStream } from "./results.js";
export type {
  FieldPlan,
  JsonObject,
  JsonType,
  JsonValue,
  LenientOptions,
  LenientReader,
  LenientReading,
  Mode,
  ObjectPlan,
  Plan,
  PlanNode,
  Spec,
  SpecCheck,
  StreamHandler,
  StreamSpec,
  ToolDefinition,
  UnionPlan,
  ValidationFailure,
  Validator,
} from "./spec.js";
export type { Agreement, Agreements, Branch } from "./agreement.js";
export type { DefaultsField, DefaultsNode, DefaultsPlan, Filler, FillMemo, FillPlace } from "./defaults.js";
export type { ReviveCase, ReviveNode, RevivePlan } from "./revive.js";
export { ExtractionError } from "./errors/extraction-error.js";
export { extract, extractList } from "./extract.js";
export { parse } from "./parse.js";
export { stream, streamList } from "./stream.js";
export { decode } from "./decode.js";
export { fillDefaults } from "./defaults.js";
export { rareKinds } from "./json/rare-kinds.js";
export { revive } from "./revive.js";
