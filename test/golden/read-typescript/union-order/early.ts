export type Early = "open" | "closed";
