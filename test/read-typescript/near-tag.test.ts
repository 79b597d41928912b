import { expect, test } from "vitest";
import { nearTag } from "../../src/read/typescript/near-tag.js";

const near = (name: string, type?: unknown): string | undefined => {
  const span = { file: undefined as never, start: 0, length: 1 };
  return nearTag({ name, text: "", span }, { type });
};

test.each([
  ["maxlength", "string", "maxLength"],
  ["MINIMUM", "number", "minimum"],
  ["maxLenght", "string", "maxLength"],
  ["patern", "string", "pattern"],
  ["min", "number", "minimum"],
  ["max", ["integer", "null"], "maximum"],
  ["min", "string", "minLength"],
  ["max", "array", "maxItems"],
  ["examples", "string", "example"],
  ["regex", "string", "pattern"],
  ["Extract", "object", "extract"],
])("@%s on %s: did you mean @%s", (name, type, meant) => {
  expect(near(name, type)).toBe(meant);
});

/** JSDoc's, TSDoc's and TypeDoc's, and some of schema generators. */
const foreign = `abstract access alias alpha arg argument async augments author beta borrows callback category categoryDescription class
  classdesc const constant constructs copyright default defaultValue deprecated desc description document emits enum event eventProperty
  example exception expand experimental export exports extends external file fileoverview fires func function generator global group
  groupDescription hidden hideCategories hideGroups hideconstructor host id ignore implements import include includeCode inheritDoc
  inheritdoc inline inlineType inner instance interface internal kind label lends license link linkcode linkplain listens maxProperties
  member memberof mergeModuleWith method minProperties mixes mixin module name namespace nullable overload override overview
  packageDocumentation package param preventExpand preventInline primaryExport private privateRemarks prop property protected public
  readonly reflection remarks requires required return returns satisfies sealed see since sortStrategy static summary template this throws
  todo tutorial type typeParam typedef useDeclaredType var variation version virtual yield yields TJS-minimum additionalProperties
  nullable ref optional unique ts-ignore ts-expect-error ts-nocheck jsx jsxRuntime jsxImportSource vitest-environment`;

test("other tools' tags are theirs", () => {
  const told = foreign.split(/\s+/).filter((name) => near(name, "string") !== undefined);
  expect(told).toEqual([]);
});
