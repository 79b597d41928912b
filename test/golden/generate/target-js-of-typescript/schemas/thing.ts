/** What was ordered, by whom, and where it goes. */
export interface Order {
  /** As printed, with its prefix. @pattern ^[A-Z]{2}-\d+$ */
  number: string;
  /** Who ordered. */
  customer: Customer;
  lines: OrderLine[];
  status: "open" | "paid" | "shipped" | "cancelled";
  /** When the order was placed. */
  placedAt?: Date;
}

export interface Customer {
  name: string;
  /** @format email */
  email?: string;
}

export interface OrderLine {
  article: string;
  /** @asType integer @minimum 1 */
  quantity: number;
  /** Price of one piece. */
  price: Money;
}

export interface Money {
  amount: number;
  currency: "EUR" | "USD" | "GBP";
}
