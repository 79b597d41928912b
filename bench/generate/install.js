import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Lays the built package out as an installation would, beside links to its dependencies: in a checkout it would look for changes of
 * itself. Run `npm run build && node .ci/bundle-bin.mjs` before.
 *
 * @param {string} home of the checkout
 * @returns {string} the folder, to be removed at the end; the program is `node_modules/schemacast/bin/schemacast.js` in it
 */
export function installCopy(home) {
  const folder = mkdtempSync(join(tmpdir(), "schemacast-installed-"));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "schemacast"), { recursive: true });
  for (const name of readdirSync(join(home, "node_modules"))) {
    if (!name.startsWith(".") && name !== "schemacast") symlinkSync(join(home, "node_modules", name), join(modules, name));
  }
  for (const name of ["bin", "dist", "templates", "package.json"])
    cpSync(join(home, name), join(modules, "schemacast", name), { recursive: true });
  return folder;
}
