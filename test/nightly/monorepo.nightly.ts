import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  mkdirSync,
  writeFileSync,
  existsSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const home = fileURLToPath(new URL("../../", import.meta.url));

/** The example in a folder of its own, installed as npm would: packages linked, everything else from this checkout. */
function install(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "schemacast-monorepo-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(home, "examples/monorepo"), root, {
    recursive: true,
    filter: (path) => !/node_modules|\/dist|\/generated|\.turbo/.test(path),
  });
  const modules = join(root, "node_modules");
  for (const folder of ["@example", "@schemacast", ".bin", "schemacast"]) mkdirSync(join(modules, folder), { recursive: true });
  for (const name of readdirSync(join(home, "node_modules"))) {
    if (name === "@schemacast" || name === "schemacast" || name.startsWith(".")) continue;
    symlinkSync(join(home, "node_modules", name), join(modules, name));
  }
  for (const name of readdirSync(join(root, "packages"))) symlinkSync(join(root, "packages", name), join(modules, "@example", name));
  symlinkSync(join(home, "src/runtime"), join(modules, "@schemacast/runtime"));
  // Without sources, as the published package: a checkout would not trust outputs of another build.
  for (const name of ["bin", "dist", "templates", "package.json"])
    cpSync(join(home, name), join(modules, "schemacast", name), { recursive: true });
  symlinkSync("../schemacast/bin/schemacast.js", join(modules, ".bin/schemacast"));
  symlinkSync(join(home, "node_modules/typescript/bin/tsc"), join(modules, ".bin/tsc"));
  const lock = { name: "schemacast-monorepo", lockfileVersion: 3, requires: true, packages: lockPackages(root) };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock, null, 2));
  execFileSync("git", ["init", "-q"], { cwd: root });
  execFileSync("git", ["add", "-A"], { cwd: root });
  return root;
}

/** What turbo needs to know of the lockfile: the workspaces and who links to whom. */
function lockPackages(root: string): Readonly<Record<string, unknown>> {
  const names = readdirSync(join(root, "packages"));
  const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
  return Object.fromEntries([
    ["", read("package.json")],
    ...names.map((name) => [`node_modules/@example/${name}`, { resolved: `packages/${name}`, link: true }]),
    ...names.map((name) => [`packages/${name}`, read(`packages/${name}/package.json`)]),
  ]);
}

interface TurboRun {
  readonly log: string;
  /** Tasks by whether they came from the cache. */
  readonly cached: readonly string[];
  readonly executed: readonly string[];
}

function turbo(root: string): TurboRun {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", CI: "1", NO_COLOR: "1" };
  const log = execFileSync(
    join(home, "node_modules/.bin/turbo"),
    ["run", "build", "check", "--cache-dir", join(root, ".turbo/cache"), "--ui", "stream"],
    {
      cwd: root,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const tasks = (kind: RegExp): readonly string[] =>
    [...log.matchAll(kind)].map(([, name = ""]) => name.replace("@example/", "")).toSorted();
  return { log, cached: tasks(/^(\S+:\S+): cache hit/gm), executed: tasks(/^(\S+:\S+): cache miss/gm) };
}

const all = ["extractors:build", "extractors:check", "extractors:generate", "report:build", "shop:build", "site:build"];

test("turbo caches generation, rebuilds dependants of an edited schema only, and restored output passes check", () => {
  const root = install();
  const first = turbo(root);
  expect(first).toMatchObject({ executed: all, cached: [] });
  expect(existsSync(join(root, "packages/shop/dist/main.js"))).toBe(true);

  expect(turbo(root)).toMatchObject({ executed: [], cached: all });

  for (const path of ["packages/extractors/generated", "packages/extractors/dist", "packages/shop/dist"])
    rmSync(join(root, path), { recursive: true });
  expect(turbo(root)).toMatchObject({ executed: [], cached: all });
  const check = execFileSync(process.execPath, [join(root, "node_modules/schemacast/bin/schemacast.js"), "check"], {
    cwd: join(root, "packages/extractors"),
    encoding: "utf8",
  });
  expect(check).toContain("1 up to date");

  writeFileSync(
    join(root, "packages/shop/src/main.ts"),
    `${readFileSync(join(root, "packages/shop/src/main.ts"), "utf8")}\nexport const more = 1;\n`,
  );
  expect(turbo(root)).toMatchObject({ executed: ["shop:build"], cached: all.filter((task) => task !== "shop:build") });

  const schema = join(root, "packages/extractors/schemas/order.schema.json");
  writeFileSync(
    schema,
    readFileSync(schema, "utf8").replace(
      '"customer": { "type": "string" }',
      '"customer": { "type": "string", "description": "Who orders." }',
    ),
  );
  const edited = turbo(root);
  expect(edited).toMatchObject({ executed: all.filter((task) => task !== "site:build"), cached: ["site:build"] });
  process.stdout.write(`${edited.log}\n${turbo(root).log}\n`);
});
