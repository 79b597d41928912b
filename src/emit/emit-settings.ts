/** Settings that shape the text of one source's files. What is absent has its default. */
export interface EmitSettings {
  readonly mode?: "tools" | "json_schema" | "json_object";
  readonly model?: string;
  readonly instructions?: string;
  /** Ending of relative imports. Default `.js`. */
  readonly importExtension?: ".js" | ".ts" | "";
  /** Lines put below the `@generated` line, as comments. */
  readonly header?: string;
}
