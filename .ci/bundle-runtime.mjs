// Joins the runtime's modules into few files, because loading sixty costs a program 20 ms: src/runtime/dist/*.js and *.d.ts, which the
// package ships, and dist/inline-runtime/, which `runtime: "inline"` copies into a project, with the TypeScript. Nothing is done where they
// are as new as the sources.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));
const from = `${home}src/runtime/`;
const toPackage = `${home}src/runtime/dist/`;
const toInline = `${home}dist/inline-runtime/`;

/**
 * The files, each with the modules it begins with and a line about it. What is loaded late stays in files of its own, so that programs load it
 * late, and what is imported apart (readers of messy text, mocks, formats) stays apart. Copies leave out what needs `packages`.
 */
const files = {
  index: { begins: ["index"], about: "What people import." },
  v1: { begins: ["v1"], about: "What generated files import." },
  core: {
    begins: [
      "extract",
      "decode",
      "defaults",
      "revive",
      "errors/extraction-error",
      "json/json-syntax-error",
      "json/misfit",
      "json/past-limit",
    ],
    about: "A call: the request, the answer, its judgement.",
  },
  stream: { begins: ["stream", "json/rare-kinds"], about: "A call that is streamed: the parser of growing JSON and its consumers." },
  parse: { begins: ["parse"], about: "Reads an answer that came from elsewhere." },
  lenient: { begins: ["lenient"], about: "The reader of messy text." },
  validation: { begins: ["validation"], about: "What generated validators call." },
  mock: { begins: ["mock"], about: "What generated mocks import." },
  fetch: { begins: ["fetch", "errors/missing-key-error"], about: "A client on fetch alone." },
  client: { begins: ["client/shared-client", "client/from-provider"], about: "A client of the SDK: loaded where a call has none." },
  recover: { begins: ["recover/recover"], about: "Loaded when something goes wrong: names for faults, retries, re-asks." },
  mend: {
    begins: ["stream/stream-watch", "stream/early-judge", "stream/mend", "stream/item-repairs", "call/other-answers"],
    about: "Loaded when parts of a stream are asked for or judged, something goes wrong in it, or it is none.",
  },
  leaves: {
    begins: ["stream/leaf-rules"],
    about: "Loaded where a streamed answer is held to nothing by the API, or a call narrows places: what is allowed at each leaf.",
  },
  late: {
    begins: ["call/narrow", "call/details", "call/hook-teller", "call/judge-further", "call/special-request"],
    about: "Loaded for calls that ask for details, hooks, narrowed places, or another mode.",
  },
  prompt: { begins: ["call/schema-prompt"], about: "Loaded for answers that may be messy: a schema as a prompt, and the reader." },
  record: { begins: ["call/record"], about: "Loaded where SCHEMACAST_RECORD is set: writes cassettes." },
  opentelemetry: { begins: ["opentelemetry"], packages: true, about: "Tells OpenTelemetry of calls." },
  bullmq: { begins: ["bullmq"], packages: true, about: "Many documents on many machines, through a queue of BullMQ." },
  each: { begins: ["each/extract-each"], about: "Many documents in a program." },
  choice: { begins: ["choice/extract-one-of", "choice/stream-one-of"], about: "Several specs in one call." },
  helpers: {
    begins: [
      "checks/acyclic",
      "checks/find-quote",
      "checks/ids-exist",
      "checks/order-by-dependencies",
      "checks/quote-in",
      "checks/sum-of",
      "checks/unique-by",
      "request",
      "with-transform",
    ],
    about: "Ready-made checks; the request of a call; specs whose values are made over.",
  },
  errors: { begins: [...errorModules(), "call/model-table"], about: "Errors by their classes, and what their texts need." },
  checks: { begins: ["call/check-results"], about: "Checks beyond the schema, and what they found." },
  faults: {
    begins: ["recover/unreadable", "recover/describe-failures", "recover/schema-issues", "recover/caller-error"],
    about: "What is wrong with an answer, in words.",
  },
  shared: { begins: ["recover/retry-delay", "call/usage"], about: "What several of the other files need." },
  types: { begins: [], about: "Types that several files share." },
};

function errorModules() {
  const names = readdirSync(`${from}errors`).map((file) => `errors/${file.replace(".ts", "")}`);
  return names.filter((name) => !/(?:extraction-error|missing-key-error|error-record)$/.test(name)).toSorted();
}

const licence = readFileSync(`${home}LICENSE`, "utf8")
  .trim()
  .split(/\r?\n/)
  .map((line) => `// ${line}`.trimEnd() + "\n")
  .join("");
const sources = readdirSync(from, { recursive: true })
  .filter((path) => path.endsWith(".ts") && !/^(?:dist|node_modules)\b/.test(path))
  .toSorted();
const others = [
  "LICENSE",
  ".ci/bundle-runtime.mjs",
  ".ci/inline-constants.mjs",
  ".ci/join-modules.mjs",
  ".ci/read-modules.mjs",
  "src/read/typescript/erase-types.ts",
].map((name) => home + name);
const hash = createHash("sha256");
for (const path of [...others, ...sources.map((path) => from + path)])
  hash.update(`${path.slice(home.length)}\n${readFileSync(path, "utf8")}\n`);
const stamp = hash.digest("hex");

if (stamp !== readStamp()) {
  const [{ eraseTypes }, { joinModules }, { inlineConstants }] = await Promise.all([
    import("../dist/read/typescript/erase-types.js"),
    import("./join-modules.mjs"),
    import("./inline-constants.mjs"),
  ]);
  rmSync(toInline, { recursive: true, force: true });
  mkdirSync(toInline, { recursive: true });
  for (const name of readdirSync(toPackage)) if (name !== "modules") rmSync(`${toPackage}${name}`, { recursive: true });
  const joined = joinModules({
    read: (name) => readFileSync(`${from}${name}.ts`, "utf8").replaceAll("\r\n", "\n"),
    files: Object.fromEntries(Object.entries(files).map(([name, { begins }]) => [name, begins])),
    carriers: ["lenient", "core", "stream", "each", "client", "faults"],
    // `npm run bench stream` measures the parser that is shipped.
    open: ["json/compile-plan", "json/json-scanner"],
  });
  const typed = new Map(
    [...joined].map(([name, body]) => {
      const licenceText = name === "index" ? licence : "// MIT licence, its text stands in the file `index`.\n";
      return [name, `// ${files[name].about}\n${licenceText}\n${body}`];
    }),
  );
  const erased = new Map([...typed].map(([name, text]) => [name, eraseTypes(text)]));
  const javascript = inlineConstants(new Map([...erased].map(([name, { javascript: text }]) => [name, text])));
  for (const [name, text] of javascript) {
    const { declarations } = erased.get(name);
    const texts = { [`${name}.js`]: text, [`${name}.d.ts`]: declarations };
    writeTexts(toPackage, texts);
    if (files[name].packages !== true) writeTexts(toInline, { ...texts, [`${name}.ts`]: typed.get(name) });
  }
  writeFileSync(`${toInline}stamp`, stamp);
}

function readStamp() {
  try {
    return readFileSync(`${toInline}stamp`, "utf8");
  } catch {
    return undefined;
  }
}

function writeTexts(folder, texts) {
  for (const [name, text] of Object.entries(texts)) writeFileSync(`${folder}${name}`, text);
}
