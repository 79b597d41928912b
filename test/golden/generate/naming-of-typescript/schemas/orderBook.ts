export interface Order {
  placed: Date;
  lines: Line[];
}

export interface Line {
  article: string;
}
