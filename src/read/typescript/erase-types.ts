import { loadCompiler } from "./compiler.js";

export interface ErasedTypes {
  readonly javascript: string;
  readonly declarations: string;
}

/**
 * A module as JavaScript, and as the declarations that go with it. The text alone decides: nothing it imports is looked at, so what
 * it exports must say its types (TypeScript's `isolatedDeclarations`).
 */
export function eraseTypes(text: string): ErasedTypes {
  const { ts } = loadCompiler();
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    newLine: ts.NewLineKind.LineFeed,
    verbatimModuleSyntax: true,
    declaration: true,
    isolatedDeclarations: true,
  };
  const fileName = "template.ts";
  return {
    javascript: spaced(ts.transpileModule(text, { fileName, compilerOptions }).outputText),
    declarations: spaced(declaredOnce(ts.transpileDeclaration(text, { fileName, compilerOptions }).outputText)),
  };
}

/** The compiler (6.0) declares a method of a computed name twice, once as a property. */
function declaredOnce(text: string): string {
  return text.replace(/^ +\[Symbol\.\w+\]: \(\) => \w+;\n/gm, "");
}

/** The blank lines before statements, and before remarks that name a file, which the compiler leaves out. */
function spaced(text: string): string {
  return text.replace(/([;}])\n(?=\/\*\*|\/\/ [\w/-]+\.ts$|export |(?:async |declare )*(?:function|class|interface) )/gm, "$1\n\n");
}
