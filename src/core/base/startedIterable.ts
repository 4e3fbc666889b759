/** `items`, with the first of them already on its way: it does not wait to be asked for. */
export function startedIterable<T>(items: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = items[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<T>> | undefined = iterator.next();
  const next = (): Promise<IteratorResult<T>> => {
    const result = first ?? iterator.next();
    first = undefined;
    return result;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: () => iterator.return?.() ?? noMore }) };
}

const noMore = Promise.resolve({ done: true, value: undefined } as const);
