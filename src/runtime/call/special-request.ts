import { assembleRequest, type BuiltRequest, type RequestPlan, type Subject } from "./build-request.js";
import type { LenientReader, ToolDefinition } from "../spec.js";
import type { AnswerReader } from "./answer-reader.js";
import { derivedCap } from "./derived-cap.js";
import { narrowTool } from "./narrow.js";
import { severalCalls } from "./several-calls.js";

/** A request that takes more than most: places narrowed, the schema in words, a cap that the schema gives, several tools, log probabilities. */
export async function specialRequest<T, C>(given: Subject<T, C>, plan: RequestPlan): Promise<BuiltRequest> {
  const subject = withLogprobs(given);
  const { spec, shape, options, reader } = subject;
  const { narrow, maxCompletionTokens } = options;
  const whole = spec.wire[shape];
  const tool = narrow === undefined ? whole : narrowTool(whole, shape, narrow);
  const most = maxCompletionTokens === "schema" ? derivedCap(subject, plan) : maxCompletionTokens;
  const several = severalCalls(subject, plan);
  if (several !== undefined) {
    const { joined, ...parts } = several;
    return { ...assembleRequest(subject, plan, { ...parts, most }), joined };
  }
  if (plan.mode !== "json_object") {
    readBySent(reader, spec.lenient, tool);
    return assembleRequest(subject, plan, { tool, most });
  }
  // The API promises JSON in this mode and no more, and often does not keep even that.
  const { schemaPrompt, readLenient } = await import("./schema-prompt.js");
  readBySent(reader, readLenient, tool);
  return assembleRequest(subject, plan, { tool, most, appendix: `\n\n${schemaPrompt(tool)}` });
}

/** Where messy text is read, it is made to fit the schema that was sent: a narrowed place takes its few values in any case. */
function readBySent(reader: AnswerReader | undefined, lenient: LenientReader | undefined, tool: ToolDefinition): void {
  const schema = tool.function.parameters;
  if (reader && lenient) reader.lenient = (text, options) => lenient(text, { ...options, schema });
}

/** Asks for log probabilities as the API does. */
function withLogprobs<T, C>(subject: Subject<T, C>): Subject<T, C> {
  const { logprobs = false, extra } = subject.options;
  if (logprobs === false) return subject;
  const asked = { logprobs: true, ...(typeof logprobs === "number" && { top_logprobs: logprobs }) };
  return { ...subject, options: { ...subject.options, extra: { ...asked, ...extra } } };
}
