import { type Span, SpanStatusCode } from "@opentelemetry/api";
import { Fault } from "../call/fault.js";
import { ExtractionError } from "../errors/extraction-error.js";

/** Marks a span as failed, by the error's name alone: messages quote what the model wrote. */
export function fail(span: Span, error: unknown): string {
  const type = errorType(error);
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR, message: type });
  return type;
}

/** A call's error by its class, a request's by the status of the response, else by its kind; low in number, as the convention asks. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return "_OTHER";
  if (ExtractionError.is(error)) return error.name;
  const status: unknown = Reflect.get(error, "status") ?? (error instanceof Fault ? error.facts["status"] : undefined);
  if (typeof status === "number") return String(status);
  // The SDK's classes have names of their own and share the property.
  return error instanceof Fault ? error.kind : error.name === "Error" ? error.constructor.name : error.name;
}
