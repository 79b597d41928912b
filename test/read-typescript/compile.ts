import { ts } from "ts-morph";
import { loadLibFiles } from "../../src/read/typescript/compiler.js";

/** What tsc says of some files that live in memory beside others read from the disk; one line a fault. */
export function compile(files: ReadonlyMap<string, string>, readDisk: (file: string) => string | undefined): readonly string[] {
  const libs = new Map(loadLibFiles().map(({ fileName, text }) => [`/lib/${fileName}`, text]));
  const read = (file: string): string | undefined => files.get(file) ?? libs.get(file) ?? readDisk(file);
  const host: ts.CompilerHost = {
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    getSourceFile: (file, version) => {
      const text = read(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, version);
    },
    getDefaultLibFileName: () => "/lib/lib.es2022.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
  };
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    host,
    options: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      declaration: true,
      isolatedDeclarations: true,
      skipLibCheck: true,
      noEmit: true,
    },
  });
  return [...files.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    const faults = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...program.getDeclarationDiagnostics(file),
    ];
    return faults.map((fault) => {
      const { line } = file?.getLineAndCharacterOfPosition(fault.start ?? 0) ?? { line: 0 };
      return `${name}:${line + 1} ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`;
    });
  });
}
