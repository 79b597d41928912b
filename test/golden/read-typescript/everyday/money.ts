export type Money = { amount: number; currency: "EUR" | "USD" };
