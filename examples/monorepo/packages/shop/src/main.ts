import { extractOrder, type Order } from "@example/extractors/order";

/** Number of things ordered in a message. */
export async function countOrdered(message: string): Promise<number> {
  const order: Order = await extractOrder(message);
  return order.items.reduce((sum, item) => sum + item.quantity, 0);
}
