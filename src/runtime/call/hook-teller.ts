import type { HookContext, Hooks } from "../options.js";
import { type Answer, requestIdOf } from "./answer.js";
import type { BuiltRequest } from "./build-request.js";
import type { CallWatch } from "./call-watch.js";
import { defined } from "./defined.js";
import { Fault } from "./fault.js";
import { type FireHook, hookCaller } from "./fire-hook.js";
import { answerText } from "./run-attempt.js";
import type { AttemptPlan } from "./running.js";
import { usageOf } from "./usage.js";

/** Tells the hooks of a call how its attempts go. Most calls have no hooks, and load none of this. */
export class HookTeller {
  readonly fire: FireHook;
  readonly #hooks: Hooks;

  constructor(hooks: Hooks, watch: CallWatch) {
    this.#hooks = hooks;
    this.fire = hookCaller(hooks, watch);
  }

  async begins(plan: AttemptPlan): Promise<void> {
    if (plan.isLastAttempt && plan.sentBefore === 0) await this.fire("onLastAttempt", contextOf(plan));
  }

  async sends(plan: AttemptPlan, request: BuiltRequest): Promise<void> {
    await this.fire("onRequest", { ...contextOf(plan), ...request });
  }

  /** Waits for the answer. @throws what sending ends with */
  async answers(plan: AttemptPlan, answer: Answer, sent: Promise<void>): Promise<void> {
    const context = contextOf(plan);
    const failure = await sent.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const usage = this.#hooks.onUsage && usageOf(answer.usage);
    if (usage !== undefined) await this.fire("onUsage", { ...context, usage });
    const { finishReason } = answer;
    if (failure === undefined || isRefusal(failure.error))
      await this.fire("onResponse", defined({ ...context, requestId: requestIdOf(answer), finishReason, content: answerText(answer) }));
    if (failure !== undefined) throw failure.error;
  }
}

/** A stream's reader has seen what is wrong with the answer before its end: it is an answer all the same. */
function isRefusal(error: unknown): boolean {
  return error instanceof Fault && /^(unreadable|unchecked|caller)$/.test(error.kind);
}

function contextOf({ attempt, isLastAttempt }: AttemptPlan): HookContext {
  return { attempt, isLastAttempt };
}
