import type { Plan, StreamSpec, ToolDefinition, ValidationFailure, Validator } from "../../src/runtime/spec.js";

export interface Profile {
  name: string;
  age: number;
  role: "admin" | "user";
  summary: string;
  addresses: { city: string; lines: string[] }[];
}

export interface ProfilePartial {
  readonly name?: string;
  readonly age?: number;
  readonly role?: "admin" | "user";
  readonly summary?: string;
  readonly addresses?: readonly { readonly city?: string; readonly lines?: readonly string[] }[];
}

const text = { kind: "text" } as const;
const atom = { kind: "atom" } as const;

export const profilePlan: Plan = {
  root: {
    kind: "object",
    fields: {
      name: { node: text },
      age: { node: atom },
      role: { node: atom },
      summary: { node: text },
      addresses: {
        node: { kind: "list", item: { kind: "object", fields: { city: { node: text }, lines: { node: { kind: "list", item: text } } } } },
      },
    },
  },
};

const tool: ToolDefinition = { type: "function", function: { name: "extract_profile", strict: true, parameters: { type: "object" } } };

/** Refuses with one failure where `test` says no. */
function validator(keyword: string, test: (value: never) => boolean): Validator {
  const validate: Validator = (value) => {
    const good = test(value as never);
    const failure: ValidationFailure = { instancePath: "", schemaPath: `#/${keyword}`, keyword, params: { type: "string" } };
    validate.errors = good ? null : [failure];
    return good;
  };
  return validate;
}

/** A spec as the generator would write it: an address has a city that is not `Nowhere`. */
export function profileSpec(): StreamSpec<Profile, ProfilePartial> {
  const address = validator("not", (value: { city?: string }) => typeof value?.city === "string" && value.city !== "Nowhere");
  return {
    name: "Profile",
    wire: { one: tool, list: { ...tool, function: { ...tool.function, name: "extract_profile_list" } } },
    decode: (wire) => wire,
    validate: validator("required", (value: Partial<Profile>) => typeof value?.name === "string" && typeof value.age === "number"),
    instructions: "Extract.",
    handler: { plan: profilePlan, elements: { "/addresses/*": address } },
  };
}

export const profile: Profile = {
  name: "Ada \ud83d\ude00",
  age: 36,
  role: "admin",
  summary: "First of the programmers.\nWrote notes.",
  addresses: [
    { city: "London", lines: ["12 St James's Square", "SW1"] },
    { city: "Ockham", lines: [] },
  ],
};
