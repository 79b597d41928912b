export class Point {
  static origin = new Point();
  /** Right of the origin. */
  x: number = 0;
  readonly y: number = 0;
  label?: string;
  #hidden = 1;
  private secret = this.#hidden;
  protected kept = this.secret;
  constructor(
    public z: number = 0,
    private readonly w: number = 0,
  ) {
    void this.kept;
    void this.w;
  }
}
export class Circle extends Point {
  radius = 1;
  tags: string[] = [];
}
export abstract class Shape {
  abstract kind: "circle" | "square";
}
