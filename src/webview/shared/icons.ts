import add from 'codicon:add';
import arrowDown from 'codicon:arrow-down';
import arrowUp from 'codicon:arrow-up';
import check from 'codicon:check';
import chevronDown from 'codicon:chevron-down';
import chevronLeft from 'codicon:chevron-left';
import chevronRight from 'codicon:chevron-right';
import copy from 'codicon:copy';
import error from 'codicon:error';
import info from 'codicon:info';
import insert from 'codicon:insert';
import linkExternal from 'codicon:link-external';
import newFile from 'codicon:new-file';
import pieChart from 'codicon:pie-chart';
import refresh from 'codicon:refresh';
import replace from 'codicon:replace';
import settings from 'codicon:settings';
import shield from 'codicon:shield';
import compare from 'codicon:split-horizontal';
import stop from 'codicon:stop-circle';
import tools from 'codicon:tools';
import { toIcon } from './toIcon';

/** VS Code's own icons. They are decoration only: the text or label beside one gives it a name. */
export const icons = {
  add: toIcon(add),
  arrowDown: toIcon(arrowDown),
  arrowUp: toIcon(arrowUp),
  check: toIcon(check),
  chevronDown: toIcon(chevronDown),
  chevronLeft: toIcon(chevronLeft),
  chevronRight: toIcon(chevronRight),
  compare: toIcon(compare),
  copy: toIcon(copy),
  error: toIcon(error),
  explainCost: toIcon(pieChart),
  info: toIcon(info),
  insert: toIcon(insert),
  linkExternal: toIcon(linkExternal),
  newFile: toIcon(newFile),
  replace: toIcon(replace),
  refresh: toIcon(refresh),
  routing: toIcon(shield),
  settings: toIcon(settings),
  stop: toIcon(stop),
  tools: toIcon(tools),
} as const;
