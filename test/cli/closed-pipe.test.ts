import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../../bin/schemacast.js", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

test.each([["--help"], ["explain", "schemas/contact.schema.json"]])(
  "%s: a reader that has seen enough ends it quietly",
  async (...args) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    child.stdout.destroy();
    await once(child, "close");
    expect(complaints).toBe("");
  },
);
