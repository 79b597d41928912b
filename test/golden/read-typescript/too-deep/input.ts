// Each step has an end, but there are too many of them in one another.
type Countdown<Left extends readonly unknown[]> = Left extends readonly [unknown, ...infer Rest] ? { next?: { of: Countdown<Rest> } } : null;
type Ten = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
type Hundred = [...Ten, ...Ten, ...Ten, ...Ten, ...Ten, ...Ten, ...Ten, ...Ten, ...Ten, ...Ten];
export type Long = Countdown<[...Hundred, ...Hundred, ...Hundred]>;
