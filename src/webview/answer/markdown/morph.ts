import { codeBlockOf } from './codeBlock';

/**
 * Changes `shown` into `fresh` by touching only what differs, so that the reader's selection and the layout of
 * unchanged parts stay. Returns the node that is now in the document.
 */
export function morph(shown: ChildNode, fresh: ChildNode): ChildNode {
  if (shown instanceof Text && fresh instanceof Text) return morphText(shown, fresh);
  if (shown instanceof HTMLElement && fresh instanceof HTMLElement && shown.tagName === fresh.tagName) {
    if (morphElement(shown, fresh)) return shown;
  }
  shown.replaceWith(fresh);
  return fresh;
}

function morphChildren(shown: HTMLElement, fresh: HTMLElement): void {
  const news = [...fresh.childNodes];
  const olds = [...shown.childNodes];
  for (const [index, node] of news.entries()) {
    const old = olds[index];
    if (old) morph(old, node);
    else shown.append(node);
  }
  for (const old of olds.slice(news.length)) old.remove();
}

function morphText(shown: Text, fresh: Text): Text {
  if (shown.data === fresh.data) return shown;
  if (fresh.data.startsWith(shown.data)) shown.appendData(fresh.data.slice(shown.data.length));
  else shown.data = fresh.data;
  return shown;
}

/** False when one cannot be changed into the other. */
function morphElement(shown: HTMLElement, fresh: HTMLElement): boolean {
  const [shownCode, freshCode] = [codeBlockOf(shown), codeBlockOf(fresh)];
  if (shownCode && freshCode) return shownCode.growTo(freshCode);
  if (shownCode || freshCode) return false;
  for (const { name } of [...shown.attributes]) {
    if (!fresh.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  morphChildren(shown, fresh);
  return true;
}
