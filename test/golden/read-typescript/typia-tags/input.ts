import type * as tags from "./tags.js";
export interface Member {
  id: string & tags.Format<"uuid">;
  email: (string & tags.Format<"email">) | null;
  name: string & tags.MinLength<1> & tags.MaxLength<80>;
  age?: number & tags.Type<"uint32"> & tags.ExclusiveMaximum<100>;
  score: number & tags.Minimum<0>;
  code: string & tags.Pattern<"^[A-Z]{3}$"> & tags.Example<"ABC">;
  tags: (string & tags.MinLength<2>)[] & tags.MinItems<1> & tags.UniqueItems;
  note: string & tags.Default<"none"> & tags.Examples<{ a: "x"; b: "y" }>;
  address: { city: string } & tags.JsonSchemaPlugin<{ "x-stream": "atomic" }>;
  alias?: Email;
  either: (number & tags.Type<"int32">) | (string & tags.MinLength<1>);
}
/** Where mail goes. */
type Email = string & tags.Format<"email">;
