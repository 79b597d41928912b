import type { MessageTable } from "./message-table.js";

export const lowerMessages = {
  "lower/drop-conditional": {
    severity: "info",
    message: "{keywords} can't be sent to the model as a rule; it is said in words and checked when the answer is there.",
    hint: "Nothing has to be done. Where the model often gets it wrong, a union of objects with a constant property says it in a form that can be sent.",
    explanation:
      "No provider accepts `not`, `if`/`then`/`else`, `dependentRequired` and `dependentSchemas`. What they ask for stands in the description, and the generated validator judges every answer by the original schema.",
  },
  "lower/merge-all-of": {
    severity: "warning",
    message: "Parts of allOf can't be merged into one schema: of {keywords} the first is sent.",
    hint: "Nothing is lost: the answer is checked against all parts. Write the parts as one schema to tell the model more.",
    explanation:
      "`allOf` is merged into one schema before it is sent. Two patterns, two formats or two large unions have no common form; the first is sent, the others are said in words and checked afterwards.",
  },
  "lower/map-to-entries": {
    severity: "info",
    message: "The map is sent as a list of keys and values, and turned back when the answer is there.",
    hint: "Nothing has to be done. Where the keys are known, declare them as properties: that is shorter and gives better answers.",
    explanation:
      "Strict schemas have no objects with free keys. A map travels as a list of `{ key, value }` objects; of equal keys the last wins.",
  },
  "lower/tuple-to-object": {
    severity: "info",
    message: "The tuple is sent as an object with a member for each position, and turned back when the answer is there.",
    hint: "Nothing has to be done. A title on each position names its member, which tells the model what belongs there.",
    explanation: "The provider has no form that holds an array to one schema for each position. The tuple travels as an object.",
  },
  "lower/any-to-json-text": {
    severity: "warning",
    message: "The schema allows {what} here: it travels as JSON text in a string.",
    hint: "Say what belongs here (a type, properties), so that the model can be held to it.",
    explanation:
      "Strict schemas have no form for any JSON. Such a place travels as a string that holds JSON text, which is parsed when the answer is there.",
  },
  "lower/assume-type": {
    severity: "info",
    message: "The schema gives no type; {types} is assumed, as its keywords speak of that.",
    hint: "Add the type: the type in TypeScript then has nothing else in it, and the model is asked for nothing else.",
    explanation:
      "A schema without `type` also allows every value that its keywords don't speak of. At the root the model is asked for the types they speak of only, unless the project sets `open: true`. In a property or an item, other values travel as JSON text, which the model is told to use only where the value is of another type; the type in TypeScript is a union with them.",
  },
  "lower/close-object": {
    severity: "info",
    message: "Undeclared keys are allowed here; the model is asked for the declared ones only ({count}).",
    hint: 'Nothing has to be done. Set "additionalProperties": false to say so, or "x-extract": { "open": true } (in JSDoc `@open`) to have further keys extracted too.',
    explanation:
      "A schema without `additionalProperties: false` allows any further key. Strict schemas have to be closed, so only declared keys are asked for, unless `x-extract.open` asks for the others as well. One diagnostic stands for all places of a document.",
  },
  "lower/close-tuple": {
    severity: "info",
    message: "Further items are allowed after the described ones; the model is asked for the described ones only ({count}).",
    hint: 'Nothing has to be done. Set "items": false (in drafts up to 2019-09 "additionalItems": false) or "maxItems" to say so; give them a schema there, or set "x-extract": { "open": true }, to have them extracted too.',
    explanation:
      "A tuple (`prefixItems`, or an array under `items` in older drafts) allows any further item where nothing else is said. Those travel only where the schema says what they are, or where undeclared keys and items are asked for.",
  },
  "lower/close-typed-object": {
    severity: "warning",
    message: "The schema describes undeclared keys here, but the model is asked for the declared ones only.",
    hint: 'Set "x-extract": { "open": true } (in JSDoc `@open`) on this object to have them extracted too.',
    explanation:
      "Beside its properties the object describes further keys (`additionalProperties` with a schema, or `patternProperties`). They travel, as a list of keys and values, only where `x-extract.open` asks for them.",
  },
  "lower/keys-of-several-branches": {
    severity: "warning",
    message:
      "A value may have keys of several branches of anyOf ({first} and {second}), but the model is asked for those of one branch only.",
    hint: 'Where a value is one or the other, write oneOf, or "additionalProperties": false in the branches. Where it may be both, declare the properties beside anyOf and leave only "required" in its branches.',
    explanation:
      'Each branch of a union is closed to its own keys on the wire. Under `anyOf` several branches may hold at once, so that `{ email, phone }` is valid where one branch describes `email` and another `phone`; it would come back without one of them. With `email` and `phone` as properties of the object, and `anyOf: [{ "required": ["email"] }, { "required": ["phone"] }]` beside them, the model is asked for one object with both, and told in words what has to be there. Not told of branches that a constant tells apart, nor where undeclared keys are asked for (`x-extract.open`, or `open` of the project).',
  },
  "lower/idle-setting": {
    severity: "warning",
    message: "`x-extract.{setting}` has no effect here: what is sent is no object with properties.",
    hint: "Move it to an object with properties: the one around it, or the one in its items or branches.",
    explanation:
      "`reasoning` and `open` (in JSDoc `@reasoning` and `@open`) belong to objects with declared properties. Beside `anyOf`, `oneOf` or `$ref` they hold for the objects found there. Scalars, lists, maps and any JSON have no place for what they ask.",
  },
  "lower/contradicting-parts": {
    severity: "warning",
    message: "`{keyword}` allows nothing of what the schemas that hold together with this one allow: no value is valid here.",
    hint: "Correct one of them. Where a value is one or the other, write anyOf or oneOf instead of allOf.",
    explanation:
      "All parts of `allOf`, and what stands beside `$ref`, hold of one value; so does what several of them say of one property. Types, constants or enums that have nothing in common leave no value: an optional property is not asked for then.",
  },
  "lower/skip-required": {
    severity: "warning",
    message: "{key} is required, but not asked for.",
    hint: "Something has to fill it before the value is checked; or leave it out of required.",
    explanation: "A property marked `x-skip`, or `readOnly` where the project skips those, is not part of what the model is asked for.",
  },
  "lower/recursion": {
    severity: "warning",
    message: "The schema refers to itself at {field}: the provider can't be held to it, so the model is only guided by it.",
    hint: 'Set "x-extract": { "unroll": 2 } (in JSDoc `@unroll 2`) on the recursive type to send two levels of it strictly, with what lies deeper as JSON text.',
    explanation:
      "Recursive schemas are refused in strict mode. The extractor sends it as guidance (`strict: false`), reads the answer leniently, checks it in full and asks again where it is wrong.",
  },
  "lower/too-deep": {
    severity: "warning",
    message: "{form} is {actual} levels deep, {limit} are allowed: the model is only guided by it.",
    hint: "Make the schema flatter, or give deep parts a type of their own and extract them separately.",
    explanation: "The provider limits how deep objects and arrays may be nested in a strict schema. Beyond that the schema only guides.",
  },
  "lower/too-long": {
    severity: "warning",
    message: "{form} is {actual} characters long, {limit} are allowed: the model is only guided by it.",
    hint: "Shorten descriptions, leave out optional properties with x-skip (in JSDoc `@skip`), or split the schema.",
    explanation:
      "The provider limits the length of a strict schema. Shared parts have been moved to definitions and descriptions shortened already, and it is still too long.",
  },
  "lower/too-many-properties": {
    severity: "warning",
    message: "{form} has {actual} properties, {limit} are allowed: the model is only guided by it.",
    hint: "Leave out properties with x-skip (in JSDoc `@skip`), or split the schema.",
    explanation: "The provider limits how many properties a strict schema may have in total.",
  },
  "lower/too-many-enum-values": {
    severity: "warning",
    message: "{form} has {actual} enum values, {limit} are allowed: the model is only guided by it.",
    hint: "Shorten the enums, or use a string with a description.",
    explanation: "The provider limits how many enum values a strict schema may have in total.",
  },
  "lower/fit-limits": {
    severity: "info",
    message: "The schema was too long and has been shortened: {steps}.",
    hint: "Shorten descriptions yourself to choose what the model is told; `schemacast explain` shows what is sent.",
    explanation:
      "The provider limits the length of a strict schema. Repeated parts have become definitions and descriptions have been cut, the longest first, until it fitted. What is allowed is unchanged.",
  },
  "lower/unroll-recursion": {
    severity: "info",
    message: "The schema refers to itself here; {levels} levels of it are sent, what lies deeper travels as JSON text.",
    hint: "Nothing has to be done.",
    explanation: "`x-extract.unroll` asks for a recursive schema to be sent with a fixed number of levels, so that it can be strict.",
  },
  "lower/tangled": {
    severity: "warning",
    message: "The schema {problem} here: what lies beyond travels as JSON text.",
    hint: "{advice}",
    explanation:
      "A model can't be sent what has thousands of places: what a schema says beyond four thousand travels as JSON text, in no particular order. Merging `allOf` opens the references in it. Where the same parts meet again, they become one definition; where each level makes a new combination, eight levels are sent, or a thousand places.",
  },
  "lower/nothing-valid": {
    severity: "error",
    message: "No value is valid under this schema.",
    hint: "Look for parts of allOf that exclude each other, or a required property that must not be there.",
    explanation: "The schema contradicts itself, so there is nothing the model could answer.",
  },
} as const satisfies MessageTable;
