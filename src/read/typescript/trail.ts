import type { ts } from "ts-morph";

/** The nodes that led to the type being converted, so that a fault in a package or in TypeScript's lib is told where the user came to it. */
export class Trail {
  readonly #isForeign: (file: ts.SourceFile) => boolean;
  readonly #nodes: ts.Node[] = [];

  /** @param isForeign whether a file is not the user's to change */
  constructor(isForeign: (file: ts.SourceFile) => boolean) {
    this.#isForeign = isForeign;
  }

  /** Goes through a node while something is made. */
  within<T>(node: ts.Node, make: () => T): T {
    const isOwn = !this.#isForeign(node.getSourceFile());
    if (isOwn) this.#nodes.push(node);
    try {
      return make();
    } finally {
      if (isOwn) this.#nodes.pop();
    }
  }

  /** The last node that was the user's. */
  get last(): ts.Node | undefined {
    return this.#nodes.at(-1);
  }

  /** The node itself if it is the user's, else the last one that was. */
  ownPlace(node: ts.Node): ts.Node {
    return this.#isForeign(node.getSourceFile()) ? (this.last ?? node) : node;
  }
}
