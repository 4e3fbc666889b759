import { html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../../../core/chat/answer';
import type { AnswerImage, MissingImage } from '../../../core/chat/answerImage';
import { icons } from '../../shared/icons';
import { toSafeHref } from '../markdown/links';
import { notice } from '../notice';

type Part = TemplateResult | typeof nothing;

const reasons: Readonly<Record<MissingImage, string>> = {
  tooLarge: 'is too large to be shown',
  unreadable: 'is no PNG, JPEG, WebP or GIF image, or damaged',
  notKept: 'is not kept any more',
};

/** The images of an answer. None is loaded from anywhere: what is only linked is a link. */
export function answerImages({ images = [], imageCount }: Answer): Part {
  if (imageCount === 0) return nothing;
  const left = imageCount - images.length;
  return html`${images.map((image, index) => imageView(image, index, imageCount))}${
    left === 0
      ? nothing
      : notice(
          icons.info,
          `The answer holds ${left === 1 ? 'an image' : `${left} images`} ${images.length === 0 ? 'that cannot be shown any more' : 'more, not shown here'}.`,
        )
  }`;
}

function imageView(image: AnswerImage, index: number, count: number): TemplateResult {
  const name = count === 1 ? 'Image of the answer' : `Image ${index + 1} of the answer`;
  switch (image.kind) {
    case 'shown':
      return html`<figure class="answer-image" data-part="answer-image"><img src=${image.url} alt=${name}>
        <figcaption><button type="button" class="button secondary" data-part="save-image" data-value=${index}
          aria-label="Save ${name}…">Save Image…</button></figcaption></figure>`;
    case 'linked':
      return notice(icons.info, linkTo(image.url, name));
    case 'missing':
      return notice(icons.info, `${name} ${reasons[image.reason]}.`);
  }
}

function linkTo(url: string, name: string): TemplateResult {
  const href = toSafeHref(url);
  const shown = href ? html`<a href=${href} title=${href} rel="noreferrer noopener">${url}</a>` : url;
  return html`${name} lies on a server and is not loaded: ${shown}`;
}
