import type { EmitRequest } from "./emit-file.js";
import type { EmitSettings } from "./emit-settings.js";

/** How a generated file imports another: JavaScript is run as it stands, where only a bundler finds a module whose ending is left out. */
export function moduleEnding({ settings, entries }: Pick<EmitRequest, "settings" | "entries">): string {
  return endingFor(settings, entries[0]?.document.typeImport?.extension);
}

/** The same where no source has a say. */
export function endingFor({ importExtension, target }: EmitSettings, otherwise: "js" | "ts" | "none" = "js"): string {
  const extension = importExtension ?? otherwise;
  if (extension === "none") return "";
  return target === "js" ? ".js" : `.${extension}`;
}

/** An entry of the runtime as a generated file imports it: of the package, or of the copy in the output folder. */
export function runtimeModule(entry: "v1" | "lenient" | "validation" | "mock", request: EmitRequest): string {
  if (request.settings.runtime !== "inline") return `@schemacast/runtime/${entry}`;
  const up = "../".repeat(request.stem.split("/").length - 1) || "./";
  return `${up}runtime/${entry}${moduleEnding(request)}`;
}
