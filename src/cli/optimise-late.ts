/**
 * How much code runs, in bytes, before V8 thinks of optimising the function it is in; its own number is 66 KiB. With that a run over a
 * hundred schemas spends a third of its processor time on optimising what is soon over, one that only asks for the state of 3,000 files a
 * fifth; one over a thousand schemas takes a fifth longer. Later V8s have other means, and no such flag. The module is not imported: it
 * would load Node's streams at every start.
 */
export function optimiseLate(): void {
  if (process.versions.node.startsWith("20.")) process.getBuiltinModule("node:v8").setFlagsFromString("--interrupt-budget=1000000");
}
