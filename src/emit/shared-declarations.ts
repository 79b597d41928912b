import { endOfFunction } from "./guard.js";

/** Names as the validators' text declares them (`validate0User`, `values1User`). Strings and members are matched to be passed over. */
const declaredName = /"(?:[^"\\]|\\.)*"|\.\w+|\b[a-z]+\d+\w*/g;

/**
 * The validators of one file's types. What several of them declare alike but for its name, the validator of a type that is part of several, is
 * declared once.
 */
export class SharedDeclarations {
  /** Names of what was left out, and what stands for it. */
  readonly #standIns = new Map<string, string>();
  /** Names by what they are declared as. */
  readonly #declared = new Map<string, string>();

  /** The text of one type's validators without what is there already. */
  add(code: string): string {
    const declarations = declarationsOf(code.trimEnd().split("\n"));
    if (declarations === undefined) return this.resolve(code);
    const kept = declarations.flatMap(({ name, text }) => {
      const known = this.resolve(text);
      const anonymous = known.replace(declaredName, (word) => (word === name ? "@" : word));
      const same = this.#declared.get(anonymous);
      if (same === undefined) {
        this.#declared.set(anonymous, name);
        return [known];
      }
      this.#standIns.set(name, same);
      return [];
    });
    // A function may be called before it is known that another stands for it.
    return kept.length === 0 ? "" : `${this.resolve(kept.join("\n"))}\n`;
  }

  /** A text, or a name, with the names that stand for what was left out. */
  resolve(text: string): string {
    return this.#standIns.size === 0 ? text : text.replace(declaredName, (word) => this.#standIns.get(word) ?? word);
  }
}

interface Declaration {
  readonly name: string;
  readonly text: string;
}

/** Undefined where there is something else than constants, a line each, and functions. */
function declarationsOf(lines: readonly string[]): readonly Declaration[] | undefined {
  const found: Declaration[] = [];
  for (let start = 0; start < lines.length;) {
    const [, name] = /^(?:const|function) (\w+)/.exec(lines[start] ?? "") ?? [];
    const end = Math.max(endOfFunction(lines, start), start + 1);
    if (name === undefined) return undefined;
    found.push({ name, text: lines.slice(start, end).join("\n") });
    start = end;
  }
  return found;
}
