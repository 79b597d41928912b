import { expect, test } from "vitest";
import { messages } from "../../src/diagnostics/report.js";
import { diagnosticsPage } from "./diagnostics-page.js";

test("docs/diagnostics.md says what the tables say (npx vitest run test/diagnostics -u rewrites it)", async () => {
  await expect(diagnosticsPage(messages)).toMatchFileSnapshot("../../docs/diagnostics.md");
});

test.each(Object.entries(messages))("%s is worded as the others are", (code, { message, hint, explanation }) => {
  expect(code).toMatch(/^(read|lower|emit|write|config)\/[a-z\d]+(-[a-z\d]+)*$/);
  expect(message.trim(), "the message says something").not.toBe("");
  expect(hint.trim(), "the hint says what to do").not.toBe("");
  expect(explanation.trim(), "the explanation says what leads to it").not.toBe("");
});
