import add from 'codicon:add';
import arrowDown from 'codicon:arrow-down';
import arrowUp from 'codicon:arrow-up';
import attach from 'codicon:attach';
import check from 'codicon:check';
import chevronDown from 'codicon:chevron-down';
import chevronLeft from 'codicon:chevron-left';
import chevronRight from 'codicon:chevron-right';
import close from 'codicon:close';
import copy from 'codicon:copy';
import diff from 'codicon:diff';
import error from 'codicon:error';
import file from 'codicon:file';
import fileMedia from 'codicon:file-media';
import info from 'codicon:info';
import insert from 'codicon:insert';
import response from 'codicon:json';
import linkExternal from 'codicon:link-external';
import newFile from 'codicon:new-file';
import pieChart from 'codicon:pie-chart';
import refresh from 'codicon:refresh';
import replace from 'codicon:replace';
import settings from 'codicon:settings';
import shield from 'codicon:shield';
import compare from 'codicon:split-horizontal';
import stop from 'codicon:stop-circle';
import symbol from 'codicon:symbol-method';
import terminal from 'codicon:terminal';
import tools from 'codicon:tools';
import warning from 'codicon:warning';
import { toIcon } from './toIcon';

/** VS Code's own icons. They are decoration only: the text or label beside one gives it a name. */
export const icons = {
  add: toIcon(add),
  arrowDown: toIcon(arrowDown),
  arrowUp: toIcon(arrowUp),
  attach: toIcon(attach),
  check: toIcon(check),
  chevronDown: toIcon(chevronDown),
  chevronLeft: toIcon(chevronLeft),
  chevronRight: toIcon(chevronRight),
  close: toIcon(close),
  compare: toIcon(compare),
  copy: toIcon(copy),
  diff: toIcon(diff),
  error: toIcon(error),
  file: toIcon(file),
  fileMedia: toIcon(fileMedia),
  explainCost: toIcon(pieChart),
  info: toIcon(info),
  insert: toIcon(insert),
  linkExternal: toIcon(linkExternal),
  newFile: toIcon(newFile),
  replace: toIcon(replace),
  refresh: toIcon(refresh),
  response: toIcon(response),
  routing: toIcon(shield),
  settings: toIcon(settings),
  stop: toIcon(stop),
  symbol: toIcon(symbol),
  terminal: toIcon(terminal),
  tools: toIcon(tools),
  warning: toIcon(warning),
} as const;
