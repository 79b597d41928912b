#!/usr/bin/env node
"use strict";
// CommonJS in one file starts 15 ms sooner than ES modules. A checkout is run from its modules, which are never older than the build.
const { existsSync } = require("node:fs");

// How much code runs, in bytes, before V8 thinks of optimising the function it is in; its own number is 66 KiB. With that a run over a
// hundred schemas spends a third of its processor time on optimising what is soon over; one over a thousand takes as long either way.
// Later V8s have other means, and no such flag.
if (process.versions.node.startsWith("20.")) require("node:v8").setFlagsFromString("--interrupt-budget=1000000");

const bundle = `${__dirname}/../dist/bin.cjs`;
if (existsSync(bundle) && !existsSync(`${__dirname}/../src/generate.ts`)) require(bundle);
else void import("../dist/cli/run.js").then((program) => program.run());
