import { formatCount } from '../../core/base/formatCount';

/** `1 request`, `1,234 requests`. */
export function countText(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
