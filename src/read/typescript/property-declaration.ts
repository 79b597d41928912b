import type { ts } from "ts-morph";

/** Where a property was written; that of a mapped type, in the type mapped over. */
export function propertyDeclaration(property: ts.Symbol): ts.Declaration | undefined {
  const origin = originOf(property);
  return property.valueDeclaration ?? property.declarations?.[0] ?? (origin && propertyDeclaration(origin));
}

/** The property that one of a mapped type was made of. Nothing public tells it where the key was renamed (`as`). */
export function originOf(property: ts.Symbol): ts.Symbol | undefined {
  const { links } = property as ts.Symbol & { readonly links?: { readonly syntheticOrigin?: ts.Symbol } };
  return links?.syntheticOrigin;
}
