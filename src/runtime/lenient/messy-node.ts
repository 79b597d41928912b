/** A change of the text's writing. The place in the value is added later. */
export interface Fix {
  readonly kind: string;
  readonly severity: "safe" | "lenient";
  readonly from?: string;
  readonly to?: string;
  /** Offsets in the text. */
  readonly span: readonly [number, number];
}

/** One value as it stands in a text that need not be JSON. */
export type MessyNode = MessyObject | MessyArray | MessyString | MessyLiteral;

interface Place {
  /** Offsets in the text; `end` is behind the last character. */
  readonly start: number;
  readonly end: number;
  /** `false`: the text ended, or went on with something else, before the value did. */
  readonly closed: boolean;
  /** Of this node, not of those in it. */
  readonly fixes: readonly Fix[];
}

export interface MessyObject extends Place {
  readonly kind: "object";
  readonly members: readonly MessyMember[];
}

export interface MessyMember {
  readonly key: string;
  readonly keySpan: readonly [number, number];
  /** Absent: the text ended before it. */
  readonly value?: MessyNode;
}

export interface MessyArray extends Place {
  readonly kind: "array";
  readonly items: readonly MessyNode[];
}

export interface MessyString extends Place {
  readonly kind: "string";
  readonly value: string;
  /** `false`: bare words. */
  readonly quoted: boolean;
}

/** A JSON number, `true`, `false` or `null`, written as JSON has it. */
export interface MessyLiteral extends Place {
  readonly kind: "literal";
  readonly value: number | boolean | null;
}
