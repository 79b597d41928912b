import { fileURLToPath } from "node:url";
import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { fileNameIn, functionNames, type Naming } from "../../src/emit/naming.js";
import { outputStem } from "../../src/emit/output-path.js";
import { typeNames } from "../../src/emit/type-names.js";
import { documentOf } from "./documents.js";

test("functions follow their patterns; lists follow what is said of one", () => {
  expect(functionNames("User")).toEqual({
    extract: "extractUser",
    extractList: "extractUserList",
    stream: "streamUser",
    streamList: "streamUserList",
    is: "isUser",
    parse: "parseUser",
  });
  expect(functionNames("URLInfo", { extract: "{type}From", streamList: "each{Type}" })).toMatchObject({
    extract: "urlInfoFrom",
    extractList: "urlInfoFromList",
    streamList: "eachURLInfo",
  });
});

test.each([
  ["purchase-order", "purchase-order", "purchaseOrder", "PurchaseOrder", "purchase_order"],
  ["HTTPRequest2", "http-request2", "httpRequest2", "HttpRequest2", "http_request2"],
  ["order.v2", "order-v2", "orderV2", "OrderV2", "order_v2"],
  ["größeÄußere", "größe-äußere", "größeÄußere", "GrößeÄußere", "größe_äußere"],
  ["__", "__", "__", "__", "__"],
])("file name %s in every case", (name, kebab, camel, pascal, snake) => {
  expect([fileNameIn(name, "keep"), fileNameIn(name, "kebab"), fileNameIn(name, "camel")]).toEqual([name, kebab, camel]);
  expect([fileNameIn(name, "pascal"), fileNameIn(name, "snake")]).toEqual([pascal, snake]);
});

test("a file's case never leads out of its folder, and folders keep their names", () => {
  expect(outputStem("schemas/MyThings/My-File.schema.json", "schemas", "snake")).toBe("MyThings/my_file");
  assert(
    property(string({ minLength: 1 }), constantFrom("kebab", "camel", "pascal", "snake"), (name, fileCase) => {
      const plain = name.replaceAll("/", "");
      expect(fileNameIn(plain, fileCase)).not.toContain("/");
    }),
  );
});

test("what ends or escapes a module's name in Node is in no file's", () => {
  expect(outputStem("schemas/c#/100%/a?b.schema.json", "schemas")).toBe("c-/100-/a-b");
  assert(
    property(string({ minLength: 1 }), (name) => {
      const file = new URL(`./${outputStem(`s/x${name}.json`, "s")}.js`, "file:///project/");
      expect([file.search, file.hash]).toEqual(["", ""]);
      expect(() => fileURLToPath(file)).not.toThrow();
    }),
  );
});

function clash(name: string, naming: Naming, mocks = false): readonly string[] {
  return typeNames([documentOf({ type: "object" }, name)], { naming, mocks }).diagnostics.map((one) => `${one.code}: ${one.message}`);
}

describe("clashes", () => {
  test("two patterns that give one name", () => {
    expect(clash("User", { extract: "get{Type}", stream: "get{Type}" })).toEqual([
      "emit/name-clash: The name getUser is taken: User and User would both export it.",
    ]);
  });
  test("what gives one of them another name is said for the kind of source, with what a tag does to the others of its file", () => {
    const typeImport = { exportName: "UserList", file: "schemas/user.ts" };
    const second = documentOf({ type: "object" }, "UserList");
    const hints = [second, { ...second, typeImport }].map(
      (one) => typeNames([documentOf({ type: "object" }, "User"), one]).diagnostics[0]?.hint,
    );
    expect(hints[0]).toContain('`"x-extract": { "name": "…" }` in the schema. Where one schema of a file has `x-extract`, only those');
    expect(hints[1]).toContain("`@extract name=…` in its JSDoc. Where one type of a file is tagged, only tagged ones get an extractor");
  });
  test("a pattern that gives a word of the language, a global, or what the generated code calls its own", () => {
    expect(clash("Delete", { extract: "{type}" })[0]).toContain("The name delete is taken: the language");
    expect(clash("Rror", { extract: "E{type}" })[0]).toContain("The name Error is taken: the language");
    expect(clash("User", { parse: "validate{Type}" })[0]).toContain("The name validateUser is taken");
    expect(clash("User", { parse: "{type}Spec" })[0]).toContain("The name userSpec is taken");
  });
  test("with what the mocks export, where there are mocks", () => {
    for (const [naming, name] of [
      [{ type: "{type}Samples" }, "userSamples"],
      [{ extract: "mock{Type}Client" }, "mockUserClient"],
      [{ is: "mockExtract{Type}" }, "mockExtractUser"],
      [{ parse: "{type}NearMissData" }, "userNearMissData"],
    ] as const) {
      expect(clash("User", naming)).toEqual([]);
      expect(clash("User", naming, true)[0]).toContain(`The name ${name} is taken`);
    }
  });
  test("none where there is none", () => {
    expect(clash("Delete", { extract: "{type}It" })).toEqual([]);
    expect(clash("Date", { type: "{Type}" })).toEqual([]);
    expect(clash("User", { type: "T{Type}" })).toEqual([]);
  });
});
