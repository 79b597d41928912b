import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { anyPlan, readPieces, snapshots } from "../../stream/read-pieces.js";

const folder = process.env["SCHEMACAST_WIRE"] ?? fileURLToPath(new URL("../../../../shared/cerebras/wire", import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".txt")) : [];

/** One event of a recorded stream, as far as its text goes. */
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[];
    };
  }[];
}

/** The pieces of JSON that a recorded stream brought, in the sizes in which the API sent them. */
function recordedPieces(name: string): readonly (readonly string[])[] {
  const chunks: Chunk[] = [];
  for (const [, data = ""] of readFileSync(`${folder}/${name}`, "utf8").matchAll(/^data: (\{.*\})\s*$/gm)) {
    try {
      chunks.push(JSON.parse(data) as Chunk);
    } catch {
      // Some recordings are shortened by hand.
    }
  }
  const deltas = chunks.flatMap(({ choices }) => choices ?? []).map(({ delta }) => delta);
  const args = deltas.flatMap((delta) => delta?.tool_calls ?? []).map((call) => call.function?.arguments ?? "");
  return [deltas.map((delta) => delta?.content ?? ""), args].map((pieces) => pieces.filter((piece) => piece !== ""));
}

test.skipIf(files.length === 0)("recorded streams: the pieces as Cerebras sent them give what JSON.parse gives", () => {
  let compared = 0;
  for (const pieces of files.flatMap(recordedPieces)) {
    let expected: unknown;
    try {
      expected = JSON.parse(pieces.join(""));
    } catch {
      continue;
    }
    expect(readPieces(anyPlan, pieces)).toStrictEqual(expected);
    expect(snapshots(anyPlan, pieces).at(-1)).toStrictEqual(expected);
    compared++;
  }
  console.log(`recorded streams: ${compared} answers in ${files.length} files`);
  expect(compared).toBeGreaterThan(3);
});
