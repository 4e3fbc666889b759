import { html, svg, type TemplateResult } from 'lit';

/** An icon of @vscode/codicons as `codicon:…` imports it. */
interface IconData {
  readonly viewBox: string;
  readonly paths: readonly { readonly d: string; readonly fillRule?: string }[];
}

/** The icon as decoration, hidden from screen readers: the text or label beside it gives the name. */
export const toIcon = ({ viewBox, paths }: IconData): TemplateResult => html`<svg
  class="icon"
  viewBox=${viewBox}
  aria-hidden="true"
>${paths.map(({ d, fillRule = 'nonzero' }) => svg`<path d=${d} fill-rule=${fillRule}></path>`)}</svg>`;
