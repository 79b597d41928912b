import type { Answer, ToolCall } from "./answer.js";
import { messageText, type ChatRequest } from "./chat-request.js";
import { findReplies, findReply, sameName, type FoundReply } from "./find-reply.js";
import type { ModelTraits } from "./models.js";
import type { Reply } from "./options.js";
import { hexDigits, type Random } from "../samples/random.js";
import { sampleValue } from "../samples/sample-value.js";
import type { Scenario } from "./scenario.js";

export interface AnswerSource {
  readonly request: ChatRequest;
  readonly model: ModelTraits;
  readonly replies: readonly Reply[];
  readonly scenario: Scenario;
  /** For ids. */
  readonly random: Random;
  readonly samples: Random;
}

/** What the model says: the scenario's value, else the recorded reply, else a sample of the request's schema. */
export function chooseAnswer(source: AnswerSource): Answer {
  const { request } = source;
  const { tools, toolChoice, format, messages } = request;
  const afterTool = messages.at(-1)?.["role"] === "tool";
  const calls = toolChoice.kind === "function" || toolChoice.kind === "required" || (toolChoice.kind === "auto" && !afterTool);
  const offered = toolChoice.kind === "function" ? tools.filter((tool) => tool.name === toolChoice.name) : tools;
  if (calls && offered.length > 0) return callTool(source, offered);
  const names = format.kind === "json_schema" ? [format.name] : [];
  const reply = findReply(source.replies, names, request)?.reply;
  const reasoning = reasoningFor(source, reply, format.kind === "json_schema" ? format.name : undefined);
  const schema = format.kind === "json_schema" ? format.schema : { type: "object", properties: {} };
  const fallback = (): string =>
    format.kind === "text" ? plainText(request) : writeJson(sampleValue(schema, source.samples), source.scenario);
  return withReasoning(source, { content: answerText(source, reply) ?? fallback(), toolCalls: [], finishReason: "stop" }, reasoning);
}

function callTool(source: AnswerSource, offered: ChatRequest["tools"]): Answer {
  const { request, scenario, random, replies } = source;
  const names = offered.map((tool) => tool.name);
  const found = findReply(replies, names, request);
  const call = (name: string, text: string): ToolCall => ({ id: hexDigits(random, 9), name, arguments: text });
  const tool = offered.find((each) => each.name === found?.name) ?? offered[0];
  // The name as it was sent; a tool that was not offered may be called too.
  const sent = (name: string): string => (names.includes(name) ? name : (names.find((each) => sameName(each, name)) ?? name));
  const toolCalls = scenario.calls?.map(({ name, value }) => call(sent(name), writeJson(value, scenario))) ??
    severalReplies(source, names)?.map(({ reply, name }) => call(name, reply.text ?? writeJson(reply.value, scenario))) ?? [
      call(tool?.name ?? "", answerText(source, found?.reply) ?? writeJson(sampleValue(tool?.parameters, source.samples), scenario)),
    ];
  return withReasoning(source, { toolCalls, finishReason: "tool_calls" }, reasoningFor(source, found?.reply, toolCalls[0]?.name));
}

/** All that is recorded for an input, where the model may answer it with several calls. */
function severalReplies({ request, model, replies, scenario }: AnswerSource, names: readonly string[]): FoundReply[] | undefined {
  if (!request.parallelCalls || !model.parallelCalls || names.length < 2 || scenario.text !== undefined || scenario.value !== undefined)
    return undefined;
  const found = findReplies(replies, names, request);
  return found.length > 1 ? found : undefined;
}

/** The text that a scenario or a reply prescribes. */
function answerText({ scenario }: AnswerSource, reply: Reply | undefined): string | undefined {
  if (scenario.text !== undefined) return scenario.text;
  if (scenario.value !== undefined) return writeJson(scenario.value, scenario);
  if (reply?.text !== undefined) return reply.text;
  return reply && "value" in reply ? writeJson(reply.value, scenario) : undefined;
}

/** JSON in the scenario's layout; Cerebras has been seen to send all three. */
export function writeJson(value: unknown, { layout = "compact" }: Scenario): string {
  if (layout === "compact") return JSON.stringify(value) ?? "null";
  const pretty = JSON.stringify(value, undefined, 2) ?? "null";
  // A line break with its indent can't stand inside a JSON string.
  return layout === "pretty" ? pretty : pretty.replace(/(,?)\n\s*/g, (_, comma: string) => (comma === "" ? "" : ", "));
}

function plainText(request: ChatRequest): string {
  const last = request.messages.at(-1);
  const said = last ? messageText(last).trim().slice(0, 60) : "";
  return `This is the emulator; no model was asked. You said: ${JSON.stringify(said)}`;
}

function reasoningFor({ request, model, scenario }: AnswerSource, reply: Reply | undefined, name: string | undefined): string {
  const told = scenario.reasoning ?? reply?.reasoning;
  if (told !== undefined) return told;
  const effort = request.reasoningEffort;
  if (effort === "none" || (effort === undefined && !model.reasons)) return "";
  const task = name === undefined ? "We need to answer the user." : `We need to produce JSON for ${name}.`;
  return effort === "low"
    ? task
    : `${task} The text gives what is asked for. Let's read it once more, then fill in each field. Ensure correct JSON.`;
}

/** Puts the reasoning where `reasoning_format` wants it. */
function withReasoning({ request }: AnswerSource, answer: Answer, reasoning: string): Answer {
  if (reasoning === "" || request.reasoningFormat === "hidden") return answer;
  if (request.reasoningFormat !== "raw") return { reasoning, ...answer };
  return { ...answer, content: `<think>${reasoning}</think>${answer.content ?? ""}` };
}
