import { posix } from "node:path";
import { ts } from "ts-morph";

/**
 * Reads the modules that some entries lead to, each after those whose values it needs.
 *
 * @param {(name: string) => string} read text of a module: `call/answer`
 * @param {readonly string[]} entries
 * @returns {ReadonlyMap<string, object>} by name: `text`, `tree`, `imports`, `statements`, the names it has `declared`, what it loads `late`
 */
export function readModules(read, entries) {
  const modules = new Map();
  const begun = new Set();
  const visit = (name) => {
    if (begun.has(name)) return;
    begun.add(name);
    const module = parseModule(name, read(name));
    for (const { from, isOwn, isType } of module.imports) if (isOwn && !isType) visit(from);
    modules.set(name, module);
    for (const { from, isOwn } of module.imports) if (isOwn) visit(from);
    for (const { to } of module.late) visit(to);
  };
  for (const entry of entries) visit(entry);
  return modules;
}

function parseModule(name, text) {
  const tree = ts.createSourceFile(`${name}.ts`, text, ts.ScriptTarget.ES2022, true);
  const module = { name, text, tree, imports: [], statements: [], declared: new Set(), late: [] };
  const target = (specifier) => {
    const isOwn = specifier.text.startsWith(".");
    return { isOwn, from: isOwn ? posix.join(posix.dirname(name), specifier.text).replace(/\.js$/, "") : specifier.text };
  };
  for (const statement of tree.statements) {
    if (statement.moduleSpecifier !== undefined) {
      for (const binding of bindingsOf(statement)) module.imports.push({ ...target(statement.moduleSpecifier), ...binding });
      continue;
    }
    module.statements.push(statement);
    for (const declared of namesOf(statement)) module.declared.add(declared);
  }
  forEachNode(tree, (node) => {
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
    const { isOwn, from } = target(node.arguments[0]);
    if (isOwn) module.late.push({ specifier: node.arguments[0], to: from });
  });
  return module;
}

/** What a statement takes from another module. `name` is absent where it is everything. */
function bindingsOf(statement) {
  const isExport = ts.isExportDeclaration(statement);
  const clause = isExport ? statement.exportClause : statement.importClause?.namedBindings;
  if (isExport && clause === undefined) return [{ isExport, isType: statement.isTypeOnly }];
  if (clause === undefined || !("elements" in clause))
    throw new Error(`${statement.getText()}: only named imports and exports can be joined.`);
  const isTypeOnly = isExport ? statement.isTypeOnly : statement.importClause.isTypeOnly;
  return clause.elements.map((element) => {
    if (element.propertyName !== undefined && element.propertyName.text !== element.name.text)
      throw new Error(`${statement.getText()}: a name is not changed on the way.`);
    return { isExport, isType: isTypeOnly || element.isTypeOnly, name: element.name.text };
  });
}

/** What a statement declares. */
export function namesOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((each) => each.name.getText());
  return statement.name === undefined ? [] : [statement.name.text];
}

/** Every node below one, in the order of the text. */
export function forEachNode(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => forEachNode(child, visit));
}
