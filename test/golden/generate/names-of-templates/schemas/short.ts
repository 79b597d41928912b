/** Called as templates call a type parameter. */
export interface C {
  celsius: number;
}

/** Called as generated files call the runtime. */
export interface $ {
  cents: number;
  at: C;
}
