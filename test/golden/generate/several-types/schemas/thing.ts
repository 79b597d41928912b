/** Somebody who buys. */
export interface Buyer {
  name: string;
  /** @format email */
  mail?: string;
  since: Date;
}

/** What somebody bought. */
export interface Purchase {
  buyer: Buyer;
  items: { article: string; price: number }[];
  payment: Card | Cash;
}

interface Card {
  kind: "card";
  last4: string;
}

interface Cash {
  kind: "cash";
  given: number;
}
