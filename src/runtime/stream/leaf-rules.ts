import { narrowedValidator, narrowTool } from "../call/narrow.js";
import { ANY, ATOM, ENTRIES, ENTRY, EXTRAS, LIST, MEMBERS, OBJECT, Shape, TEXT, UNION, UNWRAP } from "../json/shape.js";
import { branchesOf, choicesOf, isObject, WireSchema } from "../lenient/wire-schema.js";
import type { JsonObject, Spec } from "../spec.js";

/** What was asked for. */
export interface Asked<S extends Spec<unknown> = Spec<unknown>> {
  readonly spec: S;
  readonly shape: "one" | "list";
  /** Option of that name. */
  readonly narrow?: object | undefined;
}

/** What holds a call to what it asked for: the validator, which judges each item of a list as it closes, to the narrowing; the shape to leaf rules. */
export function holdCall<S extends Spec<unknown>>(asked: Asked<S>, root: Shape): { readonly spec: S; readonly shape: Shape } {
  const { spec, narrow } = asked;
  const held = narrow === undefined ? spec : { ...spec, validate: narrowedValidator(spec.validate, narrow) };
  return { spec: held, shape: withLeafRules(asked, root) };
}

/**
 * The shape with a rule at every leaf: what the schema that was sent allows there. For answers that the API does not hold to it (guided specs,
 * mode json_object), so that a snapshot of these is as true as one of strict mode, and for calls that narrow it. Where several schemas are
 * possible any of them is enough.
 */
export function withLeafRules({ spec, shape, narrow }: Asked, root: Shape): Shape {
  const whole = spec.wire[shape];
  const tool = narrow === undefined ? whole : narrowTool(whole, shape, narrow);
  const schema = new WireSchema(tool.function.parameters);
  const numbers = new Map<JsonObject, number>();
  const made = new Map<string, Shape>();
  const shapes = new Map<Shape, number>();
  return ruled(root, alternatives(tool.function.parameters));

  function ruled(given: Shape, places: readonly JsonObject[]): Shape {
    const key = [numberOf(shapes, given), ...places.map((place) => numberOf(numbers, place))].join();
    const known = made.get(key);
    if (known !== undefined) return known;
    // A free string that the call has narrowed to a few values is free no more.
    const kind = given.kind === TEXT && places.length > 0 && places.every((place) => choicesOf(place) !== undefined) ? ATOM : given.kind;
    const copy = Object.assign(new Shape(kind, given.node), given, { kind });
    made.set(key, copy);
    if (places.length > 0 && kind !== ANY) copy.rule = (wire) => isOneOf(places, wire);
    switch (kind) {
      case OBJECT:
      case UNWRAP:
      case MEMBERS:
      case ENTRY: {
        const objects = ofSameKeys(given, places);
        copy.fields = given.fields.map((field, at) => ruled(field, membersOf(objects, given.wire[at] ?? "")));
        break;
      }
      case LIST:
      case ENTRIES:
      case EXTRAS:
        copy.fields = given.fields.map((field, at) => ruled(field, positionsOf(places, at)));
        copy.item =
          given.item &&
          ruled(
            given.item,
            places.flatMap(({ items }) => alternatives(items)),
          );
        break;
      case UNION:
        copy.branches = given.branches.map((branch) => ruled(branch, places));
        break;
      default:
    }
    return copy;
  }

  /** Of a value that was held until it was complete, every leaf. */
  function accepts(place: JsonObject, wire: unknown): boolean {
    const choices = choicesOf(place);
    if (typeof wire !== "object" || wire === null) {
      if (choices !== undefined) return choices.includes(wire);
    } else if (choices !== undefined) return true;
    const { type } = place;
    const types: readonly unknown[] = Array.isArray(type) ? type : [type];
    if (!types.some((one) => isOfType(wire, one))) return false;
    if (Array.isArray(wire)) return wire.every((item, at) => isOneOf(positionsOf([place], at), item));
    return !isObject(wire) || Object.keys(wire).every((key) => isOneOf(membersOf([place], key), wire[key]));
  }

  /** Where nothing is said of a place, anything may stand there. */
  function isOneOf(places: readonly JsonObject[], wire: unknown): boolean {
    return places.length === 0 || withKeysOf(wire, places).some((place) => accepts(place, wire));
  }

  /** What a place may be, without references and choices. */
  function alternatives(given: unknown, around: readonly unknown[] = []): readonly JsonObject[] {
    if (!isObject(given) || around.includes(given)) return [];
    const flat = schema.flatten(given);
    return branchesOf(flat)?.flatMap((branch) => alternatives(branch, [...around, given])) ?? [flat];
  }

  function membersOf(places: readonly JsonObject[], key: string): readonly JsonObject[] {
    return places.flatMap(({ properties }) =>
      isObject(properties) && Object.hasOwn(properties, key) ? alternatives(properties[key]) : [],
    );
  }

  function positionsOf(places: readonly JsonObject[], at: number): readonly JsonObject[] {
    return places.flatMap(({ prefixItems, items }) => alternatives(Array.isArray(prefixItems) ? (prefixItems[at] ?? items) : items));
  }
}

/** Of several objects those that declare a value's keys, where one does. */
function withKeysOf(wire: unknown, places: readonly JsonObject[]): readonly JsonObject[] {
  if (!isObject(wire) || places.length < 2) return places;
  const keys = Object.keys(wire);
  const same = places.filter(({ properties }) => isObject(properties) && keys.every((key) => Object.hasOwn(properties, key)));
  return same.length > 0 ? same : places;
}

/** Of several objects those that have a shape's keys, where one has. */
function ofSameKeys({ wire }: Shape, places: readonly JsonObject[]): readonly JsonObject[] {
  const same = places.filter(({ properties }) => {
    const keys = isObject(properties) ? Object.keys(properties) : [];
    return keys.length === wire.length && wire.every((key) => keys.includes(key));
  });
  return same.length > 0 ? same : places;
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === undefined) return true;
  if (type === "integer") return Number.isInteger(value);
  return type === (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
}

function numberOf<T>(numbers: Map<T, number>, one: T): number {
  const known = numbers.get(one) ?? numbers.size;
  numbers.set(one, known);
  return known;
}
