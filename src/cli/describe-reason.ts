import type { StaleReason } from "../write/staleness.js";

/** A reason in words: `schemas/user.schema.json changed`. */
export function describeReason(reason: StaleReason): string {
  switch (reason.kind) {
    case "forced":
      return "--force";
    case "new":
      return "there is no record of it";
    case "settings":
      return "the configuration changed";
    case "generator":
      return `it was written by schemacast ${reason.from}`;
    case "input":
      return `${reason.path} changed`;
    case "missing-output":
      return `${reason.path} is missing`;
  }
}
