import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nobody, nobodyCanRun } from "./nobody.js";
import { makeProject, program, runCli } from "./run-cli.js";

// What the system refuses is no fault of schemacast.

test.skipIf(process.platform === "win32")("a working folder that is there no more", () => {
  const script = 'rm -r "$PWD" && exec "$0" "$1" generate';
  const run = spawnSync("sh", ["-c", script, process.execPath, program], { cwd: makeProject({}), encoding: "utf8" });
  expect(run.stderr).toBe("schemacast: the working folder is there no more. Change into another one.\n");
  expect(run.status).toBe(1);
});

test("a file where a folder is to be made", async () => {
  const cwd = makeProject({ templates: "" });
  const eject = await runCli(["eject", "templates"], { cwd });
  expect(eject.stderr).toContain(`schemacast: ${join(cwd, "templates")}: a file stands where a folder is needed (EEXIST).`);
  expect(eject.exitCode).toBe(1);
});

test.skipIf(!nobodyCanRun)("missing rights to write and to read", async () => {
  const cwd = makeProject({ "schemas/user.json": "{}" });
  chmodSync(cwd, 0o755);
  const init = await runCli(["init", "--yes"], { cwd, uid: nobody });
  expect(init.stderr).toContain("permission denied (EACCES).\nMake the file and its folder accessible for the user");
  expect(init.exitCode).toBe(1);
  chmodSync(join(cwd, "schemas/user.json"), 0o600);
  const explain = await runCli(["explain", "schemas/user.json"], { cwd, uid: nobody });
  expect(explain.stderr).toContain(`schemacast: ${join(cwd, "schemas/user.json")}: permission denied (EACCES).`);
  expect(explain.exitCode).toBe(1);
});

test.skipIf(!nobodyCanRun)("watch goes on where the system tells it of no changes", async () => {
  const cwd = makeProject({ "schemas/closed/user.json": "{}", "generated/.keep": "" });
  chmodSync(cwd, 0o755);
  chownSync(join(cwd, "generated"), nobody, nobody);
  chmodSync(join(cwd, "schemas/closed"), 0o300);
  let isOpened = false;
  const open = (): void => {
    isOpened = true;
    chmodSync(join(cwd, "schemas/closed"), 0o755);
    writeFileSync(join(cwd, "schemas/order.json"), '{ "type": "object" }');
  };
  const watch = await runCli(["watch"], {
    cwd,
    uid: nobody,
    stopWhen: (stdout) => {
      if (!isOpened && stdout.includes("watching")) setTimeout(open, 300);
      return stdout.includes("2 written");
    },
  });
  expect(watch.stderr).toContain("schemas/closed:1:1 error write/unwatched");
  expect(watch.exitCode).toBe(0);
});
