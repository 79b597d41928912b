export interface Left {
  out: string;
}
export function helper(): Left {
  return { out: Math.random().toString() };
}
