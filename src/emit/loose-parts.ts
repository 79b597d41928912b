import { intersect } from "./intersect-shapes.js";
import { type ArrayShape, neverShape, type ObjectShape, type Shape, type TupleShape, unite } from "./shape.js";

type LookUp = (key: string) => Shape;

/**
 * In an intersection, a part that names no type judges values of its own kind only: beside `string | User`, `{ a?: number }` is for the
 * User, where TypeScript would refuse the string. The parts of an intersection for which that holds, in its place.
 */
export function letOtherKindsPass(parts: readonly Shape[], lookUp: LookUp): readonly Shape[] {
  for (const part of parts) {
    const container = looseContainer(part, lookUp);
    if (container === undefined) continue;
    const others = parts.filter((other) => other !== part);
    const judged = others.map((other) => membersOf(other, lookUp, new Set()).map((member) => isOfKind(member, container, lookUp)));
    const mixed = judged.some((answers) => !answers.includes(false)) ? -1 : judged.findIndex((answers) => answers.includes(false));
    const other = others[mixed];
    if (other === undefined) continue;
    const members = membersOf(other, lookUp, new Set()).map((member, index) =>
      judged[mixed]?.[index] ? intersect([part, member]) : member,
    );
    const narrowed = judged[mixed]?.includes(true) ? unite(members) : other;
    return letOtherKindsPass(others.with(mixed, narrowed), lookUp);
  }
  return parts;
}

type Container = ObjectShape | ArrayShape | TupleShape;

/** What a part judges if it names no type, be it by a name. */
function looseContainer(shape: Shape, lookUp: LookUp): Container | undefined {
  if (shape.kind === "ref") {
    const target = lookUp(shape.key);
    return target.kind === "ref" ? undefined : looseContainer(target, lookUp);
  }
  return (shape.kind === "object" || shape.kind === "array" || shape.kind === "tuple") && shape.loose ? shape : undefined;
}

/** The members of a union, also of one that has a name. */
function membersOf(shape: Shape, lookUp: LookUp, through: Set<string>): readonly Shape[] {
  if (shape.kind === "union") return shape.of.flatMap((member) => membersOf(member, lookUp, through));
  if (shape.kind !== "ref" || through.has(shape.key)) return [shape];
  const target = lookUp(shape.key);
  return target.kind === "union" ? membersOf(target, lookUp, new Set([...through, shape.key])) : [shape];
}

/** Whether a shape, no union, may hold values of the kind that a container is of. */
function isOfKind(shape: Shape, container: Container, lookUp: LookUp): boolean {
  switch (shape.kind) {
    case "object":
      return container.kind === "object";
    case "array":
    case "tuple":
      return container.kind !== "object";
    case "scalar":
    case "literal":
    case "never":
      return false;
    case "ref": {
      const target = lookUp(shape.key);
      return target.kind === "ref" || isOfKind(target, container, () => neverShape);
    }
    default:
      return true;
  }
}
