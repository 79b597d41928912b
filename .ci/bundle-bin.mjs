// Bundles the program into two files of CommonJS, which Node 20 starts sooner than a graph of ES modules: dist/bin.cjs, what a no-op run
// needs, and dist/late.cjs, what generating needs, libraries included, which is loaded with compiled code of an earlier run
// (src/cli/late-code.ts). Everything else stays a module that is loaded when it is due.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const home = fileURLToPath(new URL("..", import.meta.url));
const dist = `${home}dist/`;

/** Part of dist/bin.cjs although they are imported late. */
const inside = ["cli/generate-command.js", "cli/check-command.js", "cli/project.js", "cli/package-version.js"];
/** What dist/bin.cjs takes from dist/late.cjs. */
const late = ["cli/generate-job.js", "cli/check-job.js", "cli/print-report.js"];

/** Dynamic imports stay imports of files in dist, but for those of the two bundles. */
const lateLoading = {
  name: "late-loading",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
      if (kind !== "dynamic-import") return undefined;
      if (!path.startsWith(".")) return { path, external: true };
      const file = new URL(path, `file://${importer}`).pathname.slice(dist.length);
      if (inside.includes(file)) return undefined;
      return late.includes(file) ? { path: file, namespace: "late" } : { path: `./${file}`, external: true };
    });
    onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `module.exports = require("./dist/cli/late-code.js").lateModule(${JSON.stringify(path)});`,
      resolveDir: home,
    }));
  },
};

/** Of json-schema-to-typescript only the printer is used; it asks the package's index for nothing but default options. */
const printerOnly = {
  name: "printer-only",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/index$/ }, ({ path, importer }) =>
      importer.includes("/json-schema-to-typescript/dist/") ? { path, namespace: "left-out" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "" }));
  },
};

/** An installed package is what its version says: it need not look at itself. */
const identity = {
  name: "identity",
  setup({ onLoad }) {
    const { version } = JSON.parse(readFileSync(`${home}package.json`, "utf8"));
    onLoad({ filter: /\/dist\/cli\/generator-identity\.js$/ }, () => ({
      contents: `export const generatorIdentity = () => ({ version: ${JSON.stringify(version)}, stamp: "" });`,
    }));
  },
};

const shared = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  define: { "import.meta.url": "place.url" },
  // Modules find the package's files two folders above their own place. Making a URL takes a millisecond: it is made when it is asked for.
  banner: { js: 'const place = { get url() { return require("node:url").pathToFileURL(`${__dirname}/cli/bundle.js`).href; } };' },
  // Names stay: they stand in the stack of a fault.
  minifySyntax: true,
  minifyWhitespace: true,
};

await build({
  ...shared,
  stdin: { contents: 'import { run } from "./dist/cli/run.js"; void run();', resolveDir: home },
  outfile: `${dist}bin.cjs`,
  plugins: [lateLoading, identity],
});
const { metafile } = await build({
  ...shared,
  metafile: true,
  stdin: {
    contents: late.map((file) => `Object.defineProperty(exports, "${file}", { get: () => require("./dist/${file}") });`).join("\n"),
    resolveDir: home,
  },
  outfile: `${dist}late.cjs`,
  // The runtime's client, which no run of the generator makes.
  external: ["@cerebras/cerebras_cloud_sdk"],
  // Its entry for require() is of a kind that can't be bundled.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  plugins: [printerOnly],
});

/** The licences of the packages in the bundle, which go with every copy of them. */
const packages = Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
const licences = [...new Set(packages)].toSorted().flatMap((folder) => {
  if (!existsSync(`${home}${folder}/package.json`)) return [];
  const { name, version, license } = JSON.parse(readFileSync(`${home}${folder}/package.json`, "utf8"));
  const file = readdirSync(`${home}${folder}`).find((entry) => /^licen[cs]e/i.test(entry));
  return [`${name} ${version} (${license})\n\n${file === undefined ? "" : readFileSync(`${home}${folder}/${file}`, "utf8").trim()}\n`];
});
writeFileSync(`${dist}late.licenses.txt`, `Packages in late.cjs\n\n${licences.join("\n---\n\n")}`);
