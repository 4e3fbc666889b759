import arrowDown from 'codicon:arrow-down';
import arrowUp from 'codicon:arrow-up';
import reconcile from 'codicon:checklist';
import chevronRight from 'codicon:chevron-right';
import clear from 'codicon:clear-all';
import close from 'codicon:close';
import copy from 'codicon:copy';
import debugStop from 'codicon:debug-stop';
import warning from 'codicon:error';
import exporting from 'codicon:export';
import folder from 'codicon:folder-opened';
import linkExternal from 'codicon:link-external';
import pieChart from 'codicon:pie-chart';
import play from 'codicon:play';
import refresh from 'codicon:refresh';
import search from 'codicon:search';
import compare from 'codicon:split-horizontal';
import trash from 'codicon:trash';
import { toIcon } from '../shared/toIcon';

/** Icons are decoration only: the text or label beside one gives it a name. */
export const icons = {
  arrowDown: toIcon(arrowDown),
  arrowUp: toIcon(arrowUp),
  chevronRight: toIcon(chevronRight),
  clear: toIcon(clear),
  close: toIcon(close),
  compare: toIcon(compare),
  copy: toIcon(copy),
  explainCost: toIcon(pieChart),
  export: toIcon(exporting),
  folder: toIcon(folder),
  linkExternal: toIcon(linkExternal),
  play: toIcon(play),
  reconcile: toIcon(reconcile),
  refresh: toIcon(refresh),
  search: toIcon(search),
  stop: toIcon(debugStop),
  trash: toIcon(trash),
  warning: toIcon(warning),
} as const;
