import type { DiagnosticCode } from "../../diagnostics/report.js";
import type { DynamicScope } from "./dynamic-scope.js";
import type { JsonNode, JsonObject } from "./json-node.js";
import type { Resource } from "./schema-index.js";

/** An object or array of the output, and the key in it. */
export interface Slot {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

/** One schema object on its way into the normalised form. */
export interface SchemaBuild {
  readonly node: JsonObject;
  readonly resource: Resource;
  readonly scope: DynamicScope;
  /** What it becomes: where the restricting keywords go. */
  readonly out: Record<string, unknown>;
  /** Where the annotations go; not the same object when `out` had to become a branch of its own. */
  readonly notes: Record<string, unknown>;
  /** Puts what a schema below becomes into a slot. */
  readonly place: (child: JsonNode, slot: Slot) => void;
  /** What a reference that stands at a node leads to. */
  readonly resolve: (reference: string, at: JsonNode) => JsonNode | undefined;
  /** Remembers where a part of the output that is no schema of the source was written. */
  readonly trace: (part: object, node: JsonNode) => void;
  /** It is the root of a document. */
  readonly isRoot: boolean;
  /** The first place of a name in a file stands for all of them. */
  readonly reportOnce: (code: DiagnosticCode, at: JsonNode, facts: Readonly<Record<string, string>> & { readonly keyword: string }) => void;
  readonly report: (code: DiagnosticCode, at: JsonNode, facts?: Readonly<Record<string, string | number>>) => void;
}
