export type Aliased = "x" | "y";
