import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const golden = fileURLToPath(new URL("../golden/", import.meta.url));

test("test/golden/partial-types.ts, which tsc checks, speaks of every partial type", () => {
  const claims = readFileSync(`${golden}partial-types.ts`, "utf8");
  const files = readdirSync(`${golden}generate`, { recursive: true, encoding: "utf8" }).filter((file) =>
    /generated\/[^.]+\.(d\.)?ts$/.test(file),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(`${golden}generate/${file}`, "utf8").matchAll(/^export (?:interface|type) (\w+Partial)\b/gm)].map(
      ([, name]) => name ?? "",
    ),
  );
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !new RegExp(`(Same|Grows)<[^>]*\\b${name}\\b|\\b${name}[\\["]`).test(claims))).toEqual([]);
});
