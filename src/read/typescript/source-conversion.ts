import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { diagnostic } from "../../diagnostics/report.js";
import type { SchemaObject } from "../schema-document.js";
import type { Compiler } from "./compiler.js";
import type { Conversion } from "./conversion.js";
import { convertBody } from "./convert-type.js";
import { DefinitionTable } from "./definition-table.js";
import { Extent } from "./extent.js";
import { namedType } from "./named-type.js";
import { Trail } from "./trail.js";
import { positionOf, type SourceTexts, type TextPlace } from "./source-texts.js";

export interface ConversionRequest {
  readonly ts: Compiler;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly texts: SourceTexts;
}

/** The conversion of one source file's types, with what it has found so far. */
export interface SourceConversion extends Conversion {
  readonly definitions: DefinitionTable;
  /** How much the exported type at hand leads to. */
  readonly extent: Extent;
  /** Converts what a node of the user's leads to: faults in files that are not the user's are told there. */
  readonly within: <T>(node: ts.Node, make: () => T) => T;
  /** Makes what was put off. */
  readonly finish: () => void;
  /** Each told once, however many types share the place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where schemas were written. */
  readonly places: ReadonlyMap<object, TextPlace>;
}

/** A conversion with nothing converted yet. */
export function sourceConversion({ ts, program, checker, texts }: ConversionRequest): SourceConversion {
  const places = new Map<object, TextPlace>();
  const diagnostics = new Map<string, Diagnostic>();
  const libSymbols = new Map<ts.Symbol, boolean>();
  const definitions = new DefinitionTable();
  const extent = new Extent();
  const isForeign = (file: ts.SourceFile): boolean => program.isSourceFileDefaultLibrary(file) || file.fileName.includes("/node_modules/");
  const trail = new Trail(isForeign);
  const foreignPlace = (node: ts.Node): string => {
    if (program.isSourceFileDefaultLibrary(node.getSourceFile())) return "";
    const { file, line, column } = positionOf(texts.placeOf(node));
    return ` (${file}:${line}:${column})`;
  };
  const add = (made: Diagnostic): void => void diagnostics.set(JSON.stringify(made), made);
  const putOff: (() => void)[] = [];
  const conversion: SourceConversion = {
    ts,
    checker,
    definitions,
    extent,
    places,
    isForeign,
    get diagnostics() {
      return [...diagnostics.values()];
    },
    isLib(symbol) {
      const known = libSymbols.get(symbol);
      if (known !== undefined) return known;
      const isLib = symbol.declarations?.some((node) => program.isSourceFileDefaultLibrary(node.getSourceFile())) ?? false;
      libSymbols.set(symbol, isLib);
      return isLib;
    },
    convert(type, spot) {
      const mayRecur = Boolean(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection));
      const make = (): SchemaObject => {
        const named = namedType(conversion, type, spot.hint);
        if (named) return definitions.reference(conversion, named);
        return mayRecur ? definitions.nameless(conversion, type, spot) : convertBody(conversion, type, spot);
      };
      const counts = mayRecur || Boolean(type.flags & ts.TypeFlags.Union);
      return extent.within(counts, () => trail.within(spot.node, make)) ?? {};
    },
    within: trail.within.bind(trail),
    soon(make) {
      if (!extent.isDeep) return make();
      const place = trail.last;
      putOff.push(() => (place ? trail.within(place, make) : make()));
    },
    finish() {
      for (let make = putOff.shift(); make; make = putOff.shift()) make();
    },
    place: (schema, node) => void places.set(schema, texts.placeOf(trail.ownPlace(node))),
    report(code, node, facts) {
      const own = trail.ownPlace(node);
      const from = own === node ? "" : foreignPlace(node);
      add(diagnostic(code, positionOf(texts.placeOf(own)), { ...facts, from }));
    },
    reportSpan(code, { file, start, length }, facts) {
      // Tags of a package's comments are not the user's to correct.
      if (!isForeign(file)) add(diagnostic(code, texts.of(file).position(start, length), facts));
    },
  };
  return conversion;
}
