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
  /** What is declared, by its number of lines: few are alike in that, and telling more takes a look at every word. */
  readonly #declared = new Map<number, Candidate[]>();

  /** The text of one type's validators without what is there already. */
  add(code: string): string {
    const declarations = declarationsOf(code.trimEnd().split("\n"));
    if (declarations === undefined) return this.resolve(code);
    const kept = declarations.flatMap(({ name, text }) => {
      const known = this.resolve(text);
      const same = this.#alike({ name, text: known });
      if (same === undefined) return [known];
      this.#standIns.set(name, same);
      return [];
    });
    // A function may be called before it is known that another stands for it.
    return kept.length === 0 ? "" : `${this.resolve(kept.join("\n"))}\n`;
  }

  /** The name of a declaration that differs in nothing but its name; where there is none, this one is noted. */
  #alike(declaration: Declaration): string | undefined {
    const lines = declaration.text.split("\n").length;
    const candidates = this.#declared.get(lines) ?? [];
    const own: Candidate = { ...declaration };
    const same = candidates.find((each) => anonymous(each) === anonymous(own));
    if (same === undefined) this.#declared.set(lines, [...candidates, own]);
    return same?.name;
  }

  /** A text, or a name, with the names that stand for what was left out. */
  resolve(text: string): string {
    // A look for each name is sooner done than one at each word.
    for (const name of this.#standIns.keys())
      if (text.includes(name)) return text.replace(declaredName, (word) => this.#standIns.get(word) ?? word);
    return text;
  }
}

interface Declaration {
  readonly name: string;
  readonly text: string;
}

/** A declaration that may be the same as a later one. */
interface Candidate extends Declaration {
  /** Its text with `@` for its name; made when it is asked for. */
  anonymous?: string;
}

function anonymous(candidate: Candidate): string {
  return (candidate.anonymous ??= candidate.text.replace(declaredName, (word) => (word === candidate.name ? "@" : word)));
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
