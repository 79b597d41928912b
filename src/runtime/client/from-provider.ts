import { retirement } from "../call/model-table.js";
import { ApiError } from "../errors/api-error.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { ChatClient } from "../options.js";
import { type ClientOptions, sdkClient } from "./sdk-client.js";

/**
 * A client and a model from a string like `cerebras/gpt-oss-120b`, to be spread into options.
 *
 * @param name `cerebras/<model>`, or the model alone
 * @throws {ExtractionError} for another provider; {ApiError} for a model Cerebras has retired (not with a `baseURL` of your own)
 */
export function fromProvider(name: string, options: ClientOptions = {}): { readonly client: ChatClient; readonly model: string } {
  const slash = name.indexOf("/");
  const provider = slash < 0 ? "cerebras" : name.slice(0, slash);
  const model = name.slice(slash + 1);
  if (provider !== "cerebras" || model === "") throw new ExtractionError(`"${name}" is no Cerebras model: write "cerebras/<model>".`);
  const retired = options.baseURL === undefined ? retirement(model) : undefined;
  if (retired !== undefined) throw new ApiError(retired, { code: "model_not_found", param: "model", model });
  return { client: sdkClient(options), model };
}
