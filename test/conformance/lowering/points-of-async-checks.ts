// oxlint-disable unicorn/consistent-function-scoping -- an entry holds all it needs, what makes its values too
import { expect } from "vitest";
import { extract } from "../../../src/runtime/index.js";
import { type HardPoint, point, TaskBench } from "./task-bench.js";

/** Where the hard point is a check that takes its time: it asks a service, or a model. */
export const asyncCheckPoints: { readonly [id: string]: HardPoint } = {
  // A check that asks somebody else.
  moderation: point<{ flagged: boolean; categories: readonly string[]; reason: string | null }>(async (task) => {
    const of = (flagged: boolean): { flagged: boolean; categories: readonly string[]; reason: null } => ({
      flagged,
      categories: [],
      reason: null,
    });
    await task.takes({ flagged: true, categories: ["hate"], reason: "r" });
    expect(task.faults({ flagged: true, categories: ["rude"], reason: null })).toEqual(["/categories/0 enum"]);
    const validate = async ({ flagged }: { flagged: boolean }): Promise<string | undefined> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return flagged ? undefined : "the moderation service flags it";
    };
    expect(await task.complaint(of(false), of(true), { validate })).toContain("the moderation service flags it");
  }),
  // The check is itself a call: once for each whole answer, its verdict in the next request, its tokens its own.
  self_critique: point<{ question: string; answer: string }>(async (task) => {
    const of = (answer: string): { question: string; answer: string } => ({ question: "q", answer });
    await using critic = await TaskBench.of<boolean>({ type: "boolean" });
    const asked: number[] = [];
    const validate = async ({ answer }: { answer: string }): Promise<true | string> => {
      critic.enqueue({ value: { value: answer !== "rude" } });
      const { value, usage } = await extract(critic.spec, answer, { client: critic.client, model: "gpt-oss-120b" }).withDetails();
      asked.push(usage?.totalTokens ?? 0);
      return value || "says something objectionable";
    };
    const call = task.stream([of("rude"), of("kind")], { validate });
    for await (const _ of call);
    const { value, attempts, usage } = await call.withDetails();
    expect(value).toEqual(of("kind"));
    expect(task.bodies[1]).toContain("says something objectionable");
    expect(asked).toHaveLength(2);
    expect(Math.min(...asked)).toBeGreaterThan(0);
    expect(usage?.totalTokens).toBe(attempts.reduce((sum, attempt) => sum + (attempt.usage?.totalTokens ?? 0), 0));
  }),
  // Several at once; one request tells all they found.
  semantic_validation: point<{ name: string }>(async (task) => {
    const rest = { description: "d", price: "1" };
    const of = (name: string): { name: string } => ({ ...rest, name });
    let running = 0;
    let most = 0;
    const rule = (key: string) => async (value: { name: string }) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      return value.name === "bad" ? [{ path: [key], message: `no good ${key}` }] : [];
    };
    const told = await task.complaint(of("bad"), of("good"), { validate: ["name", "description", "price"].map(rule) });
    for (const key of ["name", "description", "price"]) expect(told).toContain(`no good ${key}`);
    expect(most).toBe(3);
  }),
};
