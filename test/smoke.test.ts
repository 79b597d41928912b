import { expect, test } from "vitest";
import { diagnostic } from "../src/diagnostics/report.js";

test("a diagnostic is filled from the table", () => {
  expect(diagnostic("read/json-syntax", undefined, { problem: "a comma is missing" }).message).toBe(
    "This is not JSON: a comma is missing.",
  );
});
