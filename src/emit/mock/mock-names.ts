import { fillPattern, type FunctionNames } from "../naming.js";

/** What `user.mock.ts` exports for one type, by placeholder of its template. */
export function mockNames(base: string, called: FunctionNames): Readonly<Record<string, string>> {
  return {
    mockExtract: mocked(called.extract),
    mockExtractList: mocked(called.extractList),
    mockStream: mocked(called.stream),
    mockStreamList: mocked(called.streamList),
    mockClient: `mock${base}Client`,
    samples: fillPattern("{type}Samples", base),
    nearMisses: fillPattern("{type}NearMisses", base),
  };
}

/** `extractUser` → `mockExtractUser`. */
function mocked(name: string): string {
  return `mock${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
