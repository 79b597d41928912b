#!/usr/bin/env node
"use strict";
// CommonJS in one file starts 15 ms sooner than ES modules. A checkout is run from its modules, which are never older than the build.
const { existsSync } = require("node:fs");

const bundle = `${__dirname}/../dist/bin.cjs`;
if (existsSync(bundle) && !existsSync(`${__dirname}/../src/generate.ts`)) require(bundle);
else void import("../dist/cli/run.js").then((program) => program.run());
