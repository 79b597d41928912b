export interface Deep {
  fine: string;
  x: AlsoUnknown;
  fn(): void;
}
