/** An environment variable that is set to something; edge runtimes may have no `process`. */
export function environment(name: string): string | undefined {
  const host: { readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> } } = globalThis;
  const value = host.process?.env?.[name];
  return value === "" ? undefined : value;
}
