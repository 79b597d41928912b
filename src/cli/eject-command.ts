import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ParsedArguments } from "./command-table.js";
import { projectOptions } from "./project-options.js";
import type { Terminal } from "./terminal.js";

/** `schemacast eject templates`: copies the templates into the project, where they can be changed. */
export async function ejectCommand({ options, positionals }: ParsedArguments, terminal: Terminal): Promise<0 | 1 | 2> {
  const [what] = positionals;
  if (what !== "templates") {
    terminal.stderr.write(
      `schemacast: there is no \`eject ${what ?? ""}\`; only templates can be ejected: \`schemacast eject templates\`.\n`,
    );
    return Promise.resolve(2);
  }
  const { root } = projectOptions(options, terminal);
  const from = new URL("../../templates/", import.meta.url);
  const names = readdirSync(from).filter((name) => name.endsWith(".ts"));
  const taken = names.filter((name) => existsSync(join(root, "templates", name)));
  if (taken.length > 0 && options["force"] !== true) {
    terminal.stderr.write(
      `schemacast: templates/${taken.join(", templates/")} is there already. Nothing was written; --force overwrites.\n`,
    );
    return 1;
  }
  mkdirSync(join(root, "templates"), { recursive: true });
  for (const name of names) {
    writeFileSync(join(root, "templates", name), readFileSync(new URL(name, from)));
    terminal.stdout.write(`+ templates/${name}\n`);
  }
  terminal.stdout.write(
    'Set `templates: "./templates"` in schemacast.config.ts to use them. placeholders.ts only makes them compile as they stand.\n',
  );
  return 0;
}
