/** Whether a file is YAML, by its name. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** The command that makes JSON of a YAML file. */
export function yamlConversion(path: string): string {
  return `\`npx js-yaml ${path} > ${path.replace(/\.ya?ml$/i, ".json")}\``;
}
