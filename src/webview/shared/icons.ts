import add from 'codicon:add';
import arrowDown from 'codicon:arrow-down';
import arrowUp from 'codicon:arrow-up';
import check from 'codicon:check';
import chevronDown from 'codicon:chevron-down';
import copy from 'codicon:copy';
import error from 'codicon:error';
import history from 'codicon:history';
import info from 'codicon:info';
import insert from 'codicon:insert';
import newFile from 'codicon:new-file';
import stop from 'codicon:stop-circle';
import tools from 'codicon:tools';
import { html, svg, type TemplateResult } from 'lit';

const toTemplate = (icon: typeof add): TemplateResult => html`<svg
  class="icon"
  viewBox=${icon.viewBox}
  aria-hidden="true"
>${icon.paths.map(({ d, fillRule = 'nonzero' }) => svg`<path d=${d} fill-rule=${fillRule}></path>`)}</svg>`;

/** VS Code's own icons as decoration: whoever shows one gives the name beside it. */
export const icons = {
  add: toTemplate(add),
  arrowDown: toTemplate(arrowDown),
  arrowUp: toTemplate(arrowUp),
  check: toTemplate(check),
  chevronDown: toTemplate(chevronDown),
  copy: toTemplate(copy),
  error: toTemplate(error),
  history: toTemplate(history),
  info: toTemplate(info),
  insert: toTemplate(insert),
  newFile: toTemplate(newFile),
  stop: toTemplate(stop),
  tools: toTemplate(tools),
} as const;
