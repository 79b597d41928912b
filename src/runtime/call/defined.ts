/** The members that are there: with exactOptionalPropertyTypes an absent property and an undefined one are two things. */
export function defined<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: { [K in keyof T]?: T[K] } = {};
  for (const key in members) {
    const value = members[key];
    if (value !== undefined) kept[key] = value;
  }
  // What is left has the value its type says; what is gone was optional, or the caller's type would not be T.
  return kept as T;
}
