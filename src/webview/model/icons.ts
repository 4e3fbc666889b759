import arrowDown from 'codicon:arrow-down';
import arrowUp from 'codicon:arrow-up';
import check from 'codicon:check';
import copy from 'codicon:copy';
import linkExternal from 'codicon:link-external';
import refresh from 'codicon:refresh';
import compare from 'codicon:split-horizontal';
import star from 'codicon:star-empty';
import starred from 'codicon:star-full';
import warning from 'codicon:warning';
import { toIcon } from '../shared/toIcon';

/** Icons are decoration only: the text or label beside one gives it a name. */
export const icons = {
  arrowDown: toIcon(arrowDown),
  arrowUp: toIcon(arrowUp),
  check: toIcon(check),
  compare: toIcon(compare),
  copy: toIcon(copy),
  linkExternal: toIcon(linkExternal),
  refresh: toIcon(refresh),
  star: toIcon(star),
  starred: toIcon(starred),
  warning: toIcon(warning),
} as const;
