export interface Taken {
  a: string;
}
export type AlsoTaken = Taken | { b: string };
export type Text = string;
export type List = Taken[];
export enum Kind {
  A = "a",
}
export type Fn = (a: string) => void;
export type Generic<T> = { value: T };
export type Instance = Generic<string>;
interface NotExported {
  c: NotExported[];
}
export type { NotExported as Renamed };
export default interface Main {
  main: string;
}
