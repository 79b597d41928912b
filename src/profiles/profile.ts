/** One rule of a provider, with what it rests on. */
export interface Fact<T> {
  readonly value: T;
  /** `proven`: documented or seen on the wire. `reported`: third parties say so. `open`: sources disagree or are silent; the value is the safe side. */
  readonly standing: "proven" | "reported" | "open";
  /** Newest evidence, `YYYY-MM-DD` or `YYYY-MM`. */
  readonly date: string;
  readonly evidence: string;
}

/** Forms a schema may or may not take. Off means: never sent. */
export type FormSwitch =
  /** A property may be left out of `required`. */
  | "optionalProperties"
  /** `properties: {}` with `additionalProperties: false`. */
  | "emptyObjects"
  /** `minimum maximum exclusiveMinimum exclusiveMaximum multipleOf` on numbers and integers. */
  | "numericBounds"
  | "const"
  | "pattern"
  | "format"
  /** `minLength maxLength`. */
  | "stringLengths"
  /** `minItems maxItems`. */
  | "arrayLengths"
  /** Closed tuples: `prefixItems` with `items: false`. */
  | "closedTuples"
  /** `type: ["string", "null"]`. */
  | "typeArrays"
  /** `additionalProperties: <schema>`. */
  | "maps"
  /** `{}`: any JSON. */
  | "any"
  /** Cycles of `$ref`. */
  | "recursion"
  /** Keywords beside `$ref`, a description included. */
  | "refSiblings"
  /** `enum` with numbers, booleans or null, all of one type that stands in `type`. */
  | "enumOfNonStrings"
  /** `enum` whose values have different types. */
  | "enumOfMixedTypes"
  | "oneOf"
  | "allOf"
  /** `title default examples $schema $id $comment deprecated readOnly writeOnly`. */
  | "annotations";

/** Numbers a schema must not exceed. */
export type Limit =
  /** Of the schema's JSON text, minified, in UTF-16 units. */
  | "characters"
  /** Objects and arrays on the longest way from the root, the root counted, `$ref` followed; `anyOf` and scalars add none. */
  | "depth"
  /** Entries of all `properties` together, each `$defs` entry counted once. */
  | "properties"
  /** Values of all `enum`s together, each `$defs` entry counted once. */
  | "enumValues"
  /** Length of the strings of one `enum` together, if it has more than `longEnumFrom` values. */
  | "enumCharacters"
  | "longEnumFrom"
  /** Branches of one `anyOf`. */
  | "anyOfBranches"
  /** Of a tool's name. */
  | "nameCharacters";

/** What one door of the API takes in a schema that is sent with `strict: true`. */
export interface SchemaRules {
  /** Values of `type`. */
  readonly types: Fact<readonly string[]>;
  /** Keywords beyond those that a switch governs: on any schema, at the root only, and beside each `type`. */
  readonly keywords: Fact<{
    readonly common: readonly string[];
    readonly root: readonly string[];
    readonly object: readonly string[];
    readonly array: readonly string[];
    readonly string: readonly string[];
    readonly number: readonly string[];
  }>;
  /** The root's only `type`, and keywords that must not stand beside it. */
  readonly root: Fact<{ readonly type: "object"; readonly refused: readonly string[] }>;
  /** Every object must say `additionalProperties: false`. */
  readonly closedObjects: Fact<boolean>;
  /** The only form of `$ref`, as the source of a regular expression. */
  readonly refForm: Fact<string>;
  readonly switches: { readonly [name in FormSwitch]: Fact<boolean> };
  readonly limits: { readonly [name in Limit]: Fact<number> };
}

/** A provider's rules, by the two doors a schema can go through. */
export interface Profile {
  readonly name: string;
  /** When the facts were last gone through. */
  readonly revised: string;
  /** Schema as the `parameters` of a tool. */
  readonly tools: SchemaRules;
  /** Schema as `response_format.json_schema.schema`. */
  readonly json_schema: SchemaRules;
}
