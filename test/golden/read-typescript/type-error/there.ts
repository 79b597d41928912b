export interface Deep {
  x: AlsoUnknown;
}
