import type { ts } from "ts-morph";
import type { Compiler } from "./compiler.js";
import { createProgram, type ProgramRequest, type SourceProgram } from "./create-program.js";

/** Sources that can share a program, and that program. */
export interface SharedProgram {
  readonly sources: readonly string[];
  readonly program: SourceProgram;
}

/**
 * Programs in which each source means what it means alone. In one program everything global, and what a file adds to other modules
 * (`declare module`), counts for all files: so sources share one only where they reach the same files of that kind, in the same
 * order. Most reach none.
 */
export function separatePrograms(request: ProgramRequest): readonly SharedProgram[] {
  const { ts, sources } = request;
  const shared = createProgram(request);
  const isAmbient = (file: string): boolean => {
    const made = shared.program.getSourceFile(file);
    return made !== undefined && addsToOthers(ts, made);
  };
  const ambient = new Map<string, boolean>();
  const groups = new Map<string, string[]>();
  for (const source of sources) {
    const [own = source, ...others] = shared.reached(source);
    const reached = [...others, own];
    for (const file of reached) if (!ambient.has(file)) ambient.set(file, isAmbient(file));
    const key = JSON.stringify(reached.filter((file) => ambient.get(file)));
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  if (groups.size === 1) return [{ sources, program: shared }];
  return [...groups.values()].map((group) => ({ sources: group, program: createProgram({ ...request, sources: group }) }));
}

/** Whether a file declares what others see without importing it: anything global, or members of other modules. */
function addsToOthers(ts: Compiler, file: ts.SourceFile): boolean {
  if (file.fileName.endsWith(".json")) return false;
  if (!ts.isExternalModule(file)) return true;
  return file.statements.some(
    (statement) =>
      ts.isNamespaceExportDeclaration(statement) ||
      (ts.isModuleDeclaration(statement) && (ts.isStringLiteral(statement.name) || statement.flags & ts.NodeFlags.GlobalAugmentation)),
  );
}
