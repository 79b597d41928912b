/** The members that are there: with exactOptionalPropertyTypes an absent property and an undefined one are two things. */
export function defined<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  // What is left has the value its type says; what is gone was optional, or the caller's type would not be T.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
