export interface Broken {
  a: string
  b: : number;
}
