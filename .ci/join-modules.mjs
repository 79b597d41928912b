// Joins many modules of TypeScript into a few, as text: comments, types and formatting stay, so that the result can be read and reviewed.
// Works for modules as ours are: named imports and exports, nothing done on import.
import { ts } from "ts-morph";
import { forEachNode, namesOf, readModules } from "./read-modules.mjs";

/**
 * @param {object} request
 * @param {(name: string) => string} request.read text of a module: `call/answer`
 * @param {Readonly<Record<string, readonly string[]>>} request.files what is made: a file's name, and the modules that it begins with
 *   (`shared` takes what several need besides, `types` the modules that are asked for types only)
 * @param {readonly string[]} [request.open] modules whose exports stay exports although no other file needs them
 * @param {readonly string[]} request.carriers files that keep a module although others need it too, in the order in which they are asked
 * @returns {ReadonlyMap<string, string>} text of each file, without a head
 */
export function joinModules({ read, files, carriers, open = [] }) {
  const modules = readModules(read, Object.values(files).flat());
  const context = { modules, placed: placeModules(modules, files, carriers), names: nameEverything(modules), open };
  return new Map(Object.keys(files).map((file) => [file, joinFile(file, { ...context, ...usesOf(context) })]));
}

/** Which file each module goes into: the only one that needs its values, else the first carrier that does, else `shared`. */
function placeModules(modules, files, carriers) {
  const begins = new Map(Object.entries(files).flatMap(([file, entries]) => entries.map((entry) => [entry, file])));
  const neededBy = new Map();
  for (const [entry, file] of begins) {
    const reached = new Set([entry]);
    for (const name of reached) {
      neededBy.set(name, (neededBy.get(name) ?? new Set()).add(file));
      for (const { from, isOwn, isType } of modules.get(name).imports) if (isOwn && !isType && !begins.has(from)) reached.add(from);
    }
  }
  const place = (name) => {
    const needed = neededBy.get(name);
    if (needed === undefined) return "types";
    return needed.size === 1 ? [...needed][0] : (carriers.find((file) => needed.has(file)) ?? "shared");
  };
  return new Map([...modules.keys()].map((name) => [name, begins.get(name) ?? place(name)]));
}

/** The final name of everything that is declared: its own, or, where another module has that, one with the module's name. */
function nameEverything(modules) {
  const spoken = new Set();
  for (const { tree } of modules.values()) forEachNode(tree, (node) => ts.isIdentifier(node) && spoken.add(node.text));
  const owners = new Map();
  // What people import, and what is loaded late, is asked for by name: it comes first.
  const fixed = new Set();
  for (const { name, late, imports } of modules.values()) {
    for (const { to } of late) fixed.add(to);
    if (!name.includes("/")) for (const { from, isExport } of imports) if (isExport) fixed.add(from);
  }
  const inOrder = [...modules.values()].toSorted((left, right) => Number(fixed.has(right.name)) - Number(fixed.has(left.name)));
  const names = new Map();
  for (const { name, declared } of inOrder) {
    for (const each of declared) {
      const final = owners.has(each) ? `${each}Of${pascal(name)}` : each;
      if (final !== each && spoken.has(final)) throw new Error(`${final}: the name is taken.`);
      owners.set(final, name);
      names.set(`${name}#${each}`, final);
    }
  }
  return names;
}

function pascal(name) {
  return name.replace(/^.*\//, "").replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
}

/** What is imported from each module: at all, and from another file, which is what a file has to export. */
function usesOf({ modules, placed, open }) {
  const [used, wanted] = [new Set(), new Set()];
  for (const { name, imports } of modules.values()) {
    for (const { from, isOwn, isExport, name: each } of imports) {
      if (!isOwn || each === undefined) continue;
      used.add(`${from}#${each}`);
      if (isExport || placed.get(from) !== placed.get(name)) wanted.add(`${from}#${each}`);
    }
  }
  // What is loaded late is asked for as a whole, and so is what a file's name promises.
  for (const { name, late } of modules.values())
    for (const whole of [...late.map(({ to }) => to), ...(name.includes("/") && !open.includes(name) ? [] : [name])])
      for (const each of modules.get(whole).declared) wanted.add(`${whole}#${each}`);
  return { used, wanted };
}

function joinFile(file, context) {
  const { modules, placed, names } = context;
  const parts = [];
  const links = { import: new Map(), export: new Map() };
  const link = (kind, specifier, name, isType) => {
    const known = links[kind].get(specifier) ?? links[kind].set(specifier, new Map()).get(specifier);
    known.set(name, isType && (known.get(name) ?? true));
  };
  for (const [name, module] of modules) {
    if (placed.get(name) !== file) continue;
    for (const { from, isOwn, isExport, isType, name: each } of module.imports) {
      const to = isOwn ? placed.get(from) : undefined;
      if (to === file) continue;
      link(
        isExport ? "export" : "import",
        isOwn ? `./${to}.js` : from,
        each === undefined ? "*" : (names.get(`${from}#${each}`) ?? each),
        isType,
      );
    }
    if (module.statements.length > 0) parts.push(`// ${name}.ts\n\n${bodyOf(module, context)}`);
  }
  const head = [...linkTexts("import", links.import), ...linkTexts("export", links.export)].join("\n");
  return [head, ...parts].filter((text) => text !== "").join("\n\n") + "\n";
}

/** `import { a, b } from "./core.js";`, types apart, in the order of the alphabet. */
function linkTexts(kind, links) {
  return [...links].toSorted(byCodeUnit).flatMap(([specifier, found]) => {
    const names = [...found].toSorted(byCodeUnit);
    const texts = [];
    for (const isType of [true, false]) {
      const some = names.filter(([name, only]) => only === isType && name !== "*").map(([name]) => name);
      if (some.length > 0) texts.push(wrap(`${kind}${isType ? " type" : ""} {`, some, `} from "${specifier}";`));
    }
    if (found.has("*")) texts.unshift(`export * from "${specifier}";`);
    return texts;
  });
}

function byCodeUnit([left], [right]) {
  return left < right ? -1 : left > right ? 1 : 0;
}

function wrap(start, names, end) {
  const line = `${start} ${names.join(", ")} ${end}`;
  return line.length <= 140 ? line : `${start}\n${names.map((name) => `  ${name},\n`).join("")}${end}`;
}

/** The statements of a module as they stand, with the names and modules that are called otherwise now, without what nobody asks for. */
function bodyOf(module, { placed, names, used, wanted }) {
  const renamed = new Map();
  for (const each of module.declared) renamed.set(each, names.get(`${module.name}#${each}`));
  for (const { from, isOwn, isExport, name } of module.imports)
    if (isOwn && !isExport) renamed.set(name, names.get(`${from}#${name}`) ?? name);
  const edits = module.late.map(({ specifier, to }) => edit(specifier, JSON.stringify(`./${placed.get(to)}.js`)));
  for (const statement of module.statements) {
    const mark = statement.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const own = namesOf(statement).map((each) => `${module.name}#${each}`);
    if (mark !== undefined && !own.some((each) => wanted.has(each))) {
      if (!own.some((each) => used.has(each)) && !namesOf(statement).some((each) => isSpoken(module, each, statement))) {
        edits.push({ start: statement.getFullStart(), end: statement.end, text: "" });
        continue;
      }
      edits.push({ start: mark.getStart(), end: mark.end + 1, text: "" });
    }
    forEachNode(statement, (node) => {
      if (ts.isIdentifier(node) && (renamed.get(node.text) ?? node.text) !== node.text) edits.push(...rename(node, renamed.get(node.text)));
    });
  }
  const first = module.statements[0];
  return splice(module.text, edits, first === module.tree.statements[0] ? 0 : first.getFullStart()).trim();
}

/** Whether a module says a name elsewhere than in the statement that declares it. */
function isSpoken(module, name, declaration) {
  let isFound = false;
  for (const statement of module.statements)
    if (statement !== declaration) forEachNode(statement, (node) => (isFound ||= ts.isIdentifier(node) && node.text === name));
  return isFound;
}

function edit(node, text) {
  return { start: node.getStart(), end: node.end, text };
}

/** Every variable of the name in the module becomes the new one: one that hides another goes on hiding it. Names of properties stay. */
function rename(node, to) {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return [edit(node, `${node.text}: ${to}`)];
  if (ts.isBindingElement(parent) && parent.name === node && parent.propertyName === undefined && ts.isObjectBindingPattern(parent.parent))
    return [edit(node, `${node.text}: ${to}`)];
  const isProperty =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isQualifiedName(parent) && parent.right === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)) && parent.name === node);
  return isProperty ? [] : [edit(node, to)];
}

function splice(text, edits, begin) {
  let result = "";
  let at = begin;
  for (const { start, end, text: replacement } of edits.toSorted((left, right) => left.start - right.start)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
