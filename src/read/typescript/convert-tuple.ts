import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import type { Conversion, Hint, Spot } from "./conversion.js";
import { unwrapHint } from "./hints.js";

/** A tuple as `prefixItems`; labels become titles; a rest element becomes `items`. */
export function convertTuple(c: Conversion, type: ts.TupleTypeReference, spot: Spot): SchemaObject {
  const { ts, checker } = c;
  const { elementFlags, minLength, labeledElementDeclarations: labels } = type.target;
  const hints = elementHints(c, spot.hint);
  const types = checker.getTypeArguments(type);
  const prefix: SchemaObject[] = [];
  let rest: SchemaObject | false = false;
  for (const [index, flags] of elementFlags.entries()) {
    const element = types[index];
    if (element === undefined) continue;
    const hint = hints[index];
    const node = hint?.node ?? labels?.[index] ?? spot.node;
    if (rest !== false) {
      c.report("read/ts-tuple-rest", node);
      break;
    }
    if (flags & ts.ElementFlags.Rest) rest = c.convert(element, { node, hint: hint && restHint(c, hint) });
    else prefix.push(named(c.convert(element, { node, hint }), labels?.[index]));
  }
  return {
    type: "array",
    ...(prefix.length > 0 && { prefixItems: prefix }),
    items: rest,
    ...(minLength > 0 && { minItems: minLength }),
    ...(rest === false && { maxItems: prefix.length }),
  };
}

function named(schema: SchemaObject, label: ts.NamedTupleMember | ts.ParameterDeclaration | undefined): SchemaObject {
  return label ? { title: label.name.getText(), ...schema } : schema;
}

function elementHints(c: Conversion, hint: Hint | undefined): readonly Hint[] {
  if (!hint) return [];
  const { node, env } = unwrapHint(c, hint);
  return c.ts.isTupleTypeNode(node) ? node.elements.map((element) => ({ node: element, env })) : [];
}

/** `...T[]` or `...name: T[]` → `T`. */
function restHint(c: Conversion, { node, env }: Hint): Hint | undefined {
  const { ts } = c;
  const inner = ts.isNamedTupleMember(node) || ts.isRestTypeNode(node) ? node.type : node;
  const array = unwrapHint(c, { node: inner, env });
  return ts.isArrayTypeNode(array.node) ? { node: array.node.elementType, env: array.env } : undefined;
}
