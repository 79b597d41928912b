export class Account {
  balance: number = 0;
  deposit(amount: number): void {
    this.balance += amount;
  }
  get doubled(): number {
    return this.balance * 2;
  }
  handler = (): void => undefined;
}
