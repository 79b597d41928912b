import { expect, test } from "vitest";
import { SharedDeclarations } from "../../src/emit/shared-declarations.js";

const money = (name: string, values: string): string =>
  `const ${values} = ["EUR"];\nfunction ${name}(data){\nif(!${values}.includes(data))${name}.errors = ["${name}"];\nreturn errors === 0;\n}\n`;

const self = (name: string): string => `function ${name}(data){\nreturn data === null || ${name}(data.next);\nreturn errors === 0;\n}\n`;
const pair = (one: string, two: string): string =>
  `function ${one}(data){\nreturn ${two}(data);\nreturn errors === 0;\n}\nfunction ${two}(data){\nreturn ${one}(data);\nreturn errors === 0;\n}\n`;

test("what is declared alike is declared once, and what calls it calls that; strings and members stay", () => {
  const shared = new SharedDeclarations();
  const first = money("validate4Order", "values0Order").replace('["validate4Order"]', "0");
  const second = money("validate0Money", "values0Money").replace('["validate0Money"]', "0");
  expect(shared.add(first)).toBe(first);
  expect(shared.add(second)).toBe("");
  expect(shared.resolve("validate0Money")).toBe("validate4Order");
  const caller =
    'function validate0Cart(data){\nif(!(validate0Money(data.validate0Money)))return "validate0Money";\nreturn errors === 0;\n}\n';
  expect(shared.add(caller)).toBe(caller.replace("validate0Money(", "validate4Order("));
});

test("what differs in a string, or calls what differs, stays", () => {
  const shared = new SharedDeclarations();
  const [a, b] = [money("validate0A", "values0A"), money("validate0B", "values0B").replace("EUR", "USD")];
  expect(shared.add(a) + shared.add(b)).toBe(a + b);
});

test("functions that call themselves are alike; those that call each other stay as they are", () => {
  const shared = new SharedDeclarations();
  shared.add(self("validate1Tree"));
  expect(shared.add(self("validate0Node"))).toBe("");
  expect(shared.add(pair("validate1X", "validate2X"))).toBe(pair("validate1X", "validate2X"));
  expect(shared.add(pair("validate1Y", "validate2Y"))).toBe(pair("validate1Y", "validate2Y"));
});

test("a text with statements of another kind is left whole", () => {
  const shared = new SharedDeclarations();
  const text = `${money("validate0A", "values0A")}validate0A.evaluated = {"props":true};\n`;
  shared.add(money("validate0B", "values0B"));
  expect(shared.add(text)).toBe(text);
});
