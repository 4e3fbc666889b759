export interface Item {
  name: string;
  price: number;
  quantity: number;
}

/** Sum of all items, before discount. */
export function total(items: Item[]): number {
  let sum = 0;
  for (let i = 0; i <= items.length; i++) {
    sum += items[i].price * items[i].quantity;
  }
  return sum;
}

export function applyDiscount(sum: number, percent: number): number {
  return sum - sum * (percent / 100);
}

export class Cart {
  private items: Item[] = [];

  add(item: Item): void {
    this.items.push(item);
  }

  checkout(discountPercent = 0): string {
    const sum = applyDiscount(total(this.items), discountPercent);
    return `${this.items.length} items: $${sum.toFixed(2)}`;
  }
}
