import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeProject, readTree, runHere } from "../cli/run-cli.js";

const person =
  '{ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"], "additionalProperties": false }\n';

/** Mounts a small disk at a folder; false where that is not allowed (it takes root on Linux). */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48k", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync("umount", [folder]));
  return true;
}

test("a full disk is told, leaves what was there, and a later run with space is right", async ({ skip }) => {
  const root = makeProject({ "schemas/a.json": person });
  mkdirSync(join(root, "generated"));
  if (!mountSmallDisk(join(root, "generated"))) skip("needs the right to mount");
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0 });
  const before = readTree(join(root, "generated"));
  for (let index = 0; index < 30; index += 1) writeFileSync(join(root, `schemas/b${index}.json`), person);
  writeFileSync(join(root, "schemas/a.json"), person.replaceAll("name", "title"));
  const run = await runHere(["generate"], { cwd: root });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("the disk is full (ENOSPC)");
  expect(readTree(join(root, "generated"))).toEqual(before);
  execFileSync("mount", ["-o", "remount,size=8m", join(root, "generated")]);
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0 });
  expect(await runHere(["check"], { cwd: root })).toMatchObject({ exitCode: 0 });
});

test("a read-only disk is told", async ({ skip }) => {
  const root = makeProject({ "schemas/a.json": person });
  mkdirSync(join(root, "generated"));
  if (!mountSmallDisk(join(root, "generated"))) skip("needs the right to mount");
  execFileSync("mount", ["-o", "remount,ro", join(root, "generated")]);
  const run = await runHere(["generate"], { cwd: root });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("the disk is read-only (EROFS)");
});
