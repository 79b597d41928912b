import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { diagnostic } from "../../diagnostics/report.js";
import type { Compiler } from "./compiler.js";
import type { SourceTexts } from "./source-texts.js";

export interface FaultsRequest {
  readonly ts: Compiler;
  readonly program: ts.Program;
  readonly file: ts.SourceFile;
  readonly texts: SourceTexts;
}

/** Codes of TypeScript's own messages about imports that lead nowhere. */
const unresolvedImport = new Set([2306, 2307, 2591, 2792, 2834, 2835, 6137, 7016]);

/** Codes of its messages about names of types and namespaces that are declared nowhere. */
const unknownName = new Set([2304, 2503, 2552]);

/** Syntax errors, and type errors in what describes types: a program's other statements are not ours to judge. */
export function inputFaults(request: FaultsRequest): readonly Diagnostic[] {
  const { program, file } = request;
  const syntax = program.getSyntacticDiagnostics(file);
  if (syntax.length > 0) return syntax.map((fault) => tell(request, fault, "read/ts-syntax"));
  const faults = program.getSemanticDiagnostics(file).filter((fault) => fault.start !== undefined && isAboutTypes(request, fault.start));
  return faults.map((fault) => tell(request, fault, codeOf(fault)));
}

function isAboutTypes({ ts, file }: FaultsRequest, start: number): boolean {
  const statement = file.statements.find((node) => node.pos <= start && start < node.end);
  return statement !== undefined && (describesTypes(ts, statement) || ts.isImportDeclaration(statement));
}

/** Whether a file holds more than types and what they are imported and exported by. */
export function isProgram(ts: Compiler, file: ts.SourceFile): boolean {
  return !file.statements.every((node) => describesTypes(ts, node) || (ts.isImportDeclaration(node) && node.importClause !== undefined));
}

function describesTypes(ts: Compiler, node: ts.Statement): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isClassDeclaration(node)
  );
}

type FaultCode = "read/ts-syntax" | "read/ts-import" | "read/ts-unknown-name" | "read/ts-type-error";

function codeOf({ code }: ts.Diagnostic): FaultCode {
  if (unresolvedImport.has(code)) return "read/ts-import";
  return unknownName.has(code) ? "read/ts-unknown-name" : "read/ts-type-error";
}

function tell(request: FaultsRequest, fault: ts.Diagnostic, code: FaultCode): Diagnostic {
  const at = request.texts.of(request.file).position(fault.start ?? 0, fault.length ?? 1);
  const problem = request.ts.flattenDiagnosticMessageText(fault.messageText, " ").replace(/\.$/, "");
  return diagnostic(code, at, { problem });
}
