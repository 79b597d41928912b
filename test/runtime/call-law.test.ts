import * as fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { extractAnyOf, extractOneOf } from "../../src/runtime/choice/extract-one-of.js";
import { streamAnyOf, streamOneOf } from "../../src/runtime/choice/stream-one-of.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { extract, extractList } from "../../src/runtime/extract.js";
import { readLenient } from "../../src/runtime/lenient.js";
import type { ExtractionDetails, ExtractOptions, Hooks } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { stream, streamList } from "../../src/runtime/stream.js";
import { callScript, type CallScript, scriptedClient, truth } from "./call-script.js";
import { profileSpec } from "../stream/profile-spec.js";
import { shortenWaits } from "./short-waits.js";
import { type User, userSpec } from "./user-spec.js";

/** Calls of every kind, with every option, whose requests go wrong in every way, one after the other: what holds for all of them. */
const runs = process.env["TEST_HARDER"] === undefined ? 300 : 5000;

const userStream: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};

let emulator: Emulator;
const unhandled: unknown[] = [];
const collect = (reason: unknown): void => void unhandled.push(reason);
let timers: ReadonlySet<NodeJS.Timeout>;

beforeAll(async () => {
  emulator = await startEmulator({ models: ["another"], maxRecorded: 100_000 });
  process.on("unhandledRejection", collect);
});
afterAll(async () => {
  process.off("unhandledRejection", collect);
  await emulator.close();
});
beforeEach(() => void (timers = shortenWaits()));
afterEach(() => vi.unstubAllGlobals());

interface Outcome {
  readonly details?: ExtractionDetails<unknown>;
  readonly error?: unknown;
  /** Items that were handed out, and what their reader ended with. */
  readonly items: readonly User[];
  readonly readError?: unknown;
}

async function run(
  { spec, ...script }: CallScript & { readonly spec: typeof userStream },
  given: ExtractOptions<unknown>,
): Promise<Outcome> {
  const { kind, choice } = script;
  // The options are the same for a value and a list of them.
  const asked = given as never;
  const several = { user: spec, profile: { ...profileSpec(), lenient: readLenient } };
  if (kind === "extract" || kind === "extractList") {
    const whole =
      choice === "none"
        ? { extract: () => extract(spec, "…", asked), extractList: () => extractList(spec, "…", asked) }
        : { extract: () => extractOneOf(several, "…", asked), extractList: () => extractAnyOf(several, "…", asked) };
    return { items: [], ...(await settled<ExtractionDetails<unknown>>(whole[kind]().withDetails())) };
  }
  const streams =
    choice === "none"
      ? { stream: () => stream(spec, "…", asked), streamList: () => streamList(spec, "…", asked) }
      : { stream: () => streamOneOf(several, "…", asked), streamList: () => streamAnyOf(several, "…", asked) };
  return readStream(script, streams[kind]());
}

type Values = AsyncIterable<unknown> & { fields?(): AsyncIterable<unknown>; withDetails(): Promise<ExtractionDetails<unknown>> };

async function readStream({ kind, reader }: Pick<CallScript, "kind" | "reader">, values: Values): Promise<Outcome> {
  if (reader === "result") return { items: [], ...(await settled(values.withDetails())) };
  if (reader === "late") await sleep(8);
  const asked = reader === "both" ? settled(values.withDetails()) : undefined;
  const seen: unknown[] = [];
  const read = async (into: unknown[]): Promise<void> => {
    for await (const value of reader === "parts" && values.fields !== undefined ? values.fields() : values) {
      into.push(value);
      if (reader === "slow") await sleep(1);
      if (into.length < 2) continue;
      if (reader === "break") break;
      if (reader === "throw") throw new Error("the reader's own");
    }
  };
  const other = reader === "two" && kind === "stream" ? read([]).catch(() => {}) : undefined;
  const readError: unknown = await read(seen).then(
    () => undefined,
    (error: unknown) => error,
  );
  await other;
  // Snapshots are not looked at.
  const items = kind === "streamList" ? seen.map(userOf) : [];
  return { items, readError, ...(await (asked ?? settled(values.withDetails()))) };
}

/** What is given, without the tag of a choice. */
function userOf(given: unknown): User {
  return typeof given === "object" && given !== null && "value" in given ? (given.value as User) : (given as User);
}

function settled<D>(details: Promise<D>): Promise<{ readonly details?: D; readonly error?: unknown }> {
  return details.then(
    (known) => ({ details: known }),
    (error: unknown) => ({ error }),
  );
}

const fail = (rejects: boolean): never => {
  if (rejects) return Promise.reject(new Error("a mistake")) as never;
  throw new Error("a mistake");
};

/** The options that a script stands for, and what it says of the hooks' calls. */
function optionsOf({ options, choice, hooks: way, validate, transform, end }: CallScript, told: string[]): ExtractOptions<unknown> {
  const abort = new AbortController();
  const note = (letter: string) => (): unknown => {
    told.push(letter);
    if (end.by === "hook" && told.length === end.at) abort.abort(new Error("enough"));
    if (letter === "V" && way === "stop") return Promise.resolve(false);
    return way === "throw" || way === "reject" ? fail(way === "reject") : undefined;
  };
  const names = { L: "onLastAttempt", R: "onRequest", U: "onUsage", A: "onResponse", P: "onParseError", V: "onValidationError" };
  const all = { ...names, T: "onRetry", E: "onError" };
  const hooks: Hooks = {
    ...Object.fromEntries(Object.entries(all).map(([letter, name]) => [name, note(letter)])),
    ...(way === "throw" || way === "reject" ? { onHookError: () => fail(way === "reject") } : {}),
  };
  let judged = 0;
  const checks: Record<CallScript["validate"], (() => unknown) | undefined> = {
    none: undefined,
    fine: () => true,
    slow: () => sleep(5, []),
    first: () => judged++ > 0 || "not at first",
    never: () => Promise.resolve([{ path: [], message: "never" }]),
    throws: () => fail(false),
    rejects: () => fail(true),
    garbage: () => [{ message: 7 }],
  };
  const transforms: Record<CallScript["transform"], ((value: unknown) => unknown) | undefined> = {
    none: undefined,
    same: (value) => sleep(1, value),
    throws: () => fail(false),
    rejects: () => fail(true),
  };
  if (end.by === "signal") void sleep(end.at).then(() => abort.abort(new Error("enough")));
  return {
    ...options,
    model: choice === "a tool for each" ? "gemma-4-31b" : "gpt-oss-120b",
    idleTimeout: 40,
    timeout: end.by === "timeout" ? end.at : 20_000,
    signal: abort.signal,
    hooks,
    ...(checks[validate] && { validate: checks[validate] as () => true }),
    ...(transforms[transform] && { transform: transforms[transform] }),
  };
}

let calls = 0;

async function law(script: CallScript): Promise<void> {
  const id = `call ${++calls}`;
  const told: string[] = [];
  const sent = scriptedClient(script, emulator, id);
  const options = optionsOf(script, told);
  const spec = script.messy ? { ...userStream, lenient: readLenient } : userStream;
  const ended = await Promise.race([run({ ...script, spec }, { ...options, client: sent.client }), sleep(8000, undefined, { ref: false })]);
  if (ended === undefined) throw new Error(`The call hangs: ${told.join("")}`);
  const { details, error, items, readError } = ended;

  // It ends in a value or in a named error, and who reads gets the same one.
  if (error !== undefined && !ExtractionError.is(error)) throw error;
  const isOurs = script.validate !== "none" || script.transform !== "none";
  if (error?.name === "ExtractionError") expect([isOurs, error.message]).toEqual([true, expect.stringContaining("Option ")]);
  // Parts that were handed out can't be taken back: then they end with an error of their own.
  if (script.reader === "parts" && script.kind === "stream") expect(readError === undefined || ExtractionError.is(readError)).toBe(true);
  else if (readError !== undefined && script.reader !== "throw") expect(readError).toBe(error);
  if (details === undefined && error === undefined) throw new Error("Neither value nor error.");

  // All that was sent is told of, with its tokens.
  const { attempts = [], usage } = details ?? error ?? {};
  expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1));
  const isCutShort = script.end.by !== "none" || error?.name === "AbortedError";
  if (isCutShort) expect(attempts.length - sent.count()).toBeOneOf([0, 1]);
  else {
    expect(attempts).toHaveLength(sent.count());
    // A repair that was given up may not have come as far as the server.
    const isGivenUp = attempts.some((attempt) => attempt.error?.name === "AbortedError");
    if (!isGivenUp) expect(emulator.requests.filter(({ headers }) => headers["x-call"] === id)).toHaveLength(sent.count());
  }
  for (const attempt of attempts) if (attempt.finishReason !== undefined) expect(attempt.usage).toBeDefined();
  const known = attempts.flatMap((attempt) => attempt.usage?.totalTokens ?? []);
  expect(usage?.totalTokens).toBe(known.length === 0 ? undefined : known.reduce((sum, tokens) => sum + tokens, 0));

  judgeItems(script, items, details?.value);
  judgeHooks(script, told, { isCutShort, attempts: attempts.length, failed: error !== undefined });

  // Nothing is left of it.
  await sleep(6);
  expect([...timers].filter((timer) => timer.hasRef())).toEqual([]);
  expect(Reflect.get(options.signal ?? {}, Symbol.for("schemacast.abortListeners")) ?? new Set()).toEqual(new Set());
  expect(unhandled.splice(0)).toEqual([]);
}

/** Each once, in the order of the text; nothing is missing but what may be left out. */
function judgeItems({ kind, options, reader }: CallScript, items: readonly User[], value: unknown): void {
  const ages = items.map(({ age }) => age);
  expect(new Set(ages).size).toBe(ages.length);
  for (const item of items) expect(item).toEqual(truth[item.age]);
  if (options.onInvalidItem !== "repair") expect(ages).toEqual(ages.toSorted((one, other) => one - other));
  if (options.onInvalidItem === "throw") expect(ages).toEqual(truth.slice(0, ages.length).map(({ age }) => age));
  if (value === undefined) return;
  if (kind === "extract" || kind === "stream") return expect(truth[0]).toEqual(userOf(value));
  const whole = (value as readonly unknown[]).map(userOf);
  if (options.onInvalidItem === "skip" && kind === "streamList")
    expect(whole).toEqual(truth.filter(({ age }) => whole.some((item) => item.age === age)));
  else expect(whole).toEqual(truth);
  if (kind === "streamList" && !["result", "break", "throw"].includes(reader)) expect(new Set(items)).toEqual(new Set(whole));
}

/** As docs/calls.md has them, for each request; those of items that are asked for again come between. */
function judgeHooks(
  { options, kind }: CallScript,
  told: readonly string[],
  { isCutShort, attempts, failed }: { readonly isCutShort: boolean; readonly attempts: number; readonly failed: boolean },
): void {
  expect(told.filter((letter) => letter === "E")).toHaveLength(failed ? 1 : 0);
  if (isCutShort || (kind === "streamList" && options.onInvalidItem === "repair")) return;
  expect(told.join("")).toMatch(/^(L?RU?A?[PV]?T)*L?RU?A?[PV]?E?$/);
  expect(told.filter((letter) => letter === "R")).toHaveLength(attempts);
}

test("whatever goes wrong: a value or a named error, everything told, nothing left", async () => {
  await fc.assert(fc.asyncProperty(callScript, law), { numRuns: runs, endOnFailure: false, interruptAfterTimeLimit: 600_000 });
}, 900_000);
