/** A place where a text may be cut off, and the brackets that close it there. */
interface Cut {
  readonly end: number;
  readonly closing: string;
}

/**
 * The longest beginning of a cut-off JSON text that is a value when its brackets are closed: everything up to the last
 * complete member. `undefined` where nothing was complete.
 */
export function completePart(text: string): unknown {
  let last: Cut | undefined;
  for (const cut of cutsOf(text, Number.POSITIVE_INFINITY)) last = cut;
  return upTo(text, last);
}

/** The whole items of a list, wrapped as `{ items: […] }` or not: those before the text is cut off, or before what is no JSON. */
export function completeItems(text: string): unknown {
  const cuts = [...cutsOf(text, 2)];
  let items = upTo(text, cuts.at(-1));
  // What stands before a mistake can be read, what stands behind it can't.
  for (let low = -1, high = items === undefined ? cuts.length - 1 : 0; high - low > 1;) {
    const middle = (low + high) >> 1;
    const found = upTo(text, cuts[middle]);
    if (found === undefined) high = middle;
    else [low, items] = [middle, found];
  }
  return items;
}

function upTo(text: string, { end, closing }: Cut = { end: 0, closing: "" }): unknown {
  try {
    return JSON.parse(text.slice(0, end) + closing);
  } catch {
    return undefined;
  }
}

/** @param deepest no value is cut that lies within more brackets than this; 2 keeps only whole items of `{ items: […] }` */
function* cutsOf(text: string, deepest: number): Generator<Cut> {
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
    else if (character === "{" || character === "[") closing = (character === "{" ? "}" : "]") + closing;
    else if (character === "}" || character === "]") closing = closing.slice(1);
    else if (character !== ",") continue;
    // After a bracket, and before a comma, all that was begun is complete but for the brackets themselves.
    if (!isString && closing.length <= deepest) yield { end: character === "," ? index : index + 1, closing };
  }
}
