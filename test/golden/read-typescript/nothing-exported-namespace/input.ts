export namespace Shop {
  export interface Cart {
    items: string[];
  }
}
declare global {
  interface Invoice {
    total: number;
  }
}
