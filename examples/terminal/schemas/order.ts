/** An order found in a letter. */
export interface Order {
  /** Who orders. */
  customer: string;
  lines: OrderLine[];
  /** Day of delivery that is asked for. */
  deliverBy?: Date;
  /** Anything else that the packers must know, in one sentence. */
  note?: string;
}

export interface OrderLine {
  article: string;
  /** @asType integer @minimum 1 */
  quantity: number;
  /** Price of one piece in euro. */
  price?: number;
}
