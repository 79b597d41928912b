import { isObject } from "./is-object.js";

/** Whether a client gave a response: by its shape, since the SDK's `node-fetch` has a class of its own. */
export function isResponse(value: unknown): value is Response {
  return isObject(value) && typeof value["text"] === "function" && isObject(value["headers"]);
}
