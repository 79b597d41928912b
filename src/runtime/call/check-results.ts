import type { Issue } from "../options.js";
import { isObject } from "./is-object.js";
import { isPromise } from "./is-promise.js";
import type { Spec } from "../spec.js";

/** What the spec's own checks judge. @param value what the call gives, which is made of the `decoded` one */
export function checkedValue({ checkedAs }: Spec<unknown>, shape: "one" | "list", decoded: unknown, value: unknown): unknown {
  if (checkedAs === undefined) return value;
  return shape === "list" && Array.isArray(decoded) ? decoded.map((item: unknown) => checkedAs(item)) : checkedAs(decoded);
}

/** What the spec's own checks say of a valid value; of a list, of each item. Where one is asynchronous, a promise. */
export function specResults(
  { checks = [] }: Spec<unknown>,
  shape: "one" | "list",
  value: unknown,
  context: unknown,
): readonly (readonly Issue[] | Promise<readonly Issue[]>)[] {
  const items: readonly (readonly [Issue["path"], unknown])[] =
    shape === "list" && Array.isArray(value) ? value.map((item: unknown, index) => [[index], item] as const) : [[[], value]];
  return items.flatMap(([path, item]) => checks.map((check) => resultOf(check(item, context), path)));
}

/** The same, waited for. */
export async function specIssues(...given: Parameters<typeof specResults>): Promise<readonly Issue[]> {
  return (await Promise.all(specResults(...given).map(async (issues) => issues))).flat();
}

function resultOf(result: unknown, path: Issue["path"]): readonly Issue[] | Promise<readonly Issue[]> {
  if (!isPromise(result)) return issuesOf(result, path);
  const issues = Promise.resolve(result).then((settled) => issuesOf(settled, path));
  // Where another check throws meanwhile, nobody waits for this one any more.
  issues.catch(() => {});
  return issues;
}

/**
 * The issues of what a check gave back, which may be anything where nobody holds it against its type.
 *
 * @param at where the value that it judged stands
 * @throws {TypeError} for what tells neither that the value is fine nor what is wrong with it
 */
export function issuesOf(result: unknown, at: Issue["path"] = []): readonly Issue[] {
  if (result === undefined || result === null || result === true) return [];
  if (result === false || typeof result === "string") return [{ path: at, message: result || "does not pass the caller's check" }];
  if (Array.isArray(result)) return result.flatMap((one: unknown) => issuesOf(one, at));
  if (!isIssue(result)) throw new TypeError(`a check gave back a thing (${typeof result}) that is no issue: { path: [], message: "" }`);
  return [at.length === 0 ? result : { ...result, path: [...at, ...result.path] }];
}

function isIssue(value: unknown): value is Issue {
  if (!isObject(value) || typeof value["message"] !== "string") return false;
  const { path } = value;
  return Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number");
}
