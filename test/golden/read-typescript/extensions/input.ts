/**
 * @extract
 * @open
 * @reasoning
 */
export interface Report {
  /** Shown at once. @stream atomic */
  chart: { x: number[]; y: number[] };
  /** @skip */
  internal?: string;
  /** @skip */
  onChange?: () => void;
  /** @open */
  extra: { known: string };
  /** @unroll 3 */
  tree: Tree;
  plain: string;
}
interface Tree {
  name: string;
  children: Tree[];
}
