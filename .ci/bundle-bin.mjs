// Bundles what a no-op run needs into dist/bin.cjs; everything else stays a module that is loaded when it is due.
// One file of CommonJS: Node 20 starts it 15 ms sooner than a graph of ES modules.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const inside = new Set(["./generate-command.js", "./check-command.js", "./project.js", "./package-version.js"]);

/** Lets dynamic imports stay imports of files in dist, but for the few of the fast path. */
const lateLoading = {
  name: "late-loading",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
      if (kind !== "dynamic-import" || inside.has(path)) return undefined;
      if (!path.startsWith(".")) return { path, external: true };
      const file = new URL(path, `file://${importer}`).pathname;
      return { path: `./${file.slice(fileURLToPath(new URL("../dist/", import.meta.url)).length)}`, external: true };
    });
  },
};

await build({
  stdin: { contents: 'import { run } from "./dist/cli/run.js"; void run();', resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
  outfile: fileURLToPath(new URL("../dist/bin.cjs", import.meta.url)),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  define: { "import.meta.url": "moduleUrl" },
  // Modules find the package's files two folders above their own place.
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(`${__dirname}/cli/bundle.js`).href;' },
  plugins: [lateLoading],
});
