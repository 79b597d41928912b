/**
 * The longest beginning of a cut-off JSON text that is a value when its brackets are closed: everything up to the last
 * complete member. `undefined` where nothing was complete.
 *
 * @param deepest no value is cut that lies within more brackets than this; 2 keeps only whole items of `{ items: […] }`
 */
export function completePart(text: string, deepest: number = Number.POSITIVE_INFINITY): unknown {
  let closers = "";
  let cut = 0;
  let closing = "";
  let isString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isString) {
      if (character === "\\") index++;
      else if (character === '"') isString = false;
      continue;
    }
    if (character === '"') isString = true;
    else if (character === "{" || character === "[") closers = (character === "{" ? "}" : "]") + closers;
    else if (character === "}" || character === "]") closers = closers.slice(1);
    else if (character !== ",") continue;
    if (isString || closers.length > deepest) continue;
    // After a bracket, and before a comma, all that was begun is complete but for the brackets themselves.
    cut = character === "," ? index : index + 1;
    closing = closers;
  }
  try {
    return JSON.parse(text.slice(0, cut) + closing);
  } catch {
    return undefined;
  }
}
