export enum Level {
  Low = 1,
  High = 10,
}
/** How far along it is. */
export enum State {
  Open = "open",
  Closed = "closed",
}
export const enum Flag {
  On = "on",
  Off = "off",
}
enum Mixed {
  No = 0,
  Yes = "YES",
}
export interface Ticket {
  level: Level;
  state?: State;
  flag: Flag | null;
  only: State.Open;
  mixed: Mixed;
  notClosed: Exclude<State, State.Closed>;
  or: State | "other";
}
export interface Texts {
  state: `${State}`;
  optional?: `${State}` | null;
}
