export interface Middle {
  head: [...string[], number];
  both: [string, ...number[], boolean];
}
