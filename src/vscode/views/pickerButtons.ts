import * as vscode from 'vscode';
import { hasWord } from '../../core/models/modelSearch';

/** What a button above the list of models does. */
export type ButtonPress =
  | { readonly type: 'reload' }
  /** Lists the words that contain `asks`. */
  | { readonly type: 'help'; readonly asks: string }
  /** Puts a word into the box, or takes it out. */
  | { readonly type: 'word'; readonly word: string };

export interface PickerButton {
  readonly button: vscode.QuickInputButton;
  readonly press: ButtonPress;
}

const titled = (icon: string, tooltip: string, press: ButtonPress): PickerButton => ({
  button: { iconPath: new vscode.ThemeIcon(icon), tooltip },
  press,
});

const filters = titled('filter', 'Filter (?)', { type: 'help', asks: '' });
const orders = titled('list-ordered', 'Sort (?sort)', { type: 'help', asks: 'sort' });
const reload = titled('refresh', 'Get the list from OpenRouter again', { type: 'reload' });

const toggles = [
  { word: 'free', icon: 'gift', tooltip: 'Free models only' },
  { word: 'vision', icon: 'eye', tooltip: 'Models that read images only' },
  { word: 'tools', icon: 'tools', tooltip: 'Models that call tools only' },
  { word: 'reasoning', icon: 'lightbulb', tooltip: 'Models that can think before they answer only' },
  { word: 'zdr', icon: 'shield', tooltip: 'Models with zero data retention only' },
] as const;

/** The place inside the box, in versions of VS Code that have toggles there; others have words only. */
function toggleLocation(): unknown {
  const locations: unknown = Reflect.get(vscode, 'QuickInputButtonLocation');
  return typeof locations === 'object' && locations !== null ? Reflect.get(locations, 'Input') : undefined;
}

/** The buttons that go with the text in the box: a toggle is on while its word stands there. */
export function pickerButtons(typed: string): readonly PickerButton[] {
  const location = toggleLocation();
  if (location === undefined) return [filters, orders, reload];
  const ofWords = toggles.map(({ word, icon, tooltip }): PickerButton => {
    const button = { iconPath: new vscode.ThemeIcon(icon), tooltip, location };
    return {
      button: Object.assign(button, { toggle: { checked: hasWord(typed, word) } }),
      press: { type: 'word', word },
    };
  });
  return [...ofWords, filters, orders, reload];
}
