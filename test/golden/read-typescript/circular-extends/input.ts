export interface Chicken extends Egg {
  feathers: number;
}

export interface Egg extends Chicken {
  shell: string;
}

export interface Node extends Partial<Node> {
  name: string;
}

export class Lord extends Servant {
  title = "";
}

export class Servant extends Lord {
  wage = 0;
}
