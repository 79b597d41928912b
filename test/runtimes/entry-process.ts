// Node, Bun, Deno: `runtime entry-process.js http://127.0.0.1:…`
import { argv } from "node:process";
import { reportSuite } from "./suite.js";

await reportSuite(argv[2] ?? "");
